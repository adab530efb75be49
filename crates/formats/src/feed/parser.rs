//! RSS, Atom, RDF and sitemaps, element by element.

use super::{Feed, Item, plain};
use crate::xml::{self, Element, Xml};

/// The feed in these bytes, as far as they are XML.
pub(super) fn read(bytes: &[u8]) -> Feed {
    let mut parser = Parser::default();
    let broken = xml::walk(bytes, &mut |event| parser.take(&event)).err();
    let Parser { items, title, language, sitemaps, .. } = parser;
    let sitemaps = sitemaps.iter().filter_map(|address| plain(address)).collect();
    Feed { title: plain(&title), language: plain(&language), items, sitemaps, broken }
}

#[derive(Default)]
struct Parser {
    items: Vec<Item>,
    title: String,
    language: String,
    /// Addresses of an index of sitemaps.
    sitemaps: Vec<String>,
    /// Names of the elements around.
    path: Vec<String>,
    in_item: bool,
    /// When the item was last changed: its date, where it has no other.
    updated: String,
    /// XHTML within the content of Atom is written out again.
    markup: Option<usize>,
}

impl Parser {
    fn take(&mut self, event: &Xml) {
        match event {
            Xml::Open(element) => self.open(element),
            Xml::Close(name) => {
                self.path.pop();
                match self.markup {
                    Some(depth) if self.path.len() < depth => self.markup = None,
                    Some(_) => self.words(&format!("</{name}>")),
                    None => {}
                }
                let ended = matches!(*name, "item" | "entry") || *name == "url" && self.path.len() == 1;
                if ended && self.in_item {
                    self.end_item();
                }
            }
            Xml::Text(text) => self.words(text),
        }
    }

    fn end_item(&mut self) {
        self.in_item = false;
        if let Some(item) = self.items.last_mut().filter(|item| item.date.trim().is_empty()) {
            item.date = std::mem::take(&mut self.updated);
        }
    }

    fn open(&mut self, element: &Element) {
        if self.markup.is_some() {
            let name = element.name.to_owned();
            self.words(&format!("<{name}>"));
            self.path.push(name);
            return;
        }
        let around = self.path.last().map_or("", String::as_str);
        match (element.name, around) {
            ("item" | "entry", _) | ("url", "urlset") => {
                self.in_item = true;
                self.updated.clear();
                self.items.push(Item::default());
            }
            ("sitemap", "sitemapindex") => self.sitemaps.push(String::new()),
            ("link", _) => self.link(element),
            ("content" | "summary", _) if element.get("type").as_deref() == Some("xhtml") => {
                self.markup = Some(self.path.len() + 1);
            }
            _ => {}
        }
        self.path.push(self.name(element));
        if self.path.len() > 1000 {
            self.path.clear();
        }
    }

    /// The name under which an element is known here; none for media and other extensions, which have titles and
    /// descriptions of their own.
    fn name(&self, element: &Element) -> String {
        let root = self.path.first().map_or(element.name, String::as_str);
        match element.full.split_once(':') {
            None | Some(("content" | "dc" | "atom" | "rss" | "dcterms" | "a10" | "news", _)) => {
                element.full.into()
            }
            // A sitemap's own names may have a prefix.
            Some((prefix, name))
                if matches!(root, "urlset" | "sitemapindex")
                    && !matches!(prefix, "image" | "video" | "xhtml") =>
            {
                name.into()
            }
            Some(_) => String::new(),
        }
    }

    fn link(&mut self, element: &Element) {
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
                ("loc", "sitemap") => {
                    if let Some(last) = self.sitemaps.last_mut() {
                        last.push_str(text);
                    }
                }
                _ => {}
            }
            return;
        }
        let Some(item) = self.items.last_mut() else { return };
        let field = match own {
            "title" if matches!(around, "item" | "entry") => &mut item.title,
            "news:title" => &mut item.title,
            "link" if around == "item" => &mut item.link,
            "loc" if around == "url" => &mut item.link,
            "guid" | "id" => &mut item.id,
            "author" | "dc:creator" if matches!(around, "item" | "entry") => &mut item.author,
            "name" if around == "author" => &mut item.author,
            "pubDate" | "published" | "dc:date" | "news:publication_date" => &mut item.date,
            "updated" | "lastmod" => &mut self.updated,
            "news:language" => &mut item.language,
            "news:name" => &mut item.publication,
            "description" | "summary" => &mut item.summary,
            "content:encoded" | "content" => &mut item.content,
            _ => return,
        };
        field.push_str(text);
    }
}
