//! Books: the chapters in the order in which they are read.

use super::Parts;
use super::pptx::resolve;
use crate::model::{Piece, Role, Written};
use crate::xml::{Xml, walk};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// The text of a book.
pub(crate) fn read<R: Read + Seek>(parts: &mut Parts<R>) -> Result<Written, String> {
    if parts
        .get("META-INF/encryption.xml")?
        .is_some_and(|xml| memchr::memmem::find(&xml, b".xhtml").is_some())
    {
        return Err("a book whose text is encrypted".into());
    }
    let container = parts.get("META-INF/container.xml")?.unwrap_or_default();
    let mut package = None;
    let _ = walk(&container, &mut |event| {
        if let Xml::Open(element) = event
            && element.name == "rootfile"
        {
            package = package.take().or_else(|| element.get("full-path"));
        }
    });
    let package = package.ok_or("a book without a list of its parts")?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let xml = parts.get(&package)?.ok_or("a book without a list of its parts")?;
    let (chapters, mut written) = spine(&xml, &folder);
    for (chapter, number) in chapters.iter().zip(1..) {
        let Some(bytes) = parts.get(chapter)? else {
            written.warnings.push(format!("the part {chapter} is missing"));
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let body = text.find("<body").and_then(|at| text.get(at..)).unwrap_or(&text);
        written.pieces.extend(Piece::new(Role::Html, body).map(|piece| piece.at(&format!("part {number}"))));
    }
    Ok(written)
}

/// The chapters of a book, and what is known of it.
fn spine(xml: &[u8], folder: &str) -> (Vec<String>, Written) {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let (mut order, mut own) = (Vec::new(), String::new());
    let mut written = Written::default();
    let _ = walk(xml, &mut |event| match event {
        Xml::Open(element) => {
            element.name.clone_into(&mut own);
            match element.name {
                "item" => {
                    if let (Some(id), Some(file)) = (element.get("id"), element.get("href")) {
                        // The list of contents repeats the headings.
                        let is_contents = element.get("properties").is_some_and(|what| what.contains("nav"));
                        if !is_contents {
                            files.insert(id, resolve(folder, &file));
                        }
                    }
                }
                "itemref" => order.extend(element.get("idref")),
                _ => {}
            }
        }
        Xml::Close(_) => own.clear(),
        Xml::Text(text) if !text.trim().is_empty() => match own.as_str() {
            "title" if written.title.is_none() => written.title = Some(text.trim().to_owned()),
            "language" => written.language = Some(text.trim().to_owned()),
            "date" => written.published = text.trim().get(..10).and_then(|day| day.parse().ok()),
            _ => {}
        },
        Xml::Text(_) => {}
    });
    (order.iter().filter_map(|id| files.get(id).cloned()).collect(), written)
}
