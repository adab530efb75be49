//! The shipped data files are whole, and a wrong entry is named with file, line and field.

#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_data::DataError;
use lagebild_goods::{Goods, GoodsFiles};
use lagebild_language::Languages;

fn read(name: &str) -> (String, String) {
    let file = match name.strip_prefix("terms/") {
        Some(language) => format!("data/lexicon/{language}/goods.yaml"),
        None => format!("data/goods/{name}.yaml"),
    };
    let text = std::fs::read_to_string(format!("../../{file}")).unwrap();
    (file, text)
}

/// Parses the shipped files with one of them changed.
fn with(change: impl Fn(&str, &str) -> String) -> Result<Goods, Vec<DataError>> {
    let load = |name: &str| {
        let (file, text) = read(name);
        let text = change(name, &text);
        (file, text)
    };
    let (classes, systems, calibres) = (load("classes"), load("systems"), load("calibres"));
    let with_words =
        Languages::shipped().iter().filter(|language| language.files().any(|file| file == "goods"));
    let terms: Vec<(String, String)> = with_words.map(|l| load(&format!("terms/{}", l.code()))).collect();
    Goods::parse(&GoodsFiles {
        classes: (&classes.0, &classes.1),
        systems: (&systems.0, &systems.1),
        calibres: (&calibres.0, &calibres.1),
        terms: terms.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect(),
    })
}

fn first_error(name: &str, from: &str, to: &str) -> DataError {
    let changed = with(|file, text| if file == name { text.replacen(from, to, 1) } else { text.to_string() });
    changed.err().unwrap().remove(0)
}

#[test]
fn the_shipped_files_are_whole() {
    let whole = with(|_, text| text.to_string());
    let errors: Vec<String> = whole.err().unwrap_or_default().iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(Goods::with(Languages::shipped()).is_ok());
}

#[test]
fn every_class_has_words_in_german_or_english() {
    let goods = Goods::shipped();
    for class in goods.classes() {
        let named = ["de", "en"].iter().any(|l| !goods.find_in(class.label(l), Some(l)).is_empty());
        let words = goods.lookup(&class.id);
        assert!(named || !words.is_empty(), "{}", class.id);
    }
}

#[test]
fn an_unknown_parent_is_named_with_its_line() {
    let error = first_error("classes", "parent: missiles_and_launchers", "parent: misiles");
    assert_eq!(error.file, "data/goods/classes.yaml");
    assert!(error.line > 0 && error.message.contains("misiles"), "{error}");
    assert!(error.field.starts_with("classes["), "{error}");
}

#[test]
fn a_number_where_a_code_should_be_text_is_named() {
    let error = first_error("classes", "hs: ['0402',", "hs: ['402x',");
    assert!(error.message.contains("402x") && error.field.ends_with("codes.hs"), "{error}");
}

#[test]
fn an_unknown_field_a_wrong_class_and_a_lost_careful_term_are_named() {
    let error = first_error("systems", "verified: memory", "verifed: memory");
    assert!(error.message.contains("verifed") && error.line > 0, "{error}");
    let error = first_error("terms/de", "  coal:", "  koal:");
    assert!(error.message.contains("koal") && error.line > 0, "{error}");
    let error = first_error("terms/de", "{term: Panzer,", "{term: Pantzer,");
    assert!(error.message.contains("Pantzer") && error.field.starts_with("careful["), "{error}");
}
