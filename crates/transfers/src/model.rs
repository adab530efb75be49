//! Transfers and events as plain data; serialised as the reading contract wants them (`docs/reading.md`).

use crate::confidence::Support;
use crate::standing::Standing;
use lagebild_entities::EntityId;
use lagebild_page::DateRange;
use lagebild_span::Span;
use lagebild_statements::{Certainty, StatementId};
use serde::{Serialize, Serializer};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}
id!(
    /// A transfer's number in its document; written `t1`, `t2`, ….
    TransferId, "t"
);
id!(
    /// An event's number in its document; written `v1`, `v2`, ….
    EventId, "v"
);

/// Transfers of less confidence are folded in the views. A wrong party weighs more than a flow that has to be unfolded: on passages
/// that neither rules nor reader were made on, of those between 0.5 and 0.7 one in four names somebody wrong, of those above 0.75
/// one in fifteen (`docs/reading.md`).
const SURE: f32 = 0.75;

/// Goods, services, people or money said to go from one to another.
#[derive(Clone, Debug, Serialize)]
pub struct Transfer {
    /// Its id in this document.
    pub id: TransferId,
    /// From whom; none where the sentence does not name it.
    pub giver: Option<EntityId>,
    /// To whom; none where the sentence does not name it.
    pub receiver: Option<EntityId>,
    /// The words for the giver, also where they name nobody ("the militia").
    pub giver_words: Option<Span>,
    /// The words for the receiver.
    pub receiver_words: Option<Span>,
    /// The country in which the words place a giver that they do not name ("a trader from Hamburg", "Chinese firms").
    pub giver_country: Option<EntityId>,
    /// The same of the receiver.
    pub receiver_country: Option<EntityId>,
    /// The words that name what goes: the whole noun phrase with its quantity.
    pub item: Span,
    /// Class id of `data/goods`, where the words name one.
    pub class: Option<String>,
    /// How much, where stated.
    pub quantity: Option<Quantity>,
    /// When, where stated.
    pub time: Option<DateRange>,
    /// How sure the source is.
    pub certainty: Certainty,
    /// Where the transfer stands, as it is told.
    pub status: Status,
    /// Who says so: speaker or outlet.
    pub source: Option<EntityId>,
    /// The words that name the source, also when it is nobody in particular ("Experten").
    pub source_words: Option<Span>,
    /// The statement that it is part of.
    pub statement: Option<StatementId>,
    /// Who transports it: a ship, a forwarder, a smuggler.
    pub carrier: Option<EntityId>,
    /// The transit place, where named.
    pub via: Option<EntityId>,
    /// Who shall have it in the end, where that is not the receiver.
    pub end_user: Option<EntityId>,
    /// The transfer that this one is said to be in exchange for.
    pub in_exchange_for: Option<TransferId>,
    /// Statements that deny it: "Teheran rejected this".
    pub disputed_by: Vec<StatementId>,
    /// Transfers of this document that say the opposite: denials of what is claimed here, or claims of what is denied.
    pub contradicted_by: Vec<TransferId>,
    /// The words that it rests on: trigger, lead-in, item.
    pub evidence: Vec<Span>,
    /// How probable it is that giver and receiver are right, 0 to 1 in hundredths.
    pub confidence: f32,
    /// What the confidence rests on.
    pub support: Support,
    /// The frame and the words that produced it, a line each.
    pub explanation: Vec<String>,
}

impl Transfer {
    /// True where it is likelier right than not: a confidence of `SURE` or more. The views fold the others.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE
    }

    /// How well founded it is, in one word.
    pub fn standing(&self) -> Standing {
        Standing::of(self.status, self.certainty)
    }
}

/// Where a transfer stands, as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    Done,
    Ongoing,
    Planned,
    Possible,
    Wished,
    Denied,
    /// Stopped, failed or lost.
    Cancelled,
    /// Giver or receiver declined.
    Refused,
    /// Forbidden.
    Banned,
    /// Intercepted on its way.
    Seized,
}

impl Status {
    /// The status of this name, as it is serialised.
    pub fn named(name: &str) -> Option<Self> {
        let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
        serde::Deserialize::deserialize(name).ok()
    }
}

/// An amount with its unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantity {
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// The number, where it can be read.
    pub value: Option<f64>,
    /// The unit as written ("Schuss", "barrels").
    pub unit: Option<String>,
}

/// Something that happened, is happening or may happen.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// Its id in this document.
    pub id: EventId,
    /// PLOVER event type: `consult`, `agree`, `aid`, `sanction`, `threaten`, `accuse`, `mobilize`, ….
    #[serde(rename = "type")]
    pub kind: String,
    /// The words.
    pub span: Span,
    /// Who takes part.
    pub participants: Vec<EntityId>,
    /// Where.
    pub place: Option<EntityId>,
    /// When.
    pub date: Option<DateRange>,
    /// How sure the source is.
    pub certainty: Certainty,
}
