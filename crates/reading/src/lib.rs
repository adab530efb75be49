//! The pure function from a document to its reading.
//!
//! Everything that a reading depends on goes in as an argument and into its stamp: the document, the grammar
//! models, the watchlist, the goods and measures, the day. No clock, no network, no randomness: the same input
//! gives the same bytes.
//!
//! Knows the order of the stages and the contract of what comes out. It must not know words of a language, files,
//! threads, or how anything is shown.

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
use lagebild_language::{Language, Languages};
use lagebild_measures::Measures;
use lagebild_page::Page;
use lagebild_predicates::{Clauses, predicates};
use lagebild_watchlist::Watchlist;
use std::collections::BTreeMap;

/// What reading knows beside the document.
#[derive(Clone, Copy)]
pub struct Knowledge<'a> {
    /// Languages and their words.
    pub languages: &'a Languages,
    /// Listed parties.
    pub watchlist: &'a Watchlist,
    /// Classes of goods and the words for them.
    pub goods: &'a Goods,
    /// Embargo provisions.
    pub measures: &'a Measures,
}

impl Knowledge<'static> {
    /// What is built in: languages, the starter list (for demonstration only), goods and measures.
    pub fn built_in() -> Self {
        Self {
            languages: Languages::shipped(),
            watchlist: Watchlist::starter(),
            goods: Goods::shipped(),
            measures: Measures::shipped(),
        }
    }
}

/// Reads a document against what is known on the day `as_of`.
pub fn read(document: Document, knowledge: Knowledge, as_of: Date) -> Reading {
    let encoder = Encoder::shipped().ok();
    let page = Page::new(&document, knowledge.languages, encoder);
    let entities = lagebild_entities::resolve(&page, knowledge.watchlist);
    let clauses = clauses(&page);
    let statements = lagebild_statements::attribute(&page, &clauses, &entities);
    let transfers = lagebild_transfers::transfers(&page, &clauses, &entities, &statements, knowledge.goods);
    let relations = lagebild_relations::relations(&page, &clauses, &entities, &statements);
    let events = lagebild_transfers::events(&page, &clauses, &entities, &statements);
    let findings = findings::check(&transfers, &statements, &entities, knowledge.measures, as_of);
    let models = encoder.map(|_| ("encoder".to_owned(), Encoder::HASH.to_owned())).into_iter().collect();
    let stamp = Stamp { models, ..Stamp::of(knowledge, page.language.as_ref(), as_of) };
    let limits = limits::limits(&stamp, page.language.as_ref());
    let names = of_names(document, knowledge, stamp, limits, entities);
    Reading { statements, transfers, relations, events, findings, ..names }
}

/// Reads names alone, without grammar: a first pass over an archive. The reading says that nothing else was looked for.
pub fn quick(mut document: Document, knowledge: Knowledge, as_of: Date) -> Reading {
    let page = Page::new(&document, knowledge.languages, None);
    let entities = lagebild_entities::resolve(&page, knowledge.watchlist);
    let stamp = Stamp::of(knowledge, page.language.as_ref(), as_of);
    let limits = limits::limits(&stamp, page.language.as_ref());
    document.warnings.push(
        "read for names alone: who says what, transfers, relations and events were not looked for".into(),
    );
    of_names(document, knowledge, stamp, limits, entities)
}

/// The reading of what is named.
fn of_names(
    document: Document,
    knowledge: Knowledge,
    stamp: Stamp,
    limits: Vec<String>,
    entities: Entities,
) -> Reading {
    let listings = listings::of(&entities, knowledge.watchlist);
    let about = About::from(&document);
    let mut warnings = document.warnings;
    warnings.extend(limits);
    Reading {
        schema: SCHEMA,
        stamp,
        document: about,
        text: document.text,
        entities: entities.entities,
        mentions: entities.mentions,
        statements: Vec::new(),
        transfers: Vec::new(),
        relations: Vec::new(),
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
    let page = Page::with_analysis(&document, knowledge.languages, lagebild_grammar::Analysis::default());
    let entities = lagebild_entities::resolve(&page, knowledge.watchlist);
    let statements = lagebild_statements::attribute(&page, &[], &entities);
    lagebild_transfers::transfers(&page, &[], &entities, &statements, knowledge.goods);
    lagebild_relations::relations(&page, &[], &entities, &statements);
    lagebild_transfers::events(&page, &[], &entities, &statements);
}

/// The predicates of each sentence.
pub fn clauses(page: &Page) -> Vec<Clauses> {
    let lexicon = lagebild_predicates::of(page.code());
    page.sentences().iter().map(|sentence| predicates(sentence, page.text(), lexicon)).collect()
}

impl Stamp {
    /// The stamp of a reading of a document in this language with these things on this day, before any model is used.
    pub fn of(knowledge: Knowledge, language: Option<&Language>, as_of: Date) -> Self {
        let built_in = |hash: &str| DataStamp {
            name: "built-in".into(),
            date: None,
            hash: hash.to_owned(),
            lists: Vec::new(),
        };
        Self {
            lagebild: env!("CARGO_PKG_VERSION"),
            program: env!("LAGEBILD_PROGRAM_HASH"),
            models: BTreeMap::new(),
            language: language
                .map(|language| DataStamp { name: language.code().to_owned(), ..built_in(language.hash()) }),
            world: built_in(lagebild_entities::DATA_HASH),
            names: built_in(lagebild_names::DATA_HASH),
            spotting: built_in(lagebild_watchlist::DATA_HASH),
            watchlist: DataStamp::from(knowledge.watchlist.stamp()),
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
