//! The service over small data of our own.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its own part; a test stops where something is missing"
)]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use lagebild_server::{App, Settings, Shared, router};
use serde_json::Value;
use std::path::Path;
use tower::ServiceExt;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        self.json["results"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect()
    }
}

/// Settings for the data of these tests.
pub(crate) fn settings() -> Settings {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    Settings { config: Some(data.join("config.yaml")), lists: data.join("no-lists"), ..Settings::default() }
}

pub(crate) fn app(settings: Settings) -> Shared {
    App::start(settings).unwrap()
}

pub(crate) fn service() -> Router {
    router(app(settings()))
}

pub(crate) async fn send(service: &Router, request: Request<Body>) -> Answer {
    let response = service.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    let json = serde_json::from_str(&text).unwrap_or_default();
    Answer { status: parts.status, headers: parts.headers, text, json }
}

pub(crate) async fn get(service: &Router, path: &str) -> Answer {
    send(service, Request::get(path).header("host", "localhost").body(Body::empty()).unwrap()).await
}

pub(crate) async fn post(service: &Router, path: &str, kind: &str, body: &str) -> Answer {
    let request = Request::post(path).header("host", "localhost").header("content-type", kind);
    send(service, request.body(Body::from(body.to_owned())).unwrap()).await
}
