//! How many listed names a reading finds, and what it takes for one in texts that hold none.
//!
//! `spotting add STORE NAME FILE…` reads a publisher's files into a store of lists.
//! `spotting recall STORE SEED EACH FRAMES [show]` puts EACH randomly drawn names of every list, kind of party and script, as
//! the publisher writes them, into the sentences of a file such as `crates/entities/tests/spotting/frames.yaml` and counts how many are matched
//! to their party.
//! `spotting plain STORE FILE` reads the sentences of a file such as `crates/entities/tests/spotting/plain.md` and counts names found and
//! missed among those with listed parties, and what is found besides.
//! `spotting hits STORE LANGUAGE FILE…` reads files of documents, parted by lines of `%%`, and prints every listed name
//! found, with the words around it, to be judged.

use lagebild_document::Document;
use lagebild_entities::Entities;
use lagebild_grammar::{Analysis, Encoder};
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_span::Span;
use lagebild_watchlist::{NameQuality, Party, PartyName, Watchlist, store::Store};
use std::collections::BTreeMap;

type Frames = BTreeMap<String, BTreeMap<String, Vec<String>>>;
/// A party with one of its names.
type Listed<'p> = (&'p Party, &'p PartyName);
type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["add", store, name, files @ ..] => add(store, name, files),
        ["recall", store, seed, each, frames, rest @ ..] => {
            let frames = lagebild_data::parse(frames, &std::fs::read_to_string(frames)?)?;
            recall(&watchlist(store)?, seed.parse()?, each.parse()?, &frames, rest.contains(&"show"));
            Ok(())
        }
        ["plain", store, file] => plain(&watchlist(store)?, file),
        ["hits", store, language, files @ ..] => hits(&watchlist(store)?, language, files),
        _ => Err("add STORE NAME FILE… | recall STORE SEED EACH FRAMES [show] | plain STORE FILE | hits STORE LANGUAGE FILE…"
            .into()),
    }
}

fn add(store: &str, name: &str, files: &[&str]) -> Result<(), Failure> {
    use lagebild_watchlist::store::{Addition, Care};
    let files: Vec<std::path::PathBuf> = files.iter().map(Into::into).collect();
    let today = "2026-05-01".parse()?;
    let added =
        Store::new(store).add(&Addition { name, files: &files, source: "", today, care: Care::Force })?;
    println!("{name}: {} parties", added.entry.parties);
    Ok(())
}

fn watchlist(store: &str) -> Result<Watchlist, Failure> {
    Ok(Store::new(store).watchlist(&[], None)?)
}

fn read(text: &str, language: &str, watchlist: &Watchlist) -> Entities {
    read_with_grammar(text, language, watchlist).0
}

fn read_with_grammar(text: &str, language: &str, watchlist: &Watchlist) -> (Entities, Analysis) {
    let document = Document { text: text.into(), language: Some(language.into()), ..Document::default() };
    let page = Page::new(&document, Languages::shipped(), Encoder::shipped().ok());
    (lagebild_entities::resolve(&page, watchlist), page.analysis)
}

/// What the grammar says of these words: their parts of speech, and the names that they are in.
fn grammar_of(span: Span, text: &str, analysis: &Analysis) -> String {
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens);
    let parts = tokens.filter(|token| token.span.overlaps(span)).map(|token| token.upos.name().to_owned());
    let names = analysis.names.iter().filter(|name| name.span.overlaps(span));
    let names = names.map(|name| format!("{:?} {}", name.class, name.span.of(text)));
    parts.chain(names).collect::<Vec<_>>().join(",")
}

/// A generator of Knuth's (MMIX): the same draw for the same seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// The script of a name, and the languages of the frames that it may stand in.
fn script(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    let letter = name.chars().find(|letter| letter.is_alphabetic())?;
    Some(match letter {
        '\u{400}'..='\u{4ff}' if name.contains(['і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є']) => {
            ("Cyrl", &["uk"])
        }
        '\u{400}'..='\u{4ff}' => ("Cyrl", &["ru"]),
        '\u{600}'..='\u{6ff}' if name.contains(['پ', 'چ', 'گ', 'ی', 'ک']) => ("Arab", &["fa"]),
        '\u{600}'..='\u{6ff}' => ("Arab", &["ar"]),
        '\u{590}'..='\u{5ff}' => ("Hebr", &["he"]),
        '\u{ac00}'..='\u{d7a3}' => ("Hang", &["ko"]),
        '\u{3040}'..='\u{30ff}' => ("Kana", &["ja"]),
        '\u{4e00}'..='\u{9fff}' => ("Hani", &["zh"]),
        letter if (letter as u32) < 0x250 => {
            ("Latn", &["en", "de", "fr", "es", "it", "pt", "pl", "tr", "nl", "sv"])
        }
        _ => return None,
    })
}

fn kind(schema: &str) -> Option<&'static str> {
    match schema {
        "Person" => Some("person"),
        "Vessel" => Some("vessel"),
        "Airplane" => None,
        _ => Some("body"),
    }
}

/// A name as it stands in running text: what a list sorts by family name is turned round.
fn in_text(name: &PartyName, kind: &str) -> String {
    let one = |kind: &str| name.part(kind).collect::<Vec<_>>().join(" ");
    let family = one("lastName");
    let plain = name.full.split_whitespace().collect::<Vec<_>>().join(" ");
    if kind != "person" || family.is_empty() || !name.full.contains(',') {
        return plain;
    }
    let given = ["firstName", "secondName", "middleName", "patronymic", "fatherName"].map(one);
    let parts = given.into_iter().chain([family]).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Tally(BTreeMap<String, (usize, usize)>);

impl Tally {
    fn count(&mut self, of: &str, found: bool) {
        let cell = self.0.entry(of.into()).or_default();
        cell.0 += usize::from(found);
        cell.1 += 1;
    }
}

/// The words of a passage that are a listed party.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    finds: Vec<String>,
}

fn plain(watchlist: &Watchlist, file: &str) -> Result<(), Failure> {
    let passages = lagebild_passages::parse::<Plain>(file, &std::fs::read_to_string(file)?)?;
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for passage in &passages {
        let (language, text) = (passage.language(), &passage.text);
        let count = counts.entry(language).or_default();
        let words = passage.expected.finds.first();
        let place =
            words.and_then(|words| Some(Span::new(text.find(words)?, text.find(words)? + words.len())));
        let found = read(text, language, watchlist);
        let listed = found.mentions.iter().filter_map(|mention| {
            Some((mention.span, found.get(mention.entity)?.matches.first()?.name.as_str()))
        });
        let listed: Vec<(Span, &str)> = listed.collect();
        let wanted = |span: Span| place.is_some_and(|place| place.overlaps(span));
        let extra: Vec<_> = listed.iter().filter(|(span, _)| !wanted(*span)).collect();
        let hit = listed.iter().any(|(span, _)| wanted(*span));
        count[0] += usize::from(hit);
        count[1] += usize::from(place.is_some() && !hit);
        count[2] += extra.len();
        for (span, name) in extra {
            println!("{language} extra {} = {name} | {text}", span.of(text));
        }
        if let Some(words) = words.filter(|_| !hit) {
            println!("{language} missed {words} | {text}");
        }
    }
    for (language, [found, missed, besides]) in counts {
        println!("{language}: found {found}, missed {missed}, besides {besides}");
    }
    Ok(())
}

fn recall(watchlist: &Watchlist, seed: u64, each: usize, frames: &Frames, show: bool) {
    let mut cells: BTreeMap<(String, &str, &str), Vec<Listed>> = BTreeMap::new();
    let parties: Vec<Party> = watchlist.parties().collect();
    for party in &parties {
        let Some(kind) = kind(&party.schema) else { continue };
        for name in party.names.iter().filter(|name| name.quality != NameQuality::Weak) {
            let Some((script, _)) = script(&name.full) else { continue };
            cells.entry((party.list().into(), kind, script)).or_default().push((party, name));
        }
    }
    let mut draw = Draw(seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3_037_000_493));
    let mut tally = Tally::default();
    for ((list, kind, script_name), names) in &cells {
        for _ in 0..each.min(names.len()) {
            let Some((party, name)) = names.get(draw.below(names.len())) else { continue };
            let words = in_text(name, kind);
            let Some((_, languages)) = script(&words) else { continue };
            let language = languages[draw.below(languages.len())];
            let open = &frames[language][*kind];
            let frame = &open[draw.below(open.len())];
            let text = frame.replace("{}", &words);
            let start = frame.find("{}").unwrap_or_default();
            let place = Span::new(start, start + words.len());
            let (found, analysis) = read_with_grammar(&text, language, watchlist);
            let here = found.mentions.iter().filter(|mention| mention.span.overlaps(place));
            let matched = here.filter_map(|mention| found.get(mention.entity));
            let matched: Vec<_> = matched.flat_map(|entity| &entity.matches).collect();
            let hit = matched.iter().any(|one| one.party == party.id);
            for of in ["all", list, kind, script_name, language] {
                tally.count(of, hit);
            }
            if show {
                let others: Vec<_> = matched.iter().take(3).map(|one| one.name.as_str()).collect();
                let places: Vec<_> = found.mentions.iter().map(|one| one.span.of(&text)).collect();
                println!(
                    "{}\t{language} {kind} {}\t{text}\tlisted {:?}\tfound {others:?} in {places:?}\t{}",
                    if hit { "found" } else { "missed" },
                    party.id,
                    name.full,
                    grammar_of(place, &text, &analysis)
                );
            }
        }
    }
    for (of, (found, all)) in &tally.0 {
        println!("{of:10} {found:5} of {all:5}  {:.3}", *found as f64 / *all as f64);
    }
}

fn hits(watchlist: &Watchlist, language: &str, files: &[&str]) -> Result<(), Failure> {
    let (mut documents, mut count) = (0, 0);
    for file in files {
        for text in std::fs::read_to_string(file)?.split("%%\n") {
            documents += 1;
            let (found, analysis) = read_with_grammar(text, language, watchlist);
            for mention in &found.mentions {
                let Some(entity) = found.get(mention.entity) else { continue };
                let Some(best) = entity.matches.first() else { continue };
                count += 1;
                let (start, end) = (mention.span.start() as usize, mention.span.end() as usize);
                let before =
                    (start.saturating_sub(40)..start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
                let last = text.len().min(end + 40);
                let after = (end..=last).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
                let context =
                    format!("{}[{}]{}", &text[before..start], mention.span.of(text), &text[end..after]);
                println!(
                    "{}\t{}\t{:?}\t{} ({}, {:.2})\t{:?}\t{}",
                    mention.span.of(text),
                    context.replace(['\n', '\t'], " "),
                    entity.kind,
                    best.name,
                    best.party,
                    best.score,
                    best.explanation.first(),
                    grammar_of(mention.span, text, &analysis)
                );
            }
        }
    }
    println!("# {documents} documents, {count} mentions of listed parties");
    Ok(())
}
