//! Who may ask what.

mod support;

use axum::body::Body;
use axum::http::Request;
use lagebild_server::guard::{Gate, Limits, Proxy};
use lagebild_server::{App, Settings, router};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use support::{Lists, send};

async fn status(service: &axum::Router, path: &str, headers: &[(&str, &str)]) -> u16 {
    let method = if path == "/spot" { "POST" } else { "GET" };
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(service, request.body(Body::from("Anna")).expect("a request")).await.status.as_u16()
}

fn line(name: &str, role: &str, token: &str) -> String {
    format!("{name} {role} {:x}\n", Sha256::digest(token))
}

const HERE: (&str, &str) = ("host", "localhost");

#[tokio::test]
async fn a_forged_host_or_user_is_not_let_in_on_loopback() {
    let proxy = Proxy { header: "x-forwarded-user".into(), secret: Sha256::digest("secret").into() };
    let gate = Gate { proxy: Some(proxy), hosts: vec!["screening.example".into()], ..Gate::default() };
    let limits = Limits { wrong_token: Duration::ZERO, ..Limits::default() };
    let service = router(support::app(Settings { gate, limits, ..support::settings() }));
    let user = ("x-forwarded-user", "eva");
    let secret = |secret| ("x-lagebild-proxy-secret", secret);
    for (headers, wanted) in [
        (vec![("host", "screening.example"), user, secret("secret")], 200),
        (vec![HERE, user], 401),
        (vec![HERE, user, secret("guess")], 401),
        (vec![("host", "attacker.example"), user, secret("secret")], 421),
    ] {
        assert_eq!(status(&service, "/catalog", &headers).await, wanted, "{headers:?}");
    }
}

#[tokio::test]
async fn a_revoked_token_stops_at_reload() {
    let lists = Lists::new("revoked");
    let file = lists.0.join("tokens");
    std::fs::write(&file, line("anna", "read", "one") + &line("bot", "read", "two")).unwrap();
    let limits = Limits { wrong_token: Duration::ZERO, ..Limits::default() };
    let app = App::start(Settings { tokens: Some(file.clone()), limits, ..lists.settings() }).unwrap();
    let service = router(app.clone());
    let anna = [HERE, ("authorization", "Bearer one")];
    assert_eq!(status(&service, "/catalog", &anna).await, 200);
    std::fs::write(&file, line("bot", "read", "two")).unwrap();
    app.reload().unwrap();
    assert_eq!(status(&service, "/catalog", &anna).await, 401);
    // No file of tokens opens the door to all.
    std::fs::write(&file, "").unwrap();
    assert!(app.reload().is_err());
    assert_eq!(status(&service, "/catalog", &[HERE]).await, 401);
    assert_eq!(status(&service, "/catalog", &[HERE, ("authorization", "Bearer two")]).await, 200);
}

#[tokio::test]
async fn a_token_is_revoked_although_the_lists_cannot_be_loaded() {
    let lists = Lists::new("revoked2");
    lists.add("own", &["Anna Mustermann"]);
    let file = lists.0.join("tokens");
    std::fs::write(&file, line("anna", "read", "one")).unwrap();
    let limits = Limits { wrong_token: Duration::ZERO, ..Limits::default() };
    let app = App::start(Settings { tokens: Some(file.clone()), limits, ..lists.settings() }).unwrap();
    std::fs::write(&file, line("bot", "read", "two")).unwrap();
    std::fs::write(lists.0.join("lists/own/versions.json"), "").unwrap();
    assert!(app.reload().is_err());
    assert_eq!(status(&router(app), "/catalog", &[HERE, ("authorization", "Bearer one")]).await, 401);
}

#[tokio::test]
async fn wrong_tokens_are_slowed_and_spotting_is_screening() {
    let file = line("anna", "screen", "one") + &line("bot", "read", "two");
    let gate = Gate { tokens: Gate::parse_tokens(&file).unwrap(), ..Gate::default() };
    let limits = Limits { wrong_token: Duration::from_millis(100), ..Limits::default() };
    let service = router(support::app(Settings { gate, limits, ..support::settings() }));
    let began = Instant::now();
    assert_eq!(status(&service, "/catalog", &[HERE, ("authorization", "Bearer three")]).await, 401);
    assert!(began.elapsed() >= Duration::from_millis(100));
    assert_eq!(status(&service, "/spot", &[HERE, ("authorization", "Bearer two")]).await, 403);
    assert_eq!(status(&service, "/spot", &[HERE, ("authorization", "Bearer one")]).await, 200);
}
