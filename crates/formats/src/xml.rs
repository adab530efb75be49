//! XML as a stream of elements and words.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};
use std::borrow::Cow;

/// What stands in XML. Names come without their prefix.
#[derive(Debug)]
pub(crate) enum Xml<'a> {
    Open(&'a Element<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// An element that begins.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// Its name without the prefix.
    pub(crate) name: &'a str,
    /// Its name with the prefix.
    pub(crate) full: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// True when an attribute has this value.
    pub(crate) fn names(&self, value: &str) -> bool {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .any(|attribute| attribute.value.as_ref() == value.as_bytes())
    }

    /// The attribute of this name, whatever its prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes());
        found.map(|attribute| {
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            escape::unescape(&raw).map_or_else(|_| raw.clone(), Cow::into_owned)
        })
    }
}

/// Calls `take` for each event. What is broken ends the reading; what came before stays.
pub(crate) fn walk(bytes: &[u8], take: &mut dyn FnMut(Xml)) -> Result<(), String> {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(start)) => open(&start, take),
            Ok(Event::Empty(start)) => {
                open(&start, take);
                take(Xml::Close(&String::from_utf8_lossy(start.local_name().as_ref())));
            }
            Ok(Event::End(end)) => take(Xml::Close(&String::from_utf8_lossy(end.local_name().as_ref()))),
            Ok(Event::Text(text)) => take(Xml::Text(&String::from_utf8_lossy(&text))),
            Ok(Event::CData(text)) => take(Xml::Text(&String::from_utf8_lossy(&text))),
            Ok(Event::GeneralRef(reference)) => {
                let name = String::from_utf8_lossy(&reference).into_owned();
                let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                let known = escape::resolve_predefined_entity(&name).map(str::to_owned);
                take(Xml::Text(&letter.or(known).unwrap_or_else(|| format!("&{name};"))));
            }
            Ok(_) => {}
            Err(error) => return Err(format!("broken XML near byte {}: {error}", reader.error_position())),
        }
    }
}

fn open(start: &BytesStart, take: &mut dyn FnMut(Xml)) {
    let (local, full) = (start.local_name(), start.name());
    let name = String::from_utf8_lossy(local.as_ref());
    let full = String::from_utf8_lossy(full.as_ref());
    take(Xml::Open(&Element { name: &name, full: &full, start }));
}

/// The text of XML: by its mark, by its declaration, else UTF-8.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let named = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next()?;
        rest.get(1..)?.split(quote).next()
    });
    let encoding = named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    encoding.unwrap_or(encoding_rs::UTF_8).decode_without_bom_handling(bytes).0
}
