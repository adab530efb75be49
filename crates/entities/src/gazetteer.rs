//! Finds the words of the world data in a text: which known thing may be meant where.

use crate::form::Endings;
use crate::form_index::FormIndex;
use crate::words::{Word, Words};
use crate::world::{NamedKind, World, WorldWords};

/// What a form stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// A country (its place in the list) and how the words denote it.
    Country(usize, Denotes),
    /// A named thing: catalogue and row.
    Named(usize, usize),
}

/// How words denote a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Denotes {
    /// Its name.
    Name,
    /// A name with another meaning as well.
    Ambiguous,
    /// An adjective or a noun for its people.
    Adjective,
    /// The seat of its government.
    Capital,
}

/// A known form in a text, in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// First word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
    /// What it stands for.
    pub target: Target,
    /// True when it counts only with a cue beside it.
    pub cue: bool,
    /// True when a full stop after it belongs to it.
    pub dotted: bool,
}

/// The forms that hold in one language, each with what it stands for and whether it needs a cue.
pub(crate) struct Gazetteer {
    forms: FormIndex<(Target, bool)>,
}

impl Gazetteer {
    /// Gathers the forms of `world` for texts in `language`.
    pub(crate) fn new(world: &World, language: &str, endings: Endings) -> Self {
        let mut gazetteer = Self { forms: FormIndex::new(endings) };
        gazetteer.add_countries(world, language);
        for ((file, row), _, named) in world.all_named() {
            let target = Target::Named(file, row);
            for form in named.names.iter().chain(world.forms(named, language)) {
                gazetteer.add(form, target, named.cue);
            }
            for form in &named.cue_names {
                gazetteer.add(form, target, true);
            }
        }
        gazetteer
    }

    /// Adds what a language that does not ship calls countries.
    pub(crate) fn add_own(&mut self, world: &World, own: &WorldWords) {
        for (index, country) in world.countries.iter().enumerate() {
            let Some(own) = own.countries.get(&country.code) else { continue };
            let lists = [
                (&own.names, Denotes::Name),
                (&own.adjectives, Denotes::Adjective),
                (&own.people, Denotes::Adjective),
                (&own.capital, Denotes::Capital),
            ];
            for (forms, denotes) in lists {
                for form in forms {
                    self.add(form, Target::Country(index, denotes), false);
                }
            }
        }
    }

    fn add_countries(&mut self, world: &World, language: &str) {
        for (index, country) in world.countries.iter().enumerate() {
            let ambiguous = country.ambiguous.get(language);
            let lists = [
                (&country.names, Denotes::Name),
                (&country.adjectives, Denotes::Adjective),
                (&country.people, Denotes::Adjective),
                (&country.capital, Denotes::Capital),
            ];
            for (forms, denotes) in lists {
                let known = forms.contains_key(language) || world.is_complete(language);
                let chosen = forms.iter().filter(|(key, _)| !known || *key == language);
                for form in chosen.flat_map(|(_, forms)| forms) {
                    let doubtful = ambiguous.is_some_and(|forms| forms.contains(form));
                    let denotes = if doubtful { Denotes::Ambiguous } else { denotes };
                    self.add(form, Target::Country(index, denotes), false);
                }
            }
        }
    }

    fn add(&mut self, written: &str, target: Target, cue: bool) {
        self.forms.add(written, (target, cue));
    }

    /// The longest known forms from left to right; they do not overlap.
    pub(crate) fn hits(&self, words: &Words<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.list.len() {
            match self.longest(&words.list, at) {
                Some(hit) => {
                    at = hit.to;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        hits
    }

    fn longest(&self, words: &[Word<'_>], at: usize) -> Option<Hit> {
        // Of equally long ones the one that asks for the most letters: "Нігері|я" before "Нігер", whose endings fit, too.
        let mut best: Option<(Hit, usize)> = None;
        for (count, form, &(target, cue)) in self.forms.at(words, at) {
            let hit = Hit { from: at, to: at + count, target, cue, dotted: form.dotted() };
            let weight = |hit: &Hit, letters: usize| (hit.to, !hit.cue, letters);
            let letters = form.letters();
            if best.is_none_or(|(it, of)| weight(&hit, letters) > weight(&it, of)) {
                best = Some((hit, letters));
            }
        }
        best.map(|(hit, _)| hit)
    }
}

/// "Congo" is the country that the text names in full: the other one of the two only where it alone is.
pub(crate) fn settle_shared(hits: &mut [Hit], words: &Words<'_>, world: &World) {
    for (index, country) in world.countries.iter().enumerate() {
        let Some(shared) = &country.shared else { continue };
        let Some(other) = world.countries.iter().position(|one| one.code == shared.with) else { continue };
        let of = |hit: &Hit| match hit.target {
            Target::Country(index, denotes) => Some((index, denotes)),
            Target::Named(..) => None,
        };
        let open = |hit: &Hit| {
            let only = words.get(hit.from).filter(|_| hit.to == hit.from + 1);
            only.is_some_and(|one| shared.words.iter().any(|begins| one.bare.starts_with(begins.as_str())))
        };
        let named = |country: usize| {
            hits.iter().any(|hit| of(hit).is_some_and(|(index, _)| index == country) && !open(hit))
        };
        if named(index) || !named(other) {
            continue;
        }
        for hit in hits.iter_mut() {
            if let Some((_, denotes)) = of(hit).filter(|(of, _)| *of == index && open(hit)) {
                hit.target = Target::Country(other, denotes);
            }
        }
    }
}

impl Hit {
    /// The kind of the named thing, where it is one.
    pub(crate) fn named_kind(&self, world: &World) -> Option<NamedKind> {
        let Target::Named(file, row) = self.target else { return None };
        let (catalogue, named) = world.named((file, row))?;
        Some(named.kind.unwrap_or(catalogue.kind))
    }

    /// The country that the words denote, or in which the named thing sits.
    pub(crate) fn country<'w>(&self, world: &'w World) -> Option<&'w str> {
        match self.target {
            Target::Country(index, _) => world.countries.get(index).map(|country| country.code.as_str()),
            Target::Named(file, row) => world.named((file, row))?.1.country.as_deref(),
        }
    }
}
