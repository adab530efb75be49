//! `POST /spot`: listed names in a text, without grammar.

use super::Problem;
use super::read::starter;
use crate::app::{Now, Shared};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::json;

/// A text of more bytes waits for its turn among the readings, so that short ones stay quick.
const LONG: usize = 20_000;

/// Finds listed names.
pub(super) async fn spot(
    State(app): State<Shared>,
    Now(snapshot): Now,
    body: Bytes,
) -> Result<Response, Problem> {
    let text = String::from_utf8(body.into())
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, format!("The text is not UTF-8: {error}.")))?;
    if text.trim().is_empty() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "There is no text to look through."));
    }
    let pool = if text.len() > LONG { app.long() } else { app.quick() };
    let answer = pool.run(move |_| {
        let watchlist = snapshot.knowledge().watchlist;
        let spotted: Vec<_> = watchlist
            .spot(&text, None)
            .into_iter()
            .map(|it| {
                let words = text.get(it.span.start() as usize..it.span.end() as usize).unwrap_or_default();
                json!({
                    "start": it.span.start(), "end": it.span.end(), "text": words,
                    "inflected": it.inflected, "partial": it.partial, "candidates": it.candidates,
                })
            })
            .collect();
        let mut answer = json!({"watchlist": watchlist.stamp(), "spotted": spotted});
        if let Some(said) = starter(&snapshot) {
            answer["warnings"] = json!([said]);
        }
        answer.to_string()
    });
    let answer = answer.await.map_err(Problem::from)?;
    Ok(([("content-type", "application/json")], answer).into_response())
}
