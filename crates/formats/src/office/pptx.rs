//! `PowerPoint` presentations: slides in the order in which they are shown, each with its notes.

use super::Parts;
use crate::model::{Piece, Role, Written};
use crate::xml::{Xml, walk};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// The text of a presentation.
pub(crate) fn read<R: Read + Seek>(parts: &mut Parts<R>) -> Result<Written, String> {
    let mut written = Written::default();
    let shown = order(parts)?;
    let slides = if shown.is_empty() { parts.names("ppt/slides/slide", ".xml") } else { shown };
    for (slide, number) in slides.iter().zip(1..) {
        let label = format!("slide {number}");
        let Some(xml) = parts.get(slide)? else { continue };
        written.pieces.extend(pieces(&xml, &label, &mut written.warnings));
        let related = relations(parts, slide)?;
        if let Some(notes) = related.values().find(|target| target.contains("notesSlide")) {
            let xml = parts.get(notes)?.unwrap_or_default();
            written.pieces.extend(pieces(&xml, &format!("notes of {label}"), &mut written.warnings));
        }
    }
    Ok(written)
}

/// The slides in the order in which they are shown.
fn order<R: Read + Seek>(parts: &mut Parts<R>) -> Result<Vec<String>, String> {
    let related = relations(parts, "ppt/presentation.xml")?;
    let mut slides = Vec::new();
    let xml = parts.get("ppt/presentation.xml")?.unwrap_or_default();
    let _ = walk(&xml, &mut |event| {
        if let Xml::Open(element) = event
            && element.name == "sldId"
        {
            // `id` stands there twice; the one with a prefix names the relation.
            let target = related.iter().find(|(id, _)| element.names(id)).map(|(_, target)| target.clone());
            slides.extend(target);
        }
    });
    Ok(slides)
}

/// The parts that a part refers to, by id.
fn relations<R: Read + Seek>(parts: &mut Parts<R>, part: &str) -> Result<BTreeMap<String, String>, String> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut related = BTreeMap::new();
    let xml = parts.get(&format!("{folder}/_rels/{name}.rels"))?.unwrap_or_default();
    let _ = walk(&xml, &mut |event| {
        if let Xml::Open(element) = event
            && let (Some(id), Some(target)) = (element.get("Id"), element.get("Target"))
        {
            related.insert(id, resolve(folder, &target));
        }
    });
    Ok(related)
}

/// A path as seen from a folder.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(path.pop()),
            "." | "" => {}
            part => path.push(part),
        }
    }
    path.join("/")
}

fn pieces(xml: &[u8], label: &str, warnings: &mut Vec<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut text, mut role, mut in_text) = (String::new(), Role::Body, false);
    let mut row: Option<Vec<String>> = None;
    let mut is_number = false;
    let outcome = walk(xml, &mut |event| match event {
        Xml::Open(element) => match element.name {
            "sp" => (role, is_number) = (Role::Body, false),
            "ph" => match element.get("type").as_deref() {
                Some("title" | "ctrTitle") => role = Role::Heading,
                Some("sldNum" | "dt") => is_number = true,
                _ => {}
            },
            "t" => in_text = true,
            "br" => text.push('\n'),
            "tr" => row = Some(Vec::new()),
            "tc" => row.iter_mut().for_each(|row| row.push(String::new())),
            _ => {}
        },
        Xml::Text(words) if in_text => text.push_str(words),
        Xml::Close("t") => in_text = false,
        Xml::Close("p") => {
            let words = std::mem::take(&mut text);
            match row.as_mut().and_then(|row| row.last_mut()) {
                Some(cell) if cell.is_empty() => words.trim().clone_into(cell),
                Some(cell) => {
                    cell.push(' ');
                    cell.push_str(words.trim());
                }
                None if is_number => {}
                None => pieces.extend(Piece::new(role, &words).map(|piece| piece.at(label))),
            }
        }
        Xml::Close("tr") => {
            let row = row.take().unwrap_or_default();
            let words = super::sheet::row(row.iter().map(String::as_str));
            pieces.extend(Piece::new(Role::Item, &words).map(|piece| piece.at(label)));
        }
        Xml::Text(_) | Xml::Close(_) => {}
    });
    if let Err(reason) = outcome {
        warnings.push(format!("{label}: {reason}"));
    }
    pieces
}
