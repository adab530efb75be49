//! How often each client may ask: a bucket that fills at a steady rate.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Clients remembered at once; beyond that those with full buckets are forgotten.
const MOST_CLIENTS: usize = 100_000;

/// The buckets of all clients.
#[derive(Debug)]
pub struct Rate {
    per_second: Option<f64>,
    buckets: Mutex<HashMap<String, (f64, Instant)>>,
}

impl Rate {
    /// So many requests a second for each client, or no limit.
    pub fn new(per_second: Option<u32>) -> Self {
        Self { per_second: per_second.map(f64::from), buckets: Mutex::new(HashMap::new()) }
    }

    /// Whether a client may ask once more now.
    pub fn allows(&self, client: &str) -> bool {
        self.allows_at(client, Instant::now())
    }

    fn allows_at(&self, client: &str, now: Instant) -> bool {
        let Some(rate) = self.per_second else { return true };
        let most = rate * 2.0;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let filled =
            |(left, since): (f64, Instant)| (left + now.duration_since(since).as_secs_f64() * rate).min(most);
        if buckets.len() >= MOST_CLIENTS {
            buckets.retain(|_, bucket| filled(*bucket) < most);
        }
        let bucket = buckets.entry(client.to_owned()).or_insert((most, now));
        let left = filled(*bucket);
        *bucket = (if left >= 1.0 { left - 1.0 } else { left }, now);
        left >= 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;
    use std::time::{Duration, Instant};

    #[test]
    fn a_client_waits_and_others_do_not() {
        let rate = Rate::new(Some(2));
        let now = Instant::now();
        assert_eq!((0..6).filter(|_| rate.allows_at("a", now)).count(), 4);
        assert!(rate.allows_at("b", now));
        assert!(rate.allows_at("a", now + Duration::from_secs(1)));
        assert!((0..1000).all(|_| Rate::new(None).allows("a")));
    }
}
