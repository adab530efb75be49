//! Pages to work with, made on the server: without scripting everything still works. A question for one name stands in its
//! address, so that "back" works; articles and tables are sent in the body.

mod hit;
mod layout;
mod lists;
mod measures;
mod party;
mod reading;
mod screening;
mod table;
mod together;
mod words;

pub(crate) use reading::LANGUAGES;

use crate::app::Shared;
use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;

const STYLE: &str = include_str!("../../assets/server.css");
const SCRIPT: &str = include_str!("../../assets/server.js");
const ICON: &str = include_str!("../../assets/icon.svg");

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(reading::form).post(reading::read))
        .route("/screen", get(screening::form).post(screening::screen))
        .route("/find", get(party::search))
        .route("/party/{id}", get(party::party))
        .route("/party/{id}/preview", get(party::preview))
        .route("/lists", get(lists::lists))
        .route("/measures", get(measures::list))
        .route("/measures/{id}", get(measures::one))
        .route("/assets/server.css", get(|| async { asset("text/css; charset=utf-8", STYLE) }))
        .route("/assets/server.js", get(|| async { asset("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/assets/icon.svg", get(|| async { asset("image/svg+xml", ICON) }))
        .route("/favicon.ico", get(|| async { asset("image/svg+xml", ICON) }))
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([("content-type", kind), ("cache-control", "max-age=3600")], text)
}
