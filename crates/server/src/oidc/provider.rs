//! The provider: where its doors are, how somebody is sent there, and how a code becomes a token.

use super::started::Started;
use super::web::Web;
use super::{Claim, OidcSettings, Secret, Trouble, plain};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

/// Where the provider is asked what.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    authorize: Url,
    token: Url,
    keys: Url,
    /// Whether it takes name and secret of this service in the head of a question, which all must but not all do.
    in_head: bool,
}

/// What of its description is used.
#[derive(Deserialize)]
struct Described {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

impl Provider {
    /// One that is never asked.
    #[cfg(test)]
    pub(super) fn nowhere() -> Self {
        let url = Url::parse("https://id.example/").unwrap();
        Self { authorize: url.clone(), token: url.clone(), keys: url, in_head: true }
    }

    /// Reads its description.
    pub(super) fn discover(web: &Web, issuer: &str) -> Result<Self, Trouble> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let described: Described = match web.get(&web.named(&address)?)? {
            (200, json) => serde_json::from_value(json).map_err(|why| {
                Trouble::Provider(format!("{address}: no description of a provider: {why}"))
            })?,
            (status, _) => return Err(Trouble::Provider(format!("{address}: answered {status}"))),
        };
        if described.issuer != issuer {
            let name = described.issuer;
            return Err(Trouble::Provider(format!(
                "{address}: the provider calls itself `{name}`, not `{issuer}`"
            )));
        }
        let methods = described.token_endpoint_auth_methods_supported;
        Ok(Self {
            authorize: web.named(&described.authorization_endpoint)?,
            token: web.named(&described.token_endpoint)?,
            keys: web.named(&described.jwks_uri)?,
            in_head: methods.is_none_or(|it| it.iter().any(|way| way == "client_secret_basic")),
        })
    }

    /// The address that somebody is sent to.
    pub(super) fn asking(&self, settings: &OidcSettings, started: &Started) -> String {
        let mut url = self.authorize.clone();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&started.verifier));
        let scope = match settings.claim {
            Claim::PreferredUsername => "openid profile",
            Claim::Email => "openid email",
        };
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &settings.client)
            .append_pair("redirect_uri", &started.back)
            .append_pair("scope", scope)
            .append_pair("state", &started.state)
            .append_pair("nonce", &started.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        url.into()
    }

    /// The token for a code.
    pub(super) fn exchange(
        &self,
        web: &Web,
        settings: &OidcSettings,
        started: &Started,
        code: &str,
    ) -> Result<String, Trouble> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", started.back.as_str()),
            ("code_verifier", started.verifier.as_str()),
        ];
        let head = settings.secret.as_ref().filter(|_| self.in_head);
        let head = head.map(|secret| login(&settings.client, secret));
        if head.is_none() {
            form.push(("client_id", &settings.client));
            form.extend(settings.secret.as_ref().map(|secret| ("client_secret", secret.0.as_str())));
        }
        let (status, json) = web.post(&self.token, head.as_deref(), &form)?;
        let text = |name| json.get(name).and_then(Value::as_str);
        let why = plain(text("error").unwrap_or("no reason"));
        match status {
            200 => {
                let token = text("id_token").map(str::to_owned);
                token.ok_or_else(|| Trouble::Provider("the provider's answer has no id_token".into()))
            }
            400 if why == "invalid_grant" => Err(Trouble::Refused("the provider refuses the code".into())),
            _ => {
                Err(Trouble::Provider(format!("asked for the token, the provider answers {status} ({why})")))
            }
        }
    }

    /// The keys that it signs with.
    pub(super) fn keys(&self, web: &Web) -> Result<Value, Trouble> {
        match web.get(&self.keys)? {
            (200, json) => Ok(json),
            (status, _) => {
                Err(Trouble::Provider(format!("asked for its keys, the provider answers {status}")))
            }
        }
    }
}

/// Name and secret for the head of a question (RFC 6749, 2.3.1: each written as in a form first).
fn login(client: &str, Secret(secret): &Secret) -> String {
    let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", written(client), written(secret))))
}
