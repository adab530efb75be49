//! One process that answers over HTTP: the screening API that people already use (`yente`), reading (`reading`), and
//! pages to work with (`pages`). It does nothing that the parts before it do: it checks requests, asks them, and writes
//! answers.
//!
//! ```text
//! connection ── limits, identity, headers (guard) ── routes ── one Snapshot of the data ── answer
//! ```
//!
//! Knows HTTP, who asks and how much. It must not know how names compare or articles are read, keeps nothing that it is
//! asked but what is decided at the desk (`desk`, off by default), and makes no connection of its own but to the identity
//! provider that it was given (`oidc`, off by default).

pub mod app;
pub mod data;
pub mod desk;
pub mod guard;
pub mod oidc;
mod openapi;
mod pages;
pub mod query;
pub mod reading;
pub mod replay;
pub mod serve;
mod shown;
mod work;
pub mod yente;

pub use app::{App, Settings, Shared, StartError};
pub use openapi::description;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;

/// All routes, with the guard in front of them.
pub fn router(app: Shared) -> Router {
    // How much a body may have is the guard's business, which has all of it before a route sees it.
    let body = DefaultBodyLimit::disable();
    let guard = axum::middleware::from_fn_with_state(Shared::clone(&app), guard::guard);
    let desk = if app.desk().is_some() { pages::desk_routes() } else { Router::new() };
    let sign = if app.sign_in().is_some() { pages::sign_routes() } else { Router::new() };
    Router::new()
        .merge(yente::routes())
        .merge(reading::routes())
        .merge(pages::routes())
        .merge(desk)
        .merge(sign)
        .route("/openapi.json", get(openapi::openapi))
        .route("/metrics", get(metrics))
        .fallback(|| async { yente::Refusal::not_found("Not Found") })
        .method_not_allowed_fallback(|| async {
            yente::Refusal::Detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed".into())
        })
        .layer(body)
        .layer(guard)
        .with_state(app)
}

async fn metrics(State(app): State<Shared>) -> impl IntoResponse {
    let text = app.metrics().text() + &crate::guard::state(&app);
    ([("content-type", "text/plain; version=0.0.4")], text)
}
