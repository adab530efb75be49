//! Web archives: the pages and files that servers sent.

use crate::model::Why;
use crate::walk::{Place, Walk};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

/// Longest head of a record or an answer.
const LONGEST_HEAD: u64 = 256 << 10;

/// Hands on what a web archive holds.
pub(crate) fn read(walk: &mut Walk, place: &Place, reader: Box<dyn Read + '_>) {
    let mut reader = BufReader::with_capacity(64 << 10, reader);
    loop {
        match record(walk, place, &mut reader) {
            Ok(true) if !walk.is_over() => {}
            Ok(_) => return,
            Err(error) => return walk.broken(place, &error),
        }
    }
}

/// One record; false at the end.
fn record(walk: &mut Walk, place: &Place, reader: &mut impl BufRead) -> std::io::Result<bool> {
    let Some(head) = head(reader)? else { return Ok(false) };
    let get = |name: &str| head.get(name).map(String::as_str);
    let length = get("content-length").and_then(|length| length.parse::<u64>().ok());
    let length = length.ok_or_else(|| std::io::Error::other("a record without its length"))?;
    let mut content = reader.by_ref().take(length);
    let kind = get("warc-type").unwrap_or_default();
    if matches!(kind, "response" | "resource" | "conversion") {
        let url = get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
        let mut at = place.member(&url);
        at.is_file = false;
        at.origin.url = Some(url);
        at.origin.fetched = get("warc-date").map(str::to_owned);
        if !walk.may_go_on(&at) {
            return Ok(false);
        }
        if kind == "response" && get("content-type").is_some_and(|kind| kind.contains("http")) {
            answer(walk, &at, &mut content)?;
        } else {
            let media = get("content-type").unwrap_or_default().to_owned();
            payload(walk, &at, &media, None, &mut content);
        }
    }
    std::io::copy(&mut content, &mut std::io::sink())?;
    if content.limit() > 0 {
        return Err(std::io::Error::other("the last record is cut off"));
    }
    Ok(true)
}

/// The head of a record: its names in small letters. `None` at the end of the archive.
fn head(reader: &mut impl BufRead) -> std::io::Result<Option<BTreeMap<String, String>>> {
    let mut head = BTreeMap::new();
    let mut limited = reader.take(LONGEST_HEAD);
    let mut begun = false;
    loop {
        let mut line = Vec::new();
        if limited.read_until(b'\n', &mut line)? == 0 {
            return if begun {
                Err(std::io::Error::other("the head of a record is cut off"))
            } else {
                Ok(None)
            };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        match (begun, line.is_empty()) {
            (false, true) => {}
            (false, false) if line.starts_with("WARC/") => begun = true,
            (false, false) => return Err(std::io::Error::other("no record where one should begin")),
            (true, true) => return Ok(Some(head)),
            (true, false) => {
                if let Some((name, value)) = line.split_once(':') {
                    head.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
                }
            }
        }
    }
}

/// An answer of a web server.
fn answer(walk: &mut Walk, at: &Place, content: &mut impl BufRead) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut limited = content.by_ref().take(LONGEST_HEAD);
    while limited.read_until(b'\n', &mut head)? > 0 {
        if head.ends_with(b"\n\r\n") || head.ends_with(b"\n\n") {
            break;
        }
    }
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut response = httparse::Response::new(&mut headers);
    if !matches!(response.parse(&head), Ok(httparse::Status::Complete(_))) {
        walk.refuse(at, "the answer of the server has no head that can be read");
        return Ok(());
    }
    let get = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| String::from_utf8_lossy(header.value).to_ascii_lowercase())
    };
    if let Some(code) = response.code.filter(|code| *code != 200) {
        walk.leave(at, Why::Hidden, format!("the server answered {code}"));
        return Ok(());
    }
    let media = get("content-type").unwrap_or_default();
    let (coding, chunked) =
        (get("content-encoding"), get("transfer-encoding").is_some_and(|how| how.contains("chunked")));
    if chunked {
        payload(walk, at, &media, coding.as_deref(), &mut Chunked { inner: content, left: None });
    } else {
        payload(walk, at, &media, coding.as_deref(), content);
    }
    Ok(())
}

/// What was sent, by its media type.
fn payload(walk: &mut Walk, at: &Place, media: &str, coding: Option<&str>, content: &mut dyn Read) {
    let kind = media.split(';').next().unwrap_or_default().trim();
    let is_part_of_page = ["image/", "font/", "audio/", "video/"].iter().any(|start| kind.starts_with(start))
        || ["css", "javascript", "ecmascript", "font", "manifest", "json"]
            .iter()
            .any(|word| kind.contains(word));
    if is_part_of_page {
        return walk.leave(at, Why::Hidden, format!("{kind}: no page"));
    }
    let unpacked: Box<dyn Read + '_> = match coding {
        Some("gzip" | "x-gzip") => Box::new(flate2::read::MultiGzDecoder::new(content)),
        Some("deflate") => Box::new(flate2::read::ZlibDecoder::new(content)),
        None | Some("identity" | "") => Box::new(content),
        Some(other) => return walk.refuse(at, format!("packed in a way that is not read: {other}")),
    };
    let budget = std::rc::Rc::clone(&walk.budget);
    let unpacked = crate::budget::Counted::new(unpacked, budget, *walk.limits, crate::budget::Packed::No);
    let named = media.split_once("charset=").map(|(_, name)| name.trim_matches(['"', ' ', ';', '\'']));
    let encoding = named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    match encoding.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        None => walk.take(at, Box::new(unpacked)),
        Some(encoding) => {
            let Some(bytes) = walk.all(at, unpacked) else { return };
            let text = match std::str::from_utf8(&bytes) {
                Ok(_) => bytes,
                Err(_) => encoding.decode(&bytes).0.into_owned().into_bytes(),
            };
            walk.take(at, Box::new(Cursor::new(text)));
        }
    }
}

/// The chunks of an answer as one stream.
struct Chunked<'a, R> {
    inner: &'a mut R,
    /// Bytes left of the chunk; `None` before the first.
    left: Option<u64>,
}

impl<R: BufRead> Read for Chunked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left.is_none_or(|left| left == 0) {
            let mut line = Vec::new();
            if self.left.is_some() {
                self.inner.by_ref().take(2).read_until(b'\n', &mut line)?;
                line.clear();
            }
            self.inner.by_ref().take(1024).read_until(b'\n', &mut line)?;
            let line = String::from_utf8_lossy(&line);
            let size = line.split(';').next().unwrap_or_default().trim();
            self.left = Some(u64::from_str_radix(size, 16).unwrap_or(0));
        }
        let left = self.left.unwrap_or_default();
        if left == 0 {
            return Ok(0);
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left = Some(if read == 0 { 0 } else { left - read as u64 });
        Ok(read)
    }
}
