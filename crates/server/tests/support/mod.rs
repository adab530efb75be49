//! The service over small data of our own.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its own part; a test stops where something is missing"
)]

pub(crate) mod browser;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use lagebild_server::{App, Settings, Shared, router};
use lagebild_watchlist::store::{Addition, Care, Store};
use serde_json::Value;
use std::path::{Path, PathBuf};
use tower::ServiceExt;

/// A list store in a folder of its own, removed at the end.
pub(crate) struct Lists(pub(crate) PathBuf);

impl Lists {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lagebild-server-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn store(&self) -> Store {
        Store::new(self.0.join("lists"))
    }

    /// Adds a list of persons.
    pub(crate) fn add(&self, list: &str, names: &[&str]) {
        let file = self.0.join("file");
        let line = |(at, name): (usize, &&str)| {
            format!("{{\"id\":\"{at}\",\"schema\":\"Person\",\"caption\":\"{name}\"}}\n")
        };
        std::fs::write(&file, names.iter().enumerate().map(line).collect::<String>()).unwrap();
        let today = "2026-01-01".parse().unwrap();
        let addition = Addition { name: list, files: &[file], source: "", today, care: Care::Force };
        self.store().add(&addition).unwrap();
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings { lists: self.0.join("lists"), ..Settings::default() }
    }
}

impl Drop for Lists {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

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
