//! What all requests share.

use crate::data::{Config, ConfigError, LoadError, Snapshot};
use crate::desk::{Desk, DeskSettings};
use crate::guard::{Arrivals, Buckets, Gate, Limits, Metrics, TokenError};
use crate::oidc::{Oidc, OidcSettings};
use crate::work::Pool;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use jiff::civil::Date;
use lagebild_desk::SessionLimits;
use lagebild_document::Document;
use lagebild_watchlist::store::{Store, StoreError};
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The application, shared between requests.
pub type Shared = Arc<App>;

/// How the service is set up.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// File that names the data sets; none for the lists of the store alone.
    pub config: Option<PathBuf>,
    /// Folder of the list store.
    pub lists: PathBuf,
    /// SHA-256 of the token that may reload the data through `/updatez`.
    pub update_token: Option<[u8; 32]>,
    /// Whether unknown parameters and properties are refused.
    pub strict: bool,
    /// Whether the addresses of the service begin with `https`, because a proxy in front of it speaks TLS.
    pub https: bool,
    /// Requests worked on at once; 0 for one a processor. Half as many are readings and tables.
    pub workers: usize,
    /// Who is let in.
    pub gate: Gate,
    /// File that the tokens of the gate were read from, to be read again with the data: so that one that was taken out of it
    /// ends there and then.
    pub tokens: Option<PathBuf>,
    /// Limits on requests.
    pub limits: Limits,
    /// Whether each request leaves a line in the log.
    pub logs: bool,
    /// The analyst's desk, where its pages are served.
    pub desk: Option<DeskSettings>,
    /// How long people who sign in stay so; none where nobody does. They stand in the desk's store.
    pub sign_in: Option<SessionLimits>,
    /// The identity provider that they may sign in with, besides or instead of a password.
    pub oidc: Option<OidcSettings>,
}

/// Why the data could not be had.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The list store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A data set cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The tokens cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// A line of the tokens is wrong.
    #[error("{0}: {1}")]
    Tokens(PathBuf, TokenError),
    /// There is no token, so nobody could be let in.
    #[error("{0}: no token in it")]
    NoToken(PathBuf),
    /// The desk cannot be opened.
    #[error("the desk in {0}: {1}")]
    Desk(PathBuf, lagebild_desk::DeskError),
    /// Nobody could sign in.
    #[error("nobody can sign in: {0}")]
    NoPerson(&'static str),
    /// The identity provider cannot be used.
    #[error("signing in by OpenID Connect: {0}")]
    Oidc(String),
    /// The system gives no random numbers, without which no form can be told from a forged one.
    #[error("no random numbers: {0}")]
    Random(getrandom::Error),
}

/// The last time that the data could not be loaded anew.
#[derive(Clone, Debug)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// The state of the service.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    gate: RwLock<Arc<Gate>>,
    snapshot: RwLock<Arc<Snapshot>>,
    failure: Mutex<Option<Failure>>,
    reloading: Mutex<()>,
    quick: Pool,
    long: Pool,
    metrics: Metrics,
    requests: Buckets,
    arrivals: Arrivals,
    attempts: Buckets,
    desk: Option<Desk>,
    oidc: Option<Arc<Oidc>>,
}

impl App {
    /// Loads the data. What is made of it for text search and reading is made while the service answers already; `/readyz`
    /// waits for it, and so does whoever needs it sooner.
    pub fn start(mut settings: Settings) -> Result<Shared, StartError> {
        settings.gate.sign_in = settings.sign_in.is_some();
        read_tokens(&mut settings)?;
        let desk = settings.desk.clone().map(Desk::open).transpose()?;
        if settings.sign_in.is_some() {
            somebody(desk.as_ref())?;
        }
        let oidc = settings.oidc.clone().map(Oidc::new).transpose().map_err(StartError::Oidc)?;
        let snapshot = load(&settings)?;
        let preparing = Arc::clone(&snapshot);
        std::thread::spawn(move || preparing.prepare());
        Ok(Self::made(settings, snapshot, desk, oidc))
    }

    /// Reads a word in each language that articles are read in, on a thread of its own: so that the first reader does not have
    /// to wait for models and words to be loaded.
    pub fn warm(&self) {
        let (snapshot, today) = (self.snapshot(), self.today());
        std::thread::spawn(move || {
            for (language, _) in crate::pages::LANGUAGES {
                let text = "Moskau 2024.".to_owned();
                let document = Document { text, language: Some(language.to_owned()), ..Document::default() };
                lagebild_reading::read(document, snapshot.knowledge(), today);
            }
        });
    }

    /// A service over data that is loaded already, without a desk.
    pub fn with(settings: Settings, snapshot: Arc<Snapshot>) -> Shared {
        Self::made(settings, snapshot, None, None)
    }

    fn made(settings: Settings, snapshot: Arc<Snapshot>, desk: Option<Desk>, oidc: Option<Oidc>) -> Shared {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let workers = if settings.workers == 0 { processors } else { settings.workers };
        Arc::new(Self {
            gate: RwLock::new(Arc::new(settings.gate.clone())),
            snapshot: RwLock::new(snapshot),
            failure: Mutex::default(),
            reloading: Mutex::default(),
            quick: Pool::new(workers),
            long: Pool::new(workers.div_ceil(2)),
            metrics: Metrics::default(),
            requests: Buckets::default(),
            arrivals: Arrivals::default(),
            attempts: Buckets::default(),
            desk,
            oidc: oidc.map(Arc::new),
            settings,
        })
    }

    /// The present state of the data. It stays as it is for as long as a request holds it.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Loads tokens and data anew; requests see the old state until the new one is there. What cannot be loaded stays as it
    /// was; why is kept, to be shown, and logged.
    pub fn reload(&self) -> Result<(), StartError> {
        let _one_at_a_time = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.reload_tokens().and(self.reload_data());
        let failure =
            done.as_ref().err().map(|error| Failure { at: Timestamp::now(), why: error.to_string() });
        if let Some(failure) = &failure {
            crate::guard::log::failed(&failure.why);
        }
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
        done
    }

    fn reload_tokens(&self) -> Result<(), StartError> {
        let mut settings = self.settings.clone();
        read_tokens(&mut settings)?;
        *self.gate.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings.gate);
        Ok(())
    }

    fn reload_data(&self) -> Result<(), StartError> {
        let fresh = load(&self.settings)?;
        fresh.prepare();
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Why the data could not be loaded anew, if the last try failed.
    pub fn failure(&self) -> Option<Failure> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// For work of milliseconds: looking up, comparing.
    pub(crate) fn quick(&self) -> &Pool {
        &self.quick
    }

    /// For work of seconds: reading articles, screening tables. It has workers of its own, so that nobody else waits for it.
    pub(crate) fn long(&self) -> &Pool {
        &self.long
    }

    /// The analyst's desk, where its pages are served.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    /// The identity provider that people may sign in with.
    pub(crate) fn oidc(&self) -> Option<&Arc<Oidc>> {
        self.oidc.as_ref()
    }

    /// How long people stay signed in; none where nobody signs in.
    pub fn sign_in(&self) -> Option<SessionLimits> {
        self.settings.sign_in
    }

    /// Attempts to sign in, by name and by address.
    pub(crate) fn attempts(&self) -> &Buckets {
        &self.attempts
    }

    /// Who is let in.
    pub fn gate(&self) -> Arc<Gate> {
        Arc::clone(&self.gate.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Limits on requests.
    pub fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// Whether each request leaves a line in the log.
    pub fn logs(&self) -> bool {
        self.settings.logs
    }

    /// Counts.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Requests, by client.
    pub(crate) fn requests(&self) -> &Buckets {
        &self.requests
    }

    /// Bodies that are arriving.
    pub(crate) fn arrivals(&self) -> &Arrivals {
        &self.arrivals
    }

    /// The present day here: the day whose measures count where nothing else is said.
    pub fn today(&self) -> Date {
        jiff::Zoned::now().date()
    }

    /// Whether unknown parameters and properties are refused.
    pub fn strict(&self) -> bool {
        self.settings.strict
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        if self.settings.https { "https" } else { "http" }
    }

    /// SHA-256 of the token for `/updatez`.
    pub fn update_token(&self) -> Option<[u8; 32]> {
        self.settings.update_token
    }
}

/// The state of the data that a request is answered from: one for all that it does, and for its stamp.
#[derive(Clone, Debug)]
pub(crate) struct Now(pub(crate) Arc<Snapshot>);

impl FromRequestParts<Shared> for Now {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self(app.snapshot())))
    }
}

/// Without anybody who may sign in, the service would be of no use, and why would be hard to see.
fn somebody(desk: Option<&Desk>) -> Result<(), StartError> {
    let desk = desk.ok_or(StartError::NoPerson("there is no desk that people stand in"))?;
    let wrong = |why| StartError::Desk(desk.file().to_owned(), why);
    let people = desk.store().and_then(|store| store.people()).map_err(wrong)?;
    if people.iter().any(|person| !person.disabled) {
        Ok(())
    } else {
        Err(StartError::NoPerson("`lagebild desk people add NAME` adds somebody"))
    }
}

fn read_tokens(settings: &mut Settings) -> Result<(), StartError> {
    let Some(path) = settings.tokens.clone() else { return Ok(()) };
    let text = std::fs::read_to_string(&path).map_err(|error| StartError::File(path.clone(), error))?;
    settings.gate.tokens =
        Gate::parse_tokens(&text).map_err(|error| StartError::Tokens(path.clone(), error))?;
    // Without any, the gate would stand open.
    if settings.gate.tokens.is_empty() { Err(StartError::NoToken(path)) } else { Ok(()) }
}

fn load(settings: &Settings) -> Result<Arc<Snapshot>, StartError> {
    let store = Store::new(&settings.lists);
    let config = settings.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
    let lists: Vec<String> = store.entries()?.into_iter().map(|entry| entry.name).collect();
    let config = config.with_lists(&lists);
    config.check()?;
    Ok(Snapshot::load(config, &store, true)?)
}
