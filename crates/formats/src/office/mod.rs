//! Office files: archives of XML, and RTF.

mod docx;
mod epub;
mod odf;
mod pptx;
pub(crate) mod rtf;
pub(crate) mod sheet;

use crate::budget::{Counted, Packed};
use crate::limits::Limits;
use crate::model::Written;
use crate::walk::{Place, Walk, sha256_of};
use std::io::{Read, Seek};
use std::rc::Rc;
use zip::ZipArchive;

/// What an archive of XML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Docx,
    Pptx,
    Xlsx,
    OpenDocument,
    Epub,
}

impl Format {
    /// The office format of an archive, by what it holds.
    pub(crate) fn of(archive: &mut ZipArchive<impl Read + Seek>) -> Option<Self> {
        let has = |archive: &ZipArchive<_>, name: &str| archive.index_for_name(name).is_some();
        if has(archive, "[Content_Types].xml") {
            return [
                ("word/document.xml", Self::Docx),
                ("ppt/presentation.xml", Self::Pptx),
                ("xl/workbook.xml", Self::Xlsx),
            ]
            .into_iter()
            .find(|(name, _)| has(archive, name))
            .map(|(_, format)| format);
        }
        if has(archive, "META-INF/container.xml") && !has(archive, "content.xml") {
            return Some(Self::Epub);
        }
        (has(archive, "content.xml") && has(archive, "mimetype")).then_some(Self::OpenDocument)
    }
}

/// The parts of an office file, by name, each unpacked within the limits.
pub(crate) struct Parts<'a, R> {
    archive: &'a mut ZipArchive<R>,
    limits: Limits,
    budget: Rc<crate::budget::Budget>,
    left: u64,
}

impl<R: Read + Seek> Parts<'_, R> {
    /// A part; `None` where there is none.
    pub(crate) fn get(&mut self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| format!("{name}: {error}"))?;
        let counted = Counted::new(entry, Rc::clone(&self.budget), self.limits, Packed::No);
        let mut bytes = Vec::new();
        let most = self.left;
        counted
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("broken or cut off in {name}: {error}"))?;
        self.left = most
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| format!("its parts unpack to more than {} MiB", self.limits.max_bytes >> 20))?;
        Ok(Some(bytes))
    }

    /// Refuses a file whose parts of this folder unpack to more than the limits allow, before another reads them.
    pub(crate) fn weigh(&mut self, folder: &str) -> Result<(), String> {
        for name in self.names(folder, "") {
            self.get(&name)?;
        }
        Ok(())
    }

    /// Names of parts that begin and end so, in the order of the numbers in them.
    pub(crate) fn names(&self, start: &str, end: &str) -> Vec<String> {
        let fits = |name: &&str| name.starts_with(start) && name.ends_with(end);
        let mut names: Vec<String> = self.archive.file_names().filter(fits).map(str::to_owned).collect();
        names.sort_by_key(|name| (number(name), name.clone()));
        names
    }
}

/// The number in a name.
pub(crate) fn number(name: &str) -> u64 {
    let digits: String = name.chars().filter(char::is_ascii_digit).take(12).collect();
    digits.parse().unwrap_or_default()
}

/// Hands on the text of an office file.
pub(crate) fn read<R: Read + Seek>(
    walk: &mut Walk,
    place: &Place,
    mut archive: ZipArchive<R>,
    format: Format,
) {
    let (limits, budget) = (*walk.limits, Rc::clone(&walk.budget));
    let mut parts = Parts { archive: &mut archive, limits, budget, left: limits.max_bytes };
    let core = match format {
        Format::OpenDocument => parts.get("meta.xml"),
        _ => parts.get("docProps/core.xml"),
    };
    let about = about(&core.ok().flatten().unwrap_or_default());
    let (name, written) = match format {
        Format::Docx => ("docx", docx::read(&mut parts)),
        Format::Pptx => ("pptx", pptx::read(&mut parts)),
        Format::Xlsx => ("xlsx", parts.weigh("xl/").map(|()| Written::default())),
        Format::OpenDocument => odf::read(&mut parts),
        Format::Epub => ("epub", epub::read(&mut parts)),
    };
    let mut file = archive.into_inner();
    let written = match written {
        Ok(_) if format == Format::Xlsx => sheet::xlsx(&mut file),
        written => written,
    };
    match written {
        Ok(mut written) => {
            let mut place = place.clone();
            place.origin.author = place.origin.author.or(about.author);
            written.title = written.title.or(about.title);
            let sha256 = file.rewind().map(|()| sha256_of(file)).unwrap_or_default();
            walk.written(&place, name, written, sha256);
        }
        Err(reason) => walk.refuse(place, reason),
    }
}

#[derive(Default)]
struct About {
    title: Option<String>,
    author: Option<String>,
}

/// Title and author as the properties of a file give them.
fn about(xml: &[u8]) -> About {
    let (mut about, mut own) = (About::default(), String::new());
    let _ = crate::xml::walk(xml, &mut |event| match event {
        crate::xml::Xml::Open(element) => element.name.clone_into(&mut own),
        crate::xml::Xml::Close(_) => own.clear(),
        crate::xml::Xml::Text(text) => {
            let field = match own.as_str() {
                "title" => &mut about.title,
                "creator" => &mut about.author,
                _ => return,
            };
            if !text.trim().is_empty() {
                *field = Some(text.trim().to_owned());
            }
        }
    });
    about
}
