//! Signing in by way of an identity provider: out to it, and back with its word.

use super::PAGE;
use super::sign::{Asked, PARAMS, add_cookie, missing};
use super::text;
use crate::app::{Now, Shared};
use crate::guard::{Peer, attempts, log, session};
use crate::oidc::{Oidc, Started, Trouble, cookie, set_cookie};
use crate::openapi::{Media, Operation};
use crate::yente::Param;
use axum::Router;
use axum::extract::{Extension, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use lagebild_desk::{DeskError, Vouched};
use std::borrow::Cow;
use std::sync::Arc;

/// Where the provider sends a browser back to.
const BACK: &str = "/sign-in/return";

/// The routes.
pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/sign-in/provider", get(out)).route("/sign-in/return", get(back))
}

const CAME: [Param; 4] = [
    text("state", "What this service sent along"),
    text("code", "What the token is had for"),
    text("error", "Why there is no code"),
    text("iss", "The provider's issuer"),
];

const fn step(path: &'static str, summary: &'static str, params: &'static [Param]) -> Operation {
    Operation::get((path, "pages"), summary, params, PAGE, (&[404, 500, 502], Media::text("text/html")))
}

/// The operations, for the OpenAPI description.
pub(crate) const OPERATIONS: &[Operation] = &[
    step("/sign-in/provider", "On to the identity provider (with --oidc-issuer only)", &PARAMS),
    step(BACK, "Back from the identity provider: a cookie, and on to the page that was asked for", &CAME),
];

/// Why somebody is not signed in, beside what the provider is to blame for.
enum No {
    Trouble(Trouble),
    Unknown(String),
    Disabled(String),
    Desk(String),
}

impl No {
    /// Whether nobody who signs in is to blame for it: it is not counted as an attempt.
    fn is_not_theirs(&self) -> bool {
        matches!(self, Self::Trouble(Trouble::Provider(_)) | Self::Desk(_))
    }
}

impl From<Trouble> for No {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

async fn out(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    now: Now,
) -> Response {
    let Some(oidc) = app.oidc().map(Arc::clone) else { return missing() };
    let Some(asked) = Asked::new(app, query.as_deref(), headers, String::new()) else { return missing() };
    let begun = [attempts::begun(peer.map(|peer| peer.0.0.ip()))];
    if !asked.app.attempts().take(&begun) {
        return asked.slowed(&now, "");
    }
    // Under which name the service was asked is checked by the guard; the provider knows where it may send people.
    let host = asked.headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let Some(host) = host else { return StatusCode::BAD_REQUEST.into_response() };
    let there = format!("{}://{host}{BACK}", asked.app.scheme());
    match oidc.begin(there, asked.query()).await {
        Ok((address, value)) => {
            let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
            add_cookie(&mut answer, &set_cookie(Some(&value), asked.https()));
            answer
        }
        Err(trouble) => told(&asked, &now, &No::Trouble(trouble)),
    }
}

async fn back(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    now: Now,
) -> Response {
    let Some(oidc) = app.oidc().map(Arc::clone) else { return missing() };
    let started = cookie(&headers, app.scheme() == "https").and_then(|it| oidc.take(it));
    // What stands in the address comes from elsewhere; where to go then was said here.
    let then = started.as_ref().map(|it| it.to.clone());
    let Some(asked) = Asked::new(app, then.as_deref(), headers, String::new()) else { return missing() };
    let attempt = [attempts::from(peer.map(|peer| peer.0.0.ip()))];
    let mut answer = if asked.app.attempts().take(&attempt) {
        let came = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        match entered(&asked, &oidc, started, came).await {
            Ok(token) => {
                asked.app.attempts().give_back(&attempt);
                asked.entered(&token)
            }
            Err(no) => {
                if no.is_not_theirs() {
                    asked.app.attempts().give_back(&attempt);
                }
                tokio::time::sleep(asked.app.limits().wrong_token).await;
                told(&asked, &now, &no)
            }
        }
    } else {
        asked.slowed(&now, "")
    };
    add_cookie(&mut answer, &set_cookie(None, asked.https()));
    answer
}

/// The token of the session of whom the provider vouches for.
async fn entered(
    asked: &Asked,
    oidc: &Arc<Oidc>,
    started: Option<Started>,
    came: Vec<(String, String)>,
) -> Result<String, No> {
    let name = oidc.finish(started.ok_or(Trouble::Lost)?, &came).await?;
    let person = name.clone();
    let (app, limits) = (Shared::clone(&asked.app), asked.limits);
    let before = session::token(&asked.headers, asked.https());
    let work = move || -> Result<Vouched, DeskError> {
        let Some(desk) = app.desk() else { return Ok(Vouched::Unknown) };
        let (mut store, at) = (desk.store()?, Timestamp::now());
        let vouched = store.sign_in_vouched(&person, at)?;
        if let (Some(before), Vouched::SignedIn(_)) = (before, &vouched) {
            store.sign_out(&before, at, limits)?;
        }
        Ok(vouched)
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(|why| No::Desk(why.to_string()))?;
    match done.map_err(|why| No::Desk(why.to_string()))? {
        Vouched::SignedIn(token) => {
            asked.noted(&name, "oidc");
            Ok(token)
        }
        Vouched::Unknown => Err(No::Unknown(name)),
        Vouched::Disabled => Err(No::Disabled(name)),
    }
}

/// The page that says why somebody is not signed in; why in full stands in the log.
fn told(asked: &Asked, now: &Now, no: &No) -> Response {
    let tongue = asked.tongue;
    let named = |words: &'static str, name: &str| Cow::Owned(format!("{words} {name}"));
    let (status, words): (StatusCode, Cow<str>) = match no {
        No::Trouble(Trouble::Provider(_)) => (StatusCode::BAD_GATEWAY, tongue.say("sign_down").into()),
        No::Trouble(Trouble::Lost) => (StatusCode::UNAUTHORIZED, tongue.say("sign_lost").into()),
        No::Trouble(Trouble::Ended(_)) => (StatusCode::UNAUTHORIZED, tongue.say("sign_ended").into()),
        No::Trouble(Trouble::Refused(_)) => (StatusCode::UNAUTHORIZED, tongue.say("sign_refused").into()),
        No::Trouble(Trouble::Nameless(_)) => (StatusCode::FORBIDDEN, tongue.say("sign_nameless").into()),
        No::Unknown(name) => (StatusCode::FORBIDDEN, named(tongue.say("sign_unknown"), name)),
        No::Disabled(name) => (StatusCode::FORBIDDEN, named(tongue.say("sign_disabled"), name)),
        No::Desk(_) => (StatusCode::INTERNAL_SERVER_ERROR, tongue.say("problem").into()),
    };
    match no {
        No::Trouble(trouble @ Trouble::Provider(_)) => log::wrong(&format!("nobody can sign in: {trouble}")),
        No::Desk(why) => log::wrong(&format!("nobody can sign in: {why}")),
        _ if !asked.app.logs() => {}
        No::Trouble(trouble) => log::not_signed_in(&trouble.to_string()),
        No::Unknown(name) => log::not_signed_in(&format!("nobody here goes by the name `{name}`")),
        No::Disabled(name) => log::not_signed_in(&format!("`{name}` is disabled")),
    }
    asked.page(now, status, Some(&words), "")
}
