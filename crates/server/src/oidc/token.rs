//! The ID token: whether it is the provider's, for this service and this sign-in, of now; and whose name it tells
//! (OpenID Connect Core, 3.1.3.7).

use super::{Claim, OidcSettings, Trouble, signature};
use jiff::Timestamp;
use jsonwebtoken::errors::Error;
use jsonwebtoken::jwk::{Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;

/// Seconds by which clocks may differ.
const SKEW: u32 = 60;
/// Keys that are tried for one token.
const MOST_KEYS: usize = 20;

/// What is read of a token, beside what the library looks at.
#[derive(Clone, Debug, Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    iat: f64,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    preferred_username: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: Value,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The name that a token tells, if everything about it is right.
pub(super) fn name(
    token: &str,
    keys: &Value,
    settings: &OidcSettings,
    nonce: &str,
) -> Result<String, Trouble> {
    let claims = checked(token, keys, settings)?;
    let refuse = |why: &str| Err(Trouble::Refused(format!("the token {why}")));
    if claims.iss != settings.issuer {
        return refuse("is another issuer's");
    }
    if !is_for(&claims, &settings.client) {
        return refuse("is for another service");
    }
    if claims.nonce.is_empty() || claims.nonce != nonce {
        return refuse("belongs to another sign-in");
    }
    if claims.iat > Timestamp::now().as_second() as f64 + f64::from(SKEW) {
        return refuse("is of the future");
    }
    let told = |name: Option<String>| name.filter(|name| !name.is_empty());
    match settings.claim {
        Claim::PreferredUsername => {
            told(claims.preferred_username).ok_or(Trouble::Nameless("preferred_username"))
        }
        Claim::Email if claims.email_verified != Value::Bool(true) => {
            Err(Trouble::Nameless("confirmed email"))
        }
        Claim::Email => told(claims.email).ok_or(Trouble::Nameless("email")),
    }
}

/// Whether a token was made for this service: one that is for others too must say that this one asked for it.
fn is_for(claims: &Claims, client: &str) -> bool {
    let (named, alone) = match &claims.aud {
        Audience::One(it) => (it == client, true),
        Audience::Many(all) => (all.iter().any(|it| it == client), all.len() == 1),
    };
    let asked = claims.azp.as_deref();
    named && asked.map_or(alone, |azp| azp == client)
}

/// The claims of a token whose signature, issuer, audience and time are right.
fn checked(token: &str, keys: &Value, settings: &OidcSettings) -> Result<Claims, Trouble> {
    signature::install();
    let refuse = |why: Error| Trouble::Refused(format!("the token: {why}"));
    let header = decode_header(token).map_err(refuse)?;
    if !signature::is_taken(header.alg) {
        return Err(Trouble::Refused(format!(
            "the token is signed with {:?}, not RS256 or ES256",
            header.alg
        )));
    }
    let mut validation = Validation::new(header.alg);
    validation.leeway = u64::from(SKEW);
    validation.validate_nbf = true;
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.client]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let mut last = Trouble::Refused("the provider has no key that fits the token".into());
    for key in fitting(keys, &header) {
        match DecodingKey::from_jwk(&key).and_then(|key| decode::<Claims>(token, &key, &validation)) {
            Ok(read) => return Ok(read.claims),
            Err(why) => last = refuse(why),
        }
    }
    Err(last)
}

/// The keys that a token may be signed with. Those of other kinds, which are not read here, are left aside.
fn fitting(keys: &Value, header: &Header) -> Vec<Jwk> {
    let all = keys.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let read = all.iter().filter_map(|key| serde_json::from_value::<Jwk>(key.clone()).ok());
    read.filter(|key| fits(key, header)).take(MOST_KEYS).collect()
}

fn fits(key: &Jwk, header: &Header) -> bool {
    let common = &key.common;
    let wanted = match header.alg {
        Algorithm::RS256 => KeyAlgorithm::RS256,
        _ => KeyAlgorithm::ES256,
    };
    let signs = common.public_key_use.as_ref().is_none_or(|it| *it == PublicKeyUse::Signature);
    let named = header.kid.is_none() || common.key_id == header.kid;
    signs && named && common.key_algorithm.is_none_or(|it| it == wanted)
}
