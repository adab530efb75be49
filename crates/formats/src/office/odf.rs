//! `OpenDocument`: texts, tables, presentations.

use super::{Parts, sheet};
use crate::model::{Piece, Role, Written};
use crate::xml::{Element, Xml, walk};
use std::io::{Read, Seek};

/// Empty cells and rows that stand for many are no text; others are repeated at most so often.
const MOST_REPEATED: usize = 100;

/// The format and the text of an `OpenDocument` file.
pub(crate) fn read<R: Read + Seek>(parts: &mut Parts<R>) -> (&'static str, Result<Written, String>) {
    let kind = parts.get("mimetype").ok().flatten().unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind).into_owned();
    let name = match kind.trim().rsplit('.').next().unwrap_or_default() {
        kind if kind.starts_with("spreadsheet") => "ods",
        kind if kind.starts_with("presentation") => "odp",
        _ => "odt",
    };
    let manifest = parts.get("META-INF/manifest.xml").ok().flatten().unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return (
            name,
            Err("an encrypted office document: open it with its password and save it without".into()),
        );
    }
    let content = match parts.get("content.xml") {
        Ok(content) => content.unwrap_or_default(),
        Err(reason) => return (name, Err(reason)),
    };
    let mut text = Text::default();
    let mut written = Written::default();
    if let Err(reason) = walk(&content, &mut |event| text.take(&event)) {
        written.warnings.push(format!("{reason}: read as far as there"));
    }
    text.close_note();
    written.pieces = text.pieces;
    written.title =
        written.pieces.iter().find(|piece| piece.role == Role::Title).map(|piece| piece.text.clone());
    (name, Ok(written))
}

#[derive(Default)]
struct Text {
    pieces: Vec<Piece>,
    /// Paragraphs that are open.
    open: Vec<(String, Role)>,
    /// Notes wait for the end of the paragraph that they stand in.
    notes: Vec<Piece>,
    in_note: u32,
    lists: u32,
    /// Cells of the row that is open, with how often each stands.
    row: Option<Vec<(String, usize)>>,
    label: Option<String>,
    sheet: Option<String>,
    rows: usize,
    slides: u32,
    pages: u32,
    /// Depth within what is not read: changes, comments, labels of notes.
    hidden: u32,
}

impl Text {
    fn take(&mut self, event: &Xml) {
        const HIDDEN: [&str; 5] =
            ["tracked-changes", "annotation", "note-citation", "forms", "tracked-change"];
        match event {
            Xml::Open(element) if HIDDEN.contains(&element.name) => self.hidden += 1,
            Xml::Close(name) if HIDDEN.contains(name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Xml::Open(element) => self.begin(element),
            Xml::Close(name) => self.end(name),
            Xml::Text(text) => self.words(text),
        }
    }

    fn begin(&mut self, element: &Element) {
        let count = |name: &str| element.get(name).and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
        match element.full {
            "text:p" | "text:h" if self.open.len() < 100 => {
                self.open.push((String::new(), self.role(element)));
            }
            "text:list" => self.lists += 1,
            "text:note-body" => self.in_note += 1,
            "text:s" => self.words(&" ".repeat(count("c").min(8))),
            "text:tab" => self.words("\t"),
            "text:line-break" => self.words("\n"),
            "text:soft-page-break" => {
                self.pages = self.pages.max(1) + 1;
                self.label = Some(format!("p. {}", self.pages));
            }
            "table:table" => {
                self.sheet = element.get("name");
                self.rows = 0;
            }
            "table:table-row" => self.row = Some(Vec::new()),
            "table:table-cell" => {
                if let Some(row) = &mut self.row {
                    row.push((String::new(), count("number-columns-repeated")));
                }
            }
            "draw:page" => {
                self.slides += 1;
                self.label = Some(format!("slide {}", self.slides));
            }
            "presentation:notes" => self.label = Some(format!("notes of slide {}", self.slides)),
            _ => {}
        }
    }

    fn role(&self, element: &Element) -> Role {
        let style = element.get("style-name").unwrap_or_default().to_lowercase();
        if element.name == "h" {
            Role::Heading
        } else if style == "title" {
            Role::Title
        } else if self.lists > 0 {
            Role::Item
        } else {
            Role::Body
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                let Some((text, role)) = self.open.pop() else { return };
                self.paragraph(&text, role);
            }
            "list" => self.lists = self.lists.saturating_sub(1),
            "note-body" => self.in_note = self.in_note.saturating_sub(1),
            "table-row" => self.close_row(),
            _ => {}
        }
    }

    fn paragraph(&mut self, text: &str, role: Role) {
        if self.in_note > 0 {
            self.notes.extend(Piece::new(Role::Unknown, text));
        } else if let Some((cell, _)) = self.row.as_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(text.trim());
        } else {
            self.push(role, text);
            self.close_note();
        }
    }

    fn close_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        self.rows += 1;
        while row.pop_if(|(cell, _)| cell.is_empty()).is_some() {}
        let cells = row.iter().flat_map(|(cell, times)| {
            std::iter::repeat_n(cell.as_str(), if cell.is_empty() { 1 } else { (*times).min(MOST_REPEATED) })
        });
        let text = sheet::row(cells);
        if let (Some(sheet), 0) = (&self.sheet, self.slides + self.pages) {
            self.label = Some(sheet::label(sheet, self.rows));
        }
        self.push(Role::Item, &text);
        self.close_note();
    }

    fn push(&mut self, role: Role, text: &str) {
        let Some(piece) = Piece::new(role, text) else { return };
        self.pieces.push(match &self.label {
            Some(label) => piece.at(label),
            None => piece,
        });
    }

    fn close_note(&mut self) {
        self.pieces.append(&mut self.notes);
    }

    fn words(&mut self, text: &str) {
        if let Some((open, _)) = self.open.last_mut() {
            open.push_str(text);
        }
    }
}
