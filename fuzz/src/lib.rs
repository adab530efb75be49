//! What each fuzz target does with foreign bytes. A target fails by panicking; errors are values and are welcome.

use lagebild_data::parse;
use lagebild_document::{Format, Options, read};
use lagebild_names::{Name, NameKind};
use lagebild_screen::{Index, List, Query};
use lagebild_watchlist::readers::{
    self, FORMATS, OfacCsv, UkTables, read_list, read_ofac_csv, read_uk_tables,
};
use lagebild_watchlist::store::{Addition, Care, Store};
use lagebild_watchlist::{Watchlist, readers::ListReading};
use std::path::PathBuf;
use std::sync::LazyLock;

/// A target: its name, what it does, and where inputs to begin with lie, from the root of the repository.
pub type Target = (&'static str, fn(&[u8]), &'static [&'static str]);

/// All targets.
pub const TARGETS: &[Target] = &[
    ("document", document, &["crates/document/tests/articles", "data/demo", "fuzz/seeds/formats"]),
    ("list", list, &["fuzz/seeds/list"]),
    ("store", store, &["fuzz/seeds/store"]),
    ("index", index, &["fuzz/seeds/index"]),
    ("conllu", conllu, &["fuzz/seeds/conllu"]),
    ("passages", passages, &["fuzz/seeds/passages"]),
    ("yaml", yaml, &["data/lexicon/fr", "data/lists", "crates/eval/tests/gold"]),
    ("entity", entity, &["fuzz/seeds/entity"]),
    ("names", names, &["fuzz/seeds/names"]),
    ("request", request, &["fuzz/seeds/request"]),
];

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The inputs of a target that takes several: parted by lines of `%%`.
fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    const MARK: &[u8] = b"\n%%\n";
    let mut rest = bytes;
    std::array::from_fn(|_| {
        let at = rest.windows(MARK.len()).position(|window| window == MARK);
        let (part, after) = at.map_or((rest, &[][..]), |at| (&rest[..at], &rest[at + MARK.len()..]));
        rest = after;
        part
    })
}

/// Articles in every format, the guessed one first.
pub fn document(bytes: &[u8]) {
    use Format::{Html, Json, JsonLines, Markdown, Text};
    for format in [None, Some(Text), Some(Markdown), Some(Html), Some(Json), Some(JsonLines)] {
        let options = Options { format, ..Options::default() };
        for document in read("any", bytes, &options).iter().flatten() {
            for block in &document.blocks {
                assert!(block.span.fits(&document.text));
            }
        }
    }
}

/// Publishers' lists: in the format that they show, else in one chosen by their length.
pub fn list(bytes: &[u8]) {
    let head = &bytes[..bytes.len().min(1000)];
    let format = readers::Format::guess(&text(head)).unwrap_or(FORMATS[bytes.len() % FORMATS.len()]);
    let check = |reading: &ListReading| assert!(reading.parties.iter().all(|party| !party.names.is_empty()));
    check(&read_list(bytes, format, "any"));
    let [parties, aliases, addresses, comments, more] = parts(bytes);
    check(&read_ofac_csv(OfacCsv { parties, aliases, addresses, comments }, "any"));
    let tables = UkTables {
        subjects: parties,
        names: aliases,
        births: addresses,
        identifiers: comments,
        countries: more,
    };
    check(&read_uk_tables(tables, "any"));
}

/// A store with one list, whose files are overwritten: the record of versions, and the parties.
static STORE: LazyLock<(tempfile::TempDir, PathBuf, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("given.json");
    std::fs::write(&file, include_bytes!("../seeds/store.ftm.json")).expect("a file");
    let files = [file];
    let today = jiff::civil::date(2025, 1, 2);
    let addition = Addition { name: "any", files: &files, source: "fuzz", today, care: Care::Force };
    Store::new(folder.path()).add(&addition).expect("a list");
    let inside: Vec<PathBuf> = std::fs::read_dir(folder.path().join("any"))
        .expect("a list")
        .map(|entry| entry.expect("a file").path())
        .collect();
    let (versions, parties): (Vec<_>, Vec<_>) =
        inside.into_iter().partition(|path| path.ends_with("versions.json"));
    (folder, versions[0].clone(), parties[0].clone())
});

/// The files of the list store, damaged: the record of versions, then the parties (empty: left as they are).
pub fn store(bytes: &[u8]) {
    let (folder, versions, file) = &*STORE;
    let [manifest, parties] = parts(bytes);
    std::fs::write(versions, manifest).expect("the folder is ours");
    if !parties.is_empty() {
        std::fs::write(file, parties).expect("the folder is ours");
    }
    let store = Store::new(folder.path());
    let _ = store.entries();
    let _ = store.versions("any");
    let _ = store.parties("any");
    let _ = store.watchlist(&[], None);
}

static INDEX: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let list = List {
        stamp: lagebild_screen::ListStamp::default(),
        parties: Watchlist::starter().parties().to_vec(),
    };
    lagebild_screen::compile(&[list])
});

/// The stored index: the bytes themselves, and as changes (place, value) to a sound one.
pub fn index(bytes: &[u8]) {
    let mut changed = INDEX.clone();
    for change in bytes.chunks_exact(4) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % changed.len();
        changed[at] ^= change[3];
    }
    for bytes in [bytes.to_vec(), changed] {
        if let Some(index) = Index::from_bytes(bytes) {
            let _ = index.screen(&Query::name("Kim Jong Un", None), &lagebild_screen::Options::default());
        }
    }
}

/// Treebanks and name corpora.
pub fn conllu(bytes: &[u8]) {
    let text = text(bytes);
    let _ = lagebild_grammar::read_conllu(&text);
    let _ = lagebild_grammar::read_germeval(&text);
}

/// Corpora of passages, plain and packed, and of events.
pub fn passages(bytes: &[u8]) {
    let text = text(bytes);
    let _ = lagebild_eval::corpus::passages("any.md", &text);
    let _ = lagebild_eval::corpus::packed("any.md.xz", bytes);
    let _ = lagebild_eval::transfers::event_document(&text);
}

/// The YAML that people correct.
pub fn yaml(bytes: &[u8]) {
    let text = text(bytes);
    let _ = parse::<serde_json::Value>("any.yaml", &text);
    let _ = parse::<lagebild_eval::Gold>("any.yaml", &text);
}

/// `FollowTheMoney` entities.
pub fn entity(bytes: &[u8]) {
    if let Ok(mut entity) = lagebild_ftm::Entity::parse(&text(bytes)) {
        entity.set_caption();
    }
}

/// Names: cut, read aloud, compared; and spotted in text. None is more like another than it is like itself.
pub fn names(bytes: &[u8]) {
    let [one, other] = parts(bytes);
    let (one, other) = (text(one), text(other));
    let (a, b) = (Name::parse(&one, NameKind::Other), Name::parse(&other, NameKind::Other));
    let likeness = lagebild_names::score(&a, &b, lagebild_names::Options::default());
    assert!((0.0..=1.0).contains(&likeness), "{likeness}");
    for spotted in Watchlist::starter().spot(&one, None) {
        assert!(spotted.span.fits(&one));
    }
}

static SERVICE: LazyLock<(tempfile::TempDir, tokio::runtime::Runtime, axum::Router)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = lagebild_server::Settings { lists: folder.path().into(), ..Default::default() };
    let app = lagebild_server::App::start(settings).expect("the service starts");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    (folder, runtime, lagebild_server::router(app))
});

/// Requests: a path on the first line, the body after it.
pub fn request(bytes: &[u8]) {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;
    let (_, runtime, service) = &*SERVICE;
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (path, body) = (text(&bytes[..at]), bytes.get(at + 1..).unwrap_or_default().to_vec());
    let method = if body.is_empty() { "GET" } else { "POST" };
    let request = Request::builder().method(method).uri(&*path).header("host", "localhost");
    let Ok(request) = request.header("content-type", "application/json").body(Body::from(body)) else {
        return;
    };
    let answer = runtime.block_on(service.clone().oneshot(request)).expect("an answer");
    assert!(answer.status().as_u16() != 500, "the server failed at {path}");
}
