//! Languages as folders: what ships can be read whole, and a new folder is a new language.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::Options;
use lagebild_language::Languages;
use lagebild_reading::{Knowledge, Reading, Stamp, prepare, read};
use std::path::{Path, PathBuf};

fn reading(text: &str, languages: &Languages, code: &str) -> Reading {
    let options = Options { language: Some(code.into()), ..Options::default() };
    let document = lagebild_document::read("text.txt", text.as_bytes(), &options).remove(0).unwrap();
    let goods = lagebild_goods::Goods::with(languages).unwrap();
    let knowledge = Knowledge { languages, goods: &goods, ..Knowledge::built_in() };
    read(document, knowledge, "2024-03-01".parse().unwrap())
}

/// The files of the toy language of CONTRIBUTING.md, written to a folder.
fn toy(folder: &Path) -> PathBuf {
    let page = std::fs::read_to_string("../../CONTRIBUTING.md").unwrap();
    let blocks = page.split("```yaml data/lexicon/").skip(1);
    for block in blocks {
        let (path, rest) = block.split_once('\n').unwrap();
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, rest.split("```").next().unwrap()).unwrap();
    }
    folder.to_owned()
}

#[test]
fn every_file_of_every_language_can_be_read() {
    let knowledge = Knowledge::built_in();
    for language in knowledge.languages.iter() {
        prepare(language.code(), knowledge);
        assert!(language.problems().is_empty(), "{:?}", language.problems());
    }
    assert!(knowledge.languages.iter().count() >= 12);
}

#[test]
fn a_folder_is_a_language() {
    let folder = tempfile::tempdir().unwrap();
    let languages = Languages::read(&toy(folder.path())).unwrap();
    let page = std::fs::read_to_string("../../CONTRIBUTING.md").unwrap();
    let sentence = page.split('`').find(|part| part.starts_with("Ze barono")).unwrap();
    let found = reading(sentence, &languages, "xx");
    let countries: Vec<&str> = found.entities.iter().filter_map(|entity| entity.country.as_deref()).collect();
    assert_eq!(countries, ["kp", "ru"], "{:?}", found.entities);
    let goods = lagebild_goods::Goods::with(&languages).unwrap();
    let words = goods.find_in(sentence, Some("xx"));
    assert_eq!(words.iter().map(|good| good.span.of(sentence)).collect::<Vec<_>>(), ["bumbo"]);
}

#[test]
fn a_wrong_file_is_named_in_the_reading() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(toy(folder.path()).join("xx/dates.yaml"), "months: many\n").unwrap();
    let languages = Languages::read(folder.path()).unwrap();
    let found = reading("Ze barono.", &languages, "xx");
    // Dates are looked for by transfers and events only; the file is asked for directly here.
    let language = languages.of("xx");
    assert!(language.read::<Vec<String>>("dates").is_err());
    assert!(found.warnings.iter().any(|warning| warning.contains("the language xx")), "{:?}", found.warnings);
}

#[test]
fn one_byte_of_a_language_gives_another_stamp() {
    let folder = tempfile::tempdir().unwrap();
    let stamp = |languages: &Languages| {
        let language = languages.of("xx");
        let knowledge = Knowledge { languages, ..Knowledge::built_in() };
        Stamp::of(knowledge, Some(&language), "2024-03-01".parse().unwrap())
    };
    let first = stamp(&Languages::read(&toy(folder.path())).unwrap());
    let file = folder.path().join("xx/goods.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replace("bumbo", "bumba");
    std::fs::write(file, text).unwrap();
    let second = stamp(&Languages::read(folder.path()).unwrap());
    assert_ne!(first.language, second.language);
    assert_eq!(first.world, second.world);
    for part in [&first.world, &first.names, &first.spotting, &first.measures, &first.goods, &first.watchlist]
    {
        assert!(part.hash.len() >= 16, "{part:?}");
    }
    assert!(first.program.len() == 64);
}
