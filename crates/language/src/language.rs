//! One language: its files, and what the stages made of them.

use elsa::sync::FrozenMap;
use lagebild_data::DataError;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What a stage knows of a language, made of the language's files.
pub trait Lexicon: Sized + Send + Sync + 'static {
    /// Makes it; none where the language has no file for it.
    ///
    /// # Errors
    /// An entry that the stage cannot use, with its file, line and field.
    fn of(language: &Language) -> Result<Option<Self>, DataError>;
}

/// A language by its code, with what is known of it; cheap to clone. One without a folder has no files.
#[derive(Clone)]
pub struct Language(Arc<Inner>);

struct Inner {
    code: String,
    hash: String,
    files: BTreeMap<String, Content>,
    lexicons: FrozenMap<TypeId, Box<dyn Any + Send + Sync>>,
    problems: Mutex<Vec<DataError>>,
}

/// The text of a file.
pub(crate) enum Content {
    /// As `lagebild_data` embeds it.
    Json(&'static str),
    /// As it is written.
    Yaml(String),
}

impl Content {
    fn text(&self) -> &str {
        match self {
            Self::Json(text) => text,
            Self::Yaml(text) => text,
        }
    }
}

impl Language {
    pub(crate) fn new(code: &str, files: BTreeMap<String, Content>) -> Self {
        let mut hash = Sha256::new();
        for (name, content) in &files {
            hash.update(name);
            hash.update([0]);
            hash.update(content.text());
            hash.update([0]);
        }
        Self(Arc::new(Inner {
            code: code.to_owned(),
            hash: format!("{:x}", hash.finalize()),
            files,
            lexicons: FrozenMap::new(),
            problems: Mutex::default(),
        }))
    }

    /// Its code: the first part of a BCP 47 code, such as `de`.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// SHA-256 of all its files, in hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.0.hash
    }

    /// The names of its files, without ending, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0.files.keys().map(String::as_str)
    }

    /// What the file of this name (without ending) holds; none where there is no such file.
    ///
    /// # Errors
    /// The first entry that is not as `T` wants it.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, DataError> {
        let Some(content) = self.0.files.get(name) else { return Ok(None) };
        let file = format!("data/lexicon/{}/{name}.yaml", self.code());
        match content {
            Content::Json(text) => lagebild_data::embedded(&file, text).map(Some),
            Content::Yaml(text) => lagebild_data::parse(&file, text).map(Some),
        }
    }

    /// What a stage knows of it; made once. None where it has no file for it, or where the file is wrong: then
    /// [`Language::problems`] says why.
    pub fn lexicon<L: Lexicon>(&self) -> Option<&L> {
        let made = self.0.lexicons.get(&TypeId::of::<L>()).unwrap_or_else(|| {
            let made = L::of(self).unwrap_or_else(|problem| {
                self.0.problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
                None
            });
            self.0.lexicons.insert(TypeId::of::<L>(), Box::new(made))
        });
        made.downcast_ref::<Option<L>>()?.as_ref()
    }

    /// What was wrong with its files, as far as they were asked for.
    pub fn problems(&self) -> Vec<DataError> {
        self.0.problems.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Language({}, {})", self.code(), Cow::from(self.files().collect::<Vec<_>>().join(" ")))
    }
}
