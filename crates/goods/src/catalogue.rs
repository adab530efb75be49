//! The classes, systems and words of `data/goods`, loaded and indexed.

use crate::lexicon::{ClassIndex, Lexicon};
use crate::records::{CalibreFile, CalibreHint, Class, ClassFile, System, SystemFile, TermFile};
use lagebild_data::DataError;
use lagebild_language::Languages;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

macro_rules! embedded {
    ($name:literal) => {
        (concat!("data/goods/", $name, ".yaml"), include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))
    };
}

const CLASSES: (&str, &str) = embedded!("classes");
const SYSTEMS: (&str, &str) = embedded!("systems");
const CALIBRES: (&str, &str) = embedded!("calibres");

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
    hash: String,
}

impl Goods {
    /// The data that ship with the program. They are validated by the tests of this crate; should the
    /// embedded form be broken all the same, the catalogue is empty.
    pub fn shipped() -> &'static Goods {
        static SHIPPED: LazyLock<Goods> = LazyLock::new(|| {
            Goods::with(Languages::shipped())
                .unwrap_or_else(|_| Goods::new(vec![], vec![], vec![], vec![], String::new()))
        });
        &SHIPPED
    }

    /// The shipped classes with the words of these languages (`data/lexicon/<language>/goods.yaml`).
    ///
    /// # Errors
    /// An entry that is not as the records want it.
    pub fn with(languages: &Languages) -> Result<Goods, DataError> {
        let mut hash = Sha256::new();
        for (_, json) in [CLASSES, SYSTEMS, CALIBRES] {
            hash.update(json);
        }
        let mut terms = Vec::new();
        for language in languages.iter() {
            if let Some(file) = language.read::<TermFile>("goods")? {
                hash.update(language.hash());
                terms.push(file);
            }
        }
        Ok(Goods::new(
            lagebild_data::embedded::<ClassFile>(CLASSES.0, CLASSES.1)?.classes,
            lagebild_data::embedded::<SystemFile>(SYSTEMS.0, SYSTEMS.1)?.systems,
            lagebild_data::embedded::<CalibreFile>(CALIBRES.0, CALIBRES.1)?.calibres,
            terms,
            format!("{:x}", hash.finalize()),
        ))
    }

    pub(crate) fn new(
        classes: Vec<Class>,
        systems: Vec<System>,
        calibres: Vec<CalibreHint>,
        terms: Vec<TermFile>,
        hash: String,
    ) -> Goods {
        let index = (0..).zip(&classes).map(|(at, class)| (class.id.clone(), at)).collect();
        let languages = terms.into_iter().map(|file| Language { file, lexicon: OnceLock::new() }).collect();
        Goods { classes, systems, calibres, languages, index, hash }
    }

    /// SHA-256 of classes, systems, calibres and of the languages with words for them, lower-case hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
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
