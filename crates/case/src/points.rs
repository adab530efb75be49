//! Where countries, capitals and towns lie (`data/world/points.yaml`); regions, waters and towns that it does not know lie nowhere.

use crate::known::{folded, usual};
use lagebild_entities::EntityKind;
use lagebild_language::Languages;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A point on the globe (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

/// How the file is written: degrees east and north, by country code or by the usual name of a place.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    countries: BTreeMap<String, [f64; 2]>,
    capitals: BTreeMap<String, [f64; 2]>,
    places: BTreeMap<String, [f64; 2]>,
}

/// A country as far as its capital goes.
#[derive(Deserialize)]
struct Country {
    code: String,
    #[serde(default)]
    capital: BTreeMap<String, Vec<String>>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/points.json"));
    lagebild_data::embedded("points.yaml", json).unwrap_or_default()
});

/// The country of each capital, by its names in all languages.
static CAPITALS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/countries.json"));
    let mut capitals = HashMap::new();
    let mut add = |code: &str, name: &str| {
        capitals.entry(folded(&name.replace('|', ""))).or_insert_with(|| code.to_owned());
    };
    for country in lagebild_data::embedded::<Vec<Country>>("countries.yaml", json).unwrap_or_default() {
        for name in country.capital.values().flatten() {
            add(&country.code, name);
        }
    }
    for language in Languages::shipped().iter() {
        let words: BTreeMap<String, Value> = language.read("world").ok().flatten().unwrap_or_default();
        for (code, country) in words.get("countries").and_then(Value::as_object).into_iter().flatten() {
            let names = country.get("capital").and_then(Value::as_array).into_iter().flatten();
            names.filter_map(Value::as_str).for_each(|name| add(code, name));
        }
    }
    capitals
});

/// Where a thing of these names lies, in this country where that is known.
pub(crate) fn point(kind: EntityKind, names: &[String], country: Option<&str>) -> Option<Point> {
    let [longitude, latitude] = match kind {
        EntityKind::Country => *FILE.countries.get(country?)?,
        EntityKind::Place => *names.iter().find_map(|name| of_place(name, country))?,
        _ => return None,
    };
    Some(Point { longitude, latitude })
}

fn of_place(name: &str, country: Option<&str>) -> Option<&'static [f64; 2]> {
    let capital = CAPITALS.get(&folded(name)).filter(|code| country.is_none_or(|country| country == *code));
    match capital {
        Some(code) => FILE.capitals.get(code),
        None => FILE.places.get(usual(name)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: EntityKind, name: &str, country: &str) -> Option<(f64, f64)> {
        let point = point(kind, &[name.to_owned()], Some(country))?;
        Some((point.longitude.round(), point.latitude.round()))
    }

    #[test]
    fn countries_capitals_and_towns_lie_where_they_do_in_every_language() {
        assert_eq!(
            of(EntityKind::Country, "Norwegen", "no").map(|(_, north)| (58.0..72.0).contains(&north)),
            Some(true)
        );
        for name in ["Paris", "Париж"] {
            assert_eq!(of(EntityKind::Place, name, "fr"), Some((2.0, 49.0)), "{name}");
        }
        for name in ["Wladiwostok", "Vladivostok", "Владивосток"] {
            assert_eq!(of(EntityKind::Place, name, "ru"), Some((132.0, 43.0)), "{name}");
        }
        assert_eq!(of(EntityKind::Place, "Black Sea", ""), None);
        assert_eq!(of(EntityKind::Person, "Paris", "fr"), None);
    }

    #[test]
    fn every_point_is_on_the_globe_and_every_place_has_its_name_in_the_gazetteer() {
        let all = [&FILE.countries, &FILE.capitals, &FILE.places].into_iter().flatten();
        for (name, [east, north]) in all {
            assert!((-180.0..=180.0).contains(east) && (-90.0..=90.0).contains(north), "{name}");
        }
        assert!(FILE.countries.len() > 180 && FILE.capitals.len() > 170 && FILE.places.len() > 300);
        for name in FILE.places.keys() {
            assert_eq!(usual(name), Some(name.as_str()));
        }
    }
}
