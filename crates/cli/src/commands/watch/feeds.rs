//! New items of feeds and sitemaps: their pages, or their own words.

use super::super::fetch::{Failure, get};
use super::sources::{FeedSource, What};
use super::state::SeenItem;
use super::{Watch, today};
use crate::commands::read::ocr;
use anyhow::Result;
use lagebild_document::{Document, DocumentError, Feed, Item, Options, read_download, read_item};
use lagebild_fetch::{Copy, Marks};
use std::collections::BTreeSet;

/// Items that are read before it is put down that they were.
const BATCH: usize = 16;

type Outcome = Result<Document, DocumentError>;

/// What became of an item.
enum Got {
    Outcomes(Vec<Outcome>),
    /// Its page is asked for again in the next round.
    Later,
}

impl Watch<'_> {
    /// Reads what is new in a feed, or in the sitemaps of an index.
    pub(super) fn feed(&mut self, source: &FeedSource) -> Result<()> {
        let Some((feed, marks)) = self.get_feed(source)? else { return Ok(()) };
        let most = self.settings.watch.sitemaps;
        if feed.sitemaps.len() > most {
            self.failed(
                &source.url,
                &format!("an index of {} sitemaps: the first {most} are read", feed.sitemaps.len()),
            )?;
        }
        for url in feed.sitemaps.iter().take(most) {
            let one = FeedSource { url: url.clone(), ..source.clone() };
            // An index names sitemaps, not other indexes.
            if let Some((sitemap, marks)) = self.get_feed(&one)? {
                self.items(&one, &sitemap, marks)?;
            }
        }
        // An index that has not changed may name sitemaps that have: it is asked for anew each time.
        let marks = if feed.sitemaps.is_empty() { marks } else { Marks::default() };
        self.items(source, &feed, marks)
    }

    /// A feed, when the server has another version than the one that was read.
    fn get_feed(&mut self, source: &FeedSource) -> Result<Option<(Feed, Marks)>> {
        let known = self.state.seen.feeds.get(&source.url).map(|seen| seen.marks.clone()).unwrap_or_default();
        let copy = match get(&mut self.fetcher, self.copies.as_mut(), &source.url, &known) {
            Ok(None) => return Ok(None),
            Ok(Some(copy)) => copy,
            Err(failure) => {
                self.failed(&source.url, &failure.to_string())?;
                return Ok(None);
            }
        };
        let feed = match Feed::read(&copy.bytes) {
            Ok(feed) => feed,
            Err(reason) => {
                self.failed(&source.url, &reason)?;
                return Ok(None);
            }
        };
        if let Some(reason) = &feed.broken {
            self.failed(&source.url, &format!("{reason}: the items before it are read"))?;
        }
        let Copy { download, .. } = copy;
        let marks =
            Marks { url: source.url.clone(), etag: download.etag, last_modified: download.last_modified };
        Ok(Some((feed, marks)))
    }

    /// Reads the items that were not read before, and keeps the feed's marks when none is left.
    fn items(&mut self, source: &FeedSource, feed: &Feed, marks: Marks) -> Result<()> {
        let (new, beyond) = self.new_items(source, feed);
        self.round.waiting += beyond;
        let mut later = 0;
        for batch in new.chunks(BATCH) {
            let (mut outcomes, mut done) = (Vec::new(), Vec::new());
            for (key, item) in batch {
                match self.item(source, feed, key, item)? {
                    Got::Outcomes(found) => {
                        outcomes.extend(found);
                        done.push(key);
                    }
                    Got::Later => later += 1,
                }
            }
            self.round.from_feeds += self.take(outcomes.into_iter())?;
            let seen = self.state.seen.feeds.entry(source.url.clone()).or_default();
            for key in done {
                seen.items.insert(key.clone(), SeenItem { named: today(), done: true, tries: 0 });
            }
            self.save()?;
        }
        self.round.waiting += later;
        let forget = i32::from(self.settings.watch.forget_days);
        let seen = self.state.seen.feeds.entry(source.url.clone()).or_default();
        seen.items.retain(|_, item| (today() - item.named).get_days() <= forget);
        if beyond + later == 0 {
            seen.marks = marks;
        }
        self.save()
    }

    /// Items that are not done, no more than may be read in one round, and how many there are beyond.
    fn new_items<'f>(&mut self, source: &FeedSource, feed: &'f Feed) -> (Vec<(String, &'f Item)>, usize) {
        let seen = self.state.seen.feeds.entry(source.url.clone()).or_default();
        let (mut new, mut keys) = (Vec::new(), BTreeSet::new());
        for item in &feed.items {
            let Some(key) = item.key() else { continue };
            match seen.items.get_mut(&key) {
                Some(known) if known.done => known.named = today(),
                _ if keys.insert(key.clone()) => new.push((key, item)),
                _ => {}
            }
        }
        let beyond = new.len().saturating_sub(self.settings.watch.items);
        new.truncate(self.settings.watch.items);
        (new, beyond)
    }

    /// What an item gives: its page, else its own words.
    fn item(&mut self, source: &FeedSource, feed: &Feed, key: &str, item: &Item) -> Result<Got> {
        let language = source.language.clone();
        let recogniser = ocr::recogniser(true, language.as_deref());
        let options = Options { language, recogniser, ..Options::default() };
        let url = item.url();
        let name = url.clone().unwrap_or_else(|| format!("{}#{key}", source.url));
        let mut warning = None;
        if let (What::Page, Some(url)) = (source.read, &url) {
            match get(&mut self.fetcher, self.copies.as_mut(), url, &Marks::default()) {
                Ok(Some(copy)) => return Ok(Got::Outcomes(page(&copy, feed, item, &options))),
                Ok(None) => {}
                Err(failure) if self.may_come_later(source, key, &failure) => return Ok(Got::Later),
                Err(failure) => {
                    self.failed(url, &failure.to_string())?;
                    warning = Some(format!(
                        "the page could not be fetched ({failure}): these are the words of the feed"
                    ));
                }
            }
        }
        let outcome = read_item(&name, item, feed, &options).map(|outcome| {
            outcome.map(|mut document| {
                document.warnings.extend(warning);
                document
            })
        });
        Ok(Got::Outcomes(outcome.into_iter().collect()))
    }

    /// Whether a page is to be asked for again: the server or the way to it may be better then, but not for ever.
    fn may_come_later(&mut self, source: &FeedSource, key: &str, failure: &Failure) -> bool {
        let passing = match failure {
            Failure::Keep(_) => true,
            Failure::Fetch(problem) => problem.may_pass(),
        };
        let seen = self.state.seen.feeds.entry(source.url.clone()).or_default();
        let fresh = SeenItem { named: today(), done: false, tries: 0 };
        let item = seen.items.entry(key.to_owned()).or_insert(fresh);
        item.tries += 1;
        passing && item.tries < self.settings.watch.tries
    }
}

/// The documents of a page, with what its feed says of it.
fn page(copy: &Copy, feed: &Feed, item: &Item, options: &Options) -> Vec<Outcome> {
    let mut outcomes = read_download(&copy.download, &copy.bytes, options);
    for document in outcomes.iter_mut().flatten() {
        document.published = document.published.or_else(|| item.published());
        document.origin.feed = Some(item.publication.trim().to_owned())
            .filter(|name| !name.is_empty())
            .or_else(|| feed.title.clone());
    }
    outcomes
}
