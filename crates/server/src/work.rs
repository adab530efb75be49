//! Work that takes processor time, kept away from the threads that serve connections: so many at once as allowed, and none
//! that nobody waits for any more.

use crate::yente::Refusal;
use axum::http::StatusCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Semaphore;

/// Workers for one kind of work.
#[derive(Debug)]
pub(crate) struct Pool(Arc<Semaphore>);

/// Tells work whether somebody still waits for it. Long work asks between its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted(Arc<AtomicBool>);

impl Wanted {
    /// An error once the request was given up or timed out.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        if self.0.load(Ordering::Relaxed) {
            Err(Refusal::Detail(StatusCode::REQUEST_TIMEOUT, "The request was given up.".into()))
        } else {
            Ok(())
        }
    }
}

/// Dropped with the request that waits.
struct Waiting(Wanted);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl Pool {
    /// So many at once.
    pub(crate) fn new(workers: usize) -> Self {
        Self(Arc::new(Semaphore::new(workers.max(1))))
    }

    /// Runs work when its turn has come.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Wanted) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let broken = || {
            Refusal::Detail(StatusCode::INTERNAL_SERVER_ERROR, "The request could not be worked on.".into())
        };
        let permit = Arc::clone(&self.0).acquire_owned().await.map_err(|_| broken())?;
        let wanted = Wanted::default();
        let _waiting = Waiting(wanted.clone());
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&wanted);
            drop(permit);
            done
        });
        done.await.map_err(|_| broken())
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;
    use std::sync::mpsc;
    use std::time::Duration;

    #[tokio::test]
    async fn work_that_nobody_waits_for_stops_and_makes_room() {
        let pool = Pool::new(1);
        let (told, heard) = mpsc::channel();
        let endless = pool.run(move |wanted| {
            while wanted.check().is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
            told.send(()).unwrap();
        });
        assert!(tokio::time::timeout(Duration::from_millis(20), endless).await.is_err());
        assert_eq!(pool.run(|_| 1).await.ok(), Some(1), "there is room again");
        assert!(heard.try_recv().is_ok(), "the work stopped");
    }
}
