//! What all requests share.

use crate::data::{Config, ConfigError, LoadError, Snapshot};
use crate::guard::{Gate, Limits, Metrics, Rate};
use crate::yente::Refusal;
use axum::http::StatusCode;
use jiff::civil::Date;
use lagebild_watchlist::store::{Store, StoreError};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::Semaphore;

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
    /// Requests worked on at once; 0 for one a processor.
    pub workers: usize,
    /// Who is let in.
    pub gate: Gate,
    /// Limits on requests.
    pub limits: Limits,
    /// Whether each request leaves a line in the log.
    pub logs: bool,
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
}

/// The state of the service.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    snapshot: RwLock<Arc<Snapshot>>,
    reloading: Mutex<()>,
    workers: Arc<Semaphore>,
    metrics: Metrics,
    rate: Rate,
}

impl App {
    /// Loads the data.
    pub fn start(settings: Settings) -> Result<Shared, StartError> {
        let snapshot = load(&settings)?;
        let indexing = Arc::clone(&snapshot);
        std::thread::spawn(move || indexing.text().is_some());
        Ok(Self::with(settings, snapshot))
    }

    /// A service over data that is loaded already.
    pub fn with(settings: Settings, snapshot: Arc<Snapshot>) -> Shared {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let workers = if settings.workers == 0 { processors } else { settings.workers };
        let workers = Arc::new(Semaphore::new(workers));
        let (metrics, rate) = (Metrics::default(), Rate::new(settings.limits.rate));
        let snapshot = RwLock::new(snapshot);
        Arc::new(Self { settings, snapshot, reloading: Mutex::new(()), workers, metrics, rate })
    }

    /// The present state of the data. It stays as it is for as long as a request holds it.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Loads the data anew; requests see the old state until the new one is there. When it cannot be loaded the old
    /// one stays.
    pub fn reload(&self) -> Result<(), StartError> {
        let _one_at_a_time = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = load(&self.settings)?;
        fresh.prepare(&self.snapshot());
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Runs work that takes processor time away from the threads that serve connections, so many at once as allowed.
    pub async fn on_worker<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let broken = || {
            Refusal::Detail(StatusCode::INTERNAL_SERVER_ERROR, "The request could not be worked on.".into())
        };
        let permit = Arc::clone(&self.workers).acquire_owned().await.map_err(|_| broken())?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        done.await.map_err(|_| broken())
    }

    /// Who is let in.
    pub fn gate(&self) -> &Gate {
        &self.settings.gate
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

    /// How often each client may ask.
    pub fn rate(&self) -> &Rate {
        &self.rate
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

fn load(settings: &Settings) -> Result<Arc<Snapshot>, StartError> {
    let store = Store::new(&settings.lists);
    let config = settings.config.as_deref().map(Config::read).transpose()?.unwrap_or_default();
    let lists: Vec<String> = if settings.lists.is_dir() {
        store.entries()?.into_iter().map(|entry| entry.name).collect()
    } else {
        Vec::new()
    };
    let config = config.with_lists(&lists);
    config.check()?;
    Ok(Snapshot::load(config, &store, true)?)
}
