//! The operations, with the parameters that they declare, for the OpenAPI description.

use super::params::Param;
use super::{adjacent, catalog, matching, reconcile, search, suggest};
use crate::openapi::Operation;

const fn get(path: &'static str, summary: &'static str, params: &'static [Param]) -> Operation {
    Operation { method: "get", path, summary, params, body: None, answers: &[200, 400, 404, 422] }
}

/// All of them.
pub(crate) const OPERATIONS: &[Operation] = &[
    get("/search/{dataset}", "Text search with filters and facets", search::PARAMS),
    Operation {
        method: "post",
        path: "/match/{dataset}",
        summary: "Which entities may these examples be, and why",
        params: matching::PARAMS,
        body: Some(("application/json", MATCH_EXAMPLE)),
        answers: &[200, 400, 404, 422],
    },
    get("/entities/{id}", "One entity, with those around it", adjacent::ENTITY_PARAMS),
    get(
        "/entities/{id}/adjacent",
        "What is next to an entity, property by property",
        adjacent::ADJACENT_PARAMS,
    ),
    get(
        "/entities/{id}/adjacent/{property}",
        "What is next to an entity by one property",
        adjacent::ADJACENT_PARAMS,
    ),
    get("/reconcile/{dataset}", "Reconciliation API 0.2: what the service can do", &[]),
    Operation {
        method: "post",
        path: "/reconcile/{dataset}",
        summary: "Reconciliation API 0.2: queries, or data extension",
        params: reconcile::PARAMS,
        body: Some(("application/x-www-form-urlencoded", r#"queries={"q": {"query": "Anna Muster"}}"#)),
        answers: &[200, 400, 404, 422],
    },
    get("/reconcile/{dataset}/suggest/entity", "Entities whose name begins so", suggest::PARAMS),
    get("/reconcile/{dataset}/suggest/property", "Properties whose name begins so", suggest::PARAMS),
    get("/reconcile/{dataset}/suggest/type", "Types whose name begins so", suggest::PARAMS),
    get("/reconcile/{dataset}/extend/property", "Properties that may be added", suggest::EXTENSION_PARAMS),
    get("/catalog", "The data sets and their versions", &[]),
    get("/algorithms", "The names under which a comparison may be asked for", &[]),
    get("/healthz", "Whether the service runs", &[]),
    get("/readyz", "Whether the service can answer", &[]),
    Operation {
        method: "post",
        path: "/updatez",
        summary: "Load the data anew",
        params: catalog::UPDATE_PARAMS,
        body: None,
        answers: &[200, 403],
    },
];

const MATCH_EXAMPLE: &str = r#"{"queries": {"q1": {"schema": "Person", "properties": {"name": ["Kim Jong Un"], "birthDate": ["1984"]}}}}"#;
