//! Builders of small files, and what is found in them.
#![allow(dead_code, clippy::unwrap_used, reason = "not every test uses all; tests")]

use lagebild_formats::{Content, Found, Limits, Refusal, Written, read};
use std::fmt::Write as _;
use std::io::{Cursor, Write};

/// A ZIP archive.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A tape archive.
pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

/// Packed by gzip.
pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Words on a page: place from the left and from the bottom, size, text.
pub(crate) type Words<'a> = (f32, f32, f32, &'a str);

/// A PDF of these pages in Helvetica.
pub(crate) fn pdf(pages: &[Vec<Words>]) -> Vec<u8> {
    let streams: Vec<Vec<u8>> = pages
        .iter()
        .map(|page| {
            let mut content = String::new();
            for (x, y, size, words) in page {
                let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
                let _ = writeln!(content, "BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET");
            }
            encoding_rs::WINDOWS_1252.encode(&content).0.into_owned()
        })
        .collect();
    pdf_of(&streams, "")
}

/// A PDF whose pages have these contents; `more` stands in the dictionary of each stream.
pub(crate) fn pdf_of(streams: &[Vec<u8>], more: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..streams.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), streams.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (stream, page) in streams.iter().zip(0..) {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                5 + 2 * page
            )
            .into_bytes(),
        );
        let head = format!("<< /Length {} {more} >>\nstream\n", stream.len());
        objects.push([head.as_bytes(), stream, b"\nendstream"].concat());
    }
    file(&objects)
}

/// A PDF of these objects, the first being the catalogue.
pub(crate) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        offsets.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let trailer =
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    out.extend_from_slice(trailer.as_bytes());
    out
}

/// All that an input gives.
pub(crate) fn all(name: &str, bytes: &[u8]) -> Vec<Result<Found, Refusal>> {
    read(name, bytes.to_vec(), &Limits::default())
}

/// The only text of an input.
pub(crate) fn one(name: &str, bytes: &[u8]) -> (Found, Written) {
    let mut found = all(name, bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    let found = found.remove(0).unwrap();
    let Content::Written { written, .. } = &found.content else { unreachable!("{found:?}") };
    let written = written.as_ref().clone();
    (found, written)
}

/// The words of the only text, piece by piece.
pub(crate) fn texts(written: &Written) -> Vec<&str> {
    written.pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Why the only input gives nothing.
pub(crate) fn refused(name: &str, bytes: &[u8]) -> String {
    let found = all(name, bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap().unwrap_err().to_string()
}

/// Names of what was found, and refusals.
pub(crate) fn told(found: &[Result<Found, Refusal>]) -> Vec<String> {
    found
        .iter()
        .map(|one| one.as_ref().map_or_else(ToString::to_string, |found| found.name.clone()))
        .collect()
}
