//! How often somebody may do something: buckets that are full at first, lose one with each try, and fill at a steady rate.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Buckets remembered at once; beyond that those that are full again are forgotten, and nobody new may try until some are.
const MOST: usize = 100_000;

/// What a bucket holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fill {
    most: f64,
    a_second: f64,
}

impl Fill {
    /// So many at once, then one more every so long.
    pub(crate) const fn new(most: f64, every: Duration) -> Self {
        Self { most, a_second: 1.0 / every.as_secs_f64() }
    }

    /// So many a second, and as many more at once.
    pub(crate) fn a_second(many: u32) -> Self {
        Self { most: f64::from(many) * 2.0, a_second: f64::from(many) }
    }
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    since: Instant,
    fill: Fill,
}

impl Bucket {
    fn left(&self, now: Instant) -> f64 {
        let gained = now.duration_since(self.since).as_secs_f64() * self.fill.a_second;
        (self.left + gained).min(self.fill.most)
    }
}

/// The buckets of one kind, each with a key.
#[derive(Debug, Default)]
pub(crate) struct Buckets(Mutex<HashMap<String, Bucket>>);

impl Buckets {
    /// Takes one from each of some buckets if none of them is empty, else from none.
    pub(crate) fn take(&self, of: &[(String, Fill)]) -> bool {
        self.take_at(of, Instant::now())
    }

    /// The same, at a moment.
    pub(super) fn take_at(&self, of: &[(String, Fill)], now: Instant) -> bool {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| bucket.left(now) < bucket.fill.most);
        }
        if buckets.len() >= MOST && of.iter().any(|(key, _)| !buckets.contains_key(key)) {
            return false;
        }
        let mut may = true;
        for (key, fill) in of {
            let full = Bucket { left: fill.most, since: now, fill: *fill };
            let bucket = buckets.entry(key.clone()).or_insert(full);
            *bucket = Bucket { left: bucket.left(now), since: now, fill: *fill };
            may &= bucket.left >= 1.0;
        }
        for (key, _) in of.iter().filter(|_| may) {
            buckets.entry(key.clone()).and_modify(|bucket| bucket.left -= 1.0);
        }
        may
    }

    /// Puts back what was taken.
    pub(crate) fn give_back(&self, of: &[(String, Fill)]) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, fill) in of {
            buckets.entry(key.clone()).and_modify(|bucket| bucket.left = (bucket.left + 1.0).min(fill.most));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, Fill, MOST};
    use std::time::{Duration, Instant};

    #[test]
    fn a_client_waits_and_others_do_not() {
        let (asked, now) = (Buckets::default(), Instant::now());
        let may = |who: &str, at| asked.take_at(&[(who.to_owned(), Fill::a_second(2))], at);
        assert_eq!((0..6).filter(|_| may("a", now)).count(), 4);
        assert!(may("b", now));
        assert!(may("a", now + Duration::from_secs(1)));
    }

    #[test]
    fn of_too_many_those_that_are_full_again_are_forgotten() {
        let (asked, now) = (Buckets::default(), Instant::now());
        let may = |who: String, at| asked.take_at(&[(who, Fill::a_second(1))], at);
        assert!((0..MOST).all(|at| may(at.to_string(), now)));
        assert!(!may("new".into(), now) && may("7".into(), now), "known ones go on");
        assert!(may("new".into(), now + Duration::from_secs(5)));
    }
}
