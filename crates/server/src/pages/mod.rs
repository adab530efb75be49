//! Pages to work with, made on the server: without scripting everything still works. A question for one name stands in its
//! address, so that "back" works; articles and tables are sent in the body.

mod desk;
mod hit;
mod layout;
mod lists;
mod measures;
mod party;
mod provider;
mod reading;
mod screening;
mod sign;
mod table;
mod together;
mod words;

pub(crate) use desk::OPERATIONS as DESK_OPERATIONS;
pub(crate) use desk::routes as desk_routes;
pub(crate) use provider::OPERATIONS as PROVIDER_OPERATIONS;
pub(crate) use reading::LANGUAGES;
pub(crate) use sign::OPERATIONS as SIGN_OPERATIONS;
pub(crate) use sign::routes as sign_routes;

use crate::app::Shared;
use crate::openapi::forms::{ArticleForm, ScreeningForm};
use crate::openapi::{Media, Operation};
use crate::yente::{Param, ParamKind};
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

const LANG: Param = text("lang", "Language of the page: en or de");

const PAGE: &[Media] = &[Media::text("text/html")];

const fn text(name: &'static str, title: &'static str) -> Param {
    Param { name, kind: ParamKind::Text(""), title }
}

const fn page(path: &'static str, summary: &'static str, params: &'static [Param]) -> Operation {
    Operation::get((path, "pages"), summary, params, PAGE, (&[404, 422], Media::text("text/html")))
}

/// The operations, for the OpenAPI description.
pub(crate) const OPERATIONS: &[Operation] = &[
    page("/", "The page that reads", &[LANG]),
    Operation {
        method: "post",
        body: &[Media::of::<ArticleForm>("multipart/form-data")],
        ..page("/", "What was pasted or uploaded, read, as a page", &[LANG])
    },
    page(
        "/screen",
        "The page that screens, with the answer where something is asked for",
        &[
            LANG,
            text("name", "Name to look for"),
            text("identifier", "Number of a passport, a register, a ship"),
            text("schema", "Type of entity"),
            text("birthDate", "Day or year of birth"),
            text("country", "Country"),
            text("threshold", "Least score, from 0 to 1"),
            text("page", "Which page of the hits"),
        ],
    ),
    Operation {
        method: "post",
        body: &[Media::of::<ScreeningForm>("application/x-www-form-urlencoded")],
        ..page("/screen", "A table or a name, screened, as a page", &[LANG])
    },
    page("/find", "Entities that a text finds", &[LANG, text("q", "Query"), text("page", "Which page")]),
    page("/party/{id}", "One entity, as a page", &[LANG]),
    page("/party/{id}/preview", "One entity, in short", &[LANG]),
    page("/lists", "The lists that are served", &[LANG]),
    page(
        "/measures",
        "The provisions in force on a day",
        &[LANG, text("on", "Day"), text("regime", "Regime")],
    ),
    page("/measures/{id}", "One provision", &[LANG]),
];
