//! A part of a name: one word, what kind of word it is and how it may be read.

use crate::{
    lexicon::{LEXICON, LegalClass},
    script::Script,
    sound::Sounds,
};
use serde::{Deserialize, Serialize};

/// What a part of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PartKind {
    /// A name proper, of which no more is known.
    Word,
    /// A given name.
    Given,
    /// A family name.
    Family,
    /// A name after the father, such as Vladimirovich.
    Patronymic,
    /// One letter that stands for a name.
    Initial,
    /// A number.
    Number,
    /// A common word of an organisation's name, such as bank or plant.
    Term,
    /// A little word (bin, al, van, of).
    Particle,
    /// A title or form of address.
    Title,
    /// A legal form, with its class.
    Legal(LegalClass),
    /// Words in brackets.
    Aside,
}

impl PartKind {
    /// Whether the part says who it is; the others only accompany.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Particle | Self::Title | Self::Legal(_) | Self::Aside)
    }
}

/// One part of a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Part {
    /// Byte offset of the part in the name as given.
    pub start: u32,
    /// End of the part, exclusive.
    pub end: u32,
    /// What it is.
    pub kind: PartKind,
    /// The script it is written in.
    pub script: Script,
    /// The part in lower case, without marks.
    pub folded: Box<str>,
    /// Plausible readings as sounds, the likeliest first.
    pub readings: Vec<Sounds>,
    /// How much it says about who bears the name, 0 to 1.
    pub weight: f32,
    /// Words that may replace each other share a group (pet names, translations); 0 is none.
    pub group: u16,
    /// An abbreviation, which is the same only when written the same.
    pub(crate) exact: bool,
    /// Hash of `folded`.
    pub(crate) hash: u64,
}

impl Part {
    /// True for a word that says that the name before it is the father's: "oglu", "kyzy".
    pub(crate) fn follows_fathers_name(&self) -> bool {
        self.kind == PartKind::Particle && LEXICON.fathers_after.contains(&*self.folded)
    }
}
