//! Sentences with what must be read from them (`predicates.md`), through the real encoder.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_grammar::{Encoder, Sentence, analyse};
use lagebild_passages::{Outcome, Passage, Suite};
use lagebild_predicates::{Argument, Clauses, Predicate, holds, of, predicates};
use std::collections::BTreeMap;

struct Read {
    text: String,
    sentence: Sentence,
    clauses: Clauses,
    code: String,
}

impl Read {
    fn new(code: &str, text: &str) -> Read {
        let analysis = analyse(text, &[], Some(&lagebild_language::of(code)), Encoder::shipped().ok());
        let sentence = analysis.sentences.first().cloned().unwrap();
        let clauses = predicates(&sentence, text, of(code));
        Read { text: text.into(), sentence, clauses, code: code.into() }
    }

    fn words(&self, tokens: &[usize]) -> String {
        tokens.iter().map(|at| self.sentence.tokens[*at].span.of(&self.text)).collect::<Vec<_>>().join(" ")
    }

    /// True when the argument is the phrase meant: its head lies in the words, and they lie in the phrase.
    fn means(&self, argument: &Argument, words: &str) -> bool {
        let head = self.words(&[argument.head]);
        let span = |at: &usize| self.sentence.tokens[*at].span;
        let whole = argument.tokens.iter().map(span).reduce(lagebild_span::Span::cover).unwrap_or_default();
        let phrase = self.words(&argument.tokens);
        (phrase.contains(words) || whole.of(&self.text).contains(words)) && words.contains(&head)
    }

    fn has(&self, predicate: &Predicate, role: &str, words: &str) -> bool {
        let fits = |argument: &Argument| {
            let name = format!("{:?}", argument.role).to_lowercase();
            let bare = name.starts_with("bare(") && role == "Bare";
            let marked = role.strip_prefix("Marked(").and_then(|role| role.strip_suffix(')'));
            bare || argument.role.fits(marked.unwrap_or(&role.to_lowercase()))
        };
        let mut all = predicate.arguments.iter().filter(|argument| !argument.negated && fits(argument));
        all.any(|argument| words.is_empty() || self.means(argument, words))
    }

    /// The first predicate with the lemma (`lemma#2`: the second).
    fn predicate(&self, lemma: &str) -> Option<usize> {
        let (lemma, number) =
            lemma.split_once('#').map_or((lemma, 1), |(lemma, n)| (lemma, n.parse().unwrap()));
        let all = &self.clauses.predicates;
        (0..all.len()).filter(|at| all[*at].lemma == lemma).nth(number - 1)
    }

    /// Whether the expectation holds of the predicate.
    fn meets(&self, at: usize, expected: &str) -> bool {
        let held = holds(&self.clauses, at, of(&self.code));
        let status = held.status.map_or("", lagebild_predicates::Status::name);
        if expected == held.certainty.name() || !status.is_empty() && expected == status {
            return true;
        }
        if let Some(source) = expected.strip_prefix("source ") {
            return held.source.is_some_and(|found| self.means(&found, source));
        }
        let (no, expected) =
            expected.strip_prefix("no ").map_or((false, expected), |expected| (true, expected));
        if matches!(expected, "status" | "source") {
            return if expected == "status" { held.status.is_none() } else { held.source.is_none() };
        }
        let (role, words) = expected.split_once(' ').unwrap_or((expected, ""));
        self.has(&self.clauses.predicates[at], role, words) != no
    }

    /// The predicate as it was read, for people.
    fn shown(&self, at: usize) -> String {
        let held = holds(&self.clauses, at, of(&self.code));
        let arguments = self.clauses.predicates[at].arguments.iter();
        let arguments = arguments.map(|one| format!("{:?} {}", one.role, self.words(&one.tokens)));
        let status = held.status.map(|status| status.name().to_owned());
        let source = held.source.map(|found| format!("source {}", self.words(&found.tokens)));
        let all = arguments.chain([held.certainty.name().to_owned()]).chain(status).chain(source);
        all.collect::<Vec<_>>().join(", ")
    }

    fn outcomes(&self, lemma: &str, expected: &[String]) -> Vec<Outcome> {
        let at = self.predicate(lemma);
        let got = at.map_or_else(|| "no such predicate".to_owned(), |at| self.shown(at));
        let outcome = |one: &String| {
            let met = at.is_some_and(|at| self.meets(at, one));
            Outcome::new(format!("{lemma}: {one}"), met, got.as_str())
        };
        expected.iter().map(outcome).collect()
    }
}

#[test]
fn every_expectation_of_the_passages_is_met() {
    let mut suite = Suite::default();
    suite.check("tests/predicates.md", |passage: &Passage<BTreeMap<String, Vec<String>>>| {
        let read = Read::new(passage.language(), &passage.text);
        passage.expected.iter().flat_map(|(lemma, expected)| read.outcomes(lemma, expected)).collect()
    });
    suite.finish();
}
