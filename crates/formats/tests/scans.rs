//! Pages that are pictures: what is shown to whoever recognises words, and what becomes of the answers.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{file, texts};
use lagebild_formats::{
    Content, Limits, Picture, Program, Recognise, Recogniser, Refusal, SeenLine, SeenParagraph, Written,
    read_with,
};
use std::sync::{Arc, Mutex};

/// Answers with words of its own and keeps what it was shown.
#[derive(Default)]
struct Fake {
    shown: Mutex<Vec<Picture>>,
    missing: bool,
}

fn line(text: &str, top: u32, sure: f32) -> SeenLine {
    SeenLine { text: text.into(), edges: [100, top, 900, top + 30], sure: vec![sure; 3] }
}

impl Recognise for Fake {
    fn program(&self) -> Result<Program, String> {
        if self.missing {
            return Err("buy glasses".into());
        }
        Ok(Program { name: "fake 1.2".into(), languages: vec!["eng".into(), "deu".into()] })
    }

    fn read(&self, pictures: &[Picture]) -> Vec<Result<Vec<SeenParagraph>, String>> {
        self.shown.lock().unwrap().extend_from_slice(pictures);
        let answer = |picture: &Picture| match picture.page {
            1 => Ok(vec![vec![
                line("The port is closed, and the docu-", 100, 90.0),
                line("ments are said to be with the", 140, 60.0),
            ]]),
            2 => Ok(vec![vec![line("ministry in the capital.", 100, 96.0)]]),
            3 => Ok(Vec::new()),
            _ => Err("it took too long".into()),
        };
        pictures.iter().map(answer).collect()
    }
}

/// A PDF with one page for each content; pictures are 2 × 2 points: black, white, white, black.
fn scanned(contents: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), contents.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (content, page) in contents.iter().zip(0..) {
        let picture = if *content == "picture" {
            // A picture in the lower half of the page.
            b"q 360 0 0 252 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xFF\xFF\x00 EI Q".to_vec()
        } else {
            format!("BT /F1 10 Tf 40 400 Td ({content}) Tj ET").into_bytes()
        };
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 360 504] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                5 + 2 * page
            )
            .into_bytes(),
        );
        let head = format!("<< /Length {} >>\nstream\n", picture.len());
        objects.push([head.as_bytes(), &picture, b"\nendstream"].concat());
    }
    file(&objects)
}

fn read_by(
    bytes: Vec<u8>,
    fake: &Arc<Fake>,
    limits: &Limits,
) -> Result<(lagebild_formats::Origin, Written), Refusal> {
    let recogniser: Arc<dyn Recognise> = Arc::clone(fake) as _;
    let found = read_with("a.pdf", bytes, limits, Recogniser(Some(recogniser))).remove(0)?;
    let Content::Written { written, .. } = found.content else { unreachable!() };
    Ok((found.origin, *written))
}

#[test]
fn words_of_pictures_are_read_with_those_that_were_typed() {
    let fake = Arc::new(Fake::default());
    let pages = ["picture", "picture", "picture", "picture", "Typed words stand on this page."];
    let (origin, written) = read_by(scanned(&pages), &fake, &Limits::default()).unwrap();
    assert_eq!(
        texts(&written),
        [
            "The port is closed, and the documents are said to be with the ministry in the capital.",
            "Typed words stand on this page."
        ]
    );
    let ocr = origin.ocr.unwrap();
    assert_eq!((ocr.program.as_str(), ocr.languages.join("+").as_str()), ("fake 1.2", "eng+deu"));
    assert_eq!((ocr.pages, ocr.confidence), (vec![1, 2], 82));
    let warnings = written.warnings.join("\n");
    assert!(
        warnings.contains("2 of 5 pages were recognised in pictures by fake 1.2 (eng+deu), not typed: 1–2"),
        "{warnings}"
    );
    assert!(warnings.contains("1 of 5 pages (pictures): 3; fake 1.2 sees no words there"), "{warnings}");
    assert!(warnings.contains("1 of 5 pages (pictures): 4; it took too long"), "{warnings}");
}

#[test]
fn a_page_is_shown_as_it_looks() {
    let fake = Arc::new(Fake::default());
    read_by(scanned(&["picture"]), &fake, &Limits::default()).unwrap();
    let shown = fake.shown.lock().unwrap();
    let page = shown.first().unwrap();
    assert_eq!((page.page, page.width, page.height, page.dpi), (1, 1000, 1400, 200));
    let at = |x: u32, y: u32| page.grey[(y * page.width + x) as usize];
    // Nothing in the upper half; below it black and white, white and black.
    assert_eq!((at(100, 300), at(50, 760), at(950, 760), at(50, 1350), at(950, 1350)), (255, 0, 255, 255, 0));
}

#[test]
fn what_is_not_recognised_says_why() {
    let blind = Arc::new(Fake { missing: true, ..Fake::default() });
    let reason = read_by(scanned(&["picture"]), &blind, &Limits::default()).unwrap_err().reason;
    assert_eq!(reason, "a PDF with no text layer: it holds pictures of pages; buy glasses");
    let (origin, written) =
        read_by(scanned(&["picture", "Typed words."]), &blind, &Limits::default()).unwrap();
    assert_eq!(origin.ocr, None);
    assert!(
        written.warnings[0].ends_with("1 of 2 pages (pictures): 1; buy glasses"),
        "{:?}",
        written.warnings
    );

    let fake = Arc::new(Fake::default());
    let few = Limits { max_pictures: 1, ..Limits::default() };
    let (origin, written) = read_by(scanned(&["picture", "picture"]), &fake, &few).unwrap();
    assert_eq!(origin.ocr.unwrap().pages, [1]);
    assert!(written.warnings[1].contains("more than 1 pictures of one file"), "{:?}", written.warnings);
    let small = Limits { max_pixels: 3, ..Limits::default() };
    let reason = read_by(scanned(&["picture"]), &fake, &small).unwrap_err().reason;
    assert!(reason.contains("are not unpacked"), "{reason}");
    let lazy = Limits { max_drawn: 5, ..Limits::default() };
    let mut contents = vec!["picture"; 4];
    contents.push("Typed words.");
    let (_, written) = read_by(scanned(&contents), &fake, &lazy).unwrap_or_default();
    assert!(written.pieces.len() < 2, "{written:?}");
}
