//! The reading of one document: the contract `lagebild.reading/1` (`docs/reading.md`).

use jiff::civil::Date;
use lagebild_document::{Block, Document, Origin, Place, cited};
use lagebild_entities::{Entity, EntityId, Mention};
use lagebild_measures::Finding;
use lagebild_relations::Relation;
use lagebild_span::Span;
use lagebild_statements::{Statement, StatementId};
use lagebild_transfers::{Event, Standing, Transfer, TransferId};
use lagebild_watchlist::Link;
use serde::Serialize;
use std::collections::BTreeMap;

/// Name and version of the contract. Fields may be added to it, never renamed.
pub const SCHEMA: &str = "lagebild.reading/1";

/// Everything that one document says, anchored to its words.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What the reading was made with: enough to make it again.
    pub stamp: Stamp,
    /// The document without its text.
    pub document: About,
    /// The archived text; all offsets are bytes into it.
    pub text: String,
    /// Who and what is named.
    pub entities: Vec<Entity>,
    /// Where they are named.
    pub mentions: Vec<Mention>,
    /// Who says what, how sure.
    pub statements: Vec<Statement>,
    /// What is said to go from whom to whom.
    pub transfers: Vec<Transfer>,
    /// How named parties are said to stand to each other.
    pub relations: Vec<Relation>,
    /// What happened, when and where.
    pub events: Vec<Event>,
    /// Which provisions the transfers touch.
    pub findings: Vec<TransferFinding>,
    /// What the publishers say of each listed party that an entity may be, in order of party.
    pub listings: Vec<Listing>,
    /// What was odd but did not stop the reading.
    pub warnings: Vec<String>,
}

impl Reading {
    /// The reading without transfers and statements of less confidence, and without what is found by them. A statement that a kept
    /// transfer or a relation refers to stays: it may be the one that denies it.
    #[must_use]
    pub fn at_least(mut self, confidence: f32) -> Self {
        self.transfers.retain(|transfer| transfer.confidence >= confidence);
        let kept: Vec<TransferId> = self.transfers.iter().map(|transfer| transfer.id).collect();
        for transfer in &mut self.transfers {
            transfer.contradicted_by.retain(|id| kept.contains(id));
            transfer.in_exchange_for = transfer.in_exchange_for.filter(|id| kept.contains(id));
        }
        self.findings.retain(|finding| kept.contains(&finding.transfer));
        let told: Vec<StatementId> = self
            .transfers
            .iter()
            .flat_map(|transfer| transfer.statement.iter().chain(&transfer.disputed_by))
            .chain(self.relations.iter().filter_map(|relation| relation.statement.as_ref()))
            .copied()
            .collect();
        self.statements.retain(|one| one.confidence >= confidence || told.contains(&one.id));
        let kept: Vec<StatementId> = self.statements.iter().map(|one| one.id).collect();
        for statement in &mut self.statements {
            statement.within = statement.within.filter(|id| kept.contains(id));
        }
        self
    }
}

/// What a reading was made with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stamp {
    /// Version of the program.
    pub lagebild: &'static str,
    /// Hash of the program's sources, as far as they take part in a reading.
    pub program: &'static str,
    /// Hash of each grammar model that was used, by its name.
    pub models: BTreeMap<String, String>,
    /// The words of the document's language.
    pub language: Option<DataStamp>,
    /// Countries, bodies, outlets, places, figures by name.
    pub world: DataStamp,
    /// What is known of names.
    pub names: DataStamp,
    /// The rules for finding listed names in a text.
    pub spotting: DataStamp,
    /// The watchlist.
    pub watchlist: DataStamp,
    /// The provisions.
    pub measures: DataStamp,
    /// The classes of goods.
    pub goods: DataStamp,
    /// The day that counts: measures are those in force on it; each list says its own day.
    pub as_of: Date,
}

/// Which version of a body of data was used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataStamp {
    /// Its name.
    pub name: String,
    /// Its date, as the publisher or file states it.
    pub date: Option<String>,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub hash: String,
    /// The versions of the lists that a watchlist is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<DataStamp>,
}

/// A document without its text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct About {
    /// Where it came from.
    pub source: String,
    /// SHA-256 of the source bytes.
    pub sha256: String,
    /// BCP 47 code.
    pub language: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address on the web, when the input names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What else is known of where it comes from: archive and member, mail, feed.
    #[serde(skip_serializing_if = "Origin::is_empty")]
    pub origin: Origin,
    /// Where pages, slides, sheets begin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
}

impl About {
    /// How the place of a span is cited: "p. 14".
    pub fn cited(&self, span: Span) -> Option<String> {
        cited(&self.places, span)
    }
}

impl From<&Document> for About {
    fn from(document: &Document) -> Self {
        Self {
            source: document.source.clone(),
            sha256: document.sha256.clone(),
            language: document.language.clone(),
            title: document.title.clone(),
            published: document.published,
            url: document.url.clone(),
            origin: document.origin.clone(),
            places: document.places.clone(),
            blocks: document.blocks.clone(),
        }
    }
}

/// A listed party in what tells it from its namesakes and says why it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listing {
    /// Its id, as in the matches of entities.
    pub party: String,
    /// The publisher's primary name.
    pub name: String,
    /// Days or years of birth, as published.
    pub birth: Vec<String>,
    /// Programmes or regimes that it is listed under.
    pub programmes: Vec<String>,
    /// Days of listing, as published.
    pub listed: Vec<String>,
    /// Relations to other parties of its list that its entry states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A finding with the transfer that it is about.
#[derive(Clone, Debug, Serialize)]
pub struct TransferFinding {
    /// The transfer.
    pub transfer: TransferId,
    /// How well founded the transfer is: what the provision touches is no surer than that.
    pub standing: Standing,
    /// Who says that it is not so: of a denied transfer its source, of a claim the sources of its denials.
    pub denied_by: Vec<EntityId>,
    /// The day on which the provisions were looked up.
    pub on: Date,
    /// Provision, evidence state, reasons.
    #[serde(flatten)]
    pub finding: Finding,
}
