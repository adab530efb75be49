//! Whether a bundle is what it says: the chain is whole, documents and lists are those that its entries name, what was shown
//! stands in the texts, and the readings come out again, byte for byte, from the bundle alone.

use crate::act::{Act, Decision, Removal, Stored};
use crate::bundle::Bundle;
use crate::chain::{self, Head, Problem};
use crate::found::{Archived, around, found};
use crate::hash::sha256;
use crate::model::Found;
use crate::store::{Content, Watchlists};
use lagebild_document::Document;
use lagebild_reading::{Knowledge, Reading};
use lagebild_span::Span;
use lagebild_watchlist::Watchlist;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is known apart from the bundle.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Public keys: where there are any, bundle and entries must be signed with one of them.
    pub keys: Vec<String>,
    /// The hash of an entry that was noted down: the chain must hold it.
    pub head: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The case.
    pub case: String,
    /// Entries of its chain.
    pub entries: u64,
    /// Hash of the last one.
    pub head: String,
    /// Decisions, and what confirms or takes them back.
    pub decisions: u64,
    /// Documents.
    pub documents: u64,
    /// Entries by the key that signed them.
    pub signed: BTreeMap<String, u64>,
    /// Entries that nobody signed.
    pub unsigned: u64,
    /// Entries whose content was taken away.
    pub taken_away: u64,
    /// Those of them of which an entry says who removed their content, when and why.
    pub removed: Vec<Removed>,
    /// Readings that came out again, byte for byte.
    pub replayed: u64,
    /// Readings that this program cannot make again, with the reason.
    pub not_replayed: Vec<String>,
    /// All that is wrong; nothing where the bundle is what it says.
    pub problems: Vec<Problem>,
}

/// An entry whose content was removed, as a later entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// The entry.
    pub entry: u64,
    /// Who removed it.
    pub by: String,
    /// When.
    pub at: jiff::Timestamp,
    /// Why.
    pub why: String,
}

impl Report {
    /// True when nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }
}

/// A chain's entries, parsed; `acts` has none where content was taken away.
struct Parsed<'b> {
    bundle: &'b Bundle,
    heads: Vec<Head>,
    acts: Vec<Option<Act>>,
    problems: Vec<Problem>,
}

impl<'b> Parsed<'b> {
    fn documents(&self) -> impl Iterator<Item = (u64, &Stored, Option<&'b Content>)> {
        self.acts.iter().zip(1..).filter_map(|(act, place)| match act {
            Some(Act::Document(stored)) => {
                let content = self.bundle.documents.iter().find(|content| content.number == stored.number);
                Some((place, stored, content))
            }
            _ => None,
        })
    }

    fn say(&mut self, entry: u64, what: impl Into<String>) {
        self.problems.push(Problem { entry, what: what.into() });
    }
}

/// Everything but reading again.
pub fn check(bundle: &Bundle, trust: &Trust) -> Report {
    let problems = chain::problems(&bundle.header.case, &bundle.entries, &trust.keys);
    let heads: Vec<Head> = bundle.entries.iter().filter_map(|entry| entry.parsed().ok()).collect();
    let acts: Vec<Option<Act>> = bundle.entries.iter().map(|entry| entry.act().ok().flatten()).collect();
    let mut parsed = Parsed { bundle, heads, acts, problems };
    // With a broken chain, what its entries say is not worth checking.
    if parsed.problems.is_empty() {
        header(&mut parsed, trust);
        contents(&mut parsed);
        lists(&mut parsed);
        decisions(&mut parsed);
        removals(&mut parsed);
    }
    report(parsed)
}

/// All, reading every document again with what is in the bundle and in this program.
pub fn replay(bundle: &Bundle, trust: &Trust) -> Report {
    let mut report = check(bundle, trust);
    if !report.is_whole() {
        return report;
    }
    let acts = bundle.entries.iter().map(|entry| entry.act().ok().flatten()).collect();
    let parsed = Parsed { bundle, heads: Vec::new(), acts, problems: Vec::new() };
    let mut watchlists: BTreeMap<String, Watchlist> = BTreeMap::new();
    for set in &bundle.watchlists {
        watchlists.extend(crate::store::join(set, &bundle.lists).map(|list| (set.hash.clone(), list)));
    }
    for (place, stored, content) in parsed.documents() {
        let Some(content) = content else { continue };
        let hash = stored.stamp.pointer("/watchlist/hash").and_then(Value::as_str).unwrap_or_default();
        let starter = Watchlist::starter();
        let list = watchlists.get(hash).or_else(|| (starter.stamp().hash == hash).then_some(starter));
        let outcome = match list {
            Some(list) => read_again(stored, content, list),
            None => Outcome::Cannot("its lists are not in the bundle".into()),
        };
        match outcome {
            Outcome::Same => report.replayed += 1,
            Outcome::Cannot(why) => report.not_replayed.push(format!("document {}: {why}", stored.number)),
            Outcome::Other(what) => report.problems.push(Problem { entry: place, what }),
        }
    }
    report
}

enum Outcome {
    Same,
    Cannot(String),
    Other(String),
}

fn read_again(stored: &Stored, content: &Content, watchlist: &Watchlist) -> Outcome {
    let archived: Result<Archived, _> = serde_json::from_str(&content.archived);
    let day = stored.stamp["as_of"].as_str().and_then(|day| day.parse().ok());
    let (Ok(archived), Some(day)) = (archived, day) else {
        return Outcome::Other("the document or the day of its reading cannot be read".into());
    };
    let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
    let reading = lagebild_reading::read(Document::from(archived), knowledge, day);
    let stamp = serde_json::to_value(&reading.stamp).unwrap_or_default();
    let other =
        ["lagebild", "program", "models", "measures", "goods", "world", "names", "spotting", "language"]
            .into_iter()
            .find(|field| stamp[field] != stored.stamp[field]);
    if let Some(field) = other {
        let version = stored.stamp["lagebild"].as_str().unwrap_or("?");
        let program = stored.stamp["program"].as_str().and_then(|hash| hash.get(..12)).unwrap_or("?");
        return Outcome::Cannot(format!(
            "read by lagebild {version}, program {program}; this program has another `{field}`"
        ));
    }
    if serde_json::to_string(&reading).ok().as_deref() != Some(&content.reading) {
        return Outcome::Other(format!("document {}: the reading comes out otherwise", stored.number));
    }
    if same_found(stored, &reading, watchlist) {
        Outcome::Same
    } else {
        Outcome::Other(format!("document {}: something else is to be decided in it", stored.number))
    }
}

/// Whether what is found is what the entry says, apart from what was remembered and watched then.
fn same_found(stored: &Stored, reading: &Reading, watchlist: &Watchlist) -> bool {
    let found = found(reading, watchlist, stored.number);
    let alike = |one: &Found, other: &Found| {
        let what = |it: &Found| (it.kind, it.key.clone(), it.name.clone(), it.places.clone());
        what(one) == what(other)
            && one.parties == other.parties
            && one.details.iter().all(|detail| other.details.contains(detail))
    };
    found.len() == stored.found.len() && found.iter().zip(&stored.found).all(|(one, other)| alike(one, other))
}

fn header(parsed: &mut Parsed, trust: &Trust) {
    let bundle = parsed.bundle;
    let hashes: Vec<String> = bundle.entries.iter().map(chain::Entry::hash).collect();
    let fits = bundle.header.entries == hashes.len() as u64
        && hashes.last() == Some(&bundle.header.head)
        && bundle.header.documents == bundle.documents.len() as u64;
    if !fits {
        parsed.say(
            0,
            "the first line counts other entries or documents than there are: some were removed or put in",
        );
    }
    if trust.head.as_ref().is_some_and(|head| !hashes.contains(head)) {
        parsed.say(0, "the entry that was noted down is not in the chain: it was cut off or written anew");
    }
    match &bundle.key {
        None if !trust.keys.is_empty() => {
            parsed.say(0, "the bundle is not signed: its end may have been cut off");
        }
        Some(key) if !trust.keys.is_empty() && !trust.keys.contains(key) => {
            parsed.say(0, format!("the bundle is signed with a key that is not among those given: {key}"));
        }
        _ => {}
    }
    if !matches!(parsed.acts.first(), Some(Some(Act::Open(_)))) {
        parsed.say(1, "the chain does not begin with the opening of the case");
    }
}

/// Whether each document is the one that its entry names.
fn contents(parsed: &mut Parsed) {
    let mut wrong = Vec::new();
    let mut numbers = Vec::new();
    for (place, stored, content) in parsed.documents() {
        numbers.push(stored.number);
        match content {
            None => wrong.push((place, format!("document {} is missing", stored.number))),
            Some(content) if !is_content(stored, content) => {
                wrong.push((place, format!("document {} is not the one that was stored", stored.number)));
            }
            Some(_) => {}
        }
    }
    let strange = parsed.bundle.documents.iter().filter(|content| !numbers.contains(&content.number));
    wrong.extend(strange.map(|content| (0, format!("document {} was put in", content.number))));
    if parsed.bundle.documents.windows(2).any(|pair| pair[0].number >= pair[1].number) {
        wrong.push((0, "the documents are not in order".into()));
    }
    for (place, what) in wrong {
        parsed.say(place, what);
    }
}

fn is_content(stored: &Stored, content: &Content) -> bool {
    let Ok(archived) = serde_json::from_str::<Archived>(&content.archived) else { return false };
    let reading: Value = serde_json::from_str(&content.reading).unwrap_or_default();
    let document = &archived.document;
    sha256(content.archived.as_bytes()) == stored.archived
        && sha256(content.reading.as_bytes()) == stored.reading
        && sha256(archived.text.as_bytes()) == stored.text
        && reading["stamp"] == stored.stamp
        && (&document.source, &document.title, &document.sha256)
            == (&stored.source, &stored.title, &stored.sha256)
}

/// Whether the lists are those that the documents' stamps name.
fn lists(parsed: &mut Parsed) {
    let bundle = parsed.bundle;
    let mut wrong = Vec::new();
    let mut used: Vec<&str> = Vec::new();
    for (place, stored, _) in parsed.documents() {
        let stamp = &stored.stamp["watchlist"];
        let set = bundle.watchlists.iter().find(|set| stamp["hash"] == set.hash.as_str());
        match set {
            Some(set) if !is_set(bundle, set, stamp) => {
                wrong.push((place, format!("the lists of document {} are not those named", stored.number)));
            }
            Some(set) => used.push(&set.hash),
            None if stamp["name"] == "starter" => {}
            None => wrong.push((place, format!("the lists of document {} are missing", stored.number))),
        }
    }
    for list in &bundle.lists {
        let member = |set: &&Watchlists| set.members.contains(&list.hash) || set.hash == list.hash;
        if !bundle.watchlists.iter().any(|set| member(&set))
            || crate::store::hash_of(&list.parties) != list.hash
        {
            wrong.push((0, format!("the list {} is not the one that was used", list.name)));
        }
    }
    if bundle.watchlists.iter().any(|set| !used.contains(&set.hash.as_str()))
        || bundle.lists.windows(2).any(|pair| pair[0].hash >= pair[1].hash)
    {
        wrong.push((0, "lists were put in or reordered".into()));
    }
    for (place, what) in wrong {
        parsed.say(place, what);
    }
}

fn is_set(bundle: &Bundle, set: &Watchlists, stamp: &Value) -> bool {
    let named = |value: &Value, name: &str, date: &str, hash: &str| {
        value["name"] == name && value["date"] == date && value["hash"] == hash
    };
    let lists: Vec<&Value> = stamp["lists"].as_array().into_iter().flatten().collect();
    let own = [set.hash.clone()];
    let members = if set.members.is_empty() { own.as_slice() } else { &set.members };
    let versions: Option<Vec<_>> =
        members.iter().map(|hash| bundle.lists.iter().find(|list| list.hash == *hash)).collect();
    let Some(versions) = versions else { return false };
    let whole = [stamp];
    let expected = if set.members.is_empty() { whole.as_slice() } else { &lists };
    named(stamp, &set.name, &set.date, &set.hash)
        && versions.len() == expected.len()
        && versions.iter().zip(expected).all(|(list, value)| named(value, &list.name, &list.date, &list.hash))
}

/// Whether each decision rests on the documents of this case, shows words that stand there, and keeps to the four eyes.
fn decisions(parsed: &mut Parsed) {
    let mut wrong = Vec::new();
    let four_eyes = matches!(parsed.acts.first(), Some(Some(Act::Open(opened))) if opened.four_eyes);
    let texts: BTreeMap<u64, (&Stored, String)> = parsed
        .documents()
        .filter_map(|(_, stored, content)| {
            let archived: Archived = serde_json::from_str(&content?.archived).ok()?;
            Some((stored.number, (stored, archived.text)))
        })
        .collect();
    for (act, place) in parsed.acts.iter().zip(1_u64..) {
        match act {
            Some(Act::Decide(decision)) if !rests_on(decision, &texts) => {
                wrong.push((place, "the decision shows what does not stand in the documents".to_owned()));
            }
            Some(Act::Confirm { decision, item, .. } | Act::Undo { decision, item, .. }) => {
                let at = usize::try_from(*decision).unwrap_or_default().wrapping_sub(1);
                let meant = parsed.acts.get(at).and_then(Option::as_ref);
                // Of a decision whose content was removed nothing more can be told.
                let removed = parsed.bundle.entries.get(at).is_some_and(|entry| entry.body.is_none());
                let meant = removed || matches!(meant, Some(Act::Decide(it)) if it.item == *item);
                let fits = meant && *decision < place;
                let by = |at: usize| parsed.heads.get(at).map(|head| &head.by);
                let confirms = matches!(act, Some(Act::Confirm { .. }));
                if !fits {
                    wrong.push((place, "it speaks of a decision that there is not".to_owned()));
                } else if confirms && four_eyes && by(at) == by(place as usize - 1) {
                    wrong.push((place, "who proposed a decision confirmed it".to_owned()));
                }
            }
            _ => {}
        }
    }
    for (place, what) in wrong {
        parsed.say(place, what);
    }
}

/// The removals, each with its place in the chain.
fn said_removed<'p>(parsed: &'p Parsed) -> impl Iterator<Item = (u64, &'p Removal)> {
    parsed.acts.iter().zip(1_u64..).filter_map(|(act, place)| match act {
        Some(Act::Remove(removal)) => Some((place, removal)),
        _ => None,
    })
}

/// Whether what is said to be removed is gone.
fn removals(parsed: &mut Parsed) {
    let mut wrong = Vec::new();
    for (place, removal) in said_removed(parsed) {
        for entry in &removal.entries {
            let at = usize::try_from(*entry).unwrap_or_default().wrapping_sub(1);
            let is_gone = parsed.bundle.entries.get(at).is_some_and(|entry| entry.body.is_none());
            if !is_gone || *entry >= place {
                wrong.push((
                    place,
                    format!("it says that the content of entry {entry} was removed, which is there"),
                ));
            }
        }
        for number in &removal.documents {
            if parsed.bundle.documents.iter().any(|content| content.number == *number) {
                wrong.push((place, format!("it says that document {number} was removed, which is there")));
            }
        }
    }
    for (place, what) in wrong {
        parsed.say(place, what);
    }
}

/// Who removed the content of which entry: the first that says so.
fn removed(parsed: &Parsed) -> Vec<Removed> {
    let mut found: BTreeMap<u64, Removed> = BTreeMap::new();
    for (place, removal) in said_removed(parsed) {
        let head = usize::try_from(place).ok().and_then(|place| parsed.heads.get(place.wrapping_sub(1)));
        let Some(head) = head else { continue };
        for entry in &removal.entries {
            let (by, at, why) = (head.by.clone(), head.at, removal.reason.clone());
            found.entry(*entry).or_insert(Removed { entry: *entry, by, at, why });
        }
    }
    found.into_values().collect()
}

fn rests_on(decision: &Decision, texts: &BTreeMap<u64, (&Stored, String)>) -> bool {
    let stands = |place: &crate::model::Place| {
        let text = texts.get(&place.document).map(|(_, text)| text.as_str());
        text.is_some_and(|text| around(text, Span::between(place.start, place.end)) == place.words)
    };
    let named = |evidence: &crate::act::Evidence| {
        texts.get(&evidence.document).is_some_and(|(stored, _)| {
            (&evidence.text, &evidence.reading) == (&stored.text, &stored.reading)
                && decision.stamps.get(evidence.stamp) == Some(&stored.stamp)
        })
    };
    decision.shown.places.iter().all(stands) && decision.evidence.iter().all(named)
}

fn report(parsed: Parsed) -> Report {
    let bundle = parsed.bundle;
    let decided =
        |act: &&Option<Act>| matches!(act, Some(Act::Decide(_) | Act::Confirm { .. } | Act::Undo { .. }));
    let mut signed = BTreeMap::new();
    for key in parsed.heads.iter().filter_map(|head| head.key.clone()) {
        *signed.entry(key).or_insert(0) += 1;
    }
    Report {
        case: bundle.header.case.clone(),
        entries: bundle.entries.len() as u64,
        head: bundle.entries.last().map(chain::Entry::hash).unwrap_or_default(),
        decisions: parsed.acts.iter().filter(decided).count() as u64,
        documents: bundle.documents.len() as u64,
        unsigned: parsed.heads.iter().filter(|head| head.key.is_none()).count() as u64,
        signed,
        removed: removed(&parsed),
        taken_away: bundle.entries.iter().filter(|entry| entry.body.is_none()).count() as u64,
        replayed: 0,
        not_replayed: Vec::new(),
        problems: parsed.problems,
    }
}
