//! One language's terms, compiled for spotting: the forms of a term's first word lead to the term.

use crate::inflect;
use crate::records::{Careful, Neighbours, System, TermFile};
use lagebild_page::words::{Words, fold};
use rustc_hash::{FxHashMap, FxHashSet};

/// Index of a class in [`crate::Goods::classes`].
pub(crate) type ClassIndex = u16;

/// A term: its class, and how to know it in a text.
pub(crate) struct Term {
    /// As listed.
    pub(crate) listed: String,
    pub(crate) class: ClassIndex,
    /// Index of the named system, where it is the name of one.
    pub(crate) system: Option<u16>,
    /// Index into [`Lexicon::careful`].
    pub(crate) careful: Option<usize>,
    /// The first word as listed, folded.
    base: String,
    /// Shape of the first word.
    first: Shape,
    /// The words after the first.
    rest: Vec<Slot>,
}

/// A place for a word.
struct Slot {
    forms: Vec<String>,
    shape: Shape,
    /// Up to so many other words may stand before it.
    skip: usize,
}

/// What the word must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Any,
    Capital,
    Acronym,
}

/// Another meaning of a term, compiled.
pub(crate) struct CompiledSense {
    pub(crate) near: WordSet,
    pub(crate) class: ClassIndex,
}

/// A careful entry, compiled.
pub(crate) struct Care {
    pub(crate) weak: bool,
    pub(crate) lower_case: bool,
    pub(crate) not_when: WordSet,
    pub(crate) only_when: WordSet,
    pub(crate) senses: Vec<CompiledSense>,
    pub(crate) not_front: Vec<String>,
    pub(crate) front_needed: bool,
}

/// A small set of folded words; those that end in `*` stand for every word that begins so.
#[derive(Default)]
pub(crate) struct WordSet {
    whole: FxHashSet<String>,
    beginnings: Vec<String>,
    /// Entries of several parts: "air force", and Chinese words, of which every character is a part.
    phrases: Vec<Vec<String>>,
}

impl WordSet {
    pub(crate) fn new(listed: &[String]) -> Self {
        let mut words = Self::default();
        for word in listed {
            let parts = Words::new(word);
            if parts.len() > 1 {
                words.phrases.push((0..parts.len()).map(|at| parts.folded(at).to_owned()).collect());
                continue;
            }
            match word.strip_suffix('*') {
                Some(beginning) => words.beginnings.push(fold(beginning)),
                None => {
                    words.whole.insert(fold(word));
                }
            }
        }
        words
    }

    pub(crate) fn has(&self, folded: &str) -> bool {
        self.whole.contains(folded) || self.beginnings.iter().any(|start| folded.starts_with(start.as_str()))
    }

    /// True where a word or a phrase of the set begins in a text.
    pub(crate) fn begins_at(&self, words: &Words<'_>, at: usize) -> bool {
        let told = |(part, next): (&String, usize)| words.get(next).is_some() && words.folded(next) == part;
        self.has(words.folded(at)) || self.phrases.iter().any(|phrase| phrase.iter().zip(at..).all(told))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.beginnings.is_empty() && self.phrases.is_empty()
    }
}

/// [`Neighbours`], compiled.
pub(crate) struct Beside {
    pub(crate) not_before: WordSet,
    pub(crate) not_after: WordSet,
    pub(crate) made_for: WordSet,
    pub(crate) type_words: WordSet,
    pub(crate) conjunctions: WordSet,
    pub(crate) comparison: WordSet,
    pub(crate) articles: WordSet,
}

/// One language, ready for spotting.
pub(crate) struct Lexicon {
    pub(crate) terms: Vec<Term>,
    pub(crate) careful: Vec<Care>,
    pub(crate) beside: Beside,
    first: FxHashMap<String, Vec<u32>>,
    heads: FxHashMap<String, u32>,
    tails: FxHashSet<String>,
    joints: Vec<String>,
}

impl Lexicon {
    /// Compiles a term file. `class` gives the index of a class id; unknown ids are left out here and reported
    /// by the validation of the data.
    pub(crate) fn compile(
        file: &TermFile,
        systems: &[System],
        class: impl Fn(&str) -> Option<ClassIndex>,
    ) -> Self {
        let care = |entry: &Careful| Care {
            weak: entry.weak,
            lower_case: entry.lower_case,
            not_when: WordSet::new(&entry.not_when),
            only_when: WordSet::new(&entry.only_when),
            senses: entry
                .senses
                .iter()
                .filter_map(|s| Some(CompiledSense { near: WordSet::new(&s.near), class: class(&s.class)? }))
                .collect(),
            not_front: entry.not_front.iter().map(|front| fold(front)).collect(),
            front_needed: entry.front_needed,
        };
        let mut lexicon = Self {
            terms: Vec::new(),
            careful: file.careful.iter().map(care).collect(),
            beside: Beside::new(&file.neighbours),
            first: FxHashMap::default(),
            heads: FxHashMap::default(),
            tails: FxHashSet::default(),
            joints: file.compounds.joints.iter().map(|joint| fold(joint)).collect(),
        };
        for (id, terms) in &file.terms {
            let Some(class) = class(id) else { continue };
            for term in terms {
                lexicon.add(file, term, class, None);
            }
        }
        for (index, system) in (0..).zip(systems) {
            let Some(class) = class(&system.class) else { continue };
            for name in &system.names {
                lexicon.add(file, name, class, Some(index));
            }
        }
        lexicon.add_compounds(file);
        lexicon
    }

    fn add(&mut self, file: &TermFile, listed: &str, class: ClassIndex, system: Option<u16>) {
        let mut skip = 0;
        let mut slots = Vec::new();
        for part in listed.split_whitespace() {
            if part == "~" {
                skip = 2;
                continue;
            }
            let words = Words::new(part);
            for at in 0..words.len() {
                let printed = words.printed(at);
                let forms = inflect::forms(printed, &file.inflection);
                let shape = Shape::of(printed, system.is_some() || file.capital_nouns);
                slots.push(Slot { forms, shape, skip });
                skip = 0;
            }
        }
        if slots.is_empty() {
            return;
        }
        let head = slots.remove(0);
        let careful = file.careful.iter().position(|entry| entry.term == listed);
        let index = self.terms.len() as u32;
        self.terms.push(Term {
            listed: listed.into(),
            class,
            system,
            careful,
            base: head.forms.first().cloned().unwrap_or_default(),
            first: head.shape,
            rest: slots,
        });
        for form in head.forms {
            let known = self.first.entry(form).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
    }

    fn add_compounds(&mut self, file: &TermFile) {
        for head in &file.compounds.heads {
            let Some(index) = self.terms.iter().position(|t| t.listed == *head && t.rest.is_empty()) else {
                continue;
            };
            for form in inflect::forms(head, &file.inflection) {
                self.heads.entry(form).or_insert(index as u32);
            }
        }
        for tail in &file.compounds.tails {
            self.tails.extend(inflect::forms(tail, &file.inflection));
        }
    }

    /// The term that begins at a word, the longest one, with the place of its last word. Of two that are as long, the
    /// one that is listed as the word stands: Turkish *motorin* is a fuel, though it is a form of *motor* too.
    pub(crate) fn term_at(&self, words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
        let word = words.folded(at);
        let candidates = self.first.get(word)?;
        let ends = candidates.iter().filter_map(|&index| {
            let term = self.terms.get(index as usize)?;
            let last = term.first.fits(words, at).then(|| follow(&term.rest, words, at))??;
            Some((index, last, term.base == word))
        });
        let best = ends.max_by_key(|&(index, last, listed)| (last, listed, std::cmp::Reverse(index)));
        best.map(|(index, last, _)| (index, last))
    }

    /// The one-word term that a folded word is a form of.
    pub(crate) fn single(&self, folded: &str) -> Option<u32> {
        let candidates = self.first.get(folded)?;
        candidates
            .iter()
            .copied()
            .find(|&index| self.terms.get(index as usize).is_some_and(|t| t.rest.is_empty()))
    }

    pub(crate) fn head(&self, folded: &str) -> Option<u32> {
        self.heads.get(folded).copied()
    }

    pub(crate) fn is_tail(&self, folded: &str) -> bool {
        self.tails.contains(folded)
    }

    pub(crate) fn joints(&self) -> impl Iterator<Item = &str> {
        self.joints.iter().map(String::as_str)
    }

    pub(crate) fn has_compounds(&self) -> bool {
        !self.heads.is_empty()
    }

    /// The careful entry of a term.
    pub(crate) fn care(&self, term: u32) -> Option<&Care> {
        self.careful.get(self.terms.get(term as usize)?.careful?)
    }
}

impl Beside {
    fn new(listed: &Neighbours) -> Self {
        Self {
            not_before: WordSet::new(&listed.not_before),
            not_after: WordSet::new(&listed.not_after),
            made_for: WordSet::new(&listed.made_for),
            type_words: WordSet::new(&listed.type_words),
            conjunctions: WordSet::new(&listed.conjunctions),
            comparison: WordSet::new(&listed.comparison),
            articles: WordSet::new(&listed.articles),
        }
    }
}

impl Shape {
    /// Capitals of a listed word matter in names and, in German, in nouns.
    fn of(listed: &str, capitals_matter: bool) -> Self {
        let mut capitals = listed.chars().map(char::is_uppercase);
        match (capitals.next(), capitals.next()) {
            (Some(true), Some(true)) => Self::Acronym,
            (Some(true), _) if capitals_matter => Self::Capital,
            _ => Self::Any,
        }
    }

    fn fits(self, words: &Words<'_>, at: usize) -> bool {
        match self {
            Self::Any => true,
            Self::Capital => words.get(at).is_some_and(|token| token.capital),
            Self::Acronym => words.printed(at).chars().take(2).all(char::is_uppercase),
        }
    }
}

/// Follows the rest of a term; gives the place of its last word.
fn follow(rest: &[Slot], words: &Words<'_>, mut at: usize) -> Option<usize> {
    for slot in rest {
        at = (at + 1..=at + 1 + slot.skip).take_while(|&next| words.gap(next).is_plain()).find(|&next| {
            slot.shape.fits(words, next) && slot.forms.iter().any(|form| form == words.folded(next))
        })?;
    }
    Some(at)
}
