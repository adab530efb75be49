//! What is watched: folders, and the feeds that a file names.

use crate::exit::UsageError;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Something that is watched.
#[derive(Debug)]
pub(super) enum Source {
    Folder(PathBuf),
    Feed(FeedSource),
}

/// A feed, as the user's file names it (`docs/watch.md`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedSource {
    /// Its address.
    pub(super) url: String,
    /// What is read of an item.
    #[serde(default)]
    pub(super) read: What,
    /// Language of its texts instead of finding it.
    #[serde(default)]
    pub(super) language: Option<String>,
}

/// What is read of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// The page that it leads to; its own words where there is none.
    #[default]
    Page,
    /// Its own words.
    Item,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    feeds: Vec<FeedSource>,
}

/// The sources that these paths name: a folder is one, a file names feeds.
pub(super) fn of(paths: &[PathBuf]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths {
        if path.is_dir() {
            sources.push(Source::Folder(path.clone()));
        } else {
            sources.extend(feeds(path)?.into_iter().map(Source::Feed));
        }
    }
    Ok(sources)
}

fn feeds(path: &Path) -> Result<Vec<FeedSource>> {
    let name = path.display().to_string();
    let yaml = std::fs::read_to_string(path)
        .with_context(|| format!("{name} is neither a folder nor a file that can be read"))?;
    let file: File = lagebild_data::parse(&name, &yaml).map_err(|error| UsageError(error.to_string()))?;
    Ok(file.feeds)
}
