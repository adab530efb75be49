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
