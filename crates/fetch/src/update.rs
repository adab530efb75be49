//! One list brought up to date: downloaded beside the store, checked, and only then kept as its present version.

use crate::download::{Ask, Fetched, Head, Limits, Marks, Problem, download};
use crate::publishers::Publisher;
use jiff::civil::Date;
use lagebild_watchlist::store::{Added, Addition, Care, Store, StoreError};
use std::fs::File;
use std::io::Seek;
use std::path::{Path, PathBuf};
use url::Url;

/// What became of an update.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The publisher has no newer version.
    Unchanged,
    /// A version was downloaded; it may be the one that was there already.
    Added(Box<Added>),
}

/// Why a list could not be brought up to date; its present version stays.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The download failed.
    #[error("{0}")]
    Download(#[from] Problem),
    /// The file is of another format than the publisher's.
    #[error("what came is {found}, not {wanted}")]
    Format {
        /// Format of what came.
        found: &'static str,
        /// Format that it should have.
        wanted: String,
    },
    /// What came was refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder for downloads cannot be written.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
}

/// Brings a list up to date. `downloads` is a folder of its own for unfinished files and for the marks of the last
/// version (`ETag`, `Last-Modified`); `progress` hears how many bytes have come.
pub fn update(
    store: &Store,
    publisher: &Publisher,
    url: &str,
    downloads: &Path,
    today: Date,
    limits: &Limits,
    progress: impl FnMut(u64),
) -> Result<Outcome, UpdateError> {
    std::fs::create_dir_all(downloads).map_err(|error| UpdateError::File(downloads.into(), error))?;
    let file = downloads.join(format!("{}.part", publisher.name));
    let marks_file = downloads.join(format!("{}.json", publisher.name));
    let there = store.version(&publisher.name, None).is_ok();
    let known = if there { read_marks(&marks_file) } else { Marks::default() };
    let ask = Ask {
        url,
        user_agent: concat!("lagebild/", env!("CARGO_PKG_VERSION")),
        known: &known,
        limits,
        enter: &mut |address, hop| enter(address, hop, &publisher.hosts, limits),
        part_is_enough: false,
        takes: &|_| true,
    };
    let mut part = File::create(&file).map_err(Problem::Write)?;
    let empty = |part: &mut File| part.set_len(0).and_then(|()| part.rewind());
    let came = download(ask, &mut part, empty, progress);
    drop(part);
    let outcome = came.map_err(UpdateError::from).and_then(|came| match came {
        Fetched::Unchanged => Ok(Outcome::Unchanged),
        Fetched::File(Head { marks, .. }) => {
            let added = keep(store, publisher, &file, today)?;
            let json = serde_json::to_vec(&marks).unwrap_or_default();
            std::fs::write(&marks_file, json)
                .map_err(|error| UpdateError::File(marks_file.clone(), error))?;
            Ok(Outcome::Added(Box::new(added)))
        }
    });
    // What is left of an unfinished download is of no use; that it cannot be removed does no harm.
    let _ = std::fs::remove_file(&file);
    outcome
}

/// Refuses an address whose scheme is wrong, or whose host is none of those that are allowed.
fn enter(address: &Url, hop: usize, hosts: &[String], limits: &Limits) -> Result<(), Problem> {
    let right = address.scheme() == "https" || (limits.plain_http && address.scheme() == "http");
    let known = |host: &str| hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    match (right && address.host_str().is_some_and(known), hop) {
        (true, _) => Ok(()),
        (false, 0) => Err(Problem::Address(address.to_string())),
        (false, _) => Err(Problem::Elsewhere(address.to_string())),
    }
}

/// Marks that cannot be read are none: the file is downloaded anew.
fn read_marks(file: &Path) -> Marks {
    std::fs::read(file).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

fn keep(store: &Store, publisher: &Publisher, file: &Path, today: Date) -> Result<Added, UpdateError> {
    let found = lagebild_watchlist::readers::format_of(file).map_err(StoreError::from)?;
    if found != publisher.format {
        return Err(UpdateError::Format { found, wanted: publisher.format.clone() });
    }
    let files = [file.to_path_buf()];
    Ok(store.add(&Addition {
        name: &publisher.name,
        files: &files,
        // Without the token, which is the user's own.
        source: &publisher.url,
        today,
        care: Care::Download,
    })?)
}
