//! From an alignment to a score: what matched is weighed against what did not.
//!
//! The score is the likeness of the matched parts, lowered by what has no counterpart, and held down where all that
//! matched says too little (in bits, see [`crate::confusion`]) to tell one listed party from the many others: the
//! weight of evidence of record linkage (Fellegi & Sunter 1969).

use crate::{
    align::{Alignment, Pair, Rule},
    compare::Options,
    descent::father_and_son,
    kind::NameKind,
    lexicon::{LEXICON, LegalClass},
    name::Name,
    part::{Part, PartKind},
    readings,
    scores::{JUST_A_MATCH, THRESHOLD},
    script::Script,
    weights::{
        ACRONYM, BITS_OF_WEIGHT, COMPLETE, DOUBTFUL_FROM, FAMILY_LOST, FATHER_AND_SON, FATHER_FOR_FAMILY,
        FREE_ASIDE, FREE_INITIAL, HE_AND_SHE, INCOMPLETE, MOST_BITS, MOST_CLASH, MOST_CONFLICT, NO_NUMBER,
        NONPROFIT, ONLY_INITIALS, OTHER_GENERATION, OTHER_LEGAL_FORM, OTHER_NUMBER, OTHER_ORDER, PROPER,
        RELIEF, ROUGH, ROUGHLY_ALIKE, Rules, SAME_ACROSS, SAME_IN_SCRIPT, SCORE_OF_A_BIT, SYLLABLE_MISSING,
        THICK, TOLD_CONFLICT,
    },
};

/// The weights behind a score.
#[expect(clippy::struct_excessive_bools, reason = "each is a remark of its own")]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdict {
    pub(crate) score: f64,
    legal: bool,
    conflict: bool,
    turned: bool,
    others: bool,
}

impl Verdict {
    /// A score that nothing lowers.
    pub(crate) fn of(score: f64) -> Self {
        Self { score, ..Self::default() }
    }

    pub(crate) fn remarks(self) -> Vec<&'static str> {
        let all = [
            (self.legal, "legal forms of different classes"),
            (self.conflict, "each name has a distinctive part that the other lacks"),
            (self.others, "father and son of one name, or a man and a woman"),
            (self.turned, "one may be the father of the other: the chain of names begins a step later"),
        ];
        all.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect()
    }
}

/// Weighs what matched against what did not.
pub(crate) fn judge(
    query: &Name,
    candidate: &Name,
    (q, c): (&[Part], &[Part]),
    alignment: &Alignment,
    options: Options<'_>,
) -> Verdict {
    let rules = Rules::of(query.kind().max_strict(candidate.kind()));
    let mut matched = 0f32;
    let mut alike = 0f32;
    let mut doubt = 1f32;
    let mut proper = false;
    for pair in alignment.pairs() {
        let weight = pair_weight(pair, q, options);
        matched += weight;
        alike += weight * pair.similarity;
        proper |= pair.rule != Rule::Initial && weight > PROPER;
        doubt *= doubt_of(rules, weight, pair.similarity);
    }
    let (free_q, heavy_q) = unmatched(q, alignment.query_used, options);
    let (free_c, heavy_c) = unmatched(c, alignment.candidate_used, options);
    let body = query.kind() != NameKind::Person;
    if let Some(verdict) = acronym(q, c, false).or_else(|| acronym(c, q, true)).filter(|_| body) {
        return verdict;
    }
    if matched <= 0.0 {
        return Verdict::default();
    }
    let both = heavy_q.min(heavy_c);
    let extra = (free_q + free_c - 2.0 * both).max(0.0);
    let mut score = lowered(alike / matched * doubt, rules, matched, (both, extra));
    let legal = legal_clash(query.legal, candidate.legal);
    let only_initials = if proper { 1.0 } else { ONLY_INITIALS };
    let person = query.kind() == NameKind::Person;
    let turned = person && father_and_son((query, q), (candidate, c), alignment);
    score *= only_initials * legal.unwrap_or(1.0) * if turned { FATHER_AND_SON } else { 1.0 };
    let others = if person { other_people(q, c, alignment) } else { 1.0 };
    score *= others;
    if rules.numbers {
        score *= number_clash(q, c, alignment);
    }
    let ordered = !person || in_order(q, alignment);
    let complete =
        ordered && free_q + free_c <= 0.0 && alignment.pairs().iter().all(|pair| nearly_same(pair, q, c));
    if !complete {
        let bits = bits_beyond_chance((q, c), alignment, rules, (free_q + free_c, both));
        let bits = if ordered { bits } else { bits - OTHER_ORDER };
        score = score.min(score_of_bits(bits));
    }
    Verdict {
        score: f64::from(score.clamp(0.0, 1.0)),
        legal: legal.is_some(),
        conflict: both > TOLD_CONFLICT,
        turned,
        others: others < 1.0,
    }
}

/// What is left of a score where a part of this weight is only so much like its counterpart.
pub(crate) fn doubt(kind: NameKind, weight: f32, similarity: f32) -> f32 {
    doubt_of(Rules::of(kind), weight, similarity)
}

fn doubt_of(rules: &Rules, weight: f32, similarity: f32) -> f32 {
    let rough = similarity < ROUGHLY_ALIKE && weight > DOUBTFUL_FROM;
    if rough { 1.0 - rules.doubt * (ROUGHLY_ALIKE - similarity) } else { 1.0 }
}

/// What is left of a score where the names are told apart by "junior", or by the gender of a given name.
fn other_people(q: &[Part], c: &[Part], alignment: &Alignment) -> f32 {
    let generation = |parts: &[Part]| {
        let mut titles = parts.iter().filter(|part| part.kind == PartKind::Title);
        titles.find_map(|part| LEXICON.generations.get(&*part.folded).copied())
    };
    let generations = generation(q).zip(generation(c));
    let other = if generations.is_some_and(|(q, c)| q != c) { OTHER_GENERATION } else { 1.0 };
    let spelled = |part: &Part| readings::in_latin(&part.folded, part.script);
    let genders = |pair: &Pair| {
        let parts = q.get(usize::from(pair.query.0)).zip(c.get(usize::from(pair.candidate.0)));
        let written = |q: &Part, c: &Part| {
            q.hash != c.hash && !q.script.writes_syllables() && !c.script.writes_syllables()
        };
        parts.is_some_and(|(q, c)| written(q, c) && LEXICON.he_and_she(&spelled(q), &spelled(c)))
    };
    if alignment.pairs().iter().any(genders) { other * HE_AND_SHE } else { other }
}

/// Whether common names stand in the same order on both sides, or the last ones first, as family names do.
fn in_order(q: &[Part], alignment: &Alignment) -> bool {
    let named = |pair: &&Pair| {
        q.get(usize::from(pair.query.0))
            .is_some_and(|part| part.kind.counts() && part.kind != PartKind::Patronymic)
    };
    let mut pairs: Vec<(u8, u8)> =
        alignment.pairs().iter().filter(named).map(|pair| (pair.query.0, pair.candidate.0)).collect();
    // Rare names tell who it is in any order.
    let rare = |pair: &Pair| pair.rule != Rule::Initial && pair.weight >= 1.0;
    if alignment.pairs().iter().any(rare) {
        return true;
    }
    pairs.sort_unstable();
    let next = pairs.iter().cycle().skip(1);
    pairs.iter().zip(next).filter(|(one, next)| one.1 > next.1).count() <= 1
}

/// What parts without counterpart, of both names and of one more than of the other, leave of a score, where parts of weight
/// `matched` have one.
fn lowered(mut score: f32, rules: &Rules, matched: f32, (both, extra): (f32, f32)) -> f32 {
    score *= 1.0 - rules.extra * extra / (extra + matched);
    score *= 1.0 - rules.conflict * both.min(MOST_CONFLICT) * (1.0 - RELIEF * matched);
    score * (1.0 - rules.thin * (THICK - matched).max(0.0))
}

/// The most that names can score which say so many bits more than chance would.
fn score_of_bits(bits: f32) -> f32 {
    THRESHOLD as f32 + SCORE_OF_A_BIT * bits
}

/// What the matched parts say beyond what one of the many listed names would say by chance, in bits. `free` is the weight of
/// the parts without counterpart, of both names and of each where both have some.
fn bits_beyond_chance(
    (q, c): (&[Part], &[Part]),
    alignment: &Alignment,
    rules: &Rules,
    (free, both): (f32, f32),
) -> f32 {
    let syllables = |part: &Part| part.script.writes_syllables();
    let missing = if q.iter().chain(c).any(syllables) { SYLLABLE_MISSING } else { rules.missing };
    let mut against = rules.prior + missing * free + rules.clash * both.min(MOST_CLASH);
    if free > INCOMPLETE {
        against += ROUGH * roughness(alignment);
    }
    if fathers_for_familys(q, c, alignment) {
        against += FATHER_FOR_FAMILY;
    }
    if family_lost(q, alignment.query_used) || family_lost(c, alignment.candidate_used) {
        against += FAMILY_LOST;
    }
    let covered = if free <= COMPLETE { rules.covered } else { 0.0 };
    let single = if counted(q) == 1 && counted(c) == 1 { rules.single } else { 0.0 };
    known_bits(alignment) + covered + single - against
}

/// Which parts are the family name is known, and none of them has its counterpart.
fn family_lost(parts: &[Part], used: u32) -> bool {
    let family = |(_, part): &(usize, &Part)| part.kind == PartKind::Family;
    let mut parts = parts.iter().enumerate().filter(family).peekable();
    parts.peek().is_some() && parts.all(|(at, _)| used & (1 << at) == 0)
}

/// The father's name of one stands for the family name of the other: "Ivan Petrovich" is how all who are called so are addressed.
fn fathers_for_familys(q: &[Part], c: &[Part], alignment: &Alignment) -> bool {
    let fathers = |parts: &[Part], at: u8| {
        parts.get(usize::from(at)).is_some_and(|part| part.kind == PartKind::Patronymic)
    };
    let mut whole = alignment.pairs().iter().filter(|pair| pair.rule != Rule::Initial);
    whole.any(|pair| fathers(q, pair.query.0) != fathers(c, pair.candidate.0))
}

/// How unlike the pairs are, together.
fn roughness(alignment: &Alignment) -> f32 {
    let rough =
        |pair: &Pair| if pair.rule == Rule::Initial { 0.0 } else { (1.0 - pair.similarity) * pair.weight };
    alignment.pairs().iter().map(rough).sum()
}

/// Parts that say who it is.
fn counted(parts: &[Part]) -> usize {
    parts.iter().filter(|part| part.kind.counts()).count()
}

/// Written alike, or in two scripts with all sounds alike.
fn nearly_same(pair: &Pair, q: &[Part], c: &[Part]) -> bool {
    let script = |parts: &[Part], at: u8| parts.get(usize::from(at)).map(|part| part.script);
    let least =
        if script(q, pair.query.0) == script(c, pair.candidate.0) { SAME_IN_SCRIPT } else { SAME_ACROSS };
    pair.rule != Rule::Initial && pair.similarity >= least
}

/// Ships and firms of one name are told apart by their numbers.
fn number_clash(q: &[Part], c: &[Part], alignment: &Alignment) -> f32 {
    let free = |parts: &[Part], used: u32| {
        let number = |part: &Part| part.kind == PartKind::Number || part.script == Script::Digit;
        let mut numbers = parts.iter().enumerate().filter(|(_, part)| number(part));
        numbers.any(|(at, _)| used & (1 << at) == 0)
    };
    match (free(q, alignment.query_used), free(c, alignment.candidate_used)) {
        (true, true) => OTHER_NUMBER,
        (true, false) | (false, true) => NO_NUMBER,
        (false, false) => 1.0,
    }
}

/// What the pairs say together; a common part says no more than its commonness allows.
fn known_bits(alignment: &Alignment) -> f32 {
    let bits = |pair: &Pair| pair.bits.min(most_bits(pair.weight));
    alignment.pairs().iter().map(bits).sum()
}

/// What a pair of this weight can say.
pub(crate) fn most_bits(weight: f32) -> f32 {
    if weight >= 1.0 { MOST_BITS } else { BITS_OF_WEIGHT * weight }
}

/// The least weight that parts of each of two names have which have no counterpart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Free {
    pub(crate) all: (f32, f32),
    /// Of those that say who it is.
    pub(crate) proper: (f32, f32),
}

impl Free {
    fn sum(self) -> f32 {
        self.all.0 + self.all.1
    }

    /// What contradicts.
    fn both(self) -> f32 {
        self.proper.0.min(self.proper.1)
    }
}

/// The most that [`judge`] can say of names with parts of weight `matched` that stand for each other, so much `alike`.
pub(crate) fn at_most(kind: NameKind, (alike, matched): (f32, f32), free: Free) -> f32 {
    /// Steps in which the contradiction is looked at.
    const STEPS: usize = 4;
    if matched <= 0.0 {
        return 0.0;
    }
    let rules = Rules::of(kind);
    let (all, least) = (free.sum(), free.both());
    // What one name lacks may be more than is known, and then contradict instead of being missing: that may weigh less.
    let most = (all / 2.0).max(least);
    let between = |step: usize| least + (most - least) * step as f32 / STEPS as f32;
    let of_step = |step: usize| {
        let extra = (all - 2.0 * between(step + 1)).max(0.0);
        lowered(alike, rules, matched, (between(step), extra))
    };
    (0..STEPS).map(of_step).fold(0f32, f32::max)
}

/// The most that [`judge`] can say of names whose parts say so many bits. `single` says that both may be of one part, `complete`
/// that every part may have a counterpart that is nearly the same.
pub(crate) fn at_most_by_bits(
    kind: NameKind,
    bits: f32,
    free: Free,
    (single, complete): (bool, bool),
) -> f32 {
    let all = free.sum();
    if all <= COMPLETE && complete {
        return 1.0;
    }
    let rules = Rules::of(kind);
    let against = rules.prior + rules.missing * all + rules.clash * free.both().min(MOST_CLASH);
    let covered = if all > COMPLETE { 0.0 } else { rules.covered };
    let single = if single { rules.single } else { 0.0 };
    score_of_bits(bits + covered + single - against)
}

impl NameKind {
    /// The kind whose rules hold for two names: the one that is known.
    fn max_strict(self, other: Self) -> Self {
        if self == Self::Other { other } else { self }
    }
}

fn weight_of(part: &Part, options: Options<'_>) -> f32 {
    let own = options.weight_of.filter(|_| part.kind.counts());
    own.map_or(part.weight, |weight| weight(part).clamp(0.0, 1.0).min(part.weight))
}

fn pair_weight(pair: &Pair, q: &[Part], options: Options<'_>) -> f32 {
    match q.get(usize::from(pair.query.0)) {
        Some(part) if options.weight_of.is_some() && pair.rule != Rule::Joined => weight_of(part, options),
        _ => pair.weight,
    }
}

/// The weight of the parts without counterpart: all of it, and that of names proper.
fn unmatched(parts: &[Part], used: u32, options: Options<'_>) -> (f32, f32) {
    let mut all = 0f32;
    let mut heavy = 0f32;
    for (i, part) in parts.iter().enumerate() {
        if used & (1 << i) != 0 {
            continue;
        }
        let weight = match part.kind {
            PartKind::Initial => FREE_INITIAL,
            _ => weight_of(part, options),
        };
        if !repeats(part, parts, i) {
            all += weight;
        }
        if part.kind == PartKind::Aside {
            heavy += FREE_ASIDE;
        } else if part.kind.counts() {
            heavy += weight;
        }
    }
    (all, heavy)
}

/// A word said twice ("Sergey Sergey Shoigu").
fn repeats(part: &Part, parts: &[Part], at: usize) -> bool {
    parts.iter().enumerate().any(|(i, p)| i != at && p.hash == part.hash)
}

fn legal_clash(a: Option<LegalClass>, b: Option<LegalClass>) -> Option<f32> {
    let (a, b) = (a?, b?);
    if a == b {
        return None;
    }
    let nonprofit = a == LegalClass::Nonprofit || b == LegalClass::Nonprofit;
    Some(if nonprofit { NONPROFIT } else { OTHER_LEGAL_FORM })
}

/// One name is the first letters of the other ("PLA", "People's Liberation Army").
///
/// `asked` says that the long name is the one asked for. Any three words have the letters of some listed acronym, so one of
/// them must then say that it is a body.
fn acronym(short: &[Part], long: &[Part], asked: bool) -> Option<Verdict> {
    let mut words = short.iter().filter(|p| matches!(p.kind, PartKind::Word | PartKind::Term));
    let letters = words.next().filter(|p| p.script == Script::Latin && ACRONYM.contains(&p.folded.len()))?;
    let first = |p: &Part| p.folded.chars().next();
    let content: String = long.iter().filter(|p| p.kind.counts()).filter_map(first).collect();
    let body = !asked || long.iter().any(|p| matches!(p.kind, PartKind::Term | PartKind::Legal(_)));
    (body && words.next().is_none() && content == *letters.folded)
        .then(|| Verdict { score: JUST_A_MATCH, ..Verdict::default() })
}
