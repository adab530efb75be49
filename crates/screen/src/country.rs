//! Lists write countries as codes, names, adjectives and in official long forms; compared are the codes.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What is read of `data/world/countries.yaml`.
#[derive(Deserialize)]
struct Country {
    code: String,
    #[serde(default)]
    names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    adjectives: BTreeMap<String, Vec<String>>,
}

/// Code of each form: those of `data/world/countries.yaml`, and of `data/names/countries.yaml` the forms that only lists
/// and registers use.
static CODES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let world = include_str!(concat!(env!("OUT_DIR"), "/world-countries.json"));
    let world: Vec<Country> = lagebild_data::embedded("world/countries", world).unwrap_or_default();
    let forms = include_str!(concat!(env!("OUT_DIR"), "/names-countries.json"));
    let forms: BTreeMap<String, Vec<String>> =
        lagebild_data::embedded("names/countries", forms).unwrap_or_default();
    let mut codes = HashMap::new();
    for country in world {
        let english = [country.names.get("en"), country.adjectives.get("en")].into_iter().flatten().flatten();
        for form in english {
            codes.insert(words(form), country.code.clone());
        }
        codes.insert(country.code.clone(), country.code);
    }
    for (code, forms) in forms {
        codes.extend(forms.iter().map(|form| (words(form), code.clone())));
        codes.insert(code.clone(), code);
    }
    codes
});

/// The ISO 3166-1 alpha-2 codes, in lower case, of what a list writes in a field for a country: often one, at times
/// several ("(1) Tunisian (2) French"). What is not known stays as it is, in lower case.
pub(crate) fn codes(written: &str) -> Vec<String> {
    let code = |text: &str| CODES.get(&words(text)).cloned();
    if let Some(code) = code(written) {
        return vec![code];
    }
    let pieces = written.split([';', ',', '/', '(', ')', '\n']).flat_map(|piece| piece.split(" and "));
    let mut codes: Vec<String> =
        pieces.filter_map(|piece| code(piece.trim().trim_end_matches(" b"))).collect();
    if codes.is_empty() {
        codes.push(words(written));
    }
    codes
}

/// The words in lower case and alphabetical order, without articles: `Korea, North` is `North Korea`.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "the" | "of" | "and" | "s"))
        .collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_names_adjectives_and_long_forms_are_one() {
        for written in ["ru", "RU", "Russia", "Russian", "Russian Federation"] {
            assert_eq!(codes(written), ["ru"], "{written}");
        }
        for written in ["Korea, North", "North Korea", "Democratic People's Republic of Korea", "DPRK"] {
            assert_eq!(codes(written), ["kp"], "{written}");
        }
        assert_eq!(codes("Nowhere"), ["nowhere"]);
        assert_eq!(codes("(1) Tunisian (2) French"), ["tn", "fr"]);
        assert_eq!(codes("Trinidad and Tobago"), ["tt"]);
    }
}
