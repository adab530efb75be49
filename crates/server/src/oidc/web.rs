//! Questions to the provider over HTTP: few, small, without redirects, and to named hosts alone.

use super::Trouble;
use serde_json::Value;
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, http::Response};
use url::{Host, Url};

/// How long one answer may take.
const TIME: Duration = Duration::from_secs(8);
/// Most bytes of an answer.
const MOST: u64 = 1 << 20;

/// Reads the issuer's address: `https`, or `http` on this very machine; nothing in it but host, port and path.
pub(super) fn issuer(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|why| format!("the issuer `{text}`: {why}"))?;
    let bare = url.username().is_empty() && url.password().is_none();
    if !bare || url.query().is_some() || url.fragment().is_some() {
        return Err(format!("the issuer `{text}`: nothing may stand in it but host, port and path"));
    }
    if url.scheme() == "https" || is_local(&url) {
        Ok(url)
    } else {
        Err(format!("the issuer `{text}` does not begin with https://"))
    }
}

/// An address of this machine, for trying things out.
fn is_local(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(it)) => it.is_loopback(),
        Some(Host::Ipv6(it)) => it.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && loopback
}

/// Who may be asked, and how.
#[derive(Debug)]
pub(super) struct Web {
    agent: Agent,
    issuer: Url,
    hosts: Vec<String>,
}

/// Name and secret of this service, for the head of a question.
pub(super) type Login<'a> = Option<&'a str>;

impl Web {
    pub(super) fn new(issuer: &Url, hosts: &[String], authorities: Option<&[u8]>) -> Result<Self, String> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = authorities {
            tls = tls.root_certs(RootCerts::new_with_certs(&certificates(pem)?));
        }
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .https_only(!is_local(issuer))
            .timeout_global(Some(TIME))
            .tls_config(tls.build())
            .user_agent(concat!("Lagebild/", env!("CARGO_PKG_VERSION")));
        Ok(Self { agent: config.build().into(), issuer: issuer.clone(), hosts: hosts.to_vec() })
    }

    /// An address that the provider names, if it leads to its own host, or to one that was named besides.
    pub(super) fn named(&self, text: &str) -> Result<Url, Trouble> {
        let refuse =
            |why: &str| Err(Trouble::Provider(format!("the provider names the address `{text}`: {why}")));
        let Ok(url) = Url::parse(text) else { return refuse("it is none") };
        let own = url.origin() == self.issuer.origin();
        let host = url.host_str().unwrap_or_default();
        let besides = url.scheme() == "https" && self.hosts.iter().any(|it| it.eq_ignore_ascii_case(host));
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if (own || besides) && bare {
            return Ok(url);
        }
        refuse("it is on another host than the issuer (--oidc-host NAME allows one)")
    }

    /// Asks for a document.
    pub(super) fn get(&self, url: &Url) -> Result<(u16, Value), Trouble> {
        answer(url, self.agent.get(url.as_str()).header("accept", "application/json").call())
    }

    /// Sends a form.
    pub(super) fn post(
        &self,
        url: &Url,
        login: Login,
        form: &[(&str, &str)],
    ) -> Result<(u16, Value), Trouble> {
        let mut request = self.agent.post(url.as_str()).header("accept", "application/json");
        if let Some(login) = login {
            request = request.header("authorization", login);
        }
        answer(url, request.send_form(form.iter().copied()))
    }
}

/// Status and JSON of an answer; null where it is none, for what counts then is the status.
fn answer(url: &Url, response: Result<Response<Body>, ureq::Error>) -> Result<(u16, Value), Trouble> {
    let failed = |why: ureq::Error| Trouble::Provider(format!("{url}: {why}"));
    let mut response = response.map_err(failed)?;
    let status = response.status().as_u16();
    let bytes = response.body_mut().with_config().limit(MOST).read_to_vec().map_err(failed)?;
    Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, String> {
    let items =
        parse_pem(pem).collect::<Result<Vec<_>, _>>().map_err(|why| format!("certificates: {why}"))?;
    let found = items.into_iter().filter_map(|item| match item {
        PemItem::Certificate(it) => Some(it),
        _ => None,
    });
    let found: Vec<_> = found.collect();
    if found.is_empty() {
        Err("there is no certificate in the file of authorities".into())
    } else {
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{Web, certificates, issuer};

    #[test]
    fn an_issuer_is_reached_over_tls_or_on_this_machine() {
        for good in [
            "https://id.example/realms/team",
            "http://127.0.0.1:8080",
            "http://localhost/x",
            "http://[::1]:1",
        ] {
            assert!(issuer(good).is_ok(), "{good}");
        }
        for bad in [
            "http://id.example",
            "id.example",
            "https://a:b@id.example",
            "https://id.example/?x",
            "file:///etc",
        ] {
            assert!(issuer(bad).is_err(), "{bad}");
        }
        assert!(certificates(b"nothing").is_err());
    }

    #[test]
    fn the_provider_cannot_send_us_elsewhere() {
        let own = issuer("https://id.example/realms/team").unwrap();
        let web = Web::new(&own, &["Keys.example".into()], None).unwrap();
        for good in ["https://id.example/keys", "https://keys.example/a?b=c"] {
            assert!(web.named(good).is_ok(), "{good}");
        }
        for bad in [
            "http://id.example/keys",
            "https://id.example:8443/keys",
            "https://id.example.other.example/keys",
            "https://10.0.0.1/",
            "http://keys.example/a",
            "https://a@id.example/",
            "keys",
        ] {
            assert!(web.named(bad).is_err(), "{bad}");
        }
    }
}
