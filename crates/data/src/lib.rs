//! Data files that a non-programmer reads and corrects: YAML in, typed records out, and an error that names
//! file, line and field.
//!
//! The shipped files are turned into JSON while building ([`embed`]), because JSON is parsed at start-up in a
//! fraction of the time; the same YAML is what tests validate and what a user may override.
//!
//! Knows YAML and where an entry stands. It must not know what any file means: schemas belong to the crates that read
//! them.

use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A wrong entry in a data file.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{file}:{line}: field `{field}`: {message}")]
pub struct DataError {
    /// The file as it was named to the loader.
    pub file: String,
    /// Line of the entry, from 1; 0 when it is not known.
    pub line: u64,
    /// Path of the field, such as `measures[3].in_force_from`; `.` for the file as a whole.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// Reads a YAML text as `T`. `file` is used in errors only.
///
/// # Errors
/// The first entry that is not as the schema wants it, with its line and field.
pub fn parse<T: DeserializeOwned>(file: &str, yaml: &str) -> Result<T, DataError> {
    let mut path = String::from(".");
    // Only `true` and `false` are truth values: `no`, `on` and `off` are words that lexicons need.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::with_deserializer_from_str_with_options(yaml, options, |de| {
        let mut track = serde_path_to_error::Track::new();
        let value = T::deserialize(serde_path_to_error::Deserializer::new(de, &mut track));
        if value.is_err() {
            path = track.path().to_string();
        }
        value
    })
    .map_err(|error| located(file, &error, path))
}

/// The message alone: the loader adds the place itself.
fn plain(error: &serde_saphyr::Error) -> String {
    let message = error.without_snippet().to_string();
    message.lines().next().unwrap_or_default().to_string()
}

fn located(file: &str, error: &serde_saphyr::Error, field: String) -> DataError {
    let line = error.location().map_or(0, |at| at.line());
    let message = plain(error);
    DataError { file: file.into(), line, field, message }
}

/// Reads data that [`embed`] wrote.
///
/// # Errors
/// When the embedded form does not fit `T` (a mismatch between `build.rs` and the crate, found by its tests).
pub fn embedded<T: DeserializeOwned>(file: &str, json: &str) -> Result<T, DataError> {
    serde_json::from_str(json).map_err(|error| DataError {
        file: file.into(),
        line: error.line() as u64,
        field: ".".into(),
        message: error.to_string(),
    })
}

/// For `build.rs`: writes each YAML file as JSON to `$OUT_DIR/<name>.json` (a slash in `name` becomes `-`) and
/// sets the environment variable `DATA_HASH` of the crate: SHA-256 of all of them, for the stamp of a reading.
///
/// # Panics
/// When a file cannot be read or is not YAML: the build stops with its name.
pub fn embed(dir: &str, names: &[&str]) {
    let mut hash = Sha256::new();
    for name in names {
        let json = to_json(&Path::new(dir).join(format!("{name}.yaml")));
        hash.update(json.to_string());
        write(&name.replace('/', "-"), &json);
    }
    publish(hash);
}

/// For `build.rs`: sets the environment variable `BUILD_HASH` of the crate: SHA-256 of these files and folders, and of the lock
/// file, which stands for the dependencies. What is kept of a program's work can say by it which program made it, without anybody
/// having to remember a number.
pub fn hash_sources(sources: &[&str]) {
    let mut digest = Sha256::new();
    for source in sources.iter().chain(&["../../Cargo.lock"]) {
        println!("cargo::rerun-if-changed={source}");
        for file in files(Path::new(source)) {
            digest.update(std::fs::read(file).unwrap_or_default());
            digest.update([0]);
        }
    }
    println!("cargo::rustc-env=BUILD_HASH={:x}", digest.finalize());
}

/// The file, or all files of a folder, in order of path.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return vec![path.into()] };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| files(path)).collect()
}

/// For `build.rs`: embeds the YAML files of each folder in `dir`, as `$OUT_DIR/<target>`: a Rust expression, a list of folder
/// and files, each file with its name and its content as JSON.
///
/// # Panics
/// As [`embed`].
#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
pub fn embed_folders(dir: &str, target: &str) {
    println!("cargo::rerun-if-changed={dir}");
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in yaml_files(Path::new(dir)) {
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let folder = name(path.parent().and_then(Path::file_name));
        let file = name(path.file_stem());
        write(&format!("{folder}-{file}"), &to_json(&path));
        let json = Path::new(&std::env::var("OUT_DIR").unwrap()).join(format!("{folder}-{file}.json"));
        folders
            .entry(folder)
            .or_default()
            .push(format!("({file:?}, include_str!({:?}))", json.to_string_lossy()));
    }
    let rows = folders.iter().map(|(folder, files)| format!("({folder:?}, &[{}] as &[_])", files.join(", ")));
    let list = format!("[{}]", rows.collect::<Vec<_>>().join(",\n"));
    std::fs::write(Path::new(&std::env::var("OUT_DIR").unwrap()).join(target), list).unwrap();
}

/// The YAML files of a folder and its subfolders, in order of path.
pub fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort();
    let nested =
        paths.into_iter().flat_map(|path| if path.is_dir() { yaml_files(&path) } else { vec![path] });
    nested.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect()
}

#[expect(clippy::panic, reason = "a build script stops by panicking")]
fn to_json(path: &Path) -> Value {
    println!("cargo::rerun-if-changed={}", path.display());
    let yaml = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    parse(&path.display().to_string(), &yaml).unwrap_or_else(|e| panic!("{e}"))
}

#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn write(name: &str, json: &Value) {
    let target = Path::new(&std::env::var("OUT_DIR").unwrap()).join(format!("{name}.json"));
    std::fs::write(target, json.to_string()).unwrap();
}

fn publish(hash: Sha256) {
    println!("cargo::rustc-env=DATA_HASH={:x}", hash.finalize());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        #[expect(dead_code, reason = "only its type matters here")]
        day: u8,
    }

    #[test]
    fn names_file_line_and_field_of_a_wrong_value() {
        let error = parse::<Vec<Row>>("rows.yaml", "- day: 1\n- day: many\n").unwrap_err();
        assert_eq!((error.line, error.field.as_str()), (2, "[1].day"));
        assert!(error.to_string().starts_with("rows.yaml:2: field `[1].day`"), "{error}");
    }

    #[test]
    fn short_words_are_words() {
        let value = parse::<serde_json::Value>("words.yaml", "words: [no, on, off, yes, y]").unwrap();
        assert_eq!(value["words"], serde_json::json!(["no", "on", "off", "yes", "y"]));
    }

    #[test]
    fn names_an_unknown_field_and_a_broken_file() {
        assert!(parse::<Vec<Row>>("rows.yaml", "- day: 1\n  dya: 2\n").unwrap_err().message.contains("dya"));
        assert!(parse::<Vec<Row>>("rows.yaml", "- day: [1\n").unwrap_err().line > 0);
    }
}
