//! Downloads from a server on this machine that answers rightly, wrongly, slowly or not at all.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use lagebild_fetch::{Limits, Outcome, Problem, Publisher, UpdateError, update};
use lagebild_watchlist::store::{Store, StoreError};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A list of a day with these entities.
fn un(date: &str, names: &[&str]) -> String {
    let one = |name: &&str| {
        format!("<ENTITY><REFERENCE_NUMBER>{name}</REFERENCE_NUMBER><FIRST_NAME>{name}</FIRST_NAME></ENTITY>")
    };
    let all: String = names.iter().map(one).collect();
    format!("<CONSOLIDATED_LIST dateGenerated='{date}T00:00:00Z'>{all}</CONSOLIDATED_LIST>")
}

fn whole(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
}

fn ok(body: &str) -> String {
    whole("200 OK", "ETag: \"one\"\r\n", body)
}

/// A server that gives these answers one after the other and says what it was asked.
fn server(answers: Vec<String>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/list.xml", listener.local_addr().unwrap());
    let (sender, asked) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = sender.send(request(&stream));
            if answer.is_empty() {
                std::thread::sleep(Duration::from_secs(2));
            }
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (url, asked)
}

fn request(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n").to_lowercase()
}

/// A store with its folder for downloads.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn store(&self) -> Store {
        Store::new(self.0.join("store"))
    }

    fn update(&self, url: &str) -> Result<Outcome, UpdateError> {
        let publisher = Publisher {
            name: "un-sc".into(),
            publisher: "test".into(),
            url: "https://127.0.0.1/list.xml".into(),
            token: None,
            hosts: vec!["127.0.0.1".into()],
            format: "un-xml".into(),
            licence: "none".into(),
            stale_days: 14,
            max_mib: 1,
            optional: false,
        };
        let limits = Limits {
            answer: Duration::from_millis(400),
            whole: Duration::from_secs(1),
            bytes: 4096,
            pause: Duration::from_millis(1),
            plain_http: true,
            ..Limits::default()
        };
        let today = jiff::civil::date(2026, 1, 1);
        let outcome =
            update(&self.store(), &publisher, url, &self.0.join("downloads"), today, &limits, |_| {});
        assert!(!self.0.join("downloads/un-sc.part").exists(), "an unfinished file was left");
        outcome
    }

    /// The problem of a download from a server with these answers.
    fn problem(&self, answers: Vec<String>) -> Problem {
        match self.update(&server(answers).0) {
            Err(UpdateError::Download(problem)) => problem,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_list_comes_and_is_asked_for_with_its_marks() {
    let place = Place::new("fetch-ok");
    let answers = vec![ok(&un("2024-01-01", &["A", "B"])), whole("304 Not Modified", "", "")];
    let (url, asked) = server(answers);
    let Outcome::Added(added) = place.update(&url).unwrap() else { panic!("nothing was added") };
    assert_eq!((added.entry.parties, added.entry.source.as_str()), (2, "https://127.0.0.1/list.xml"));
    assert!(!asked.recv().unwrap().contains("if-none-match"));
    assert!(matches!(place.update(&url).unwrap(), Outcome::Unchanged));
    assert!(asked.recv().unwrap().contains("if-none-match: \"one\""));
}

#[test]
fn what_is_not_believed_leaves_the_present_version() {
    let place = Place::new("fetch-refused");
    let good = un("2024-02-01", &["A", "B", "C"]);
    place.update(&server(vec![ok(&good)]).0).unwrap();
    let refused = |body: &str| place.update(&server(vec![ok(body)]).0).unwrap_err();
    assert!(matches!(refused("<html>Sign in</html>"), UpdateError::Store(StoreError::Source(_))));
    assert!(matches!(refused("<sdnList></sdnList>"), UpdateError::Format { found: "ofac-xml", .. }));
    assert!(matches!(refused(&good[..good.len() - 10]), UpdateError::Store(StoreError::Torn { .. })));
    let shrunk = refused(&un("2024-03-01", &["A"]));
    assert!(matches!(shrunk, UpdateError::Store(StoreError::Shrunk { .. })));
    let older = refused(&un("2024-01-01", &["A", "B", "C"]));
    assert!(matches!(older, UpdateError::Store(StoreError::Older { .. })));
    assert_eq!(place.store().versions("un-sc").unwrap().len(), 1);
}

#[test]
fn a_file_that_is_cut_off_too_large_or_too_slow_is_refused() {
    let place = Place::new("fetch-limits");
    let body = un("2024-01-01", &["A"]);
    let cut =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len() + 9);
    let problem = place.problem(vec![cut; 3]);
    assert!(matches!(problem, Problem::Truncated { .. } | Problem::Connection(_)), "{problem:?}");
    assert!(matches!(place.problem(vec![ok(&"x".repeat(5000))]), Problem::TooLarge(4096)));
    let unannounced = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "x".repeat(5000));
    assert!(matches!(place.problem(vec![unannounced]), Problem::TooLarge(4096)));
    assert!(matches!(place.problem(vec![String::new()]), Problem::TooSlow(_)));
}

#[test]
fn redirects_are_followed_only_where_they_may_lead() {
    let place = Place::new("fetch-redirects");
    let to = |target: &str| whole("302 Found", &format!("Location: {target}\r\n"), "");
    let (url, _) = server(vec![to("/moved.xml"), ok(&un("2024-01-01", &["A"]))]);
    assert!(matches!(place.update(&url).unwrap(), Outcome::Added(_)));
    let elsewhere = place.problem(vec![to("http://192.0.2.1/list.xml")]);
    assert!(matches!(&elsewhere, Problem::Elsewhere(target) if target.contains("192.0.2.1")), "{elsewhere}");
    assert!(matches!(place.problem(vec![to("file:///etc/passwd")]), Problem::Elsewhere(_)));
    assert!(matches!(place.problem(vec![to("/again"); 8]), Problem::Redirects));
}

#[test]
fn errors_of_the_server_are_tried_again_but_not_for_ever() {
    let place = Place::new("fetch-errors");
    let busy = || whole("503 Service Unavailable", "", "");
    let (url, _) = server(vec![busy(), ok(&un("2024-01-01", &["A"]))]);
    assert!(matches!(place.update(&url).unwrap(), Outcome::Added(_)));
    assert!(matches!(place.problem(vec![busy(), busy(), busy()]), Problem::Status(503)));
    assert!(matches!(place.problem(vec![whole("404 Not Found", "", "")]), Problem::Status(404)));
}
