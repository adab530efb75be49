//! Counts for Prometheus (text format 0.0.4).

use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the buckets, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0];

/// What is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<String, Route>>,
    in_flight: AtomicUsize,
}

#[derive(Debug, Default)]
struct Route {
    statuses: BTreeMap<u16, u64>,
    buckets: [u64; BOUNDS.len()],
    seconds: f64,
    count: u64,
}

/// Counts a request as in work until it is dropped.
#[derive(Debug)]
pub struct InFlight<'m>(&'m AtomicUsize);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// Begins to count a request as in work.
    pub fn in_flight(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(&self.in_flight)
    }

    /// Requests in work.
    pub fn now(&self) -> usize {
        self.in_flight.load(Ordering::Relaxed)
    }

    /// Counts an answer.
    pub fn count(&self, route: &str, status: StatusCode, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        if !routes.contains_key(route) {
            routes.insert(route.to_owned(), Route::default());
        }
        let Some(counted) = routes.get_mut(route) else { return };
        let seconds = took.as_secs_f64();
        *counted.statuses.entry(status.as_u16()).or_default() += 1;
        counted.seconds += seconds;
        counted.count += 1;
        for (bucket, bound) in counted.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
    }

    /// All counts as text.
    pub fn text(&self) -> String {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::from("# TYPE lagebild_requests_total counter\n");
        for (route, counted) in routes.iter() {
            for (status, count) in &counted.statuses {
                let _ = writeln!(
                    text,
                    "lagebild_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}"
                );
            }
        }
        text.push_str("# TYPE lagebild_request_seconds histogram\n");
        for (route, counted) in routes.iter() {
            for (bucket, bound) in counted.buckets.iter().zip(BOUNDS) {
                let _ = writeln!(
                    text,
                    "lagebild_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {bucket}"
                );
            }
            let (count, seconds) = (counted.count, counted.seconds);
            let _ =
                writeln!(text, "lagebild_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(text, "lagebild_request_seconds_sum{{route=\"{route}\"}} {seconds}");
            let _ = writeln!(text, "lagebild_request_seconds_count{{route=\"{route}\"}} {count}");
        }
        let _ = writeln!(
            text,
            "# TYPE lagebild_requests_in_work gauge\nlagebild_requests_in_work {}",
            self.now()
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Metrics;
    use axum::http::StatusCode;
    use std::time::Duration;

    #[test]
    fn requests_are_counted() {
        let metrics = Metrics::default();
        let one = metrics.in_flight();
        metrics.count("/a", StatusCode::OK, Duration::from_millis(3));
        let text = metrics.text();
        assert!(text.contains("lagebild_requests_total{route=\"/a\",status=\"200\"} 1"));
        assert!(text.contains("le=\"0.002\"} 0") && text.contains("le=\"0.005\"} 1"));
        assert!(text.contains("lagebild_requests_in_work 1"));
        drop(one);
        assert_eq!(metrics.now(), 0);
    }
}
