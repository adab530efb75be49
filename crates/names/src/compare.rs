//! The comparison of two names: a score, and how it came about.

use crate::{
    align::{Alignment, Rule, align},
    confusion::Route,
    explain,
    judge::{Verdict, judge},
    name::Name,
    part::Part,
    script::Script,
    spelt,
    weights::SPELT_ALIKE,
};

/// What the caller knows better.
#[derive(Default, Clone, Copy)]
pub struct Options<'a> {
    /// How much a part says about who bears the name (0 to 1), from an index's own counts.
    pub weight_of: Option<&'a dyn Fn(&Part) -> f32>,
}

/// A span of bytes in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Range {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// Parts of the two names that stand for each other.
#[derive(Debug, Clone)]
pub struct Aligned {
    /// Place in the query.
    pub query: Range,
    /// Place in the candidate.
    pub candidate: Range,
    /// Why they are taken for each other.
    pub rule: Rule,
    /// How alike they are, 0 to 1.
    pub similarity: f32,
    /// How much they count, 0 to 2.
    pub weight: f32,
}

/// How two names compare.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// 0 (nothing in common) to 1 (the same); [`crate::THRESHOLD`] and above is a match.
    pub score: f64,
    /// The parts that stand for each other.
    pub parts: Vec<Aligned>,
    /// Parts of the query without counterpart.
    pub query_unmatched: Vec<Range>,
    /// Parts of the candidate without counterpart.
    pub candidate_unmatched: Vec<Range>,
    /// What lowered the score besides, in words.
    pub remarks: Vec<&'static str>,
}

impl Comparison {
    /// The comparison in words, one line for each part.
    pub fn explain(&self, query: &Name, candidate: &Name) -> Vec<String> {
        explain::lines(self, query, candidate)
    }
}

/// Compares two names and says how.
pub fn compare(query: &Name, candidate: &Name, options: Options<'_>) -> Comparison {
    let best = best(query, candidate, options);
    let range = |parts: &[Part], (from, to): (u8, u8)| Range {
        start: parts.get(usize::from(from)).map_or(0, |p| p.start),
        end: parts.get(usize::from(to) - 1).map_or(0, |p| p.end),
    };
    let parts = best.alignment.pairs().iter().map(|pair| Aligned {
        query: range(best.query, pair.query),
        candidate: range(best.candidate, pair.candidate),
        rule: pair.rule,
        similarity: pair.similarity,
        weight: pair.weight,
    });
    let free = |parts: &[Part], used: u32| {
        let free = parts.iter().enumerate().filter(|(i, _)| used & (1 << i) == 0);
        free.map(|(_, p)| Range { start: p.start, end: p.end }).collect()
    };
    Comparison {
        score: best.verdict.score,
        parts: parts.collect(),
        query_unmatched: free(best.query, best.alignment.query_used),
        candidate_unmatched: free(best.candidate, best.alignment.candidate_used),
        remarks: best.verdict.remarks(),
    }
}

/// The score alone, without the cost of an explanation.
pub fn score(query: &Name, candidate: &Name, options: Options<'_>) -> f64 {
    best(query, candidate, options).verdict.score
}

struct Best<'a> {
    query: &'a [Part],
    candidate: &'a [Part],
    alignment: Alignment,
    verdict: Verdict,
}

/// The best over the ways to cut both names and, for Han characters, the languages to read them in: one language for
/// the whole name.
fn best<'a>(query: &'a Name, candidate: &'a Name, options: Options<'_>) -> Best<'a> {
    const LANGUAGES: [Option<Route>; 3] = [Some(Route::Mandarin), Some(Route::Japanese), Some(Route::Korean)];
    let han = |name: &Name| name.parts.iter().any(|part| part.script == Script::Han);
    let routes = if han(query) == han(candidate) { &[None] } else { &LANGUAGES[..] };
    let cuts = |name: &'a Name| std::iter::once(&name.parts).chain(&name.other);
    let mut best: Option<Best<'a>> = None;
    for q in cuts(query) {
        for c in cuts(candidate) {
            for &route in routes {
                let alignment = align(q, c, route);
                let verdict = judge(query, candidate, (q, c), &alignment, options);
                if best.as_ref().is_none_or(|best| verdict.score > best.verdict.score) {
                    best = Some(Best { query: q, candidate: c, alignment, verdict });
                }
            }
        }
    }
    if spelt::same(&query.spelt, &candidate.spelt)
        && best.as_ref().is_none_or(|best| best.verdict.score < SPELT_ALIKE)
    {
        let (q, c) = (&query.parts[..], &candidate.parts[..]);
        let alignment = Alignment::whole((q, spelt::named(q)), (c, spelt::named(c)), SPELT_ALIKE as f32);
        return Best { query: q, candidate: c, alignment, verdict: Verdict::of(SPELT_ALIKE) };
    }
    best.unwrap_or_else(|| {
        let (q, c) = (&query.parts[..], &candidate.parts[..]);
        Best { query: q, candidate: c, alignment: align(q, c, None), verdict: Verdict::default() }
    })
}
