//! The pure function from a document to its reading.
//!
//! Everything that a reading depends on goes in as an argument and into its stamp: the document, the grammar
//! models, the watchlist, the goods and measures, the day. No clock, no network, no randomness: the same input
//! gives the same bytes.

mod findings;
mod limits;
mod listings;
mod model;

pub use findings::check;
pub use model::{About, DataStamp, Listing, Reading, SCHEMA, Stamp, TransferFinding};

use jiff::civil::Date;
use lagebild_document::Document;
use lagebild_entities::Entities;
use lagebild_goods::Goods;
use lagebild_grammar::Encoder;
use lagebild_measures::Measures;
use lagebild_span::Span;
use lagebild_watchlist::Watchlist;
use std::collections::BTreeMap;

/// What reading knows beside the document.
#[derive(Clone, Copy)]
pub struct Knowledge<'a> {
    /// Listed parties.
    pub watchlist: &'a Watchlist,
    /// Classes of goods and the words for them.
    pub goods: &'a Goods,
    /// Embargo provisions.
    pub measures: &'a Measures,
}

impl Knowledge<'static> {
    /// What is built in: the starter list (for demonstration only), goods and measures.
    pub fn built_in() -> Self {
        Self { watchlist: Watchlist::starter(), goods: Goods::shipped(), measures: Measures::shipped() }
    }
}

/// Reads a document against what is known on the day `as_of`.
pub fn read(document: Document, knowledge: Knowledge, as_of: Date) -> Reading {
    let language = document.language.as_deref();
    let encoder = Encoder::shipped().ok();
    let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let analysis = lagebild_grammar::analyse(&document.text, &blocks, language, encoder);
    let entities = lagebild_entities::resolve(&document, &analysis, knowledge.watchlist);
    let statements = lagebild_statements::attribute(&document, &analysis, &entities);
    let transfers =
        lagebild_transfers::transfers(&document, &analysis, &entities, &statements, knowledge.goods);
    let events = lagebild_transfers::events(&document, &analysis, &entities, &statements);
    let findings = findings::check(&transfers, &entities, knowledge.measures, as_of);
    let models = encoder.map(|encoder| ("encoder".to_owned(), encoder.hash().to_owned()));
    let names = of_names(document, knowledge, as_of, entities, models.into_iter().collect());
    Reading { statements, transfers, events, findings, ..names }
}

/// Reads names alone, without grammar: a first pass over an archive. The reading says that nothing else was looked for.
pub fn quick(mut document: Document, knowledge: Knowledge, as_of: Date) -> Reading {
    let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let analysis = lagebild_grammar::analyse(&document.text, &blocks, document.language.as_deref(), None);
    let entities = lagebild_entities::resolve(&document, &analysis, knowledge.watchlist);
    document
        .warnings
        .push("read for names alone: who says what, transfers and events were not looked for".into());
    of_names(document, knowledge, as_of, entities, BTreeMap::new())
}

/// The reading of what is named.
fn of_names(
    document: Document,
    knowledge: Knowledge,
    as_of: Date,
    entities: Entities,
    models: BTreeMap<String, String>,
) -> Reading {
    let listings = listings::of(&entities, knowledge.watchlist);
    let about = About::from(&document);
    let stamp = Stamp { models, ..Stamp::of(knowledge, as_of) };
    let mut warnings = document.warnings;
    warnings.extend(limits::limits(&stamp, about.language.as_deref()));
    Reading {
        schema: SCHEMA,
        stamp,
        document: about,
        text: document.text,
        entities: entities.entities,
        mentions: entities.mentions,
        statements: Vec::new(),
        transfers: Vec::new(),
        events: Vec::new(),
        findings: Vec::new(),
        listings,
        warnings,
    }
}

/// Loads the words that reading a language needs. Reading does so by itself; a program that starts with one article
/// saves their time by calling this on a second thread while the grammar is at work.
pub fn prepare(language: &str, knowledge: Knowledge) {
    let document = Document { language: Some(language.to_owned()), ..Document::default() };
    let analysis = lagebild_grammar::Analysis::default();
    let entities = lagebild_entities::resolve(&document, &analysis, knowledge.watchlist);
    let statements = lagebild_statements::attribute(&document, &analysis, &entities);
    lagebild_transfers::transfers(&document, &analysis, &entities, &statements, knowledge.goods);
    lagebild_transfers::events(&document, &analysis, &entities, &statements);
}

impl Stamp {
    /// The stamp of a reading with these things on this day, before any model is used.
    pub fn of(knowledge: Knowledge, as_of: Date) -> Self {
        let watchlist = knowledge.watchlist.stamp();
        let built_in = |hash: &str| DataStamp {
            name: "built-in".into(),
            date: None,
            hash: hash.to_owned(),
            lists: Vec::new(),
        };
        Self {
            lagebild: env!("CARGO_PKG_VERSION"),
            models: BTreeMap::new(),
            watchlist: DataStamp::from(watchlist),
            measures: built_in(knowledge.measures.hash()),
            goods: built_in(knowledge.goods.hash()),
            as_of,
        }
    }
}

impl From<&lagebild_watchlist::Stamp> for DataStamp {
    fn from(stamp: &lagebild_watchlist::Stamp) -> Self {
        Self {
            name: stamp.name.clone(),
            date: Some(stamp.date.clone()),
            hash: stamp.hash.clone(),
            lists: stamp.lists.iter().map(Self::from).collect(),
        }
    }
}
