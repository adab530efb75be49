//! What the grammar finds in a text: plain data, in Universal Dependencies terms.

use lagebild_span::Span;

/// The grammar of one text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Sentences in order. Without a model for the language, tokens carry [`Upos::X`] and no tree.
    pub sentences: Vec<Sentence>,
    /// Named entities of the labeller, in order, not nested.
    pub names: Vec<NameSpan>,
    /// True when tags and trees come from a model.
    pub tagged: bool,
    /// What the reader finds: things that go and what is said, with those who take part.
    pub anchors: Vec<Anchor>,
}

/// The main word of a thing that goes, or of what somebody says, as a model finds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Anchor {
    /// `transfer` or `statement`.
    pub kind: String,
    /// The word.
    pub span: Span,
    /// How probable it is, 0 to 1, as the model thinks.
    pub chance: f32,
    /// For each role (`giver`, `receiver`, `source`; `speaker`, `channel`) who may fill it, the likeliest first.
    pub roles: Vec<(String, Vec<Filler>)>,
    /// One of FactBank's values, as written there.
    pub certainty: String,
    /// How a transfer stands.
    pub status: String,
}

impl Anchor {
    /// Who may fill a role, the likeliest first.
    pub fn role(&self, name: &str) -> &[Filler] {
        self.roles.iter().find(|(role, _)| role == name).map_or(&[], |(_, fillers)| fillers)
    }
}

/// A word that may fill a role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filler {
    /// The main word of a phrase; none for nobody.
    pub span: Option<Span>,
    /// How probable, 0 to 1.
    pub chance: f32,
}

/// One sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
}

/// A token. Contractions ("im", "zum") are one token with the analysis of their syntactic head.
#[derive(Clone, Debug, Default)]
pub struct Token {
    /// Where it is in the text.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Dictionary form; the form itself when none is known.
    pub lemma: String,
    /// Universal features, such as `Case=Nom|Mood=Sub|Number=Sing`; empty when none is known.
    pub feats: String,
    /// Index of the head token in the sentence; its own index for the root, or where there is no tree.
    pub head: u32,
    /// Universal dependency relation without subtype; empty where there is no tree.
    pub deprel: String,
}

impl Token {
    /// The value of a feature: `token.feat("Mood") == Some("Sub")`.
    pub fn feat(&self, name: &str) -> Option<&str> {
        self.feats.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// Universal parts of speech (UD version 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of universaldependencies.org/u/pos")]
#[rustfmt::skip]
pub enum Upos {
    Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb,
    #[default] X,
}

impl Upos {
    /// All of them, in the order of [`Upos::index`].
    #[rustfmt::skip]
    pub const ALL: [Upos; 17] = [
        Upos::Adj, Upos::Adp, Upos::Adv, Upos::Aux, Upos::Cconj, Upos::Det, Upos::Intj, Upos::Noun, Upos::Num,
        Upos::Part, Upos::Pron, Upos::Propn, Upos::Punct, Upos::Sconj, Upos::Sym, Upos::Verb, Upos::X,
    ];

    /// Names as Universal Dependencies writes them, in the same order.
    #[rustfmt::skip]
    const NAMES: [&str; 17] = [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
        "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
    ];

    /// Place in [`Upos::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name in Universal Dependencies, such as `PROPN`.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self.index()).copied().unwrap_or("X")
    }

    /// The part of speech of that name; `_` counts as `X`.
    pub fn from_name(name: &str) -> Option<Upos> {
        if name == "_" {
            return Some(Upos::X);
        }
        Self::NAMES.iter().position(|known| *known == name).and_then(|index| Self::ALL.get(index).copied())
    }
}

/// A named entity found by the labeller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// Its words.
    pub span: Span,
    /// Its class.
    pub class: NameClass,
}

/// Classes of named entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameClass {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Location,
    /// Another name.
    Other,
}
