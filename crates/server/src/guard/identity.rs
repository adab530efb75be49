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
    /// Screen names and records besides.
    Screen,
    /// See metrics besides.
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

/// Who is let in.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    /// Tokens that are accepted.
    pub tokens: Vec<Token>,
    /// Header in which a reverse proxy on this machine names the user that it has signed in, such as `x-forwarded-user`.
    pub proxy_header: Option<String>,
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
                "screen" => Role::Screen,
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
        self.tokens.is_empty() && self.proxy_header.is_none()
    }

    /// Name and role of whoever asks.
    pub(super) fn who(&self, headers: &HeaderMap, peer: Option<IpAddr>) -> Option<(String, Role)> {
        if self.is_local_only() {
            return Some(("local".into(), Role::Admin));
        }
        if let Some(name) = &self.proxy_header
            && peer.is_some_and(|peer| peer.is_loopback())
            && let Some(user) = headers.get(name).and_then(|it| it.to_str().ok()).filter(|it| !it.is_empty())
        {
            return Some((user.to_owned(), Role::Screen));
        }
        let given = Sha256::digest(secret(headers)?);
        let found =
            self.tokens.iter().find(|token| bool::from(token.hash.as_slice().ct_eq(given.as_slice())))?;
        Some((found.name.clone(), found.role))
    }
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
    use super::{Gate, Role};
    use axum::http::{HeaderMap, HeaderValue};
    use sha2::{Digest, Sha256};

    fn gate() -> Gate {
        let file =
            format!("# who\nanna screen {:x}\nbot read {:x}\n", Sha256::digest("one"), Sha256::digest("two"));
        Gate { tokens: Gate::parse_tokens(&file).unwrap(), proxy_header: Some("x-forwarded-user".into()) }
    }

    fn with(name: &'static str, value: &str) -> HeaderMap {
        [(axum::http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())]
            .into_iter()
            .collect()
    }

    #[test]
    fn tokens_give_roles() {
        let who = |value: &str| gate().who(&with("authorization", value), None);
        assert_eq!(who("Bearer one"), Some(("anna".into(), Role::Screen)));
        assert_eq!(who("ApiKey two"), Some(("bot".into(), Role::Read)));
        assert_eq!(who("Basic eDpvbmU="), Some(("anna".into(), Role::Screen)));
        assert_eq!(who("Bearer three"), None);
        assert_eq!(who("Bearer"), None);
    }

    #[test]
    fn a_proxys_word_is_taken_from_this_machine_only() {
        let headers = with("x-forwarded-user", "eva");
        assert_eq!(gate().who(&headers, Some([127, 0, 0, 1].into())), Some(("eva".into(), Role::Screen)));
        assert_eq!(gate().who(&headers, Some([10, 0, 0, 1].into())), None);
        assert_eq!(gate().who(&headers, None), None);
    }

    #[test]
    fn wrong_lines_are_named() {
        assert_eq!(Gate::parse_tokens("anna boss x").unwrap_err().line, 1);
        assert!(Gate::parse_tokens("\nanna read 00").unwrap_err().to_string().starts_with("line 2"));
    }
}
