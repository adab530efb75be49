//! `data/tables`: headings and values, compared without case, accents and marks.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Words in lower case, without accents and marks, set apart by single blanks.
pub(crate) fn plain(text: &str) -> String {
    let marks =
        |c: &char| !matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\'' | '’' | '\u{feff}');
    let lower: String =
        text.to_lowercase().nfkd().filter(marks).map(|c| if c == 'ı' { 'i' } else { c }).collect();
    let words = lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{3099}' | '\u{309a}'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingFile {
    fields: BTreeMap<String, Vec<String>>,
    first: Vec<String>,
    last: Vec<String>,
    not: Vec<String>,
    day_first: Vec<String>,
}

/// `data/tables/headings.yaml`.
#[derive(Default)]
pub(crate) struct Headings {
    pub(crate) fields: HashMap<String, String>,
    pub(crate) first: HashSet<String>,
    pub(crate) last: HashSet<String>,
    pub(crate) not: HashSet<String>,
    pub(crate) day_first: HashSet<String>,
}

pub(crate) static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/tables-headings.json"));
    let Ok(file) = lagebild_data::embedded::<HeadingFile>("tables/headings", json) else {
        return Headings::default();
    };
    let mut fields = HashMap::new();
    for (field, headings) in file.fields {
        fields.insert(plain(&field), field.clone());
        fields.extend(headings.iter().map(|heading| (plain(heading), field.clone())));
    }
    let set = |words: Vec<String>| words.iter().map(|word| plain(word)).collect();
    Headings {
        fields,
        first: set(file.first),
        last: set(file.last),
        not: set(file.not),
        day_first: set(file.day_first),
    }
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueFile {
    months: Vec<Vec<String>>,
    circa: Vec<String>,
    unknown: Vec<String>,
    female: Vec<String>,
    male: Vec<String>,
    person: Vec<String>,
    organization: Vec<String>,
    vessel: Vec<String>,
    countries: BTreeMap<String, Vec<String>>,
    noise: Vec<String>,
}

/// `data/tables/values.yaml`.
#[derive(Default)]
pub(crate) struct Values {
    pub(crate) months: HashMap<String, u16>,
    pub(crate) circa: HashSet<String>,
    pub(crate) unknown: HashSet<String>,
    pub(crate) noise: HashSet<String>,
    pub(crate) genders: HashMap<String, &'static str>,
    pub(crate) schemas: HashMap<String, &'static str>,
    pub(crate) countries: HashMap<String, String>,
}

pub(crate) static VALUES: LazyLock<Values> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/tables-values.json"));
    let Ok(file) = lagebild_data::embedded::<ValueFile>("tables/values", json) else {
        return Values::default();
    };
    let set = |words: Vec<String>| words.iter().map(|word| plain(word)).collect();
    let called = |all: [(&'static str, Vec<String>); 3]| {
        let each = all
            .into_iter()
            .flat_map(|(value, words)| words.into_iter().map(move |word| (plain(&word), value)));
        each.collect()
    };
    let months = (1..).zip(&file.months);
    Values {
        months: months
            .flat_map(|(month, words)| words.iter().map(move |word| (plain(word), month)))
            .collect(),
        circa: set(file.circa),
        unknown: set(file.unknown),
        noise: set(file.noise),
        genders: called([("female", file.female), ("male", file.male), ("", Vec::new())]),
        schemas: called([
            ("Person", file.person),
            ("Organization", file.organization),
            ("Vessel", file.vessel),
        ]),
        countries: file
            .countries
            .into_iter()
            .flat_map(|(code, words)| words.into_iter().map(move |word| (plain(&word), code.clone())))
            .collect(),
    }
});

#[cfg(test)]
mod tests {
    use super::{HEADINGS, VALUES, plain};

    #[test]
    fn the_data_is_read_and_marks_do_not_matter() {
        assert_eq!(plain("D.O.B."), "d o b");
        assert_eq!(plain("PRÉNOM_usuel"), "prenom usuel");
        assert_eq!(HEADINGS.fields["staatsangehorigkeit"], "nationality");
        assert!(VALUES.months.len() > 100 && VALUES.months["marz"] == 3);
        assert_eq!(VALUES.genders["mujer"], "female");
    }
}
