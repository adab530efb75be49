//! Things that are known under several names (`data/world`, `data/lexicon/*/world.yaml`): the White House is das Weiße Haus.

use lagebild_language::Languages;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The files of named things.
const FILES: [(&str, &str); 4] = [
    ("media", include_str!(concat!(env!("OUT_DIR"), "/media.json"))),
    ("organisations", include_str!(concat!(env!("OUT_DIR"), "/organisations.json"))),
    ("places", include_str!(concat!(env!("OUT_DIR"), "/places.json"))),
    ("figures", include_str!(concat!(env!("OUT_DIR"), "/figures.json"))),
];

/// A named thing; of its other fields those that hold lists are names.
#[derive(Deserialize)]
struct Row {
    name: String,
    #[serde(flatten)]
    fields: BTreeMap<String, Value>,
}

/// The usual name of each thing by any of its names in small letters.
static KNOWN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (file, json) in FILES {
        for row in lagebild_data::embedded::<Vec<Row>>(file, json).unwrap_or_default() {
            let lists = row.fields.values().filter_map(Value::as_array).flatten();
            let names = lists.filter_map(Value::as_str).chain([row.name.as_str()]);
            add(&mut known, &row.name, names);
        }
    }
    for language in Languages::shipped().iter() {
        let words: BTreeMap<String, Value> = language.read("world").ok().flatten().unwrap_or_default();
        let named = FILES.iter().filter_map(|(file, _)| words.get(*file)?.as_object()).flatten();
        for (name, forms) in named {
            add(&mut known, name, forms.as_array().into_iter().flatten().filter_map(Value::as_str));
        }
    }
    known
});

fn add<'a>(known: &mut HashMap<String, String>, thing: &str, names: impl Iterator<Item = &'a str>) {
    for name in names {
        known.entry(folded(&name.replace('|', ""))).or_insert_with(|| thing.to_owned());
    }
}

/// The usual name of the thing that is known under this name.
pub(crate) fn usual(name: &str) -> Option<&'static str> {
    KNOWN.get(&folded(name)).map(String::as_str)
}

/// A name in small letters, its words parted by single spaces.
pub(crate) fn folded(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_usual_name_in_all_languages() {
        assert!(usual("Deutsche Presse-Agentur").is_some());
        assert_eq!(usual("Deutsche Presse-Agentur"), usual("dpa"));
        assert_eq!(usual("nobody in particular"), None);
    }

    #[test]
    fn names_fold_case_hyphens_and_spaces_but_not_letters() {
        assert_eq!(folded("Kim Jong-un"), folded("KIM JONG UN"));
        assert_ne!(folded("Kim Jong-un"), folded("Kim Jong-il"));
    }
}
