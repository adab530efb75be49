//! Tokens and roles. A token is a long random text; kept is only its SHA-256. Behind a reverse proxy that signs users in
//! its word may be taken instead.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use subtle::ConstantTimeEq;

/// What someone may do. Each role includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Search, look at entities, read articles.
    Read,
    /// Screen names and records, sit at the desk and decide besides.
    Screen,
    /// Confirm at the desk what others proposed besides.
    Review,
    /// See metrics, and who looked at what, besides.
    Admin,
}

/// A token that is accepted.
#[derive(Clone, Debug)]
pub struct Token {
    /// Whose it is: a name for the log.
    pub name: String,
    /// What it allows.
    pub role: Role,
    /// SHA-256 of the token.
    pub hash: [u8; 32],
}

/// Why a file of tokens cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}; wanted: NAME read|screen|admin SHA-256 of the token")]
pub struct TokenError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: &'static str,
}

/// Who is let in, and under which names the service is reached.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// Tokens that are accepted.
    pub tokens: Vec<Token>,
    /// A reverse proxy that signs users in.
    pub proxy: Option<Proxy>,
    /// Names that the service is asked under, besides those of this machine: a web page elsewhere cannot make a browser claim
    /// one of them.
    pub hosts: Vec<String>,
    /// People sign in with a password ([`crate::Settings::sign_in`]).
    pub sign_in: bool,
}

/// A reverse proxy whose word is taken for who asks.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// Header in which it names the user that it has signed in, such as `x-forwarded-user`.
    pub header: String,
    /// SHA-256 of the secret that it sends along in [`Proxy::SECRET`]: whoever does not know it is not the proxy, wherever it
    /// comes from.
    pub secret: [u8; 32],
}

impl Proxy {
    /// Header for the secret.
    pub const SECRET: &'static str = "x-lagebild-proxy-secret";

    /// Reads the hash of the secret: SHA-256 in hexadecimal, as `sha256sum` writes it.
    pub fn parse_secret(text: &str) -> Option<[u8; 32]> {
        hash_of(text.split_whitespace().next()?)
    }
}

/// What a request says of whoever sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A name, and what it may do.
    Known(String, Role),
    /// A token or a secret that is none.
    Wrong,
    /// Nothing.
    Nobody,
}

impl Gate {
    /// Reads a file of tokens: on each line a name, a role and the SHA-256 of a token in hexadecimal. `#` begins a
    /// comment.
    pub fn parse_tokens(text: &str) -> Result<Vec<Token>, TokenError> {
        let mut tokens = Vec::new();
        for (line, words) in (1..).zip(text.lines()) {
            let words: Vec<&str> = words.split('#').next().unwrap_or_default().split_whitespace().collect();
            let error = |why| TokenError { line, why };
            let (name, role, hash) = match words.as_slice() {
                [] => continue,
                [name, role, hash] => (*name, *role, *hash),
                _ => return Err(error("not three words")),
            };
            let role = match role {
                "read" => Role::Read,
                // Who sits at the desk with a token or behind a proxy could always confirm; only people have finer roles.
                "screen" => Role::Review,
                "admin" => Role::Admin,
                _ => return Err(error("no such role")),
            };
            let hash = hash_of(hash).ok_or_else(|| error("no SHA-256 in hexadecimal"))?;
            tokens.push(Token { name: name.to_owned(), role, hash });
        }
        Ok(tokens)
    }

    /// Whether nobody has to say who he is, which is right on the loopback interface only.
    pub fn is_local_only(&self) -> bool {
        self.tokens.is_empty() && self.proxy.is_none() && !self.sign_in
    }

    /// Whether the name that was asked for is one of this service's: of this machine, an address in numbers, or one that was
    /// given.
    pub(super) fn knows_host(&self, headers: &HeaderMap) -> bool {
        let Some(host) = headers.get(header::HOST) else { return true };
        let host = host.to_str().unwrap_or_default();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let is_address = number.parse::<IpAddr>().is_ok_and(|it| it.is_loopback() || !self.is_local_only());
        name.eq_ignore_ascii_case("localhost")
            || is_address
            || self.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Name and role of whoever asks.
    pub(super) fn who(&self, headers: &HeaderMap) -> Who {
        if self.is_local_only() {
            return Who::Known("local".into(), Role::Admin);
        }
        if let Some(proxy) = &self.proxy
            && let Some(given) = headers.get(Proxy::SECRET)
        {
            if !same(&proxy.secret, given.as_bytes()) {
                return Who::Wrong;
            }
            // Two names would be the proxy's and one that slipped past it.
            let mut names = headers.get_all(&proxy.header).iter();
            return match (names.next().and_then(|it| it.to_str().ok()), names.next()) {
                (Some(user), None) if !user.is_empty() => Who::Known(user.to_owned(), Role::Review),
                _ => Who::Nobody,
            };
        }
        let Some(given) = secret(headers) else { return Who::Nobody };
        match self.tokens.iter().find(|token| same(&token.hash, given.as_bytes())) {
            Some(found) => Who::Known(found.name.clone(), found.role),
            None => Who::Wrong,
        }
    }
}

/// Whether a text has this hash, in the same time for every text.
fn same(hash: &[u8; 32], given: &[u8]) -> bool {
    bool::from(hash.as_slice().ct_eq(Sha256::digest(given).as_slice()))
}

/// The token of a request: `Bearer` and `ApiKey` as programs send it, the password of `Basic` as browsers do.
fn secret(headers: &HeaderMap) -> Option<String> {
    let (scheme, value) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" | "apikey" | "token" => Some(value.trim().to_owned()),
        "basic" => {
            let decoded = base64::engine::general_purpose::STANDARD.decode(value.trim()).ok()?;
            Some(String::from_utf8(decoded).ok()?.split_once(':')?.1.to_owned())
        }
        _ => None,
    }
}

fn hash_of(hex: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::{Gate, Proxy, Role, Who};
    use axum::http::{HeaderMap, HeaderValue};
    use sha2::{Digest, Sha256};

    fn gate() -> Gate {
        let file =
            format!("# who\nanna screen {:x}\nbot read {:x}\n", Sha256::digest("one"), Sha256::digest("two"));
        let proxy = Proxy { header: "x-forwarded-user".into(), secret: Sha256::digest("proxy").into() };
        let tokens = Gate::parse_tokens(&file).unwrap();
        Gate { tokens, proxy: Some(proxy), hosts: vec!["screening.example".into()], sign_in: false }
    }

    fn with(headers: &[(&'static str, &str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &str)| {
            (axum::http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        let mut map = HeaderMap::new();
        for (name, value) in headers.iter().map(header) {
            map.append(name, value);
        }
        map
    }

    #[test]
    fn tokens_give_roles() {
        let who = |value: &str| gate().who(&with(&[("authorization", value)]));
        assert_eq!(who("Bearer one"), Who::Known("anna".into(), Role::Review));
        assert_eq!(who("ApiKey two"), Who::Known("bot".into(), Role::Read));
        assert_eq!(who("Basic eDpvbmU="), Who::Known("anna".into(), Role::Review));
        assert_eq!(who("Bearer three"), Who::Wrong);
        assert_eq!(who("Bearer"), Who::Nobody);
    }

    #[test]
    fn a_proxys_word_is_taken_with_its_secret_only() {
        let user = ("x-forwarded-user", "eva");
        let secret = |secret| ("x-lagebild-proxy-secret", secret);
        let who = |headers: &[(&'static str, &str)]| gate().who(&with(headers));
        assert_eq!(who(&[user, secret("proxy")]), Who::Known("eva".into(), Role::Review));
        assert_eq!(who(&[user]), Who::Nobody, "wherever it comes from");
        assert_eq!(who(&[user, secret("guess")]), Who::Wrong);
        assert_eq!(who(&[secret("proxy")]), Who::Nobody);
        assert_eq!(who(&[user, ("x-forwarded-user", "root"), secret("proxy")]), Who::Nobody);
    }

    #[test]
    fn only_its_own_names_are_answered_to() {
        let knows = |gate: &Gate, host: &str| gate.knows_host(&with(&[("host", host)]));
        let open = gate();
        for host in ["localhost:8000", "127.0.0.1", "[::1]:8000", "Screening.example", "10.1.2.3:8000"] {
            assert!(knows(&open, host), "{host}");
        }
        assert!(!knows(&open, "attacker.example") && !knows(&open, "localhost.attacker.example"));
        assert!(!knows(&Gate::default(), "10.1.2.3") && knows(&Gate::default(), "localhost"));
    }

    #[test]
    fn wrong_lines_are_named() {
        assert_eq!(Gate::parse_tokens("anna boss x").unwrap_err().line, 1);
        assert!(Gate::parse_tokens("\nanna read 00").unwrap_err().to_string().starts_with("line 2"));
    }
}
