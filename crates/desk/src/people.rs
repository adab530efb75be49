//! People who sign in: who they are, what they may do, and how their passwords are kept.

use crate::error::{DeskError, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Argon2, Params};
use serde::Serialize;

/// Fewest letters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// Most bytes of a password: more would only keep the processor busy.
const PASSWORD_MOST: usize = 1024;

/// Where nobody has a name, a password is compared with this all the same, so that the answer takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What someone may do. Each role includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// Search lists, look at entities, read articles; not the desk.
    Reader,
    /// Screen, sit at the desk and decide besides.
    Screener,
    /// Confirm what others proposed besides.
    Reviewer,
    /// See metrics and who looked at what besides.
    Admin,
}

impl PersonRole {
    /// All, the least first.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Screener, Self::Reviewer, Self::Admin];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Screener => "screener",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name that they act under.
    pub name: String,
    /// What they may do.
    pub role: PersonRole,
    /// They may not sign in any more.
    pub disabled: bool,
    /// Who added them.
    pub added_by: String,
    /// When, RFC 3339 in UTC.
    pub added_at: String,
}

/// What became of somebody for whom another service vouches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// They are signed in: the token that their browser is to hold.
    SignedIn(String),
    /// Nobody has this name.
    Unknown,
    /// They may not sign in any more.
    Disabled,
}

/// How long somebody stays signed in.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// Seconds from signing in.
    pub whole: i64,
    /// Seconds without a request.
    pub idle: i64,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { whole: 12 * 3600, idle: 30 * 60 }
    }
}

/// Argon2id over a new salt, in the form that says how it was made (PHC).
pub(crate) fn hashed(password: &str) -> Result<String> {
    if password.chars().count() < PASSWORD_LEAST || password.len() > PASSWORD_MOST {
        return Err(DeskError::Password(PASSWORD_LEAST));
    }
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(random)?;
    let salt = SaltString::encode_b64(&salt).map_err(|why| damaged(&why))?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|why| damaged(&why))?;
    Ok(hash.to_string())
}

/// Whether this is the password; as slow where there is none to compare with.
pub(crate) fn is_password(hash: Option<&str>, given: &str) -> bool {
    if given.len() > PASSWORD_MOST {
        return false;
    }
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    let same = Argon2::default().verify_password(given.as_bytes(), &parsed).is_ok();
    same && hash.is_some() && Params::try_from(&parsed).is_ok()
}

/// 256 random bits in hexadecimal.
pub(crate) fn new_token() -> Result<String> {
    let half = || -> Result<u128> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(random)?;
        Ok(u128::from_le_bytes(bytes))
    };
    Ok(format!("{:032x}{:032x}", half()?, half()?))
}

fn random(why: getrandom::Error) -> DeskError {
    DeskError::File(std::io::Error::other(format!("no random numbers: {why}")))
}

fn damaged(why: &argon2::password_hash::Error) -> DeskError {
    DeskError::Damaged(format!("a password cannot be hashed: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_as_argon2id_with_a_salt_of_its_own() {
        let (one, other) = (hashed("a good long one").unwrap(), hashed("a good long one").unwrap());
        assert!(one != other && one.starts_with("$argon2id$v=19$"));
        assert!(is_password(Some(&one), "a good long one") && !is_password(Some(&one), "a good long on"));
        assert!(!is_password(None, "a good long one") && !is_password(Some("x"), "x"));
        assert!(hashed("short").is_err() && hashed(&"x".repeat(PASSWORD_MOST + 1)).is_err());
        // Nobody's password costs what everybody's costs.
        let costs = |hash: &str| Params::try_from(&PasswordHash::new(hash).unwrap()).unwrap();
        assert_eq!(costs(&one), costs(NOBODY));
    }
}
