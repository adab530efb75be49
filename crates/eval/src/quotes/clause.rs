//! The clause around a cue, by its tree: whose words, the whole verb, how far the frame reaches.

use lagebild_grammar::{Sentence, Token, Upos};
use std::collections::BTreeSet;

/// A token of a sentence, with the numbers of the sentence's tokens in the document.
pub(crate) struct Place<'a> {
    pub(crate) ids: &'a [usize],
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    /// The token.
    pub(crate) at: usize,
    /// How many tokens from there on are meant.
    pub(crate) len: usize,
}

/// Relations by which a word belongs to the name or title before it.
const PARTS: [&str; 3] = ["flat", "appos", "compound"];
/// Relations that begin a clause of their own inside a noun phrase.
const CLAUSES: [&str; 5] = ["acl", "advcl", "parataxis", "ccomp", "conj"];

impl Place<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.sentence.tokens.get(at)
    }

    fn word(&self, at: usize) -> &str {
        self.token(at).map(|token| token.span.of(self.text)).unwrap_or_default()
    }

    /// Whether the sentence was parsed.
    pub(crate) fn has_tree(&self) -> bool {
        self.sentence.tokens.iter().any(|token| !token.deprel.is_empty())
    }

    fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        let child = move |(at, token): &(usize, &Token)| token.head as usize == of && *at != of;
        self.sentence.tokens.iter().enumerate().filter(child).map(|(at, _)| at)
    }

    /// The verb of the clause: of an auxiliary the verb that it helps.
    fn verb(&self) -> Option<usize> {
        let token = self.token(self.at)?;
        let helps = token.deprel == "aux" || token.deprel == "cop";
        let at = if helps { token.head as usize } else { self.at };
        matches!(self.token(at)?.upos, Upos::Verb | Upos::Aux).then_some(at)
    }

    /// The words that name who speaks: the verb's subject, or what the preposition of the cue governs.
    pub(crate) fn speaker(&self, said: &BTreeSet<usize>) -> Option<Vec<usize>> {
        let token = self.token(self.at)?;
        let head = if token.upos == Upos::Adp && token.deprel == "case" {
            token.head as usize
        } else {
            let verb = self.verb()?;
            let subject = |verb: usize| self.children(verb).find(|at| self.is_subject(*at));
            let governor = || {
                let token = self.token(verb).filter(|token| token.deprel == "conj")?;
                subject(token.head as usize)
            };
            subject(verb).or_else(governor)?
        };
        let impersonal = matches!(self.word(head).to_lowercase().as_str(), "es" | "man" | "dies" | "das");
        let outside = self.ids.get(head).is_some_and(|id| !said.contains(id));
        (outside && !impersonal).then(|| self.phrase(head, said))
    }

    fn is_subject(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.deprel.starts_with("nsubj"))
    }

    /// The noun phrase that the token belongs to.
    pub(crate) fn phrase_around(&self, said: &BTreeSet<usize>) -> Option<Vec<usize>> {
        let mut head = self.at;
        let within = |at: usize| (self.at..self.at + self.len).contains(&at);
        for _ in 0..self.sentence.tokens.len() {
            let token = self.token(head)?;
            if !PARTS.contains(&token.deprel.as_str()) && !within(token.head as usize) {
                break;
            }
            if token.head as usize == head {
                break;
            }
            head = token.head as usize;
        }
        Some(self.phrase(head, said))
    }

    /// The words under a head in one row, without clauses, prepositions and marks at its edges.
    fn phrase(&self, head: usize, said: &BTreeSet<usize>) -> Vec<usize> {
        let mut row = BTreeSet::from([head]);
        let mut open = vec![head];
        while let Some(next) = open.pop() {
            for child in self.children(next) {
                let Some(token) = self.token(child) else { continue };
                let relation = token.deprel.as_str();
                let own = next == head && matches!(relation, "case" | "punct" | "cop" | "mark" | "cc");
                if !own && !CLAUSES.contains(&relation) && row.insert(child) {
                    open.push(child);
                }
            }
        }
        let (mut from, mut to) = (head, head);
        let holds = |at: usize| {
            let joins = row.contains(&at) || self.token(at).is_some_and(|token| token.upos == Upos::Punct);
            joins && self.ids.get(at).is_some_and(|id| !said.contains(id))
        };
        while from > 0 && holds(from - 1) {
            from -= 1;
        }
        while holds(to + 1) {
            to += 1;
        }
        let mark = |at: usize| !row.contains(&at) || (self.word(at) != ")" && self.is_mark(at));
        while to > head && mark(to) {
            to -= 1;
        }
        while from < head && mark(from) {
            from += 1;
        }
        self.ids.get(from..=to).unwrap_or_default().to_vec()
    }

    fn is_mark(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.upos == Upos::Punct)
    }

    /// The cue with what belongs to its verb: auxiliaries before it, a particle behind ("hatte gesagt", "kündigte an").
    pub(crate) fn cue(&self) -> Vec<usize> {
        let mut words: BTreeSet<usize> = (self.at..self.at + self.len).collect();
        if let Some(verb) = self.verb().filter(|_| self.len == 1) {
            words.insert(verb);
            let belongs = |at: &usize| {
                self.token(*at).is_some_and(|token| {
                    token.deprel == "compound" || (token.deprel == "aux" && self.word(*at) != "sollen")
                })
            };
            words.extend(self.children(verb).filter(belongs));
        }
        words.iter().filter_map(|at| self.ids.get(*at)).copied().collect()
    }

    /// The part of the sentence around the cue that is not said by anybody.
    pub(crate) fn frame(&self, said: &BTreeSet<usize>) -> Vec<usize> {
        let free = |at: usize| {
            let quote = matches!(self.word(at), "„" | "“" | "”" | "\"" | "''" | "``" | "»" | "«");
            self.ids.get(at).is_some_and(|id| !said.contains(id)) && !quote
        };
        let (mut from, mut to) = (self.at, self.at + self.len.saturating_sub(1));
        while from > 0 && free(from - 1) {
            from -= 1;
        }
        while free(to + 1) {
            to += 1;
        }
        while to > self.at && matches!(self.word(to), "." | "!" | "?") {
            to -= 1;
        }
        self.ids.get(from..=to).unwrap_or_default().to_vec()
    }
}
