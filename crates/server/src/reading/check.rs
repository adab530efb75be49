//! `POST /check`: a flow against measures.

use super::Problem;
use crate::app::Shared;
use crate::openapi::reading::Flow as Asked;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use lagebild_ftm::{Kind, clean};
use lagebild_goods::Goods;
use lagebild_measures::{Flow, Measures};
use serde_json::json;

/// A body for the description.
pub(super) const EXAMPLE: &str =
    r#"{"from": "KP", "to": "RU", "goods": "artillery_ammunition", "on": "2023-09-13"}"#;

/// Checks a flow.
pub(super) async fn check(State(app): State<Shared>, body: Bytes) -> Result<Response, Problem> {
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| wrong(error.to_string()))?;
    if asked.from.is_none() && asked.to.is_none() {
        return Err(wrong("Give `from`, `to` or both."));
    }
    if asked.goods.is_none() && asked.listed.is_empty() {
        return Err(wrong("Give `goods`, `listed` or both."));
    }
    if let Some(class) = asked.goods.as_deref().filter(|class| Goods::shipped().class(class).is_none()) {
        let near = Goods::shipped().nearest(class).join(", ");
        return Err(wrong(format!("There is no class of goods `{class}`. Near it: {near}")));
    }
    let flow = Flow {
        from: asked.from.as_deref().map(country).transpose()?,
        to: asked.to.as_deref().map(country).transpose()?,
        class: asked.goods,
        quantity: asked.quantity,
        listed_parties: asked.listed,
        ..Flow::default()
    };
    let on = asked.on.unwrap_or_else(|| app.today());
    let measures = Measures::shipped();
    let answer = json!({"as_of": on, "measures": measures.hash(), "findings": measures.check(&flow, on)});
    Ok(([("content-type", "application/json")], answer.to_string()).into_response())
}

/// The code of a country that exists, given as a code or a name.
fn country(given: &str) -> Result<String, Problem> {
    let code = clean(Kind::Country, given).filter(|code| code.len() == 2);
    let unknown = || {
        wrong(format!(
            "`{given}` is no country. Give its code of two letters (ISO 3166-1 alpha-2, such as KP) or its English name."
        ))
    };
    Ok(code.ok_or_else(unknown)?.to_ascii_uppercase())
}

fn wrong(why: impl Into<String>) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why)
}
