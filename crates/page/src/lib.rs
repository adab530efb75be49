//! A document cut once: its language, its sentences with their trees, its words and its dates, for all stages that read it.
//!
//! [`Page::new`] is the entry. No stage after it cuts the text anew. It knows no names, goods or statements.

pub mod dates;
pub mod words;

pub use dates::{DateRange, Precision};
pub use words::Words;

use lagebild_document::Document;
use lagebild_grammar::{Analysis, Encoder, Sentence, analyse};
use lagebild_language::{Language, Languages, Lexicon};
use lagebild_span::Span;
use std::sync::OnceLock;

/// A document as the stages read it.
#[derive(Debug)]
pub struct Page<'d> {
    /// The document.
    pub document: &'d Document,
    /// All languages that are known.
    pub languages: &'d Languages,
    /// Its language; none where nobody could tell.
    pub language: Option<Language>,
    /// Its sentences and the names that the encoder found.
    pub analysis: Analysis,
    /// Its words. They are cut at once, for every reading asks for them.
    pub words: Words<'d>,
    dates: OnceLock<Vec<DateRange>>,
}

impl<'d> Page<'d> {
    /// Cuts a document; without an encoder there are no tags, trees and names.
    pub fn new(document: &'d Document, languages: &'d Languages, encoder: Option<&Encoder>) -> Self {
        let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
        let mut page = Self::with_analysis(document, languages, Analysis::default());
        page.analysis = analyse(&document.text, &blocks, page.language.as_ref(), encoder);
        page
    }

    /// The same with an analysis that is given.
    pub fn with_analysis(document: &'d Document, languages: &'d Languages, analysis: Analysis) -> Self {
        let language = document.language.as_deref().map(|code| languages.of(code));
        let words = Words::new(&document.text);
        Self { document, languages, language, analysis, words, dates: OnceLock::new() }
    }

    /// The text that all spans refer to.
    pub fn text(&self) -> &'d str {
        &self.document.text
    }

    /// The sentences.
    pub fn sentences(&self) -> &[Sentence] {
        &self.analysis.sentences
    }

    /// The sentences that lie within a span, as their places among [`Self::sentences`].
    pub fn sentences_in(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.sentences().partition_point(|sentence| sentence.span.start() < span.start());
        let to = self.sentences().partition_point(|sentence| sentence.span.end() <= span.end());
        from..to.max(from)
    }

    /// Code of the language (BCP 47, first part); empty where it is not known.
    pub fn code(&self) -> &str {
        self.language.as_ref().map_or("", Language::code)
    }

    /// What a stage knows of the language.
    pub fn lexicon<L: Lexicon>(&self) -> Option<&L> {
        self.language.as_ref()?.lexicon()
    }

    /// The dates that the text names, in its order, counted from the day of publication.
    pub fn dates(&self) -> &[DateRange] {
        self.dates.get_or_init(|| {
            let language = self.language.as_ref();
            language.map_or_else(Vec::new, |language| {
                dates::dates(&self.words, language, self.document.published)
            })
        })
    }
}
