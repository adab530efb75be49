//! Each expectation asserted by itself; those that are known to fail must still fail.

use crate::{KNOWN, Part, Passage, parse, parts};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

/// Set, it writes the failures of today into the files as known ones in place of asserting. For a new model, which loses some
/// passages where it gains others: nobody need read single passages then, and the sums beside say whether it is better.
const MARK: &str = "LAGEBILD_MARK_FAILURES";

/// One expectation of a passage, and what came of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name within the passage, as it stands under the known failures.
    pub what: String,
    /// Whether it is met.
    pub met: bool,
    /// What came out, for people.
    pub got: String,
}

impl Outcome {
    /// An expectation with what came of it.
    pub fn new(what: impl Into<String>, met: bool, got: impl Into<String>) -> Self {
        Self { what: what.into(), met, got: got.into() }
    }

    /// Nothing beside what was expected was found.
    pub fn nothing_else(others: &[String]) -> Self {
        Self::new("nothing else", others.is_empty(), others.join("; "))
    }
}

/// Every expected thing was found, and nothing else.
pub fn compare(expected: &[String], found: &[String]) -> Vec<Outcome> {
    let mut others = found.to_vec();
    let mut outcomes = Vec::new();
    for one in expected {
        let at = others.iter().position(|other| other == one);
        at.map(|at| others.remove(at));
        outcomes.push(Outcome::new(one, at.is_some(), found.join("; ")));
    }
    outcomes.push(Outcome::nothing_else(&others));
    outcomes
}

/// Files of passages that are asserted together.
#[derive(Debug, Default)]
pub struct Suite {
    wrong: Vec<String>,
}

impl Suite {
    /// Compares each passage of a file with what it expects, and prints sums.
    ///
    /// # Panics
    /// When the file cannot be read, or holds no passage.
    #[expect(clippy::panic, reason = "a test stops at what it cannot read")]
    pub fn check<T: DeserializeOwned + Default>(
        &mut self,
        file: &str,
        mut outcomes: impl FnMut(&Passage<T>) -> Vec<Outcome>,
    ) {
        let markdown = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let passages = parse::<T>(file, &markdown).unwrap_or_else(|error| panic!("{error}"));
        assert!(!passages.is_empty(), "{file}: no passage");
        let outcomes: Vec<Vec<Outcome>> =
            passages.iter().map(|passage| numbered(outcomes(passage))).collect();
        if std::env::var_os(MARK).is_some() {
            let written = std::fs::write(file, marked(&markdown, &passages, &outcomes));
            return written.unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        let (mut met, mut known) = (0, 0);
        let before = self.wrong.len();
        for (passage, outcomes) in passages.iter().zip(&outcomes) {
            met += outcomes.iter().filter(|one| one.met).count();
            known += passage.known.len();
            self.wrong.extend(wrong(passage, outcomes).map(|what| format!("{file}: {}: {what}", passage.id)));
        }
        let wrong = self.wrong.len() - before;
        println!(
            "{file}: {} passages, {met} expectations met, {known} known failures, {wrong} wrong",
            passages.len()
        );
    }

    /// Ends the comparison.
    ///
    /// # Panics
    /// With all expectations that are not met, and all known failures that are none any more.
    pub fn finish(self) {
        assert!(self.wrong.is_empty(), "{} wrong:\n{}", self.wrong.len(), self.wrong.join("\n"));
    }
}

/// The second expectation of the same name is `name #2`.
fn numbered(mut outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for one in &mut outcomes {
        let number = seen.entry(one.what.clone()).or_default();
        *number += 1;
        if *number > 1 {
            one.what = format!("{} #{number}", one.what);
        }
    }
    outcomes
}

fn wrong<'a, T>(passage: &'a Passage<T>, outcomes: &'a [Outcome]) -> impl Iterator<Item = String> + 'a {
    let failing = outcomes.iter().filter_map(|one| match (one.met, passage.known.contains_key(&one.what)) {
        (false, false) => Some(format!("{}\n    got {}", one.what, one.got)),
        (true, true) => Some(format!("{}: no failure any more: strike it out", one.what)),
        _ => None,
    });
    let is_asked = |what: &str| outcomes.iter().any(|one| one.what == what);
    let lost = passage.known.keys().filter(move |what| !is_asked(what));
    failing.chain(lost.map(|what| format!("{what}: a known failure of what nobody expects")))
}

/// The file with the failures of today as its known ones; what somebody wrote beside an old one stays.
fn marked<T>(markdown: &str, passages: &[Passage<T>], outcomes: &[Vec<Outcome>]) -> String {
    let parts = parts(markdown);
    let mut file = markdown[..parts.first().map_or(0, |part| part.start)].to_owned();
    let ends = parts.iter().skip(1).map(|part| part.start).chain([markdown.len()]);
    let bodies: Vec<String> = (parts.iter().zip(ends).zip(passages).zip(outcomes))
        .map(|(((part, end), passage), outcomes)| {
            let failing = outcomes.iter().filter(|one| !one.met);
            let failing = failing.map(|one| (&one.what, passage.known.get(&one.what).unwrap_or(&one.got)));
            with_known(&markdown[part.start..end], part, &failing.collect())
        })
        .collect();
    file += &bodies.join("\n");
    file
}

fn with_known(source: &str, part: &Part, known: &BTreeMap<&String, &String>) -> String {
    let old = part.blocks.iter().find(|block| block.kind == KNOWN);
    let (from, to) = old.map_or((0, 0), |block| (block.place.0 - part.start, block.place.1 - part.start));
    let mut body = format!("{}{}", &source[..from], &source[to..]).trim_end().to_owned() + "\n";
    if !known.is_empty() {
        let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
        let lines = known.iter().map(|(what, got)| format!("{}: {}\n", quoted(what), quoted(got)));
        body = format!("{body}\n```{KNOWN}\n{}```\n", lines.collect::<String>());
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A\n\n## de-1\n\n```text\na\n```\n\n```yaml\n```\n\n```yaml known failures\n\"x\": \"why\"\n\"y\": \"\"\n```\n\n## de-2\n\n```text\nb\n```\n\n```yaml\n```\n";

    fn outcomes(met: &[(&str, bool)]) -> Vec<Outcome> {
        numbered(met.iter().map(|(what, met)| Outcome::new(*what, *met, "got")).collect())
    }

    #[test]
    fn known_failures_must_fail_and_all_else_must_not() {
        let passage = parse::<BTreeMap<String, String>>("a.md", FILE).unwrap().remove(0);
        let wrong = |met: &[(&str, bool)]| wrong(&passage, &outcomes(met)).collect::<Vec<_>>();
        assert!(wrong(&[("x", false), ("y", false), ("z", true)]).is_empty());
        assert_eq!(wrong(&[("x", false), ("y", false), ("z", true), ("z", false)]), ["z #2\n    got got"]);
        assert_eq!(wrong(&[("x", true), ("y", false)]), ["x: no failure any more: strike it out"]);
        assert_eq!(wrong(&[("x", false)]), ["y: a known failure of what nobody expects"]);
    }

    #[test]
    fn every_expected_thing_is_an_outcome_and_what_else_is_found_one_more() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let met = |outcomes: Vec<Outcome>| outcomes.iter().map(|one| one.met).collect::<Vec<_>>();
        assert_eq!(met(compare(&words(&["a", "b"]), &words(&["a", "b"]))), [true, true, true]);
        assert_eq!(met(compare(&words(&["a", "a"]), &words(&["a", "c"]))), [true, false, false]);
    }

    #[test]
    fn failures_are_written_where_they_belong() {
        let passages = parse::<BTreeMap<String, String>>("a.md", FILE).unwrap();
        let file =
            marked(FILE, &passages, &[outcomes(&[("x", false), ("y", true)]), outcomes(&[("z", false)])]);
        let again = parse::<BTreeMap<String, String>>("a.md", &file).unwrap();
        let known =
            |at: usize| again[at].known.iter().map(|(what, why)| format!("{what} {why}")).collect::<Vec<_>>();
        assert_eq!((known(0), known(1)), (vec!["x why".to_owned()], vec!["z got".to_owned()]));
        let none = marked(&file, &again, &[outcomes(&[("x", true)]), outcomes(&[("z", true)])]);
        assert!(!none.contains("known") && none.contains("```\n\n## de-2"), "{none}");
    }
}
