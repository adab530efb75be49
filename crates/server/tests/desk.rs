//! The desk in a browser, without its script: forms that are sent, pages that come back. Names and sentences are our own.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it cannot do")]

mod support;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use jiff::Timestamp;
use lagebild_desk::bundle::Bundle;
use lagebild_desk::verify::{Trust, check};
use lagebild_desk::{Archived, Doing, Opened, Store};
use lagebild_document::Options;
use lagebild_reading::Knowledge;
use lagebild_server::desk::DeskSettings;
use lagebild_server::guard::{Gate, Limits};
use lagebild_server::{App, Settings, router};
use lagebild_watchlist::{Party, PartyName, Watchlist};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Duration;
use support::{Answer, Lists, send};
use tower::ServiceExt;

const ARTICLE: &str = "Anton Beispielow arrived in the capital on Monday, officials said. North Korea delivered artillery \
    shells to Russia, the ministry said on Tuesday. Berta Musterfrau, who runs Lunara Handels GmbH, denied any part in it.\n";
const TITLE: &str = "<script>alert(1)</script> & \"more\"";

fn party(id: &str, schema: &str, name: &str, birth: &str) -> Party {
    let mut party = Party { id: id.into(), schema: schema.into(), ..Party::default() };
    party.add_name(PartyName { full: name.into(), ..PartyName::default() });
    party.add("birthDate", birth);
    party
}

/// A desk with one case of one article, in a folder of its own.
fn desk(lists: &Lists, four_eyes: bool) -> PathBuf {
    let file = lists.0.join("desk.db");
    let mut store = Store::open(&file).unwrap();
    let doing = Doing { by: "carl", at: Timestamp::from_second(1_790_000_000).unwrap(), signer: None };
    store.open_case("convoy", Opened { title: TITLE.into(), four_eyes }, &doing).unwrap();
    let parties = vec![
        party("alpha:1", "Person", "Anton Beispielow", "1961-02-03"),
        party("alpha:2", "Company", "Lunara Handels GmbH", ""),
    ];
    let watchlist = Watchlist::new("alpha", "2026-11-20", &parties);
    let options = Options {
        language: Some("en".into()),
        published: Some("2026-11-20".parse().unwrap()),
        ..Options::default()
    };
    let mut document = lagebild_document::read("a.txt", ARTICLE.as_bytes(), &options).remove(0).unwrap();
    document.title = Some(TITLE.into());
    let archived = Archived::from(document.clone());
    let knowledge = Knowledge { watchlist: &watchlist, ..Knowledge::built_in() };
    let reading = lagebild_reading::read(document, knowledge, "2026-11-20".parse().unwrap());
    store.add("convoy", &[(archived, reading)], &watchlist, &doing).unwrap();
    file
}

/// A service with a desk, and tokens of two people who decide and one who may only look.
fn service(lists: &Lists, file: PathBuf) -> Router {
    let line = |name: &str, role: &str| format!("{name} {role} {:x}\n", Sha256::digest(name));
    let tokens = line("anna", "screen") + &line("ben", "screen") + &line("rita", "read");
    let gate = Gate { tokens: Gate::parse_tokens(&tokens).unwrap(), ..Gate::default() };
    let limits = Limits { wrong_token: Duration::ZERO, ..Limits::default() };
    let desk = Some(DeskSettings { file, user: "nobody".into() });
    router(App::start(Settings { gate, limits, desk, ..lists.settings() }).unwrap())
}

/// Somebody at a browser.
struct Browser<'s> {
    service: &'s Router,
    name: &'static str,
    cookie: String,
}

impl<'s> Browser<'s> {
    fn new(service: &'s Router, name: &'static str) -> Self {
        Self { service, name, cookie: String::new() }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("authorization", format!("Bearer {}", self.name))
            .header("cookie", &self.cookie)
    }

    async fn get(&mut self, path: &str) -> Answer {
        let answer = send(self.service, self.request("GET", path).body(Body::empty()).unwrap()).await;
        if let Some(cookie) = answer.headers.get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
            cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        answer
    }

    async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let kind = "application/x-www-form-urlencoded";
        send(
            self.service,
            self.request("POST", path).header("content-type", kind).body(Body::from(body)).unwrap(),
        )
        .await
    }

    /// Sends the form of a page that does this, with what somebody enters.
    async fn send_form(&self, page: &Answer, act: &str, entered: &[(&str, &str)]) -> Answer {
        let form = form(&page.text, act);
        let mut pairs =
            vec![("act", act), ("token", hidden(form, "token")), ("version", hidden(form, "version"))];
        pairs.extend(entered);
        let action = form.split("action=\"").nth(1).and_then(|it| it.split('"').next()).unwrap();
        self.post(&action.replace("&amp;", "&"), &pairs).await
    }
}

/// The form of a page that does this.
fn form<'p>(page: &'p str, act: &str) -> &'p str {
    let mark = format!("name=\"act\" value=\"{act}\"");
    page.split("<form")
        .find(|form| form.contains(&mark))
        .unwrap_or_else(|| panic!("no form to {act}: {page}"))
}

fn hidden<'p>(form: &'p str, name: &str) -> &'p str {
    let mark = format!("name=\"{name}\" value=\"");
    form.split(&mark).nth(1).and_then(|it| it.split('"').next()).unwrap()
}

fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location").to_owned()
}

const SAME: [(&str, &str); 3] =
    [("choice", "same"), ("reason", "born that day"), ("note", "asked <b>them</b>")];

#[tokio::test]
async fn from_the_queue_to_a_decision_and_back() {
    let lists = Lists::new("desk1");
    let service = service(&lists, desk(&lists, false));
    let mut anna = Browser::new(&service, "anna");
    let queue = anna.get("/desk?kind=hit&lang=en").await;
    assert_eq!(queue.status, 200);
    assert!(
        queue.text.contains("Anton Beispielow") && queue.text.contains("class=\"hit\""),
        "{}",
        queue.text
    );
    let item = anna.get("/desk/items/convoy/1?kind=hit&lang=en").await;
    for wanted in
        ["<mark>Anton Beispielow</mark>", "alpha:1", "1961-02-03", "alpha 2026-11-20", "name=\"token\""]
    {
        assert!(item.text.contains(wanted), "{wanted}: {}", item.text);
    }
    // What is left out is asked for again, and nothing is written.
    let refused = anna.send_form(&item, "decide", &[("choice", "same"), ("note", "kept")]).await;
    assert!(refused.status == 422 && refused.text.contains("kept") && refused.text.contains("Say why"));
    let refused = anna.send_form(&item, "decide", &[("choice", "relevant"), ("reason", "x")]).await;
    assert_eq!(refused.status, 422);

    let next = location(&anna.send_form(&item, "decide", &SAME).await);
    assert!(next.starts_with("/desk/items/convoy/2?lang=en&kind=hit&done=convoy%2F1"), "{next}");
    let page = anna.get(&next).await;
    assert!(page.text.contains("the same party (anna,"), "{}", page.text);
    // The same form sent again meets what has changed.
    assert_eq!(anna.send_form(&item, "decide", &SAME).await.status, 409);
    let back = location(&anna.send_form(&page, "undo", &[("reason", "a slip")]).await);
    assert!(back.starts_with("/desk/items/convoy/1?"), "{back}");
    let item = anna.get(&back).await;
    assert!(!item.text.contains("value=\"undo\""), "nothing is left to take back");
    location(&anna.send_form(&item, "decide", &SAME).await);
    let other = anna.get("/desk/items/convoy/2?lang=en").await;
    let back = location(&anna.send_form(&other, "assign", &[("to", "ben"), ("due", "2026-12-01")]).await);
    assert!(anna.get(&back).await.text.contains("until 2026-12-01"));
    let case = anna.get("/desk/cases/convoy?lang=en&verify=1").await;
    for wanted in ["The chain is whole", "asked &lt;b&gt;them&lt;/b&gt;", "took back entry", "a slip"] {
        assert!(case.text.contains(wanted), "{wanted}: {}", case.text);
    }
}

#[tokio::test]
async fn two_people_decide_and_the_bundle_verifies() {
    let lists = Lists::new("desk2");
    let service = service(&lists, desk(&lists, true));
    let (mut anna, mut ben) = (Browser::new(&service, "anna"), Browser::new(&service, "ben"));
    let item = anna.get("/desk/items/convoy/1?lang=en").await;
    location(&anna.send_form(&item, "decide", &SAME).await);
    let own = anna.get("/desk/items/convoy/1?lang=en").await;
    assert!(own.text.contains("You proposed this") && !own.text.contains("value=\"confirm\""));
    // Whoever sends what no form offers is refused as well.
    let form = form(&own.text, "decide");
    let forced = [("act", "confirm"), ("token", hidden(form, "token")), ("version", hidden(form, "version"))];
    let refused = anna.post("/desk/items/convoy/1?lang=en", &forced).await;
    assert!(
        refused.status == 409 && refused.text.contains("Who proposed cannot confirm"),
        "{}",
        refused.text
    );
    let item = ben.get("/desk/items/convoy/1?lang=en").await;
    location(&ben.send_form(&item, "confirm", &[]).await);
    let item = ben.get("/desk/items/convoy/1?lang=de").await;
    assert!(
        item.text.contains("entschieden: dieselbe Partei (anna,") && item.text.contains("bestätigt von ben")
    );

    let request = ben.request("GET", "/desk/cases/convoy/bundle").body(Body::empty()).unwrap();
    let answer = service.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"convoy.bundle\"");
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    let report = check(&Bundle::parse(&bytes).unwrap(), &Trust::default());
    assert!(report.is_whole() && report.decisions == 2, "{report:?}");
}

#[tokio::test]
async fn forged_forms_and_readers_are_refused() {
    let lists = Lists::new("desk3");
    let service = service(&lists, desk(&lists, false));
    let (mut anna, mut ben) = (Browser::new(&service, "anna"), Browser::new(&service, "ben"));
    let item = anna.get("/desk/items/convoy/1").await;
    let other = ben.get("/desk/items/convoy/1").await;
    let version = hidden(form(&item.text, "decide"), "version").to_owned();
    let theirs = hidden(form(&other.text, "decide"), "token").to_owned();
    for token in ["", "0123", theirs.as_str()] {
        let pairs = [("act", "decide"), ("version", version.as_str()), ("token", token), SAME[0], SAME[1]];
        assert_eq!(anna.post("/desk/items/convoy/1", &pairs).await.status, 403, "{token}");
    }
    // A right token without the cookie is none.
    let bare = Browser { cookie: String::new(), ..Browser::new(&service, "anna") };
    assert_eq!(bare.send_form(&item, "decide", &SAME).await.status, 403);
    // Nor with the cookie of another browser.
    let stolen = Browser { cookie: ben.cookie.clone(), ..Browser::new(&service, "anna") };
    assert_eq!(stolen.send_form(&item, "decide", &SAME).await.status, 403);
    assert!(anna.get("/desk/cases/convoy").await.text.contains("href=\"/desk/cases/convoy/bundle"));
    let mut rita = Browser::new(&service, "rita");
    for path in ["/desk", "/desk/items/convoy/1", "/desk/cases/convoy/bundle", "/desk/search?q=shells"] {
        assert_eq!(rita.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn titles_are_words_and_nothing_else() {
    let lists = Lists::new("desk4");
    let service = service(&lists, desk(&lists, false));
    let mut anna = Browser::new(&service, "anna");
    for path in [
        "/desk",
        "/desk/items/convoy/1",
        "/desk/cases/convoy",
        "/desk/cases/convoy/documents/1",
        "/desk/search?q=shells+capital",
    ] {
        for lang in ["en", "de"] {
            let address = format!("{path}{}lang={lang}", if path.contains('?') { "&" } else { "?" });
            let page = anna.get(&address).await;
            assert_eq!(page.status, 200, "{address}: {}", page.text);
            assert!(
                !page.text.contains("<script>alert") && page.text.contains("&lt;script&gt;alert"),
                "{address}"
            );
            assert!(!page.text.contains("CT+") && !page.text.contains("CT-"), "codes have words: {address}");
            assert_eq!(page.text.matches("<h1>").count(), 1);
        }
    }
    let searched = anna.get("/desk/search?q=%3Cscript%3E&lang=en").await;
    assert!(searched.status == 200 && !searched.text.contains("<script>\""));
    for (path, status) in [
        ("/desk?state=lost", 422),
        ("/desk?case=none", 404),
        ("/desk/items/convoy/999", 404),
        ("/desk/items/convoy/x", 404),
        ("/desk/cases/none", 404),
        ("/desk/cases/none/bundle", 404),
        ("/desk/cases/convoy/documents/7", 404),
        ("/desk?page=99999999999", 200),
    ] {
        assert_eq!(anna.get(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn there_is_no_desk_unless_it_is_asked_for() {
    let lists = Lists::new("desk5");
    let file = desk(&lists, false);
    let service = router(App::start(lists.settings()).unwrap());
    for path in ["/desk", "/desk/items/convoy/1", "/desk/cases/convoy/bundle"] {
        assert_eq!(support::get(&service, path).await.status, 404, "{path}");
    }
    // One that is not there is not made; one that is open to this machine alone is the local user's.
    let missing = DeskSettings { file: lists.0.join("none.db"), user: "anna".into() };
    assert!(App::start(Settings { desk: Some(missing), ..lists.settings() }).is_err());
    let own = Some(DeskSettings { file, user: "dora".into() });
    let service = router(App::start(Settings { desk: own, ..lists.settings() }).unwrap());
    assert!(support::get(&service, "/desk").await.text.contains("dora"));
}

/// Every page that shows something of a case leaves a line, and none of them is left out here.
#[tokio::test]
async fn who_looks_leaves_a_line() {
    let lists = Lists::new("desk6");
    let file = desk(&lists, false);
    let line = |name: &str, role: &str| format!("{name} {role} {:x}\n", Sha256::digest(name));
    let tokens = line("anna", "screen") + &line("rita", "admin");
    let gate = Gate { tokens: Gate::parse_tokens(&tokens).unwrap(), ..Gate::default() };
    let served = Some(DeskSettings { file: file.clone(), user: "nobody".into() });
    let service = router(App::start(Settings { gate, desk: served, ..lists.settings() }).unwrap());
    let mut anna = Browser::new(&service, "anna");
    let lines = || {
        let found = Store::open(&file).unwrap().accesses(None, 0, 1000).unwrap();
        found.into_iter().map(|it| (it.what, it.case, it.address, it.who)).collect::<Vec<_>>()
    };
    let mut before = 0;
    for (path, what, case) in [
        ("/desk?lang=en", "queue", "convoy"),
        ("/desk/search?q=shells", "search", "convoy"),
        ("/desk/search?q=nothing+like+it", "search", ""),
        ("/desk/items/convoy/1", "item", "convoy"),
        ("/desk/cases/convoy", "case", "convoy"),
        ("/desk/cases/convoy/documents/1", "document", "convoy"),
    ] {
        assert_eq!(anna.get(path).await.status, 200, "{path}");
        let now = lines();
        assert_eq!(now.len(), before + 1, "{path}");
        assert_eq!(now[0], (what.into(), case.into(), path.into(), "anna".into()));
        before = now.len();
    }
    let bundle = anna.request("GET", "/desk/cases/convoy/bundle").body(Body::empty()).unwrap();
    assert_eq!(service.clone().oneshot(bundle).await.unwrap().status(), 200);
    assert_eq!(lines()[0].0, "bundle");
    // What is refused with the item shown is a look too; what is not there is none.
    let item = anna.get("/desk/items/convoy/1?lang=en").await;
    let count = lines().len();
    assert_eq!(anna.send_form(&item, "decide", &[("choice", "same")]).await.status, 422);
    assert_eq!((lines().len(), anna.get("/desk/items/convoy/99").await.status.as_u16()), (count + 1, 404));
    assert_eq!(lines().len(), count + 1);
    // Shown to those who have to answer for it, and not logged itself.
    assert_eq!(anna.get("/desk/access").await.status, 403);
    let mut rita = Browser::new(&service, "rita");
    for lang in ["en", "de"] {
        let page = rita.get(&format!("/desk/access?case=convoy&lang={lang}")).await;
        assert!(page.status == 200 && page.text.contains("/desk/search?q=shells"), "{}", page.text);
        assert!(page.text.contains("180") && !page.text.contains("nothing+like+it"));
    }
    assert_eq!(lines().len(), count + 1);
}

#[tokio::test]
async fn what_was_removed_is_said_to_be() {
    let lists = Lists::new("desk7");
    let file = desk(&lists, false);
    let doing = Doing { by: "carl", at: Timestamp::from_second(1_790_000_900).unwrap(), signer: None };
    let mut store = Store::open(&file).unwrap();
    store.retain("convoy", Some(90), &doing).unwrap();
    store.forget("convoy", lagebild_desk::Whom::Document(1), "file <12>", false, &doing).unwrap();
    let service = service(&lists, file);
    let mut anna = Browser::new(&service, "anna");
    let gone = anna.get("/desk/cases/convoy/documents/1?lang=en").await;
    assert!(gone.status == 410 && gone.text.contains("was removed: carl, "), "{}", gone.text);
    assert!(gone.text.contains("file &lt;12&gt;"));
    for (lang, words) in [("en", ["content taken away", "90 days"]), ("de", ["Inhalt entfernt", "90 Tage"])] {
        let case = anna.get(&format!("/desk/cases/convoy?lang={lang}&verify=1")).await;
        assert!(words.iter().all(|words| case.text.contains(words)), "{}", case.text);
        assert!(case.text.contains("file &lt;12&gt;") && !case.text.contains("Beispielow"));
    }
    assert_eq!(anna.get("/desk").await.status, 200);
    assert!(!anna.get("/desk/search?q=Beispielow").await.text.contains("documents/1"));
}
