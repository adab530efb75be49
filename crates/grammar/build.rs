//! Turns the segmentation lexicons into the form that is embedded, and lists the models that are shipped.

use std::fmt::Write;
use std::path::Path;

fn main() {
    lagebild_data::embed(
        "../../data/lexicon",
        &["de/grammar", "de/grammar-subjunctive", "en/grammar", "fr/grammar", "ru/grammar"],
    );
    list_models(Path::new("../../data/models"));
}

/// Writes `$OUT_DIR/models.rs`: pairs of a language and the bytes of `data/models/<language>.model`.
#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn list_models(folder: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "model"));
    paths.sort();
    let mut list = String::from("[\n");
    for path in paths {
        println!("cargo::rerun-if-changed={}", path.display());
        let (language, whole) = (path.file_stem().unwrap().display(), path.canonicalize().unwrap());
        writeln!(list, "(\"{language}\", include_bytes!(r\"{}\").as_slice()),", whole.display()).unwrap();
    }
    list.push(']');
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(Path::new(&out).join("models.rs"), list).unwrap();
}
