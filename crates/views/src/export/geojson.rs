//! `GeoJSON` (RFC 7946): the places of a case with what is told of them. The gazetteer has no coordinates yet, so the features
//! are unlocated (`geometry` null, section 3.2); name and country let a map's own gazetteer place them.

use super::graph::events;
use crate::words;
use lagebild_case::{Case, CaseEntity};
use lagebild_entities::EntityKind;
use serde_json::{Value, json};

/// The places of the case as a collection of features.
pub fn text(case: &Case) -> String {
    let places = case.entities.iter().filter(|entity| entity.kind == EntityKind::Place);
    let features: Vec<Value> = places.map(|place| feature(case, place)).collect();
    format!("{:#}\n", json!({"type": "FeatureCollection", "features": features}))
}

fn feature(case: &Case, place: &CaseEntity) -> Value {
    let here = events(case).filter(|(document, event)| {
        event.place.and_then(|id| words::case_id(case, *document, id)) == Some(place.id)
    });
    let told: Vec<Value> = here
        .map(|(document, event)| {
            json!({
                "type": event.kind,
                "words": case.readings.get(document).map(|reading| words::words(reading, event.span)),
                "date": event.date.as_ref().map(words::dates),
                "certainty": event.certainty,
                "document": words::document(case, document),
            })
        })
        .collect();
    let documents: std::collections::BTreeSet<String> =
        place.appearances.iter().map(|at| words::document(case, at.document)).collect();
    json!({
        "type": "Feature",
        "id": place.id,
        "geometry": null,
        "properties": {"name": place.name, "names": place.names, "country": place.country, "documents": documents, "events": told},
    })
}
