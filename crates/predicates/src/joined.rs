//! Words that belong together although the tree parts them: prepositions of several words, which trees hang on the noun or adverb inside
//! them ("a través de Turquía", "auprès de l'Espagne"), and names behind a title.

use crate::tree::is_below;
use lagebild_grammar::{Token, Upos};
use std::collections::BTreeMap;

/// The words of a sentence, as far as they are mended here.
pub(crate) struct Words<'a, 't> {
    pub(crate) tokens: &'a [Token],
    pub(crate) lower: &'a [String],
    pub(crate) heads: &'a mut [Option<usize>],
    pub(crate) relations: &'a mut [&'t str],
    pub(crate) contractions: &'a BTreeMap<String, String>,
}

impl Words<'_, '_> {
    /// Makes each of these prepositions one: its last word marks the noun, the others belong to that, and the noun hangs where the
    /// first word hung.
    pub(crate) fn join(&mut self, prepositions: &[String]) {
        for preposition in prepositions {
            let words: Vec<&str> = preposition.split(' ').collect();
            for first in 0..self.lower.len() {
                if (first..).zip(&words).all(|(at, word)| self.is(at, word)) {
                    self.join_at(first, first + words.len() - 1);
                }
            }
        }
    }

    /// "Міністр оборони Павло Ардін сказав": of two subjects side by side a name is what the noun before it is called.
    pub(crate) fn name_titles(&mut self) {
        for name in 1..self.tokens.len() {
            let subject = self.upos(name) == Some(Upos::Propn) && self.relation(name) == "nsubj";
            let Some(verb) = self.head(name).filter(|_| subject) else { continue };
            let title = (0..name).rev().find(|at| {
                self.relation(*at) == "nsubj"
                    && self.head(*at) == Some(verb)
                    && self.upos(*at) == Some(Upos::Noun)
            });
            let Some(title) = title else { continue };
            let joined = (title + 1..name).all(|at| {
                let own = is_below(self.heads, at, title) || is_below(self.heads, at, name);
                own && self.upos(at) != Some(Upos::Punct)
            });
            if joined {
                self.hang(name, title, "appos");
            }
        }
    }

    fn upos(&self, at: usize) -> Option<Upos> {
        self.tokens.get(at).map(|token| token.upos)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        let plain = |form: &String| self.contractions.get(form).is_some_and(|plain| plain == word);
        self.lower.get(at).is_some_and(|form| form == word || plain(form))
    }

    fn join_at(&mut self, first: usize, last: usize) {
        let inside = |at: usize| (first..=last).contains(&at);
        let Some(noun) = self.noun(first, last) else { return };
        let outer =
            (first..=last).filter_map(|at| self.head(at)).find(|head| !inside(*head) && *head != noun);
        let outer = outer.or_else(|| self.head(noun).filter(|head| !inside(*head)));
        // What is below the noun cannot be above it.
        let Some(outer) = outer.filter(|outer| !is_below(self.heads, *outer, noun)) else { return };
        let verbal = self.tokens.get(outer).is_some_and(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
        self.hang(noun, outer, if verbal { "obl" } else { "nmod" });
        self.hang(last, noun, "case");
        for at in first..last {
            self.hang(at, last, "fixed");
        }
    }

    /// The noun that the preposition leads in: the last word marks it, or it is the first one behind that hangs on the preposition.
    fn noun(&self, first: usize, last: usize) -> Option<usize> {
        let nominal = |at: &usize| {
            self.tokens
                .get(*at)
                .is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron))
        };
        let marked = self.head(last).filter(|noun| *noun > last && self.relation(last) == "case");
        let hangs = |at: &usize| self.head(*at).is_some_and(|head| (first..=last).contains(&head));
        marked.filter(nominal).or_else(|| (last + 1..self.tokens.len()).filter(nominal).find(hangs))
    }

    fn head(&self, at: usize) -> Option<usize> {
        self.heads.get(at).copied().flatten()
    }

    fn relation(&self, at: usize) -> &str {
        self.relations.get(at).copied().unwrap_or_default()
    }

    fn hang(&mut self, at: usize, head: usize, relation: &'static str) {
        if let (Some(place), Some(own)) = (self.heads.get_mut(at), self.relations.get_mut(at)) {
            *place = Some(head);
            *own = relation;
        }
    }
}
