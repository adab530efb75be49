//! Sign-ins under way: what was sent to the provider for which browser. Each is kept in memory, for ten minutes, and used once.

use super::provider::Provider;
use super::{Trouble, random};
use crate::guard::session;
use axum::http::HeaderMap;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long somebody may take at the provider.
const TIME: Duration = Duration::from_mins(10);
/// Sign-ins under way at once.
const MOST: usize = 10_000;
/// Bytes of the address to go on to; a longer one is left out.
const MOST_TO: usize = 2_000;

/// A sign-in under way.
#[derive(Clone, Debug)]
pub(crate) struct Started {
    /// The provider as it described itself then.
    pub(super) provider: Arc<Provider>,
    /// What the provider's answer must bear.
    pub(super) state: String,
    /// What the token must bear.
    pub(super) nonce: String,
    /// What shows that the code was asked for here (PKCE).
    pub(super) verifier: String,
    /// This service's address that the provider sends the browser back to.
    pub(super) back: String,
    /// Query of the sign-in page: where to go then, and in which language.
    pub(crate) to: String,
    began: Instant,
}

impl Started {
    /// A new one, with the value of the cookie of its browser.
    pub(super) fn new(provider: Arc<Provider>, back: String, to: String) -> Result<(String, Self), Trouble> {
        let to = if to.len() > MOST_TO { String::new() } else { to };
        let (state, nonce, verifier) = (random()?, random()?, random()?);
        let started = Self { provider, state, nonce, verifier, back, to, began: Instant::now() };
        Ok((random()?, started))
    }
}

/// All that are under way, by the hash of the cookie.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<HashMap<[u8; 32], Started>>);

impl Waiting {
    /// Keeps one, if there is room.
    pub(super) fn put(&self, cookie: &str, started: Started) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST {
            waiting.retain(|_, it| it.began.elapsed() < TIME);
        }
        let room = waiting.len() < MOST;
        if room {
            waiting.insert(Sha256::digest(cookie).into(), started);
        }
        room
    }

    /// Takes one out, if it is not too old.
    pub(super) fn take(&self, cookie: &str) -> Option<Started> {
        let key: [u8; 32] = Sha256::digest(cookie).into();
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key)?;
        (found.began.elapsed() < TIME).then_some(found)
    }
}

fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-lagebild_oidc" } else { "lagebild_oidc" }
}

/// The header that gives a browser the cookie of its sign-in, or takes it away. It comes back with the provider's answer, which is
/// a step from another site: `Lax`, not `Strict`.
pub(crate) fn set_cookie(value: Option<&str>, https: bool) -> String {
    let (name, secure) = (cookie_name(https), if https { "; Secure" } else { "" });
    let (value, age) = value.map_or(("", 0), |value| (value, TIME.as_secs()));
    format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}

/// The cookie of a browser's sign-in.
pub(crate) fn cookie(headers: &HeaderMap, https: bool) -> Option<&str> {
    session::cookie(headers, cookie_name(https))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(back: Duration) -> Started {
        let mut started =
            Started::new(Arc::new(Provider::nowhere()), String::new(), "a".repeat(MOST_TO + 1)).unwrap().1;
        started.began = Instant::now().checked_sub(back).unwrap();
        started
    }

    #[test]
    fn each_is_used_once_and_in_time() {
        let waiting = Waiting::default();
        assert!(waiting.put("a", started(Duration::ZERO)) && waiting.put("b", started(TIME)));
        assert!(waiting.take("a").is_some_and(|it| it.to.is_empty()), "too long an address is left out");
        assert!(waiting.take("a").is_none() && waiting.take("b").is_none() && waiting.take("c").is_none());
    }

    #[test]
    fn there_is_room_for_so_many_and_old_ones_make_room() {
        let (waiting, one) = (Waiting::default(), started(Duration::ZERO));
        assert!((0..MOST).all(|at| waiting.put(&at.to_string(), one.clone())));
        assert!(!waiting.put("new", one.clone()));
        waiting.put("0", started(TIME));
        waiting.0.lock().unwrap().values_mut().for_each(|it| it.began = started(TIME).began);
        assert!(waiting.put("new", one));
    }
}
