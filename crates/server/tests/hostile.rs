//! What a client can do wrong or means badly, over real connections: it is refused cleanly, and the service goes on.

mod support;

use lagebild_server::guard::{Gate, Limits};
use lagebild_server::{Settings, serve};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

struct Running {
    address: SocketAddr,
    end: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
}

async fn start(settings: Settings) -> Running {
    let app = support::app(settings);
    let listener = serve::listen(&app, ([127, 0, 0, 1], 0).into()).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (end, ended) = oneshot::channel();
    let task = tokio::spawn(serve::serve(app, listener, async { drop(ended.await) }));
    Running { address, end, task }
}

fn limited() -> Settings {
    let limits = Limits {
        body: 10_000,
        time: Duration::from_millis(600),
        head: Duration::from_millis(600),
        arrival: Duration::from_millis(600),
        ..Limits::default()
    };
    Settings { limits, ..support::settings() }
}

/// Sends bytes and reads until the other side is done.
async fn talk(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the service listens");
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn status(address: SocketAddr, request: &str) -> u16 {
    let answer = talk(address, request.as_bytes()).await;
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n")
}

fn post(path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

async fn goes_on(address: SocketAddr) {
    assert_eq!(status(address, &get("/healthz", "")).await, 200);
}

#[tokio::test]
async fn malformed_requests() {
    let service = start(limited()).await;
    let deep = "[".repeat(9000);
    let nested = format!("{{\"queries\":{deep}");
    for (request, wanted) in [
        (post("/match/both", "{"), 422),
        (post("/match/both", "\u{0}\u{1}"), 422),
        (post("/match/both", &nested), 422),
        (post("/check", "{\"from\": 3}"), 422),
        (post("/check", "{\"from\": \"KP\", \"goods\": \"x\", \"colour\": 1}"), 422),
        (post("/read?colour=1", "text"), 422),
        ("\u{1}\u{2}\u{3}\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), 400),
        (format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "x".repeat(100_000)), 431),
        (get("/search/both?q=%ff%fe%00", ""), 200),
        (get("/search/%2e%2e%2fboth", ""), 404),
        (get("/entities/%00%0d%0a", ""), 404),
    ] {
        let got = status(service.address, &request).await;
        let cut = request.get(..60).unwrap_or(&request);
        assert!(
            got == wanted || (wanted >= 400 && (414..=431).contains(&got)),
            "{cut}: {got} instead of {wanted}"
        );
    }
    goes_on(service.address).await;
}

#[tokio::test]
async fn huge_bodies() {
    let service = start(limited()).await;
    let head = "POST /match/both HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1073741824\r\n\r\n{";
    let began = Instant::now();
    assert_eq!(status(service.address, head).await, 413);
    assert!(began.elapsed() < Duration::from_secs(4), "refused by its announced length");
    // No length announced: cut off at the limit.
    let chunk = "1000\r\n".to_owned() + &"x".repeat(4096) + "\r\n";
    let chunked =
        "POST /read HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
            .to_owned();
    assert_eq!(status(service.address, &(chunked + &chunk.repeat(8) + "0\r\n\r\n")).await, 413);
    goes_on(service.address).await;
}

#[tokio::test]
async fn slow_senders() {
    let service = start(limited()).await;
    // A head that never ends.
    let began = Instant::now();
    talk(service.address, b"GET /healthz HTTP/1.1\r\nhost: loc").await;
    assert!(began.elapsed() < Duration::from_secs(4));
    // A body that never comes.
    let waiting =
        "POST /match/both HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\nconnection: close\r\n\r\n{";
    assert_eq!(status(service.address, waiting).await, 408);
    goes_on(service.address).await;
}

#[tokio::test]
async fn many_connections() {
    let mut settings = limited();
    settings.limits.connections = 50;
    let service = start(settings).await;
    let mut open = Vec::new();
    for _ in 0..400 {
        open.push(TcpStream::connect(service.address).await);
    }
    // Those that say nothing are cut off, and others get their turn.
    let began = Instant::now();
    drop(open);
    goes_on(service.address).await;
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn names_of_other_machines_and_requests_of_other_sites() {
    let service = start(limited()).await;
    let elsewhere = "GET /healthz HTTP/1.1\r\nhost: attacker.example\r\nconnection: close\r\n\r\n";
    assert_eq!(status(service.address, elsewhere).await, 421);
    let cross = "POST /spot HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nsec-fetch-site: cross-site\r\ncontent-length: 1\r\n\r\nx";
    assert_eq!(status(service.address, cross).await, 403);
    // OpenRefine on this machine may see suggestions; nobody else, and nothing else.
    for (origin, path, allowed) in [
        ("http://127.0.0.1:3333", "/reconcile/both", true),
        ("http://127.0.0.1:3333", "/search/both", false),
        ("https://attacker.example", "/reconcile/both", false),
    ] {
        let answer = talk(service.address, get(path, &format!("origin: {origin}\r\n")).as_bytes()).await;
        assert_eq!(answer.contains("access-control-allow-origin"), allowed, "{origin} {path}");
    }
}

#[tokio::test]
async fn openrefine_is_told_that_it_may_ask_and_long_addresses_are_refused() {
    let service = start(limited()).await;
    let ask = |origin: &str, path: &str| {
        format!(
            "OPTIONS {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\norigin: {origin}\r\naccess-control-request-method: POST\r\nsec-fetch-site: cross-site\r\n\r\n"
        )
    };
    let answer = talk(service.address, ask("http://localhost:3333", "/reconcile/both").as_bytes()).await;
    assert!(
        answer.starts_with("HTTP/1.1 204") && answer.contains("access-control-allow-methods: GET, POST"),
        "{answer}"
    );
    let answer = talk(service.address, ask("https://attacker.example", "/reconcile/both").as_bytes()).await;
    assert!(!answer.starts_with("HTTP/1.1 204") && !answer.contains("access-control-allow"), "{answer}");
    for length in [40_000, 100_000] {
        let long = get(&format!("/search/both?q={}", "x".repeat(length)), "");
        assert_eq!(status(service.address, &long).await, 414, "{length}");
    }
    assert_eq!(
        status(service.address, &post("/reconcile/both?x", "queries=%7B%22a%22%3A%7B%22query%22%3A1%7D%7D"))
            .await,
        400
    );
}

#[tokio::test]
async fn one_client_with_bodies_that_never_come_leaves_room_for_others() {
    let limits = Limits { arrival: Duration::from_mins(1), requests: 70, ..Limits::default() };
    let service = start(Settings { limits, ..support::settings() }).await;
    let waiting = "POST /match/both HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\n{";
    let mut open = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(service.address).await.unwrap();
        stream.write_all(waiting.as_bytes()).await.unwrap();
        open.push(stream);
    }
    let began = Instant::now();
    assert_eq!(status(service.address, &get("/search/both?q=mustermann", "")).await, 200);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test]
async fn headers_cannot_be_smuggled_in() {
    let service = start(limited()).await;
    let answer = talk(service.address, get("/entities/x%0d%0aset-cookie:%20a=b", "").as_bytes()).await;
    assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    let answer = talk(service.address, get("/reconcile/both?%0d%0aset-cookie:a=b", "").as_bytes()).await;
    assert!(!answer.split("\r\n\r\n").next().unwrap().to_lowercase().contains("set-cookie"), "{answer}");
}

#[tokio::test]
async fn every_answer_bears_the_strict_headers() {
    let service = start(limited()).await;
    for path in ["/healthz", "/nothing", "/search/both?limit=x"] {
        let answer = talk(service.address, get(path, "").as_bytes()).await.to_lowercase();
        assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
        assert!(answer.contains("x-content-type-options: nosniff"));
        assert!(answer.contains("x-lagebild-version: ") && answer.contains("x-lagebild-data: "));
    }
}

#[tokio::test]
async fn tokens_roles_and_rates() {
    let file = format!("anna screen {:x}\nbot read {:x}\n", Sha256::digest("one"), Sha256::digest("two"));
    let gate = Gate { tokens: Gate::parse_tokens(&file).unwrap(), ..Gate::default() };
    let limits = Limits { rate: Some(5), wrong_token: Duration::from_millis(20), ..Limits::default() };
    let service = start(Settings { gate, limits, ..support::settings() }).await;
    let at = service.address;
    assert_eq!(status(at, &get("/catalog", "")).await, 401);
    assert_eq!(status(at, &get("/catalog", "authorization: Bearer three\r\n")).await, 401);
    assert_eq!(status(at, &get("/catalog", "authorization: Bearer two\r\n")).await, 200);
    assert_eq!(status(at, &get("/metrics", "authorization: Bearer one\r\n")).await, 403);
    let screen = post("/match/both", "{\"queries\":{}}");
    let with =
        |token: &str| screen.replace("\r\n\r\n", &format!("\r\nauthorization: ApiKey {token}\r\n\r\n"));
    assert_eq!(status(at, &with("two")).await, 403);
    assert_eq!(status(at, &with("one")).await, 400);
    assert_eq!(status(at, &get("/healthz", "")).await, 200);
    let mut refused = 0;
    for _ in 0..30 {
        refused += u32::from(status(at, &get("/catalog", "authorization: Bearer two\r\n")).await == 429);
    }
    assert!(refused > 0, "more than the rate allows");
}

#[tokio::test]
async fn an_address_that_others_reach_needs_an_identity() {
    let app = support::app(support::settings());
    let refused = serve::listen(&app, ([0, 0, 0, 0], 0).into()).await;
    assert!(refused.unwrap_err().to_string().contains("--tokens"));
}

#[tokio::test]
async fn requests_in_work_are_finished_before_the_end() {
    let service = start(support::settings()).await;
    let article = "Kim Jong Un met Vladimir Putin in Vladivostok on Wednesday, the Kremlin said. ".repeat(40);
    let mut stream = TcpStream::connect(service.address).await.unwrap();
    let request = post("/read", &article).replace("application/json", "text/plain");
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    service.end.send(()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    service.task.await.unwrap();
}

#[tokio::test]
async fn reloading_drops_no_request() {
    let app = support::app(support::settings());
    let service = lagebild_server::router(app.clone());
    let reloading = std::thread::spawn(move || (0..20).for_each(|_| app.reload().unwrap()));
    while !reloading.is_finished() {
        let found = support::get(&service, "/search/both?q=mustermann&schema=Person").await;
        assert_eq!(found.ids(), ["hb-anna"]);
    }
    reloading.join().unwrap();
}
