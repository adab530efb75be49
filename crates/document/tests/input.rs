//! Files, folders and what can be wrong with them.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::{Options, input};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lagebild-input-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the inputs give: the source of each document, or the error; without the folder's own name.
fn outcomes(folder: &Folder, paths: &[PathBuf], options: &Options) -> Vec<String> {
    let base = format!("{}/", folder.0.display());
    let shown = |outcome: Result<lagebild_document::Document, lagebild_document::DocumentError>| match outcome
    {
        Ok(document) => document.source,
        Err(error) => error.to_string(),
    };
    input::documents(paths, options).map(|outcome| shown(outcome).replace(&base, "")).collect()
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let folder = Folder::new("order");
    folder.write("b.txt", b"Kim in Moskau.");
    folder.write("a/2.md", b"# Kim");
    folder.write("a/1.html", b"<p>Kim in Moskau.</p>");
    folder.write("c.jsonl", b"{\"text\": \"Eins.\"}\n\nno\n{\"text\": \"Vier.\"}");
    folder.write(".hidden.txt", b"x");
    folder.write("picture.png", b"x");
    let found = outcomes(&folder, std::slice::from_ref(&folder.0), &Options::default());
    let (errors, sources): (Vec<String>, Vec<String>) =
        found.into_iter().partition(|shown| shown.contains(' '));
    assert_eq!(sources, ["a/1.html", "a/2.md", "b.txt", "c.jsonl:1", "c.jsonl:4"]);
    let [hidden, broken, picture] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(hidden, ".hidden.txt: hidden");
    assert!(broken.starts_with("c.jsonl:3: broken JSON"), "{broken}");
    assert!(picture.starts_with("picture.png: .png files are not read; articles end in txt"), "{picture}");
}

#[test]
fn one_bad_input_does_not_stop_the_others() {
    let folder = Folder::new("bad");
    let good = folder.write("good.txt", b"Kim in Moskau.");
    let empty = folder.write("empty.txt", b"");
    let binary = folder.write("report.txt", b"%PDF-1.7");
    let bare = folder.0.join("bare");
    fs::create_dir(&bare).unwrap();
    let missing = folder.0.join("missing.txt");
    let found = outcomes(&folder, &[missing, bare, empty, binary, good], &Options::default());
    assert_eq!(found.len(), 5);
    assert_eq!(found.first().unwrap(), "missing.txt: no such file or folder");
    assert!(found.get(1).unwrap().starts_with("bare: the folder holds no articles (looked for txt, "));
    assert_eq!(found.get(2).unwrap(), "empty.txt: empty");
    assert!(found.get(3).unwrap().contains("a PDF that is broken or cut off"));
    assert_eq!(found.get(4).unwrap(), "good.txt");
}

#[test]
fn the_limit_counts_for_files_and_for_lines() {
    let folder = Folder::new("limit");
    let options = Options { max_bytes: 100, ..Options::default() };
    let long = "x".repeat(5_000);
    let file = folder.write("long.txt", long.as_bytes());
    let lines =
        folder.write("l.jsonl", format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Kurz.\"}}\n").as_bytes());
    let found = outcomes(&folder, &[file, lines], &options);
    assert!(found.first().unwrap().starts_with("long.txt: larger than 1 MiB"), "{found:?}");
    assert!(found.get(1).unwrap().starts_with("l.jsonl:1: larger than"), "{found:?}");
    assert_eq!(found.get(2).unwrap(), "l.jsonl:2");
}

#[cfg(unix)]
#[test]
fn circles_of_links_end_and_refusals_are_said() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("links");
    let secret = folder.write("a.txt", b"Kim in Moskau.");
    symlink(&folder.0, folder.0.join("circle")).unwrap();
    symlink(&secret, folder.0.join("b.txt")).unwrap();
    let found = outcomes(&folder, std::slice::from_ref(&folder.0), &Options::default());
    let link = "circle: a link to a folder is not followed; name it on the command line";
    assert_eq!(found, ["a.txt", "b.txt", link]);
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&secret).is_err() {
        let found = outcomes(&folder, &[secret], &Options::default());
        assert!(found.first().unwrap().starts_with("a.txt: cannot be read: "), "{found:?}");
    }
}

#[test]
fn unknown_endings_are_told_by_content() {
    let folder = Folder::new("unknown");
    let page = folder.write("page", b"<!doctype html><html lang=en><title>Kim is here - Site</title><body><h1>Kim is here</h1><p>The train has arrived.</p>");
    let options = Options::default();
    let document = input::documents(&[page], &options).next().unwrap().unwrap();
    assert_eq!((document.title.as_deref(), document.language.as_deref()), (Some("Kim is here"), Some("en")));
    assert!(!document.text.contains('<'));
    assert!(Path::new(&document.source).is_absolute());
}

#[test]
fn every_file_of_a_folder_is_accounted_for() {
    let folder = Folder::new("account");
    folder.write("a.txt", b"Kim in Moskau.");
    folder.write("b.pdf", b"%PDF-1.7");
    folder.write("c", b"Kim in Moskau.");
    folder.write("d/e.docx", b"PK");
    folder.write("f.jsonl", b"\n");
    folder.write("g.txt", b"  \n");
    let found: Vec<_> = input::documents(std::slice::from_ref(&folder.0), &Options::default())
        .map(|outcome| match outcome {
            Ok(document) => (document.source, "read", String::new()),
            Err(error) if error.is_skipped() => (error.input(), "skipped", error.reason()),
            Err(error) => (error.input(), "failed", error.reason()),
        })
        .map(|(input, state, reason)| {
            let name = input.rsplit('/').next().unwrap_or_default().to_owned();
            (name, state, reason.split(';').next().unwrap_or_default().to_owned())
        })
        .collect();
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (a.as_str(), *b, c.as_str())).collect();
    let wanted = [
        ("a.txt", "read", ""),
        ("b.pdf", "failed", "a PDF that is broken or cut off: no pages can be found in it"),
        ("c", "skipped", "a file without an ending is not read"),
        ("e.docx", "failed", "named .docx, but it is none"),
        ("f.jsonl", "failed", "empty"),
        ("g.txt", "failed", "empty"),
    ];
    assert_eq!(found, wanted);
}
