//! Sentences with what must be read from them (`predicates.md`), through the real encoder.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_grammar::{Encoder, Sentence, analyse};
use lagebild_predicates::{Argument, Clauses, Predicate, holds, of, predicates};

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

    /// The first predicate with the lemma (`lemma#2`: the second) for which the expectation holds.
    fn meets(&self, lemma: &str, expected: &str) -> bool {
        let (lemma, number) =
            lemma.split_once('#').map_or((lemma, 1), |(lemma, n)| (lemma, n.parse().unwrap()));
        let all = &self.clauses.predicates;
        let mut same = (0..all.len()).filter(|at| all[*at].lemma == lemma);
        let Some(at) = same.nth(number - 1) else { return false };
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
        self.has(&all[at], role, words) != no
    }
}

#[test]
fn every_expectation_of_the_passages_is_met() {
    let (mut met, mut wrong, mut known) = (0, Vec::new(), 0);
    let mut code = String::new();
    let mut read: Option<Read> = None;
    for line in include_str!("predicates.md").lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("## ") {
            code = heading.split(' ').next().unwrap().into();
        } else if let Some(text) = line.strip_prefix("> ") {
            read = Some(Read::new(&code, text));
        } else if let Some(line) = line.strip_prefix("- ") {
            let read = read.as_ref().unwrap();
            let (failing, line) =
                line.strip_prefix("known failure: ").map_or((false, line), |line| (true, line));
            let Some((lemma, expected)) = line.split_once(": ") else { panic!("{line}") };
            for one in expected.split([',', ';']).map(str::trim) {
                let meets = read.meets(lemma, one);
                match (meets, failing) {
                    (true, false) => met += 1,
                    (false, true) => known += 1,
                    (true, true) => {
                        wrong.push(format!("{code} {}\n    {lemma}: {one}: no failure any more", read.text));
                    }
                    (false, false) => wrong.push(format!("{code} {}\n    {lemma}: {one}", read.text)),
                }
            }
        }
    }
    println!("{met} met, {known} known failures, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{met} met, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
