//! Web pages: the main content by `dom_smoothie` (Mozilla's Readability), its blocks by their tags, and what the
//! page says of itself.

mod meta;
mod nesting;
mod pieces;

pub(crate) use meta::declared_encoding;

use crate::blocks::Hint;
use crate::draft::Draft;
use crate::json::Record;
use crate::model::BlockKind;
use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{Config, Readability};
use pieces::Piece;

/// Pages with more elements are read whole, because finding the main content takes time that grows faster than they do.
const MOST_ELEMENTS: usize = 60_000;
/// Captions outside the main content that are kept.
const MOST_CAPTIONS: usize = 50;
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
    for piece in content.iter().filter(|piece| Some(&piece.words) != opening.headline.as_ref()) {
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
    let article = reader.parse().ok()?;
    let content = Page::fragment(article.content);
    Some(pieces::of(&content.root()))
}

/// What stands above the running text, and is often left out of the main content.
#[derive(Debug, Default)]
struct Opening {
    headline: Option<String>,
    byline: Option<String>,
    lead: Option<String>,
    captions: Vec<String>,
    published: Option<jiff::civil::Date>,
}

impl Opening {
    fn of(page: &Page, record: &Record) -> Self {
        let words = |selector: &str| {
            let first = page.select(selector);
            first.nodes().iter().map(pieces::words).find(|words| !words.is_empty())
        };
        let visible =
            |description: &str| page.body().is_some_and(|body| pieces::words(&body).contains(description));
        let described =
            record.lead.as_deref().map(pieces::normal).filter(|words| words.len() > 40 && visible(words));
        Self {
            headline: headline(words("article h1, main h1"), words("h1"), record.title.as_deref()),
            byline: words("[rel=author], [itemprop=author], [class*=byline], [class*=author]")
                .filter(|b| b.len() < 200),
            lead: described.or_else(|| {
                words("[class*=standfirst], [class*=chapo], [class*=article-lead], [class*=leadtext]")
            }),
            captions: page
                .select("article figcaption, main figcaption")
                .nodes()
                .iter()
                .take(MOST_CAPTIONS)
                .map(pieces::words)
                .collect(),
            published: meta::visible_date(page),
        }
    }

    /// Adds headline, lead, byline and captions, unless the main content holds them.
    fn push(&self, draft: &mut Draft, author: Option<&str>, content: &[Piece]) {
        let within = |words: &str| content.iter().take(6).any(|piece| piece.words.contains(words));
        if let Some(title) = &self.headline {
            draft.push(title, Hint::Is(BlockKind::Headline));
        }
        if let Some(lead) = self.lead.as_deref().filter(|lead| !within(lead)) {
            draft.push(lead, Hint::Is(BlockKind::Lead));
        }
        if let Some(byline) = self.byline.as_deref().or(author).filter(|byline| !within(byline)) {
            draft.push(byline, Hint::Is(BlockKind::Byline));
        }
        let shown = |caption: &String| content.iter().any(|piece| piece.words.contains(caption.as_str()));
        for caption in self.captions.iter().filter(|caption| !shown(caption)) {
            draft.push(caption, Hint::Is(BlockKind::Caption));
        }
    }
}

/// The heading of the article; another first heading (it may be the name of the site) only if the page's title has
/// most of its words.
fn headline(of_article: Option<String>, first: Option<String>, title: Option<&str>) -> Option<String> {
    let agrees = |heading: &String| {
        let title = title.unwrap_or(heading);
        let words: Vec<&str> = heading.split(' ').collect();
        words.iter().filter(|word| title.contains(**word)).count() * 2 > words.len() && words.len() > 1
    };
    of_article.or_else(|| first.filter(agrees)).or_else(|| title.map(str::to_string))
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
