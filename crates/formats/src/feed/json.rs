//! JSON feeds (jsonfeed.org, version 1.1).

use super::{Feed, Item, plain};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct JsonFeed {
    version: String,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    language: Value,
    items: Vec<JsonItem>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JsonItem {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    language: Value,
    summary: Value,
    content_html: Value,
    content_text: Value,
    date_published: Value,
    date_modified: Value,
    author: Value,
    authors: Vec<Value>,
}

/// The feed in a JSON text.
pub(super) fn read(bytes: &[u8]) -> Result<Feed, String> {
    let feed: JsonFeed =
        serde_json::from_slice(bytes).map_err(|error| format!("not a JSON feed: {error}"))?;
    if !feed.version.contains("jsonfeed.org") {
        return Err("JSON, but not a JSON feed: its version names no jsonfeed.org".into());
    }
    let items = feed.items.iter().map(item).collect();
    let (title, language) = (plain(&words(&feed.title)), plain(&words(&feed.language)));
    Ok(Feed { title, language, items, ..Feed::default() })
}

fn item(item: &JsonItem) -> Item {
    let first = |one: &Value, other: &Value| plain(&words(one)).unwrap_or_else(|| words(other));
    let names = item.authors.iter().chain([&item.author]).filter_map(|author| author.get("name"));
    let names: Vec<String> = names.map(words).filter(|name| !name.is_empty()).collect();
    Item {
        title: words(&item.title),
        link: first(&item.url, &item.external_url),
        id: words(&item.id),
        author: names.join(", "),
        date: first(&item.date_published, &item.date_modified),
        language: words(&item.language),
        publication: String::new(),
        summary: words(&item.summary),
        content: first(&item.content_html, &item.content_text),
    }
}

/// The words of a value; ids may be numbers.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
