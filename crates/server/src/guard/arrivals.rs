//! Bodies while they arrive: how many, how large, of one client and of all. A client that sends one byte a second keeps its own
//! places busy, not those of others, and no request counts as in work before all of it is there.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Bodies of one client that may arrive at once.
const MOST_OF_ONE: usize = 64;
/// Their bytes, as announced.
const MOST_BYTES_OF_ONE: usize = 64 << 20;
/// Bytes of all clients' bodies.
const MOST_BYTES: usize = 512 << 20;

/// What is arriving.
#[derive(Debug, Default)]
pub struct Arrivals(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    bytes: usize,
    clients: HashMap<String, (usize, usize)>,
}

/// A body that arrives; dropped when it is there.
#[derive(Debug)]
pub(super) struct Arriving<'a> {
    all: &'a Arrivals,
    client: String,
    bytes: usize,
}

impl Arrivals {
    /// Makes room for a body of so many bytes. None when the client, or all of them, have too much under way.
    pub(super) fn room(&self, client: &str, bytes: usize) -> Option<Arriving<'_>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (bodies, of_one) = inner.clients.get(client).copied().unwrap_or_default();
        let fits = bodies < MOST_OF_ONE
            && of_one.saturating_add(bytes) <= MOST_BYTES_OF_ONE
            && inner.bytes.saturating_add(bytes) <= MOST_BYTES;
        if !fits {
            return None;
        }
        inner.bytes += bytes;
        inner.clients.insert(client.to_owned(), (bodies + 1, of_one + bytes));
        Some(Arriving { all: self, client: client.to_owned(), bytes })
    }
}

impl Drop for Arriving<'_> {
    fn drop(&mut self) {
        let mut inner = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.bytes -= self.bytes;
        if let Some((bodies, bytes)) = inner.clients.get_mut(&self.client) {
            *bodies -= 1;
            *bytes -= self.bytes;
            if *bodies == 0 {
                inner.clients.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arrivals, MOST_BYTES_OF_ONE, MOST_OF_ONE};

    #[test]
    fn one_client_cannot_take_the_places_of_others() {
        let arrivals = Arrivals::default();
        let mut of_one: Vec<_> = (0..MOST_OF_ONE).filter_map(|_| arrivals.room("a", 1)).collect();
        assert_eq!(of_one.len(), MOST_OF_ONE);
        assert!(arrivals.room("a", 1).is_none() && arrivals.room("b", 1).is_some());
        of_one.pop();
        assert!(arrivals.room("a", 1).is_some(), "a body that is there makes room");
        drop(of_one);
        assert!(arrivals.room("a", MOST_BYTES_OF_ONE + 1).is_none());
        assert!(arrivals.0.lock().unwrap().clients.is_empty());
    }
}
