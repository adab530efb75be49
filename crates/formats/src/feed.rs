//! RSS, Atom and RDF: each item a text.

use crate::model::{Piece, Role, Why, Written};
use crate::walk::{Place, Walk};
use crate::xml::{self, Xml};
use jiff::civil::Date;

/// What an item says.
#[derive(Debug, Default)]
struct Item {
    title: String,
    link: String,
    id: String,
    author: String,
    date: String,
    summary: String,
    content: String,
}

/// Hands on the items of a feed.
pub(crate) fn read(walk: &mut Walk, place: &Place, bytes: &[u8]) {
    let mut parser = Parser::default();
    let outcome = xml::walk(bytes, &mut |event| parser.take(&event));
    let Parser { items, title, language, addresses, .. } = parser;
    if items.is_empty() {
        let reason = match (addresses, &outcome) {
            (0, Err(reason)) => reason.clone(),
            (0, Ok(())) => "a feed without items".to_owned(),
            _ => format!("a sitemap: {addresses} addresses, but no texts; fetch the pages"),
        };
        return walk.refuse(place, reason);
    }
    for (item, number) in items.into_iter().zip(1..) {
        let mut at = place.member(&format!("{number}"));
        at.name = format!("{}#{number}", place.name);
        at.origin.members.clone_from(&place.origin.members);
        at.origin.feed = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        if !walk.may_go_on(&at) {
            return;
        }
        hand(walk, &mut at, &item, &language);
    }
    if let Err(reason) = outcome {
        walk.refuse(place, format!("{reason}: the items before it are read"));
    }
}

fn hand(walk: &mut Walk, at: &mut Place, item: &Item, language: &str) {
    let plain = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut written = Written {
        title: plain(&item.title),
        published: date(item.date.trim()),
        language: plain(language),
        url: plain(&item.link).or_else(|| plain(&item.id).filter(|id| id.starts_with("http"))),
        ..Written::default()
    };
    at.origin.author = plain(&item.author);
    at.origin.url.clone_from(&written.url);
    let body =
        if item.content.trim().len() > item.summary.trim().len() { &item.content } else { &item.summary };
    written.pieces.extend(Piece::new(Role::Title, &item.title));
    written.pieces.extend(Piece::new(Role::Byline, &item.author));
    written.pieces.extend(Piece::new(if body.contains('<') { Role::Html } else { Role::Lines }, body));
    if written.pieces.is_empty() {
        return walk.leave(at, Why::Skipped, "an item without words");
    }
    let mut bytes = Vec::new();
    for part in [&item.title, &item.link, &item.id, &item.date, body] {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(b'\n');
    }
    walk.written(at, "feed", written, crate::walk::sha256(&bytes));
}

/// A day as feeds write it: RFC 3339 or RFC 2822.
fn date(text: &str) -> Option<Date> {
    text.get(..10).and_then(|day| day.parse().ok()).or_else(|| {
        jiff::fmt::rfc2822::DateTimeParser::new()
            .relaxed_weekday(true)
            .parse_zoned(text)
            .ok()
            .map(|time| time.date())
    })
}

#[derive(Default)]
struct Parser {
    items: Vec<Item>,
    title: String,
    language: String,
    /// Addresses of a sitemap.
    addresses: usize,
    /// Names of the elements around.
    path: Vec<String>,
    in_item: bool,
    /// XHTML within the content of Atom is written out again.
    markup: Option<usize>,
}

impl Parser {
    fn take(&mut self, event: &Xml) {
        match event {
            Xml::Open(element) => {
                if self.markup.is_some() {
                    let name = element.name.to_owned();
                    self.words(&format!("<{name}>"));
                    self.path.push(name);
                    return;
                }
                match element.name {
                    "item" | "entry" => {
                        self.in_item = true;
                        self.items.push(Item::default());
                    }
                    "loc" => self.addresses += 1,
                    "link" => self.link(element),
                    "content" | "summary" if element.get("type").as_deref() == Some("xhtml") => {
                        self.markup = Some(self.path.len() + 1);
                    }
                    _ => {}
                }
                // Media and other extensions have titles and descriptions of their own.
                let foreign = element.full.split_once(':').is_some_and(|(prefix, _)| {
                    !matches!(prefix, "content" | "dc" | "atom" | "rss" | "dcterms" | "a10")
                });
                self.path.push(if foreign { String::new() } else { element.full.to_owned() });
                if self.path.len() > 1000 {
                    self.path.clear();
                }
            }
            Xml::Close(name) => {
                self.path.pop();
                match self.markup {
                    Some(depth) if self.path.len() < depth => self.markup = None,
                    Some(_) => self.words(&format!("</{name}>")),
                    None => {}
                }
                if matches!(*name, "item" | "entry") {
                    self.in_item = false;
                }
            }
            Xml::Text(text) => self.words(text),
        }
    }

    fn link(&mut self, element: &crate::xml::Element) {
        let is_page = element.get("rel").is_none_or(|rel| rel == "alternate");
        if let (true, Some(item), Some(href)) =
            (self.in_item && is_page, self.items.last_mut(), element.get("href"))
        {
            item.link = href;
        }
    }

    fn words(&mut self, text: &str) {
        let at = self.markup.unwrap_or(self.path.len());
        let name = |back: usize| self.path.get(at.wrapping_sub(back)).map_or("", String::as_str);
        let (own, around) = (name(1), name(2));
        if !self.in_item {
            match (own, around) {
                ("title", "channel" | "feed") => self.title.push_str(text),
                ("language", "channel") => self.language.push_str(text),
                _ => {}
            }
            return;
        }
        let Some(item) = self.items.last_mut() else { return };
        let field = match own {
            "title" if matches!(around, "item" | "entry") => &mut item.title,
            "link" if around == "item" => &mut item.link,
            "guid" | "id" => &mut item.id,
            "author" | "dc:creator" if matches!(around, "item" | "entry") => &mut item.author,
            "name" if around == "author" => &mut item.author,
            "pubDate" | "published" | "dc:date" => &mut item.date,
            "updated" if item.date.trim().is_empty() => &mut item.date,
            "description" | "summary" => &mut item.summary,
            "content:encoded" | "content" => &mut item.content,
            _ => return,
        };
        field.push_str(text);
    }
}
