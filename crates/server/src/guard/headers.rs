//! Headers that every answer bears.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Pages load their own style and script and nothing else, and are shown in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The preview of a party may be shown in a frame by OpenRefine on the same machine.
const PREVIEW: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors http://127.0.0.1:3333 http://localhost:3333";

/// OpenRefine on the same machine asks for suggestions from its own pages.
const OPENREFINE: [&str; 2] = ["http://127.0.0.1:3333", "http://localhost:3333"];

/// The origin that may see an answer of the reconciliation API, if the request came from there.
pub(super) fn allowed_origin(route: &str, asked: &HeaderMap) -> Option<HeaderValue> {
    let origin = asked.get(header::ORIGIN)?;
    let known = origin.to_str().is_ok_and(|origin| OPENREFINE.contains(&origin));
    (known && route.starts_with("/reconcile/")).then(|| origin.clone())
}

/// The answer to a browser that asks whether a page of OpenRefine may send its question.
pub(super) fn preflight(origin: HeaderValue) -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        (header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST")),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type")),
        (header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600")),
        (header::VARY, HeaderValue::from_static("origin")),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Adds them, where the route has not set its own.
pub(super) fn add(route: &str, data: &str, headers: &mut HeaderMap) {
    let policy = if route == "/party/{id}/preview" { PREVIEW } else { POLICY };
    let all = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in all {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.insert("x-lagebild-version", HeaderValue::from_static(env!("CARGO_PKG_VERSION")));
    if let Ok(data) = HeaderValue::from_str(data) {
        headers.insert("x-lagebild-data", data);
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers
        .insert("permissions-policy", HeaderValue::from_static("camera=(), geolocation=(), microphone=()"));
}
