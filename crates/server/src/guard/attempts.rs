//! How often somebody may try to sign in: attempts that fail are counted by name and by address, and come back slowly. A name that
//! nobody has is counted like any other.

use super::buckets::Fill;
use std::net::IpAddr;
use std::time::Duration;

/// Failures for one name at once, and how long it takes until there may be another.
const OF_NAME: Fill = Fill::new(5.0, Duration::from_secs(30));
/// The same for one address: a team may sit behind one.
const OF_ADDRESS: Fill = Fill::new(30.0, Duration::from_secs(10));
/// Sign-ins that one address may begin at a provider: most of them end well, which is not known yet.
const BEGUN: Fill = Fill::new(100.0, Duration::from_secs(1));
/// Letters of a name that count.
const MOST_NAME: usize = 100;

/// The buckets that an attempt is taken from; it counts as failed until it is given back.
pub(crate) fn attempt(name: &str, address: Option<IpAddr>) -> [(String, Fill); 2] {
    let name: String = name.trim().to_lowercase().chars().take(MOST_NAME).collect();
    [(format!("name {name}"), OF_NAME), from(address)]
}

/// The bucket of an attempt that names nobody.
pub(crate) fn from(address: Option<IpAddr>) -> (String, Fill) {
    (format!("from {}", network(address)), OF_ADDRESS)
}

/// The bucket of a sign-in that is begun at a provider.
pub(crate) fn begun(address: Option<IpAddr>) -> (String, Fill) {
    (format!("begun {}", network(address)), BEGUN)
}

fn network(address: Option<IpAddr>) -> String {
    match address {
        // Whoever has one address of IPv6 has the other 2^64 of its network too.
        Some(IpAddr::V6(it)) => format!("{:x?}", &it.segments()[..4]),
        Some(it) => it.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::buckets::Buckets;
    use super::*;
    use std::time::Instant;

    #[test]
    fn failures_are_slowed_by_name_and_by_address() {
        let (attempts, now) = (Buckets::default(), Instant::now());
        let from = |last| Some(IpAddr::from([10, 0, 0, last]));
        let tries = |name: &str, last: u8, at| attempts.take_at(&attempt(name, from(last)), at);
        assert_eq!((0..20).filter(|_| tries("anna", 1, now)).count(), 5);
        assert!(!tries("Anna ", 2, now), "another address does not help");
        assert!(tries("ben", 2, now));
        let later = now + Duration::from_secs(30);
        assert!(tries("anna", 1, later) && !tries("anna", 1, later));
        assert_eq!((0..100).filter(|at| tries(&format!("x{at}"), 3, now)).count(), 30);
        // What goes well costs nothing.
        for _ in 0..50 {
            let attempt = attempt("carl", from(4));
            assert!(attempts.take_at(&attempt, now));
            attempts.give_back(&attempt);
        }
        let network = |it: &str| attempt("a", Some(it.parse().unwrap()))[1].0.clone();
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:1::1"));
    }
}
