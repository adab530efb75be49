//! `GET /algorithms`: the names under which a comparison may be asked for (`data/server/algorithms.yaml`).

use super::Refusal;
use super::refusal::json_response;
use axum::http::StatusCode;
use axum::response::Response;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// What `best` stands for.
const BEST: &str = "logic-v2";

/// A name of the comparison.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Algorithm {
    pub(super) name: String,
    pub(super) compares: Compares,
    /// Features and the fields that they stand for.
    pub(super) features: IndexMap<String, String>,
    #[serde(default)]
    pub(super) config: IndexMap<String, String>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Compares {
    /// Names only.
    Names,
    /// Names and everything else that is known.
    Records,
}

static ALGORITHMS: LazyLock<Vec<Algorithm>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/algorithms.json"));
    lagebild_data::embedded("server/algorithms", json).unwrap_or_default()
});

/// The algorithm of a name.
pub(super) fn by_name(name: &str) -> Result<&'static Algorithm, Refusal> {
    let name = if name == "best" { BEST } else { name };
    let found = ALGORITHMS.iter().find(|algorithm| algorithm.name == name);
    found.ok_or_else(|| Refusal::bad(format!("Invalid algorithm: {name}")))
}

impl Algorithm {
    /// The feature that explains what a field did to the score: one that is named for agreement where it agreed, one that is
    /// named for its opposite where it did not. None where the algorithm has no such feature.
    pub(super) fn feature(&self, field: &str, agrees: bool) -> Option<&str> {
        let tells_against = |feature: &str| feature.ends_with("_mismatch") || feature.ends_with("_disjoint");
        let of_field = self.features.iter().filter(|(_, of)| *of == field);
        let mut features = of_field.map(|(feature, _)| feature.as_str());
        features.find(|feature| tells_against(feature) != agrees)
    }

    /// How much a field counts when features are given weights: the greatest weight of its features; 1 when none has one.
    pub(super) fn weight(&self, field: &str, weights: &IndexMap<String, f64>) -> f64 {
        let of_field = self.features.iter().filter(|(_, of)| *of == field);
        of_field.filter_map(|(feature, _)| weights.get(feature)).copied().reduce(f64::max).unwrap_or(1.0)
    }

    fn described(&self) -> Value {
        let what = match self.compares {
            Compares::Names => "names only",
            Compares::Records => "names, dates, countries, gender, identifiers and addresses",
        };
        let description = format!(
            "Lagebild's comparison of {what}, under the name and with the feature names that clients of yente know."
        );
        let features: IndexMap<&str, Value> = self
            .features
            .iter()
            .map(|(name, field)| {
                let words = format!("What the field `{field}` adds to or takes from the score.");
                let url = "https://github.com/lagebild/lagebild";
                (name.as_str(), json!({"description": words, "coefficient": 1.0, "url": url}))
            })
            .collect();
        let config: IndexMap<&str, Value> = self
            .config
            .iter()
            .map(|(name, kind)| {
                let words = "Accepted for compatibility, without effect.";
                (name.as_str(), json!({"type": kind, "description": words, "default": null}))
            })
            .collect();
        let docs =
            json!({"name": self.name, "description": description, "config": config, "features": features});
        json!({"name": self.name, "description": description, "features": features, "docs": docs})
    }
}

/// Lists them.
pub(super) async fn list() -> Response {
    let all: Vec<Value> = ALGORITHMS.iter().map(Algorithm::described).collect();
    json_response(StatusCode::OK, &json!({"algorithms": all, "default": "best", "best": BEST}))
}

#[cfg(test)]
mod tests {
    use super::by_name;

    #[test]
    fn features_are_read_and_unknown_names_refused() {
        let best = by_name("best").unwrap();
        assert_eq!((best.name.as_str(), best.feature("name", true)), ("logic-v2", Some("name_match")));
        assert_eq!(best.feature("country", false), Some("country_mismatch"));
        assert_eq!(best.feature("country", true), Some("country_match"));
        assert_eq!(best.feature("identifier", true), Some("identifier_match"));
        assert!(by_name("nope").is_err());
        let weights = [("name_match".to_owned(), 0.5)].into();
        assert!((best.weight("name", &weights) - 0.5).abs() < 1e-9);
        assert!((best.weight("gender", &weights) - 1.0).abs() < 1e-9);
    }
}
