//! Word documents.

use super::Parts;
use crate::model::{Piece, Role, Written};
use crate::xml::{Element, Xml, walk};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// The text of a Word document: its body, then notes, then heads and feet of its pages.
pub(crate) fn read<R: Read + Seek>(parts: &mut Parts<R>) -> Result<Written, String> {
    let styles = styles(&parts.get("word/styles.xml")?.unwrap_or_default());
    let mut written = Written::default();
    let body = parts.get("word/document.xml")?.unwrap_or_default();
    let mut text = Text::new(&styles, None);
    if let Err(reason) = walk(&body, &mut |event| text.take(&event)) {
        written.warnings.push(format!("{reason}: read as far as there"));
    }
    written.pieces = text.finish();
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        written.pieces.extend(part(parts, name, &styles, Role::Unknown)?);
    }
    let mut heads = Vec::new();
    for name in [parts.names("word/header", ".xml"), parts.names("word/footer", ".xml")].concat() {
        heads.extend(part(parts, &name, &styles, Role::Boilerplate)?);
    }
    heads.dedup_by(|one, other| one.text == other.text);
    written.pieces.extend(heads.into_iter().filter(|piece| piece.text.chars().any(char::is_alphabetic)));
    let comments = parts.get("word/comments.xml")?.unwrap_or_default();
    if memchr::memmem::find(&comments, b"<w:comment ").is_some() {
        written.warnings.push("comments in the margin are not read".into());
    }
    written.title =
        written.pieces.iter().find(|piece| piece.role == Role::Title).map(|piece| piece.text.clone());
    Ok(written)
}

fn part<R: Read + Seek>(
    parts: &mut Parts<R>,
    name: &str,
    styles: &BTreeMap<String, Role>,
    role: Role,
) -> Result<Vec<Piece>, String> {
    let Some(xml) = parts.get(name)? else { return Ok(Vec::new()) };
    let mut text = Text::new(styles, Some(role));
    let _ = walk(&xml, &mut |event| text.take(&event));
    Ok(text.finish())
}

/// The styles that say what a paragraph is, by their id.
fn styles(xml: &[u8]) -> BTreeMap<String, Role> {
    let (mut styles, mut id) = (BTreeMap::new(), String::new());
    let _ = walk(xml, &mut |event| {
        if let Xml::Open(element) = event {
            match element.name {
                "style" => id = element.get("styleId").unwrap_or_default(),
                "name" => {
                    let role = match element.get("val").unwrap_or_default().to_lowercase().as_str() {
                        "title" => Role::Title,
                        "caption" => Role::Caption,
                        name if name.starts_with("heading") || name == "subtitle" => Role::Heading,
                        _ => return,
                    };
                    styles.insert(id.clone(), role);
                }
                _ => {}
            }
        }
    });
    styles
}

/// A paragraph on its way.
#[derive(Default)]
struct Open {
    text: String,
    role: Role,
    places: Vec<(usize, String)>,
}

struct Text<'a> {
    styles: &'a BTreeMap<String, Role>,
    /// All pieces are this.
    always: Option<Role>,
    pieces: Vec<Piece>,
    /// Paragraphs that are open: a box of text stands within the paragraph that it hangs on.
    open: Vec<Open>,
    /// Cells of the rows that are open.
    rows: Vec<Vec<String>>,
    page: u32,
    /// Word noted where its pages ended.
    pages_known: bool,
    within_t: bool,
    /// Depth within what is not read: what was deleted, second versions of drawings.
    hidden: u32,
}

impl<'a> Text<'a> {
    fn new(styles: &'a BTreeMap<String, Role>, always: Option<Role>) -> Self {
        Self {
            styles,
            always,
            pieces: Vec::new(),
            open: Vec::new(),
            rows: Vec::new(),
            page: 1,
            pages_known: false,
            within_t: false,
            hidden: 0,
        }
    }

    fn take(&mut self, event: &Xml) {
        match event {
            Xml::Open(element) if matches!(element.name, "Fallback" | "del" | "moveFrom") => self.hidden += 1,
            Xml::Close("Fallback" | "del" | "moveFrom") => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Xml::Open(element) => self.begin(element),
            Xml::Close(name) => self.end(name),
            Xml::Text(text) if self.within_t => self.words(text),
            Xml::Text(_) => {}
        }
    }

    fn begin(&mut self, element: &Element) {
        match element.name {
            "p" if self.open.len() < 100 => {
                let places = if self.pages_known { vec![(0, self.label())] } else { Vec::new() };
                self.open.push(Open { role: Role::Body, places, ..Open::default() });
            }
            "pStyle" => {
                let role = element.get("val").and_then(|id| self.styles.get(&id).copied());
                self.role(role);
            }
            "numPr" => self.role(Some(Role::Item)),
            "t" => self.within_t = true,
            "tab" | "ptab" => self.words("\t"),
            "noBreakHyphen" => self.words("-"),
            "br" if element.get("type").as_deref() != Some("page") => self.words("\n"),
            "cr" => self.words("\n"),
            "lastRenderedPageBreak" => {
                self.page += 1;
                self.pages_known = true;
                let label = self.label();
                if let Some(open) = self.open.last_mut() {
                    let at = open.text.len();
                    open.places.push((at, label));
                }
            }
            "tr" if self.rows.len() < 100 => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.within_t = false,
            "p" => {
                let Some(open) = self.open.pop() else { return };
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(open.text.trim());
                } else {
                    self.push(open);
                }
            }
            "tr" => {
                let Some(row) = self.rows.pop() else { return };
                let text = super::sheet::row(row.iter().map(String::as_str));
                if let Some(cell) = self.rows.last_mut().and_then(|outer| outer.last_mut()) {
                    cell.push_str(&text);
                } else {
                    let places = if self.pages_known { vec![(0, self.label())] } else { Vec::new() };
                    self.push(Open { text, role: Role::Item, places });
                }
            }
            _ => {}
        }
    }

    fn role(&mut self, role: Option<Role>) {
        if let (Some(open), Some(role)) = (self.open.last_mut(), role)
            && open.role == Role::Body
        {
            open.role = role;
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn label(&self) -> String {
        format!("p. {}", self.page)
    }

    fn push(&mut self, open: Open) {
        let role = self.always.unwrap_or(open.role);
        let lead = open.text.len() - open.text.trim_start().len();
        let places = open.places.into_iter().map(|(at, label)| (at.saturating_sub(lead), label)).collect();
        self.pieces.extend(Piece::new(role, &open.text).map(|piece| Piece { places, ..piece }));
    }

    fn finish(mut self) -> Vec<Piece> {
        while let Some(open) = self.open.pop() {
            self.push(open);
        }
        // What stands before the first page that Word noted is on page 1.
        if self.pages_known
            && let Some(first) = self.pieces.first_mut()
            && first.places.is_empty()
        {
            first.places.insert(0, (0, "p. 1".into()));
        }
        self.pieces
    }
}
