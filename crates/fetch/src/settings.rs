//! `data/fetch.yaml`: how pages, feeds and files are fetched.

use crate::download::Limits;
use lagebild_data::DataError;
use serde::Deserialize;
use std::time::Duration;

/// What the file says; its head says what each field means.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "data/fetch.yaml says it")]
pub struct Settings {
    pub user_agent: String,
    pub robots_name: String,
    pub max_mib: u64,
    pub answer_s: u64,
    pub whole_s: u64,
    pub attempts: u32,
    pub pause_s: u64,
    pub delay_s: u64,
    pub max_delay_s: u64,
    pub robots_hours: u64,
    pub untold: Vec<String>,
    pub types: Vec<String>,
    pub watch: Watching,
}

/// What concerns `lagebild watch` alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "data/fetch.yaml says it")]
pub struct Watching {
    pub every_s: u64,
    pub settle_ms: u64,
    pub unfinished: Vec<String>,
    pub items: usize,
    pub tries: u32,
    pub forget_days: u16,
    pub sitemaps: usize,
}

/// What becomes of a file of some type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    Yes,
    /// Where its bytes show a format that is read.
    ByContent,
    No,
}

impl Settings {
    /// The settings that are built in.
    pub fn shipped() -> Result<Self, DataError> {
        const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/fetch.json"));
        lagebild_data::embedded("fetch.yaml", JSON)
    }

    /// The limits of one file.
    pub fn limits(&self) -> Limits {
        Limits {
            answer: Duration::from_secs(self.answer_s),
            whole: Duration::from_secs(self.whole_s),
            bytes: self.max_mib << 20,
            attempts: self.attempts,
            pause: Duration::from_secs(self.pause_s),
            plain_http: true,
            public_only: true,
        }
    }

    pub(crate) fn takes(&self, media_type: Option<&str>) -> Taken {
        let kind = media_type.and_then(|told| told.split(';').next()).unwrap_or_default().trim();
        let among = |list: &[String]| list.iter().any(|known| known.eq_ignore_ascii_case(kind));
        if among(&self.types) {
            Taken::Yes
        } else if kind.is_empty() || among(&self.untold) {
            Taken::ByContent
        } else {
            Taken::No
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_valid_and_modest() {
        let yaml = include_str!("../../../data/fetch.yaml");
        let settings: Settings = lagebild_data::parse("fetch.yaml", yaml).unwrap();
        assert_eq!(settings, Settings::shipped().unwrap());
        assert!(settings.delay_s >= 1 && settings.robots_hours <= 24 && settings.limits().public_only);
        assert_eq!(settings.takes(Some("Text/HTML; charset=utf-8")), Taken::Yes);
        assert_eq!((settings.takes(None), settings.takes(Some("video/mp4"))), (Taken::ByContent, Taken::No));
    }
}
