//! `GeoJSON` (RFC 7946): the countries and places of a case with what is told of them. What the gazetteer knows no point of (regions,
//! waters, small towns) is unlocated (`geometry` null, section 3.2) and says so; name and country let a map's own gazetteer place it.

use super::graph::{events, kind};
use crate::words;
use lagebild_case::{Case, CaseEntity};
use lagebild_entities::EntityKind;
use serde_json::{Value, json};

/// The countries and places of the case as a collection of features.
pub fn text(case: &Case) -> String {
    let lies = |kind| matches!(kind, EntityKind::Place | EntityKind::Country);
    let places = case.entities.iter().filter(|entity| lies(entity.kind));
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
    let geometry = place.point.map(|at| json!({"type": "Point", "coordinates": [at.longitude, at.latitude]}));
    let located = match (place.kind, place.point) {
        (_, None) => "no: the gazetteer has no point of it",
        (EntityKind::Country, _) => "a point within the country",
        _ => "the place",
    };
    json!({
        "type": "Feature",
        "id": place.id,
        "geometry": geometry,
        "properties": {
            "name": place.name,
            "names": place.names,
            "kind": kind(place),
            "country": place.country,
            "located": located,
            "documents": documents,
            "events": told,
        },
    })
}
