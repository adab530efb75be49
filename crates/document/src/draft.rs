//! What a format gives: a text in chunks, and what its mark-up says about the article.

use crate::blocks::{self, Chunk, Hint};
use crate::model::{Block, BlockKind, Document, Place};
use crate::options::Options;
use crate::{language, lexicon, plain, published};
use jiff::civil::Date;
use lagebild_formats::Origin;
use lagebild_span::Span;

/// A document before its blocks, language and date are known.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) language: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) warnings: Vec<String>,
    pub(crate) origin: Origin,
    /// Where pages and the like begin.
    pub(crate) places: Vec<Place>,
}

impl Draft {
    /// Adds a piece of text after an empty line.
    pub(crate) fn push(&mut self, words: &str, hint: Hint) {
        if let Some(span) = self.append(words) {
            self.chunks.push(Chunk { span, hint });
        }
    }

    /// Adds a text whose lines show its pieces.
    pub(crate) fn push_plain(&mut self, words: &str) {
        if let Some(span) = self.append(words) {
            self.chunks.extend(plain::chunks_within(&self.text, span));
        }
    }

    fn append(&mut self, words: &str) -> Option<Span> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        Some(Span::new(start, self.text.len()))
    }

    /// The document: blocks told apart, language and date found where neither options nor mark-up give them.
    pub(crate) fn finish(mut self, source: &str, sha256: &str, options: &Options) -> Document {
        let blocks = blocks::find(&self.text, &self.chunks);
        let language = match &options.language {
            Some(given) => Some(given.clone()),
            None => self.find_language(&blocks),
        };
        let stated = || published::stated(&self.text, &blocks, language.as_deref(), lexicon::cues());
        let named = || published::in_name(source);
        let published = options.published.or(self.published).or_else(stated).or_else(named);
        let headline = || {
            let last = blocks.iter().rfind(|block| block.kind == BlockKind::Headline);
            last.map(|block| block.span.of(&self.text).trim_start_matches(['#', ' ']).to_string())
        };
        Document {
            source: source.to_string(),
            sha256: sha256.to_string(),
            title: self.title.clone().or_else(headline),
            language,
            published,
            url: self.url,
            origin: self.origin,
            places: self.places,
            blocks,
            text: self.text,
            warnings: self.warnings,
        }
    }
}

impl Draft {
    /// The language that the words show; what the mark-up says of it helps in doubt only.
    fn find_language(&mut self, blocks: &[Block]) -> Option<String> {
        let found = language::detect(&self.text, blocks, self.language.as_deref());
        if let (Some(language), Some(beside)) = (&found.language, &found.beside) {
            self.warnings.push(format!(
                "parts of the text are in another language ({beside}): they are read as if they were {language}"
            ));
        }
        found.language
    }
}

/// The code of a language as mark-up gives it, brought to the form of BCP 47: `de_DE` is `de`, `EN` is `en`.
pub(crate) fn language_code(given: &str) -> Option<String> {
    let primary = given.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(primary)
}
