//! Mailboxes: messages one after the other, each once.

use super::read as read_mail;
use crate::model::Why;
use crate::walk::{Place, Walk};
use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader, Read};

/// Hands on the messages of a mailbox.
pub(crate) fn read(walk: &mut Walk, place: &Place, reader: Box<dyn Read + '_>) {
    let mut reader = BufReader::with_capacity(256 << 10, reader);
    let mut seen: HashSet<u64> = HashSet::new();
    let mut number = 0_u64;
    let mut mail: Option<Vec<u8>> = None;
    let mut too_large = false;
    let mut blank = true;
    let most = walk.limits.max_bytes;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = match reader.by_ref().take(1 << 20).read_until(b'\n', &mut line) {
            Ok(read) => read,
            Err(error) => return walk.broken(place, &error),
        };
        if read == 0 || blank && line.starts_with(b"From ") {
            if let Some(mail) = mail.take() {
                number += 1;
                hand(walk, place, number, &mail, too_large, &mut seen);
            }
            if read == 0 || walk.is_over() {
                return;
            }
            (mail, too_large) = (Some(Vec::new()), false);
            continue;
        }
        blank = line.trim_ascii().is_empty();
        let Some(mail) = &mut mail else { continue };
        // ">From " stands for "From " at the beginning of a line.
        let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_quoted = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
        if mail.len() as u64 + line.len() as u64 > most {
            too_large = true;
        } else {
            mail.extend_from_slice(line.get(usize::from(is_quoted)..).unwrap_or_default());
        }
    }
}

fn hand(walk: &mut Walk, place: &Place, number: u64, mail: &[u8], too_large: bool, seen: &mut HashSet<u64>) {
    let mut at = place.member(&number.to_string());
    at.name = format!("{}#{number}", place.name);
    at.origin.members.clone_from(&place.origin.members);
    if !walk.may_go_on(&at) {
        return;
    }
    if too_large {
        return walk.leave(
            &at,
            Why::TooLarge,
            format!("a mail larger than {} MiB", walk.limits.max_bytes >> 20),
        );
    }
    if !seen.insert(key(mail)) {
        return walk.leave(&at, Why::Hidden, "the same mail stands earlier in the mailbox");
    }
    read_mail(walk, &at, mail);
}

/// What tells mails apart: the message without the marks that a mail program adds to it.
fn key(mail: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut lines = mail.split(|&byte| byte == b'\n');
    for line in lines.by_ref().take_while(|line| !line.trim_ascii().is_empty()) {
        let lower = line.get(..16).unwrap_or(line).to_ascii_lowercase();
        if [&b"message-id:"[..], b"date:", b"from:", b"subject:"].iter().any(|name| lower.starts_with(name)) {
            line.trim_ascii().hash(&mut hasher);
        }
    }
    for line in lines {
        line.trim_ascii_end().hash(&mut hasher);
    }
    hasher.finish()
}
