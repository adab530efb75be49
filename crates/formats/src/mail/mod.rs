//! Messages: the best part of each once, its attachments as texts of their own.

pub(crate) mod mbox;
mod msg;

use crate::kind::Kind;
use crate::model::{Mail, Piece, Role, Why, Written};
use crate::office;
use crate::walk::{Place, Walk, sha256};
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::io::Cursor;

/// Hands on a message in the form of the internet.
pub(crate) fn read(walk: &mut Walk, place: &Place, bytes: &[u8]) {
    // Apple's form has the length of the message on its first line.
    let start = match bytes.iter().position(|&byte| byte == b'\n') {
        Some(end)
            if bytes.get(..end).is_some_and(|line| line.trim_ascii().iter().all(u8::is_ascii_digit)) =>
        {
            end + 1
        }
        _ => 0,
    };
    match MessageParser::default().parse(bytes.get(start..).unwrap_or_default()) {
        Some(message) => hand(walk, place, &message, bytes),
        None => walk.refuse(place, "a mail that cannot be parsed"),
    }
}

/// Hands on a message and what is attached to it.
fn hand(walk: &mut Walk, place: &Place, message: &Message, bytes: &[u8]) {
    let mut at = place.clone();
    let mail = Mail {
        id: message.message_id().map(str::to_owned),
        from: message.from().and_then(people).into_iter().flatten().next(),
        to: message.to().and_then(people).unwrap_or_default(),
        date: message.date().map(mail_parser::DateTime::to_rfc3339),
        subject: message.subject().map(str::to_owned),
    };
    at.origin.author.clone_from(&mail.from);
    at.origin.mail = Some(mail.clone());
    let body = body(message);
    let has_attachments = message.attachment_count() > 0;
    match written(&mail, body) {
        Some(written) => walk.written(&at, "mail", written, sha256(bytes)),
        None if has_attachments => walk.leave(&at, Why::Hidden, "a mail without words of its own"),
        None => walk.refuse(&at, "empty: a mail without words"),
    }
    for (part, number) in message.attachments().zip(1..) {
        if walk.is_over() {
            return;
        }
        attachment(walk, &at, part, number);
    }
}

/// A message as a text: subject, sender, its own words; `None` without words.
fn written(mail: &Mail, body: Option<Piece>) -> Option<Written> {
    let body = body?;
    let mut pieces: Vec<Piece> = Vec::new();
    pieces.extend(mail.subject.as_deref().and_then(|subject| Piece::new(Role::Title, subject)));
    pieces.extend(mail.from.as_deref().and_then(|from| Piece::new(Role::Byline, from)));
    pieces.push(body);
    let published = mail.date.as_deref().and_then(|date| date.get(..10)?.parse().ok());
    Some(Written { title: mail.subject.clone(), published, pieces, ..Written::default() })
}

/// The plain words where the message has some, else its page.
fn body(message: &Message) -> Option<Piece> {
    let part = |id: &u32| message.parts.get(usize::try_from(*id).ok()?);
    let mut plain = String::new();
    for part in message.text_body.iter().filter_map(part) {
        if let PartType::Text(text) = &part.body {
            plain.push_str(text);
            plain.push_str("\n\n");
        }
    }
    if let Some(piece) = Piece::new(Role::Lines, &plain) {
        return Some(piece);
    }
    let html: Vec<&str> = message
        .html_body
        .iter()
        .filter_map(part)
        .filter_map(|part| match &part.body {
            PartType::Html(html) => Some(html.as_ref()),
            _ => None,
        })
        .collect();
    Piece::new(Role::Html, &html.join("\n"))
}

fn attachment(walk: &mut Walk, at: &Place, part: &MessagePart, number: usize) {
    let name = part.attachment_name().map_or_else(|| format!("attachment {number}"), str::to_owned);
    let member = at.member(&name);
    if !walk.may_go_on(&member) {
        return;
    }
    if let PartType::Message(message) = &part.body {
        let mut member = member;
        member.origin.mail = None;
        if member.depth > walk.limits.max_depth {
            return walk.refuse(&member, "mails within mails too deep: not opened");
        }
        let raw = message.raw_message.to_vec();
        return hand(walk, &member, message, &raw);
    }
    let kind = part.content_type().map(mail_parser::ContentType::ctype).unwrap_or_default();
    let is_inline = part.content_id().is_some()
        || part.content_disposition().is_none_or(mail_parser::ContentType::is_inline);
    if kind.eq_ignore_ascii_case("image") && is_inline {
        return walk.leave(&member, Why::Hidden, "a picture in the mail");
    }
    let mut member = member;
    member.is_file = !kind.eq_ignore_ascii_case("text");
    walk.take(&member, Box::new(part.contents()));
}

/// Names with addresses.
fn people(address: &Address) -> Option<Vec<String>> {
    let people: Vec<String> = address
        .iter()
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => String::new(),
        })
        .filter(|one| !one.is_empty())
        .take(50)
        .collect();
    (!people.is_empty()).then_some(people)
}

/// A file of Microsoft's compound format: a message of Outlook, an old workbook, an old document.
pub(crate) fn compound(walk: &mut Walk, place: &Place, bytes: &[u8]) {
    let file = match cfb::CompoundFile::open(Cursor::new(bytes)) {
        Ok(file) => file,
        Err(error) => return walk.broken(place, &error),
    };
    let has = |path: &str| file.exists(path);
    if has("/__properties_version1.0") {
        msg::read(walk, place, file, bytes);
    } else if has("/EncryptedPackage") {
        walk.refuse(place, "an encrypted office document: open it with its password and save it without");
    } else if has("/Workbook") || has("/Book") {
        drop(file);
        match office::sheet::xls(bytes) {
            Ok(written) => walk.written(place, "xls", written, sha256(bytes)),
            Err(reason) => walk.refuse(place, reason),
        }
    } else if has("/WordDocument") || has("/PowerPoint Document") {
        walk.refuse(place, "an old office document (.doc, .ppt): save it as .docx, .pptx or PDF");
    } else {
        walk.refuse(place, "a compound file of no kind that is read");
    }
}

/// What was not recognised by its bytes is told by its name.
pub(crate) fn kind_of(name: &str, bytes: &[u8]) -> Option<Kind> {
    Kind::of(name, bytes.get(..8192).unwrap_or(bytes))
}
