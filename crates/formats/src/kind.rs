//! Which format an input has: by its first bytes, and by its name where bytes do not tell.

/// A format that is taken apart here. What is none of them is a text, or nothing that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// A ZIP archive: office files, EPUB and WACZ are told by what they hold.
    Zip,
    /// A file of Microsoft's compound format: Outlook messages, old office files.
    Compound,
    /// Rich Text Format.
    Rtf,
    /// A message (RFC 5322).
    Mail,
    /// Messages one after the other.
    Mbox,
    /// RSS, Atom, RDF.
    Feed,
    /// A web archive.
    Warc,
    /// A tape archive.
    Tar,
    /// Packed by gzip.
    Gzip,
    /// Packed by Zstandard.
    Zstd,
    /// Packed by xz.
    Xz,
}

/// Endings of names of what is taken apart here.
pub const ENDINGS: [&str; 31] = [
    "pdf", "docx", "docm", "odt", "ott", "rtf", "epub", "pptx", "pptm", "odp", "xlsx", "xlsm", "xls", "ods",
    "eml", "emlx", "msg", "mbox", "mbx", "rss", "atom", "rdf", "xml", "warc", "wacz", "zip", "tar", "tgz",
    "gz", "zst", "xz",
];

/// Endings of texts, which `document` reads.
pub const TEXT_ENDINGS: [&str; 12] =
    ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv"];

impl Kind {
    /// The format of an input with this name that begins with these bytes; `None` for what may be a text.
    pub fn of(name: &str, head: &[u8]) -> Option<Self> {
        let signatures: [(&[u8], Self); 9] = [
            (b"%PDF-", Self::Pdf),
            (b"PK\x03\x04", Self::Zip),
            (b"PK\x05\x06", Self::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Self::Compound),
            (b"{\\rtf", Self::Rtf),
            (b"WARC/", Self::Warc),
            (b"\x1F\x8B", Self::Gzip),
            (b"\x28\xB5\x2F\xFD", Self::Zstd),
            (b"\xFD7zXZ\0", Self::Xz),
        ];
        let found = signatures.iter().find(|(signature, _)| head.starts_with(signature));
        if let Some((_, kind)) = found {
            return Some(*kind);
        }
        // Some programs write a line before the header of a PDF.
        if head.get(..1024).unwrap_or(head).windows(5).any(|five| five == b"%PDF-") && ending(name) == "pdf" {
            return Some(Self::Pdf);
        }
        if head.get(257..262) == Some(b"ustar") {
            return Some(Self::Tar);
        }
        let text = String::from_utf8_lossy(head.get(..4096).unwrap_or(head));
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        if text.starts_with('<') && is_feed(text) {
            return Some(Self::Feed);
        }
        let is_mbox = text.starts_with("From ") && text.lines().nth(1).is_some_and(is_header);
        if is_mbox {
            return Some(Self::Mbox);
        }
        let named = matches!(ending(name).as_str(), "eml" | "emlx");
        if headers(text) >= if named { 1 } else { 3 } {
            return Some(Self::Mail);
        }
        // Apple's form has the length of the message on its first line.
        let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
        (ending(name) == "emlx" && headers(rest) > 0).then_some(Self::Mail)
    }
}

/// The ending of a name, in small letters.
pub(crate) fn ending(name: &str) -> String {
    let name = name.rsplit(['/', '!']).next().unwrap_or(name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn is_feed(text: &str) -> bool {
    let mut rest = text;
    // What may stand before the root: a declaration, comments, instructions, a document type.
    while let Some(after) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if after.starts_with("--") {
            after.find("-->").map(|at| at + 3)
        } else {
            after.find('>').map(|at| at + 1)
        };
        let Some(end) = end else { return false };
        rest = after.get(end..).unwrap_or_default().trim_start();
    }
    let root = rest.get(1..).unwrap_or_default();
    let root = root
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'))
        .next()
        .unwrap_or_default();
    matches!(root.rsplit(':').next().unwrap_or_default(), "rss" | "feed" | "RDF" | "urlset" | "sitemapindex")
}

/// The headers of mail that a text begins with.
fn headers(text: &str) -> usize {
    const KNOWN: [&str; 16] = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
        "mime-version",
        "content-type",
        "delivered-to",
        "reply-to",
        "cc",
        "sender",
        "x-mailer",
        "dkim-signature",
        "in-reply-to",
    ];
    let mut known = 0;
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        if !is_header(line) {
            break;
        }
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        known += usize::from(KNOWN.contains(&name.as_str()));
    }
    known
}

fn is_header(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(Kind::of("a.txt", b"%PDF-1.7"), Some(Kind::Pdf));
        assert_eq!(Kind::of("a", b"From: A\nTo: B\nSubject: C\n\nD"), Some(Kind::Mail));
        assert_eq!(Kind::of("a.txt", b"From: the minister\n\nHe came."), None);
        assert_eq!(Kind::of("a", b"From a@b.example Tue Sep 12\nSubject: C\n\nD"), Some(Kind::Mbox));
        assert_eq!(
            Kind::of("a", b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>"),
            Some(Kind::Feed)
        );
        assert_eq!(Kind::of("a", b"<!doctype html><html>"), None);
        assert_eq!(Kind::of("a", "Kim in Moskau".as_bytes()), None);
    }
}
