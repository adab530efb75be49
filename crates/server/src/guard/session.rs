//! Who is signed in: the cookie of a browser, and whose it is.

use super::identity::Role;
use crate::app::Shared;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use lagebild_desk::{DeskError, PersonRole, SessionLimits};

impl From<PersonRole> for Role {
    fn from(role: PersonRole) -> Self {
        match role {
            PersonRole::Reader => Self::Read,
            PersonRole::Screener => Self::Screen,
            PersonRole::Reviewer => Self::Review,
            PersonRole::Admin => Self::Admin,
        }
    }
}

/// Its name. With `__Host-` a browser takes it over TLS only, and from this very host only.
fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-lagebild_session" } else { "lagebild_session" }
}

/// The header that gives a browser its token, or takes it away.
pub(crate) fn set_cookie(token: Option<&str>, https: bool, limits: SessionLimits) -> String {
    let name = cookie_name(https);
    let secure = if https { "; Secure" } else { "" };
    let (token, age) = token.map_or(("", 0), |token| (token, limits.whole));
    format!("{name}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}

/// The token of a browser.
pub(crate) fn token(headers: &HeaderMap, https: bool) -> Option<String> {
    cookie(headers, cookie_name(https)).map(str::to_owned)
}

/// The value of a cookie, if it has one.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, wanted: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, value)| *name == wanted && !value.is_empty())?;
    Some(value)
}

/// Who holds the token of a request. It is asked for in the store each time, so that whoever is disabled is out at once.
pub(super) async fn holder(app: &Shared, headers: &HeaderMap) -> Result<Option<(String, Role)>, DeskError> {
    let Some(limits) = app.sign_in() else { return Ok(None) };
    let Some(token) = token(headers, app.scheme() == "https") else { return Ok(None) };
    let asked = Shared::clone(app);
    let look = move || match asked.desk() {
        Some(desk) => desk.store()?.signed_in(&token, Timestamp::now(), limits),
        None => Ok(None),
    };
    let busy = |_| DeskError::Damaged("the request could not be worked on".into());
    let person = tokio::task::spawn_blocking(look).await.map_err(busy)??;
    Ok(person.map(|person| (person.name, person.role.into())))
}
