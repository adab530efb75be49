//! Countries and nationalities, by name in many languages or by any ISO 3166-1 code.

use crate::words::{VALUES, plain};
use lagebild_ftm::Kind;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Letters that the ending of a stem may have.
const LONGEST_ENDING: usize = 4;

/// What is read of `data/world/countries.yaml`.
#[derive(Deserialize)]
struct Country {
    code: String,
    #[serde(default)]
    names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    adjectives: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    people: BTreeMap<String, Vec<String>>,
}

/// Words and stems, with the code of their country.
struct Forms {
    words: HashMap<String, String>,
    stems: HashMap<String, String>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/world-countries.json"));
    let world: Vec<Country> = lagebild_data::embedded("world/countries", json).unwrap_or_default();
    let mut forms = Forms { words: VALUES.countries.clone(), stems: HashMap::new() };
    for country in world {
        for form in [country.names, country.adjectives, country.people]
            .into_iter()
            .flat_map(BTreeMap::into_values)
            .flatten()
        {
            if let Some((stem, ending)) = form.split_once('|') {
                forms.stems.insert(plain(stem), country.code.clone());
                forms.words.insert(plain(&format!("{stem}{ending}")), country.code.clone());
            } else {
                forms.words.insert(plain(&form), country.code.clone());
            }
        }
    }
    forms
});

/// The ISO 3166-1 alpha-2 code, in lower case, of a country however it is written. The longest known stem counts.
pub(crate) fn code(written: &str) -> Option<String> {
    let words = plain(written);
    // Spreadsheets drop the zeros of numeric codes.
    let padded = if words.len() < 3 && words.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{words:0>3}")
    } else {
        words.clone()
    };
    let exact = || {
        lagebild_ftm::clean(Kind::Country, &padded).or_else(|| lagebild_ftm::clean(Kind::Country, written))
    };
    let stem = || {
        let length = words.chars().count();
        (0..=LONGEST_ENDING.min(length.saturating_sub(4))).find_map(|cut| {
            let stem: String = words.chars().take(length - cut).collect();
            FORMS.stems.get(&stem).cloned()
        })
    };
    exact().or_else(|| FORMS.words.get(&words).cloned()).or_else(stem)
}

/// The codes of several in one text, and what in it is no country that is known.
pub fn countries(written: &str) -> (Vec<String>, Vec<String>) {
    if let Some(code) = code(written) {
        return (vec![code], Vec::new());
    }
    let pieces =
        written.split([';', ',', '/', '|', '+', '&']).map(str::trim).filter(|piece| !piece.is_empty());
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for piece in pieces {
        match code(piece) {
            Some(code) => known.push(code),
            None => unknown.push(piece.to_owned()),
        }
    }
    (known, unknown)
}

#[cfg(test)]
mod tests {
    use super::countries;

    #[test]
    fn names_nationalities_and_codes_of_every_kind() {
        for written in [
            "de",
            "DE",
            "DEU",
            "276",
            "Germany",
            "German",
            "deutsch",
            "Deutschland",
            "allemande",
            "Германия",
            "немецкое",
            "alemán",
            "Niemcy",
            "독일",
        ] {
            assert_eq!(countries(written).0, ["de"], "{written}");
        }
        assert_eq!(countries("8").0, ["al"]);
        assert_eq!(countries("russisch; österreichisch").0, ["ru", "at"]);
        assert_eq!(countries("Nirgendwo, Österreich"), (vec!["at".into()], vec!["Nirgendwo".into()]));
    }
}
