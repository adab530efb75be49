//! `POST /spot`: listed names in a text, without grammar.

use super::{MOST_TEXT, Problem};
use crate::app::Shared;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::json;

/// Finds listed names.
pub(super) async fn spot(State(app): State<Shared>, body: Bytes) -> Result<Response, Problem> {
    if body.len() > MOST_TEXT {
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("More than {MOST_TEXT} bytes of text."),
        ));
    }
    let text = String::from_utf8(body.into())
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, format!("The text is not UTF-8: {error}.")))?;
    let snapshot = app.snapshot();
    let answer = app.on_worker(move || {
        let watchlist = snapshot.knowledge().watchlist;
        let spotted: Vec<_> = watchlist
            .spot(&text, None)
            .into_iter()
            .map(|it| {
                let words = text.get(it.span.start as usize..it.span.end as usize).unwrap_or_default();
                json!({
                    "start": it.span.start, "end": it.span.end, "text": words,
                    "inflected": it.inflected, "partial": it.partial, "candidates": it.candidates,
                })
            })
            .collect();
        json!({"watchlist": watchlist.stamp(), "spotted": spotted}).to_string()
    });
    let answer = answer.await.map_err(Problem::from)?;
    Ok(([("content-type", "application/json")], answer).into_response())
}
