//! Web pages: the main content by `dom_smoothie` (Mozilla's Readability), its blocks by their tags, and what the
//! page says of itself.

mod meta;
mod nesting;
mod opening;
mod pieces;

pub(crate) use meta::declared_encoding;

use crate::draft::Draft;
use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{Config, Readability};
use opening::Opening;
use pieces::Piece;

/// Pages with more elements are read whole, because finding the main content takes time that grows faster than they do.
const MOST_ELEMENTS: usize = 60_000;
/// The element under which `dom_smoothie` leaves the main content.
const CONTENT: &str = "#readability-page-1";
/// A body of this share of the page's own machine-readable text is taken to be all of it.
const ENOUGH_PERCENT: usize = 50;

/// The article of a web page.
pub(crate) fn draft(html: &str) -> Draft {
    let mut warnings = Vec::new();
    let (html, flattened) = nesting::flatten(html);
    if flattened {
        warnings.push(format!(
            "elements nested more than {} deep were read without their tags",
            nesting::DEEPEST
        ));
    }
    let page = Page::from(html.as_ref());
    let record = meta::record(&page);
    let opening = Opening::of(&page, &record);
    let mut content = main_content(&page).unwrap_or_default();
    if content.is_empty() {
        warnings.push("no main content was recognised: the whole page was read".to_string());
        content = page.body().map(|body| pieces::of(&body)).unwrap_or_default();
    }
    let written = |pieces: &[Piece]| pieces.iter().map(|piece| piece.words.len()).sum::<usize>();
    let stated_body = record.body.as_deref().unwrap_or_default();
    if written(&content) * 100 < stated_body.len() * ENOUGH_PERCENT {
        warnings.push(
            "the text is that of the page's JSON-LD, which holds more than its visible part".to_string(),
        );
        return Draft { warnings, ..record.into_draft() };
    }
    let mut draft = Draft {
        title: opening.headline.clone(),
        published: record.published.or(opening.published),
        language: record.language.clone(),
        url: record.url.clone(),
        warnings,
        ..Draft::default()
    };
    opening.push(&mut draft, record.author.as_deref(), &content);
    let headline = opening.headline.unwrap_or_default();
    for piece in content.iter().filter(|piece| !headline.ends_with(&piece.words)) {
        draft.push(&piece.words, piece.hint);
    }
    draft
}

/// The pieces of the main content; `None` when none is recognised.
fn main_content(page: &Page) -> Option<Vec<Piece>> {
    let config = Config {
        disable_json_ld: true,
        keep_classes: true,
        max_elements_to_parse: MOST_ELEMENTS,
        ..Config::default()
    };
    let mut reader = Readability::with_document(page.clone(), None, Some(config)).ok()?;
    reader.parse().ok()?;
    // The tree it leaves is walked, not the HTML it prints: cells without their table would not survive a parser.
    Some(pieces::of(reader.doc.select_single(CONTENT).nodes().first()?))
}

/// True for text that is written in HTML, as bodies in JSON often are.
pub(crate) fn is_fragment(text: &str) -> bool {
    ["<p>", "<p ", "<br", "<div", "</p>"].iter().any(|tag| text.contains(tag))
}

/// Adds the blocks of a piece of HTML that holds nothing but the article.
pub(crate) fn push_fragment(draft: &mut Draft, html: &str) {
    let (html, _) = nesting::flatten(html);
    let page = Page::fragment(html.as_ref());
    for piece in pieces::of(&page.root()) {
        draft.push(&piece.words, piece.hint);
    }
}

/// The words of a short text that may hold tags and entities.
pub(crate) fn plain_words(text: &str) -> String {
    if text.contains('<') || text.contains('&') {
        let (html, _) = nesting::flatten(text);
        pieces::words(&Page::fragment(html.as_ref()).root())
    } else {
        text.to_string()
    }
}

/// True for an element with one of the names.
fn is_one_of(node: &NodeRef, names: &[&str]) -> bool {
    names.iter().any(|name| node.has_name(name))
}
