//! All languages of a folder.

use crate::language::{Content, Language};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// Languages by code; cheap to clone.
#[derive(Clone, Debug)]
pub struct Languages(Arc<BTreeMap<String, Language>>);

/// A folder of languages that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub error: std::io::Error,
}

type Embedded = &'static [(&'static str, &'static [(&'static str, &'static str)])];
const SHIPPED: Embedded = &include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Languages {
    /// The languages that ship with the program.
    pub fn shipped() -> &'static Self {
        static ALL: LazyLock<Languages> = LazyLock::new(|| {
            let language = |(code, files): &(&str, &[(&str, &'static str)])| {
                let files = files.iter().map(|(name, json)| ((*name).to_owned(), Content::Json(json)));
                ((*code).to_owned(), Language::new(code, files.collect()))
            };
            Languages(Arc::new(SHIPPED.iter().map(language).collect()))
        });
        &ALL
    }

    /// The languages of a folder: each folder in it is one.
    ///
    /// # Errors
    /// A folder or file that cannot be read. What a file holds is read by the stages ([`Language::problems`]).
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        let mut languages = BTreeMap::new();
        for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
            let mut files = BTreeMap::new();
            for file in
                entries(&path)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "yaml"))
            {
                let text = std::fs::read_to_string(&file)
                    .map_err(|error| ReadError { path: file.clone(), error })?;
                files.insert(name(file.file_stem()), Content::Yaml(text));
            }
            let code = name(path.file_name());
            languages.insert(code.clone(), Language::new(&code, files));
        }
        Ok(Self(Arc::new(languages)))
    }

    /// The language of that folder.
    pub fn get(&self, code: &str) -> Option<&Language> {
        self.0.get(code)
    }

    /// The language of a BCP 47 code; one without files where there is no folder for it.
    pub fn of(&self, code: &str) -> Language {
        let code = code.split(['-', '_']).next().unwrap_or(code);
        self.0.get(code).cloned().unwrap_or_else(|| Language::new(code, BTreeMap::new()))
    }

    /// All of them, in order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &Language> {
        self.0.values()
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let failed = |error| ReadError { path: folder.to_owned(), error };
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(failed)?;
    paths.sort();
    Ok(paths)
}

fn name(stem: Option<&std::ffi::OsStr>) -> String {
    stem.unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;
    use lagebild_data::DataError;

    struct Words(Vec<String>);

    impl Lexicon for Words {
        fn of(language: &Language) -> Result<Option<Self>, DataError> {
            Ok(language.read("words")?.map(Words))
        }
    }

    fn languages(yaml: &str) -> (tempfile::TempDir, Languages) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("xx")).unwrap();
        std::fs::write(folder.path().join("xx/words.yaml"), yaml).unwrap();
        let languages = Languages::read(folder.path()).unwrap();
        (folder, languages)
    }

    #[test]
    fn a_folder_is_a_language() {
        let (_folder, languages) = languages("[no, yes]");
        let language = languages.of("xx-Latn");
        assert_eq!(language.lexicon::<Words>().unwrap().0, ["no", "yes"]);
        assert!(language.problems().is_empty());
        assert!(languages.of("yy").lexicon::<Words>().is_none());
    }

    #[test]
    fn a_wrong_file_is_a_problem_with_its_line() {
        let (_folder, languages) = languages("- fine\n- [not]\n");
        let language = languages.of("xx");
        assert!(language.lexicon::<Words>().is_none());
        assert!(language.lexicon::<Words>().is_none());
        let problems = language.problems();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].line, problems[0].file.as_str()), (2, "data/lexicon/xx/words.yaml"));
    }

    #[test]
    fn every_byte_counts_in_the_hash() {
        let hash = |yaml| languages(yaml).1.of("xx").hash().to_owned();
        assert_ne!(hash("[no]"), hash("[on]"));
        assert_eq!(hash("[no]"), hash("[no]"));
    }

    #[test]
    fn languages_ship() {
        assert!(Languages::shipped().iter().any(|language| language.files().count() > 5));
    }
}
