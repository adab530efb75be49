//! `data/lists/publishers.yaml`: who publishes which list where, and what may come of it.

use lagebild_data::DataError;
use serde::{Deserialize, Serialize};

/// A list that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// The list's short name.
    pub name: String,
    /// Who is answerable for it.
    pub publisher: String,
    /// Where its file is; `{token}` stands for the token.
    pub url: String,
    /// What the publisher gives to its users.
    pub token: Option<Token>,
    /// Hosts that it may be downloaded from, redirects included.
    pub hosts: Vec<String>,
    /// Name of the format that the file must have.
    pub format: String,
    /// Terms of the data.
    pub licence: String,
    /// After how many days without a newer version it is stale.
    pub stale_days: u16,
    /// Largest download in MiB.
    pub max_mib: u64,
    /// Downloaded only when asked for by name.
    #[serde(default)]
    pub optional: bool,
}

/// A part of the address that differs by user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Environment variable that holds the user's own.
    pub variable: String,
    /// The one that the publisher prints for everybody.
    pub public: String,
}

impl Publisher {
    /// The address with the user's token, or the public one.
    pub fn address(&self, token: Option<&str>) -> String {
        let public = self.token.as_ref().map(|token| token.public.as_str());
        self.url.replace("{token}", token.or(public).unwrap_or_default())
    }
}

/// The publishers that are known, in the order of the file.
pub fn publishers() -> Result<Vec<Publisher>, DataError> {
    const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/lists-publishers.json"));
    lagebild_data::embedded("lists/publishers.yaml", JSON)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_watchlist::readers::FORMATS;
    use std::collections::BTreeSet;

    const YAML: &str = include_str!("../../../data/lists/publishers.yaml");

    #[test]
    fn every_entry_is_valid() {
        let all: Vec<Publisher> = lagebild_data::parse("publishers.yaml", YAML).unwrap();
        assert_eq!(all, publishers().unwrap());
        let names: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
        for one in &all {
            assert!(FORMATS.iter().any(|format| format.name() == one.format), "{}: {}", one.name, one.format);
            let host = one.url.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap();
            assert!(one.hosts.iter().any(|known| known == host), "{}: {host}", one.name);
            assert_eq!(one.url.contains("{token}"), one.token.is_some(), "{}", one.name);
            assert!(one.stale_days > 0 && one.max_mib > 0 && !one.licence.is_empty());
        }
    }

    #[test]
    fn the_users_token_goes_before_the_public_one() {
        let eu = publishers().unwrap().into_iter().find(|one| one.name == "eu-fsf").unwrap();
        assert!(eu.address(Some("mine")).ends_with("token=mine"));
        assert!(!eu.address(None).contains('{'));
    }

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let wrong = "- name: x\n  publisher: x\n  adress: y\n";
        let error = lagebild_data::parse::<Vec<Publisher>>("publishers.yaml", wrong).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("publishers.yaml", 3));
        assert!(error.message.contains("adress"), "{error}");
    }
}
