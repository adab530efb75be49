//! A trained model: what it knows, its file, and the models that are shipped.

pub(crate) mod clusters;
pub(crate) mod format;

use crate::features::{Features, Word};
use crate::lemma::Lemmatiser;
use crate::morph::{self, Morph};
use crate::ner::{self, Labeller};
use crate::parser::{self, Parser};
use crate::perceptron::Weights;
use crate::{Token, Upos, hash, tagger};
pub use clusters::{Clusters, Known};
pub use format::FormatError as ModelError;
use format::{Reader, Writer};
use std::sync::{LazyLock, OnceLock};

const MAGIC: &[u8; 8] = b"LBGRAMM\n";
/// Changes whenever features, hashes or the order of parts change.
const VERSION: u32 = 4;

/// A trained model of one language. Parts that were not trained are absent, and what they tell stays empty.
#[derive(Debug, Default)]
pub struct Model {
    pub(crate) language: String,
    pub(crate) card: String,
    pub(crate) clusters: Clusters,
    pub(crate) tagger: Option<Weights>,
    pub(crate) parser: Option<Parser>,
    pub(crate) morph: Option<Morph>,
    pub(crate) lemmas: Option<Lemmatiser>,
    pub(crate) names: Option<Labeller>,
    hash: String,
}

/// What a model says of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// One for each word, in order; spans are empty.
    pub tokens: Vec<Token>,
    /// Names: first word, one past the last, class as in the corpus (`PER`, `LOCderiv`).
    pub names: Vec<(usize, usize, String)>,
}

struct Shipped {
    language: &'static str,
    bytes: &'static [u8],
    model: OnceLock<Option<Model>>,
}

static SHIPPED: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let list: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/models.rs"));
    list.iter().map(|(language, bytes)| Shipped { language, bytes, model: OnceLock::new() }).collect()
});

impl Model {
    /// A model without any part, to be trained.
    pub fn new(language: &str, clusters: Clusters) -> Self {
        Self { language: language.into(), clusters, ..Self::default() }
    }

    /// The model that comes with the program for a language (ISO 639-1), loaded when first asked for.
    pub fn shipped(language: &str) -> Option<&'static Model> {
        let shipped = SHIPPED.iter().find(|shipped| shipped.language == language)?;
        shipped.model.get_or_init(|| Self::load(shipped.bytes).ok()).as_ref()
    }

    /// Languages of the models that come with the program.
    pub fn shipped_languages() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|shipped| shipped.language)
    }

    /// Language, ISO 639-1.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// What the model was trained on, under which licence, when and with which scores: Markdown.
    pub fn card(&self) -> &str {
        &self.card
    }

    /// Sets the card.
    pub fn set_card(&mut self, card: &str) {
        self.card = card.into();
    }

    /// Names the bytes that the model was loaded from, in 16 hexadecimal digits; empty for a model just trained.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// When the bytes are no model, of another version of the format, or damaged.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut from = Reader(bytes.strip_prefix(MAGIC.as_slice()).ok_or(ModelError::Magic)?);
        let found = from.u32()?;
        if found != VERSION {
            return Err(ModelError::Version { found, expected: VERSION });
        }
        let checksum = from.u64()?;
        if checksum != hash::checksum(from.0) {
            return Err(ModelError::Checksum);
        }
        let mut model = Self { hash: format!("{checksum:016x}"), ..Self::default() };
        model.language = from.text()?;
        model.card = from.text()?;
        model.clusters = Clusters::read(&mut from)?;
        model.tagger = part(&mut from, Weights::read)?.filter(|tagger| tagger.classes() == Upos::ALL.len());
        model.parser = part(&mut from, Parser::read)?;
        model.morph = part(&mut from, Morph::read)?;
        model.lemmas = part(&mut from, Lemmatiser::read)?;
        model.names = part(&mut from, Labeller::read)?;
        Ok(model)
    }

    /// The bytes of the model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.text(&self.language);
        body.text(&self.card);
        self.clusters.write(&mut body);
        write_part(&mut body, self.tagger.as_ref(), Weights::write);
        write_part(&mut body, self.parser.as_ref(), Parser::write);
        write_part(&mut body, self.morph.as_ref(), Morph::write);
        write_part(&mut body, self.lemmas.as_ref(), Lemmatiser::write);
        write_part(&mut body, self.names.as_ref(), Labeller::write);
        let mut file = Writer::default();
        file.0.extend(MAGIC);
        file.u32(VERSION);
        file.u64(hash::checksum(&body.0));
        file.0.extend(body.0);
        file.0
    }

    /// Tags, parses and names one sentence of words.
    pub fn annotate(&self, forms: &[&str]) -> Annotation {
        let words = self.words(forms);
        let tags = self.tags(&words);
        let (heads, relations) = self.tree(&words, &tags);
        let relations: Vec<&str> = relations.iter().map(String::as_str).collect();
        let input = morph::Input { words: &words, tags: &tags, heads: &heads, relations: &relations };
        let feats = self.feats(input);
        let mut scratch = Features::new();
        let mut tokens = Vec::with_capacity(forms.len());
        for (index, feats) in feats.into_iter().enumerate() {
            let (Some(form), Some(word), Some(upos)) = (forms.get(index), words.get(index), tags.get(index))
            else {
                continue;
            };
            let lemma =
                self.lemmas.as_ref().map(|lemmas| lemmas.lemma(form, word, *upos, &feats, &mut scratch));
            tokens.push(Token {
                upos: *upos,
                lemma: lemma.unwrap_or_else(|| (*form).to_owned()),
                feats,
                head: heads.get(index).copied().unwrap_or(index) as u32,
                deprel: relations.get(index).copied().unwrap_or_default().to_owned(),
                ..Token::default()
            });
        }
        let input = ner::Input { words: &words, tags: &tags };
        let names = self.names.as_ref().map(|names| names.names(input)).unwrap_or_default();
        Annotation { tokens, names }
    }

    pub(crate) fn words(&self, forms: &[&str]) -> Vec<Word> {
        forms.iter().map(|form| Word::new(form, &self.clusters)).collect()
    }

    pub(crate) fn tags(&self, words: &[Word]) -> Vec<Upos> {
        match &self.tagger {
            Some(weights) => tagger::tag(weights, words),
            None => vec![Upos::X; words.len()],
        }
    }

    /// Heads (a word's own index for the root) and names of relations.
    pub(crate) fn tree(&self, words: &[Word], tags: &[Upos]) -> (Vec<usize>, Vec<String>) {
        let Some(parser) = &self.parser else {
            return ((0..words.len()).collect(), vec![String::new(); words.len()]);
        };
        let tree = parser.parse(parser::Input { words, tags });
        let own = |(word, head): (usize, usize)| if head == words.len() { word } else { head };
        let heads = tree.heads.into_iter().enumerate().map(own).collect();
        let relations =
            tree.relations.into_iter().map(|relation| parser.relation(relation).to_owned()).collect();
        (heads, relations)
    }

    pub(crate) fn feats(&self, input: morph::Input) -> Vec<String> {
        match &self.morph {
            Some(morph) => morph.tag(input),
            None => vec![String::new(); input.words.len()],
        }
    }
}

fn part<T>(
    from: &mut Reader,
    read: impl FnOnce(&mut Reader) -> Result<T, ModelError>,
) -> Result<Option<T>, ModelError> {
    if from.u32()? == 0 { Ok(None) } else { read(from).map(Some) }
}

fn write_part<T>(out: &mut Writer, part: Option<&T>, write: impl FnOnce(&T, &mut Writer)) {
    out.u32(u32::from(part.is_some()));
    if let Some(part) = part {
        write(part, out);
    }
}
