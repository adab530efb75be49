//! Names that go on with the father's: whose father, whose son?

use crate::{
    align::{Alignment, Pair},
    lexicon::LEXICON,
    name::Name,
    part::{Part, PartKind},
    script::Script,
};

/// "Salman bin Muhammad" against "Muhammad bin Salman", and "Ali Saddam Hussein" against "Saddam Hussein": names that go
/// on with the father's and his father's, as Arabic ones do. One chain begins a step before the other.
pub(crate) fn father_and_son(
    query: (&Name, &[Part]),
    candidate: (&Name, &[Part]),
    alignment: &Alignment,
) -> bool {
    let (chain_q, chain_c) = (chain(query.0, query.1), chain(candidate.0, candidate.1));
    let ([son_q, father_q, ..], [son_c, father_c, ..]) = (&chain_q[..], &chain_c[..]) else { return false };
    let paired = |at_q: usize, at_c: usize| {
        let is = |pair: &Pair| usize::from(pair.query.0) == at_q && usize::from(pair.candidate.0) == at_c;
        alignment.pairs().iter().any(is)
    };
    let swapped =
        filial(query.1) && filial(candidate.1) && paired(*son_q, *father_c) && paired(*father_q, *son_c);
    if !arabic(query.1) && !arabic(candidate.1) {
        return swapped;
    }
    let free_q = alignment.query_used & (1 << son_q) == 0;
    let free_c = alignment.candidate_used & (1 << son_c) == 0;
    let son_of_listed = free_q && paired(*father_q, *son_c) && chain_q.len() > 2;
    let father_of_listed = free_c && paired(*son_q, *father_c) && chain_c.len() > 2;
    swapped || son_of_listed || father_of_listed
}

/// Whether a word for "son of" stands between two names.
fn filial(parts: &[Part]) -> bool {
    let at = parts.iter().position(|part| LEXICON.filiation.contains(&*part.folded));
    at.is_some_and(|at| at > 0 && at + 1 < parts.len())
}

/// Written in Arabic letters, or with an article or a word for "son of" that Arabic or Turkic names have.
fn arabic(parts: &[Part]) -> bool {
    let word = |part: &Part| matches!(&*part.folded, "al" | "el") && part.kind == PartKind::Particle;
    let filial = |part: &Part| LEXICON.filiation.contains(&*part.folded);
    parts.iter().any(|part| {
        part.script == Script::Arabic || word(part) || filial(part) || part.follows_fathers_name()
    })
}

/// The parts that say who it is in the order in which they are spoken: what stands before a comma comes last.
fn chain(name: &Name, parts: &[Part]) -> Vec<usize> {
    let comma = name.text().find(',').map_or(0, |at| at as u32);
    let counted = |late: bool| {
        let fits = move |part: &Part| part.kind.counts() && (part.start < comma) == late;
        parts.iter().enumerate().filter(move |(_, part)| fits(part)).map(|(at, _)| at)
    };
    counted(false).chain(counted(true)).collect()
}
