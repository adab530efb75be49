//! Signing in by OpenID Connect: the authorization code flow with PKCE, against one provider that whoever runs the service names.
//!
//! ```text
//! /sign-in/provider ── discovery ── started (state, nonce, verifier; the browser's cookie) ── to the provider
//! /sign-in/return ── started, once ── code for token ── keys ── token checked ── a name ── the desk's person
//! ```
//! It is the only part of the service that makes connections: to the provider's own host and those that were named besides.

mod provider;
mod signature;
mod started;
mod token;
mod web;

pub(crate) use started::{Started, cookie, set_cookie};

use provider::Provider;
use started::Waiting;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use url::Url;
use web::Web;

/// How long the provider's description of itself is kept.
const KEPT: Duration = Duration::from_mins(5);
/// Questions to the provider at once; others wait.
const AT_ONCE: usize = 16;

/// The provider, and what this service is to it.
#[derive(Clone, Debug)]
pub struct OidcSettings {
    /// The provider's issuer: the address that its tokens bear, and under which its description lies.
    pub issuer: String,
    /// This service's name at the provider.
    pub client: String,
    /// Its secret; none where the provider wants none (a public client).
    pub secret: Option<Secret>,
    /// What the provider says that a person's name is.
    pub claim: Claim,
    /// Further hosts that the provider's addresses may lead to.
    pub hosts: Vec<String>,
    /// Certificates (PEM) of who vouches for the provider's host; those of the usual authorities without it.
    pub authorities: Option<Vec<u8>>,
    /// Whether passwords are no way in.
    pub only: bool,
}

/// A secret, which no log shows.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// Which claim of the token is the name of a person of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// The name that they go by there.
    #[default]
    PreferredUsername,
    /// Their address, where the provider has confirmed it.
    Email,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Trouble {
    /// The provider cannot be reached, or says what cannot be used.
    #[error("{0}")]
    Provider(String),
    /// The sign-in was not begun by this browser, is too old, or is over.
    #[error("this browser has no such sign-in under way")]
    Lost,
    /// The provider ended it, with this word for why.
    #[error("the provider says `{0}`")]
    Ended(String),
    /// The code or the token is not taken.
    #[error("{0}")]
    Refused(String),
    /// The token does not tell the name.
    #[error("the token tells no {0}")]
    Nameless(&'static str),
}

/// The provider as the service sees it.
#[derive(Debug)]
pub(crate) struct Oidc {
    settings: OidcSettings,
    issuer: Url,
    web: Web,
    provider: Mutex<Option<(Instant, Arc<Provider>)>>,
    waiting: Waiting,
    questions: Semaphore,
}

impl Oidc {
    /// Looks at the settings; the provider is asked when somebody signs in.
    pub(crate) fn new(settings: OidcSettings) -> Result<Self, String> {
        let issuer = web::issuer(&settings.issuer)?;
        let web = Web::new(&issuer, &settings.hosts, settings.authorities.as_deref())?;
        let (provider, waiting) = (Mutex::default(), Waiting::default());
        Ok(Self { settings, issuer, web, provider, waiting, questions: Semaphore::new(AT_ONCE) })
    }

    /// The host to show people.
    pub(crate) fn host(&self) -> &str {
        self.issuer.host_str().unwrap_or_default()
    }

    /// Whether passwords are no way in.
    pub(crate) fn only(&self) -> bool {
        self.settings.only
    }

    /// Begins a sign-in: the address at the provider, and the value of the cookie that the browser comes back with.
    pub(crate) async fn begin(
        self: &Arc<Self>,
        back: String,
        to: String,
    ) -> Result<(String, String), Trouble> {
        let provider = self.provider().await?;
        let (cookie, started) = Started::new(Arc::clone(&provider), back, to)?;
        let address = provider.asking(&self.settings, &started);
        if !self.waiting.put(&cookie, started) {
            return Err(Trouble::Provider("too many sign-ins are under way".into()));
        }
        Ok((address, cookie))
    }

    /// The sign-in that a browser with this cookie has under way. It is so once.
    pub(crate) fn take(&self, cookie: &str) -> Option<Started> {
        self.waiting.take(cookie)
    }

    /// The name that the provider vouches for, by what it sent the browser back with.
    pub(crate) async fn finish(
        self: &Arc<Self>,
        started: Started,
        came: &[(String, String)],
    ) -> Result<String, Trouble> {
        let code = self.code(&started, came)?;
        let own = Arc::clone(self);
        self.ask(move || {
            let token = started.provider.exchange(&own.web, &own.settings, &started, &code)?;
            let keys = started.provider.keys(&own.web)?;
            token::name(&token, &keys, &own.settings, &started.nonce)
        })
        .await
    }

    /// The code, if it came to the sign-in that asked for it, from this provider.
    fn code(&self, started: &Started, came: &[(String, String)]) -> Result<String, Trouble> {
        let get = |name: &str| came.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let state = get("state").unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(started.state.as_bytes())) {
            return Err(Trouble::Lost);
        }
        if get("iss").is_some_and(|issuer| issuer != self.settings.issuer) {
            return Err(Trouble::Refused("the answer names another issuer".into()));
        }
        if let Some(word) = get("error") {
            return Err(Trouble::Ended(plain(word)));
        }
        let code = get("code").filter(|code| !code.is_empty());
        code.map(str::to_owned).ok_or_else(|| Trouble::Refused("the answer has no code".into()))
    }

    async fn provider(self: &Arc<Self>) -> Result<Arc<Provider>, Trouble> {
        let kept = self.provider.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, provider)) = kept.filter(|(since, _)| since.elapsed() < KEPT) {
            return Ok(provider);
        }
        let own = Arc::clone(self);
        let fresh = self.ask(move || Provider::discover(&own.web, &own.settings.issuer)).await?;
        let fresh = Arc::new(fresh);
        *self.provider.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), Arc::clone(&fresh)));
        Ok(fresh)
    }

    /// Asks the provider on a thread that may wait.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        let broken = |_| Trouble::Provider("the request could not be worked on".into());
        let _turn = self.questions.acquire().await.map_err(|_| Trouble::Lost)?;
        tokio::task::spawn_blocking(work).await.map_err(broken)?
    }
}

/// A word from elsewhere, short and plain enough for a line of the log.
fn plain(word: &str) -> String {
    word.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "_-. ".contains(*letter))
        .take(60)
        .collect()
}

/// 256 random bits, as they may stand in an address.
fn random() -> Result<String, Trouble> {
    use base64::Engine as _;
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|why| Trouble::Provider(format!("no random numbers: {why}")))?;
    Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}
