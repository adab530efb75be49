//! Transfers measured on corpora of event arguments: RAMS (Ebner et al. 2020) and `WikiEvents` (Li et al. 2021).
//!
//! Counted are the giver, the recipient and the artifact (or money) of the events in which something changes hands. An
//! argument is right when it touches the gold span: a party by any of its mentions in the text. Beside it stands a
//! baseline that takes the nearest name before the trigger, the nearest one after it, and the nearest goods.

use crate::tally::Tally;
use lagebild_document::{Document, Options};
use lagebild_entities::EntityId;
use lagebild_reading::{Knowledge, Reading, read};
use lagebild_span::Span;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Types of events in which something goes from one to another (the beginnings of their names, in lower case).
const TYPES: [&str; 5] = [
    "transaction.transferownership",
    "transaction.transfermoney",
    "transaction.transaction",
    "transaction.exchangebuysell",
    "movement.transportartifact",
];
/// What is counted, and the endings of the corpora's role names that mean it.
const ROLES: [(&str, &[&str]); 3] = [
    ("giver", &["giver"]),
    ("recipient", &["recipient"]),
    ("artifact", &["artifact", "artifactmoney", "money", "acquiredentity"]),
];

/// A document of either corpus, with the events that are counted.
#[derive(Debug)]
pub struct EventDocument {
    text: String,
    events: Vec<Event>,
}

#[derive(Debug)]
struct Event {
    trigger: Span,
    /// One list of spans for each of [`ROLES`].
    arguments: [Vec<Span>; 3],
}

/// Counts for each role, of the readings and of the baseline.
#[derive(Debug, Default)]
pub struct EventScores {
    /// Events counted.
    pub events: usize,
    /// Events at whose trigger a transfer was read.
    pub found: usize,
    /// Of the readings, by [`ROLES`].
    pub read: [Tally; 3],
    /// Of the baseline.
    pub nearest: [Tally; 3],
}

/// A line that is of neither corpus.
#[derive(Debug, thiserror::Error)]
#[error("neither RAMS nor WikiEvents: {0}")]
pub struct NotACorpus(#[from] serde_json::Error);

/// First and last token, and the types with how sure each is.
type RamsTrigger = (usize, usize, Vec<(String, f64)>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Rams {
        sentences: Vec<Vec<String>>,
        evt_triggers: Vec<RamsTrigger>,
        gold_evt_links: Vec<([usize; 2], [usize; 2], String)>,
    },
    WikiEvents {
        tokens: Vec<String>,
        entity_mentions: Vec<WikiMention>,
        event_mentions: Vec<WikiEvent>,
    },
}

#[derive(Deserialize)]
struct WikiMention {
    id: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct WikiEvent {
    event_type: String,
    trigger: WikiTrigger,
    arguments: Vec<WikiArgument>,
}

#[derive(Deserialize)]
struct WikiTrigger {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct WikiArgument {
    entity_id: String,
    role: String,
}

/// Reads a line of RAMS or `WikiEvents` (JSON Lines).
pub fn event_document(line: &str) -> Result<EventDocument, NotACorpus> {
    Ok(match serde_json::from_str(line)? {
        Line::Rams { sentences, evt_triggers, gold_evt_links } => {
            let (text, spans) = joined(sentences.iter().flatten());
            let events =
                evt_triggers.iter().filter(|(.., types)| types.iter().any(|(name, _)| is_counted(name)));
            let event = |&(from, to, _): &RamsTrigger| {
                let links = gold_evt_links.iter().filter(|(trigger, ..)| *trigger == [from, to]);
                let links = links.map(|(_, [from, to], role)| (role.as_str(), cover(&spans, *from, *to)));
                Event { trigger: cover(&spans, from, to), arguments: arguments(links) }
            };
            EventDocument { events: events.map(event).collect(), text }
        }
        Line::WikiEvents { tokens, entity_mentions, event_mentions } => {
            let (text, spans) = joined(tokens.iter());
            let last = |end: usize| end.saturating_sub(1);
            let places: BTreeMap<&str, Span> = entity_mentions
                .iter()
                .map(|m| (m.id.as_str(), cover(&spans, m.start, last(m.end))))
                .collect();
            let events = event_mentions.iter().filter(|event| is_counted(&event.event_type));
            let event = |event: &WikiEvent| {
                let links = event.arguments.iter();
                let links = links.filter_map(|a| Some((a.role.as_str(), *places.get(a.entity_id.as_str())?)));
                let trigger = cover(&spans, event.trigger.start, last(event.trigger.end));
                Event { trigger, arguments: arguments(links) }
            };
            EventDocument { events: events.map(event).collect(), text }
        }
    })
}

fn is_counted(name: &str) -> bool {
    let name = name.to_lowercase();
    TYPES.iter().any(|of| name.starts_with(of))
}

/// Tokens with a space between them, and where each stands.
fn joined<'t>(tokens: impl Iterator<Item = &'t String>) -> (String, Vec<Span>) {
    let mut text = String::new();
    let spans = tokens.map(|token| {
        let start = text.len();
        text.push_str(token);
        text.push(' ');
        Span::new(start, start + token.len())
    });
    let spans = spans.collect();
    (text, spans)
}

fn cover(spans: &[Span], from: usize, to: usize) -> Span {
    let both = spans.get(from).zip(spans.get(to));
    both.map_or(Span::default(), |(first, last)| first.cover(*last))
}

fn arguments<'r>(links: impl Iterator<Item = (&'r str, Span)>) -> [Vec<Span>; 3] {
    let mut found: [Vec<Span>; 3] = Default::default();
    for (role, span) in links {
        // RAMS numbers its roles: evt139arg04artifact.
        let role = role.to_lowercase();
        let role = role.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        for (at, (_, names)) in ROLES.iter().enumerate() {
            if names.contains(&role) {
                found[at].push(span);
            }
        }
    }
    found
}

/// Names of the roles, in the order of the counts.
pub fn roles() -> [&'static str; 3] {
    ROLES.map(|(name, _)| name)
}

impl EventScores {
    /// Reads a document and counts its events.
    pub fn add(&mut self, document: &EventDocument, knowledge: Knowledge) {
        if document.events.is_empty() {
            return;
        }
        let options = Options { language: Some("en".into()), ..Options::default() };
        let parsed = lagebild_document::read("events.txt", document.text.as_bytes(), &options);
        let Some(parsed) = parsed.into_iter().find_map(Result::ok) else { return };
        let Some(shift) = shifted(&document.text, &parsed) else { return };
        let reading = read(parsed, knowledge, jiff::civil::date(2020, 1, 1));
        for event in &document.events {
            self.events += 1;
            let trigger = shift(event.trigger);
            let gold =
                event.arguments.each_ref().map(|spans| spans.iter().map(|span| shift(*span)).collect());
            let told = self::told(&reading, trigger);
            self.found += usize::from(told.is_some());
            count(&mut self.read, &told.unwrap_or_default(), &gold);
            count(&mut self.nearest, &nearest(&reading, trigger), &gold);
        }
    }
}

/// From offsets in the corpus's text to those in the archived one, where that only left out white space at the ends.
fn shifted(text: &str, parsed: &Document) -> Option<impl Fn(Span) -> Span + use<>> {
    let from = text.find(parsed.text.trim_end()).and_then(|at| u32::try_from(at).ok())?;
    Some(move |span: Span| Span::between(span.start().saturating_sub(from), span.end().saturating_sub(from)))
}

/// Spans that are taken for each role.
type Taken = [Vec<Span>; 3];

/// The arguments of the transfer that rests on a trigger.
fn told(reading: &Reading, trigger: Span) -> Option<Taken> {
    let transfer = reading
        .transfers
        .iter()
        .find(|transfer| transfer.evidence.first().is_some_and(|words| words.overlaps(trigger)))?;
    let mentions = |id: Option<EntityId>| {
        let of = reading.mentions.iter().filter(|mention| Some(mention.entity) == id);
        of.map(|mention| mention.span).collect()
    };
    Some([mentions(transfer.giver), mentions(transfer.receiver), vec![transfer.item]])
}

/// The nearest name before the trigger, the nearest after it, and the nearest item of any transfer or goods.
fn nearest(reading: &Reading, trigger: Span) -> Taken {
    let names = || reading.mentions.iter().map(|mention| mention.span);
    let before = names().filter(|span| span.end() <= trigger.start()).max_by_key(|span| span.end());
    let after = names().filter(|span| span.start() >= trigger.end()).min_by_key(|span| span.start());
    let goods = lagebild_goods::Goods::shipped().find_in(&reading.text, Some("en"));
    let distance = |span: &Span| span.start().abs_diff(trigger.start());
    let good = goods.iter().map(|goods| goods.span).min_by_key(distance);
    [before.into_iter().collect(), after.into_iter().collect(), good.into_iter().collect()]
}

/// An argument that touches a gold one is right; one that touches none is extra where something was taken.
fn count(tallies: &mut [Tally; 3], taken: &Taken, gold: &Taken) {
    for ((tally, taken), gold) in tallies.iter_mut().zip(taken).zip(gold) {
        let right = gold.iter().filter(|span| taken.iter().any(|one| one.overlaps(**span))).count();
        let extra = usize::from(right == 0 && !taken.is_empty());
        tally.add(right, extra, gold.len() - right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAMS: &str = r#"{"sentences":[["Sweden","sold","tanks","to","Norway","."]],
        "evt_triggers":[[1,1,[["transaction.transferownership.purchase",1.0]]]],
        "gold_evt_links":[[[1,1],[0,0],"evt143arg01giver"],[[1,1],[4,4],"evt143arg02recipient"],[[1,1],[2,2],"evt143arg04artifact"]]}"#;
    const WIKI: &str = r#"{"tokens":["Sweden","sold","tanks","to","Norway","."],
        "entity_mentions":[{"id":"T1","start":0,"end":1},{"id":"T2","start":4,"end":5}],
        "event_mentions":[{"event_type":"Transaction.ExchangeBuySell.Unspecified","trigger":{"start":1,"end":2},
            "arguments":[{"entity_id":"T1","role":"Giver"},{"entity_id":"T2","role":"Recipient"}]}]}"#;

    #[test]
    fn both_corpora_are_read_and_counted() {
        for (line, artifacts) in [(RAMS, 1), (WIKI, 0)] {
            let mut scores = EventScores::default();
            scores.add(&event_document(line).unwrap(), Knowledge::built_in());
            assert_eq!((scores.events, scores.found), (1, 1));
            assert_eq!(scores.read.each_ref().map(|tally| tally.right), [1, 1, artifacts]);
            assert_eq!(scores.nearest.each_ref().map(|tally| tally.right), [1, 1, artifacts]);
        }
        assert!(event_document(r#"{"a":1}"#).is_err());
    }
}
