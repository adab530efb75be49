//! RSS, Atom and RDF, JSON feeds, sitemaps: what a site has published, each item a text or an address.

mod json;
mod parser;

use crate::model::{Content, Found, Origin, Piece, Role, Why, Written};
use crate::walk::{Place, Walk, sha256};
use jiff::civil::Date;
use std::io::Read;

/// Most bytes that a packed feed unpacks to (sitemaps.org: 50 MB).
const UNPACKED: u64 = 64 << 20;

/// What a site has published, as its feed or sitemap says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// What it names, in its order.
    pub items: Vec<Item>,
    /// Sitemaps that an index of sitemaps names.
    pub sitemaps: Vec<String>,
    /// Where it is broken: what stands before that was read.
    pub broken: Option<String>,
}

/// An item of a feed, an address of a sitemap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its headline.
    pub title: String,
    /// Its address.
    pub link: String,
    /// What the feed calls it.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When it was published, as the feed writes it.
    pub date: String,
    /// Its language, where it says one of its own.
    pub language: String,
    /// Who published it, where it says so itself (news sitemaps).
    pub publication: String,
    /// A few words of it.
    pub summary: String,
    /// All its words.
    pub content: String,
}

impl Feed {
    /// The feed in these bytes, which may be packed by gzip.
    ///
    /// # Errors
    /// Why they are none.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(b"\x1F\x8B") {
            let mut unpacked = Vec::new();
            let mut reader = flate2::read::MultiGzDecoder::new(bytes).take(UNPACKED + 1);
            reader.read_to_end(&mut unpacked).map_err(|error| format!("broken or cut off: {error}"))?;
            if unpacked.len() as u64 > UNPACKED || unpacked.starts_with(b"\x1F\x8B") {
                return Err(format!("unpacks to more than {} MiB", UNPACKED >> 20));
            }
            return Self::read(&unpacked);
        }
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        match text.first() {
            Some(b'{') => json::read(text),
            _ if crate::Kind::of("", bytes.get(..8192).unwrap_or(bytes)) == Some(crate::Kind::Feed) => {
                Ok(parser::read(bytes))
            }
            _ => Err("neither RSS, Atom, a JSON feed nor a sitemap".into()),
        }
    }
}

impl Item {
    /// Its address, also where the feed gives it as an id.
    pub fn url(&self) -> Option<String> {
        plain(&self.link).or_else(|| plain(&self.id).filter(|id| id.starts_with("http")))
    }

    /// What tells it from the feed's other items.
    pub fn key(&self) -> Option<String> {
        plain(&self.id).or_else(|| self.url()).or_else(|| plain(&self.title))
    }

    /// The day of publication.
    pub fn published(&self) -> Option<Date> {
        date(self.date.trim())
    }

    /// Its own words as a text of this name; `None` when it has none.
    pub fn found(&self, name: &str, feed: &Feed) -> Option<Found> {
        let origin = Origin {
            format: "feed".into(),
            feed: plain(&self.publication).or_else(|| feed.title.clone()),
            author: plain(&self.author),
            url: self.url(),
            ..Origin::default()
        };
        let written = self.written(feed);
        let content = Content::Written { written: Box::new(written), sha256: self.sha256() };
        self.has_words().then(|| Found { name: name.to_owned(), origin, content })
    }

    fn has_words(&self) -> bool {
        [&self.title, &self.author, self.body()].into_iter().any(|words| !words.trim().is_empty())
    }

    /// The longer one of its texts.
    fn body(&self) -> &String {
        if self.content.trim().len() > self.summary.trim().len() { &self.content } else { &self.summary }
    }

    fn written(&self, feed: &Feed) -> Written {
        let body = self.body();
        let as_is = if body.contains('<') { Role::Html } else { Role::Lines };
        let pieces = [(Role::Title, &self.title), (Role::Byline, &self.author), (as_is, body)].into_iter();
        Written {
            title: plain(&self.title),
            published: self.published(),
            language: plain(&self.language).or_else(|| feed.language.clone()),
            url: self.url(),
            pieces: pieces.filter_map(|(role, words)| Piece::new(role, words)).collect(),
            ..Written::default()
        }
    }

    fn sha256(&self) -> String {
        let mut bytes = Vec::new();
        for part in [&self.title, &self.link, &self.id, &self.date, self.body()] {
            bytes.extend_from_slice(part.as_bytes());
            bytes.push(b'\n');
        }
        sha256(&bytes)
    }
}

/// Hands on the items of a feed.
pub(crate) fn read(walk: &mut Walk, place: &Place, bytes: &[u8]) {
    let feed = parser::read(bytes);
    let only_addresses = feed.items.iter().all(|item| !item.has_words());
    if only_addresses {
        let addresses = feed.items.len() + feed.sitemaps.len();
        let reason = match (addresses, &feed.broken) {
            (0, Some(reason)) => reason.clone(),
            (0, None) => "a feed without items".to_owned(),
            _ => format!("a sitemap: {addresses} addresses, but no texts; `lagebild watch` follows them"),
        };
        return walk.refuse(place, reason);
    }
    for (item, number) in feed.items.iter().zip(1..) {
        let mut at = place.member(&format!("{number}"));
        at.name = format!("{}#{number}", place.name);
        at.origin.members.clone_from(&place.origin.members);
        if !walk.may_go_on(&at) {
            return;
        }
        let Some(Found { origin, .. }) = item.found(&at.name, &feed) else {
            walk.leave(&at, Why::Skipped, "an item without words");
            continue;
        };
        (at.origin.feed, at.origin.author, at.origin.url) = (origin.feed, origin.author, origin.url);
        walk.written(&at, "feed", item.written(&feed), item.sha256());
    }
    if let Some(reason) = feed.broken {
        walk.refuse(place, format!("{reason}: the items before it are read"));
    }
}

/// Words without white space around; `None` for none.
fn plain(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
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

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'
        xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>
        <url><loc>https://paper.example/a</loc><news:news><news:publication><news:name>The Paper</news:name>
          <news:language>en</news:language></news:publication><news:publication_date>2024-03-05T08:00:00Z</news:publication_date>
          <news:title>A ship &amp; a crane</news:title></news:news><image:image><image:loc>https://x.example/i.png</image:loc>
          <image:title>No headline</image:title></image:image></url>
        <url><loc>https://paper.example/b</loc><lastmod>2024-03-04</lastmod></url></urlset>";

    #[test]
    fn a_news_sitemap_names_addresses_with_titles_and_days() {
        let feed = Feed::read(NEWS.as_bytes()).unwrap();
        let [one, other] = &feed.items[..] else { panic!("{feed:?}") };
        assert_eq!(
            (one.title.as_str(), one.url().unwrap().as_str()),
            ("A ship & a crane", "https://paper.example/a")
        );
        assert_eq!(one.published().unwrap().to_string(), "2024-03-05");
        assert_eq!((one.language.as_str(), one.publication.as_str()), ("en", "The Paper"));
        assert_eq!(
            (other.title.as_str(), other.published().unwrap().to_string().as_str()),
            ("", "2024-03-04")
        );
        let found = crate::read("news.xml", NEWS.into(), &crate::Limits::default());
        assert_eq!(found[0].as_ref().unwrap().origin.feed.as_deref(), Some("The Paper"));
        assert!(found[1].is_err());
    }

    #[test]
    fn a_sitemap_without_titles_and_an_index_give_addresses_alone() {
        let index = b"<sitemapindex><sitemap><loc> https://p.example/1.xml </loc></sitemap></sitemapindex>";
        assert_eq!(Feed::read(index).unwrap().sitemaps, ["https://p.example/1.xml"]);
        let [Err(refusal)] = &crate::read("s.xml", index.to_vec(), &crate::Limits::default())[..] else {
            panic!()
        };
        assert!(refusal.reason.contains("a sitemap: 1 addresses"), "{refusal}");
    }

    #[test]
    fn a_json_feed_has_items() {
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "de", "items": [
            {"id": 7, "url": "https://p.example/7", "title": "Eins", "content_text": "Er kam.", "date_published": "2024-03-05T01:00:00Z",
             "authors": [{"name": "A. Muster"}], "x": [1e999]}, {"id": "8", "content_html": "<p>Zwei.</p>"}]}"#;
        let feed = Feed::read(json.replace(", \"x\": [1e999]", "").as_bytes()).unwrap();
        assert_eq!(
            (feed.items[0].key().unwrap().as_str(), feed.items[0].author.as_str()),
            ("7", "A. Muster")
        );
        assert_eq!((feed.items[1].content.as_str(), feed.title.as_deref()), ("<p>Zwei.</p>", Some("T")));
        assert!(Feed::read(b"{\"title\": 1}").is_err() && Feed::read(b"<html></html>").is_err());
    }

    #[test]
    fn a_packed_sitemap_is_unpacked_but_no_bomb() {
        use std::io::Write;
        let pack = |bytes: &[u8]| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        };
        assert_eq!(Feed::read(&pack(NEWS.as_bytes())).unwrap().items.len(), 2);
        assert!(Feed::read(&pack(&vec![b' '; 65 << 20])).unwrap_err().contains("64 MiB"));
        assert!(Feed::read(&pack(&pack(NEWS.as_bytes()))).is_err());
    }
}
