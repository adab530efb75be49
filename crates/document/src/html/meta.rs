//! What a page says of itself: JSON-LD, `<meta>`, `<html lang>`, `<time>`.

use super::pieces;
use crate::dates;
use crate::draft::language_code;
use crate::json::Record;
use crate::lexicon;
use dom_query::Document as Page;
use jiff::civil::Date;
use serde_json::Value;

/// Bytes in which a page may name its encoding (HTML standard, "prescan a byte stream": 1024).
const PRESCAN: usize = 1024;

/// The encoding that a page names in its first bytes.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = head.get(head.find("charset")? + "charset".len()..)?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
    value.get(..end).filter(|name| !name.is_empty()).map(str::to_string)
}

/// What JSON-LD and `<meta>` say; JSON-LD counts first.
pub(super) fn record(page: &Page) -> Record {
    let mut record = json_ld(page).unwrap_or_default();
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(page, name));
    record.title =
        record.title.or_else(|| meta(&["og:title", "twitter:title", "dc.title"])).or_else(|| title(page));
    record.author = record.author.or_else(|| {
        meta(&["author", "article:author", "dc.creator"]).filter(|author| !author.starts_with("http"))
    });
    record.lead = record.lead.or_else(|| meta(&["description", "og:description"]));
    record.published = record.published.or_else(|| published(page));
    let declared = page.select_single("html").attr("lang").and_then(|code| language_code(&code));
    let other =
        || meta(&["og:locale", "content-language", "dc.language"]).and_then(|code| language_code(&code));
    record.language = record.language.or(declared).or_else(other);
    let canonical = page.select_single("link[rel=canonical]").attr("href").map(|url| url.to_string());
    record.url = canonical.or(record.url).or_else(|| meta(&["og:url"])).filter(|url| url.starts_with("http"));
    record
}

/// The first object of an article type in the page's JSON-LD blocks. A broken block is passed over.
fn json_ld(page: &Page) -> Option<Record> {
    let blocks = page.select("script[type='application/ld+json']");
    for block in blocks.nodes() {
        let Ok(value) = serde_json::from_str::<Value>(block.text().trim()) else { continue };
        let mut found = None;
        crate::json::visit(&value, &mut |object| {
            let is_article = found.is_none() && object.get("@type").is_some_and(is_article_type);
            if is_article {
                found = Some(Record::of(object));
            }
            is_article
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `Report` …
fn is_article_type(value: &Value) -> bool {
    match value {
        Value::String(name) => ["Article", "Posting", "Report"].iter().any(|ending| name.ends_with(ending)),
        Value::Array(names) => names.iter().any(is_article_type),
        _ => false,
    }
}

fn meta(page: &Page, name: &str) -> Option<String> {
    let selector = format!(
        "meta[property='{name}' i], meta[name='{name}' i], meta[itemprop='{name}' i], meta[http-equiv='{name}' i]"
    );
    let content = page.select(&selector).attr("content")?;
    let content = pieces::normal(&content);
    (!content.is_empty()).then_some(content)
}

/// The content of `<title>`, without the name of the site behind the last bar.
fn title(page: &Page) -> Option<String> {
    let title = pieces::normal(&page.select_single("title").text());
    let cut = [" | ", " – ", " - ", " — "].iter().filter_map(|bar| title.rfind(bar)).max();
    let short = cut.and_then(|at| title.get(..at)).filter(|title| title.split(' ').count() > 3);
    Some(short.unwrap_or(&title).to_string()).filter(|title| !title.is_empty())
}

fn published(page: &Page) -> Option<Date> {
    const NAMES: [&str; 11] = [
        "article:published_time",
        "og:article:published_time",
        "datePublished",
        "date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "sailthru.date",
    ];
    NAMES.iter().filter_map(|name| meta(page, name)).find_map(|value| date(&value))
}

/// The first `<time>` of the article.
pub(super) fn visible_date(page: &Page) -> Option<Date> {
    let selectors = ["[itemprop=datePublished]", "article time", "main time", "time[pubdate]"];
    selectors.iter().find_map(|selector| {
        let first = page.select_single(selector);
        let stated = first.attr("datetime").or_else(|| first.attr("content"));
        stated.and_then(|value| date(&value)).or_else(|| date(&first.text()))
    })
}

fn date(text: &str) -> Option<Date> {
    dates::machine_date(text)
        .or_else(|| dates::full_dates(text, lexicon::cues(), false).first().map(|found| found.date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_declared_encodings() {
        assert_eq!(declared_encoding(b"<meta charset=\"Windows-1251\">").as_deref(), Some("windows-1251"));
        let old = b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>";
        assert_eq!(declared_encoding(old).as_deref(), Some("koi8-r"));
        assert_eq!(declared_encoding(b"<p>charset</p>"), None);
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let page = Page::from("<title>Kim is in Russia now - Example News</title>");
        assert_eq!(title(&page).as_deref(), Some("Kim is in Russia now"));
        let page = Page::from("<title>Kim - Putin</title>");
        assert_eq!(title(&page).as_deref(), Some("Kim - Putin"));
    }
}
