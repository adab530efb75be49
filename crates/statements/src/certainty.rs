//! How sure the source of a clause is: operators composed over the main part of the clause.
//!
//! The weakest operator counts (CT > PR > PS > U) and an odd number of negations turns the polarity (Saurí and
//! Pustejovsky 2009). Relative and conditional clauses that hang on the clause have no say in it.

use crate::lexicon::{Lexicon, Operators};
use crate::model::Certainty;
use crate::phrases::Marks;
use lagebild_language::Language;
use std::collections::BTreeSet;

/// A certainty and the words that made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The certainty.
    pub certainty: Certainty,
    /// The operators that were found, in lower case.
    pub operators: Vec<String>,
}

/// How certain a clause is, taken by itself.
pub fn certainty_of(clause: &str, language: Option<&Language>) -> Weighed {
    language
        .and_then(Language::lexicon::<Lexicon>)
        .map_or(Weighed { certainty: Certainty::CertainPlus, operators: Vec::new() }, |lexicon| {
            weigh(clause, &lexicon.operators, false)
        })
}

/// `whole`: the clauses that hang on it count too.
pub(crate) fn weigh(clause: &str, operators: &Operators, whole: bool) -> Weighed {
    let lower = lowered(clause);
    let main = if whole { lower } else { main_part(&lower, operators) };
    let spaced = format!(" {} ", words(&main).join(" "));
    let mut found = Vec::new();
    let mut any = |marks: &Marks| {
        let before = found.len();
        found.extend(marks.found_in(&spaced).map(String::from));
        found.len() > before
    };
    let asked = main.trim_end().ends_with('?');
    let (unknown, possible) = (any(&operators.unknown), any(&operators.possible));
    let (improbable, probable) = (any(&operators.improbable), any(&operators.probable));
    let excused = operators.not_negative.places(&spaced).count();
    let negations = negations(&spaced, operators);
    // Two clauses side by side deny one thing each ("Wir liefern keine und haben nie welche geliefert"): the first one counts.
    let first = coordinates(&spaced, operators).find_map(|part| {
        let count = self::negations(part, operators).len();
        (count > 0).then_some(count)
    });
    let counted =
        if excused > 0 { negations.len().saturating_sub(excused) } else { first.unwrap_or_default() };
    let negative = counted % 2 == 1;
    found.extend(negations);
    let level = if asked || unknown {
        Certainty::Unknown
    } else if possible {
        Certainty::PossiblePlus
    } else if probable || improbable {
        Certainty::ProbablePlus
    } else {
        Certainty::CertainPlus
    };
    let certainty = if negative == improbable { level } else { level.negated() };
    Weighed { certainty, operators: found }
}

/// In lower case, but without names and nouns that look like operators ("in May").
fn lowered(clause: &str) -> String {
    let mut starts = true;
    let words = clause.split(' ').map(|word| {
        let capital = word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let name = capital && !starts && word.chars().any(char::is_lowercase);
        starts = word.ends_with(['.', '!', '?', ':', '„', '“', '"', '»', '«']) || word.is_empty();
        if name { word.to_owned() } else { word.to_lowercase() }
    });
    words.collect::<Vec<String>>().join(" ")
}

fn negations(spaced: &str, operators: &Operators) -> Vec<String> {
    let known: BTreeSet<&str> = operators.negative.iter().map(String::as_str).collect();
    let negative = |word: &&str| known.contains(word) || word.ends_with("n't") || word.ends_with("n’t");
    spaced.split(' ').filter(negative).map(str::to_owned).collect()
}

/// The parts of a clause between its coordinating conjunctions.
fn coordinates<'c>(spaced: &'c str, operators: &Operators) -> impl Iterator<Item = &'c str> {
    let mut cuts = vec![0];
    cuts.extend(operators.coordinators.places(spaced));
    cuts.sort_unstable();
    let ends: Vec<usize> = cuts.iter().skip(1).copied().chain([spaced.len()]).collect();
    cuts.into_iter().zip(ends).filter_map(|(from, to)| spaced.get(from..to))
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || "„“”\"«»(),;:.!?…".contains(c))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The clause without those that hang on it: pieces between commas that begin with a relative or a subordinator.
fn main_part(clause: &str, operators: &Operators) -> String {
    let begins = |piece: &str, list: &[String]| {
        words(piece).into_iter().take(2).any(|word| list.iter().any(|entry| entry == word))
    };
    let first = |piece: &str, list: &[String]| {
        words(piece).first().is_some_and(|word| list.iter().any(|entry| entry == word))
    };
    let mut kept = Vec::new();
    let mut hanging = false;
    for (at, piece) in clause.split(',').enumerate() {
        let opener = first(piece, &operators.openers);
        let hangs = first(piece, &operators.subordinators)
            || (at > 0 && (begins(piece, &operators.relatives) || opener));
        // A piece without an opening word goes on with the main clause, unless it closes a hanging one at the start.
        if hangs {
            hanging = true;
            continue;
        }
        if hanging && at > 1 && kept.is_empty() && words(piece).len() < 2 {
            continue;
        }
        kept.push(piece);
    }
    if kept.is_empty() { clause.to_owned() } else { kept.join(",") }
}

impl Certainty {
    /// The same level with the other polarity.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::CertainPlus => Self::CertainMinus,
            Self::CertainMinus => Self::CertainPlus,
            Self::ProbablePlus => Self::ProbableMinus,
            Self::ProbableMinus => Self::ProbablePlus,
            Self::PossiblePlus => Self::PossibleMinus,
            Self::PossibleMinus => Self::PossiblePlus,
            Self::Unknown => Self::Unknown,
        }
    }

    /// True for the values with a minus.
    pub fn is_negative(self) -> bool {
        matches!(self, Self::CertainMinus | Self::ProbableMinus | Self::PossibleMinus)
    }

    fn level(self) -> u8 {
        match self {
            Self::CertainPlus | Self::CertainMinus => 3,
            Self::ProbablePlus | Self::ProbableMinus => 2,
            Self::PossiblePlus | Self::PossibleMinus => 1,
            Self::Unknown => 0,
        }
    }

    /// This polarity at the weaker of two levels.
    #[must_use]
    pub fn at_most(self, limit: Certainty) -> Self {
        let positive = match self.level().min(limit.level()) {
            0 => return Self::Unknown,
            1 => Self::PossiblePlus,
            2 => Self::ProbablePlus,
            _ => Self::CertainPlus,
        };
        if self.is_negative() { positive.negated() } else { positive }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, cases: &[(&str, &str)]) {
        for (clause, expected) in cases {
            let weighed = certainty_of(clause, Some(&lagebild_language::of(language)));
            assert_eq!(weighed.certainty.code(), *expected, "{clause} {:?}", weighed.operators);
        }
    }

    #[test]
    fn german_operators() {
        check(
            "de",
            &[
                ("Russland liefert Weizen", "CT+"),
                ("Nordkorea könnte Granaten liefern", "PS+"),
                ("Es dürfte um Handel gehen", "PR+"),
                ("Die Lieferung ist unwahrscheinlich", "PR-"),
                ("Wir haben keiner Seite Drohnen gegeben", "CT-"),
                ("Der Ort werde nicht genannt", "CT-"),
                ("Das könnte nicht stimmen", "PS-"),
                ("Es gehe nicht nur um Waffen", "CT+"),
                ("Ob geliefert wird, ist unklar", "U"),
                ("dass Firmen, die nicht zahlen könnten, ausscheiden", "CT+"),
                ("Wenn er nicht kommt, wird verhandelt", "CT+"),
                ("Wird Russland Weizen liefern?", "U"),
                ("Wir liefern keine Triebwerke, und wir haben auch nie welche geliefert", "CT-"),
                ("Wie sie ins Land kamen, sei nicht geklärt", "U"),
            ],
        );
    }

    #[test]
    fn english_and_russian_operators() {
        check(
            "en",
            &[
                ("Russia may provide technology", "PS+"),
                ("that it was likely that the cargo included shells", "PR+"),
                ("the ship did not sail", "CT-"),
                ("We haven't seen it", "CT-"),
                ("it is unlikely to sail", "PR-"),
                ("it is unclear", "U"),
            ],
        );
        check("ru", &[("КНДР, возможно, направит рабочих", "PS+"), ("доказательств этому нет", "CT-")]);
    }

    #[test]
    fn composition_takes_the_weaker_level_and_keeps_polarity() {
        assert_eq!(Certainty::CertainMinus.at_most(Certainty::ProbablePlus), Certainty::ProbableMinus);
        assert_eq!(Certainty::PossiblePlus.at_most(Certainty::CertainPlus), Certainty::PossiblePlus);
        assert_eq!(Certainty::CertainPlus.at_most(Certainty::Unknown), Certainty::Unknown);
    }
}
