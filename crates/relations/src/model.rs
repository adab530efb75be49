//! Relations as plain data; serialised as the reading contract wants them (`docs/reading.md`).

use crate::kinds::{Kind, kind};
use lagebild_entities::EntityId;
use lagebild_span::Span;
use lagebild_statements::{Certainty, StatementId};
use serde::{Serialize, Serializer};

/// A relation's number in its document; written `r1`, `r2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u32);

impl std::fmt::Display for RelationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "r{}", self.0)
    }
}

impl Serialize for RelationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How two named parties are said to stand to each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// Its id in this document.
    pub id: RelationId,
    /// Id of its kind (`data/relations.yaml`): `owner`, `leader`, `ally`, ….
    pub kind: String,
    /// One side: the owner, the leader, the employer, ….
    pub from: EntityId,
    /// The other side.
    pub to: EntityId,
    /// The words that name the one side.
    pub from_words: Span,
    /// The words that name the other.
    pub to_words: Span,
    /// How sure the source is; only what is certain is a fact.
    pub certainty: Certainty,
    /// It is said to be over: "the former head of".
    pub ended: bool,
    /// Share in percent, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Who says so.
    pub source: Option<EntityId>,
    /// The statement that it is part of.
    pub statement: Option<StatementId>,
    /// The words that tell it, the first of them its trigger.
    pub evidence: Vec<Span>,
    /// The rule and the words that produced it, a line each.
    pub explanation: Vec<String>,
}

impl Relation {
    /// What is known of its kind.
    pub fn kind(&self) -> Option<&'static Kind> {
        kind(&self.kind)
    }

    /// True where it is told as certain: neither denied nor merely possible.
    pub fn is_fact(&self) -> bool {
        self.certainty == Certainty::CertainPlus
    }

    /// Its sides in the order in which two tellings of the same relation can be compared.
    pub fn sides(&self) -> (EntityId, EntityId) {
        self.kind().map_or((self.from, self.to), |kind| kind.ordered(self.from, self.to))
    }
}
