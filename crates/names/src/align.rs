//! Which part of one name stands for which part of the other.

use crate::{
    confusion::{Confusion, Evidence, Route, System},
    name::MOST_PARTS,
    part::{Part, PartKind},
    script::Script,
    sound::Sounds,
    weights::MOST_BITS,
};
use std::cmp::Ordering;
use std::ops::Range;

/// Why two parts were taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Written the same.
    Same,
    /// Different spellings or scripts of the same sounds.
    Sound,
    /// Words that stand for each other (pet names, translations).
    Group,
    /// An initial for a name.
    Initial,
    /// Several words written as one.
    Joined,
    /// The same letters in another order.
    Letters,
    /// An abbreviation of the words.
    Acronym,
}

/// Parts `query.0..query.1` of one name stand for parts `candidate.0..candidate.1` of the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) query: (u8, u8),
    pub(crate) candidate: (u8, u8),
    pub(crate) rule: Rule,
    pub(crate) similarity: f32,
    pub(crate) weight: f32,
    /// How strongly the pair speaks for the same name: about 2^bits to 1.
    pub(crate) bits: f32,
}

/// How alike two parts are and what that says.
#[derive(Debug, Clone, Copy)]
struct Likeness {
    similarity: f32,
    rule: Rule,
    bits: f32,
}

impl Likeness {
    const NONE: Self = Self { similarity: 0.0, rule: Rule::Same, bits: 0.0 };
}

/// Pairs, and a bit for each part that has found its counterpart.
#[derive(Debug, Clone)]
pub(crate) struct Alignment {
    pairs: [Pair; MOST_PARTS],
    len: usize,
    pub(crate) query_used: u32,
    pub(crate) candidate_used: u32,
}

/// Parts less alike than this are not taken for each other.
pub(crate) const LEAST: f32 = 0.45;
/// Parts at least this alike need no look at joined words.
const GOOD: f32 = 0.85;

impl Alignment {
    /// The pairs found.
    pub(crate) fn pairs(&self) -> &[Pair] {
        &self.pairs[..self.len]
    }

    fn new() -> Self {
        let none = Pair {
            query: (0, 0),
            candidate: (0, 0),
            rule: Rule::Same,
            similarity: 0.0,
            weight: 0.0,
            bits: 0.0,
        };
        Self { pairs: [none; MOST_PARTS], len: 0, query_used: 0, candidate_used: 0 }
    }

    /// One name as a whole stands for the other, by the same sounds.
    pub(crate) fn whole(
        (query, of_query): (&[Part], Range<usize>),
        (candidate, of_candidate): (&[Part], Range<usize>),
        similarity: f32,
    ) -> Self {
        let range = |range: &Range<usize>| (range.start as u8, range.end as u8);
        let parts = |parts: &[Part], range: &Range<usize>| {
            let parts = parts.get(range.clone()).unwrap_or_default();
            parts.iter().map(|part| part.weight).sum::<f32>()
        };
        let weight = parts(query, &of_query).max(parts(candidate, &of_candidate));
        let (query, candidate) = (range(&of_query), range(&of_candidate));
        let mut alignment = Self::new();
        alignment.add(Pair { query, candidate, rule: Rule::Sound, similarity, weight, bits: MOST_BITS });
        alignment
    }

    fn add(&mut self, pair: Pair) {
        if self.len < MOST_PARTS {
            self.pairs[self.len] = pair;
            self.len += 1;
            self.query_used |= bits(pair.query);
            self.candidate_used |= bits(pair.candidate);
        }
    }
}

const fn bits((from, to): (u8, u8)) -> u32 {
    (1u32 << to) - (1u32 << from)
}

/// Aligns two lists of parts: the most alike first, then words written apart in one and together in the other.
pub(crate) fn align(query: &[Part], candidate: &[Part], route: Option<Route>) -> Alignment {
    let mut alignment = Alignment::new();
    let mut table = [[Likeness::NONE; MOST_PARTS]; MOST_PARTS];
    for (i, q) in query.iter().enumerate().take(MOST_PARTS) {
        for (j, c) in candidate.iter().enumerate().take(MOST_PARTS) {
            table[i][j] = alike(q, c, route);
        }
    }
    take(query, candidate, &table, GOOD, &mut alignment);
    join(query, candidate, &mut alignment, false, route);
    join(candidate, query, &mut alignment, true, route);
    take(query, candidate, &table, LEAST, &mut alignment);
    alignment
}

/// Takes pairs from the table, the most alike first, down to `least`.
fn take(
    query: &[Part],
    candidate: &[Part],
    table: &[[Likeness; MOST_PARTS]; MOST_PARTS],
    least: f32,
    alignment: &mut Alignment,
) {
    // Titles before a name move it, but none of its parts among themselves.
    let places = [query, candidate].map(|parts| {
        let mut titles = 0;
        let place = |(at, part): (usize, &Part)| {
            titles += usize::from(part.kind == PartKind::Title);
            at + 1 - titles.min(at + 1)
        };
        let mut places = [0; MOST_PARTS];
        places.iter_mut().zip(parts.iter().enumerate().map(place)).for_each(|(to, place)| *to = place);
        places
    });
    loop {
        let mut best = (least, None);
        for (i, row) in table.iter().enumerate().take(query.len()) {
            if alignment.query_used & (1 << i) != 0 {
                continue;
            }
            for (j, &Likeness { similarity, .. }) in row.iter().enumerate().take(candidate.len()) {
                let free = alignment.candidate_used & (1 << j) == 0;
                let near = 0.001 * places[0][i].abs_diff(places[1][j]) as f32;
                if free && similarity - near > best.0 {
                    best = (similarity - near, Some((i, j)));
                }
            }
        }
        let Some((i, j)) = best.1 else { return };
        let weight = query[i].weight.max(candidate[j].weight);
        let Likeness { similarity, rule, bits } = table[i][j];
        let (query, candidate) = ((i as u8, i as u8 + 1), (j as u8, j as u8 + 1));
        alignment.add(Pair { query, candidate, rule, similarity, weight, bits });
    }
}

/// Pairs a free word of `one` with several free neighbours of `many` written together.
fn join(one: &[Part], many: &[Part], alignment: &mut Alignment, turned: bool, route: Option<Route>) {
    for (i, word) in one.iter().enumerate().take(MOST_PARTS) {
        let used = if turned { alignment.candidate_used } else { alignment.query_used };
        if used & (1 << i) != 0 || !joinable(word) {
            continue;
        }
        for from in 0..many.len().min(MOST_PARTS) {
            let used = if turned { alignment.query_used } else { alignment.candidate_used };
            if let Some((to, (similarity, bits))) = joined(word, many, from, used, route) {
                let (a, b) = ((i as u8, i as u8 + 1), (from as u8, to as u8));
                let weight = word.weight.max(many[from..to].iter().map(|p| p.weight).sum::<f32>().min(1.2));
                let (query, candidate) = if turned { (b, a) } else { (a, b) };
                alignment.add(Pair { query, candidate, rule: Rule::Joined, similarity, weight, bits });
                break;
            }
        }
    }
}

fn joinable(part: &Part) -> bool {
    !matches!(part.kind, PartKind::Legal(_) | PartKind::Number | PartKind::Initial | PartKind::Title)
        && !part.readings.is_empty()
}

/// The run of free parts from `from` that, written together, is like `word`.
fn joined(
    word: &Part,
    many: &[Part],
    from: usize,
    used: u32,
    route: Option<Route>,
) -> Option<(usize, (f32, f32))> {
    let free = |k: usize| used & (1 << k) == 0 && many.get(k).is_some_and(joinable);
    if !free(from) {
        return None;
    }
    let longest = word.readings.iter().map(|r| r.codes().len()).max()?;
    let next = many.get(from + 1).filter(|_| free(from + 1))?;
    let shortest = |part: &Part| part.readings.iter().map(|r| r.codes().len()).min().unwrap_or(0);
    let holds = |head: &Sounds| word.readings.iter().any(|reading| reading.may_begin_with(head));
    if shortest(&many[from]) + shortest(next) > longest + 2 || !many[from].readings.iter().any(holds) {
        return None;
    }
    let mut runs = many[from].readings.clone();
    for (to, part) in many.iter().enumerate().take((from + 4).min(MOST_PARTS)).skip(from + 1) {
        if !free(to) {
            return None;
        }
        let tails = &part.readings;
        runs = runs.iter().flat_map(|run| tails.iter().map(|tail| run.joined(tail))).take(16).collect();
        if runs.iter().all(|run| run.codes().len() > longest + 2) {
            return None;
        }
        let least = least_alike_joined(word.script, part.script);
        let (similarity, bits) = closest((word.script, &word.readings), (part.script, &runs), route, least);
        if similarity >= least {
            return Some((to + 1, (similarity, bits)));
        }
    }
    None
}

/// How alike two parts are, and why.
fn alike(a: &Part, b: &Part, route: Option<Route>) -> Likeness {
    let same = |similarity, rule, bits| Likeness { similarity, rule, bits };
    if a.hash == b.hash {
        return same(1.0, Rule::Same, own_bits(a));
    }
    let kinds = (a.kind, b.kind);
    let either = |kind: PartKind| kinds.0 == kind || kinds.1 == kind;
    if particle_misspelt(a, b) || particle_misspelt(b, a) {
        let (similarity, bits) = closest((a.script, &a.readings), (b.script, &b.readings), route, LEAST);
        return same(similarity, Rule::Sound, bits.min(INITIAL_BITS));
    }
    if a.kind.counts() != b.kind.counts()
        || matches!(kinds, (PartKind::Legal(_), _) | (_, PartKind::Legal(_)))
    {
        return Likeness::NONE;
    }
    let sounds = |part: &Part| part.readings.first().copied();
    let across =
        a.script != b.script && sounds(a).map(|s| s.written(true)) == sounds(b).map(|s| s.written(true));
    if a.group != 0 && a.group == b.group && !across {
        let (similarity, doubt) = if a.kind == PartKind::Term { (1.0, 0.0) } else { (GROUP, GROUP_DOUBT) };
        return same(similarity, Rule::Group, own_bits(a).min(own_bits(b)) - doubt);
    }
    if a.exact && b.exact && a.script == b.script || either(PartKind::Number) {
        return Likeness::NONE;
    }
    if (a.kind == PartKind::Initial) != (b.kind == PartKind::Initial) {
        let first = |part: &Part| part.readings.first().and_then(|r| r.codes().first().copied());
        let fits =
            first(a).is_some() && first(a) == first(b) || a.folded.chars().next() == b.folded.chars().next();
        return same(if fits { 0.8 } else { 0.0 }, Rule::Initial, INITIAL_BITS);
    }
    if a.script == Script::Han && b.script == Script::Han {
        return Likeness::NONE;
    }
    if anagram(&a.folded, &b.folded) {
        return same(0.78, Rule::Letters, own_bits(a) / 2.0);
    }
    if a.kind == PartKind::Term && b.kind == PartKind::Term && a.script == b.script {
        return Likeness::NONE;
    }
    let syllables = (a.script.writes_syllables(), b.script.writes_syllables());
    let least = if fathers_name(kinds) { 0.85 } else { least_alike(syllables) };
    let (a, b) = ((a.script, &*a.readings), (b.script, &*b.readings));
    let (similarity, bits) = closest(a, b, route, least.max(LEAST));
    if similarity < least {
        return Likeness::NONE;
    }
    same(similarity, Rule::Sound, bits)
}

/// A particle and a short word that may be the same with a typing error ("xal" for "al").
fn particle_misspelt(a: &Part, b: &Part) -> bool {
    a.kind == PartKind::Particle && b.kind == PartKind::Word && a.script == b.script && b.folded.len() <= 4
}

/// A name after the father is no given name (Oleksandr, Oleksandrovych), but family names may end like one (Plenković).
const fn fathers_name(kinds: (PartKind, PartKind)) -> bool {
    matches!(
        kinds,
        (PartKind::Patronymic, PartKind::Word | PartKind::Given | PartKind::Family)
            | (PartKind::Word | PartKind::Given | PartKind::Family, PartKind::Patronymic)
    )
}

/// The same letters in another order, five or more of them: written backwards or jumbled.
fn anagram(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    // The same bytes have the same sum; that spares most the sorting.
    let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    a.len() == b.len() && a.len() >= 5 && sum(a) == sum(b) && sorted(a) == sorted(b)
}

/// Who writes syllables writes them exactly: less alike, it is another name.
pub(crate) const fn least_alike(syllables: (bool, bool)) -> f32 {
    match syllables {
        (true, true) => 0.95,
        (false, false) => 0.0,
        _ => 0.75,
    }
}

/// Words written together less alike than this are not taken for one.
pub(crate) const LEAST_JOINED: f32 = 0.72;

/// The same where either is written in characters that stand for syllables.
pub(crate) const LEAST_SYLLABLES: f32 = 0.94;

/// The same for words written together: of two syllables, one that is another brings the whole down to 0.9.
const fn least_alike_joined(a: Script, b: Script) -> f32 {
    if a.writes_syllables() || b.writes_syllables() { LEAST_SYLLABLES } else { LEAST_JOINED }
}

/// A letter for a name: about one name in eight begins with it.
pub(crate) const INITIAL_BITS: f32 = 3.0;

/// Bits that a pet form or translation says less than the same name would: each name has several.
pub(crate) const GROUP_DOUBT: f32 = 5.0;
/// How alike they are.
pub(crate) const GROUP: f32 = 0.9;

/// Bits of a sound: see [`own_bits`].
pub(crate) const OF_A_SOUND: f32 = 4.3;

/// What a part says that is written the same on both sides: somewhat over four bits a sound, as the table of Latin
/// spellings has it on average.
fn own_bits(part: &Part) -> f32 {
    part.readings.first().map_or(OF_A_SOUND, |reading| OF_A_SOUND * reading.codes().len() as f32)
}

/// Likeness and bits of the two closest readings that are in the language asked for; nothing if they are less alike than `least`.
fn closest(a: (Script, &[Sounds]), b: (Script, &[Sounds]), route: Option<Route>, least: f32) -> (f32, f32) {
    let fits = |reading: &&Sounds| {
        route.is_none_or(|route| matches!(reading.route(), Route::Plain) || reading.route() == route)
    };
    let mut best = (0f32, 0f32);
    for x in a.1.iter().filter(fits) {
        for y in b.1.iter().filter(fits) {
            let found = likeness_of((System::of(a.0, x.route()), x), (System::of(b.0, y.route()), y), least);
            if found.0 > best.0 {
                best = found;
            }
        }
    }
    best
}

/// Likeness and bits of two readings by the table for these two systems, the side that is further from Latin letters as the
/// native one; nothing if they are less alike than `least`.
pub(crate) fn likeness_of(
    (of_a, x): (System, &Sounds),
    (of_b, y): (System, &Sounds),
    least: f32,
) -> (f32, f32) {
    if !x.may_be(y) {
        return (0.0, 0.0);
    }
    let (table, native) = oriented(of_a, of_b);
    let (x, y) = if native { (x, y) } else { (y, x) };
    let evidence = table.evidence_from(x, y, share_of(least));
    (likeness(evidence), evidence.bits as f32 / 100.0)
}

/// The table for two systems, and whether the first is the native one in it.
pub(crate) fn oriented(a: System, b: System) -> (&'static Confusion, bool) {
    match a.cmp(&b) {
        Ordering::Equal => (Confusion::of(System::Latin), true),
        Ordering::Greater => (Confusion::of(a), true),
        Ordering::Less => (Confusion::of(b), false),
    }
}

/// Shares of the best possible evidence, and the likeness of each.
const STEPS: [(f32, f32); 8] =
    [(0.0, 0.0), (0.1, 0.35), (0.2, 0.55), (0.3, 0.68), (0.45, 0.8), (0.6, 0.88), (0.8, 0.95), (1.0, 1.0)];

/// The share of the best possible evidence that is so much alike.
fn share_of(likeness: f32) -> f32 {
    for step in STEPS.windows(2) {
        if let &[(from, low), (to, high)] = step
            && likeness <= high
        {
            return from + (to - from) * (likeness - low) / (high - low);
        }
    }
    1.0
}

/// From the share of the best possible evidence to likeness. Of unrelated words, 99 of 100 stay below a share of 0.15;
/// of spellings of one name, three quarters reach 0.55 (counted over the spellings that the tables were learnt from).
pub(crate) fn likeness(evidence: Evidence) -> f32 {
    let share = evidence.bits as f32 / evidence.best as f32;
    if share <= 0.0 {
        return 0.0;
    }
    for step in STEPS.windows(2) {
        if let &[(from, low), (to, high)] = step
            && share <= to
        {
            return low + (high - low) * (share - from) / (to - from);
        }
    }
    1.0
}
