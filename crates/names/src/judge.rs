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
    lexicon::LegalClass,
    name::Name,
    part::{Part, PartKind},
    script::Script,
};

/// The weights behind a score.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdict {
    pub(crate) score: f64,
    legal: bool,
    conflict: bool,
    turned: bool,
}

impl Verdict {
    pub(crate) fn remarks(self) -> Vec<&'static str> {
        let all = [
            (self.legal, "legal forms of different classes"),
            (self.conflict, "each name has a distinctive part that the other lacks"),
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
        proper |= pair.rule != Rule::Initial && weight > 0.15;
        if pair.similarity < 0.75 && weight > 0.3 {
            doubt *= 1.0 - rules.doubt * (0.75 - pair.similarity);
        }
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
    let mut score = alike / matched * doubt;
    score *= 1.0 - rules.extra * extra / (extra + matched);
    score *= 1.0 - rules.conflict * both.min(1.0) * (1.0 - 0.04 * matched);
    score *= 1.0 - rules.thin * (0.9 - matched).max(0.0);
    let legal = legal_clash(query.legal, candidate.legal);
    let only_initials = if proper { 1.0 } else { 0.6 };
    let turned = query.kind() == NameKind::Person && father_and_son((query, q), (candidate, c), alignment);
    score *= only_initials * legal.unwrap_or(1.0) * if turned { 0.65 } else { 1.0 };
    if rules.numbers {
        score *= number_clash(q, c, alignment);
    }
    let complete = free_q + free_c <= 0.0 && alignment.pairs().iter().all(|pair| nearly_same(pair, q, c));
    if !complete {
        let bits = bits_beyond_chance((q, c), alignment, &rules, (free_q + free_c, both));
        score = score.min(THRESHOLD_AT_CHANCE + SCORE_OF_A_BIT * bits);
    }
    Verdict { score: f64::from(score.clamp(0.0, 1.0)), legal: legal.is_some(), conflict: both > 0.3, turned }
}

/// What an acronym and the name that it may stand for score: a match, with nothing to spare.
const ACRONYM: f64 = 0.75;

/// A name that says just as much as chance would has the score of the threshold ([`crate::THRESHOLD`]) …
const THRESHOLD_AT_CHANCE: f32 = 0.7;
/// … and each bit beyond raises it by this much.
const SCORE_OF_A_BIT: f32 = 0.03;

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
    let mut against = rules.prior + missing * free + rules.clash * both.min(1.5);
    if free > 0.3 {
        against += ROUGH * roughness(alignment);
    }
    if family_lost(q, alignment.query_used) || family_lost(c, alignment.candidate_used) {
        against += FAMILY_LOST;
    }
    let covered = if free <= 0.05 { rules.covered } else { 0.0 };
    let single = if counted(q) == 1 && counted(c) == 1 { rules.single } else { 0.0 };
    known_bits(alignment) + covered + single - against
}

/// How hard differences weigh for a kind of party.
struct Rules {
    /// For parts that only one name has.
    extra: f32,
    /// Where each name has parts that the other lacks.
    conflict: f32,
    /// For parts that are only roughly alike.
    doubt: f32,
    /// Where all that matched is little.
    thin: f32,
    /// Bits that a name must say before it is believed to be one of the many listed ones, unless it is the same
    /// through and through.
    prior: f32,
    /// Bits added where every part has its counterpart.
    covered: f32,
    /// Bits added where both names are of one part: few listed names are.
    single: f32,
    /// Bits that a part without counterpart takes away.
    missing: f32,
    /// Bits that parts without counterpart on both sides take away.
    clash: f32,
    /// Whether numbers tell one from the other.
    numbers: bool,
}

impl Rules {
    const fn of(kind: NameKind) -> Self {
        match kind {
            NameKind::Person => Self {
                extra: 0.42,
                conflict: 0.5,
                doubt: 0.5,
                thin: 0.3,
                prior: 20.5,
                covered: 5.0,
                single: 5.0,
                missing: 3.0,
                clash: 8.0,
                numbers: false,
            },
            NameKind::Vessel => Self {
                extra: 0.7,
                conflict: 0.6,
                doubt: 0.6,
                thin: 0.2,
                prior: 8.0,
                covered: 2.0,
                single: 0.0,
                missing: 3.0,
                clash: 8.0,
                numbers: true,
            },
            NameKind::Organisation | NameKind::Other => Self {
                extra: 0.75,
                conflict: 0.55,
                doubt: 0.8,
                thin: 0.2,
                prior: 8.0,
                covered: 2.0,
                single: 0.0,
                missing: 1.0,
                clash: 3.0,
                numbers: true,
            },
        }
    }
}

/// Bits that a missing part takes away from a name in Chinese characters or Hangul, which people write in full.
const SYLLABLE_MISSING: f32 = 8.0;
/// Bits that a wholly unlike pair takes away where parts have no counterpart: a name that is neither complete nor exact.
const ROUGH: f32 = 15.0;

/// Bits taken away where no part of a known family name has its counterpart.
const FAMILY_LOST: f32 = 6.0;

/// Which parts are the family name is known, and none of them has its counterpart.
fn family_lost(parts: &[Part], used: u32) -> bool {
    let family = |(_, part): &(usize, &Part)| part.kind == PartKind::Family;
    let mut parts = parts.iter().enumerate().filter(family).peekable();
    parts.peek().is_some() && parts.all(|(at, _)| used & (1 << at) == 0)
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
    let least = if script(q, pair.query.0) == script(c, pair.candidate.0) { 0.9 } else { 0.99 };
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
        (true, true) => 0.9,
        (true, false) | (false, true) => 0.88,
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
    if weight >= 1.0 { 22.0 } else { 10.0 * weight }
}

/// The most that [`judge`] can say of names with parts of weight `matched` that stand for each other, saying so many
/// bits, and parts of weight `free` in each that have no counterpart.
pub(crate) fn at_most(kind: NameKind, (matched, bits): (f32, f32), free: (f32, f32)) -> f64 {
    if matched <= 0.0 {
        return 0.0;
    }
    let rules = Rules::of(kind);
    let both = free.0.min(free.1);
    let extra = free.0 + free.1 - 2.0 * both;
    let mut score = 1.0 - rules.extra * extra / (extra + matched);
    score *= 1.0 - rules.conflict * both.min(1.0) * (1.0 - 0.04 * matched);
    score *= 1.0 - rules.thin * (0.9 - matched).max(0.0);
    let all = free.0 + free.1;
    if all > 0.05 {
        let against = rules.prior + rules.missing * all + rules.clash * both.min(1.5);
        score = score.min(THRESHOLD_AT_CHANCE + SCORE_OF_A_BIT * (bits - against));
    }
    f64::from(score.clamp(0.0, 1.0))
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
            PartKind::Initial => 0.6,
            _ => weight_of(part, options),
        };
        if !repeats(part, parts, i) {
            all += weight;
        }
        if part.kind == PartKind::Aside {
            heavy += 0.5;
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
    Some(if nonprofit { 0.68 } else { 0.95 })
}

/// One name is the first letters of the other ("PLA", "People's Liberation Army").
///
/// `asked` says that the long name is the one asked for. Any three words have the letters of some listed acronym, so one of
/// them must then say that it is a body.
fn acronym(short: &[Part], long: &[Part], asked: bool) -> Option<Verdict> {
    let mut words = short.iter().filter(|p| matches!(p.kind, PartKind::Word | PartKind::Term));
    let letters = words.next().filter(|p| p.script == Script::Latin && (3..=6).contains(&p.folded.len()))?;
    let first = |p: &Part| p.folded.chars().next();
    let content: String = long.iter().filter(|p| p.kind.counts()).filter_map(first).collect();
    let body = !asked || long.iter().any(|p| matches!(p.kind, PartKind::Term | PartKind::Legal(_)));
    (body && words.next().is_none() && content == *letters.folded)
        .then(|| Verdict { score: ACRONYM, ..Verdict::default() })
}
