//! The data files checked as a whole: what the types cannot say.

use crate::catalogue::Goods;
use crate::records::{CalibreFile, ClassFile, SystemFile, TermFile};
use lagebild_data::{DataError, parse};
use std::collections::BTreeSet;

/// The texts of the data files, each with the name that errors give it.
pub struct GoodsFiles<'f> {
    /// `classes.yaml`.
    pub classes: (&'f str, &'f str),
    /// `systems.yaml`.
    pub systems: (&'f str, &'f str),
    /// `calibres.yaml`.
    pub calibres: (&'f str, &'f str),
    /// `data/lexicon/<language>/goods.yaml`, one for each language.
    pub terms: Vec<(&'f str, &'f str)>,
}

impl Goods {
    /// Reads and checks the data files.
    ///
    /// # Errors
    /// Every wrong entry with file, line and field; of a file that cannot be read as such, the first.
    pub fn parse(files: &GoodsFiles<'_>) -> Result<Goods, Vec<DataError>> {
        let mut errors = Vec::new();
        let classes = keep(parse::<ClassFile>(files.classes.0, files.classes.1), &mut errors);
        let systems = keep(parse::<SystemFile>(files.systems.0, files.systems.1), &mut errors);
        let calibres = keep(parse::<CalibreFile>(files.calibres.0, files.calibres.1), &mut errors);
        let read = files.terms.iter().map(|(file, yaml)| parse::<TermFile>(file, yaml));
        let terms: Vec<TermFile> = read.filter_map(|file| keep(file, &mut errors)).collect();
        let (Some(classes), Some(systems), Some(calibres)) = (classes, systems, calibres) else {
            return Err(errors);
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let goods = Goods::new(classes.classes, systems.systems, calibres.calibres, terms, String::new());
        let mut check = Check { goods: &goods, errors };
        check.classes(files.classes);
        check.systems(files.systems);
        check.calibres(files.calibres);
        for (at, file) in files.terms.iter().enumerate() {
            check.terms(at, *file);
        }
        let errors = check.errors;
        if errors.is_empty() { Ok(goods) } else { Err(errors) }
    }
}

fn keep<T>(read: Result<T, DataError>, errors: &mut Vec<DataError>) -> Option<T> {
    read.map_err(|error| errors.push(error)).ok()
}

struct Check<'g> {
    goods: &'g Goods,
    errors: Vec<DataError>,
}

impl Check<'_> {
    fn wrong(&mut self, file: (&str, &str), needle: &str, field: String, message: String) {
        let line = file.1.lines().position(|line| line.contains(needle)).map_or(0, |at| at as u64 + 1);
        self.errors.push(DataError { file: file.0.into(), line, field, message });
    }

    fn known(&mut self, file: (&str, &str), field: &str, class: &str) {
        if self.goods.class(class).is_none() {
            self.wrong(file, class, field.into(), format!("no class has the id `{class}`"));
        }
    }

    fn classes(&mut self, file: (&str, &str)) {
        let mut seen = BTreeSet::new();
        for (at, class) in self.goods.classes().iter().enumerate() {
            let field = |name: &str| format!("classes[{at}].{name}");
            if !seen.insert(&class.id) {
                self.wrong(file, &class.id, field("id"), format!("`{}` stands twice", class.id));
            }
            for named in class.parent.iter().chain(&class.ammunition).chain(&class.parts) {
                self.known(file, &field("parent"), named);
            }
            let top = self.goods.lineage(&class.id).last();
            if top.is_some_and(|top| top.parent.is_some()) && class.parent.is_some() {
                self.wrong(file, &class.id, field("parent"), "the parents run in a circle".into());
            }
            for code in class.codes.hs.iter().filter(|code| !is_heading(code)) {
                self.wrong(
                    file,
                    code,
                    field("codes.hs"),
                    format!("`{code}` is no HS chapter, heading or range"),
                );
            }
            if !class.label.contains_key("en") || !class.label.contains_key("de") {
                self.wrong(
                    file,
                    &class.id,
                    field("label"),
                    "a label in English and one in German are needed".into(),
                );
            }
        }
    }

    fn systems(&mut self, file: (&str, &str)) {
        let mut seen = BTreeSet::new();
        for (at, system) in self.goods.systems().iter().enumerate() {
            self.known(file, &format!("systems[{at}].class"), &system.class);
            if !seen.insert(&system.id) {
                self.wrong(
                    file,
                    &system.id,
                    format!("systems[{at}].id"),
                    format!("`{}` stands twice", system.id),
                );
            }
            if system.names.is_empty() {
                self.wrong(
                    file,
                    &system.id,
                    format!("systems[{at}].names"),
                    "it has no name in print".into(),
                );
            }
        }
    }

    fn calibres(&mut self, file: (&str, &str)) {
        for (at, hint) in self.goods.calibres.iter().enumerate() {
            for class in &hint.classes {
                self.known(file, &format!("calibres[{at}].classes"), class);
            }
        }
    }

    fn terms(&mut self, language: usize, file: (&str, &str)) {
        let goods = self.goods;
        let Some(terms) = goods.languages.get(language).map(|language| &language.file) else { return };
        let mut listed = BTreeSet::new();
        for (class, words) in &terms.terms {
            self.known(file, &format!("terms.{class}"), class);
            for word in words {
                let usable = word.chars().any(char::is_alphabetic);
                if !usable || !listed.insert(word.as_str()) {
                    let why = if usable { "stands twice" } else { "has no letter" };
                    self.wrong(file, word, format!("terms.{class}"), format!("`{word}` {why}"));
                }
            }
        }
        let heads = terms.compounds.heads.iter().filter(|head| !listed.contains(head.as_str()));
        for head in heads {
            self.wrong(file, head, "compounds.heads".into(), format!("`{head}` is not among the terms"));
        }
        listed.extend(goods.systems.iter().flat_map(|system| &system.names).map(String::as_str));
        for (at, careful) in terms.careful.iter().enumerate() {
            if !listed.contains(careful.term.as_str()) {
                let message = format!("`{}` is neither a term nor the name of a system", careful.term);
                self.wrong(file, &format!("term: {}", careful.term), format!("careful[{at}].term"), message);
            }
            for sense in &careful.senses {
                self.known(file, &format!("careful[{at}].senses"), &sense.class);
            }
        }
    }
}

/// `07`, `8710`, `8906 10`, `9301-9307`, with a remark in brackets.
fn is_heading(code: &str) -> bool {
    let bare = code.split(" (").next().unwrap_or_default();
    let digits = |part: &str| {
        let compact: String = part.split(' ').collect();
        (2..=8).contains(&compact.len()) && compact.bytes().all(|byte| byte.is_ascii_digit())
    };
    !bare.is_empty() && bare.split('-').all(digits)
}
