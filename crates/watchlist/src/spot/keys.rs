//! Keys of listed name parts, numbered, and which of them a word of a text may stand for.

use super::layout::{Compiled, Section};
use super::rules::{other_given_names, rules};
use crate::key::{key, text_keys};
use foldhash::HashMap;
use lagebild_mapped::{Multimap, hash_of, multimap};

/// The number of a key that some listed name has.
pub(super) type KeyId = u32;

/// All keys of listed names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys<'a>(Multimap<'a>);

/// Keys while they are gathered.
#[derive(Debug, Default)]
pub(super) struct KeysBuilder(HashMap<Box<str>, KeyId>);

/// A listed key that a word may stand for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) key: KeyId,
    /// The word without its ending, where one was cut off.
    pub(super) stem: Option<Box<str>>,
}

impl KeysBuilder {
    /// The number of a listed word's key; none when its script has no key here.
    pub(super) fn of_listed(&mut self, word: &str) -> Option<KeyId> {
        let key = key(word);
        if key.is_empty() { None } else { Some(self.number(&key)) }
    }

    /// The number of a key, a new one for a new key.
    pub(super) fn number(&mut self, key: &str) -> KeyId {
        if let Some(known) = self.0.get(key) {
            return *known;
        }
        let next = self.0.len() as KeyId;
        self.0.insert(key.into(), next);
        next
    }

    pub(super) fn finish(self) -> Vec<u8> {
        multimap(self.0.into_iter().map(|(key, number)| (hash_of(key.as_bytes()), number)))
    }
}

impl<'a> Keys<'a> {
    pub(super) fn of(file: &'a Compiled) -> Self {
        Self(Multimap::of(file.section(Section::Keys)))
    }

    pub(super) fn get(&self, key: &str) -> Option<KeyId> {
        self.0.get(hash_of(key.as_bytes())).next()
    }

    /// What a word may stand for in a text of this language: as it is written first, then without endings.
    pub(super) fn forms(&self, word: &str, language: Option<&str>) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut push = |key: &str, stem: Option<&str>| {
            let Some(key) = self.get(key) else { return };
            if !forms.iter().any(|form| form.key == key) {
                forms.push(Form { key, stem: stem.map(Box::from) });
            }
        };
        for key in text_keys(word) {
            for other in other_given_names(&key) {
                push(other, None);
            }
            push(&key, None);
        }
        for stem in rules().stems(word, language) {
            for key in text_keys(&stem) {
                for other in other_given_names(&key) {
                    push(other, Some(&stem));
                }
                push(&key, Some(&stem));
            }
        }
        forms
    }
}

/// Two numbers as one key of a table.
pub(super) fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}
