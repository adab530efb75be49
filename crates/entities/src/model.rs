//! Entities and mentions as plain data; serialised as the reading contract wants them (`docs/reading.md`).

use lagebild_span::Span;
use serde::{Serialize, Serializer};

/// An entity's number in its document; written `e1`, `e2`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl std::fmt::Display for EntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "e{}", self.0)
    }
}

impl Serialize for EntityId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Everything that a document names.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entities {
    /// One per real thing, in order of first mention.
    pub entities: Vec<Entity>,
    /// In text order; one inside another is allowed ("US" in "US-Außenministerium").
    pub mentions: Vec<Mention>,
}

impl Entities {
    /// The entity with this id.
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        // They are numbered from 1 in their order.
        let place = (id.0 as usize).checked_sub(1).and_then(|at| self.entities.get(at));
        place.filter(|entity| entity.id == id).or_else(|| self.entities.iter().find(|entity| entity.id == id))
    }

    /// Mentions that hold `span`, in text order. None lies within another, so that they end in the order in which they begin.
    pub fn holding(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.end() < span.end());
        self.mentions.iter().skip(from).take_while(move |mention| mention.span.start() <= span.start())
    }

    /// Mentions that lie inside `span`, in text order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        self.mentions[from..]
            .iter()
            .take_while(move |mention| mention.span.start() < span.end())
            .filter(move |mention| span.contains(mention.span))
    }

    /// The longest mention that covers a word; of a hyphenated or written-together word also a name that begins it.
    pub fn naming(&self, word: Span) -> Option<&Mention> {
        let begins = self.within(word).filter(|mention| mention.span.start() == word.start());
        self.holding(word)
            .chain(begins)
            .max_by_key(|mention| (mention.span.contains(word), mention.span.len()))
    }
}

/// A real thing that the document names.
#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    /// Its id in this document.
    pub id: EntityId,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Its fullest name in the document (for a country: its canonical name).
    pub name: String,
    /// ISO 3166-1 alpha-2 in lower case: nationality or seat.
    pub country: Option<String>,
    /// The words that state its role ("Kremlsprecher"), where the text gives one.
    pub role: Option<Span>,
    /// Listed parties that it may be, best first.
    pub matches: Vec<Match>,
    /// True for a news outlet or agency: it can be a channel.
    #[serde(skip)]
    pub is_media: bool,
    /// A person's gender, where it is known.
    #[serde(skip)]
    pub gender: Option<Gender>,
    /// True for a country, government or state body: it can act in transfers for its `country`.
    #[serde(skip)]
    pub is_state: bool,
}

/// Kinds of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntityKind {
    Person,
    Organisation,
    Country,
    Place,
    Vessel,
    Instrument,
    Event,
    Other,
}

/// A listed party that an entity may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// Short name of the list.
    pub list: String,
    /// The party's id.
    pub party: String,
    /// The listed name that was compared.
    pub name: String,
    /// From 0 to 1.
    pub score: f64,
    /// How the score came about, a line each.
    pub explanation: Vec<String>,
}

/// A person's gender, as far as names and roles tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Male,
    Female,
}

/// Words that denote an entity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// What they denote.
    pub entity: EntityId,
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// How they denote it.
    pub form: Form,
}

/// How a mention denotes its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The name as such.
    Name,
    /// The name with an ending or inside a compound ("Kims", "Putin-Besuch").
    Inflected,
    /// A capital, building or adjective for a country or government ("Moskau", "russisch").
    Metonym,
    /// "er", "she".
    Pronoun,
    /// "der nordkoreanische Machthaber".
    Description,
}
