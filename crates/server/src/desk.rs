//! The analyst's desk as the server has it: which file, who acts, and how its forms are told from forged ones.

use crate::app::StartError;
use crate::guard::Gate;
use axum::http::{HeaderMap, header};
use lagebild_desk::{DeskError, Store};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use subtle::ConstantTimeEq;

/// Cookie of the forms.
const COOKIE: &str = "lagebild_desk";
/// Letters of its value.
const COOKIE_LENGTH: usize = 32;

/// Which desk is served.
#[derive(Clone, Debug)]
pub struct DeskSettings {
    /// File of its store.
    pub file: PathBuf,
    /// Who acts where nobody has to sign in.
    pub user: String,
}

/// A desk that is served. The store is opened for each request: one that is put in its place by `restore` is seen at once.
#[derive(Debug)]
pub(crate) struct Desk {
    settings: DeskSettings,
    secret: [u8; 32],
}

/// What a form is told from a forged one by: the cookie of a browser, and the token that fits it and its user.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    /// The hidden field.
    pub(crate) token: String,
    /// The header that sets the cookie, where the browser has none.
    pub(crate) set_cookie: Option<String>,
}

impl Desk {
    /// Opens the store once, so that what is wrong with it is said at the start.
    pub(crate) fn open(settings: DeskSettings) -> Result<Self, StartError> {
        Store::open_existing(&settings.file).map_err(|why| StartError::Desk(settings.file.clone(), why))?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(StartError::Random)?;
        Ok(Self { settings, secret })
    }

    /// The file of the store.
    pub(crate) fn file(&self) -> &Path {
        &self.settings.file
    }

    /// The store.
    pub(crate) fn store(&self) -> Result<Store, DeskError> {
        Store::open_existing(&self.settings.file)
    }

    /// The name under which a caller acts.
    pub(crate) fn user(&self, gate: &Gate, caller: &str) -> String {
        if gate.is_local_only() { self.settings.user.clone() } else { caller.to_owned() }
    }

    /// Token and cookie of the forms of a page.
    pub(crate) fn forms(&self, headers: &HeaderMap, user: &str, https: bool) -> Result<Forms, DeskError> {
        if let Some(cookie) = cookie(headers) {
            return Ok(Forms { token: self.token(cookie, user), set_cookie: None });
        }
        let mut random = [0; COOKIE_LENGTH / 2];
        getrandom::fill(&mut random)
            .map_err(|why| DeskError::File(std::io::Error::other(why.to_string())))?;
        let cookie = hex(&random);
        let secure = if https { "; Secure" } else { "" };
        let set_cookie = format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Strict{secure}");
        Ok(Forms { token: self.token(&cookie, user), set_cookie: Some(set_cookie) })
    }

    /// Whether a form was made here, for this browser and this user.
    pub(crate) fn is_own(&self, headers: &HeaderMap, user: &str, token: &str) -> bool {
        cookie(headers)
            .is_some_and(|cookie| bool::from(self.token(cookie, user).as_bytes().ct_eq(token.as_bytes())))
    }

    fn token(&self, cookie: &str, user: &str) -> String {
        let digest = Sha256::new().chain_update(self.secret).chain_update(cookie).chain_update(user);
        hex(&digest.chain_update(self.secret).finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The value of our cookie, if it has the form of one that was set here.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == COOKIE)?;
    let is_own = value.len() == COOKIE_LENGTH && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_own.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_browser_and_one_user() {
        let settings = DeskSettings { file: PathBuf::new(), user: "anna".into() };
        let desk = Desk { settings, secret: [7; 32] };
        let mut headers = HeaderMap::new();
        let forms = desk.forms(&headers, "anna", true).unwrap();
        let set = forms.set_cookie.unwrap();
        assert!(set.contains("HttpOnly; SameSite=Strict; Secure"));
        assert!(!desk.is_own(&headers, "anna", &forms.token), "no cookie");
        headers.insert(header::COOKIE, format!("a=b; {}", set.split(';').next().unwrap()).parse().unwrap());
        assert!(desk.is_own(&headers, "anna", &forms.token) && !desk.is_own(&headers, "ben", &forms.token));
        assert!(desk.forms(&headers, "anna", true).unwrap().set_cookie.is_none());
        headers.insert(header::COOKIE, "lagebild_desk=".parse().unwrap());
        assert!(!desk.is_own(&headers, "anna", &forms.token));
    }
}
