//! Messages of Outlook: properties as streams of a compound file ([MS-OXMSG]).

use super::{body, kind_of, people, written};
use crate::model::{Mail, Piece, Role, Why};
use crate::walk::{Place, Walk};
use cfb::CompoundFile;
use mail_parser::MessageParser;
use std::io::{Cursor, Read};

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Hands on a message and what is attached to it.
pub(crate) fn read(walk: &mut Walk, place: &Place, mut file: File, bytes: &[u8]) {
    message(walk, place, &mut file, "/", bytes);
}

fn message(walk: &mut Walk, place: &Place, file: &mut File, at: &str, bytes: &[u8]) {
    let mut place = place.clone();
    let from = match (
        text(walk, file, at, "0C1A"),
        text(walk, file, at, "5D01").or_else(|| text(walk, file, at, "0C1F")),
    ) {
        (Some(name), Some(address)) if address.contains('@') && name != address => {
            Some(format!("{name} <{address}>"))
        }
        (name, address) => name.or(address),
    };
    // What the mail servers wrote, where it came over the internet.
    let headers = text(walk, file, at, "007D");
    let parsed = headers.as_deref().and_then(|headers| MessageParser::default().parse(headers.as_bytes()));
    let mail = Mail {
        id: text(walk, file, at, "1035").map(|id| id.trim_matches(['<', '>']).to_owned()),
        from: from.or_else(|| parsed.as_ref()?.from().and_then(people)?.into_iter().next()),
        to: text(walk, file, at, "0E04")
            .into_iter()
            .flat_map(|to| to.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
            .collect(),
        date: sent(walk, file, at).or_else(|| parsed.as_ref()?.date().map(mail_parser::DateTime::to_rfc3339)),
        subject: text(walk, file, at, "0037"),
    };
    place.origin.author.clone_from(&mail.from);
    place.origin.mail = Some(mail.clone());
    let plain = text(walk, file, at, "1000").and_then(|text| Piece::new(Role::Lines, &text));
    let html = |walk: &mut Walk, file: &mut File| {
        let html = stream(walk, file, &format!("{at}__substg1.0_10130102"))?;
        let page = MessageParser::default()
            .parse(&[b"Content-Type: text/html\r\n\r\n", html.as_slice()].concat())
            .and_then(|page| body(&page));
        page.or_else(|| Piece::new(Role::Html, &String::from_utf8_lossy(&html)))
    };
    let found = match plain {
        Some(piece) => Some(piece),
        None => html(walk, file)
            .or_else(|| text(walk, file, at, "1013").and_then(|html| Piece::new(Role::Html, &html))),
    };
    let attachments: Vec<String> = storages(file, at);
    match written(&mail, found) {
        Some(written) => walk.written(&place, "msg", written, crate::walk::sha256(bytes)),
        None if stream(walk, file, &format!("{at}__substg1.0_10090102")).is_some() => {
            walk.refuse(&place, "a message whose words are kept as packed RTF alone: save it as .eml");
        }
        None if attachments.is_empty() => walk.refuse(&place, "empty: a message without words"),
        None => walk.leave(&place, Why::Hidden, "a message without words of its own"),
    }
    for (storage, number) in attachments.iter().zip(1..) {
        if walk.is_over() {
            return;
        }
        attachment(walk, &place, file, storage, number);
    }
}

fn attachment(walk: &mut Walk, place: &Place, file: &mut File, storage: &str, number: usize) {
    let name = text(walk, file, storage, "3707").or_else(|| text(walk, file, storage, "3704"));
    let name =
        name.or_else(|| text(walk, file, storage, "3001")).unwrap_or_else(|| format!("attachment {number}"));
    let mut at = place.member(&name);
    if !walk.may_go_on(&at) {
        return;
    }
    if at.depth > walk.limits.max_depth {
        return walk.refuse(&at, "messages within messages too deep: not opened");
    }
    let inner = format!("{storage}__substg1.0_3701000D/");
    if file.is_storage(inner.trim_end_matches('/')) {
        at.origin.mail = None;
        return message(walk, &at, file, &inner, name.as_bytes());
    }
    match stream(walk, file, &format!("{storage}__substg1.0_37010102")) {
        Some(bytes) if text(walk, file, storage, "3712").is_some() && kind_of(&name, &bytes).is_none() => {
            walk.leave(&at, Why::Hidden, "a picture in the mail");
        }
        Some(bytes) => walk.take(&at, Box::new(Cursor::new(bytes))),
        None => walk.refuse(&at, "an attachment without content, or one that is kept elsewhere"),
    }
}

fn storages(file: &File, at: &str) -> Vec<String> {
    let Ok(entries) = file.read_storage(at) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach"))
        .map(|entry| format!("{at}{}/", entry.name()))
        .take(10_000)
        .collect();
    names.sort();
    names
}

/// A property that is a text: UTF-16, or in the code page of the sender (taken to be that of Western Europe where it
/// is not UTF-8).
fn text(walk: &Walk, file: &mut File, at: &str, id: &str) -> Option<String> {
    let wide = stream(walk, file, &format!("{at}__substg1.0_{id}001F"));
    let text = if let Some(bytes) = wide {
        encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned()
    } else {
        let bytes = stream(walk, file, &format!("{at}__substg1.0_{id}001E"))?;
        String::from_utf8(bytes)
            .unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned())
    };
    let text = text.trim_end_matches('\0').trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn stream(walk: &Walk, file: &mut File, path: &str) -> Option<Vec<u8>> {
    let stream = file.open_stream(path).ok()?;
    let mut bytes = Vec::new();
    stream.take(walk.limits.max_bytes).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// When it was sent: a time among the properties of fixed length (0x0039, of type 0x0040), in steps of 100 ns since
/// 1601.
fn sent(walk: &Walk, file: &mut File, at: &str) -> Option<String> {
    let properties = stream(walk, file, &format!("{at}__properties_version1.0"))?;
    let header = if at == "/" { 32 } else { 24 };
    let entry = properties
        .get(header..)?
        .chunks_exact(16)
        .find(|entry| entry.starts_with(&[0x40, 0x00, 0x39, 0x00]))?;
    let ticks = u64::from_le_bytes(entry.get(8..16)?.try_into().ok()?);
    let seconds = i64::try_from(ticks / 10_000_000).ok()?.checked_sub(11_644_473_600)?;
    jiff::Timestamp::from_second(seconds).ok().map(|time| time.to_string())
}
