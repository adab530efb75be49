//! Pages that are pictures: drawn as one grey picture each and shown to what recognises words.

use super::paragraphs::{Line, Paragraph};
use crate::limits::Limits;
use crate::model::Written;
use crate::ocr::{Ocr, Picture, Recogniser, SeenLine, SeenParagraph, program};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pictures that are shown at once: memory is bounded by them.
const AT_ONCE: usize = 8;
/// Points of an inch in the space of a PDF.
const INCH: f32 = 72.0;
/// Lines that are this much higher than most of their page are headings. The heights that are seen are rough.
const LARGE: f32 = 1.4;
/// Below this confidence the words are worth little.
const UNSURE: u32 = 70;

/// What was recognised in a file.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The paragraphs of pages, by their numbers from 1.
    pub(crate) pages: BTreeMap<u32, Vec<Paragraph>>,
    /// Pages that gave nothing, with the reason.
    pub(crate) failed: Vec<(u32, String)>,
    /// Who recognised; none where nobody did.
    pub(crate) ocr: Option<Ocr>,
}

impl Seen {
    /// Why no words were found, in the words of the first page that has any.
    pub(crate) fn why_nothing(&self) -> Option<&str> {
        self.failed.first().map(|(_, reason)| reason.as_str())
    }

    /// Says what was recognised and what not.
    pub(crate) fn warn(&self, count: usize, written: &mut Written) {
        if let Some(ocr) = self.ocr.as_ref().filter(|ocr| !ocr.pages.is_empty()) {
            written.warnings.push(format!(
                "the words of {} of {count} pages were recognised in pictures by {} ({}), not typed: {}; names and numbers may be \
                 wrong, look at the page",
                ocr.pages.len(),
                ocr.program,
                ocr.languages.join("+"),
                listed(&ocr.pages)
            ));
            if ocr.confidence < UNSURE {
                written.warnings.push(format!(
                    "the recognised words are unsure ({} of 100): a bad picture, or a language other than {}",
                    ocr.confidence,
                    ocr.languages.join("+")
                ));
            }
        }
        let mut reasons: Vec<(&str, Vec<u32>)> = Vec::new();
        for (page, reason) in &self.failed {
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, pages)) => pages.push(*page),
                None => reasons.push((reason, vec![*page])),
            }
        }
        for (reason, pages) in reasons {
            written.warnings.push(format!(
                "no text layer on {} of {count} pages (pictures): {}; {reason}",
                pages.len(),
                listed(&pages)
            ));
        }
    }
}

/// Numbers of pages for a person: "1–3, 7".
fn listed(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let told =
        |&(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    let more = if runs.len() > 20 { ", …" } else { "" };
    runs.iter().take(20).map(told).collect::<Vec<_>>().join(", ") + more
}

/// Recognises the words on these pages (numbers from 1).
pub(crate) fn read(pdf: &Pdf, pages: &[u32], limits: &Limits, recogniser: &Recogniser) -> Seen {
    let mut seen = Seen::default();
    let (recogniser, program) = match program(recogniser) {
        Ok(found) => found,
        Err(reason) => {
            seen.failed = pages.iter().map(|&page| (page, reason.clone())).collect();
            return seen;
        }
    };
    let (wanted, left) = pages.split_at(pages.len().min(limits.max_pictures));
    let mut sure = Vec::new();
    let mut budget = limits.max_drawn;
    for some in wanted.chunks(AT_ONCE) {
        let mut pictures = Vec::new();
        for &number in some {
            match picture(pdf, number, limits, &mut budget) {
                Ok(picture) => pictures.push(picture),
                Err(reason) => seen.failed.push((number, reason)),
            }
        }
        for (answer, picture) in recogniser.read(&pictures).into_iter().zip(&pictures) {
            match answer {
                Ok(found) if found.iter().flatten().any(|line| !line.text.trim().is_empty()) => {
                    sure.extend(found.iter().flatten().flat_map(|line| line.sure.iter().copied()));
                    seen.pages.insert(picture.page, paragraphs(&found, picture.dpi));
                }
                Ok(_) => seen.failed.push((picture.page, format!("{} sees no words there", program.name))),
                Err(reason) => seen.failed.push((picture.page, reason)),
            }
        }
    }
    let reason =
        format!("more than {} pictures of one file are not recognised: split it", limits.max_pictures);
    seen.failed.extend(left.iter().map(|&page| (page, reason.clone())));
    seen.failed.sort();
    let confidence = sure.iter().sum::<f32>() / sure.len().max(1) as f32;
    seen.ocr = Some(Ocr {
        program: program.name,
        languages: program.languages,
        pages: seen.pages.keys().copied().collect(),
        confidence: (0..=100_u8)
            .rev()
            .find(|&whole| confidence + 0.5 >= f32::from(whole))
            .map_or(0, u32::from),
    });
    seen
}

/// A page as one picture.
fn picture(pdf: &Pdf, number: u32, limits: &Limits, budget: &mut u64) -> Result<Picture, String> {
    if *budget == 0 {
        return Err(format!("the pages draw more than {} things", limits.max_drawn));
    }
    let pages = pdf.pages();
    let page: Option<&PdfPage> = (number as usize).checked_sub(1).and_then(|at| pages.get(at));
    let page = page.ok_or("there is no such page")?;
    let drawn = catch_unwind(AssertUnwindSafe(|| super::canvas::draw(pdf, page, limits, budget)));
    let mut picture = drawn.unwrap_or_else(|_| Err("its pictures cannot be unpacked".into()))?;
    picture.page = number;
    Ok(picture)
}

/// What was seen, in the space of the page. Only headings keep a size of their own.
fn paragraphs(seen: &[SeenParagraph], dpi: u32) -> Vec<Paragraph> {
    let scale = INCH / dpi.max(1) as f32;
    let height = |line: &SeenLine| {
        let [_, top, _, bottom] = line.edges;
        bottom.saturating_sub(top) as f32 * scale
    };
    let mut heights: Vec<f32> = seen.iter().flatten().map(height).collect();
    heights.sort_by(f32::total_cmp);
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(10.0);
    let found = seen.iter().map(|lines| {
        let is_large = lines.iter().all(|line| height(line) > LARGE * usual);
        let size = |line: &SeenLine| if is_large { height(line) } else { usual };
        let line = |line: &SeenLine| {
            let [left, _, right, bottom] = line.edges.map(|edge| edge as f32 * scale);
            Line { text: line.text.trim().to_owned(), x: left, end: right, y: bottom, size: size(line) }
        };
        Paragraph { lines: lines.iter().map(line).filter(|line| !line.text.is_empty()).collect() }
    });
    found.filter(|paragraph| !paragraph.lines.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn pages_are_told_in_runs() {
        assert_eq!(super::listed(&[1, 2, 3, 7, 9, 10]), "1–3, 7, 9–10");
    }
}
