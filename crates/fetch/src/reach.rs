//! Which addresses of the network are reached: public ones. A page that a feed names must not lead into the user's own
//! network, nor to what a cloud machine tells about itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks a name up once, and refuses it when any of its addresses is not public. The connection goes to the very
/// addresses that were looked at, so a name cannot change in between.
#[derive(Debug, Default)]
pub(crate) struct PublicOnly(DefaultResolver);

/// An address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no public address")]
struct Refused(IpAddr);

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        match found.iter().find(|address| !is_public(address.ip())) {
            Some(address) => Err(ureq::Error::Other(Box::new(Refused(address.ip())))),
            None => Ok(found),
        }
    }
}

/// The address that was refused, when that is the error.
pub(crate) fn refused(error: &ureq::Error) -> Option<IpAddr> {
    match error {
        ureq::Error::Other(inner) => inner.downcast_ref::<Refused>().map(|refused| refused.0),
        _ => None,
    }
}

/// True for an address that anybody in the world reaches at the same machine (IANA's registries of special-purpose
/// addresses, 2025).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    let special = match (a, b, c) {
        // This network, private, loopback, and multicast, reserved, broadcast.
        (0 | 10 | 127 | 224.., _, _)
        // Shared by customers of a provider (RFC 6598).
        | (100, 64..=127, _)
        // Link-local, where clouds answer what a machine may do.
        | (169, 254, _)
        | (172, 16..=31, _)
        | (192, 168, _)
        // Protocols, documentation, measuring, relays of 6to4.
        | (192, 0, 0 | 2)
        | (192, 88, 99)
        | (198, 18 | 19, _)
        | (198, 51, 100)
        | (203, 0, 113) => true,
        // What Azure tells its machines about themselves.
        _ => [a, b, c, d] == [168, 63, 129, 16],
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // An address of version 4 written as one of version 6, and behind NAT64 and 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Protocols (with Teredo), documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_and_special_addresses_are_not_public() {
        let refused = "0.0.0.0 10.1.2.3 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1
            100.100.100.200 192.0.0.192 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::127.0.0.1
            ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:10.0.0.1 fe80::1 fec0::1 fc00::1 fd00:ec2::254 ff02::1 64:ff9b::a00:1
            64:ff9b:1::1 2002:7f00:1::1 2001::1 2001:db8::1 100::1";
        for text in refused.split_whitespace() {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in ["1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "::ffff:1.1.1.1"]
        {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
