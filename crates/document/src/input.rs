//! Files, folders and standard input: the only part of this crate that does I/O.
//!
//! Inputs are opened one after the other as the caller asks for documents, so that an archive of any size is read
//! in the memory of its largest article. The order is that of the arguments, within a folder that of the names.

use crate::error::DocumentError;
use crate::options::{ENDINGS, Format, Options};
use crate::{Outcome, read_line, read_text, take};
use lagebild_formats::{Found, Kind, Refusal};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, ErrorKind, Read, Seek};
use std::path::{Path, PathBuf};

/// The documents of all inputs, in order. A path is a file, a folder (all files below it whose ending is that of a
/// format) or `-` for standard input. What else stands in a folder is an error that says why it is skipped: every
/// file gives at least one outcome.
pub fn documents<'a>(paths: &[PathBuf], options: &'a Options) -> impl Iterator<Item = Outcome> + use<'a> {
    Documents {
        waiting: paths.iter().cloned().map(Task::Named).collect(),
        ready: VecDeque::new(),
        lines: None,
        members: None,
        options,
    }
}

/// The files in a folder and all below it, in order of their names, each with the reason where it is not to be opened.
/// Hidden ones and links to folders are not followed.
pub fn files(folder: &Path) -> std::io::Result<Vec<(PathBuf, Option<DocumentError>)>> {
    let mut found = Vec::new();
    for (path, skipped) in entries(folder)? {
        match skipped {
            Some(reason) if reason.is_hidden() => {}
            // What is taken away or locked in the meantime is no matter of the others.
            None if path.is_dir() => found.extend(files(&path).unwrap_or_default()),
            reason => found.push((path, reason)),
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// What a folder holds, in order of the names, each with the reason where it is not to be opened.
fn entries(folder: &Path) -> std::io::Result<Vec<(PathBuf, Option<DocumentError>)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let reason = skipped(&path);
        found.push((path, reason));
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}

/// What is still to be opened.
enum Task {
    /// A path that the caller named.
    Named(PathBuf),
    /// A file or folder found in a folder.
    Found(PathBuf),
    /// What was found in a folder and is not to be opened.
    Skipped(DocumentError),
}

struct Documents<'a> {
    waiting: VecDeque<Task>,
    ready: VecDeque<Outcome>,
    lines: Option<Lines>,
    /// What is still in a file that holds more than one text, or none that is plain.
    members: Option<Box<dyn Iterator<Item = Result<Found, Refusal>>>>,
    options: &'a Options,
}

impl Iterator for Documents<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.ready.pop_front() {
                return Some(outcome);
            }
            if let Some(lines) = &mut self.lines {
                match lines.next(self.options) {
                    Some(outcomes) => self.ready.extend(outcomes),
                    None => self.lines = None,
                }
                continue;
            }
            if let Some(members) = &mut self.members {
                match members.next() {
                    Some(found) => self.ready.extend(take(found, self.options)),
                    None => self.members = None,
                }
                continue;
            }
            let task = self.waiting.pop_front()?;
            if let Err(error) = self.open(task) {
                return Some(Err(error));
            }
        }
    }
}

impl Documents<'_> {
    fn open(&mut self, task: Task) -> Result<(), DocumentError> {
        let (path, named) = match task {
            Task::Named(path) => (path, true),
            Task::Found(path) => (path, false),
            Task::Skipped(reason) => return Err(reason),
        };
        let source = path.display().to_string();
        if source == "-" {
            let (head, stdin) = (head(std::io::stdin()), std::io::stdin());
            let head = head.map_err(|error| refused(&source, &error))?;
            let is_text = self.is_text(&source, &head);
            let whole = Cursor::new(head).chain(stdin);
            if is_text {
                return self.take(BufReader::new(whole), source);
            }
            self.members = Some(Box::new(lagebild_formats::open_stream(
                source,
                whole,
                self.options.limits(),
                self.options.recogniser.clone(),
            )));
            return Ok(());
        }
        let kind = std::fs::metadata(&path).map_err(|error| refused(&source, &error))?;
        if kind.is_dir() {
            return self.open_folder(&path, named);
        }
        let mut file = File::open(&path).map_err(|error| refused(&source, &error))?;
        let head = head(&mut file).map_err(|error| refused(&source, &error))?;
        if self.is_text(&source, &head) {
            return self.take(BufReader::new(Cursor::new(head).chain(file)), source);
        }
        // A pipe cannot be read from its beginning again.
        let members: Box<dyn Iterator<Item = _>> = if kind.is_file() && file.rewind().is_ok() {
            Box::new(lagebild_formats::open(
                source,
                file,
                self.options.limits(),
                self.options.recogniser.clone(),
            ))
        } else {
            Box::new(lagebild_formats::open_stream(
                source,
                Cursor::new(head).chain(file),
                self.options.limits(),
                self.options.recogniser.clone(),
            ))
        };
        self.members = Some(members);
        Ok(())
    }

    /// True for what is read here: a text, a page, JSON, a table.
    fn is_text(&self, source: &str, head: &[u8]) -> bool {
        self.options.format.is_some()
            || Format::of_name(source) == Some(Format::JsonLines)
            || Kind::of(source, head).is_none()
    }

    /// Reads an open input: JSON Lines as they are asked for, all else at once.
    fn take(&mut self, reader: impl BufRead + 'static, source: String) -> Result<(), DocumentError> {
        if self.options.format.or_else(|| Format::of_name(&source)) == Some(Format::JsonLines) {
            self.lines =
                Some(Lines { reader: Box::new(reader), source, number: 0, failed: false, some: false });
        } else {
            let bytes = read_all(reader, &source, self.options.max_bytes)?;
            self.ready.extend(read_text(&source, &bytes, self.options));
        }
        Ok(())
    }

    /// Puts what a folder holds before all that waits. Links to folders are not followed, so there are no circles.
    fn open_folder(&mut self, folder: &Path, named: bool) -> Result<(), DocumentError> {
        let name = folder.display().to_string();
        let found = entries(folder).map_err(|error| refused(&name, &error))?;
        let lacks_articles = named && !found.iter().any(|(path, _)| holds_article(path));
        for (path, skipped) in found.into_iter().rev() {
            self.waiting.push_front(skipped.map_or(Task::Found(path), Task::Skipped));
        }
        if lacks_articles {
            return Err(DocumentError::NoArticles { path: name, endings: endings() });
        }
        Ok(())
    }
}

fn endings() -> String {
    ENDINGS
        .map(|(ending, _)| ending)
        .into_iter()
        .chain(lagebild_formats::ENDINGS)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Why what was found in a folder is not opened; `None` for articles, folders, and what cannot be looked at (to open
/// it says why).
fn skipped(path: &Path) -> Option<DocumentError> {
    let name = path.display().to_string();
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    let kind = std::fs::metadata(path).ok()?;
    if file_name.starts_with('.') {
        return Some(DocumentError::Hidden { path: name });
    }
    if kind.is_dir() {
        return path.is_symlink().then_some(DocumentError::Link { path: name });
    }
    // A pipe or socket would be waited for.
    let what = match path.extension() {
        _ if !kind.is_file() => "neither a file nor a folder".to_owned(),
        _ if Format::of_name(&file_name).is_some() => return None,
        Some(ending) if is_known(&ending.to_string_lossy()) => return None,
        // Mail folders name files by numbers, and downloads have lost their endings.
        _ if File::open(path).and_then(head).is_ok_and(|head| Kind::of("", &head).is_some()) => return None,
        Some(ending) => format!(".{} files are not read", ending.to_string_lossy()),
        None => "a file without an ending is not read".to_owned(),
    };
    Some(DocumentError::Unsupported { path: name, what, endings: endings() })
}

/// True for the ending of a format that is taken apart.
fn is_known(ending: &str) -> bool {
    lagebild_formats::ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// The first bytes of a file.
fn head(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(8192).read_to_end(&mut head)?;
    Ok(head)
}

/// True for an article and for a folder with one somewhere below it. Links to folders are not followed.
fn holds_article(path: &Path) -> bool {
    let mut waiting = vec![path.to_path_buf()];
    while let Some(path) = waiting.pop() {
        if skipped(&path).is_some() {
            continue;
        }
        if !path.is_dir() {
            return true;
        }
        waiting.extend(std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    false
}

fn refused(path: &str, error: &std::io::Error) -> DocumentError {
    let path = path.to_string();
    match error.kind() {
        ErrorKind::NotFound => DocumentError::NotFound { path },
        _ => DocumentError::Unreadable { path, reason: error.to_string() },
    }
}

/// Reads to the end, but no more than one byte above the limit.
fn read_all(reader: impl Read, source: &str, max_bytes: u64) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    let read = reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes);
    match read {
        Err(error) => Err(refused(source, &error)),
        Ok(_) if bytes.len() as u64 > max_bytes => Err(DocumentError::too_large(source, max_bytes)),
        Ok(_) => Ok(bytes),
    }
}

/// JSON Lines, read line by line.
struct Lines {
    reader: Box<dyn BufRead>,
    source: String,
    number: u64,
    /// The file could not be read on.
    failed: bool,
    /// A line gave something.
    some: bool,
}

impl Lines {
    /// What the next line gives; `None` at the end of the file.
    fn next(&mut self, options: &Options) -> Option<Vec<Outcome>> {
        if self.failed {
            return None;
        }
        let mut line = Vec::new();
        let limit = options.max_bytes.saturating_add(2);
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut line);
        self.number += 1;
        match read {
            Ok(0) => {
                let empty = || vec![Err(DocumentError::Empty { source_name: self.source.clone() })];
                (!std::mem::replace(&mut self.some, true)).then(empty)
            }
            Ok(_) => {
                let whole = line.ends_with(b"\n");
                if line.len() as u64 >= limit && !whole {
                    self.failed = !self.skip_line();
                }
                let outcomes = read_line(&self.source, self.number, &line, options);
                self.some |= !outcomes.is_empty();
                Some(outcomes)
            }
            Err(error) => {
                self.failed = true;
                Some(vec![Err(refused(&self.source, &error))])
            }
        }
    }

    /// Skips what is left of a line that is too long. False when the file cannot be read on.
    fn skip_line(&mut self) -> bool {
        loop {
            let (used, ended) = match self.reader.fill_buf() {
                Ok([]) => return true,
                Ok(buffer) => match buffer.iter().position(|&byte| byte == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (buffer.len(), false),
                },
                Err(_) => return false,
            };
            self.reader.consume(used);
            if ended {
                return true;
            }
        }
    }
}
