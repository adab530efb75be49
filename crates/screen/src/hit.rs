//! What is answered: parties, and why each may be meant.

use lagebild_names::{Comparison, Name, Range, Rule};
use serde::Serialize;

/// A listed party that the query may mean.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// The party's number in the index ([`crate::Index::party`]).
    #[serde(skip)]
    pub number: u32,
    /// The party's id, the list before the colon.
    pub party: String,
    /// FollowTheMoney schema.
    pub schema: String,
    /// The name to show.
    pub caption: String,
    /// 0 to 1.
    pub score: f64,
    /// Whether the score reaches the threshold.
    pub matched: bool,
    /// The best pair of names; none when only an identifier was shared.
    pub name: Option<NameMatch>,
    /// Whether it bears the very name that was asked for: no limit cuts it off.
    #[serde(skip)]
    pub same: bool,
    /// What each field added or took away.
    pub reasons: Vec<Reason>,
}

/// The two names that are most alike, taken apart.
#[derive(Debug, Clone, Serialize)]
pub struct NameMatch {
    /// The name asked for.
    pub query: String,
    /// The name on the list.
    pub listed: String,
    /// 0 to 1.
    pub score: f64,
    /// Parts that stand for each other.
    pub parts: Vec<AlignedPart>,
    /// Words of the query that nothing on the list answers to.
    pub query_unmatched: Vec<Mention>,
    /// Words of the listed name that nothing in the query answers to.
    pub listed_unmatched: Vec<Mention>,
    /// What lowered the score besides.
    pub remarks: Vec<&'static str>,
}

/// Words of a name with their place in it, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The words there.
    pub text: String,
}

/// Words of the query, words of the listed name, and why they are taken for each other.
#[derive(Debug, Clone, Serialize)]
pub struct AlignedPart {
    /// In the query.
    pub query: Mention,
    /// In the listed name.
    pub listed: Mention,
    /// `same`, `sound`, `group`, `initial`, `joined`, `letters`, `acronym`.
    pub rule: &'static str,
    /// How alike, 0 to 1.
    pub similarity: f32,
    /// How much it counts.
    pub weight: f32,
}

/// What one field did to the score.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// `name`, `birth_date`, `country`, `gender`, `identifier`, `address`.
    pub field: &'static str,
    /// Added to the score.
    pub points: f64,
    /// In words.
    pub words: String,
}

impl NameMatch {
    pub(crate) fn new(query: &Name, listed: &Name, comparison: &Comparison) -> Self {
        let of = |name: &Name, range: &Range| Mention {
            start: range.start,
            end: range.end,
            text: name.text().get(range.start as usize..range.end as usize).unwrap_or_default().into(),
        };
        let parts = comparison.parts.iter().map(|part| AlignedPart {
            query: of(query, &part.query),
            listed: of(listed, &part.candidate),
            rule: rule(part.rule),
            similarity: part.similarity,
            weight: part.weight,
        });
        Self {
            query: query.text().into(),
            listed: listed.text().into(),
            score: comparison.score,
            parts: parts.collect(),
            query_unmatched: comparison.query_unmatched.iter().map(|range| of(query, range)).collect(),
            listed_unmatched: comparison.candidate_unmatched.iter().map(|range| of(listed, range)).collect(),
            remarks: comparison.remarks.clone(),
        }
    }
}

const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Same => "same",
        Rule::Sound => "sound",
        Rule::Group => "group",
        Rule::Initial => "initial",
        Rule::Letters => "letters",
        Rule::Joined => "joined",
        Rule::Acronym => "acronym",
    }
}
