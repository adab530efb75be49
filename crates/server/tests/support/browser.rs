//! A browser with its cookies, which fills in forms.

use super::{Answer, send};
use axum::Router;
use axum::body::Body;
use axum::http::Request;

pub(crate) struct Browser<'s> {
    service: &'s Router,
    pub(crate) cookies: Vec<(String, String)>,
}

impl<'s> Browser<'s> {
    pub(crate) fn new(service: &'s Router) -> Self {
        Self { service, cookies: Vec::new() }
    }

    pub(crate) async fn ask(&mut self, method: &str, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header("host", "localhost");
        let request = request.header("accept", "text/html").header("cookie", cookies.join("; "));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = send(self.service, request.body(Body::from(body)).unwrap()).await;
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(set.contains("HttpOnly") && set.contains("SameSite="), "{set}");
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.into(), value.into()));
            }
        }
        answer
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    pub(crate) async fn enter(&mut self, name: &str, password: &str) -> Answer {
        let page = self.get("/sign-in?to=%2Fdesk&lang=en").await;
        let token = hidden(&page.text, "token").to_owned();
        let pairs = [("token", token.as_str()), ("name", name), ("password", password)];
        self.ask("POST", "/sign-in?to=%2Fdesk&lang=en", &pairs).await
    }

    pub(crate) fn has(&self, cookie: &str) -> bool {
        self.cookies.iter().any(|(name, _)| name == cookie)
    }
}

/// The value of a hidden field.
pub(crate) fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let mark = format!("name=\"{name}\" value=\"");
    page.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap()
}
