//! The API of yente (<https://www.opensanctions.org/docs/yente/>), version 5: the same paths, parameters, answers and
//! refusals, so that its clients and OpenRefine work unchanged.

mod adjacent;
mod algorithms;
mod catalog;
mod filter;
mod matching;
mod operations;
mod params;
mod reconcile;
mod refusal;
mod search;
mod suggest;

pub(crate) use operations::OPERATIONS;
pub(crate) use params::{Param, ParamKind, Params};
pub use refusal::Refusal;

use crate::app::Shared;
use axum::Router;
use axum::routing::{get, post};

/// Results on a page that may be asked for.
const MOST_RESULTS: i64 = 500;
/// Results that can be reached by turning pages.
const WINDOW: usize = 10_000;
/// Queries in one request.
const MOST_QUERIES: usize = 100;

/// The routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/search/{dataset}", get(search::search))
        .route("/match/{dataset}", post(matching::matching))
        .route("/entities/{id}", get(adjacent::entity))
        .route("/entities/{id}/adjacent", get(adjacent::adjacent))
        .route("/entities/{id}/adjacent/{property}", get(adjacent::of_property))
        .route("/reconcile/{dataset}", get(reconcile::manifest).post(reconcile::reconcile))
        .route("/reconcile/{dataset}/suggest/entity", get(suggest::entity))
        .route("/reconcile/{dataset}/suggest/property", get(suggest::property))
        .route("/reconcile/{dataset}/suggest/type", get(suggest::schema))
        .route("/reconcile/{dataset}/extend/property", get(suggest::extension))
        .route("/catalog", get(catalog::catalog))
        .route("/algorithms", get(algorithms::list))
        .route("/healthz", get(catalog::health))
        .route("/readyz", get(catalog::ready))
        .route("/updatez", post(catalog::update))
}
