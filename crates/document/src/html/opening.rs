//! What stands above the running text of a page. Much of it is outside what is recognised as the main content.

use super::meta;
use super::pieces::{self, Piece};
use crate::blocks::Hint;
use crate::draft::Draft;
use crate::json::Record;
use crate::model::BlockKind;
use dom_query::Document as Page;
use jiff::civil::Date;

/// Captions outside the main content that are kept.
const MOST_CAPTIONS: usize = 50;
/// Longer ones hold more than who wrote the article, in bytes.
const LONGEST_BYLINE: usize = 200;
/// Where pages say who wrote them, by microformat or by the usual names of classes.
const BYLINES: [&str; 4] = ["[rel=author]", "[itemprop=author]", "[class*=byline]", "[class*=author]"];
/// Where pages have the summary under the headline, by the usual names of classes.
const LEADS: [&str; 8] = [
    "[class*=standfirst]",
    "[class*=chapo]",
    "[class*=article-lead]",
    "[class*=__lead]",
    "[class*=announce]",
    "[class*=subtitle]",
    "[class*=article-summary]",
    "[itemprop=alternativeHeadline]",
];
/// Where pages have the words under pictures.
const CAPTIONS: &str =
    "article figcaption, main figcaption, [class*=picture__credits], [class*=photo-credit]";

/// What stands above the running text, and is often left out of the main content.
#[derive(Debug, Default)]
pub(super) struct Opening {
    pub(super) headline: Option<String>,
    byline: Option<String>,
    lead: Option<String>,
    captions: Vec<String>,
    pub(super) published: Option<Date>,
}

impl Opening {
    pub(super) fn of(page: &Page, record: &Record) -> Self {
        let words = |selectors: &[&str]| {
            let nodes = selectors.iter().flat_map(|selector| page.select(selector).nodes().to_vec());
            nodes.map(|node| pieces::words(&node)).find(|words| !words.is_empty())
        };
        let visible =
            |description: &str| page.body().is_some_and(|body| pieces::words(&body).contains(description));
        let described =
            record.lead.as_deref().map(pieces::normal).filter(|words| words.len() > 40 && visible(words));
        Self {
            headline: headline(words(&["article h1", "main h1"]), words(&["h1"]), record.title.as_deref()),
            byline: words(&BYLINES).filter(|byline| byline.len() < LONGEST_BYLINE),
            lead: described.or_else(|| words(&LEADS)),
            captions: page.select(CAPTIONS).nodes().iter().take(MOST_CAPTIONS).map(pieces::words).collect(),
            published: meta::visible_date(page),
        }
    }

    /// Adds headline, lead, byline and captions, unless the main content holds them.
    pub(super) fn push(&self, draft: &mut Draft, author: Option<&str>, content: &[Piece]) {
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
