//! Archives, mail, feeds, web archives; and what means harm.
mod common;

use common::{all, gz, one, refused, tar, texts, told, zip};
use lagebild_formats::{Content, Limits, Recogniser, Role, Why, open, read};
use std::io::Write;

#[test]
fn archives_in_archives_are_opened() {
    let inner = zip(&[("b.txt", b"Kim in Moskau."), (".DS_Store", b"x"), ("c.png", b"\x89PNG")]);
    let outer = gz(&tar(&[("a.txt", b"Kim kam."), ("deep/inner.zip", &inner)]));
    let found = all("news.tar.gz", &outer);
    assert_eq!(
        told(&found),
        [
            "news.tar!a.txt",
            "news.tar!deep/inner.zip!b.txt",
            "news.tar!deep/inner.zip!.DS_Store: hidden",
            "news.tar!deep/inner.zip!c.png: .png files are not read",
        ]
    );
    assert_eq!(found.get(1).unwrap().as_ref().unwrap().origin.members, ["deep/inner.zip", "b.txt"]);
    assert_eq!(found.get(2).unwrap().as_ref().unwrap_err().why, Why::Hidden);
}

#[test]
fn packed_texts_lose_their_ending() {
    let zst = zstd::encode_all(&b"Kim kam."[..], 1).unwrap();
    for (name, bytes) in [("a.txt.gz", gz(b"Kim kam.")), ("a.txt.zst", zst)] {
        let found = all(name, &bytes);
        assert_eq!(told(&found), ["a.txt"]);
        assert!(
            matches!(&found.first().unwrap().as_ref().unwrap().content, Content::Raw(bytes) if bytes == b"Kim kam.")
        );
    }
}

#[test]
fn bombs_end_with_a_line() {
    // Zeros packed twice: 100 MiB from less than 2 KiB.
    let zeros = vec![0; 1 << 20];
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packer.write_all(&zeros).unwrap();
    }
    let bomb = packer.finish().unwrap();
    let twice = gz(&bomb);
    let reason = refused("a.tar.gz", &gz(&twice));
    assert!(reason.contains("larger than 64 MiB") || reason.contains("bomb"), "{reason}");
    let many: Vec<(String, Vec<u8>)> = (0..10).map(|n| (format!("{n}.txt.gz"), bomb.clone())).collect();
    let files: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let found = all("b.zip", &gz(&zip(&files)));
    assert!(found.last().unwrap().as_ref().unwrap_err().reason.contains("bomb"), "{:?}", told(&found));
    assert!(found.len() < 5);
    let mut deep = b"Kim kam.".to_vec();
    for _ in 0..20 {
        deep = gz(&deep);
    }
    assert!(refused("a", &deep).contains("packed more than 5 deep"));
}

#[test]
fn cut_and_locked_archives_are_told() {
    let archive = zip(&[("a.txt", &b"Kim kam an. ".repeat(500)), ("b.txt", b"Er ging.")]);
    for cut in 0..archive.len().min(400) {
        let _ = all("a.zip", archive.get(..cut).unwrap());
        let _ = all("a.docx", archive.get(cut..).unwrap());
    }
    assert!(refused("a.zip", archive.get(..100).unwrap()).contains("broken or cut off"));
    let packed = gz(&b"Kim kam an. ".repeat(500));
    assert!(refused("a.txt.gz", packed.get(..packed.len() - 20).unwrap()).contains("broken or cut off"));
    assert!(refused("a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").contains("empty"));
    // The flag that a member is locked.
    let mut locked = zip(&[("a.txt", b"Kim kam an.")]);
    for at in 0..locked.len() - 8 {
        if locked.get(at..at + 4) == Some(b"PK\x03\x04") {
            *locked.get_mut(at + 6).unwrap() |= 1;
        } else if locked.get(at..at + 4) == Some(b"PK\x01\x02") {
            *locked.get_mut(at + 8).unwrap() |= 1;
        }
    }
    assert!(refused("a.zip", &locked).contains("encrypted"), "{}", refused("a.zip", &locked));
}

const MAIL: &str = "From: Anna Muster <anna@example.org>\r\nTo: desk@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\
    Date: Tue, 12 Sep 2023 08:00:00 +0200\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
    --y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKim kam an.\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>Kim kam an.</p>\r\n--y--\r\n\
    --x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=list.csv\r\n\r\ntext\nZehn Kisten.\r\n--x--\r\n";

#[test]
fn a_mail_is_read_once_with_its_attachments() {
    let found = all("a.eml", MAIL.as_bytes());
    assert_eq!(told(&found), ["a.eml", "a.eml!list.csv"]);
    let mail = found.first().unwrap().as_ref().unwrap();
    let Content::Written { written, .. } = &mail.content else { panic!("{mail:?}") };
    assert_eq!(texts(written), ["Grüße", "Anna Muster <anna@example.org>", "Kim kam an."]);
    assert_eq!(written.published.unwrap().to_string(), "2023-09-12");
    let origin = mail.origin.mail.as_ref().unwrap();
    assert_eq!((origin.id.as_deref(), origin.to.len()), (Some("1@example.org"), 1));
    assert_eq!(found.get(1).unwrap().as_ref().unwrap().origin.mail, mail.origin.mail);
}

#[test]
fn each_mail_of_a_mailbox_is_read_once() {
    let mail = |id: u8, text: &str| {
        format!(
            "From a@example.org Tue Sep 12 08:00:00 2023\nFrom: a@example.org\nSubject: Eins\nMessage-ID: <{id}@x>\n\n{text}\n\n"
        )
    };
    let mbox = [
        mail(1, "Kim kam.\n>From dort ging er."),
        mail(2, "Er ging."),
        mail(1, "Kim kam.\n>From dort ging er."),
    ]
    .concat();
    let found = all("a.mbox", mbox.as_bytes());
    assert_eq!(
        told(&found),
        ["a.mbox#1", "a.mbox#2", "a.mbox#3: the same mail stands earlier in the mailbox"]
    );
    let Content::Written { written, .. } = &found.first().unwrap().as_ref().unwrap().content else {
        panic!("{found:?}")
    };
    assert_eq!(texts(written).last().unwrap(), &"Kim kam.\nFrom dort ging er.");
}

#[test]
fn items_of_feeds_are_texts() {
    let rss = "<?xml version='1.0'?><rss version='2.0' xmlns:content='c' xmlns:media='m'><channel><title>Dienst</title><language>de</language>\
        <item><title>Kim &amp; Co</title><link>https://example.org/1</link><pubDate>Tue, 12 Sep 2023 08:00:00 GMT</pubDate>\
        <description>Kurz.</description><content:encoded><![CDATA[<p>Er kam an.</p>]]></content:encoded><media:title>x</media:title></item></channel></rss>";
    let found = all("a.xml", rss.as_bytes());
    assert_eq!(told(&found), ["a.xml#1"]);
    let item = found.first().unwrap().as_ref().unwrap();
    let Content::Written { written, .. } = &item.content else { panic!("{item:?}") };
    assert_eq!(texts(written), ["Kim & Co", "<p>Er kam an.</p>"]);
    assert_eq!(written.pieces.last().unwrap().role, Role::Html);
    assert_eq!(
        (item.origin.feed.as_deref(), written.url.as_deref()),
        (Some("Dienst"), Some("https://example.org/1"))
    );
    assert_eq!(written.published.unwrap().to_string(), "2023-09-12");
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>D</title><entry><title>Eins</title><link href='https://example.org/2'/>\
        <updated>2023-09-12T08:00:00Z</updated><author><name>A. Muster</name></author><content type='xhtml'><div><p>Er ging.</p></div></content></entry></feed>";
    let (found, written) = one("b.atom", atom.as_bytes());
    assert_eq!(texts(&written), ["Eins", "A. Muster", "<div><p>Er ging.</p></div>"]);
    assert_eq!(found.origin.author.as_deref(), Some("A. Muster"));
    let map = "<urlset xmlns='s'><url><loc>https://example.org/1</loc></url></urlset>";
    assert!(refused("m.xml", map.as_bytes()).contains("a sitemap: 1 addresses"));
}

fn record(kind: &str, url: &str, content: &str) -> Vec<u8> {
    format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-09-12T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n", content.len()).into_bytes()
}

#[test]
fn pages_of_web_archives_are_found() {
    let page = record(
        "response",
        "https://example.org/a",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n8\r\n<p>Kim k\r\n3\r\nam.\r\n0\r\n\r\n",
    );
    let gone = record(
        "response",
        "https://example.org/b",
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x",
    );
    let style =
        record("response", "https://example.org/c", "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\na {}");
    let asked = record("request", "https://example.org/a", "GET / HTTP/1.1\r\n\r\n");
    let archive: Vec<u8> = [asked, page, gone, style].into_iter().flat_map(|record| gz(&record)).collect();
    let wacz =
        zip(&[("datapackage.json", b"{}"), ("archive/data.warc.gz", &archive), ("pages/pages.jsonl", b"{}")]);
    for (name, bytes, way) in
        [("a.warc.gz", &archive, "a.warc"), ("a.wacz", &wacz, "a.wacz!archive/data.warc")]
    {
        let found = all(name, bytes);
        assert_eq!(
            told(&found),
            [
                format!("{way}!https://example.org/a"),
                format!("{way}!https://example.org/b: the server answered 404"),
                format!("{way}!https://example.org/c: text/css: no page"),
            ]
        );
        let page = found.first().unwrap().as_ref().unwrap();
        assert!(matches!(&page.content, Content::Raw(bytes) if bytes == b"<html><p>Kim kam."), "{page:?}");
        assert_eq!(page.origin.fetched.as_deref(), Some("2023-09-12T08:00:00Z"));
    }
    assert!(
        told(&all("b.warc", b"WARC/1.0\r\nContent-Length: 10\r\n\r\nabc"))
            .last()
            .unwrap()
            .contains("cut off")
    );
}

#[test]
fn files_are_read_as_they_are_asked_for() {
    let path = std::env::temp_dir().join(format!("lagebild-formats-{}.zip", std::process::id()));
    std::fs::write(&path, zip(&[("a.txt", b"Eins."), ("b.txt", b"Zwei."), ("c.eml", MAIL.as_bytes())]))
        .unwrap();
    let file = std::fs::File::open(&path).unwrap();
    let found: Vec<_> =
        open("a.zip".into(), file, Limits::default(), Recogniser::default()).take(3).collect();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(told(&found), ["a.zip!a.txt", "a.zip!b.txt", "a.zip!c.eml"]);
}

#[test]
fn members_above_the_limit_are_told_and_the_rest_goes_on() {
    let small = Limits { max_bytes: 100, ..Limits::default() };
    let found = read("a.zip", zip(&[("a.txt", &[b'a'; 200]), ("b.txt", b"Zwei.")]), &small);
    assert_eq!(told(&found), ["a.zip!a.txt: larger than 1 MiB", "a.zip!b.txt"]);
}
