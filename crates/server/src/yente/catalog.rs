//! `/catalog` and the state of the service.

use super::Refusal;
use super::params::{Param, ParamKind, Params};
use super::refusal::json_response;
use crate::app::{Now, Shared};
use crate::data::{DatasetConfig, Snapshot};
use crate::guard::age;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What `/updatez` takes.
pub(crate) const UPDATE_PARAMS: &[Param] = &[
    Param { name: "token", kind: ParamKind::Text(""), title: "Update token" },
    Param { name: "sync", kind: ParamKind::Flag(Some(false)), title: "Answer when it is done" },
];

/// Lists the data sets.
pub(super) async fn catalog(Now(snapshot): Now, headers: HeaderMap) -> Response {
    let datasets: Vec<Value> = snapshot.config.datasets.iter().map(|it| described(&snapshot, it)).collect();
    let current: Vec<&str> = snapshot.config.datasets.iter().map(|it| it.name.as_str()).collect();
    let body = json!({"datasets": datasets, "current": current, "outdated": [], "index_stale": false});
    let tag = format!("{:x}", Sha256::digest(body.to_string()));
    let tag = format!("\"{}\"", tag.get(..40).unwrap_or(&tag));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    let mut response =
        if known.is_some_and(|known| known.split(',').any(|it| it.trim() == tag || it.trim() == "*")) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            json_response(StatusCode::OK, &body)
        };
    let headers = response.headers_mut();
    headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

fn described(snapshot: &Snapshot, dataset: &DatasetConfig) -> Value {
    let version = snapshot.version(&dataset.name);
    let stated = match version {
        Some(version) => version.stated.clone(),
        None => snapshot.hash().get(..12).unwrap_or_default().to_owned(),
    };
    let source = dataset.children.is_empty();
    let url = dataset
        .entities_url
        .clone()
        .or_else(|| dataset.path.as_ref().map(|path| format!("file://{}", path.display())));
    json!({
        "name": dataset.name, "title": dataset.title(), "license": dataset.license, "summary": dataset.summary,
        "description": null, "url": dataset.url, "updated_at": null, "last_export": null,
        "entity_count": version.map(|it| it.entities), "thing_count": null, "version": stated, "category": null,
        "tags": [], "publisher": null, "coverage": null, "resources": [], "children": dataset.children,
        "deprecation": null, "deprecated": false, "load": source, "entities_url": url, "delta_url": null,
        "namespace": false, "index_version": stated, "index_current": true,
        "checksum": version.map(|it| &it.hash),
    })
}

/// The service runs.
pub(super) async fn health() -> Response {
    json_response(StatusCode::OK, &json!({"status": "ok"}))
}

/// The service can answer: its data is loaded. How old that is and why it is no younger stands beside, without names of files.
/// Whoever asks before nobody has to wait any more waits.
pub(super) async fn ready(State(app): State<Shared>, Now(snapshot): Now) -> Response {
    if !snapshot.is_prepared() {
        let preparing = std::sync::Arc::clone(&snapshot);
        let _ = tokio::task::spawn_blocking(move || preparing.prepare()).await;
    }
    let lists: Vec<Value> = snapshot
        .versions
        .iter()
        .map(|it| json!({"dataset": it.dataset, "date": it.date, "age_days": age(&it.date, app.today())}))
        .collect();
    let failed = app.failure().map(|failure| failure.at.to_string());
    let loaded = snapshot.loaded.to_string();
    let status = json!({"status": "ok", "loaded": loaded, "lists": lists, "reload_failed": failed});
    json_response(StatusCode::OK, &status)
}

/// Loads the data anew.
pub(super) async fn update(State(app): State<Shared>, RawQuery(raw): RawQuery) -> Result<Response, Refusal> {
    let params = Params::parse(UPDATE_PARAMS, raw.as_deref(), app.strict())?;
    let given = Sha256::digest(params.text("token"));
    let allowed =
        app.update_token().is_some_and(|wanted| bool::from(wanted.as_slice().ct_eq(given.as_slice())));
    if !allowed {
        return Err(Refusal::Detail(StatusCode::FORBIDDEN, "Invalid token.".into()));
    }
    if params.flag("sync") == Some(true) {
        let reloading = app.clone();
        let done = tokio::task::spawn_blocking(move || reloading.reload()).await;
        let error = |why: String| Refusal::Detail(StatusCode::INTERNAL_SERVER_ERROR, why);
        done.map_err(|why| error(why.to_string()))?.map_err(|why| error(why.to_string()))?;
    } else {
        tokio::task::spawn_blocking(move || app.reload());
    }
    Ok(json_response(StatusCode::OK, &json!({"status": "ok"})))
}
