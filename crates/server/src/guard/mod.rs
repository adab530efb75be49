//! Who may ask what, how much, and what is told of it: one layer in front of all routes.

mod headers;
mod identity;
mod log;
mod metrics;
mod rate;

pub use identity::{Gate, Role, Token, TokenError};
pub use metrics::Metrics;
pub use rate::Rate;

use crate::app::Shared;
use crate::reading::Problem;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long loading the data anew may take while whoever asked for it waits.
const RELOAD_TIME: Duration = Duration::from_secs(600);

/// Limits on requests.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Greatest body, in bytes.
    pub body: usize,
    /// How long a request may take, its body included.
    pub time: Duration,
    /// Requests in work at once; more are refused with 503.
    pub requests: usize,
    /// Open connections; more wait.
    pub connections: usize,
    /// How long a client may take to send the head of a request.
    pub head: Duration,
    /// Requests a second for each client, and as many more at once; none for no limit.
    pub rate: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 8 << 20,
            time: Duration::from_secs(30),
            requests: 512,
            connections: 4096,
            head: Duration::from_secs(10),
            rate: None,
        }
    }
}

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Lets a request through to its route, or refuses it; counts and logs it either way.
pub async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let peer = request.extensions().get::<Peer>().copied();
    let snapshot = app.snapshot();
    let origin = headers::allowed_origin(&route, request.headers());
    let (who, mut response) = match admitted(&app, &request, &route, peer) {
        Err(problem) => (None, problem.into_response()),
        Ok(who) => {
            let _counted = app.metrics().in_flight();
            let time = if route == "/updatez" { RELOAD_TIME } else { app.limits().time };
            let answer = tokio::time::timeout(time, next.run(request)).await;
            (Some(who), answer.unwrap_or_else(|_| too_slow()))
        }
    };
    if response.status() == StatusCode::UNAUTHORIZED {
        // A browser then asks for a name and a password, which is the token.
        let ask = HeaderValue::from_static("Basic realm=\"Lagebild\", charset=\"UTF-8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
    }
    if let Some(origin) = origin {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    }
    headers::add(&route, snapshot.hash(), response.headers_mut());
    let took = began.elapsed();
    app.metrics().count(&route, response.status(), took);
    if app.logs() {
        log::request(&method, &route, response.status(), took, who.as_deref());
    }
    response
}

fn too_slow() -> Response {
    Problem::new(StatusCode::REQUEST_TIMEOUT, "The request took too long.").into_response()
}

/// The name of whoever asks, if the request may go on.
fn admitted(app: &Shared, request: &Request, route: &str, peer: Option<Peer>) -> Result<String, Problem> {
    let headers = request.headers();
    let refuse = |status, why: &str| Err(Problem::new(status, why));
    if app.gate().is_local_only() && !is_local_host(headers) {
        return refuse(StatusCode::MISDIRECTED_REQUEST, "This service answers to local names only.");
    }
    if request.method() != Method::GET && is_from_elsewhere(headers) {
        return refuse(StatusCode::FORBIDDEN, "Requests from other sites are not answered.");
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > app.limits().body) {
        let why = format!("The body has more than {} bytes.", app.limits().body);
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, &why);
    }
    if app.metrics().now() >= app.limits().requests {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "Too many requests are in work. Try again soon.");
    }
    let open = matches!(route, "/healthz" | "/readyz");
    let who = match app.gate().who(headers, peer.map(|peer| peer.0.ip())) {
        Some((name, role)) if role >= needed(request.method(), route) => name,
        _ if open => String::new(),
        Some(_) => return refuse(StatusCode::FORBIDDEN, "Your role does not cover this."),
        None => return refuse(StatusCode::UNAUTHORIZED, "A token is needed: Authorization: Bearer TOKEN."),
    };
    let client = if who.is_empty() || who == "local" {
        peer.map_or(String::new(), |peer| peer.0.ip().to_string())
    } else {
        who.clone()
    };
    if !open && !app.rate().allows(&client) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "Too many requests. Try again in a second.");
    }
    Ok(who)
}

/// The role that a route asks for.
fn needed(method: &Method, route: &str) -> Role {
    match route {
        "/metrics" => Role::Admin,
        "/match/{dataset}" | "/screen" => Role::Screen,
        "/reconcile/{dataset}" if method == Method::POST => Role::Screen,
        _ => Role::Read,
    }
}

/// Whether the name that was asked for is this machine's: a web page elsewhere cannot make a browser claim that.
fn is_local_host(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else { return true };
    let host = host.to_str().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Whether a browser says that another site sends this.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
}
