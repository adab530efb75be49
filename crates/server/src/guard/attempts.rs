//! How often somebody may try to sign in: attempts that fail are counted by name and by address, and come back slowly. A name that
//! nobody has is counted like any other.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures for one name at once, and how long it takes until there may be another.
const OF_NAME: (f64, Duration) = (5.0, Duration::from_secs(30));
/// The same for one address: a team may sit behind one.
const OF_ADDRESS: (f64, Duration) = (30.0, Duration::from_secs(10));
/// Names and addresses remembered at once; beyond that nobody new may try until some are forgotten.
const MOST: usize = 100_000;
/// Letters of a name that count.
const MOST_NAME: usize = 100;

/// The attempts that are left to each name and address.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    left: Mutex<HashMap<String, (f64, Instant)>>,
}

/// The two that an attempt is counted for.
pub(crate) struct Attempt([(String, (f64, Duration)); 2]);

impl Attempt {
    pub(crate) fn new(name: &str, address: Option<IpAddr>) -> Self {
        let name: String = name.trim().to_lowercase().chars().take(MOST_NAME).collect();
        let address = match address {
            // Whoever has one address of IPv6 has the other 2^64 of its network too.
            Some(IpAddr::V6(it)) => format!("{:x?}", &it.segments()[..4]),
            Some(it) => it.to_string(),
            None => String::new(),
        };
        Self([(format!("name {name}"), OF_NAME), (format!("from {address}"), OF_ADDRESS)])
    }
}

impl Attempts {
    /// Whether there may be an attempt now; it is counted as failed until it is given back.
    pub(crate) fn take(&self, attempt: &Attempt) -> bool {
        self.take_at(attempt, Instant::now())
    }

    fn take_at(&self, attempt: &Attempt, now: Instant) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.len() >= MOST {
            let longest = OF_NAME.1.mul_f64(OF_NAME.0).max(OF_ADDRESS.1.mul_f64(OF_ADDRESS.0));
            left.retain(|_, (_, since)| now.duration_since(*since) < longest);
        }
        if left.len() >= MOST {
            return false;
        }
        let mut may = true;
        for (key, (most, every)) in &attempt.0 {
            let (had, since) = left.get(key).copied().unwrap_or((*most, now));
            let has = (had + now.duration_since(since).as_secs_f64() / every.as_secs_f64()).min(*most);
            may &= has >= 1.0;
            left.insert(key.clone(), (has, now));
        }
        for (key, _) in attempt.0.iter().filter(|_| may) {
            left.entry(key.clone()).and_modify(|(has, _)| *has -= 1.0);
        }
        may
    }

    /// The attempt went well after all.
    pub(crate) fn give_back(&self, attempt: &Attempt) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, (most, _)) in &attempt.0 {
            left.entry(key.clone()).and_modify(|(has, _)| *has = (*has + 1.0).min(*most));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_slowed_by_name_and_by_address() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let from = |last| Some(IpAddr::from([10, 0, 0, last]));
        let tries = |name: &str, last: u8, at| attempts.take_at(&Attempt::new(name, from(last)), at);
        assert_eq!((0..20).filter(|_| tries("anna", 1, now)).count(), 5);
        assert!(!tries("Anna ", 2, now), "another address does not help");
        assert!(tries("ben", 2, now));
        let later = now + OF_NAME.1;
        assert!(tries("anna", 1, later) && !tries("anna", 1, later));
        assert_eq!((0..100).filter(|at| tries(&format!("x{at}"), 3, now)).count(), 30);
        // What goes well costs nothing.
        for _ in 0..50 {
            let attempt = Attempt::new("carl", from(4));
            assert!(attempts.take_at(&attempt, now));
            attempts.give_back(&attempt);
        }
        let network = |it: &str| Attempt::new("a", Some(it.parse().unwrap())).0[1].0.clone();
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:1::1"));
    }
}
