//! Who may ask what, how much, and what is told of it: one layer in front of all routes.

mod arrivals;
pub(crate) mod attempts;
mod buckets;
mod headers;
mod identity;
pub(crate) mod log;
mod metrics;
pub(crate) mod session;
mod state;

pub use arrivals::Arrivals;
pub(crate) use attempts::attempt;
pub(crate) use buckets::Buckets;
use buckets::Fill;
use identity::Who;
pub use identity::{Gate, Proxy, Role, Token, TokenError};
pub use metrics::Metrics;
pub(crate) use state::{age, state};

use crate::app::{Now, Shared};
use crate::reading::Problem;
use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use lagebild_desk::DeskError;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long loading the data anew may take while whoever asked for it waits.
const RELOAD_TIME: Duration = Duration::from_mins(10);

/// Bytes of an address, its query included.
const MOST_ADDRESS: usize = 32 << 10;

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
    /// How long a client may take to send the body.
    pub arrival: Duration,
    /// How long the answer to a wrong token is held back.
    pub wrong_token: Duration,
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
            arrival: Duration::from_secs(10),
            wrong_token: Duration::from_secs(1),
            rate: None,
        }
    }
}

/// Who is let in with a request.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Their name; empty where nobody had to say it.
    pub(crate) name: String,
    /// What they may do.
    pub(crate) role: Role,
    /// They signed in on the page for it.
    pub(crate) signed_in: bool,
}

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Lets a request through to its route, or refuses it; counts and logs it either way.
pub async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let snapshot = app.snapshot();
    let origin = headers::allowed_origin(&route, request.headers());
    if let Some(origin) = origin.clone().filter(|_| method == Method::OPTIONS) {
        return headers::preflight(origin);
    }
    let session = session::holder(&app, request.headers()).await;
    let (who, mut response) = match admitted(&app, &request, &route, session) {
        Err(Refused::Wrong(problem)) => {
            tokio::time::sleep(app.limits().wrong_token).await;
            (None, problem.into_response())
        }
        Err(Refused::Plain(problem)) => (None, problem.into_response()),
        Err(Refused::SignIn(address)) => (None, Redirect::to(&address).into_response()),
        Ok(client) => {
            let answer = match arrived(&app, request, &route, &client).await {
                Ok(mut request) => {
                    request.extensions_mut().insert(Now(Arc::clone(&snapshot)));
                    request.extensions_mut().insert(client.caller.clone());
                    worked_on(&app, request, &route, next).await
                }
                Err(problem) => problem.into_response(),
            };
            (Some(client.caller.name), answer)
        }
    };
    if response.status() == StatusCode::UNAUTHORIZED {
        // A browser then asks for a name and a password, which is the token; not where there is a page for it.
        let basic = "Basic realm=\"Lagebild\", charset=\"UTF-8\"";
        let ask = HeaderValue::from_static(if app.sign_in().is_some() { "Bearer" } else { basic });
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

/// The request with all of its body, which has as long to arrive and as many bytes as its route allows.
async fn arrived(app: &Shared, request: Request, route: &str, client: &Client) -> Result<Request, Problem> {
    let most = most_body(app, route);
    let announced = request.body().size_hint();
    if announced.exact() == Some(0) {
        return Ok(request);
    }
    let too_long =
        || Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("The body has more than {most} bytes."));
    if announced.lower() > most as u64 {
        return Err(too_long());
    }
    let bytes = announced.exact().map_or(most, |bytes| bytes as usize);
    let busy = || {
        let why = "Too many requests of yours are being sent. Try again when some have arrived.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, why)
    };
    let _arriving = app.arrivals().room(&client.name, bytes).ok_or_else(busy)?;
    let (parts, body) = request.into_parts();
    let body = tokio::time::timeout(app.limits().arrival, axum::body::to_bytes(body, most)).await;
    let late = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "The body did not arrive in time.");
    let body = body.map_err(late)?.map_err(|_| too_long())?;
    Ok(Request::from_parts(parts, axum::body::Body::from(body)))
}

/// The greatest body of a route, in bytes.
fn most_body(app: &Shared, route: &str) -> usize {
    // A form writes each byte as up to three.
    let own = match route {
        "/read" | "/spot" => crate::reading::MOST_TEXT,
        "/" => crate::reading::MOST_TEXT + (64 << 10),
        "/screen" => 3 * crate::reading::MOST_TEXT,
        "/reconcile/{dataset}" => 1 << 20,
        "/check" | "/desk/items/{case}/{number}" | "/sign-in" | "/sign-out" => 64 << 10,
        _ => usize::MAX,
    };
    own.min(app.limits().body)
}

/// What the route answers, unless too many others are in work or it takes too long.
async fn worked_on(app: &Shared, request: Request, route: &str, next: Next) -> Response {
    if app.metrics().now() >= app.limits().requests {
        let why = "Too many requests are in work. Try again soon.";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    }
    let _counted = app.metrics().in_flight();
    let time = if route == "/updatez" { RELOAD_TIME } else { app.limits().time };
    let answer = tokio::time::timeout(time, next.run(request)).await;
    answer.unwrap_or_else(|_| too_slow())
}

fn too_slow() -> Response {
    Problem::new(StatusCode::REQUEST_TIMEOUT, "The request took too long.").into_response()
}

/// Whoever asks.
struct Client {
    caller: Caller,
    /// For what is counted: its name, or where it comes from.
    name: String,
}

/// Why a request goes no further.
enum Refused {
    /// It bore a token that is none.
    Wrong(Problem),
    /// Nobody is signed in, and there is a page for it, at this address.
    SignIn(String),
    /// Anything else.
    Plain(Problem),
}

/// Whoever asks, if the request may go on.
fn admitted(
    app: &Shared,
    request: &Request,
    route: &str,
    session: Result<Option<(String, Role)>, DeskError>,
) -> Result<Client, Refused> {
    let headers = request.headers();
    let refuse = |status, why: &str| Err(Refused::Plain(Problem::new(status, why)));
    let gate = app.gate();
    if !gate.knows_host(headers) {
        let why = "This service does not answer to that name (--host NAME adds one).";
        return refuse(StatusCode::MISDIRECTED_REQUEST, why);
    }
    if request.uri().path_and_query().is_some_and(|it| it.as_str().len() > MOST_ADDRESS) {
        return refuse(StatusCode::URI_TOO_LONG, "Request URI too long");
    }
    let known_origin = headers::allowed_origin(route, headers).is_some();
    if request.method() != Method::GET && !known_origin && is_from_elsewhere(headers) {
        return refuse(StatusCode::FORBIDDEN, "Requests from other sites are not answered.");
    }
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    let free = matches!(route, "/healthz" | "/readyz");
    let open = free || (gate.sign_in && is_to_sign_in(route));
    let session = match session {
        Ok(session) => session,
        Err(_) if free => None,
        Err(why) => return refuse(StatusCode::INTERNAL_SERVER_ERROR, &why.to_string()),
    };
    let (who, signed_in) = match (gate.who(headers), session) {
        (Who::Nobody, Some((name, role))) => (Who::Known(name, role), true),
        (who, _) => (who, false),
    };
    let caller = match who {
        Who::Known(name, role) if open || role >= needed(request.method(), route) => {
            Caller { name, role, signed_in }
        }
        _ if open => Caller { name: String::new(), role: Role::Read, signed_in },
        Who::Known(..) => return refuse(StatusCode::FORBIDDEN, "Your role does not cover this."),
        Who::Nobody if gate.sign_in && is_for_a_page(request) => {
            let asked = request.uri().path_and_query().map_or("/", |it| it.as_str());
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", asked).finish();
            return Err(Refused::SignIn(format!("/sign-in?{query}")));
        }
        Who::Nobody => {
            return refuse(StatusCode::UNAUTHORIZED, "A token is needed: Authorization: Bearer TOKEN.");
        }
        Who::Wrong => {
            let why = "This token is not known, or no longer.";
            return Err(Refused::Wrong(Problem::new(StatusCode::UNAUTHORIZED, why)));
        }
    };
    let name = if caller.name.is_empty() || caller.name == "local" {
        peer.map_or(String::new(), |peer| peer.to_string())
    } else {
        caller.name.clone()
    };
    let rate = app.limits().rate.filter(|_| !free);
    if rate.is_some_and(|rate| !app.requests().take(&[(name.clone(), Fill::a_second(rate))])) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, "Too many requests. Try again in a second.");
    }
    Ok(Client { caller, name })
}

/// What is shown to whoever is not signed in yet.
fn is_to_sign_in(route: &str) -> bool {
    matches!(route, "/sign-in" | "/sign-in/provider" | "/sign-in/return" | "/favicon.ico")
        || route.starts_with("/assets/")
}

/// Whether a browser asks for a page to show.
fn is_for_a_page(request: &Request) -> bool {
    let accepted = request.headers().get(header::ACCEPT).and_then(|it| it.to_str().ok());
    request.method() == Method::GET && accepted.is_some_and(|it| it.contains("text/html"))
}

/// The role that a route asks for.
fn needed(method: &Method, route: &str) -> Role {
    match route {
        "/metrics" | "/desk/access" => Role::Admin,
        "/match/{dataset}" | "/screen" | "/spot" => Role::Screen,
        "/reconcile/{dataset}" if method == Method::POST => Role::Screen,
        // Cases hold names of people and what was thought of them: nothing for whoever may only look at lists.
        _ if route == "/desk" || route.starts_with("/desk/") => Role::Screen,
        _ => Role::Read,
    }
}

/// The role that an act at the desk asks for.
pub(crate) fn needed_to(act: &str) -> Role {
    if act == "confirm" { Role::Review } else { Role::Screen }
}

/// Whether a browser says that another site sends this.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
}
