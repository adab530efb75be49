//! The page on which people sign in, with a password or by way of an identity provider (`provider`), and out again.

use super::layout::{Page, field};
use super::words::Tongue;
use super::{LANG, PAGE, text};
use crate::app::{Now, Shared};
use crate::desk::Desk;
use crate::guard::{Caller, Peer, attempt, session};
use crate::openapi::forms::SignForm;
use crate::openapi::{Media, Operation};
use crate::yente::Param;
use axum::Router;
use axum::extract::{Extension, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use jiff::Timestamp;
use lagebild_desk::SessionLimits;
use maud::{Markup, html};

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sign-in", get(form).post(enter))
        .route("/sign-out", post(leave))
        .merge(super::provider::routes())
}

pub(super) const PARAMS: [Param; 2] = [LANG, text("to", "Where to go then, on this service")];
const FORM: &[Media] = &[Media::of::<SignForm>("application/x-www-form-urlencoded")];

const fn sign(path: &'static str, summary: &'static str) -> Operation {
    Operation::get((path, "pages"), summary, &PARAMS, PAGE, (&[404], Media::text("text/html")))
}

/// The operations, for the OpenAPI description.
pub(crate) const OPERATIONS: &[Operation] = &[
    sign("/sign-in", "Where people sign in (with --sign-in only)"),
    Operation {
        method: "post",
        body: FORM,
        ..sign("/sign-in", "Sign in with a password: a cookie, and on to the page that was asked for")
    },
    Operation { method: "post", body: FORM, ..sign("/sign-out", "Sign out") },
];

/// What all of them need.
pub(super) struct Asked {
    pub(super) app: Shared,
    pub(super) tongue: Tongue,
    pub(super) limits: SessionLimits,
    pub(super) headers: HeaderMap,
    /// Where to go then.
    pub(super) to: String,
    /// Who is signed in; empty for nobody.
    user: String,
}

impl Asked {
    pub(super) fn new(app: Shared, query: Option<&str>, headers: HeaderMap, user: String) -> Option<Self> {
        let limits = app.sign_in()?;
        let tongue = Tongue::of(query, &headers);
        let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let to = pairs.find(|(name, _)| name == "to").map(|(_, to)| to.into_owned()).unwrap_or_default();
        let to = if is_here(&to) { to } else { "/".to_owned() };
        Some(Self { app, tongue, limits, headers, to, user })
    }

    fn desk(&self) -> Option<&Desk> {
        self.app.desk()
    }

    /// The query of these pages: language, and where to go then.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("lang", self.tongue.code()).append_pair("to", &self.to).finish()
    }

    /// On to where somebody wanted to go, signed in.
    pub(super) fn entered(&self, token: &str) -> Response {
        let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, self.to.as_str())]).into_response();
        add_cookie(&mut answer, &session::set_cookie(Some(token), self.https(), self.limits));
        answer
    }

    pub(super) fn https(&self) -> bool {
        self.app.scheme() == "https"
    }

    fn is_own(&self, form: &[(String, String)]) -> bool {
        self.desk().is_some_and(|desk| desk.is_own(&self.headers, &self.user, given(form, "token")))
    }

    /// Leaves a line in the log of who signed in, and in which way.
    pub(super) fn noted(&self, name: &str, way: &str) {
        if self.app.logs() {
            crate::guard::log::signed_in(name, way);
        }
    }

    /// The page for whoever tried too often.
    pub(super) fn slowed(&self, now: &Now, name: &str) -> Response {
        let why = self.tongue.say("sign_slow");
        let mut answer = self.page(now, StatusCode::TOO_MANY_REQUESTS, Some(why), name);
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        answer
    }

    /// The page, with what went wrong and the name that was entered.
    pub(super) fn page(&self, now: &Now, status: StatusCode, why: Option<&str>, name: &str) -> Response {
        let tongue = self.tongue;
        let forms = self.desk().map(|desk| desk.forms(&self.headers, &self.user, self.https()));
        let Some(Ok(forms)) = forms else { return missing() };
        let (query, provider) = (self.query(), self.app.oidc());
        let body = html! {
            @if let Some(why) = why { p.problem role="alert" { (why) } }
            @if self.user.is_empty() {
                @if let Some(provider) = provider {
                    p { a.main href={"/sign-in/provider?" (query)} { (tongue.say("sign_provider")) " " bdi { (provider.host()) } } }
                }
                @if provider.is_none_or(|it| !it.only()) { (entering(tongue, &query, &forms.token, name)) }
            } @else {
                p { (tongue.say("sign_signed")) " " strong dir="auto" { (self.user) } }
                (leaving(tongue, &forms.token))
            }
        };
        let title = tongue.say("sign_in");
        let page = Page { tongue, path: "/sign-in", title, body, snapshot: &now.0 };
        let mut answer = page.answer(status);
        if let Some(cookie) = forms.set_cookie {
            add_cookie(&mut answer, &cookie);
        }
        answer
    }
}

/// The form that takes a password.
fn entering(tongue: Tongue, query: &str, token: &str, name: &str) -> Markup {
    html! {
        form method="post" action={"/sign-in?" (query)} {
            input type="hidden" name="token" value=(token);
            (field(tongue.say("sign_name"), "name", "text", name))
            p.field {
                label for="f-password" { (tongue.say("sign_password")) }
                input id="f-password" name="password" type="password" required autocomplete="current-password";
            }
            p { button.main type="submit" { (tongue.say("sign_in")) } }
        }
    }
}

/// The form that signs out.
pub(super) fn leaving(tongue: Tongue, token: &str) -> Markup {
    html! {
        form.leave method="post" action={"/sign-out?lang=" (tongue.code())} {
            input type="hidden" name="token" value=(token);
            button type="submit" { (tongue.say("sign_out")) }
        }
    }
}

/// Whether an address is one of this service's pages, and not one that only looks like it.
fn is_here(to: &str) -> bool {
    let plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/sign-") && plain
}

fn given<'f>(form: &'f [(String, String)], name: &str) -> &'f str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

pub(super) fn missing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

pub(super) fn add_cookie(answer: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

async fn form(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    now: Now,
) -> Response {
    let Some(asked) = Asked::new(app, query.as_deref(), headers, caller.name) else { return missing() };
    asked.page(&now, StatusCode::OK, None, "")
}

async fn enter(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    now: Now,
    body: Bytes,
) -> Response {
    // Whoever signs in is nobody yet, whatever cookie the browser still has.
    let Some(asked) = Asked::new(app, query.as_deref(), headers, String::new()) else { return missing() };
    let tongue = asked.tongue;
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let name = given(&form, "name").trim().to_owned();
    if asked.app.oidc().is_some_and(|it| it.only()) {
        return asked.page(&now, StatusCode::FORBIDDEN, Some(tongue.say("sign_only")), "");
    }
    if !asked.is_own(&form) {
        return asked.page(&now, StatusCode::FORBIDDEN, Some(tongue.say("sign_forged")), &name);
    }
    let attempt = attempt(&name, peer.map(|peer| peer.0.0.ip()));
    if !asked.app.attempts().take(&attempt) {
        return asked.slowed(&now, &name);
    }
    match signed(&asked, name.clone(), given(&form, "password").to_owned()).await {
        Ok(Some(token)) => {
            asked.app.attempts().give_back(&attempt);
            asked.noted(&name, "password");
            asked.entered(&token)
        }
        Ok(None) => {
            tokio::time::sleep(asked.app.limits().wrong_token).await;
            asked.page(&now, StatusCode::UNAUTHORIZED, Some(tongue.say("sign_wrong")), &name)
        }
        Err(why) => {
            crate::guard::log::wrong(&format!("nobody can sign in: {why}"));
            asked.page(&now, StatusCode::INTERNAL_SERVER_ERROR, Some(tongue.say("problem")), &name)
        }
    }
}

/// Compares the password on a thread of its own: it takes its time on purpose.
async fn signed(asked: &Asked, name: String, password: String) -> Result<Option<String>, String> {
    let (app, limits) = (Shared::clone(&asked.app), asked.limits);
    let before = session::token(&asked.headers, asked.https());
    let work = move |_: &crate::work::Wanted| {
        let Some(desk) = app.desk() else { return Ok(None) };
        let (mut store, at) = (desk.store()?, Timestamp::now());
        let token = store.sign_in(&name, &password, at)?;
        if let Some(before) = before.filter(|_| token.is_some()) {
            store.sign_out(&before, at, limits)?;
        }
        Ok(token)
    };
    let done = asked.app.quick().run(work).await.map_err(|_| "no worker".to_owned())?;
    done.map_err(|why: lagebild_desk::DeskError| why.to_string())
}

async fn leave(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    now: Now,
    body: Bytes,
) -> Response {
    let Some(mut asked) = Asked::new(app, query.as_deref(), headers, caller.name) else { return missing() };
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    if !asked.is_own(&form) {
        return asked.page(&now, StatusCode::FORBIDDEN, Some(asked.tongue.say("sign_forged")), "");
    }
    if let Some(token) = session::token(&asked.headers, asked.https()) {
        let (app, limits) = (Shared::clone(&asked.app), asked.limits);
        let out = move || app.desk().map(|desk| desk.store()?.sign_out(&token, Timestamp::now(), limits));
        if !matches!(tokio::task::spawn_blocking(out).await, Ok(Some(Ok(())))) {
            return asked.page(
                &now,
                StatusCode::INTERNAL_SERVER_ERROR,
                Some(asked.tongue.say("problem")),
                "",
            );
        }
    }
    asked.user.clear();
    let mut answer = asked.page(&now, StatusCode::OK, Some(asked.tongue.say("sign_gone")), "");
    add_cookie(&mut answer, &session::set_cookie(None, asked.https(), asked.limits));
    answer
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert!(is_here("/desk?case=a&lang=de") && is_here("/"));
        for to in [
            "",
            "https://elsewhere.example",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "/a\r\nb",
            "/sign-out",
        ] {
            assert!(!is_here(to), "{to}");
        }
    }
}
