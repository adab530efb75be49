//! Signing in by OpenID Connect, against a provider that runs on this machine. Names are our own.
#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

#[path = "support/provider.rs"]
mod provider;
mod support;

use axum::Router;
use jiff::Timestamp;
use lagebild_desk::{Doing, PersonRole, SessionLimits, Store};
use lagebild_server::desk::DeskSettings;
use lagebild_server::guard::Limits;
use lagebild_server::oidc::{Claim, OidcSettings, Secret};
use lagebild_server::{App, Settings, router};
use provider::{CLIENT, Provider, SECRET, Told};
use serde_json::{Value, json};
use std::time::Duration;
use support::browser::{Browser, hidden};
use support::{Answer, Lists};

const GOOD: &str = "nine lives of a cat";
const SESSION: &str = "lagebild_session";

fn oidc(issuer: &str) -> OidcSettings {
    OidcSettings {
        issuer: issuer.into(),
        client: CLIENT.into(),
        secret: Some(Secret(SECRET.into())),
        claim: Claim::PreferredUsername,
        hosts: Vec::new(),
        authorities: None,
        only: false,
    }
}

fn settings(lists: &Lists, oidc: OidcSettings) -> Settings {
    let file = lists.0.join("desk.db");
    let mut store = Store::open(&file).unwrap();
    let doing = Doing { by: "root", at: Timestamp::now(), signer: None };
    for name in ["screener", "reviewer@id.example"] {
        store.add_person(name, PersonRole::Screener, GOOD, &doing).unwrap();
    }
    Settings {
        limits: Limits { wrong_token: Duration::ZERO, ..Limits::default() },
        desk: Some(DeskSettings { file, user: String::new() }),
        sign_in: Some(SessionLimits::default()),
        oidc: Some(oidc),
        ..lists.settings()
    }
}

fn service(lists: &Lists, oidc: OidcSettings) -> Router {
    router(App::start(settings(lists, oidc)).unwrap())
}

/// From the button to the provider, and what it sends the browser back with.
async fn there(browser: &mut Browser<'_>) -> String {
    let sent = browser.get("/sign-in/provider?to=%2Fdesk&lang=en").await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    Provider::visit(sent.header("location")).await
}

/// The whole way.
async fn whole(browser: &mut Browser<'_>) -> Answer {
    let back = there(browser).await;
    browser.get(&back).await
}

/// Somebody is told why they are not signed in, and is not.
fn refused(browser: &Browser, answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{words}: {}", answer.text);
    let alert = answer.text.split("role=\"alert\"").nth(1).and_then(|it| it.split("</p>").next());
    assert!(alert.is_some_and(|it| it.contains(words)), "{words}: {}", answer.text);
    assert!(answer.text.contains("/sign-in/provider?"), "one can try again");
    assert!(!browser.has(SESSION) && !browser.has("lagebild_oidc"), "{:?}", browser.cookies);
}

#[tokio::test]
async fn from_the_button_to_the_provider_and_back_to_the_page_that_was_asked_for() {
    let lists = Lists::new("oidc1");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    for algorithm in ["ES256", "RS256"] {
        provider.tell(Told { algorithm, ..Told::default() });
        let mut browser = Browser::new(&service);
        let page = browser.get("/sign-in?to=%2Fdesk&lang=de").await;
        assert!(page.text.contains("Anmelden über") && page.text.contains("127.0.0.1"), "{}", page.text);
        assert!(page.text.contains("type=\"password\""), "beside the password");
        let out = browser.get("/sign-in/provider?to=%2Fdesk&lang=de").await;
        assert!(
            out.header("set-cookie").contains("HttpOnly; SameSite=Lax"),
            "it comes back from another site"
        );
        let back = Provider::visit(out.header("location")).await;
        let entered = browser.get(&back).await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/desk"), "{}", entered.text);
        assert!(browser.has(SESSION) && !browser.has("lagebild_oidc"));
        let desk = browser.get("/desk?lang=en").await;
        assert!(desk.status == 200 && desk.text.contains("screener"));
        assert_eq!(browser.get("/metrics").await.status, 403, "the role is the desk's");
        let form = hidden(&desk.text, "token").to_owned();
        assert_eq!(browser.ask("POST", "/sign-out", &[("token", &form)]).await.status, 200);
        assert_eq!(browser.get("/desk").await.status, 303);
    }
    let mut browser = Browser::new(&service);
    assert_eq!(browser.enter("screener", GOOD).await.status, 303, "passwords go on");
}

#[tokio::test]
async fn a_token_that_is_not_right_in_everything_lets_nobody_in() {
    let lists = Lists::new("oidc2");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    let now = Timestamp::now().as_second();
    let plain = |claims: Value| Told { claims, ..Told::default() };
    let wrong = [
        plain(json!({"aud": "another"})),
        plain(json!({"aud": [CLIENT, "another"]})),
        plain(json!({"aud": [CLIENT, "another"], "azp": "another"})),
        plain(json!({"aud": null})),
        plain(json!({"iss": "https://id.example"})),
        plain(json!({"iss": [provider.address, "https://id.example"]})),
        plain(json!({"exp": now - 120})),
        plain(json!({"exp": null})),
        plain(json!({"exp": "never"})),
        plain(json!({"iat": now + 600})),
        plain(json!({"nbf": now + 600})),
        plain(json!({"nonce": "another"})),
        plain(json!({"nonce": null})),
        plain(json!({"sub": null})),
        Told { algorithm: "none", ..Told::default() },
        Told { algorithm: "HS256", ..Told::default() },
        Told { algorithm: "RS384", ..Told::default() },
        Told { other_key: true, ..Told::default() },
    ];
    for told in wrong {
        let what = format!("{} {} {}", told.algorithm, told.claims, told.other_key);
        provider.tell(told);
        let mut browser = Browser::new(&service);
        let answer = whole(&mut browser).await;
        assert_eq!(answer.status, 401, "{what}");
        refused(&browser, &answer, 401, "does not prove who you are");
    }
    for right in [
        json!({"exp": now - 30}),
        json!({"aud": [CLIENT, "another"], "azp": CLIENT}),
        json!({"aud": [CLIENT]}),
    ] {
        provider.tell(plain(right.clone()));
        assert_eq!(whole(&mut Browser::new(&service)).await.status, 303, "{right}");
    }
}

#[tokio::test]
async fn an_answer_counts_once_and_in_the_browser_that_began() {
    let lists = Lists::new("oidc3");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    let lost = "no such sign-in under way";
    let (mut one, mut other) = (Browser::new(&service), Browser::new(&service));
    let (of_one, of_other) = (there(&mut one).await, there(&mut other).await);
    let answer = one.get(&of_other).await;
    refused(&one, &answer, 401, lost);
    let answer = other.get(&of_one).await;
    refused(&other, &answer, 401, lost);
    // Whoever has no cookie, or none that is under way.
    let mut stranger = Browser::new(&service);
    let back = there(&mut one).await;
    let answer = stranger.get(&back).await;
    refused(&stranger, &answer, 401, lost);
    stranger.cookies.push(("lagebild_oidc".into(), "x".repeat(43)));
    let answer = stranger.get(&back).await;
    refused(&stranger, &answer, 401, lost);
    // The same answer again, in the same browser.
    let cookies = one.cookies.clone();
    assert_eq!(one.get(&back).await.status, 303);
    let mut again = Browser::new(&service);
    again.cookies = cookies;
    let answer = again.get(&back).await;
    refused(&again, &answer, 401, lost);
    // A code that was used, put into an answer to another sign-in.
    let used = back.split("code=").nth(1).unwrap();
    let fresh = there(&mut again).await;
    let mixed = format!("{}code={used}", fresh.split("code=").next().unwrap());
    let answer = again.get(&mixed).await;
    refused(&again, &answer, 401, "does not prove who you are");
    // A code of another browser: the verifier is not its own.
    let (of_one, of_other) = (there(&mut again).await, there(&mut other).await);
    let code = of_other.split("code=").nth(1).unwrap();
    let mixed = format!("{}code={code}", of_one.split("code=").next().unwrap());
    let answer = again.get(&mixed).await;
    refused(&again, &answer, 401, "does not prove who you are");
    // An answer that names another issuer, and one without a code.
    for (more, less) in [("&iss=https%3A%2F%2Fid.example", ""), ("", "code")] {
        let back = there(&mut again).await;
        let back = if less.is_empty() { back } else { back.replace("code=", "kode=") };
        let answer = again.get(&format!("{back}{more}")).await;
        refused(&again, &answer, 401, "does not prove who you are");
    }
}

#[tokio::test]
async fn who_breaks_off_is_told_so() {
    let lists = Lists::new("oidc4");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    provider.tell(Told { error: "access_denied", ..Told::default() });
    let mut browser = Browser::new(&service);
    let answer = whole(&mut browser).await;
    refused(&browser, &answer, 401, "broken off");
    // Not without the state.
    let back = there(&mut browser).await.replace("state=", "state=x");
    let answer = browser.get(&back).await;
    refused(&browser, &answer, 401, "no such sign-in under way");
}

#[tokio::test]
async fn a_provider_that_is_down_or_mistaken_is_told_from_a_person_who_is() {
    let down = "cannot be reached";
    for (at, description) in [
        json!({"issuer": "https://id.example"}),
        json!({"jwks_uri": "https://id.example/keys"}),
        json!({"token_endpoint": "http://169.254.1.1/token"}),
        json!({"authorization_endpoint": "https://id.example/authorize"}),
        json!({"token_endpoint": null}),
    ]
    .into_iter()
    .enumerate()
    {
        let lists = Lists::new(&format!("oidc5-{at}"));
        let provider = Provider::start().await;
        provider.tell(Told { description, ..Told::default() });
        let service = service(&lists, oidc(&provider.address));
        let mut browser = Browser::new(&service);
        let answer = browser.get("/sign-in/provider?lang=en").await;
        refused(&browser, &answer, 502, down);
    }
    let lists = Lists::new("oidc5");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    let mut browser = Browser::new(&service);
    provider.tell(Told { status: Some(503), ..Told::default() });
    let answer = whole(&mut browser).await;
    refused(&browser, &answer, 502, down);
}

#[tokio::test]
async fn a_wrong_secret_or_nobody_at_the_address_is_no_fault_of_the_person() {
    let lists = Lists::new("oidc6");
    let provider = Provider::start().await;
    let wrong = OidcSettings { secret: Some(Secret("wrong".into())), ..oidc(&provider.address) };
    assert!(!format!("{wrong:?}").contains("wrong"), "no log shows the secret");
    let one = service(&lists, wrong);
    let mut browser = Browser::new(&one);
    let answer = whole(&mut browser).await;
    refused(&browser, &answer, 502, "cannot be reached");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let lists = Lists::new("oidc6b");
    let other = service(&lists, oidc(&format!("http://{free}")));
    let mut browser = Browser::new(&other);
    let answer = browser.get("/sign-in/provider?lang=en").await;
    refused(&browser, &answer, 502, "cannot be reached");
    assert_eq!(browser.enter("screener", GOOD).await.status, 303, "passwords go on");
}

#[tokio::test]
async fn strangers_are_not_added_and_disabled_people_stay_out() {
    let lists = Lists::new("oidc7");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    let people = || Store::open(&lists.0.join("desk.db")).unwrap().people().unwrap().len();
    let before = people();
    for name in ["<b>zoe</b>", "Screener", " screener"] {
        provider.tell(Told { claims: json!({"preferred_username": name}), ..Told::default() });
        let mut browser = Browser::new(&service);
        let answer = whole(&mut browser).await;
        refused(&browser, &answer, 403, "nobody here goes by this name");
        assert!(!answer.text.contains("<b>zoe"), "written as text");
    }
    assert_eq!(people(), before);
    provider.tell(Told { claims: json!({"preferred_username": null}), ..Told::default() });
    let mut browser = Browser::new(&service);
    let answer = whole(&mut browser).await;
    refused(&browser, &answer, 403, "does not tell your name");
    provider.tell(Told::default());
    let mut inside = Browser::new(&service);
    assert_eq!(whole(&mut inside).await.status, 303);
    Store::open(&lists.0.join("desk.db")).unwrap().disable_person("screener", true).unwrap();
    assert_eq!(inside.get("/desk").await.status, 303, "out at once");
    let answer = whole(&mut browser).await;
    refused(&browser, &answer, 403, "may not sign in any more: screener");
}

#[tokio::test]
async fn an_address_counts_where_the_provider_has_confirmed_it() {
    let lists = Lists::new("oidc8");
    let provider = Provider::start().await;
    let service = service(&lists, OidcSettings { claim: Claim::Email, ..oidc(&provider.address) });
    for unconfirmed in [json!(false), json!(null), json!("true"), json!(1)] {
        provider.tell(Told { claims: json!({"email_verified": unconfirmed}), ..Told::default() });
        let mut browser = Browser::new(&service);
        let answer = whole(&mut browser).await;
        refused(&browser, &answer, 403, "confirmed address");
    }
    provider.tell(Told::default());
    let mut browser = Browser::new(&service);
    assert_eq!(whole(&mut browser).await.status, 303);
    assert!(browser.get("/desk").await.text.contains("reviewer@id.example"));
}

#[tokio::test]
async fn failures_are_slowed_and_nobody_is_sent_elsewhere() {
    let lists = Lists::new("oidc9");
    let provider = Provider::start().await;
    let service = service(&lists, oidc(&provider.address));
    for elsewhere in ["https%3A%2F%2Felsewhere.example", "%2F%2Felsewhere.example", "%2Fsign-in%2Fprovider"] {
        let mut browser = Browser::new(&service);
        let out = browser.get(&format!("/sign-in/provider?to={elsewhere}")).await;
        let back = Provider::visit(out.header("location")).await;
        // Nor by what the provider's answer bears.
        let entered = browser.get(&format!("{back}&to={elsewhere}")).await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/"));
    }
    let mut browser = Browser::new(&service);
    let mut failures = 0;
    let slowed = loop {
        let answer = browser.get("/sign-in/return?state=x&code=y").await;
        if answer.status != 401 {
            break answer;
        }
        failures += 1;
    };
    assert_eq!((slowed.status.as_u16(), slowed.header("retry-after")), (429, "30"));
    assert!((30..40).contains(&failures), "{failures}");
}

#[tokio::test]
async fn passwords_can_be_left_out_and_without_a_provider_there_are_no_such_pages() {
    let lists = Lists::new("oidc10");
    let provider = Provider::start().await;
    let whole = settings(&lists, OidcSettings { only: true, ..oidc(&provider.address) });
    let alone = router(App::start(Settings { https: true, ..whole.clone() }).unwrap());
    let mut browser = Browser::new(&alone);
    let page = browser.get("/sign-in?lang=en").await;
    assert!(!page.text.contains("type=\"password\"") && page.text.contains("Sign in with"));
    let out = browser.get("/sign-in/provider").await;
    let cookie = out.header("set-cookie");
    assert!(cookie.starts_with("__Host-lagebild_oidc=") && cookie.contains("; Secure"), "{cookie}");
    assert!(out.header("location").contains("redirect_uri=https%3A%2F%2Flocalhost%2Fsign-in%2Freturn&"));
    let without = router(App::start(Settings { oidc: None, ..whole.clone() }).unwrap());
    let mut other = Browser::new(&without);
    let page = other.get("/sign-in?lang=en").await;
    let pairs = [("token", hidden(&page.text, "token")), ("name", "screener"), ("password", GOOD)];
    let refused = browser.ask("POST", "/sign-in?lang=en", &pairs).await;
    assert!(refused.status == 403 && refused.text.contains("Passwords are no way in"), "{}", refused.text);
    assert_eq!(other.ask("POST", "/sign-in", &pairs).await.status, 303);
    assert_eq!(other.get("/sign-in/provider").await.status, 404);
    assert_eq!(other.get("/sign-in/return").await.status, 404);
    for issuer in ["http://id.example", "id.example", "https://id.example/?x"] {
        let wrong = Settings { oidc: Some(oidc(issuer)), ..whole.clone() };
        assert!(App::start(wrong).unwrap_err().to_string().contains(issuer));
    }
}
