//! The words of the pages, in the language of whoever reads them (`data/server/words.yaml`).

use axum::http::{HeaderMap, header};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    en: String,
    de: String,
}

static WORDS: LazyLock<HashMap<String, Pair>> = LazyLock::new(|| {
    const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/words.json"));
    lagebild_data::embedded("server/words", JSON).unwrap_or_default()
});

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
}

impl Tongue {
    /// What the address says (`lang=de`), else what the browser prefers, else English.
    pub(super) fn of(query: Option<&str>, headers: &HeaderMap) -> Self {
        let asked =
            form_urlencoded::parse(query.unwrap_or_default().as_bytes()).find(|(name, _)| name == "lang");
        let preferred =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let language = asked.map_or_else(|| preferred.to_owned(), |(_, language)| language.into_owned());
        if language.to_ascii_lowercase().starts_with("de") { Self::German } else { Self::English }
    }

    /// ISO 639-1.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    pub(super) const fn other(self) -> Self {
        match self {
            Self::English => Self::German,
            Self::German => Self::English,
        }
    }

    /// A text; its key where there is none.
    pub(super) fn say(self, key: &'static str) -> &'static str {
        match (self, WORDS.get(key)) {
            (_, None) => key,
            (Self::English, Some(pair)) => &pair.en,
            (Self::German, Some(pair)) => &pair.de,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tongue, WORDS};
    use axum::http::{HeaderMap, header};

    #[test]
    fn the_address_decides_then_the_browser() {
        let mut headers = HeaderMap::new();
        assert_eq!(Tongue::of(None, &headers), Tongue::English);
        headers.insert(header::ACCEPT_LANGUAGE, "de-AT,en;q=0.5".parse().unwrap());
        assert_eq!(Tongue::of(None, &headers), Tongue::German);
        assert_eq!(Tongue::of(Some("q=x&lang=en"), &headers), Tongue::English);
        assert_eq!(Tongue::German.say("read"), "Lesen");
    }

    /// Every key that a page asks for is there, and every one that is there is asked for.
    #[test]
    fn pages_and_words_agree() {
        let sources = [
            include_str!("mod.rs"),
            include_str!("layout.rs"),
            include_str!("reading.rs"),
            include_str!("screening.rs"),
            include_str!("table.rs"),
            include_str!("hit.rs"),
            include_str!("party.rs"),
            include_str!("measures.rs"),
            include_str!("lists.rs"),
            include_str!("sign.rs"),
            include_str!("provider.rs"),
            include_str!("desk/mod.rs"),
            include_str!("desk/access.rs"),
            include_str!("desk/act.rs"),
            include_str!("desk/case.rs"),
            include_str!("desk/document.rs"),
            include_str!("desk/item.rs"),
            include_str!("desk/queue.rs"),
            include_str!("desk/say.rs"),
            include_str!("desk/search.rs"),
            include_str!("desk/text.rs"),
        ]
        .concat();
        let asked: Vec<&str> =
            sources.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(asked.len() > 50);
        let missing: Vec<_> = asked.iter().filter(|key| !WORDS.contains_key(**key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let unused: Vec<_> = WORDS.keys().filter(|key| !asked.contains(&key.as_str())).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
