//! The pages of a document together: running heads are taken out, paragraphs that go on over a page are joined, notes
//! stand behind the paragraph that they would part.

use super::glyphs::Page;
use super::lines;
use super::order;
use super::paragraphs::{Line, Paragraph, ends_closed, join, paragraphs};
use crate::model::{Piece, Role};
use std::collections::{BTreeMap, BTreeSet};

/// Lines at the top and the bottom of a page that may be running heads.
const EDGE: usize = 2;
/// Words of a heading at most.
const HEADING_WORDS: usize = 25;

/// A page as paragraphs.
struct Laid {
    label: String,
    paragraphs: Vec<Paragraph>,
}

/// The pieces of all pages. `seen`: the paragraphs of pages that are pictures, by number.
pub(crate) fn pieces(pages: Vec<Page>, mut seen: BTreeMap<u32, Vec<Paragraph>>) -> Vec<Piece> {
    let lay = |(page, number)| match seen.remove(&number) {
        Some(paragraphs) => Laid { label: label(number), paragraphs },
        None => lay(page, number),
    };
    let mut laid: Vec<Laid> = pages.into_iter().zip(1..).map(lay).collect();
    let heads = take_running_heads(&mut laid);
    let words = hyphenated(&laid);
    let is_word = |word: &str| words.contains(&word.to_lowercase());
    let body = body_size(&laid);
    let mut text = Assembly { is_word: &is_word, body, pieces: Vec::new(), notes: Vec::new(), open: None };
    for page in laid {
        text.page(page);
    }
    let mut pieces = text.finish();
    pieces.extend(heads);
    pieces
}

/// True when a title that the file names stands on its first pages.
pub(crate) fn shows(pieces: &[Piece], title: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let title = plain(title);
    title.split(' ').count() > 1 && pieces.iter().take(12).any(|piece| plain(&piece.text).contains(&title))
}

fn label(number: u32) -> String {
    format!("p. {number}")
}

fn lay(page: Page, number: u32) -> Laid {
    let columns = page.turned.into_iter().flat_map(|chars| order::columns(lines::runs(chars)));
    Laid { label: label(number), paragraphs: columns.flat_map(|rows| paragraphs(&rows)).collect() }
}

/// A line without its numbers: running heads differ in them alone.
fn mask(text: &str) -> String {
    let masked: String = text.chars().map(|letter| if letter.is_numeric() { '0' } else { letter }).collect();
    let mut words: Vec<&str> = masked.split_whitespace().collect();
    words.dedup();
    words.join(" ")
}

/// True for the number of a page: "14", "- 14 -", "14/60", "Page 14 of 60" is known by its repetition.
fn is_page_number(text: &str) -> bool {
    let inner = text.trim_matches(|letter: char| matches!(letter, '-' | '–' | '—' | ' ' | '|' | '[' | ']'));
    let is_number =
        |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let roman = !inner.is_empty() && inner.len() <= 6 && inner.bytes().all(|byte| b"ivxlc".contains(&byte));
    is_number(inner)
        || roman
        || inner.split_once('/').is_some_and(|(one, all)| is_number(one.trim()) && is_number(all.trim()))
}

/// Takes out what stands at the edge of many pages, and page numbers. Each running head is given once, where the
/// document ends.
fn take_running_heads(pages: &mut [Laid]) -> Vec<Piece> {
    let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for line in edge_lines(page) {
            seen.entry(mask(&line.text)).or_default().insert(number);
        }
    }
    let often = (pages.len() / 4).max(3);
    let heads: BTreeSet<String> =
        seen.into_iter().filter(|(_, pages)| pages.len() >= often).map(|(text, _)| text).collect();
    let mut given = BTreeSet::new();
    let mut pieces = Vec::new();
    let many = pages.len() > 1;
    for page in pages.iter_mut() {
        let edges: BTreeSet<(u32, u32)> = edge_lines(page).iter().map(|line| place(line)).collect();
        for paragraph in &mut page.paragraphs {
            paragraph.lines.retain(|line| {
                let at_edge = edges.contains(&place(line));
                let is_head = at_edge && heads.contains(&mask(&line.text));
                if is_head && !is_page_number(&line.text) && given.insert(mask(&line.text)) {
                    pieces
                        .extend(Piece::new(Role::Boilerplate, &line.text).map(|piece| piece.at(&page.label)));
                }
                !(is_head || many && at_edge && is_page_number(&line.text))
            });
        }
        page.paragraphs.retain(|paragraph| !paragraph.lines.is_empty());
    }
    pieces
}

fn place(line: &Line) -> (u32, u32) {
    (line.x.to_bits(), line.y.to_bits())
}

/// The first and last lines of a page by their height.
fn edge_lines(page: &Laid) -> Vec<&Line> {
    let mut lines: Vec<&Line> = page.paragraphs.iter().flat_map(|paragraph| &paragraph.lines).collect();
    lines.sort_by(|one, other| one.y.total_cmp(&other.y));
    let last = lines.len().saturating_sub(EDGE).max(EDGE);
    let bottom: Vec<&Line> = lines.get(last..).unwrap_or_default().to_vec();
    lines.truncate(EDGE);
    lines.extend(bottom);
    lines
}

/// The words of the document that are written with a hyphen within a line, and the whole ones.
fn hyphenated(pages: &[Laid]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for line in pages.iter().flat_map(|page| &page.paragraphs).flat_map(|paragraph| &paragraph.lines) {
        let inner = line.text.split_whitespace().rev().skip(1);
        for word in inner {
            let word = word.trim_matches(|letter: char| !letter.is_alphabetic());
            if word.len() > 3 {
                words.insert(word.to_lowercase());
            }
        }
    }
    words
}

/// The size of most of the text.
fn body_size(pages: &[Laid]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.paragraphs).flat_map(|paragraph| &paragraph.lines) {
        *sizes.entry((line.size * 4.0).round() as i32).or_default() += line.text.len();
    }
    sizes.into_iter().max_by_key(|&(_, letters)| letters).map_or(10.0, |(size, _)| size as f32 / 4.0)
}

/// The document as it grows page by page.
struct Assembly<'a> {
    is_word: &'a dyn Fn(&str) -> bool,
    body: f32,
    pieces: Vec<Piece>,
    /// Notes of the page before, which wait for the end of its last paragraph.
    notes: Vec<Piece>,
    /// The last paragraph of the page before, which may go on, and the size of its letters.
    open: Option<(Piece, f32)>,
}

impl Assembly<'_> {
    fn page(&mut self, page: Laid) {
        let (mut body, mut notes) = (page.paragraphs, Vec::new());
        while let Some(note) = body.pop_if(|last| last.size() < 0.9 * self.body) {
            notes.push(note);
        }
        if body.is_empty() {
            std::mem::swap(&mut body, &mut notes);
            body.reverse();
        }
        let count = body.len();
        for (at, paragraph) in body.into_iter().enumerate() {
            let (role, size) = (self.role(&paragraph), paragraph.size());
            let text = self.text(&paragraph);
            let Some(piece) = Piece::new(role, &text).map(|piece| piece.at(&page.label)) else { continue };
            let piece = match self.open.take() {
                Some((open, before)) if at == 0 && goes_on(&open, &piece, (size - before).abs()) => {
                    self.joined(open, &piece)
                }
                Some((open, _)) => {
                    self.close(open);
                    piece
                }
                None => piece,
            };
            if at + 1 == count { self.open = Some((piece, size)) } else { self.close(piece) }
        }
        for note in notes.iter().rev() {
            let text = self.text(note);
            self.notes.extend(Piece::new(Role::Unknown, &text).map(|piece| piece.at(&page.label)));
        }
    }

    fn close(&mut self, piece: Piece) {
        self.pieces.push(piece);
        self.pieces.append(&mut self.notes);
    }

    fn joined(&self, mut open: Piece, next: &Piece) -> Piece {
        join(&mut open.text, &next.text, self.is_word);
        let start = open.text.len() - next.text.len();
        open.places.extend(next.places.iter().map(|(at, label)| (start + at, label.clone())));
        open
    }

    fn text(&self, paragraph: &Paragraph) -> String {
        let mut text = String::new();
        for line in &paragraph.lines {
            join(&mut text, &line.text, self.is_word);
        }
        text.replace('\u{AD}', "")
    }

    fn role(&self, paragraph: &Paragraph) -> Role {
        let words: usize = paragraph.lines.iter().map(|line| line.text.split_whitespace().count()).sum();
        let is_large = paragraph.size() > 1.12 * self.body && words <= HEADING_WORDS;
        match (is_large, self.pieces.is_empty() && self.open.is_none()) {
            (true, true) => Role::Title,
            (true, false) => Role::Heading,
            _ => Role::Unknown,
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        if let Some((open, _)) = self.open.take() {
            self.close(open);
        }
        self.pieces.append(&mut self.notes);
        self.pieces
    }
}

/// True when a paragraph goes on at the top of the next page.
fn goes_on(open: &Piece, next: &Piece, difference: f32) -> bool {
    let runs = |piece: &Piece| piece.role == Role::Unknown;
    runs(open)
        && runs(next)
        && difference < 1.0
        && !ends_closed(&open.text)
        && (open.text.ends_with(['-', ','])
            || !next.text.starts_with(char::is_uppercase)
            || open.text.len() > 60)
        && !next.text.starts_with(['•', '–', '('])
}
