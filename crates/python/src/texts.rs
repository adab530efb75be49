//! One text or one name: JSON out, as the command prints it.

use crate::watchlist::Watchlist;
use crate::{day, failed, today};
use lagebild_document::{Format, Options};
use lagebild_reading::Knowledge;
use lagebild_scan::Reader;
use lagebild_screen::Query;
use pyo3::prelude::*;

/// What is said of a text.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked {
    source: String,
    format: String,
    language: Option<String>,
    published: Option<String>,
    title: Option<String>,
    url: Option<String>,
    as_of: Option<String>,
    quick: bool,
    min_confidence: f32,
}

/// The reading of a text.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, lists: &Watchlist, text: &str, asked: Asked) -> PyResult<String> {
    let options = Options {
        format: Some(format(&asked.format)?),
        language: language(asked.language)?,
        published: day("published", asked.published.as_deref())?,
        ..Options::default()
    };
    let as_of = day("as_of", asked.as_of.as_deref())?;
    py.detach(|| {
        let watchlist = lists.0.watchlist().map_err(failed)?;
        let knowledge = Knowledge { watchlist, ..Knowledge::built_in() };
        let (quick, min_confidence) = (asked.quick, asked.min_confidence);
        let reader = Reader { as_of, quick, min_confidence, ..Reader::new(knowledge, today()) };
        let mut found = lagebild_document::read(&asked.source, text.as_bytes(), &options).into_iter();
        let document = found.next().ok_or_else(|| failed("there is no text"))?;
        let mut document = document.map_err(failed)?;
        document.title = asked.title.or(document.title);
        document.url = asked.url.or(document.url);
        serde_json::to_string(&reader.read(document)).map_err(failed)
    })
}

/// Listed names in a text.
#[pyfunction]
pub(crate) fn spot(
    py: Python<'_>,
    lists: &Watchlist,
    text: &str,
    language: Option<&str>,
) -> PyResult<String> {
    py.detach(|| {
        let spotted = lists.0.watchlist().map_err(failed)?.spot(text, language);
        let spotted = spotted.iter().map(|it| {
            serde_json::json!({
                "start": it.span.start(), "end": it.span.end(), "text": it.span.of(text),
                "inflected": it.inflected, "partial": it.partial, "candidates": it.candidates,
            })
        });
        Ok(spotted.collect::<serde_json::Value>().to_string())
    })
}

/// How much is wanted of a screening.
#[derive(Clone, Copy, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Wanted {
    threshold: Option<f64>,
    cutoff: Option<f64>,
    limit: usize,
}

impl Wanted {
    /// The options; hits below the threshold are wanted only where a cutoff says so, as on the command line.
    pub(crate) fn options(self) -> PyResult<lagebild_screen::Options> {
        let threshold = self.threshold.unwrap_or(lagebild_names::THRESHOLD);
        let cutoff = self.cutoff.unwrap_or(threshold);
        if [threshold, cutoff].iter().any(|score| !(0.0..=1.0).contains(score)) {
            return Err(failed("threshold and cutoff are scores between 0 and 1"));
        }
        let all = lagebild_screen::Options::default();
        Ok(lagebild_screen::Options { cutoff, threshold, limit: self.limit, ..all })
    }
}

/// The parties that a name or a record may be.
#[pyfunction]
pub(crate) fn screen(py: Python<'_>, lists: &Watchlist, query: &str, wanted: Wanted) -> PyResult<String> {
    let query: Query = serde_json::from_str(query).map_err(failed)?;
    let options = wanted.options()?;
    py.detach(|| {
        let index = lists.0.index().map_err(failed)?;
        let hits = index.screen(&query, &options);
        let hits: Vec<_> = hits.iter().map(|hit| index.with_relations(hit)).collect();
        let (stamp, hash) = (index.stamp(), index.hash());
        let answer = serde_json::json!({
            "query": query, "hits": hits, "lists": stamp.lists, "software": stamp.software, "index": hash,
        });
        Ok(answer.to_string())
    })
}

fn format(name: &str) -> PyResult<Format> {
    match name {
        "text" => Ok(Format::Text),
        "markdown" => Ok(Format::Markdown),
        "html" => Ok(Format::Html),
        other => Err(failed(format!("format: `{other}` is none of text, markdown, html"))),
    }
}

/// Refuses a language that no text can be told to be in: a typing error would leave everything unread.
fn language(code: Option<String>) -> PyResult<Option<String>> {
    let known = lagebild_document::languages();
    let is_known =
        |code: &String| code.split(['-', '_']).next().is_some_and(|primary| known.contains(&primary));
    match code {
        Some(code) if !is_known(&code) => Err(failed(format!(
            "language: `{code}` is no language that is told apart; there are {}",
            known.join(", ")
        ))),
        code => Ok(code),
    }
}
