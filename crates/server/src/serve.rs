//! Connections: accepted up to a limit, cut off when they are slow, finished before the process ends.

use crate::app::Shared;
use crate::guard::Peer;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// How long requests in work may go on when the service is told to end.
const GRACE: Duration = Duration::from_secs(20);
/// Most bytes of a request's head.
const MOST_HEAD: usize = 128 << 10;

/// Why the service cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// Nobody would have to say who he is.
    #[error(
        "{0} can be reached from elsewhere: give --sign-in, --tokens or --proxy-header, or listen on 127.0.0.1"
    )]
    Open(SocketAddr),
}

/// Listens on an address. One that can be reached from other machines needs tokens or a proxy that signs users in.
pub async fn listen(app: &Shared, address: SocketAddr) -> Result<TcpListener, ServeError> {
    if app.gate().is_local_only() && !address.ip().is_loopback() {
        return Err(ServeError::Open(address));
    }
    TcpListener::bind(address).await.map_err(|error| ServeError::Listen(address, error))
}

/// Serves until `end` comes, then finishes what is in work.
pub async fn serve(app: Shared, listener: TcpListener, end: impl Future<Output = ()>) {
    let router = crate::router(Arc::clone(&app));
    let connections = Arc::new(Semaphore::new(app.limits().connections));
    let graceful = GracefulShutdown::new();
    let mut end = std::pin::pin!(end);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections) => accepted,
            () = &mut end => break,
        };
        let Some((stream, peer, permit)) = accepted else { continue };
        let service = router.clone().map_request(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(Peer(peer));
            request
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(app.limits().head)
            .max_buf_size(MOST_HEAD)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off is no concern of ours.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, connections: &Arc<Semaphore>) -> Option<Accepted> {
    let permit = Arc::clone(connections).acquire_owned().await.ok()?;
    if let Ok((stream, peer)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        Some((stream, peer, permit))
    } else {
        // Out of file handles, most likely: wait for connections to end.
        tokio::time::sleep(Duration::from_millis(50)).await;
        None
    }
}

/// Comes when the process is asked to end: Ctrl-C, or the signal of a service manager.
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Loads the data anew whenever the process gets the signal for that (SIGHUP).
pub async fn reload_on_signal(app: Shared) {
    #[cfg(unix)]
    if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) {
        while signal.recv().await.is_some() {
            let reloading = Arc::clone(&app);
            // What fails is logged and shown.
            let _ = tokio::task::spawn_blocking(move || reloading.reload()).await;
        }
    }
    drop(app);
}
