//! PDF: the text layer in reading order, with its pages.
//!
//! [`glyphs`] takes the glyphs off a page, [`lines`] puts them in lines, [`order`] finds columns and with them the
//! order of the lines, [`paragraphs`] joins lines to paragraphs, [`pages`] joins what runs on over pages and takes
//! running heads out. [`scans`] has the words on pages that are pictures recognised; [`canvas`] draws them. [`bomb`] looks for streams that would fill memory before anything is unpacked.

mod bomb;
mod canvas;
mod glyphs;
mod lines;
mod order;
mod pages;
mod paragraphs;
mod scans;

use crate::limits::Limits;
use crate::model::{Origin, Written};
use crate::ocr::{Ocr, Recogniser};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Bytes of stack for the parser: files may nest deep.
const STACK: usize = 64 << 20;

/// Counts things that are drawn. The interpreter cannot be told to stop, so it is unwound.
fn pay(budget: &mut u64, things: u64) {
    *budget = budget.saturating_sub(things);
    if *budget == 0 {
        resume_unwind(Box::new("drawn enough"));
    }
}

/// The text of a PDF, or why there is none.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    recogniser: &Recogniser,
    origin: &mut Origin,
) -> Result<Written, String> {
    bomb::check(bytes, limits)?;
    let owned = bytes.to_vec();
    let (limits, recogniser) = (*limits, recogniser.clone());
    // A thread for its stack, and so that a fault of the parser ends this file alone.
    let worker = std::thread::Builder::new().name("pdf".into()).stack_size(STACK);
    let worker = worker.spawn(move || catch_unwind(AssertUnwindSafe(|| text(owned, &limits, &recogniser))));
    let worker = worker.map_err(|error| format!("no thread for it: {error}"))?;
    let Text { written, pages, ocr } =
        worker.join().and_then(|read| read).unwrap_or_else(|_| Err("a PDF that cannot be parsed".into()))?;
    origin.pages = Some(pages);
    origin.ocr = ocr;
    Ok(written)
}

/// What a file says.
struct Text {
    written: Written,
    pages: u32,
    ocr: Option<Ocr>,
}

fn text(bytes: Vec<u8>, limits: &Limits, recogniser: &Recogniser) -> Result<Text, String> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "an encrypted PDF: open it with its password and save it without".to_owned()
        }
        LoadPdfError::Decryption(_) => "an encrypted PDF whose encryption is not known".to_owned(),
        LoadPdfError::Invalid => "a PDF that is broken or cut off: no pages can be found in it".to_owned(),
    })?;
    let count = pdf.pages().len();
    if count > limits.max_pages {
        return Err(format!("a PDF of {count} pages; more than {} are not read: split it", limits.max_pages));
    }
    let drawn = glyphs::pages(&pdf, limits);
    let mut written = Written::default();
    if drawn.stopped {
        written.warnings.push(format!(
            "the pages draw more than {} things: read as far as page {}",
            limits.max_drawn,
            drawn.pages.len()
        ));
    }
    if drawn.unknown > 0 {
        written.warnings.push(format!(
            "{} of {} characters have no meaning in their font and are missing",
            drawn.unknown,
            drawn.unknown + drawn.known
        ));
    }
    let pictures: Vec<u32> =
        (1..).zip(&drawn.pages).filter(|(_, page)| page.is_scan()).map(|(number, _)| number).collect();
    let seen = scans::read(&pdf, &pictures, limits, recogniser);
    if drawn.known == 0 && seen.pages.is_empty() {
        return Err(no_words(&drawn, &seen));
    }
    seen.warn(count, &mut written);
    let title = pdf.metadata().title.as_deref().map(decoded);
    written.pieces = pages::pieces(drawn.pages, seen.pages);
    written.title = title.filter(|title| pages::shows(&written.pieces, title));
    if written.pieces.is_empty() {
        return Err("a PDF with no text layer: run it through OCR first".into());
    }
    let ocr = seen.ocr.filter(|ocr| !ocr.pages.is_empty());
    Ok(Text { written, pages: u32::try_from(count).unwrap_or(u32::MAX), ocr })
}

/// Why a file without a text layer gives nothing.
fn no_words(drawn: &glyphs::Drawn, seen: &scans::Seen) -> String {
    let what = if drawn.unknown > 0 {
        "its fonts do not say which characters they show"
    } else if drawn.pictures > 0 {
        "it holds pictures of pages"
    } else {
        "its pages are empty"
    };
    let advice = seen.why_nothing().unwrap_or("run it through OCR first");
    format!("a PDF with no text layer: {what}; {advice}")
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark, else close to Latin-1.
fn decoded(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.trim().to_owned()
        }
        None => encoding_rs::WINDOWS_1252.decode(bytes).0.trim().to_owned(),
    }
}
