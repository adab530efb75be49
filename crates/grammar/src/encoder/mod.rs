//! A small multilingual encoder: words in, three vectors a word out, for tags, trees and names.
//!
//! Six transformer layers of 384 numbers, started from multilingual-e5-small; one pass serves all heads. What the
//! files hold and how they came about is told in `data/models/encoder/README.md`. `fixture.json` beside the tests holds values of
//! the reference implementation.
//!
//! The result is the same, bit for bit, on every machine: integer sums are exact, float operations have one order
//! ([`float`]), and no clock, thread or machine property enters.
#![allow(
    clippy::inline_always,
    reason = "what is not inlined into the function with the machine's instructions is compiled without them"
)]

mod attention;
mod float;
mod forward;
mod heads;
mod labels;
mod linear;
mod pieces;
mod product;
mod read;
mod reader;
mod table;
mod tensors;
mod tree;
mod ways;

use crate::Upos;
use forward::Stack;
use labels::Labels;
use pieces::Pieces;
use reader::Reader;
pub(crate) use reader::{Anchored, Fillers};
use std::ops::Range;
use std::sync::LazyLock;
pub use tensors::ModelError;
use tensors::Tensors;

/// Numbers of a vector.
const WIDTH: usize = 384;
/// Heads of attention.
const HEADS: usize = 12;
/// Kinds of vectors that a word has: for tags, trees, names, borders, and for the reader.
const KINDS: usize = 5;
/// Kinds of vectors that the encoder's file has mixtures for: all but the reader's.
const MIXES: usize = KINDS - 1;
/// Numbers inside a layer's second half.
const INNER: usize = 1536;
/// Pieces that a window can have: the encoder has so many positions.
pub(crate) const LONGEST: usize = 512;
/// Pieces that are worked on together: enough that reading the weights does not count, few enough for the caches.
const BATCH: usize = 192;

/// Languages in which trees and tags were trained and measured. In others the same pass gives names, less surely.
pub const LANGUAGES: [&str; 13] =
    ["ar", "de", "en", "es", "fr", "it", "ko", "pl", "pt", "ru", "tr", "uk", "zh"];

/// Which instructions to use. All give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// Those that every machine has.
    Portable,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// The fastest that this machine has.
    pub fn detect() -> Self {
        Self::available().last().copied().unwrap_or(Self::Portable)
    }

    /// Those that this machine has, from slow to fast.
    pub fn available() -> Vec<Self> {
        let mut found = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            found.extend(product::Avx2::available().then_some(Self::Avx2));
            found.extend(product::Avx512::available().then_some(Self::Avx512));
        }
        found
    }

    /// The name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => "avx512",
        }
    }
}

/// A word of a window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    /// As written.
    pub(crate) form: &'a str,
    /// True where a blank or the start of the text stands before it.
    pub(crate) space_before: bool,
}

/// A run of text that is read in one piece, as pieces of words.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    pieces: Vec<u32>,
    /// The pieces of each word.
    words: Vec<Range<usize>>,
    /// True where the words are those of one sentence; else its sentences are found.
    one_sentence: bool,
}

impl Window {
    /// Number of its words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Its pieces, and which of them are each word's.
    pub(crate) fn pieces(&self) -> (&[u32], &[Range<usize>]) {
        (&self.pieces, &self.words)
    }
}

/// How a language is read.
#[derive(Clone, Copy)]
struct Habits {
    /// The treebank whose habits tags and trees follow, as a row of the treebank vectors.
    treebank: usize,
    /// True where the words of a window are characters that are joined to words.
    joins: bool,
}

/// True for Chinese: its words are found by the encoder, from single characters.
pub(crate) fn joins(language: Option<&str>) -> bool {
    language == Some("zh")
}

/// Classes of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// GermEval 2014: twelve classes, German.
    GermEval,
    /// Universal NER: persons, places, organisations.
    Uner,
}

/// What the heads say of a sentence: its words, in order.
pub(crate) type SentenceReading = Vec<WordReading>;

/// What is read in a window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WindowReading {
    pub(crate) sentences: Vec<SentenceReading>,
    pub(crate) anchors: Vec<Anchored>,
}

/// What the heads say of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WordReading {
    /// How many words of the window it is made of: more than one where characters were joined.
    pub(crate) parts: usize,
    pub(crate) upos: Upos,
    /// Universal features, in alphabetical order.
    pub(crate) feats: String,
    /// Index of the head in the sentence; its own index for the root.
    pub(crate) head: u32,
    relation: usize,
    germeval: usize,
    uner: usize,
}

/// The encoder with its heads.
pub struct Encoder {
    instructions: Instructions,
    labels: Labels,
    pieces: Pieces,
    table: &'static [u8],
    stack: Stack,
    /// For each of the vectors of a word, the share of each layer's state.
    mixes: [Vec<f32>; MIXES],
    /// One row for each treebank.
    treebanks: Vec<f32>,
    heads: heads::Heads,
    reader: Reader,
}

static SHIPPED: LazyLock<Result<Encoder, ModelError>> =
    LazyLock::new(|| Encoder::shipped_by(Instructions::detect()));

impl Encoder {
    /// The encoder that comes with the program, made ready when first asked for.
    ///
    /// # Errors
    /// When its files do not fit each other, which a test rules out.
    pub fn shipped() -> Result<&'static Encoder, &'static ModelError> {
        SHIPPED.as_ref()
    }

    /// The same anew, with certain instructions.
    ///
    /// # Errors
    /// As [`Encoder::shipped`].
    pub fn shipped_by(instructions: Instructions) -> Result<Self, ModelError> {
        let tensors = include_bytes!("../../../../data/models/encoder/encoder.safetensors");
        let labels = include_bytes!("../../../../data/models/encoder/labels.json");
        Ok(Self::load(tensors, labels)?.with_instructions(instructions))
    }

    /// An encoder from a model file and its labels, with the word-piece vectors that come with the program.
    ///
    /// # Errors
    /// When the file is damaged or its parts do not fit each other.
    pub fn load(tensors: &[u8], labels: &[u8]) -> Result<Self, ModelError> {
        let (tensors, labels) = (Tensors::read(tensors)?, Labels::read(labels)?);
        let table: &[u8] = include_bytes!("../../../../data/models/encoder/words.q4");
        let states = tensors.any_floats("mix")?.len() / MIXES;
        Ok(Self {
            instructions: Instructions::detect(),
            pieces: Pieces::shipped()?,
            table,
            stack: Stack::read(&tensors, states)?,
            mixes: mixes(&tensors, states)?,
            treebanks: tensors.any_floats("tb.weight")?,
            heads: heads::Heads::read(&tensors, &labels)?,
            reader: Reader::load(
                include_bytes!("../../../../data/models/reader/reader.safetensors"),
                include_bytes!("../../../../data/models/reader/labels.json"),
            )?,
            labels,
        })
    }

    /// The same encoder with other instructions: to measure them, and to test that they give the same.
    #[must_use]
    pub fn with_instructions(mut self, instructions: Instructions) -> Self {
        self.instructions = instructions;
        self
    }

    /// Names the files that the shipped encoder is made of, in 16 hexadecimal digits.
    pub const HASH: &str = env!("LAGEBILD_ENCODER_HASH");

    /// The class of a word in a scheme of names: `B-PER`, `I-PER`, `O`.
    pub(crate) fn label(&self, word: &WordReading, scheme: Scheme) -> &str {
        let (labels, at) = match scheme {
            Scheme::GermEval => (&self.labels.germeval, word.germeval),
            Scheme::Uner => (&self.labels.uner, word.uner),
        };
        labels.get(at).map_or("O", String::as_str)
    }

    /// The relation of a word to its head.
    pub(crate) fn relation(&self, word: &WordReading) -> &str {
        self.labels.relations.get(word.relation).map_or("dep", String::as_str)
    }

    /// A window of the first words, as many as fit: at least one. `one_sentence` says whether they are one sentence or
    /// a run of text.
    pub(crate) fn window(&self, words: &[Word], one_sentence: bool, language: Option<&str>) -> Window {
        let mut window = Window { pieces: vec![pieces::START], words: Vec::new(), one_sentence };
        for word in words {
            let start = window.pieces.len();
            self.pieces.of_word(word.form, word.space_before, joins(language), &mut window.pieces);
            if window.pieces.len() + 1 > LONGEST {
                window.pieces.truncate(start);
                break;
            }
            window.words.push(start..window.pieces.len());
        }
        window.pieces.push(pieces::END);
        window
    }

    /// How many pieces some words have.
    pub(crate) fn count_pieces(&self, words: &[Word], language: Option<&str>) -> usize {
        let mut pieces = Vec::new();
        for word in words {
            self.pieces.of_word(word.form, word.space_before, joins(language), &mut pieces);
        }
        pieces.len()
    }
}

/// The shares of the layers' states in each kind of vector, and how the sum is scaled.
fn mixes(tensors: &Tensors, states: usize) -> Result<[Vec<f32>; MIXES], ModelError> {
    let (shares, scales) = (tensors.floats("mix", MIXES * states)?, tensors.floats("gam", MIXES)?);
    let mut mixes = [const { Vec::new() }; MIXES];
    for ((mix, given), scale) in mixes.iter_mut().zip(shares.chunks_exact(states)).zip(scales) {
        *mix = float::shares(given).into_iter().map(|share| share * scale).collect();
    }
    Ok(mixes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// What the reference implementation (numpy, 32-bit floats) says of a sentence.
    #[derive(Deserialize)]
    struct Case {
        treebank: String,
        words: Vec<String>,
        pieces: Vec<Vec<u32>>,
        /// The first numbers of the first word's vectors.
        vectors: [[f32; 8]; 3],
        upos: Vec<String>,
        feats: Vec<String>,
        heads: Vec<usize>,
        relation: Vec<String>,
        germeval: Vec<String>,
        names: Vec<String>,
    }

    fn cases() -> Vec<Case> {
        serde_json::from_str(include_str!("fixture.json")).unwrap()
    }

    fn window(encoder: &Encoder, words: &[String]) -> Window {
        let words: Vec<Word> = words.iter().map(|form| Word { form, space_before: true }).collect();
        encoder.window(&words, true, None)
    }

    #[test]
    fn pieces_are_those_of_the_reference() {
        let encoder = Encoder::shipped().unwrap();
        for case in cases() {
            let window = window(encoder, &case.words);
            let pieces: Vec<Vec<u32>> =
                window.words.iter().map(|range| window.pieces[range.clone()].to_vec()).collect();
            assert_eq!(pieces, case.pieces);
        }
    }

    #[test]
    fn vectors_and_labels_are_close_to_those_of_the_reference() {
        let encoder = Encoder::shipped().unwrap();
        let (mut labels, mut wrong) = (0, 0);
        for case in cases() {
            let window = window(encoder, &case.words);
            let treebank = encoder.labels.rows[&case.treebank];
            let mut vectors = encoder
                .vectors::<product::Portable>(std::slice::from_ref(&window), &mut forward::Room::default());
            encoder.add_habits(&mut vectors, treebank);
            for (found, right) in vectors.iter().zip(&case.vectors) {
                for (found, right) in found.iter().zip(right) {
                    // 8-bit activations against 32-bit floats.
                    assert!((found - right).abs() < 0.1, "{found} {right}");
                }
            }
            let found = &encoder.decide_given::<product::Portable>(vectors, &[case.words.len()])[0];
            for (at, word) in found.iter().enumerate() {
                let head = if word.head as usize == at { 0 } else { word.head as usize + 1 };
                let mut feats: Vec<&str> = case.feats[at].split('|').filter(|feat| *feat != "_").collect();
                feats.sort_unstable();
                let pairs = [
                    (word.upos.name().to_owned(), case.upos[at].clone()),
                    (word.feats.clone(), feats.join("|")),
                    (head.to_string(), case.heads[at].to_string()),
                    (encoder.relation(word).to_owned(), case.relation[at].clone()),
                    (encoder.label(word, Scheme::GermEval).to_owned(), case.germeval[at].clone()),
                    (encoder.label(word, Scheme::Uner).to_owned(), case.names[at].clone()),
                ];
                labels += pairs.len();
                wrong += pairs.iter().filter(|(found, right)| found != right).count();
            }
        }
        assert!(wrong * 50 <= labels, "{wrong} of {labels}");
    }

    #[test]
    fn the_ways_of_multiplying_give_the_same_bits() {
        for case in cases() {
            let mut first: Option<Vec<WindowReading>> = None;
            for instructions in Instructions::available() {
                let encoder = Encoder::shipped_by(instructions).unwrap();
                let windows = [window(&encoder, &case.words), window(&encoder, &case.words[..3])];
                let found = encoder.read(&windows, Some("de"));
                let first = first.get_or_insert_with(|| found.clone());
                assert_eq!(&found, first, "{}", instructions.name());
            }
        }
    }

    #[test]
    fn a_damaged_model_is_an_error() {
        let labels = include_bytes!("../../../../data/models/encoder/labels.json");
        assert!(matches!(Encoder::load(b"", labels), Err(ModelError::Format(_))));
        let tensors = include_bytes!("../../../../data/models/encoder/encoder.safetensors");
        assert!(matches!(Encoder::load(tensors, b"{}"), Err(ModelError::Labels(_))));
        assert!(Encoder::load(&tensors[..tensors.len() - 100], labels).is_err());
    }
}
