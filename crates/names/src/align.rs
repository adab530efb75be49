//! Which part of one name stands for which part of the other.

use crate::{
    name::MOST_PARTS,
    part::{Part, PartKind},
    script::Script,
    sound::{Sounds, TYPO, distance},
};

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
const LEAST: f32 = 0.45;
/// Parts at least this alike need no look at joined words.
const GOOD: f32 = 0.85;

impl Alignment {
    /// The pairs found.
    pub(crate) fn pairs(&self) -> &[Pair] {
        &self.pairs[..self.len]
    }

    fn new() -> Self {
        let none = Pair { query: (0, 0), candidate: (0, 0), rule: Rule::Same, similarity: 0.0, weight: 0.0 };
        Self { pairs: [none; MOST_PARTS], len: 0, query_used: 0, candidate_used: 0 }
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
pub(crate) fn align(query: &[Part], candidate: &[Part]) -> Alignment {
    let mut alignment = Alignment::new();
    let mut table = [[0f32; MOST_PARTS]; MOST_PARTS];
    let mut rules = [[Rule::Same; MOST_PARTS]; MOST_PARTS];
    for (i, q) in query.iter().enumerate().take(MOST_PARTS) {
        for (j, c) in candidate.iter().enumerate().take(MOST_PARTS) {
            let (similarity, rule) = alike(q, c);
            table[i][j] = similarity;
            rules[i][j] = rule;
        }
    }
    take(query, candidate, &table, &rules, GOOD, &mut alignment);
    join(query, candidate, &mut alignment, false);
    join(candidate, query, &mut alignment, true);
    take(query, candidate, &table, &rules, LEAST, &mut alignment);
    alignment
}

/// Takes pairs from the table, the most alike first, down to `least`.
fn take(
    query: &[Part],
    candidate: &[Part],
    table: &[[f32; MOST_PARTS]; MOST_PARTS],
    rules: &[[Rule; MOST_PARTS]; MOST_PARTS],
    least: f32,
    alignment: &mut Alignment,
) {
    loop {
        let mut best = (least, None);
        for (i, row) in table.iter().enumerate().take(query.len()) {
            if alignment.query_used & (1 << i) != 0 {
                continue;
            }
            for (j, &similarity) in row.iter().enumerate().take(candidate.len()) {
                let free = alignment.candidate_used & (1 << j) == 0;
                let near = 0.001 * i.abs_diff(j) as f32;
                if free && similarity - near > best.0 {
                    best = (similarity - near, Some((i, j)));
                }
            }
        }
        let Some((i, j)) = best.1 else { return };
        let weight = query[i].weight.max(candidate[j].weight);
        let (similarity, rule) = (table[i][j], rules[i][j]);
        let (query, candidate) = ((i as u8, i as u8 + 1), (j as u8, j as u8 + 1));
        alignment.add(Pair { query, candidate, rule, similarity, weight });
    }
}

/// Pairs a free word of `one` with several free neighbours of `many` written together.
fn join(one: &[Part], many: &[Part], alignment: &mut Alignment, turned: bool) {
    for (i, word) in one.iter().enumerate().take(MOST_PARTS) {
        let used = if turned { alignment.candidate_used } else { alignment.query_used };
        if used & (1 << i) != 0 || !joinable(word) {
            continue;
        }
        for from in 0..many.len().min(MOST_PARTS) {
            let used = if turned { alignment.query_used } else { alignment.candidate_used };
            if let Some((to, similarity)) = joined(word, many, from, used) {
                let (a, b) = ((i as u8, i as u8 + 1), (from as u8, to as u8));
                let weight = word.weight.max(many[from..to].iter().map(|p| p.weight).sum::<f32>().min(1.2));
                let (query, candidate) = if turned { (b, a) } else { (a, b) };
                alignment.add(Pair { query, candidate, rule: Rule::Joined, similarity, weight });
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
fn joined(word: &Part, many: &[Part], from: usize, used: u32) -> Option<(usize, f32)> {
    let free = |k: usize| used & (1 << k) == 0 && many.get(k).is_some_and(joinable);
    if !free(from) {
        return None;
    }
    let longest = word.readings.iter().map(|r| r.codes().len()).max()?;
    let mut runs = many[from].readings.clone();
    for (to, part) in many.iter().enumerate().take((from + 4).min(MOST_PARTS)).skip(from + 1) {
        if !free(to) {
            return None;
        }
        let tails = &part.readings;
        runs = runs.iter().flat_map(|run| tails.iter().map(|tail| run.joined(tail))).take(32).collect();
        if runs.iter().all(|run| run.codes().len() > longest + 2) {
            return None;
        }
        let similarity = closest(&word.readings, &runs, crosses(word, part));
        if similarity >= 0.72 {
            return Some((to + 1, similarity));
        }
    }
    None
}

fn crosses(a: &Part, b: &Part) -> bool {
    a.script != b.script
}

/// How alike two parts are, 0 to 1, and why.
fn alike(a: &Part, b: &Part) -> (f32, Rule) {
    if a.hash == b.hash {
        return (1.0, Rule::Same);
    }
    if a.kind.counts() != b.kind.counts() {
        return (0.0, Rule::Same);
    }
    let kinds = (a.kind, b.kind);
    if matches!(kinds, (PartKind::Legal(_), _) | (_, PartKind::Legal(_))) {
        return (0.0, Rule::Same);
    }
    if a.group != 0 && a.group == b.group {
        return (if a.kind == PartKind::Term { 1.0 } else { 0.9 }, Rule::Group);
    }
    if a.exact && b.exact && a.script == b.script {
        return (0.0, Rule::Same);
    }
    if matches!(kinds, (PartKind::Number, _) | (_, PartKind::Number)) {
        return (0.0, Rule::Same);
    }
    if (a.kind == PartKind::Initial) != (b.kind == PartKind::Initial) {
        let first = |part: &Part| part.readings.first().and_then(|r| r.codes().first().copied());
        let same =
            first(a).is_some() && first(a) == first(b) || a.folded.chars().next() == b.folded.chars().next();
        return (if same { 0.8 } else { 0.0 }, Rule::Initial);
    }
    if a.script == Script::Han && b.script == Script::Han {
        return (0.0, Rule::Sound);
    }
    if (a.kind == PartKind::Term) && (b.kind == PartKind::Term) && a.script == b.script {
        return (0.0, Rule::Same);
    }
    (closest(&a.readings, &b.readings, crosses(a, b)), Rule::Sound)
}

/// The likeness of the two closest readings.
fn closest(a: &[Sounds], b: &[Sounds], crosses: bool) -> f32 {
    let mut best = 0f32;
    for x in a {
        for y in b {
            let (short, long) = order(x.codes().len(), y.codes().len());
            if short == 0 || (!x.unwritten() && !y.unwritten() && long > short + 3) {
                continue;
            }
            let bare = x.unwritten() != y.unwritten();
            let length = if bare { short } else { long };
            best = best.max(likeness(distance(x, y, 330), length, crosses));
        }
    }
    best
}

fn order(a: usize, b: usize) -> (usize, usize) {
    if a < b { (a, b) } else { (b, a) }
}

/// From cost to likeness: two typing errors are still the same word, three are not, whatever its length.
fn likeness(cost: u16, length: usize, crosses: bool) -> f32 {
    if cost == u16::MAX {
        return 0.0;
    }
    let typos = f32::from(cost) / f32::from(TYPO);
    let share = typos / length as f32;
    let beyond = (typos - 2.1).max(0.0);
    let leeway = if crosses { 0.85 } else { 1.0 };
    (1.0 - leeway * (0.11 * typos + if length < 4 { 0.8 } else { 0.55 } * share + 0.4 * beyond)).max(0.0)
}
