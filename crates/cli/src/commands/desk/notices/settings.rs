//! `notices.yaml` beside the store: who is told of lists that changed, and how. Without the file nobody is.

use crate::exit::UsageError;
use anyhow::{Context, Result};
use lagebild_desk::{Detail, Target};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// How much is told.
    #[serde(default)]
    detail: Detail,
    /// Seconds to wait after each try that failed; after one more try a notice is given up.
    #[serde(default = "pauses")]
    pub(super) pauses: Vec<u64>,
    /// Seconds that a server may take.
    #[serde(default = "timeout")]
    timeout: u64,
    /// Who is told by mail.
    #[serde(default)]
    pub(super) mail: Vec<Mail>,
    /// Who is told by HTTP.
    #[serde(default)]
    pub(super) webhooks: Vec<Webhook>,
    /// The folder of the file: files with secrets are named from here.
    #[serde(skip)]
    folder: PathBuf,
}

fn pauses() -> Vec<u64> {
    vec![60, 300, 1800, 7200, 43200]
}

const fn timeout() -> u64 {
    20
}

/// How the way to a mail server is kept secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS once the server was greeted; nothing is said without it.
    #[default]
    Starttls,
    /// None: for a server on this machine only.
    Plain,
}

/// Somebody who is told by mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mail {
    pub(super) name: String,
    pub(super) detail: Option<Detail>,
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) server: String,
    pub(super) port: Option<u16>,
    #[serde(default)]
    pub(super) security: Security,
    pub(super) user: Option<String>,
    pub(super) password_file: Option<PathBuf>,
}

/// Somebody who is told by HTTP.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Webhook {
    pub(super) name: String,
    pub(super) detail: Option<Detail>,
    pub(super) url: String,
    pub(super) secret_file: PathBuf,
}

impl Settings {
    /// The settings beside a store, where there are any.
    pub(super) fn beside(store: &Path) -> Result<Option<Self>> {
        let file = store.with_file_name("notices.yaml");
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        let mut settings: Self = lagebild_data::parse(&file.display().to_string(), &text)?;
        settings.folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        settings.check().map_err(|why| UsageError(format!("{}: {why}", file.display())))?;
        Ok(Some(settings))
    }

    fn check(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for target in self.targets() {
            if target.name.is_empty() || !names.insert(target.name.clone()) {
                return Err(format!("`{}`: each receiver needs a name of its own", target.name));
            }
        }
        if self.timeout == 0 || self.timeout > 600 {
            return Err("timeout: 1 to 600 seconds".into());
        }
        for mail in &self.mail {
            if mail.to.is_empty() {
                return Err(format!("`{}`: say to whom", mail.name));
            }
            if mail.security == Security::Plain && !is_here(&mail.server) {
                return Err(format!("`{}`: `plain` is for a server on this machine only", mail.name));
            }
            if mail.user.is_some() != mail.password_file.is_some() {
                return Err(format!("`{}`: user and password_file go together", mail.name));
            }
        }
        for hook in &self.webhooks {
            let plain = hook.url.strip_prefix("http://").map(host);
            let right = hook.url.starts_with("https://") || plain.is_some_and(is_here);
            if !right {
                return Err(format!("`{}`: https, or http to this machine", hook.name));
            }
            self.secret(&hook.secret_file)?;
        }
        Ok(())
    }

    /// Everybody who is told.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mail = self.mail.iter().map(|mail| (&mail.name, mail.detail));
        let hooks = self.webhooks.iter().map(|hook| (&hook.name, hook.detail));
        let target = |(name, detail): (&String, Option<Detail>)| Target {
            name: name.clone(),
            detail: detail.unwrap_or(self.detail),
        };
        mail.chain(hooks).map(target).collect()
    }

    /// What a server may take.
    pub(super) const fn patience(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    /// Most tries.
    pub(super) fn most(&self) -> u32 {
        u32::try_from(self.pauses.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// How long to wait after so many tries; none where no more are made.
    pub(super) fn pause(&self, tries: u32) -> Option<u64> {
        self.pauses.get(usize::try_from(tries).ok()?.checked_sub(1)?).copied()
    }

    /// A secret: the first line of a file.
    pub(super) fn secret(&self, file: &Path) -> Result<String, String> {
        let file = self.folder.join(file);
        let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let secret = text.lines().next().unwrap_or_default().trim();
        if secret.is_empty() { Err(format!("{} is empty", file.display())) } else { Ok(secret.to_owned()) }
    }
}

/// The host of an address without its scheme.
fn host(address: &str) -> &str {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let host = &address[..end];
    // Nobody's name before the host: `localhost@elsewhere` is elsewhere.
    if host.contains('@') {
        return "";
    }
    match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
