//! The classes, systems and words of `data/goods`, loaded and indexed.

use crate::lexicon::{ClassIndex, Lexicon};
use crate::records::{CalibreFile, CalibreHint, Class, ClassFile, System, SystemFile, TermFile};
use lagebild_data::DataError;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

macro_rules! embedded {
    ($name:literal) => {
        (
            concat!("data/goods/", $name, ".yaml"),
            include_str!(concat!(env!("OUT_DIR"), "/goods-", $name, ".json")),
        )
    };
}

const CLASSES: (&str, &str) = embedded!("classes");
const SYSTEMS: (&str, &str) = embedded!("systems");
const CALIBRES: (&str, &str) = embedded!("calibres");
const TERMS: [(&str, &str); 5] = [
    embedded!("terms-de"),
    embedded!("terms-en"),
    embedded!("terms-fr"),
    embedded!("terms-ko"),
    embedded!("terms-ru"),
];

/// One language's words; compiled when they are first needed.
pub(crate) struct Language {
    pub(crate) file: TermFile,
    lexicon: OnceLock<Lexicon>,
}

/// Classes of goods and services, named systems, and the words for them.
pub struct Goods {
    pub(crate) classes: Vec<Class>,
    pub(crate) systems: Vec<System>,
    pub(crate) calibres: Vec<CalibreHint>,
    pub(crate) languages: Vec<Language>,
    index: HashMap<String, ClassIndex>,
}

impl Goods {
    /// The data that ship with the program. They are validated by the tests of this crate; should the
    /// embedded form be broken all the same, the catalogue is empty.
    pub fn shipped() -> &'static Goods {
        static SHIPPED: LazyLock<Goods> = LazyLock::new(|| {
            Goods::embedded().unwrap_or_else(|_| Goods::new(vec![], vec![], vec![], vec![]))
        });
        &SHIPPED
    }

    /// Loads the embedded data.
    ///
    /// # Errors
    /// When the embedded form does not fit the records: a mismatch between `build.rs` and this crate.
    pub fn embedded() -> Result<Goods, DataError> {
        let load = |(file, json)| lagebild_data::embedded::<TermFile>(file, json);
        Ok(Goods::new(
            lagebild_data::embedded::<ClassFile>(CLASSES.0, CLASSES.1)?.classes,
            lagebild_data::embedded::<SystemFile>(SYSTEMS.0, SYSTEMS.1)?.systems,
            lagebild_data::embedded::<CalibreFile>(CALIBRES.0, CALIBRES.1)?.calibres,
            TERMS.into_iter().map(load).collect::<Result<_, _>>()?,
        ))
    }

    pub(crate) fn new(
        classes: Vec<Class>,
        systems: Vec<System>,
        calibres: Vec<CalibreHint>,
        terms: Vec<TermFile>,
    ) -> Goods {
        let index = (0..).zip(&classes).map(|(at, class)| (class.id.clone(), at)).collect();
        let languages = terms.into_iter().map(|file| Language { file, lexicon: OnceLock::new() }).collect();
        Goods { classes, systems, calibres, languages, index }
    }

    /// SHA-256 of the embedded data, lower-case hexadecimal.
    pub fn hash(&self) -> &'static str {
        static HASH: LazyLock<String> = LazyLock::new(|| {
            let mut hasher = Sha256::new();
            let files = [CLASSES, SYSTEMS, CALIBRES].into_iter().chain(TERMS);
            files.for_each(|(_, json)| hasher.update(json));
            hasher.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
        });
        &HASH
    }

    /// All classes, in the order of the data file.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// All named systems, in the order of the data file.
    pub fn systems(&self) -> &[System] {
        &self.systems
    }

    /// The class with an id.
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.get(usize::from(*self.index.get(id)?))
    }

    /// The named system with an id.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems.iter().find(|system| system.id == id)
    }

    /// True when `child` is `ancestor` or lies below it. A class without a parent of its own lies below an
    /// umbrella only where the data say so.
    pub fn is_a(&self, child: &str, ancestor: &str) -> bool {
        self.lineage(child).any(|class| class.id == ancestor)
    }

    /// The class and those above it, from the most specific on.
    pub fn lineage<'g>(&'g self, id: &str) -> impl Iterator<Item = &'g Class> {
        let parent = |class: &&'g Class| class.parent.as_deref().and_then(|parent| self.class(parent));
        // A cycle is an error of the data; the limit keeps a broken file from hanging.
        std::iter::successors(self.class(id), parent).take(self.classes.len())
    }

    /// The languages that have words.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| language.file.language.as_str())
    }

    pub(crate) fn class_index(&self, id: &str) -> Option<ClassIndex> {
        self.index.get(id).copied()
    }

    pub(crate) fn lexicon<'g>(&'g self, language: &'g Language) -> &'g Lexicon {
        let compile = || Lexicon::compile(&language.file, &self.systems, |id| self.class_index(id));
        language.lexicon.get_or_init(compile)
    }
}
