//! Signing in with a password: cookies, forms, roles, and what a stranger learns. Names are our own.
#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

mod support;

use axum::body::Body;
use axum::http::Request;
use jiff::Timestamp;
use lagebild_desk::{Doing, Opened, PersonRole, SessionLimits, Store};
use lagebild_server::desk::DeskSettings;
use lagebild_server::guard::{Gate, Limits};
use lagebild_server::{App, Settings, router};
use sha2::{Digest, Sha256};
use std::time::Duration;
use support::browser::{Browser, hidden};
use support::{Lists, send};

const GOOD: &str = "nine lives of a cat";

fn settings(lists: &Lists) -> Settings {
    let file = lists.0.join("desk.db");
    let mut store = Store::open(&file).unwrap();
    let doing = Doing { by: "root", at: Timestamp::now(), signer: None };
    for role in PersonRole::ALL {
        store.add_person(role.word(), role, GOOD, &doing).unwrap();
    }
    store.open_case("convoy", Opened { title: String::new(), four_eyes: true }, &doing).unwrap();
    Settings {
        limits: Limits { wrong_token: Duration::ZERO, ..Limits::default() },
        desk: Some(DeskSettings { file, user: String::new() }),
        sign_in: Some(SessionLimits::default()),
        ..lists.settings()
    }
}

#[tokio::test]
async fn from_the_page_that_was_asked_for_through_the_password_and_out_again() {
    let lists = Lists::new("sign1");
    let service = router(App::start(settings(&lists)).unwrap());
    let mut browser = Browser::new(&service);
    let sent = browser.get("/desk?case=convoy").await;
    assert_eq!((sent.status.as_u16(), sent.header("location")), (303, "/sign-in?to=%2Fdesk%3Fcase%3Dconvoy"));
    assert_eq!(browser.get("/assets/server.css").await.status, 200);
    let page = browser.get("/sign-in?lang=de").await;
    assert!(page.text.contains("Passwort") && page.text.contains("type=\"password\""));
    let entered = browser.enter("screener", GOOD).await;
    assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/desk"));
    let cookie = entered.header("set-cookie");
    assert!(cookie.contains("SameSite=Lax") && cookie.contains("Path=/;") && !cookie.contains("Secure"));
    let desk = browser.get("/desk?lang=en").await;
    assert!(desk.status == 200 && desk.text.contains("screener") && desk.text.contains("Sign out"));
    // The store has no token that would open anything.
    let token = browser.cookies.iter().find(|(name, _)| name == "lagebild_session").unwrap().1.clone();
    assert!(token.len() == 64 && !holds(&lists.0, &token), "kept as its hash only");
    // Signing out wants the form.
    assert_eq!(browser.ask("POST", "/sign-out", &[]).await.status, 403);
    assert_eq!(browser.get("/desk").await.status, 200);
    let form = hidden(&desk.text, "token").to_owned();
    let out = browser.ask("POST", "/sign-out?lang=en", &[("token", &form)]).await;
    assert!(out.status == 200 && out.text.contains("signed out"), "{}", out.text);
    browser.cookies.push(("lagebild_session".into(), token));
    assert_eq!(browser.get("/desk").await.status, 303, "the old cookie opens nothing");
}

/// Whether a file in the folder holds a text.
fn holds(folder: &std::path::Path, text: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().filter_map(|it| std::fs::read(it.unwrap().path()).ok());
    files.into_iter().any(|bytes| bytes.windows(text.len()).any(|it| it == text.as_bytes()))
}

#[tokio::test]
async fn who_is_unknown_wrong_or_disabled_is_told_the_same() {
    let lists = Lists::new("sign2");
    let settings = settings(&lists);
    let service = router(App::start(settings).unwrap());
    let mut store = Store::open(&lists.0.join("desk.db")).unwrap();
    store.disable_person("reader", true).unwrap();
    let mut told = Vec::new();
    for (name, password) in [("admin", "not the password"), ("nobody", GOOD), ("reader", GOOD), ("", "")] {
        let mut browser = Browser::new(&service);
        let answer = browser.enter(name, password).await;
        assert_eq!(answer.status, 401, "{name}");
        assert!(!answer.header("www-authenticate").contains("Basic"));
        assert!(browser.cookies.iter().all(|(name, _)| name == "lagebild_desk"));
        told.push(
            answer.text.split("role=\"alert\"").nth(1).unwrap().split("</p>").next().unwrap().to_owned(),
        );
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    // No form of another site, and none without its cookie.
    let mut browser = Browser::new(&service);
    let pairs = [("token", ""), ("name", "admin"), ("password", GOOD)];
    assert_eq!(browser.ask("POST", "/sign-in", &pairs).await.status, 403);
    // Nobody is sent to another site.
    let page = browser.get("/sign-in?to=https%3A%2F%2Felsewhere.example").await;
    assert!(!page.text.contains("elsewhere"));
}

#[tokio::test]
async fn attempts_are_slowed_for_names_known_and_unknown() {
    let lists = Lists::new("sign3");
    let service = router(App::start(settings(&lists)).unwrap());
    for name in ["admin", "nobody"] {
        let mut browser = Browser::new(&service);
        for _ in 0..5 {
            assert_eq!(browser.enter(name, "not the password").await.status, 401);
        }
        let slowed = browser.enter(name, GOOD).await;
        assert_eq!((slowed.status.as_u16(), slowed.header("retry-after")), (429, "30"), "{name}");
    }
    let mut other = Browser::new(&service);
    assert_eq!(other.enter("reviewer", GOOD).await.status, 303, "others go on");
}

#[tokio::test]
async fn roles_count_where_those_of_tokens_do_and_end_at_once() {
    let lists = Lists::new("sign4");
    let service = router(App::start(settings(&lists)).unwrap());
    for (name, desk, metrics) in
        [("reader", 403, 403), ("screener", 200, 403), ("reviewer", 200, 403), ("admin", 200, 200)]
    {
        let mut browser = Browser::new(&service);
        browser.enter(name, GOOD).await;
        assert_eq!(browser.get("/catalog").await.status, 200, "{name}");
        assert_eq!(browser.get("/desk").await.status, desk, "{name}");
        assert_eq!(browser.get("/metrics").await.status, metrics, "{name}");
        let mut store = Store::open(&lists.0.join("desk.db")).unwrap();
        store.disable_person(name, true).unwrap();
        assert_eq!(browser.get("/catalog").await.status, 303, "{name}");
    }
}

#[tokio::test]
async fn only_reviewers_confirm() {
    let lists = Lists::new("sign5");
    let service = router(App::start(settings(&lists)).unwrap());
    for (name, wanted) in [("screener", 403), ("reviewer", 404)] {
        let mut browser = Browser::new(&service);
        browser.enter(name, GOOD).await;
        let page = browser.get("/desk").await;
        let pairs = [("act", "confirm"), ("token", hidden(&page.text, "token")), ("version", "1")];
        let answer = browser.ask("POST", "/desk/items/convoy/9", &pairs).await;
        assert_eq!(answer.status, wanted, "{name}: {}", answer.text);
    }
}

#[tokio::test]
async fn behind_tls_the_cookie_says_so_and_tokens_go_on() {
    let lists = Lists::new("sign6");
    let tokens = format!("bot read {:x}", Sha256::digest("one"));
    let gate = Gate { tokens: Gate::parse_tokens(&tokens).unwrap(), ..Gate::default() };
    let service = router(App::start(Settings { https: true, gate, ..settings(&lists) }).unwrap());
    let mut browser = Browser::new(&service);
    let entered = browser.enter("admin", GOOD).await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-lagebild_session=") && cookie.contains("; Secure"), "{cookie}");
    let ask = |token: &str| {
        let request = Request::get("/catalog").header("host", "localhost");
        request.header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap()
    };
    assert_eq!(send(&service, ask("one")).await.status, 200);
    assert_eq!(send(&service, ask("two")).await.status, 401);
    // A program is not sent to a page.
    let bare = Request::get("/catalog").header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(send(&service, bare).await.status, 401);
}

#[tokio::test]
async fn without_anybody_the_service_does_not_start_and_without_sign_in_there_is_no_page() {
    let lists = Lists::new("sign7");
    let whole = settings(&lists);
    let open = Settings { sign_in: None, ..whole.clone() };
    let service = router(App::start(open).unwrap());
    assert_eq!(support::get(&service, "/sign-in").await.status, 404);
    assert!(App::start(Settings { desk: None, ..whole.clone() }).is_err());
    let mut store = Store::open(&lists.0.join("desk.db")).unwrap();
    for role in PersonRole::ALL {
        store.disable_person(role.word(), true).unwrap();
    }
    let why = App::start(whole).unwrap_err().to_string();
    assert!(why.contains("lagebild desk people add"), "{why}");
}
