//! The operations, with the parameters that they declare, for the OpenAPI description.

use super::params::Param;
use super::{adjacent, catalog, matching, reconcile, search, suggest};
use crate::openapi::yente::{
    Adjacent, AlgorithmList, Catalog, FtmEntity, Manifest, MatchAnswer, MatchQuery, Page, PropertyList,
    Ready, ReconcileAnswer, ReconcileForm, SearchAnswer, Status, Suggestions,
};
use crate::openapi::{Media, Operation};

const REFUSALS: (&[u16], Media) = (&[400, 404, 422], Media::refusal());

const fn get(
    path: &'static str,
    summary: &'static str,
    params: &'static [Param],
    answer: &'static [Media],
) -> Operation {
    Operation::get((path, "yente"), summary, params, answer, REFUSALS)
}

/// What has neither parameters that can be wrong nor a data set that may not be there.
const fn state(path: &'static str, summary: &'static str, answer: &'static [Media]) -> Operation {
    Operation::get((path, "service"), summary, &[], answer, (&[], Media::refusal()))
}

/// All of them.
pub(crate) const OPERATIONS: &[Operation] = &[
    get(
        "/search/{dataset}",
        "Text search with filters and facets",
        search::PARAMS,
        &[Media::json::<SearchAnswer>()],
    ),
    Operation {
        method: "post",
        body: &[Media::json::<MatchQuery>().such_as(MATCH_EXAMPLE)],
        ..get(
            "/match/{dataset}",
            "Which entities may these examples be, and why",
            matching::PARAMS,
            &[Media::json::<MatchAnswer>()],
        )
    },
    get(
        "/entities/{id}",
        "One entity, with those around it",
        adjacent::ENTITY_PARAMS,
        &[Media::json::<FtmEntity>()],
    ),
    get(
        "/entities/{id}/adjacent",
        "What is next to an entity, property by property",
        adjacent::ADJACENT_PARAMS,
        &[Media::json::<Adjacent>()],
    ),
    get(
        "/entities/{id}/adjacent/{property}",
        "What is next to an entity by one property",
        adjacent::ADJACENT_PARAMS,
        &[Media::json::<Page>()],
    ),
    get(
        "/reconcile/{dataset}",
        "Reconciliation API 0.2: what the service can do",
        &[],
        &[Media::json::<Manifest>()],
    ),
    Operation {
        method: "post",
        body: &[Media::of::<ReconcileForm>("application/x-www-form-urlencoded").such_as(RECONCILE_EXAMPLE)],
        ..get(
            "/reconcile/{dataset}",
            "Reconciliation API 0.2: queries, or data extension",
            reconcile::PARAMS,
            &[Media::json::<ReconcileAnswer>()],
        )
    },
    get(
        "/reconcile/{dataset}/suggest/entity",
        "Entities whose name begins so",
        suggest::PARAMS,
        &[Media::json::<Suggestions>()],
    ),
    get(
        "/reconcile/{dataset}/suggest/property",
        "Properties whose name begins so",
        suggest::PARAMS,
        &[Media::json::<Suggestions>()],
    ),
    get(
        "/reconcile/{dataset}/suggest/type",
        "Types whose name begins so",
        suggest::PARAMS,
        &[Media::json::<Suggestions>()],
    ),
    get(
        "/reconcile/{dataset}/extend/property",
        "Properties that may be added",
        suggest::EXTENSION_PARAMS,
        &[Media::json::<PropertyList>()],
    ),
    state("/catalog", "The data sets and their versions", &[Media::json::<Catalog>()]),
    state(
        "/algorithms",
        "The names under which a comparison may be asked for",
        &[Media::json::<AlgorithmList>()],
    ),
    state("/healthz", "Whether the service runs", &[Media::json::<Status>()]),
    state("/readyz", "Whether the service can answer", &[Media::json::<Ready>()]),
    Operation {
        method: "post",
        params: catalog::UPDATE_PARAMS,
        refusals: (&[422, 500], Media::refusal()),
        ..state("/updatez", "Load the data anew", &[Media::json::<Status>()])
    },
];

const MATCH_EXAMPLE: &str = r#"{"queries": {"q1": {"schema": "Person", "properties": {"name": ["Kim Jong Un"], "birthDate": ["1984"]}}}}"#;

const RECONCILE_EXAMPLE: &str = r#"{"queries": "{\"q\": {\"query\": \"Anna Muster\"}}"}"#;
