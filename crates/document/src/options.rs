//! What a caller may say about an input, and how its format is told when nothing is said.

use crate::json::Columns;
use jiff::civil::Date;
use lagebild_formats::Recogniser;

/// What the caller knows better than the input says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The format; `None` to tell it by name and content.
    pub format: Option<Format>,
    /// BCP 47 code of the language; `None` to find it.
    pub language: Option<String>,
    /// Day of publication; `None` to find it.
    pub published: Option<Date>,
    /// The most bytes that one input (one line of JSON Lines) may have.
    pub max_bytes: u64,
    /// Which columns or fields of tables and records hold what; empty to tell by their names.
    pub columns: Columns,
    /// What pages that are pictures are shown to; nothing by default.
    pub recogniser: Recogniser,
}

impl Options {
    /// How much of an input is taken apart.
    pub(crate) fn limits(&self) -> lagebild_formats::Limits {
        lagebild_formats::Limits { max_bytes: self.max_bytes, ..lagebild_formats::Limits::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            language: None,
            published: None,
            max_bytes: 64 << 20,
            columns: Columns::default(),
            recogniser: Recogniser::default(),
        }
    }
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text: headline first, paragraphs apart by empty lines or one on each line.
    Text,
    /// `CommonMark`.
    Markdown,
    /// A web page.
    Html,
    /// One JSON value: an article, an array of articles, or schema.org with `@graph`.
    Json,
    /// One JSON object on each line.
    JsonLines,
    /// A table with a heading: each row an article.
    Csv,
}

/// Endings of files that are taken from a folder, with their formats.
pub(crate) const ENDINGS: [(&str, Format); 12] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("csv", Format::Csv),
    ("tsv", Format::Csv),
];

impl Format {
    /// The format that a file name's ending stands for.
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        ENDINGS.iter().find(|(known, _)| *known == ending).map(|&(_, format)| format)
    }

    /// The format that a `Content-Type` stands for; `None` for plain text and JSON, whose content tells more.
    pub fn of_media_type(told: &str) -> Option<Self> {
        let kind = told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Some(match kind.as_str() {
            "text/html" | "application/xhtml+xml" => Self::Html,
            "text/markdown" => Self::Markdown,
            "text/csv" | "text/tab-separated-values" => Self::Csv,
            "application/x-ndjson" | "application/jsonl" => Self::JsonLines,
            _ => return None,
        })
    }

    /// The format that the first characters of a text show: HTML by its tags, JSON by its brackets, else plain text.
    pub fn of_content(text: &str) -> Self {
        let head = text.trim_start();
        if head.starts_with(['{', '['])
            && let Some(format) = json_kind(head)
        {
            return format;
        }
        let head: String = head.chars().take(1000).collect::<String>().to_ascii_lowercase();
        let is_page = head.starts_with("<!doctype html")
            || ["<html", "<head", "<body", "<article", "<meta "].iter().any(|tag| head.contains(tag));
        if is_page && head.starts_with('<') { Self::Html } else { Self::Text }
    }
}

/// JSON Lines when the first line is a whole JSON object and more follow; JSON when the first character after the
/// bracket fits; `None` for a text that happens to begin with a bracket.
fn json_kind(head: &str) -> Option<Format> {
    let first_line = head.lines().next().unwrap_or_default();
    if head.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(first_line).is_ok() {
        let more = head.get(first_line.len()..).is_some_and(|rest| rest.trim_start().starts_with('{'));
        return Some(if more { Format::JsonLines } else { Format::Json });
    }
    let inside = head.get(1..)?.trim_start();
    let fits =
        if head.starts_with('{') { inside.starts_with(['"', '}']) } else { inside.starts_with(['{', ']']) };
    fits.then_some(Format::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_formats_by_content() {
        assert_eq!(Format::of_content("<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(Format::of_content("\n{\"a\": 1}\n{\"a\": 2}"), Format::JsonLines);
        assert_eq!(Format::of_content("{\n \"a\": 1}"), Format::Json);
        assert_eq!(Format::of_content("[{\"a\": 1}]"), Format::Json);
        assert_eq!(Format::of_content("[Update] Kim in Russland"), Format::Text);
        assert_eq!(Format::of_content("Kim <kim@example.org>"), Format::Text);
    }

    #[test]
    fn tells_formats_by_name() {
        assert_eq!(Format::of_name("a/b.HTM"), Some(Format::Html));
        assert_eq!(Format::of_name("b"), None);
        assert_eq!(Format::of_name("b.docx"), None);
    }

    #[test]
    fn endings_of_texts_are_those_that_archives_are_looked_through_for() {
        let own: std::collections::BTreeSet<&str> = ENDINGS.iter().map(|(ending, _)| *ending).collect();
        assert_eq!(own, lagebild_formats::TEXT_ENDINGS.into_iter().collect());
    }
}
