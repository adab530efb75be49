//! One article in JSON: which fields say what.

use crate::blocks::Hint;
use crate::dates;
use crate::draft::{Draft, language_code};
use crate::html;
use crate::lexicon;
use crate::model::BlockKind;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Names of the field with the running text, first ones first.
pub(crate) const BODY: [&str; 12] = [
    "content_html",
    "content_text",
    "articleBody",
    "text",
    "body",
    "content",
    "maintext",
    "body_text",
    "bodyText",
    "fulltext",
    "full_text",
    "plain_text",
];
const TITLE: [&str; 4] = ["headline", "title", "heading", "name"];
const LEAD: [&str; 8] =
    ["description", "lead", "standfirst", "subtitle", "teaser", "summary", "abstract", "alternativeHeadline"];
const AUTHOR: [&str; 4] = ["byline", "author", "authors", "creator"];
const DATE: [&str; 11] = [
    "datePublished",
    "date_published",
    "published",
    "published_at",
    "publishedAt",
    "publication_date",
    "date_publish",
    "pubDate",
    "pub_date",
    "date",
    "dateCreated",
];
const LANGUAGE: [&str; 3] = ["inLanguage", "language", "lang"];
const URL: [&str; 4] = ["url", "link", "mainEntityOfPage", "@id"];
/// Fields that hold articles one level down.
const WRAPPERS: [&str; 9] = [
    "@graph",
    "mainEntity",
    "article",
    "articles",
    "items",
    "data",
    "results",
    "documents",
    "itemListElement",
];

/// Fields whose words are those of an object that stands for them, first ones first.
const INNER: [&str; 7] = ["name", "text", "value", "@value", "content", "@id", "alternateName"];

/// True for a field that is looked at.
pub(super) fn is_known(field: &str, columns: &Columns) -> bool {
    let lists: [&[&str]; 9] = [&BODY, &TITLE, &LEAD, &AUTHOR, &DATE, &LANGUAGE, &URL, &WRAPPERS, &INNER];
    lists.into_iter().any(|list| list.contains(&field)) || columns.names().any(|name| name == field)
}

/// Which column of a table, or field of a record, holds what; empty where the names tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The running text.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The language.
    pub language: Option<String>,
}

impl Columns {
    /// Names a column: `text=Body`. False for what there is not.
    pub fn set(&mut self, what: &str, column: &str) -> bool {
        let field = match what {
            "text" => &mut self.text,
            "title" => &mut self.title,
            "author" => &mut self.author,
            "date" => &mut self.date,
            "url" => &mut self.url,
            "language" => &mut self.language,
            _ => return false,
        };
        *field = Some(column.to_owned());
        true
    }

    /// The columns that are named.
    fn names(&self) -> impl Iterator<Item = &str> {
        let Self { text, title, author, date, url, language } = self;
        [text, title, author, date, url, language].into_iter().flatten().map(String::as_str)
    }
}

/// What an object says about one article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) lead: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) language: Option<String>,
    pub(crate) url: Option<String>,
}

/// All objects with a body, in the order in which they stand.
pub(crate) fn records(value: &Value, columns: &Columns) -> Vec<Record> {
    let mut found = Vec::new();
    visit(value, &mut |object| {
        let record = Record::with(object, columns);
        let is_article = record.body.is_some();
        if is_article {
            found.push(record);
        }
        is_article
    });
    found
}

/// Calls `take` for the objects of a value, outermost first; goes into an object that was not taken.
pub(crate) fn visit(value: &Value, take: &mut dyn FnMut(&Map<String, Value>) -> bool) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| visit(item, take)),
        Value::Object(object) if !take(object) => {
            WRAPPERS.iter().filter_map(|name| object.get(*name)).for_each(|inner| visit(inner, take));
        }
        _ => {}
    }
}

impl Record {
    /// What the object's fields say, whether it is an article or not.
    pub(crate) fn of(object: &Map<String, Value>) -> Self {
        Self::with(object, &Columns::default())
    }

    /// The same, where the caller has named fields.
    pub(crate) fn with(object: &Map<String, Value>, columns: &Columns) -> Self {
        let named = |column: &Option<String>| {
            let value = column.as_ref().and_then(|name| object.get(name))?;
            words(value, "\n\n")
        };
        let own = Self::by_names(object);
        Self {
            title: named(&columns.title).or(own.title),
            author: named(&columns.author).or(own.author),
            lead: own.lead.filter(|_| columns.text.is_none()),
            // A text that is named is the only one.
            body: if columns.text.is_some() { named(&columns.text) } else { own.body },
            published: columns
                .date
                .as_ref()
                .and_then(|name| object.get(name))
                .and_then(date)
                .or(own.published),
            language: named(&columns.language).and_then(|given| language_code(&given)).or(own.language),
            url: named(&columns.url).or(own.url),
        }
    }

    fn by_names(object: &Map<String, Value>) -> Self {
        let first = |names: &[&str], separator: &str| {
            names.iter().filter_map(|name| object.get(*name)).find_map(|value| words(value, separator))
        };
        Self {
            title: first(&TITLE, " "),
            author: first(&AUTHOR, ", "),
            lead: first(&LEAD, " "),
            body: first(&BODY, "\n\n"),
            published: DATE.iter().filter_map(|name| object.get(*name)).find_map(date),
            language: first(&LANGUAGE, " ").and_then(|given| language_code(&given)),
            url: first(&URL, " ").filter(|url| url.starts_with("http")),
        }
    }

    /// The article as a text: title, author, lead, body. A title or lead that the body repeats is not said twice.
    pub(crate) fn into_draft(self) -> Draft {
        let mut draft =
            Draft { published: self.published, language: self.language, url: self.url, ..Draft::default() };
        let body = self.body.unwrap_or_default();
        let mut rest = body.trim();
        if let Some(title) = &self.title {
            rest =
                rest.strip_prefix(title.trim()).filter(|rest| rest.starts_with(['\n', '\r'])).unwrap_or(rest);
            draft.push(title, Hint::Is(BlockKind::Headline));
        }
        if let Some(author) = &self.author {
            draft.push(author, Hint::Is(BlockKind::Byline));
        }
        if let Some(lead) = self.lead.filter(|lead| !repeats(rest, lead)) {
            draft.push(&html::plain_words(&lead), Hint::Is(BlockKind::Lead));
        }
        if html::is_fragment(rest) {
            html::push_fragment(&mut draft, rest);
        } else {
            draft.push_plain(rest);
        }
        draft.title = self.title;
        draft
    }
}

/// True when the body holds the first words of the lead.
fn repeats(body: &str, lead: &str) -> bool {
    let head = lead.trim().trim_end_matches(['.', '…']);
    let end = head.char_indices().nth(60).map_or(head.len(), |(at, _)| at);
    head.get(..end).is_some_and(|head| body.contains(head))
}

/// The words of a value: a string, the name or text of an object, or those of the items of an array.
fn words(value: &Value, separator: &str) -> Option<String> {
    let words = match value {
        Value::String(words) => words.trim().to_string(),
        Value::Array(items) => {
            items.iter().filter_map(|item| words(item, separator)).collect::<Vec<_>>().join(separator)
        }
        Value::Object(object) => {
            INNER.iter().filter_map(|name| object.get(*name)).find_map(|value| words(value, separator))?
        }
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// A day: ISO 8601, a date in words, or seconds or milliseconds since 1970 (the day in UTC).
pub(crate) fn date(value: &Value) -> Option<Date> {
    if let Some(number) = value.as_i64() {
        let seconds = if number.abs() >= 100_000_000_000 { number / 1000 } else { number };
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        return (seconds > 0).then(|| time.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    let text = words(value, " ")?;
    dates::machine_date(&text)
        .or_else(|| dates::full_dates(&text, lexicon::cues(), false).first().map(|found| found.date))
}
