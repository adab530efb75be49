//! A comparison in words.

use crate::{
    align::Rule,
    compare::{Comparison, Range},
    name::Name,
    readings,
    script::Script,
};

/// One line for each pair of parts, each part left over and each remark.
pub(crate) fn lines(comparison: &Comparison, query: &Name, candidate: &Name) -> Vec<String> {
    let mut lines = Vec::new();
    for pair in &comparison.parts {
        lines.push(format!(
            "{} = {}: {}, {:.2} alike, weight {:.2}",
            shown(query, pair.query),
            shown(candidate, pair.candidate),
            reason(pair.rule),
            pair.similarity,
            pair.weight
        ));
    }
    for (name, side, ranges) in [
        (query, "query", &comparison.query_unmatched),
        (candidate, "candidate", &comparison.candidate_unmatched),
    ] {
        lines.extend(ranges.iter().map(|&range| format!("only in the {side}: {}", shown(name, range))));
    }
    lines.extend(comparison.remarks.iter().map(|remark| (*remark).to_string()));
    lines
}

const fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::Same => "the same",
        Rule::Sound => "same sounds, spelled otherwise",
        Rule::Group => "stand for each other",
        Rule::Initial => "initial",
        Rule::Letters => "the same letters in another order",
        Rule::Joined => "written together or apart",
        Rule::Acronym => "abbreviation",
    }
}

/// The words as written; in another script than Latin also as read.
fn shown(name: &Name, range: Range) -> String {
    let text = name.text().get(range.start as usize..range.end as usize).unwrap_or_default();
    let parts = name.parts().iter().filter(|p| p.start >= range.start && p.end <= range.end);
    let foreign: Vec<String> = parts
        .filter(|p| !matches!(p.script, Script::Latin | Script::Digit))
        .map(|p| readings::spelling(&p.folded, p.script))
        .collect();
    if foreign.is_empty() { format!("“{text}”") } else { format!("“{text}” ({})", foreign.join(" ")) }
}
