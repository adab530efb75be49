//! The words in `data/`: none twice in a list, none in two lists of one kind, all in the script of their language.

use super::{all, root};
use lagebild_names::Script;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Lists whose entries stand for their places and may be alike.
const TABLES: &[&str] = &["data/names/hangul.yaml"];

/// Lists of one kind: a word of a file stands in one of them only. The heads of the files promise it.
const PARTIES: &[&str] = &["parties", "generic", "measures", "not_items", "places", "money"];

/// All data files, by their path from the root.
fn data() -> Vec<(String, Value)> {
    let folder = root().join("data");
    let files = all(&[".yaml"]).into_iter().filter(|path| path.starts_with(&folder));
    let read = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        lagebild_data::parse(&short(path), &text).unwrap()
    };
    files.map(|path| (short(&path), read(&path))).collect()
}

fn short(path: &Path) -> String {
    let path: PathBuf = path.strip_prefix(root()).unwrap_or(path).to_owned();
    path.to_string_lossy().into_owned()
}

/// Calls `each` with every value in a file and its place ("words.particles", "terms[3]").
fn walk<'v>(value: &'v Value, place: &str, each: &mut impl FnMut(&str, &'v Value)) {
    each(place, value);
    match value {
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                walk(value, &format!("{place}[{at}]"), each);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                walk(value, &format!("{place}.{name}"), each);
            }
        }
        _ => {}
    }
}

#[test]
fn no_word_stands_twice_in_a_list() {
    let mut twice = Vec::new();
    for (file, value) in data().iter().filter(|(file, _)| !TABLES.contains(&file.as_str())) {
        walk(value, "", &mut |place, value| {
            let mut seen = BTreeSet::new();
            for entry in value.as_array().into_iter().flatten() {
                let entry = entry.as_str().map_or_else(|| entry.to_string(), str::to_owned);
                if !entry.parse::<f64>().is_ok_and(f64::is_finite) && !seen.insert(entry.clone()) {
                    twice.push(format!("{file} {place}: {entry}"));
                }
            }
        });
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

/// A word of a list with the fixed phrase it belongs to ("put on hold" is another word than "put").
fn word(entry: &Value) -> String {
    match entry {
        Value::Object(fields) => {
            format!("{} {}", fields["lemma"], fields.get("with").unwrap_or(&Value::Null))
        }
        plain => format!("{plain} null"),
    }
}

fn words(list: Option<&Value>) -> impl Iterator<Item = String> {
    list.and_then(Value::as_array).into_iter().flatten().map(word)
}

#[test]
fn no_word_stands_in_two_lists_of_one_kind() {
    let mut places: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let data = data();
    for (file, value) in &data {
        if file.ends_with("/referents.yaml") {
            for list in PARTIES {
                for word in words(value.get(list)) {
                    places.entry((file.clone(), word)).or_default().push(list);
                }
            }
        } else if file.ends_with("/factuality.yaml") {
            for (class, lists) in value["classes"].as_object().into_iter().flatten() {
                for kind in ["verbs", "nouns", "adjectives"] {
                    let found: BTreeSet<String> = words(lists.get(kind)).collect();
                    for word in found {
                        places.entry((format!("{file} {kind}"), word)).or_default().push(class);
                    }
                }
            }
        }
    }
    assert!(places.len() > 1000, "the lists are called otherwise now");
    places.retain(|_, lists| lists.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

/// All text of a file, the names of its fields included.
fn texts(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    walk(value, "", &mut |_, value| match value {
        Value::String(text) => found.push(text.as_str()),
        Value::Object(fields) => found.extend(fields.keys().map(String::as_str)),
        _ => {}
    });
    found
}

/// A run of letters in two scripts looks like a word and never matches one (a Latin "o" in a Cyrillic word).
#[test]
fn words_are_written_in_one_script_and_it_is_the_languages() {
    let data = data();
    let mut languages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, value) in &data {
        if let Some((language, _)) = file.strip_prefix("data/lexicon/").and_then(|rest| rest.split_once('/'))
        {
            languages.entry(language).or_default().extend(texts(value));
        }
    }
    let mut wrong = Vec::new();
    for (language, texts) in &languages {
        let mut letters: HashMap<Script, usize> = HashMap::new();
        for c in texts.iter().flat_map(|text| text.chars()).filter(|c| c.is_alphabetic()) {
            *letters.entry(Script::of(c).unwrap_or(Script::Other)).or_default() += 1;
        }
        // Fields, roles and cases are written in Latin letters in all files; of other scripts a language has one, in
        // some hundred words at least.
        let others = letters.iter().filter(|(script, count)| **script != Script::Latin && **count > 100);
        let own = others.max_by_key(|(_, count)| **count).map_or(Script::Latin, |(script, _)| *script);
        for run in texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic())) {
            let scripts = run.chars().filter_map(Script::of).filter(|script| *script != Script::Other);
            let scripts: HashSet<Script> = scripts.collect();
            let strange = scripts.iter().any(|script| ![Script::Latin, own].contains(script));
            // "АрміяInform" is an outlet, a letter or two are a slip; no Hangul or Han looks like a Latin letter ("채널A").
            let latin = run.chars().filter(|c| Script::of(*c) == Some(Script::Latin)).count();
            let slip = scripts.len() > 1 && own == Script::Cyrillic && latin < 3;
            if strange || slip {
                wrong.push(format!("{language}: {run}"));
            }
        }
    }
    assert!(languages.len() > 5 && wrong.is_empty(), "{wrong:#?}");
}
