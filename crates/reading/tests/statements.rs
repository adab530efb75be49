//! Who says what, how sure: the whole reading on short passages, each expectation by itself, and sums with floors that may only
//! rise.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_entities::EntityId;
use lagebild_passages::{Many, Outcome, Passage, Suite};
use lagebild_reading::{Knowledge, Reading};
use lagebild_span::Span;
use lagebild_statements::Statement;
use serde::Deserialize;
use std::collections::BTreeMap;

const FOLDER: &str = "tests/statements";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    contents: f64,
    speaker: f64,
    channel: f64,
    certainty: f64,
    overstated: f64,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    statements: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    content: String,
    /// None: nobody is named.
    speaker: Option<String>,
    channel: Option<String>,
    /// All that are right.
    certainty: Many,
}

#[derive(Default)]
struct Counts {
    right: usize,
    extra: usize,
    missing: usize,
    speaker: usize,
    channel: usize,
    certainty: usize,
    /// Found contents that are not certain, and those of them shown as certain.
    open: [usize; 2],
}

fn read(text: &str, language: &str) -> Reading {
    let published = "2024-03-15".parse().ok();
    let options = Options { language: Some(language.into()), published, ..Options::default() };
    let document = lagebild_document::read("passage.txt", text.as_bytes(), &options).remove(0).unwrap();
    lagebild_reading::read(document, Knowledge::built_in(), published.unwrap())
}

/// True when the entity goes by the name: its own or that of one of its mentions.
fn goes_by(reading: &Reading, id: Option<EntityId>, name: &str) -> bool {
    let holds = |text: &str| text.to_lowercase().contains(&name.to_lowercase());
    let entity = reading.entities.iter().find(|entity| Some(entity.id) == id);
    let mentions = reading.mentions.iter().filter(|mention| Some(mention.entity) == id);
    entity.is_some_and(|entity| holds(&entity.name))
        || mentions.into_iter().any(|m| holds(m.span.of(&reading.text)))
}

/// The speaker is who is named, or the words that stand for somebody without a name of their own do.
fn is_speaker(reading: &Reading, found: &Statement, name: Option<&str>) -> bool {
    let Some(name) = name else { return found.speaker.is_none() };
    let words = found.speaker_words.map(|span| span.of(&reading.text).to_lowercase()).unwrap_or_default();
    goes_by(reading, found.speaker, name) || words.contains(&name.to_lowercase())
}

fn overlap(a: Span, b: Span) -> f64 {
    let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    f64::from(shared) / a.len().max(b.len()).max(1) as f64
}

fn outcomes(passage: &Passage<Expected>, counts: &mut Counts) -> Vec<Outcome> {
    let reading = read(&passage.text, passage.language());
    let content = |found: &&Statement| found.content.of(&reading.text).to_owned();
    let mut free: Vec<&Statement> = reading.statements.iter().collect();
    let mut outcomes = Vec::new();
    for (number, said) in (1..).zip(&passage.expected.statements) {
        let at =
            reading.text.find(&said.content).unwrap_or_else(|| unreachable!("not there: {}", said.content));
        let gold = Span::new(at, at + said.content.len());
        let best = free.iter().position(|found| overlap(found.content, gold) >= 0.5);
        let others = free.iter().map(content).collect::<Vec<_>>().join("; ");
        outcomes.push(Outcome::new(format!("statement {number}"), best.is_some(), others));
        let Some(best) = best else {
            counts.missing += 1;
            continue;
        };
        outcomes.extend(parts(&reading, number, said, free.remove(best), counts));
    }
    counts.extra += free.len();
    outcomes.push(Outcome::nothing_else(&free.iter().map(content).collect::<Vec<_>>()));
    outcomes
}

/// Speaker, channel and certainty of a statement that was found.
fn parts(
    reading: &Reading,
    number: usize,
    said: &Said,
    found: &Statement,
    counts: &mut Counts,
) -> [Outcome; 3] {
    let speaker = is_speaker(reading, found, said.speaker.as_deref());
    let channel = match &said.channel {
        None => found.channel.is_none() || found.channel == found.speaker,
        Some(name) => goes_by(reading, found.channel, name),
    };
    let code = found.certainty.code();
    let is_one = |wanted: &str| said.certainty.0.iter().any(|one| one == wanted);
    let (certainty, open) = (is_one(code), !is_one("CT+"));
    counts.right += 1;
    counts.speaker += usize::from(speaker);
    counts.channel += usize::from(channel);
    counts.certainty += usize::from(certainty);
    counts.open[0] += usize::from(open);
    counts.open[1] += usize::from(open && code == "CT+");
    let name = |id: Option<EntityId>| {
        let entity = reading.entities.iter().find(|entity| Some(entity.id) == id);
        entity.map_or("nobody", |entity| entity.name.as_str())
    };
    let part = |of: &str, met: bool, got: &str| Outcome::new(format!("statement {number} {of}"), met, got);
    [
        part("speaker", speaker, name(found.speaker)),
        part("channel", channel, name(found.channel)),
        part("certainty", certainty, code),
    ]
}

#[test]
fn statements_are_read_as_well_as_they_were() {
    let floors = std::fs::read_to_string(format!("{FOLDER}/floors.yaml")).unwrap();
    let floors: BTreeMap<String, BTreeMap<String, Floors>> =
        lagebild_data::parse("floors.yaml", &floors).unwrap();
    let (mut suite, mut below) = (Suite::default(), Vec::new());
    let sets = floors
        .iter()
        .flat_map(|(half, floors)| floors.iter().map(move |(language, it)| (half, language, it)));
    for (half, language, floors) in sets {
        let mut counts = Counts::default();
        suite.check(&format!("{FOLDER}/{half}/{language}.md"), |passage| outcomes(passage, &mut counts));
        let f1 = 2.0 * counts.right as f64 / (2 * counts.right + counts.extra + counts.missing).max(1) as f64;
        let share = |part: usize| part as f64 / counts.right.max(1) as f64;
        let overstated = counts.open[1] as f64 / counts.open[0].max(1) as f64;
        let (speaker, channel, certainty) =
            (share(counts.speaker), share(counts.channel), share(counts.certainty));
        println!(
            "{half} {language}: contents F1 {f1:.3} ({} right, {} extra, {} missing), speaker {speaker:.3}, channel \
             {channel:.3}, certainty {certainty:.3}, shown as certain {overstated:.3} of {}",
            counts.right, counts.extra, counts.missing, counts.open[0]
        );
        let reached = f1 >= floors.contents
            && speaker >= floors.speaker
            && channel >= floors.channel
            && certainty >= floors.certainty
            && overstated <= floors.overstated;
        below.extend((!reached).then(|| format!("{half} {language}")));
    }
    suite.finish();
    assert!(below.is_empty(), "below the floors: {below:?}");
}
