//! An identity provider on this machine: it describes itself, sends everybody back at once with a code, gives a token for it, and
//! shows its keys. What it says wrongly is set by each test.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

pub(crate) const CLIENT: &str = "lagebild";
pub(crate) const SECRET: &str = "a secret: with %";

type Pairs = HashMap<String, String>;

/// What it says, beside or instead of what is right.
#[derive(Clone, Default)]
pub(crate) struct Told {
    /// Algorithm of the token; ES256 where it is empty.
    pub(crate) algorithm: &'static str,
    /// Claims of the token; null takes one out.
    pub(crate) claims: Value,
    /// Fields of its description.
    pub(crate) description: Value,
    /// What it answers for a code: a status.
    pub(crate) status: Option<u16>,
    /// Tokens are signed with a key that it does not show.
    pub(crate) other_key: bool,
    /// Why it sends people back without a code.
    pub(crate) error: &'static str,
}

pub(crate) struct Provider {
    pub(crate) address: String,
    pub(crate) told: Mutex<Told>,
    /// Codes that were given out, with what they were asked for.
    codes: Mutex<HashMap<String, Pairs>>,
    curve: EcdsaKeyPair,
    other: EcdsaKeyPair,
    rsa: RsaKeyPair,
}

fn curve_key() -> EcdsaKeyPair {
    let (how, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let made = EcdsaKeyPair::generate_pkcs8(how, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(how, made.as_ref(), &random).unwrap()
}

/// `ring` makes no keys of this kind: one that was made for these tests, and opens nothing.
fn rsa_key() -> RsaKeyPair {
    let text: String = include_str!("../data/rsa-key.txt").split_whitespace().collect();
    RsaKeyPair::from_der(&STANDARD.decode(text).unwrap()).unwrap()
}

fn coded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Writes some fields over those of an object.
fn over(mut object: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().into_iter().flatten() {
        object[name] = value.clone();
    }
    object.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    object
}

impl Provider {
    pub(crate) async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Arc::new(Self {
            address: format!("http://{}/realm", listener.local_addr().unwrap()),
            told: Mutex::default(),
            codes: Mutex::default(),
            curve: curve_key(),
            other: curve_key(),
            rsa: rsa_key(),
        });
        let router = Router::new()
            .route("/realm/.well-known/openid-configuration", get(describe))
            .route("/realm/authorize", get(authorize))
            .route("/realm/token", post(token))
            .route("/realm/keys", get(keys))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn tell(&self, told: Told) {
        *self.told.lock().unwrap() = told;
    }

    fn told(&self) -> Told {
        self.told.lock().unwrap().clone()
    }

    /// Goes to the provider as a browser does, and returns the way back to the service.
    pub(crate) async fn visit(address: &str) -> String {
        let address = address.to_owned();
        let ask = move || {
            let config = ureq::Agent::config_builder().max_redirects(0).build();
            let answer = ureq::Agent::from(config).get(&address).call().unwrap();
            answer.headers()["location"].to_str().unwrap().to_owned()
        };
        let back = tokio::task::spawn_blocking(ask).await.unwrap();
        back.strip_prefix("http://localhost").unwrap().to_owned()
    }

    fn sign(&self, told: &Told, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match told.algorithm {
            "none" => Vec::new(),
            "RS256" => {
                let mut signature = vec![0; self.rsa.public().modulus_len()];
                self.rsa.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
            "HS256" => {
                // With what everybody knows: the public key.
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, self.curve.public_key().as_ref());
                ring::hmac::sign(&key, message).as_ref().to_vec()
            }
            _ => {
                let key = if told.other_key { &self.other } else { &self.curve };
                key.sign(&random, message).unwrap().as_ref().to_vec()
            }
        }
    }

    fn token(&self, asked: &Pairs) -> String {
        let (told, now) = (self.told(), jiff::Timestamp::now().as_second());
        let right = json!({
            "iss": self.address, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300, "nonce": asked.get("nonce"),
            "preferred_username": "screener", "email": "reviewer@id.example", "email_verified": true,
        });
        let algorithm = if told.algorithm.is_empty() { "ES256" } else { told.algorithm };
        let head = json!({"alg": algorithm, "typ": "JWT", "kid": algorithm});
        let message = format!("{}.{}", coded(head.to_string()), coded(over(right, &told.claims).to_string()));
        format!("{message}.{}", coded(self.sign(&told, message.as_bytes())))
    }
}

type Own = State<Arc<Provider>>;

fn pairs(text: &[u8]) -> Pairs {
    form_urlencoded::parse(text).into_owned().collect()
}

async fn describe(State(own): Own) -> String {
    let at = &own.address;
    let right = json!({
        "issuer": at, "authorization_endpoint": format!("{at}/authorize"), "token_endpoint": format!("{at}/token"),
        "jwks_uri": format!("{at}/keys"), "token_endpoint_auth_methods_supported": ["client_secret_basic"],
    });
    over(right, &own.told().description).to_string()
}

async fn authorize(State(own): Own, RawQuery(query): RawQuery) -> impl IntoResponse {
    let asked = pairs(query.unwrap().as_bytes());
    assert_eq!((asked["client_id"].as_str(), asked["code_challenge_method"].as_str()), (CLIENT, "S256"));
    assert!(asked["scope"].split(' ').any(|it| it == "openid") && asked["response_type"] == "code");
    let mut back = url::Url::parse(&asked["redirect_uri"]).unwrap();
    let error = own.told().error;
    let (key, value) = if error.is_empty() {
        let mut codes = own.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), asked.clone());
        ("code", code)
    } else {
        ("error", error.to_owned())
    };
    back.query_pairs_mut().append_pair("state", &asked["state"]).append_pair(key, &value);
    (StatusCode::FOUND, [(header::LOCATION, String::from(back))])
}

async fn token(State(own): Own, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let given = pairs(body.as_bytes());
    let refuse = |status, why: &str| (status, json!({"error": why}).to_string());
    if let Some(status) = own.told().status {
        return refuse(StatusCode::from_u16(status).unwrap(), "server_error");
    }
    let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let login = format!("Basic {}", STANDARD.encode(format!("{}:{}", written(CLIENT), written(SECRET))));
    if headers.get("authorization").is_none_or(|it| it != login.as_str()) {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    // A code is good once.
    let asked = own.codes.lock().unwrap().get_mut(&given["code"]).map(std::mem::take);
    let fits = asked.as_ref().is_some_and(|asked| {
        asked.get("redirect_uri") == given.get("redirect_uri")
            && asked.get("code_challenge") == Some(&coded(Sha256::digest(&given["code_verifier"])))
    });
    match asked.filter(|_| fits) {
        Some(asked) => {
            let token = own.token(&asked);
            (
                StatusCode::OK,
                json!({"access_token": "x", "token_type": "Bearer", "id_token": token}).to_string(),
            )
        }
        None => refuse(StatusCode::BAD_REQUEST, "invalid_grant"),
    }
}

async fn keys(State(own): Own) -> String {
    let (x, y) = own.curve.public_key().as_ref()[1..].split_at(32);
    let rsa = PublicKeyComponents::<Vec<u8>>::from(own.rsa.public());
    json!({"keys": [
        {"kty": "new", "kid": "unknown"},
        {"kty": "EC", "crv": "P-256", "kid": "ES256", "use": "sig", "x": coded(x), "y": coded(y)},
        {"kty": "RSA", "kid": "RS256", "alg": "RS256", "use": "sig", "n": coded(&rsa.n), "e": coded(&rsa.e)},
    ]})
    .to_string()
}
