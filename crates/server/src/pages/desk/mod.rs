//! The analyst's desk: what waits, one item to decide, a case, the search. Each page works without scripting; what changes
//! something is a form that is sent, with a token that no other site knows.

mod access;
mod act;
mod case;
mod document;
mod item;
mod queue;
mod say;
mod search;
mod text;
mod view;

use super::layout::{Page, problem};
use super::sign::leaving;
use super::words::Tongue;
use super::{LANG, page, text};
use crate::app::{Now, Shared};
use crate::data::Snapshot;
use crate::desk::Forms;
use crate::guard::{Caller, Role};
use crate::openapi::forms::DeskForm;
use crate::openapi::{Media, Operation};
use crate::work::Pool;
use crate::yente::Param;
use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use lagebild_desk::{DeskError, Store};
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use view::View;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/desk", get(queue::queue))
        .route("/desk/search", get(search::search))
        .route("/desk/access", get(access::access))
        .route("/desk/items/{case}/{number}", get(item::item).post(act::act))
        .route("/desk/cases/{case}", get(case::case))
        .route("/desk/cases/{case}/bundle", get(case::bundle))
        .route("/desk/cases/{case}/documents/{number}", get(document::document))
}

/// What is worked through: it stands in the address of every page, so that the next item is one of the same.
const VIEW: [Param; 5] = [
    LANG,
    text("case", "Items of this case only"),
    text("state", "Items that stand so only: open, proposed, decided or remembered; else all that wait"),
    text("kind", "Items of this kind only: hit, flow or finding"),
    text("mine", "1 for items that were given to whoever asks"),
];
const QUEUE: &[Param] = &[VIEW[0], VIEW[1], VIEW[2], VIEW[3], VIEW[4], text("page", "Which page")];
const SEARCH: &[Param] = &[VIEW[0], VIEW[1], text("q", "Words that a document must all have")];
const ACCESS: &[Param] = &[VIEW[0], VIEW[1], text("page", "Which page")];
const CASE: &[Param] =
    &[LANG, text("page", "Which page"), text("verify", "1 to check all that the case holds")];

/// One that looks at the desk, which is served with `--desk` only.
const fn desk(path: &'static str, summary: &'static str, params: &'static [Param]) -> Operation {
    Operation { tag: "desk", ..page(path, summary, params) }
}

/// The operations, for the OpenAPI description.
pub(crate) const OPERATIONS: &[Operation] = &[
    desk("/desk", "The desk (with --desk only): what waits for a decision", QUEUE),
    desk("/desk/search", "The desk: documents that have words", SEARCH),
    desk("/desk/access", "The desk: who looked at what (role admin)", ACCESS),
    desk("/desk/items/{case}/{number}", "The desk: one item with what it is decided on", &VIEW),
    Operation {
        method: "post",
        body: &[Media::of::<DeskForm>("application/x-www-form-urlencoded")],
        refusals: (&[404, 409, 422], Media::text("text/html")),
        ..desk(
            "/desk/items/{case}/{number}",
            "The desk: decide an item, confirm, take back, give to somebody; then the next",
            &VIEW,
        )
    },
    desk(
        "/desk/cases/{case}",
        "The desk: a case, its documents, who did what, whether its chain is whole",
        CASE,
    ),
    Operation {
        answer: &[Media::bytes("application/octet-stream")],
        ..desk("/desk/cases/{case}/bundle", "The desk: a case as a file that proves itself", &[LANG])
    },
    desk("/desk/cases/{case}/documents/{number}", "The desk: a document with what it names", &[LANG]),
];

/// Why a page of the desk cannot be shown, or something not be done.
enum Failure {
    Desk(DeskError),
    /// A status with the words for it.
    Plain(StatusCode, String),
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

/// What a page shows of the cases that were named by [`Visit::saw`]: it leaves a line in the log of accesses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Nothing of any case.
    Nothing,
    Queue,
    Search,
    Item,
    Document,
    Case,
    Bundle,
}

impl Seen {
    const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Queue => "queue",
            Self::Search => "search",
            Self::Item => "item",
            Self::Document => "document",
            Self::Case => "case",
            Self::Bundle => "bundle",
        }
    }
}

/// A page, and what it shows: no page can be made without saying so.
type Done = Result<(Seen, Response), Failure>;

/// A request to the desk: who asks, what is worked through, and the token of the forms.
struct Visit {
    app: Shared,
    snapshot: Arc<Snapshot>,
    tongue: Tongue,
    view: View,
    user: String,
    role: Role,
    /// They signed in with a password, and can sign out.
    signed_in: bool,
    forms: Forms,
    /// The query as it was sent.
    query: String,
    /// Path and query.
    address: String,
    /// The cases of which something is shown.
    saw: Mutex<BTreeSet<String>>,
    headers: axum::http::HeaderMap,
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Response> {
        let Ok(Now(snapshot)) = Now::from_request_parts(parts, app).await;
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let tongue = Tongue::of(Some(&query), &parts.headers);
        let caller = parts.extensions.get::<Caller>();
        let (name, role) = caller.map_or(("", Role::Read), |caller| (caller.name.as_str(), caller.role));
        let signed_in = caller.is_some_and(|caller| caller.signed_in);
        let refuse = |status, why: &str| problem(&snapshot, tongue, "/desk", status, why);
        let Some(desk) = app.desk() else {
            return Err(refuse(StatusCode::NOT_FOUND, tongue.say("problem")));
        };
        let user = desk.user(&app.gate(), name);
        let forms = desk.forms(&parts.headers, &user, app.scheme() == "https");
        let forms = forms.map_err(|why| refuse(StatusCode::INTERNAL_SERVER_ERROR, &why.to_string()))?;
        let view = View::parse(&query).map_err(|wrong| {
            refuse(StatusCode::UNPROCESSABLE_ENTITY, &format!("{}: {wrong}", tongue.say("desk_no_such")))
        })?;
        let headers = parts.headers.clone();
        let app = Arc::clone(app);
        let address = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        let saw = Mutex::default();
        Ok(Self { app, snapshot, tongue, view, user, role, signed_in, forms, query, address, saw, headers })
    }
}

impl Visit {
    /// Does something with the store on a thread of its own, and says what went wrong.
    async fn work(
        self,
        pool: fn(&Shared) -> &Pool,
        job: impl FnOnce(&Self, &mut Store) -> Done + Send + 'static,
    ) -> Response {
        let visit = Arc::new(self);
        let worked = Arc::clone(&visit);
        let done = pool(&visit.app).run(move |_| {
            let desk = worked.app.desk();
            let mut store = desk
                .ok_or_else(|| DeskError::Damaged("no desk".into()))
                .and_then(crate::desk::Desk::store)?;
            let (seen, answer) = job(&worked, &mut store)?;
            // What cannot be noted is not shown.
            worked.note(&mut store, seen)?;
            Ok(answer)
        });
        match done.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(Failure::Plain(status, why))) => visit.problem(status, &why),
            Ok(Err(Failure::Desk(error))) => {
                let (status, why) = say::error(visit.tongue, &error);
                visit.problem(status, &why)
            }
            Err(refused) => refused.into_response(),
        }
    }

    /// Says that something of a case is shown.
    fn saw(&self, case: &str) {
        self.saw.lock().unwrap_or_else(PoisonError::into_inner).insert(case.to_owned());
    }

    /// Leaves a line for each case of which something is shown.
    fn note(&self, store: &mut Store, seen: Seen) -> Result<(), DeskError> {
        let saw = self.saw.lock().unwrap_or_else(PoisonError::into_inner);
        let cases: Vec<String> = saw.iter().cloned().collect();
        if seen == Seen::Nothing || cases.is_empty() {
            return Ok(());
        }
        store.log_access(&self.user, seen.word(), &cases, &self.address, Timestamp::now())
    }

    async fn quick(self, job: impl FnOnce(&Self, &mut Store) -> Done + Send + 'static) -> Response {
        self.work(|app| app.quick(), job).await
    }

    fn problem(&self, status: StatusCode, why: &str) -> Response {
        problem(&self.snapshot, self.tongue, "/desk", status, why)
    }

    /// A value of the query.
    fn asked(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.into_owned())
    }

    /// An address of the desk that keeps language and what is worked through.
    fn address(&self, path: &str) -> String {
        format!("{path}?{}", self.view.query(self.tongue))
    }

    fn page(&self, path: &str, title: &str, body: &Markup, status: StatusCode) -> Response {
        let tongue = self.tongue;
        let body = html! {
            nav.desk aria-label=(tongue.say("desk")) {
                a href=(self.address("/desk")) { (tongue.say("desk_queue")) }
                " · " a href={"/desk/search?lang=" (tongue.code())} { (tongue.say("desk_search")) }
                @if self.role >= Role::Admin { " · " a href={"/desk/access?lang=" (tongue.code())} { (tongue.say("access_title")) } }
                " · " span { (tongue.say("desk_you")) ": " strong dir="auto" { (self.user) } }
                @if self.signed_in { (leaving(tongue, &self.forms.token)) }
            }
            (body)
        };
        let page = Page { tongue, path, title, body, snapshot: &self.snapshot };
        let mut answer = page.answer(status);
        if let Some(cookie) = self.forms.set_cookie.as_deref().and_then(|it| HeaderValue::from_str(it).ok()) {
            answer.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        answer
    }
}
