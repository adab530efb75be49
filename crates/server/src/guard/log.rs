//! One line of JSON on standard error for each request: what route, how it went, how long it took. Never what was
//! asked for: no query, no body, no id.

use axum::http::{Method, StatusCode};
use serde_json::json;
use std::io::Write;
use std::time::Duration;

pub(super) fn request(method: &Method, route: &str, status: StatusCode, took: Duration, who: Option<&str>) {
    let line = json!({
        "time": jiff::Timestamp::now().to_string(),
        "method": method.as_str(),
        "route": route,
        "status": status.as_u16(),
        "ms": (took.as_secs_f64() * 1e5).round() / 100.0,
        "who": who,
    });
    write(&line);
}

/// Says that the data could not be loaded anew.
pub(crate) fn failed(why: &str) {
    let time = jiff::Timestamp::now().to_string();
    write(&json!({"time": time, "error": format!("the data stays as it was: {why}")}));
}

/// Says that something else went wrong.
pub(crate) fn wrong(why: &str) {
    write(&json!({"time": jiff::Timestamp::now().to_string(), "error": why}));
}

/// Says who signed in, and in which way.
pub(crate) fn signed_in(name: &str, way: &str) {
    write(&json!({"time": jiff::Timestamp::now().to_string(), "signed_in": name, "way": way}));
}

/// Says that somebody was not let in by the identity provider's word, and why.
pub(crate) fn not_signed_in(why: &str) {
    write(&json!({"time": jiff::Timestamp::now().to_string(), "not_signed_in": why, "way": "oidc"}));
}

fn write(line: &serde_json::Value) {
    // A log that cannot be written must not stop the service.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
