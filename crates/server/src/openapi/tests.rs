//! The description names what there is, and says what really comes.

use super::shapes::{Problem, Refusal, forms, reading, yente};
use super::{description, operations};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use tower::ServiceExt;

/// Every value in a description with the way to it.
fn walk(value: &Value, way: &str, seen: &mut dyn FnMut(&str, &str, &Value)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                seen(way, key, value);
                walk(value, &format!("{way}/{key}"), seen);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| walk(value, way, seen)),
        _ => {}
    }
}

/// The routes as the sources write them; what is no operation (style sheet, icon) is left out.
fn routes() -> BTreeSet<String> {
    let sources = [
        include_str!("../lib.rs"),
        include_str!("../yente/mod.rs"),
        include_str!("../reading/mod.rs"),
        include_str!("../pages/mod.rs"),
        include_str!("../pages/desk/mod.rs"),
        include_str!("../pages/sign.rs"),
        include_str!("../pages/provider.rs"),
    ];
    let routes = sources.iter().flat_map(|text| text.split(".route(\"").skip(1));
    let mut found = BTreeSet::new();
    for route in routes {
        let (path, rest) = route.split_once('"').unwrap();
        let line = rest.lines().next().unwrap();
        for method in ["get", "post"].iter().filter(|method| line.contains(&format!("{method}("))) {
            found.insert(format!("{method} {path}"));
        }
    }
    found.retain(|it| !it.contains("/assets/") && !it.contains("/favicon"));
    found
}

#[test]
fn every_route_is_described() {
    let described: BTreeSet<String> = operations().map(|it| format!("{} {}", it.method, it.path)).collect();
    assert_eq!(described, routes());
}

#[test]
fn references_resolve_and_nothing_is_null() {
    let api = description();
    let mut wrong = Vec::new();
    walk(&api, "", &mut |way, key, value| {
        if key == "$ref" {
            let place = value.as_str().unwrap().trim_start_matches('#');
            if api.pointer(place).is_none() {
                wrong.push(format!("{way}: {place}"));
            }
        }
        if key == "default" && value.is_null() && !way.ends_with("/properties") {
            wrong.push(format!("{way}: null default"));
        }
        if key == "schema"
            && value.as_object().is_some_and(serde_json::Map::is_empty)
            && !way.contains("openapi.json")
        {
            wrong.push(format!("{way}: no schema"));
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1."));
    let ids: Vec<String> = operations().map(|it| format!("{}{}", it.method, it.path)).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn words_are_those_that_are_sent() {
    let api = description();
    let words = |name: &str| api["components"]["schemas"][name]["enum"].to_string();
    assert!(words("Verdict").contains("touched_indirectly"));
    assert!(words("Manner").contains("free_indirect") && words("EntityKind").contains("organisation"));
}

/// One service for all tests.
static SERVICE: std::sync::OnceLock<axum::Router> = std::sync::OnceLock::new();

async fn ask(method: &str, path: &str, body: &str) -> (StatusCode, String) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let settings = crate::Settings {
        config: Some(data.join("config.yaml")),
        lists: data.join("no-lists"),
        update_token: Some(<sha2::Sha256 as sha2::Digest>::digest("open").into()),
        ..crate::Settings::default()
    };
    let service = SERVICE.get_or_init(|| crate::router(crate::App::start(settings).unwrap()));
    let media = if body.starts_with('{') { "application/json" } else { "text/plain" };
    let request = Request::builder().method(method).uri(path).header("host", "localhost");
    let request = request.header("content-type", media).body(Body::from(body.to_owned())).unwrap();
    let answer = service.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    (status, String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
}

/// Asks, and reads the answer into its form.
async fn fits<T: DeserializeOwned>(status: u16, method: &str, path: &str, body: &str) {
    let (came, text) = ask(method, path, body).await;
    assert_eq!(came.as_u16(), status, "{path}: {text}");
    let read: Result<T, _> = serde_json::from_str(&text);
    assert!(read.is_ok(), "{path}: {}: {text}", read.err().unwrap());
}

#[tokio::test]
async fn answers_have_the_forms_that_are_described() {
    let example = r#"{"queries": {"q": {"schema": "Person", "properties": {"name": ["Anna Mustermann"], "birthDate": ["1971"]}}}}"#;
    fits::<yente::MatchAnswer>(200, "POST", "/match/default", example).await;
    assert!(serde_json::from_str::<yente::MatchQuery>(example).is_ok());
    fits::<yente::SearchAnswer>(200, "GET", "/search/default?q=anna&topics=nothing", "").await;
    fits::<yente::FtmEntity>(200, "GET", "/entities/hb-anna", "").await;
    fits::<yente::Adjacent>(200, "GET", "/entities/hb-anna/adjacent", "").await;
    fits::<yente::Page>(200, "GET", "/entities/hb-anna/adjacent/addressEntity", "").await;
    fits::<yente::Manifest>(200, "GET", "/reconcile/default", "").await;
    let form = "queries=%7B%22q%22%3A%7B%22query%22%3A%22Anna%20Mustermann%22%7D%7D";
    fits::<yente::ReconcileAnswer>(200, "POST", "/reconcile/default", form).await;
    let form =
        "extend=%7B%22ids%22%3A%5B%22hb-anna%22%5D%2C%22properties%22%3A%5B%7B%22id%22%3A%22name%22%7D%5D%7D";
    fits::<yente::Extension>(200, "POST", "/reconcile/default", form).await;
    for (what, prefix) in [("entity", "an"), ("property", "na"), ("type", "pe")] {
        let path = format!("/reconcile/default/suggest/{what}?prefix={prefix}");
        fits::<yente::Suggestions>(200, "GET", &path, "").await;
    }
    fits::<yente::PropertyList>(200, "GET", "/reconcile/default/extend/property", "").await;
    fits::<yente::Catalog>(200, "GET", "/catalog", "").await;
    fits::<yente::AlgorithmList>(200, "GET", "/algorithms", "").await;
    fits::<yente::Status>(200, "GET", "/healthz", "").await;
    fits::<yente::Ready>(200, "GET", "/readyz", "").await;
    fits::<yente::Status>(200, "POST", "/updatez?token=open&sync=true", "").await;
    fits::<forms::Spots>(200, "POST", "/spot", "Kim Jong Un met Vladimir Putin.").await;
    let flow = r#"{"from": "KP", "to": "RU", "goods": "artillery_ammunition", "on": "2023-09-13"}"#;
    fits::<forms::Checked>(200, "POST", "/check", flow).await;
    fits::<reading::Reading>(200, "POST", "/read", ARTICLE).await;
    assert!(serde_json::from_str::<forms::Article>(ARTICLE).is_ok());
}

/// One that has a bit of everything: a day, a quantity, a denial, a meeting, a listed name.
const ARTICLE: &str = r#"{"title": "Talks", "published": "2023-09-13", "text": "North Korea delivered 3,000 tons of artillery shells to Russia on Monday, the White House said. The Kremlin denied this. Kim Jong Un met Vladimir Putin in Moscow on Tuesday."}"#;

#[tokio::test]
async fn refusals_have_the_forms_that_are_described() {
    fits::<Refusal>(404, "GET", "/search/nowhere", "").await;
    fits::<Refusal>(422, "GET", "/search/default?limit=many", "").await;
    fits::<Refusal>(422, "POST", "/match/default", "{").await;
    fits::<Refusal>(422, "POST", "/match/default", "{}").await;
    fits::<Problem>(422, "POST", "/check", "{}").await;
    fits::<Problem>(422, "POST", "/read?as_of=never", ARTICLE).await;
    let text = "x".repeat(crate::reading::MOST_TEXT + 1);
    fits::<Problem>(413, "POST", "/read", &text).await;
}
