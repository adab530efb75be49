//! What triage keeps of one reading: small, so that a hundred thousand fit into memory.

use crate::weights::{Weights, name};
use jiff::civil::Date;
use lagebild_copies::Print;
use lagebild_document::BlockKind;
use lagebild_entities::{Entity, EntityId};
use lagebild_measures::{Finding, Verdict};
use lagebild_reading::Reading;
use lagebild_transfers::{Standing, Transfer};
use serde::Serialize;
use std::collections::BTreeSet;

/// A document with its score and the reason for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entry {
    /// How much speaks for opening it first.
    pub score: f64,
    /// Why, in words.
    pub reason: String,
    /// Where the document came from.
    pub source: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Language.
    pub language: Option<String>,
    /// Ids and names of the listed parties that it names.
    pub parties: BTreeSet<String>,
    /// Countries that it names, by code.
    pub countries: BTreeSet<String>,
    /// Classes of the goods that go.
    pub classes: BTreeSet<String>,
    /// Regimes whose provisions its transfers touch, be it with an exception, up to a limit or by wider wording.
    pub regimes: BTreeSet<String>,
    /// How well founded the transfer is that counts; none without one.
    pub certainty: Option<&'static str>,
    /// How probable it is that its sides are right.
    pub confidence: Option<f32>,
    /// What copies are told by.
    #[serde(skip)]
    pub print: Print,
    /// How well founded the best transfer is, for comparing.
    #[serde(skip)]
    pub(crate) standing: Option<Standing>,
}

impl Entry {
    /// What a reading comes to. `site`: who printed the article, where that is known.
    pub fn of(reading: &Reading, site: Option<&str>, weights: &Weights) -> Self {
        let desk = Desk { reading, weights };
        let best = reading.transfers.iter().map(|transfer| desk.told(transfer));
        let best = best.reduce(|best, next| if next.score > best.score { next } else { best });
        let listed: Vec<&Entity> = reading.entities.iter().filter(|one| desk.is_listed(one)).collect();
        let named = Told {
            score: if listed.is_empty() { 0.0 } else { weights.listed_named },
            reason: named(&listed),
            transfer: None,
        };
        let told = best.filter(|best| best.score >= named.score).unwrap_or(named);
        let found = reading.findings.iter().filter(|one| weighs(&one.finding));
        let parties =
            listed.iter().flat_map(|one| &one.matches).filter(|one| one.score >= weights.listed_least);
        Self {
            score: (told.score * 10.0).round() / 10.0,
            reason: told.reason,
            source: reading.document.source.clone(),
            title: reading.document.title.clone(),
            published: reading.document.published,
            language: reading.document.language.clone(),
            parties: parties.map(|one| format!("{} ({})", one.name, one.party)).collect(),
            countries: reading.entities.iter().filter_map(|entity| entity.country.clone()).collect(),
            classes: reading.transfers.iter().filter_map(|transfer| transfer.class.clone()).collect(),
            regimes: found.map(|one| one.finding.regime.clone()).collect(),
            certainty: told.transfer.map(|transfer| name(transfer.standing())),
            confidence: told.transfer.map(|transfer| transfer.confidence),
            standing: told.transfer.map(Transfer::standing),
            print: print(reading, site),
        }
    }
}

/// The running text, without what stands around it.
fn print(reading: &Reading, site: Option<&str>) -> Print {
    use BlockKind::{Boilerplate, Byline, Credit, Dateline, Headline};
    let blocks = reading.document.blocks.iter();
    let told =
        blocks.filter(|block| !matches!(block.kind, Boilerplate | Byline | Credit | Dateline | Headline));
    Print::of(site, told.map(|block| block.span.of(&reading.text)))
}

fn named(listed: &[&Entity]) -> String {
    match listed {
        [] => "no listed party and no transfer".into(),
        [one] => format!("names {}, who may be listed; no transfer of theirs", one.name),
        [one, others @ ..] => {
            format!("names {} and {} more who may be listed; no transfer of theirs", one.name, others.len())
        }
    }
}

/// A provision that names such a flow, be it with an exception, up to a limit or by wider wording.
fn weighs(finding: &Finding) -> bool {
    finding.verdict <= Verdict::TouchedIndirectly
}

/// What a transfer, or none, comes to.
struct Told<'r> {
    score: f64,
    reason: String,
    transfer: Option<&'r Transfer>,
}

struct Desk<'r> {
    reading: &'r Reading,
    weights: &'r Weights,
}

impl<'r> Desk<'r> {
    fn entity(&self, id: Option<EntityId>) -> Option<&'r Entity> {
        // They are numbered from 1 in their order.
        self.reading.entities.get((id?.0 as usize).checked_sub(1)?)
    }

    fn is_listed(&self, entity: &Entity) -> bool {
        entity.matches.iter().any(|one| one.score >= self.weights.listed_least)
    }

    fn told(&self, transfer: &'r Transfer) -> Told<'r> {
        let roles = [
            (transfer.giver, "giver"),
            (transfer.receiver, "receiver"),
            (transfer.carrier, "carrier"),
            (transfer.end_user, "end user"),
        ];
        let listed = roles.into_iter().filter_map(|(id, role)| Some((self.entity(id)?, role)));
        let listed: Vec<(&Entity, &str)> = listed.filter(|(entity, _)| self.is_listed(entity)).collect();
        let strongest = self.strongest(transfer);
        let touched = strongest.map_or(0.0, |finding| self.weights.verdict(finding.verdict));
        let in_flow = if listed.is_empty() { 0.0 } else { self.weights.listed_in_flow };
        let founded = self.weights.standing(transfer.standing()) * f64::from(transfer.confidence);
        Told {
            score: founded * (self.weights.transfer + in_flow + touched),
            reason: self.reason(transfer, &listed, strongest),
            transfer: Some(transfer),
        }
    }

    fn strongest(&self, transfer: &Transfer) -> Option<&'r Finding> {
        // Findings stand in the order of their transfers.
        let first = self.reading.findings.partition_point(|one| one.transfer < transfer.id);
        let own = self.reading.findings.iter().skip(first).take_while(|one| one.transfer == transfer.id);
        own.map(|one| &one.finding).min_by_key(|finding| finding.verdict)
    }

    /// "Ostbank (listed; giver): “Raketen” to Iran, certain, confidence 0.81; touched: S/RES/… para 9".
    fn reason(&self, transfer: &Transfer, listed: &[(&Entity, &str)], strongest: Option<&Finding>) -> String {
        let side = |id, words: Option<lagebild_span::Span>| {
            let name = self.entity(id).map(|entity| entity.name.clone());
            name.or_else(|| words.map(|words| words.of(&self.reading.text).to_owned())).unwrap_or("?".into())
        };
        let listed: Vec<String> =
            listed.iter().map(|(entity, role)| format!("{} may be listed ({role})", entity.name)).collect();
        let flow = format!(
            "{} → {}: “{}”, {}, confidence {:.2}",
            side(transfer.giver, transfer.giver_words),
            side(transfer.receiver, transfer.receiver_words),
            transfer.item.of(&self.reading.text),
            name(transfer.standing()),
            transfer.confidence
        );
        let found = strongest.map(|finding| format!("{}: {}", finding.verdict.code(), finding.citation()));
        listed.into_iter().chain([flow]).chain(found).collect::<Vec<_>>().join("; ")
    }
}
