//! The options for signing in by OpenID Connect.

use crate::exit::UsageError;
use anyhow::{Context, Result};
use lagebild_server::oidc::{Claim, OidcSettings, Secret};
use std::path::PathBuf;

/// Options of `lagebild serve` for an identity provider.
#[derive(clap::Args)]
#[expect(clippy::struct_field_names, reason = "the flags are called so")]
pub(super) struct Oidc {
    /// Issuer of an identity provider (OpenID Connect) that people may sign in with (docs/team.md)
    #[arg(long, value_name = "URL", requires_all = ["sign_in", "oidc_client"])]
    oidc_issuer: Option<String>,
    /// Name of this service at the provider
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    oidc_client: Option<String>,
    /// File with its secret there; without it the provider is told none
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    oidc_secret_file: Option<PathBuf>,
    /// What the provider tells that is a person's name at the desk; an address counts only where the provider has confirmed it
    #[arg(long, value_name = "CLAIM", value_enum, default_value_t = Told::PreferredUsername, requires = "oidc_issuer")]
    oidc_claim: Told,
    /// Further host that the provider's addresses may lead to, over https; may be repeated
    #[arg(long = "oidc-host", value_name = "NAME", requires = "oidc_issuer")]
    oidc_hosts: Vec<String>,
    /// File of the authorities (PEM) that vouch for the provider's host, instead of the usual ones
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    oidc_ca: Option<PathBuf>,
    /// Passwords are no way in
    #[arg(long, requires = "oidc_issuer")]
    oidc_only: bool,
}

/// Claims that may be a person's name.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Told {
    #[value(name = "preferred_username")]
    PreferredUsername,
    #[value(name = "email")]
    Email,
}

impl Oidc {
    /// The provider; none where none was named.
    pub(super) fn settings(&self) -> Result<Option<OidcSettings>> {
        let (Some(issuer), Some(client)) = (&self.oidc_issuer, &self.oidc_client) else { return Ok(None) };
        let authorities =
            self.oidc_ca.as_ref().map(|path| std::fs::read(path).with_context(|| path.display().to_string()));
        Ok(Some(OidcSettings {
            issuer: issuer.clone(),
            client: client.clone(),
            secret: self.secret()?,
            claim: match self.oidc_claim {
                Told::PreferredUsername => Claim::PreferredUsername,
                Told::Email => Claim::Email,
            },
            hosts: self.oidc_hosts.clone(),
            authorities: authorities.transpose()?,
            only: self.oidc_only,
        }))
    }

    fn secret(&self) -> Result<Option<Secret>> {
        let Some(path) = &self.oidc_secret_file else { return Ok(None) };
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let secret = text.trim();
        if secret.is_empty() {
            return Err(UsageError(format!("{}: no secret in it", path.display())).into());
        }
        Ok(Some(Secret(secret.to_owned())))
    }
}
