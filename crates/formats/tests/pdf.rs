//! PDF: order, columns, hyphens, pages, and files that mean harm.
mod common;

use common::{Words, all, file, one, pdf, pdf_of, refused, texts};
use lagebild_formats::{Content, Limits, Role, read};
use std::io::Write;

const LEFT: [&str; 6] = [
    "The minister said that the two",
    "vessels had left on Monday, and",
    "that their cargo is not known by",
    "those who have to keep the books,",
    "while two officials have seen the",
    "crates on the quay that day.",
];
const RIGHT: [&str; 6] = [
    "In the port itself nobody would",
    "speak about the ships. A worker",
    "remembered lorries at night, and",
    "guards whom he had never seen",
    "before. The company says that it",
    "only rents out the quay.",
];

fn column(x: f32, lines: &[&'static str]) -> Vec<Words<'static>> {
    lines.iter().zip(0_u8..).map(|(line, at)| (x, 700.0 - 12.0 * f32::from(at), 10.0, *line)).collect()
}

#[test]
fn columns_are_read_one_after_the_other() {
    // Row by row, as some programs print them.
    let mut page = vec![(60.0, 740.0, 18.0, "Two ships and no papers")];
    for (left, right) in column(60.0, &LEFT).into_iter().zip(column(320.0, &RIGHT)) {
        page.extend([left, right]);
    }
    let (_, written) = one("a.pdf", &pdf(&[page]));
    assert_eq!(texts(&written), ["Two ships and no papers", &LEFT.join(" "), &RIGHT.join(" ")]);
    assert_eq!(written.pieces.first().unwrap().role, Role::Title);
}

#[test]
fn tables_are_read_row_by_row() {
    let rows = [
        ("Vessel", "Day", "Crates"),
        ("Star", "3 March", "12"),
        ("Moon", "5 March", "85"),
        ("Sun", "9 March", "7"),
    ];
    let mut page = Vec::new();
    for ((name, day, crates), at) in rows.into_iter().zip(0_u8..) {
        let y = 700.0 - 14.0 * f32::from(at);
        page.extend([(60.0, y, 10.0, name), (200.0, y, 10.0, day), (340.0, y, 10.0, crates)]);
    }
    let (_, written) = one("a.pdf", &pdf(&[page]));
    assert_eq!(texts(&written).join(" "), "Vessel Day Crates Star 3 March 12 Moon 5 March 85 Sun 9 March 7");
}

#[test]
fn words_cut_at_the_end_of_a_line_are_whole_again() {
    let lines = [
        "The freight was called agri-",
        "cultural. A well-known broker and the North-",
        "South company, which a well-",
        "known banker owns, paid.",
    ];
    let (_, written) = one("a.pdf", &pdf(&[column(60.0, &lines)]));
    let text = texts(&written).join(" ");
    assert_eq!(
        text,
        "The freight was called agricultural. A well-known broker and the North-South company, which a well-known banker owns, paid."
    );
}

#[test]
fn pages_are_known_and_running_heads_go() {
    let page = |number: &'static str, lines: &[&'static str]| {
        let mut page = vec![(60.0, 800.0, 9.0, "Report of the panel of experts")];
        page.extend(
            lines.iter().zip(0_u8..).map(|(line, at)| (60.0, 700.0 - 12.0 * f32::from(at), 10.0, *line)),
        );
        page.push((290.0, 30.0, 9.0, number));
        page
    };
    let pages = [
        page(
            "1",
            &[
                "The panel has asked all of the States that were named, and two of them have",
                "answered so far. A third State has let it be known that",
            ],
        ),
        page(
            "2",
            &["it will not answer. All of the letters are kept by the", "secretariat of the committee."],
        ),
        page(
            "3",
            &[
                "The second chapter is about ships that were sold on, and about those who bought",
                "them from firms that were dissolved soon after.",
            ],
        ),
    ];
    let (found, written) = one("a.pdf", &pdf(&pages));
    let first = written.pieces.first().unwrap();
    assert!(first.text.contains("known that it will not answer"), "{:?}", texts(&written));
    let (at, label) = first.places.get(1).unwrap();
    assert!(first.text.get(*at..).unwrap().starts_with("it will not"), "{first:?}");
    assert_eq!(
        (label.as_str(), written.pieces.get(1).unwrap().places.first().unwrap().1.as_str()),
        ("p. 2", "p. 3")
    );
    assert_eq!(written.pieces.last().unwrap().role, Role::Boilerplate);
    assert_eq!(written.pieces.len(), 3, "{:?}", texts(&written));
    assert_eq!(found.origin.pages, Some(3));
}

#[test]
fn what_has_no_text_layer_says_so() {
    assert_eq!(
        refused("a.pdf", &pdf(&[vec![]])),
        "a.pdf: a PDF with no text layer: its pages are empty; run it through OCR first"
    );
    let picture = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q".to_vec();
    let reason = refused("a.pdf", &pdf_of(&[picture], ""));
    assert_eq!(
        reason,
        "a.pdf: a PDF with no text layer: it holds pictures of pages; run it through OCR first (`lagebild read` does where tesseract is installed)"
    );
}

#[test]
fn broken_and_hostile_files_are_told() {
    let whole = pdf(&[column(60.0, &LEFT)]);
    for cut in (0..whole.len()).step_by(37) {
        // Some of it may still be read; nothing may panic.
        let _ = all("a.pdf", whole.get(..cut).unwrap());
    }
    assert!(refused("a.pdf", b"%PDF-1.7\nnothing").contains("broken or cut off"));
    // The tree of pages is a circle.
    let circle = file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_vec(),
    ]);
    let _ = refused("a.pdf", &circle);
    let deep = pdf_of(&[[b"[".repeat(200_000), b" 0 Td".to_vec()].concat()], "");
    let _ = refused("a.pdf", &deep);
    let many = Limits { max_pages: 2, ..Limits::default() };
    let found = read("a.pdf", pdf(&[vec![], vec![], vec![]]), &many);
    assert!(found.first().unwrap().as_ref().unwrap_err().reason.contains("a PDF of 3 pages"));
}

#[test]
fn streams_that_would_fill_memory_are_not_unpacked() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = vec![b' '; 1 << 20];
    for _ in 0..100 {
        packer.write_all(&blank).unwrap();
    }
    let once = packer.finish().unwrap();
    let reason = refused("a.pdf", &pdf_of(std::slice::from_ref(&once), "/Filter /FlateDecode"));
    assert!(reason.contains("unpacks to more than 64 MiB"), "{reason}");
    let mut again = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    again.write_all(&once).unwrap();
    let reason = refused("a.pdf", &pdf_of(&[again.finish().unwrap()], "/Filter [/FlateDecode /FlateDecode]"));
    assert!(reason.contains("unpacks to more than 64 MiB"), "{reason}");
}

#[test]
fn what_draws_without_end_is_stopped() {
    let page = "BT /F1 10 Tf 60 700 Td (Kim kam an.) Tj ET\n".repeat(2000).into_bytes();
    let few = Limits { max_drawn: 5000, ..Limits::default() };
    let found = read("a.pdf", pdf_of(&[page], ""), &few);
    let Content::Written { written, .. } = &found.first().unwrap().as_ref().unwrap().content else {
        panic!("{found:?}")
    };
    assert!(written.warnings.first().unwrap().contains("more than 5000 things"));
}
