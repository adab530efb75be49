//! `lagebild fetch URL…`: pages, feeds and files are downloaded and read.

mod copies;

pub(crate) use copies::Copies;

use super::read::How;
use crate::exit::Exit;
use crate::print::print_line;
use anyhow::{Context, Result};
use lagebild_document::{DocumentError, read_download};
use lagebild_fetch::{Answer, Copy, Fetcher, Marks, Problem, Settings};
use std::path::PathBuf;

/// Arguments of `lagebild fetch`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Addresses of pages, feeds, files
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// Keep each copy in this folder under its SHA-256, with its record in copies.jsonl (with --out-dir: its folder copies)
    #[arg(long, value_name = "DIR", help_heading = "Download")]
    copies: Option<PathBuf>,
    /// Keep the copies and read nothing
    #[arg(long, requires = "copies", help_heading = "Download")]
    download_only: bool,
    #[command(flatten)]
    reach: Reach,
    #[command(flatten)]
    how: How,
}

/// What may be reached, and how.
#[derive(clap::Args)]
pub(crate) struct Reach {
    /// Fetch from private, loopback and link-local addresses, too. Dangerous with addresses that others wrote: a page or feed can
    /// then lead to servers inside your network and to what a cloud machine tells about itself
    #[arg(long, help_heading = "Download")]
    allow_private: bool,
    /// Limits, types and the name that servers are told, in place of the built-in ones (data/fetch.yaml)
    #[arg(long, value_name = "FILE", help_heading = "Download")]
    settings: Option<PathBuf>,
}

impl Reach {
    /// The settings.
    pub(crate) fn settings(&self) -> Result<Settings> {
        let Some(path) = &self.settings else { return Ok(Settings::shipped()?) };
        let name = path.display().to_string();
        let yaml = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Ok(lagebild_data::parse(&name, &yaml)?)
    }

    /// What fetches with these settings.
    pub(crate) fn fetcher(&self, settings: Settings) -> Fetcher {
        let mut limits = settings.limits();
        limits.public_only = !self.allow_private;
        Fetcher::new(settings, limits)
    }
}

/// Fetches a file and notes when; keeps its copy where copies are kept.
pub(crate) fn get(
    fetcher: &mut Fetcher,
    copies: Option<&mut Copies>,
    url: &str,
    known: &Marks,
) -> Result<Option<Copy>, Failure> {
    match fetcher.get(url, known)? {
        Answer::Unchanged => Ok(None),
        Answer::Copy(mut copy) => {
            copy.download.fetched = now();
            if let Some(copies) = copies {
                copies.keep(&copy)?;
            }
            Ok(Some(copy))
        }
    }
}

/// The time in whole seconds (RFC 3339).
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] Problem),
    /// It could not be kept.
    #[error("the copy cannot be kept: {0}")]
    Keep(#[from] std::io::Error),
}

/// Fetches and reads.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let mut fetcher = args.reach.fetcher(args.reach.settings()?);
    let folder = args.copies.clone().or_else(|| Some(args.how.out_dir()?.join("copies")));
    let mut copies = folder.map(|folder| Copies::open(&folder)).transpose()?;
    if args.download_only {
        return download_only(&args.urls, &mut fetcher, copies.as_mut());
    }
    let options = args.how.options()?;
    let documents =
        args.urls.iter().flat_map(|url| match get(&mut fetcher, copies.as_mut(), url, &Marks::default()) {
            Ok(copy) => {
                copy.map_or_else(Vec::new, |copy| read_download(&copy.download, &copy.bytes, &options))
            }
            Err(failure) => {
                vec![Err(DocumentError::Refused { source_name: url.clone(), reason: failure.to_string() })]
            }
        });
    args.how.read(documents, args.urls.len() == 1)
}

fn download_only(urls: &[String], fetcher: &mut Fetcher, mut copies: Option<&mut Copies>) -> Result<Exit> {
    let mut exit = Exit::Done;
    for url in urls {
        match get(fetcher, copies.as_deref_mut(), url, &Marks::default()) {
            Ok(copy) => {
                let line = copy
                    .map(|copy| format!("{}  {} bytes  {url}", copy.download.sha256, copy.download.bytes));
                print_line(&line.unwrap_or_default())?;
            }
            Err(failure) => {
                eprintln!("lagebild: {url}: {failure}");
                exit = Exit::SomeInputsFailed;
            }
        }
    }
    Ok(exit)
}
