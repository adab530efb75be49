//! Who says what, how sure: the whole reading on short passages, with floors that may only rise.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_entities::EntityId;
use lagebild_reading::{Knowledge, Reading};
use lagebild_span::Span;
use lagebild_statements::Statement;
use serde::Deserialize;
use std::collections::BTreeMap;

const FOLDER: &str = "tests/statements";
/// The certainties of FactBank.
const CERTAINTIES: [&str; 7] = ["CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    contents: f64,
    speaker: f64,
    channel: f64,
    certainty: f64,
    overstated: f64,
}

struct Passage {
    text: String,
    says: Vec<Said>,
}

struct Said {
    speaker: String,
    channel: Option<String>,
    certainty: Vec<String>,
    content: String,
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

fn said(line: &str) -> Said {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_certainty = |word: &&str| word.split('/').all(|one| CERTAINTIES.contains(&one));
    let at = words.iter().position(is_certainty).unwrap_or_else(|| unreachable!("no certainty: {line}"));
    let who = words[..at].join(" ");
    let (speaker, channel) = match who.split_once(" via ") {
        Some((speaker, channel)) => (speaker.to_string(), Some(channel.to_string())),
        None => (who, None),
    };
    let certainty = words[at].split('/').map(String::from).collect();
    Said { speaker, channel, certainty, content: words[at + 1..].join(" ") }
}

fn passages(half: &str, language: &str) -> Vec<Passage> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{half}/{language}.txt")).unwrap();
    let mut passages: Vec<Passage> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if line.starts_with(' ') {
            passages.last_mut().unwrap().says.push(said(line));
        } else {
            passages.push(Passage { text: line.into(), says: Vec::new() });
        }
    }
    passages
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
fn is_speaker(reading: &Reading, found: &Statement, name: &str) -> bool {
    if name == "-" {
        return found.speaker.is_none();
    }
    let words = found.speaker_words.map(|span| span.of(&reading.text).to_lowercase()).unwrap_or_default();
    goes_by(reading, found.speaker, name) || words.contains(&name.to_lowercase())
}

fn overlap(a: Span, b: Span) -> f64 {
    let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    f64::from(shared) / a.len().max(b.len()).max(1) as f64
}

fn measure(half: &str, language: &str) -> Counts {
    let mut counts = Counts::default();
    for passage in passages(half, language) {
        let reading = read(&passage.text, language);
        let mut free: Vec<&Statement> = reading.statements.iter().collect();
        for said in &passage.says {
            let at = reading
                .text
                .find(&said.content)
                .unwrap_or_else(|| unreachable!("not there: {}", said.content));
            let gold = Span::new(at, at + said.content.len());
            let Some(best) = free.iter().position(|found| overlap(found.content, gold) >= 0.5) else {
                counts.missing += 1;
                println!("{half} {language} missing: {} | {}", said.content, passage.text);
                continue;
            };
            let found = free.remove(best);
            let speaker = is_speaker(&reading, found, &said.speaker);
            let channel = match &said.channel {
                None => found.channel.is_none() || found.channel == found.speaker,
                Some(name) => goes_by(&reading, found.channel, name),
            };
            let code = found.certainty.code();
            let certainty = said.certainty.iter().any(|one| one == code);
            let open = !said.certainty.iter().any(|one| one == "CT+");
            counts.right += 1;
            counts.speaker += usize::from(speaker);
            counts.channel += usize::from(channel);
            counts.certainty += usize::from(certainty);
            counts.open[0] += usize::from(open);
            counts.open[1] += usize::from(open && code == "CT+");
            if !(speaker && channel && certainty) {
                println!(
                    "{half} {language} speaker {speaker}, channel {channel}, certainty {code}: {}",
                    passage.text
                );
            }
        }
        counts.extra += free.len();
        for found in free {
            println!("{half} {language} extra: {} | {}", found.content.of(&reading.text), passage.text);
        }
    }
    counts
}

#[test]
fn statements_are_read_as_well_as_they_were() {
    let floors = std::fs::read_to_string(format!("{FOLDER}/floors.yaml")).unwrap();
    let floors: BTreeMap<String, BTreeMap<String, Floors>> =
        lagebild_data::parse("floors.yaml", &floors).unwrap();
    let sets = floors
        .iter()
        .flat_map(|(half, floors)| floors.iter().map(move |(language, it)| (half, language, it)));
    for (half, language, floors) in sets {
        let counts = measure(half, language);
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
        assert!(f1 >= floors.contents, "{language} contents {f1:.3}");
        assert!(speaker >= floors.speaker, "{language} speaker {speaker:.3}");
        assert!(channel >= floors.channel, "{language} channel {channel:.3}");
        assert!(certainty >= floors.certainty, "{language} certainty {certainty:.3}");
        assert!(overstated <= floors.overstated, "{language} overstated {overstated:.3}");
    }
}
