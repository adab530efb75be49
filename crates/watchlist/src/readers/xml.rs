//! XML as a stream of records: each wanted element as a small tree, everything else passed over.

use super::ListReading;
use super::mended::Mended;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::cell::Cell;
use std::io::{BufRead, BufReader};
use std::rc::Rc;

/// An element with all that it holds. Names are without their namespace prefix.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// An attribute's value; empty when there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    }

    /// Direct children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The trimmed text of the first child of this name.
    pub(super) fn value(&self, name: &str) -> &str {
        self.child(name).map(|child| child.text.trim()).unwrap_or_default()
    }

    /// All descendants of this name, in document order.
    pub(super) fn deep<'a>(&'a self, name: &'a str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.deep(name));
        }
        found
    }
}

/// A walk through a file.
struct Walk<'a> {
    open: Vec<Element>,
    wanted: &'a [&'a str],
    reading: &'a mut ListReading,
    /// Name of the outermost element, once it was seen.
    root: Option<String>,
    /// The outermost element was closed.
    ended: bool,
}

/// Hands every wanted element to `take`, and first the root with its attributes alone. A raw `&`, bytes that are not
/// UTF-8 (read as Windows-1252) and a truncated end become problems of `reading`.
pub(super) fn records(
    source: impl BufRead,
    wanted: &[&str],
    reading: &mut ListReading,
    mut take: impl FnMut(Element, &mut ListReading),
) {
    let mended = Rc::new(Cell::new(0));
    let mut xml = Reader::from_reader(BufReader::new(Mended::new(source, Rc::clone(&mended))));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    let mut walk = Walk { open: Vec::new(), wanted, reading, root: None, ended: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer);
        let place = xml.buffer_position();
        let done = match event {
            Ok(Event::Start(tag)) => walk.start(&tag, false, place),
            Ok(Event::Empty(tag)) => walk.start(&tag, true, place),
            Ok(Event::End(tag)) => walk.end(&String::from_utf8_lossy(tag.local_name().as_ref())),
            Ok(Event::Text(text)) => walk.text(&text, place),
            Ok(Event::CData(text)) => walk.text(&text, place),
            Ok(Event::GeneralRef(name)) => walk.reference(&name),
            Ok(Event::Eof) => {
                walk.finish(place, mended.get());
                return;
            }
            Ok(_) => None,
            Err(error) => {
                walk.reading
                    .tear(format!("byte {place}"), format!("the file is not XML from here on: {error}"));
                return;
            }
        };
        if let Some(element) = done {
            take(element, walk.reading);
        }
    }
}

impl Walk<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool, place: u64) -> Option<Element> {
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        let first = self.root.is_none();
        if first {
            self.root = Some(name.clone());
            self.ended = empty;
        }
        if self.open.is_empty() && !first && !self.wanted.contains(&name.as_str()) {
            return None;
        }
        let mut element = Element { name, ..Element::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            let value = self.decode(&attribute.value, place);
            let value = quick_xml::escape::unescape(&value)
                .map_or_else(|_| value.clone(), std::borrow::Cow::into_owned);
            element.attributes.push((key, value));
        }
        if first && !self.wanted.contains(&element.name.as_str()) {
            return Some(element);
        }
        let name = element.name.clone();
        self.open.push(element);
        if empty { self.end(&name) } else { None }
    }

    /// Closes the innermost open element of this name, and with it all that was left open inside.
    fn end(&mut self, name: &str) -> Option<Element> {
        self.ended |= self.root.as_deref() == Some(name);
        let depth = self.open.iter().rposition(|open| open.name == name)?;
        let mut done = self.open.pop()?;
        while self.open.len() > depth {
            let mut parent = self.open.pop()?;
            parent.children.push(done);
            done = parent;
        }
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(done);
                None
            }
            None => Some(done),
        }
    }

    fn text(&mut self, bytes: &[u8], place: u64) -> Option<Element> {
        if self.open.is_empty() {
            return None;
        }
        let text = self.decode(bytes, place);
        if text.contains('&') {
            self.reading.problem(format!("byte {place}"), "a raw & in the text, taken as it stands");
        }
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(&text);
        }
        None
    }

    fn reference(&mut self, name: &BytesRef<'_>) -> Option<Element> {
        let letter = name.resolve_char_ref().ok().flatten().map(String::from);
        let name = String::from_utf8_lossy(name).into_owned();
        let text = letter
            .or_else(|| quick_xml::escape::resolve_predefined_entity(&name).map(String::from))
            .unwrap_or_else(|| format!("&{name};"));
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(&text);
        }
        None
    }

    fn decode(&mut self, bytes: &[u8], place: u64) -> String {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return text.to_string();
        }
        self.reading.problem(format!("byte {place}"), "not UTF-8, read as Windows-1252");
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn finish(&mut self, place: u64, mended: u64) {
        if mended > 0 {
            self.reading.problem("the file", format!("{mended} raw < in the text, taken as they stand"));
        }
        if let Some(element) = self.open.first() {
            let reason = format!("the file ends inside <{}>", element.name);
            self.reading.tear(format!("byte {place}"), reason);
        } else if !self.ended {
            self.reading.tear(format!("byte {place}"), "the file ends before its last tag");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ListReading, records};

    fn read(xml: &[u8]) -> (Vec<String>, ListReading) {
        let mut reading = ListReading::default();
        let mut names = Vec::new();
        records(xml, &["r"], &mut reading, |element, _| {
            names.push(format!("{}:{}", element.name, element.value("n")));
        });
        (names, reading)
    }

    #[test]
    fn a_raw_less_than_and_a_tag_left_open_are_mended() {
        let (names, reading) = read(b"<x><r><n>A <54> <0B</n></r><r><n>B<o>C</n></r><r><n>D</n></r></x>");
        assert_eq!(names, ["x:", "r:A <54> <0B", "r:B", "r:D"]);
        assert_eq!(reading.problems.len(), 1);
    }

    #[test]
    fn records_and_the_root() {
        let (names, reading) = read(b"<x a='1'><r><n>A &amp; B</n></r><r><n>&#233;</n></r></x>");
        assert_eq!(names, ["x:", "r:A & B", "r:\u{e9}"]);
        assert!(reading.problems.is_empty());
    }

    #[test]
    fn a_raw_ampersand_false_utf8_and_a_torn_end_are_reported_and_the_rest_is_kept() {
        let (names, reading) = read(b"<x><r><n>A & B</n></r><r><n>Arm\xe9s</n></r><r><n>C");
        assert_eq!(names, ["x:", "r:A & B", "r:Arm\u{e9}s"]);
        let reasons: Vec<_> = reading.problems.iter().map(|p| p.reason.as_str()).collect();
        assert_eq!(reasons.len(), 3, "{reasons:?}");
        assert!(reasons[0].contains('&') && reasons[1].contains("1252") && reasons[2].contains("<r>"));
    }
}
