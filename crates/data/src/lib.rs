//! Data files that a non-programmer reads and corrects: YAML in, typed records out, and an error that names
//! file, line and field.
//!
//! The shipped files are turned into JSON while building ([`embed`]), because JSON is parsed at start-up in a
//! fraction of the time; the same YAML is what tests validate and what a user may override.

use serde::de::DeserializeOwned;
use std::path::Path;

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

/// For `build.rs`: writes each YAML file as JSON to `$OUT_DIR/<stem>.json` (a slash in `name` becomes `-`).
///
/// # Panics
/// When a file cannot be read or is not YAML: the build stops with its name.
#[expect(clippy::panic, clippy::unwrap_used, reason = "a build script stops by panicking")]
pub fn embed(dir: &str, names: &[&str]) {
    let out = std::env::var("OUT_DIR").unwrap();
    for name in names {
        let path = Path::new(dir).join(format!("{name}.yaml"));
        println!("cargo::rerun-if-changed={}", path.display());
        let yaml = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let value: serde_json::Value =
            parse(&path.display().to_string(), &yaml).unwrap_or_else(|e| panic!("{e}"));
        let target = Path::new(&out).join(format!("{}.json", name.replace('/', "-")));
        std::fs::write(target, serde_json::to_vec(&value).unwrap()).unwrap();
    }
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
