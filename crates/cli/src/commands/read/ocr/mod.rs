//! Scanned pages: their words are recognised by tesseract, where it is installed. Programs are run here, where files are
//! opened, and in no stage after it.

mod program;
mod seen;

use lagebild_formats::{Picture, Program, Recognise, Recogniser, SeenParagraph};
use program::Tesseract;
use rayon::prelude::*;
use serde::Deserialize;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, OnceLock};

/// What tesseract calls languages, and how it is installed (`data/ocr.yaml`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    install: String,
    most: usize,
    languages: Vec<Language>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    code: String,
    names: Vec<String>,
}

static DATA: LazyLock<Result<Data, String>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/ocr.json"));
    lagebild_data::embedded("data/ocr.yaml", json).map_err(|error| error.to_string())
});

/// What recognises scanned pages, or refuses them with the reason why not.
pub(crate) fn recogniser(allowed: bool, language: Option<&str>) -> Recogniser {
    let language = language.map(str::to_owned);
    Recogniser(Some(Arc::new(Reader { allowed, language, found: OnceLock::new() })))
}

/// What recognises pages here, in a sentence, or what to install.
pub(crate) fn told() -> Result<String, String> {
    let reader = Reader { allowed: true, language: None, found: OnceLock::new() };
    let program = reader.program()?;
    Ok(format!("{} ({})", program.name, program.languages.join(", ")))
}

/// Shows pages to tesseract, which is looked for at the first one.
struct Reader {
    allowed: bool,
    /// The language of all inputs, where it is given.
    language: Option<String>,
    found: OnceLock<Result<Tesseract, String>>,
}

impl Reader {
    fn tesseract(&self) -> Result<&Tesseract, String> {
        let found = self.found.get_or_init(|| {
            if !self.allowed {
                return Err("its words are not recognised (--no-ocr)".into());
            }
            let data = DATA.as_ref().map_err(Clone::clone)?;
            let path = on_path().ok_or_else(|| missing(data))?;
            let installed = Tesseract::installed(&path)?;
            let languages = chosen(data, &installed, self.language.as_deref())?;
            Tesseract::new(path, languages, installed.iter().any(|name| name == "osd"))
        });
        found.as_ref().map_err(Clone::clone)
    }
}

impl Recognise for Reader {
    fn program(&self) -> Result<Program, String> {
        let tesseract = self.tesseract()?;
        Ok(Program { name: tesseract.version.clone(), languages: tesseract.languages.clone() })
    }

    fn read(&self, pictures: &[Picture]) -> Vec<Result<Vec<SeenParagraph>, String>> {
        let read = |picture: &Picture| self.tesseract()?.read(picture).map(|table| seen::paragraphs(&table));
        pictures.par_iter().map(read).collect()
    }
}

fn missing(data: &Data) -> String {
    format!("install tesseract and read it again, its words are then recognised ({})", data.install)
}

/// The program in the folders where programs are.
fn on_path() -> Option<PathBuf> {
    let name = format!("tesseract{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH")?;
    // What lies where the user happens to be is not run.
    let folders = std::env::split_paths(&folders).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// The names of the languages to recognise: those of the language that is given, else the first that are installed.
fn chosen(data: &Data, installed: &[String], language: Option<&str>) -> Result<Vec<String>, String> {
    let primary = language.map(|code| code.split(['-', '_']).next().unwrap_or(code));
    let wanted = data.languages.iter().filter(|one| primary.is_none_or(|code| one.code == code));
    let mut names: Vec<String> = Vec::new();
    let mut lacking: Vec<&str> = Vec::new();
    for name in wanted.flat_map(|one| &one.names) {
        if !installed.contains(name) {
            lacking.push(name);
        } else if !names.contains(name) && names.len() < data.most {
            names.push(name.clone());
        }
    }
    match (names.is_empty(), language) {
        (false, _) => Ok(names),
        (true, None) => Err(format!("tesseract has no language here ({})", data.install)),
        (true, Some(code)) if lacking.is_empty() => {
            Err(format!("tesseract has no words for the language {code}"))
        }
        (true, Some(code)) => Err(format!(
            "tesseract lacks the language {code} here: install {} (Debian and Ubuntu: apt install tesseract-ocr-{})",
            lacking.join(" or "),
            lacking.first().map(|name| name.replace('_', "-")).unwrap_or_default()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_those_asked_for_or_the_first_installed() {
        let data = DATA.as_ref().unwrap();
        let installed =
            ["deu", "eng", "osd", "chi_tra", "rus", "fra", "ukr", "spa", "ara"].map(str::to_owned);
        let names = |language| chosen(data, &installed, language);
        assert_eq!(names(Some("de-AT")).unwrap(), ["deu"]);
        assert_eq!(names(Some("zh")).unwrap(), ["chi_tra"]);
        assert_eq!(names(None).unwrap(), ["eng", "deu", "rus", "fra", "ukr", "spa"]);
        assert!(names(Some("pl")).unwrap_err().contains("apt install tesseract-ocr-pol"));
        assert!(chosen(data, &["osd".to_owned()], None).is_err());
    }

    #[test]
    fn every_language_that_is_told_apart_has_a_name() {
        let data = DATA.as_ref().unwrap();
        let lacking: Vec<&str> = lagebild_document::languages()
            .into_iter()
            .filter(|code| !data.languages.iter().any(|one| one.code == *code))
            .collect();
        assert!(lacking.is_empty(), "data/ocr.yaml lacks {lacking:?}");
    }
}
