//! What marks a unit as said: verbs, prepositions, "so X", hearsay.

use crate::lexicon::{Lexicon, Needs, Nouns, Verb};
use crate::units::{Unit, Word};
use lagebild_grammar::Upos;
use std::ops::Range;

/// A mark of speech in a unit.
#[derive(Clone, Debug)]
pub(crate) struct Cue<'a> {
    pub(crate) kind: Kind<'a>,
    /// Its words in the unit.
    pub(crate) words: Range<usize>,
}

/// What kind of mark.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    /// A verb; `manner` when it stands in a clause with "wie" or "as".
    Verb { verb: &'a Verb, manner: bool, negated: bool },
    /// "Die Vermutung, dass …".
    Noun { noun: &'a Nouns },
    /// "Demnach …": the last source goes on.
    Anaphora,
    /// "laut X", "nach Angaben von X", "according to X".
    Before { phrase: &'a str },
    /// "X zufolge".
    After,
    /// ", so X".
    Tail,
    /// "soll … geliefert haben", "reportedly".
    Hearsay,
    /// "Bericht: …".
    Label,
    /// "Seoul: North built third launch pad": somebody's name before a colon.
    Named,
}

/// True for words that end a clause.
pub(crate) fn is_break(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "." | "!" | "?" | "–" | "—" | "…" | "(" | ")")
}

/// The clause around a word, between breaks and quotations.
pub(crate) fn clause(unit: &Unit, at: usize) -> Range<usize> {
    let inside =
        |at: usize| unit.words.get(at).is_some_and(|word| word.quote.is_none() && !is_break(&word.lower));
    let mut start = at;
    while start > 0 && inside(start - 1) {
        start -= 1;
    }
    let mut end = at + 1;
    while inside(end) {
        end += 1;
    }
    start..end
}

/// The cues of a unit: verbs first, in text order, then the others.
pub(crate) fn cues<'a>(unit: &Unit, lexicon: &'a Lexicon) -> Vec<Cue<'a>> {
    let mut found = verbs(unit, lexicon);
    found.extend(phrases(unit, lexicon));
    if found.iter().any(|cue| !matches!(cue.kind, Kind::Noun { .. })) {
        found.retain(|cue| !matches!(cue.kind, Kind::Noun { .. }));
    } else if found.is_empty() {
        found.extend(hearsay(unit, lexicon).or_else(|| named(unit)));
    }
    found
}

/// A colon behind at most four words at the beginning, none of which is a verb. That they name somebody shows later.
fn named(unit: &Unit) -> Option<Cue<'static>> {
    let colon = (1..=4).find(|at| unit.lower(*at) == ":")?;
    let head = unit.words.get(..colon)?;
    let name = head.iter().all(|word| {
        word.quote.is_none()
            && !is_break(&word.lower)
            && !matches!(word.upos, Upos::Verb | Upos::Aux | Upos::Adp)
    });
    (name && unit.words.len() > colon + 2).then_some(Cue { kind: Kind::Named, words: colon..colon + 1 })
}

fn verbs<'a>(unit: &Unit, lexicon: &'a Lexicon) -> Vec<Cue<'a>> {
    let mut found = Vec::new();
    let verbal =
        |(at, word): &(usize, &Word)| lexicon.is_verb_form(&word.lower) && !is_nominal(unit, *at, lexicon);
    for (at, word) in unit.outside().filter(verbal) {
        let next = [unit.lower(at + 1), unit.lower(at + 2)];
        let clause = clause(unit, at);
        let fits = |candidate: &crate::lexicon::Found| {
            let verb = candidate.verb;
            let particle = verb.particle.as_ref().is_none_or(|particle| {
                candidate.joined || (at < clause.end - 1 && unit.lower(clause.end - 1) == particle)
            });
            let after =
                verb.after.as_ref().is_none_or(|word| clause.clone().any(|at| unit.lower(at) == word));
            particle && after
        };
        let negated = negated(unit, at, &clause, lexicon);
        let verb = lexicon.verbs(&word.lower, next).find(fits);
        if let Some(candidate) = verb.filter(|found| !negated || found.verb.negated.is_some()) {
            let manner = lexicon.reporting.manner.iter().any(|word| unit.lower(clause.start) == word);
            let kind = Kind::Verb { verb: candidate.verb, manner, negated };
            found.push(Cue { kind, words: at..at + candidate.words });
        }
    }
    found
}

/// A form that could be a verb but is a noun or adjective here ("the report", "States").
fn is_nominal(unit: &Unit, at: usize, lexicon: &Lexicon) -> bool {
    let Some(word) = unit.words.get(at) else { return true };
    let determined = at > 0
        && !lexicon.reporting.commas
        && lexicon.reporting.determiners.iter().any(|entry| entry == unit.lower(at - 1));
    // "Klein doubts that": between a name and an opener stands a verb, whatever the tagger takes it for.
    let before = at.checked_sub(1).and_then(|before| unit.words.get(before));
    let between = before.is_some_and(|before| before.capital)
        && lexicon.reporting.openers.iter().any(|word| word == unit.lower(at + 1));
    word.capital || determined || (matches!(word.upos, Upos::Noun | Upos::Propn) && !between)
}

/// "did not say", "bestätigte den Termin nicht": nothing is said.
fn negated(unit: &Unit, at: usize, clause: &Range<usize>, lexicon: &Lexicon) -> bool {
    let reporting = &lexicon.reporting;
    let range = if reporting.commas { clause.clone() } else { at.saturating_sub(3).max(clause.start)..at };
    range.into_iter().any(|at| {
        let word = unit.lower(at);
        word.ends_with("n't")
            || word.ends_with("n’t")
            || reporting.negations.iter().any(|entry| entry == word)
    })
}

fn phrases<'a>(unit: &Unit, lexicon: &'a Lexicon) -> Vec<Cue<'a>> {
    let reporting = &lexicon.reporting;
    let mut found = Vec::new();
    for (at, word) in unit.outside() {
        if let Some((_, words)) = reporting.anaphora.longest(unit, at).filter(|_| at < 8) {
            found.push(Cue { kind: Kind::Anaphora, words: at..at + words });
            continue;
        }
        if let Some((phrase, words)) = reporting.before.longest(unit, at) {
            found.push(Cue { kind: Kind::Before { phrase }, words: at..at + words });
        } else if at > 0 && reporting.after.contains(&word.lower) {
            found.push(Cue { kind: Kind::After, words: at..at + 1 });
        } else if reporting.tail.contains(&word.lower) && closes_content(unit, at, lexicon) {
            found.push(Cue { kind: Kind::Tail, words: at..at + 1 });
        } else if at == 0 && unit.lower(1) == ":" && reporting.labels.contains(&word.lower) {
            found.push(Cue { kind: Kind::Label, words: 0..1 });
        } else if let Some(noun) = lexicon.noun(&word.lower).filter(|_| holds_clause(unit, at, lexicon)) {
            found.push(Cue { kind: Kind::Noun { noun }, words: at..at + 1 });
        }
    }
    found
}

/// True when a clause with an opener hangs on the noun here: after the next comma in languages that set one.
fn holds_clause(unit: &Unit, at: usize, lexicon: &Lexicon) -> bool {
    let reporting = &lexicon.reporting;
    let opens = |at: usize| {
        let word = unit.lower(at);
        reporting.openers.iter().take(if reporting.commas { 3 } else { 2 }).any(|opener| opener == word)
    };
    if !reporting.commas {
        // "The claim that … is not new": without commas nothing shows where the clause of a subject ends.
        return at > 2 && opens(at + 1);
    }
    let comma = (at + 1..(at + 6).min(unit.words.len())).find(|at| is_break(unit.lower(*at)));
    comma.is_some_and(|comma| unit.lower(comma) == "," && opens(comma + 1))
}

/// ", so Miller": right after a comma or a quotation, and before a name rather than a clause.
fn closes_content(unit: &Unit, at: usize, lexicon: &Lexicon) -> bool {
    let before = at.checked_sub(1).and_then(|at| unit.words.get(at));
    let closed = before.is_some_and(|word| word.lower == "," || word.quote.is_some());
    let next = unit.lower(at + 1);
    closed && !next.is_empty() && next != "," && !lexicon.reporting.not_source.iter().any(|word| word == next)
}

fn hearsay<'a>(unit: &Unit, lexicon: &'a Lexicon) -> Option<Cue<'a>> {
    let reporting = &lexicon.reporting;
    let adverb = unit.outside().find_map(|(at, _)| {
        let (_, words) = reporting.hearsay_adverbs.longest(unit, at)?;
        Some(at..at + words)
    });
    let modal = || {
        let at = unit.outside().find(|(_, word)| reporting.hearsay_modals.contains(&word.lower))?.0;
        let clause = clause(unit, at);
        let last = unit.lower(clause.end - 1);
        reporting.hearsay_ends.iter().any(|end| end == last).then_some(at..at + 1)
    };
    Some(Cue { kind: Kind::Hearsay, words: adverb.or_else(modal)? })
}

/// "Markow, ein Analyst, sagte …, …": the verb stands after a comma, but its subject comes before.
pub(crate) fn apposition(unit: &Unit, cue: &Cue, around: &Range<usize>, lexicon: &Lexicon) -> bool {
    if around.start != cue.words.start || around.start == 0 || unit.lower(around.start - 1) != "," {
        return false;
    }
    let comma =
        |at: &usize| unit.words.get(*at).is_some_and(|word| word.lower == "," && word.quote.is_none());
    let mut commas = (0..around.start).filter(comma);
    let early = commas.next().is_some_and(|at| at <= 6);
    let opens = |at: usize| {
        matches!(unit.lower(at), "," | ":")
            || lexicon.reporting.openers.iter().any(|word| word == unit.lower(at))
    };
    let listed = |list: &[String], at: usize| list.iter().any(|word| word == unit.lower(at));
    let first = (0..around.start).find(comma).unwrap_or_default();
    let explains =
        listed(&lexicon.reporting.relatives, first + 1) || listed(&lexicon.reporting.determiners, first + 1);
    let shortest = if explains { 3 } else { 6 };
    let goes_on = (cue.words.end..unit.words.len().saturating_sub(3)).any(opens) || around.len() > shortest;
    early && commas.next().is_some() && goes_on
}

impl Cue<'_> {
    /// What has to be there besides the cue.
    pub(crate) fn needs(&self) -> Option<Needs> {
        match self.kind {
            Kind::Verb { verb, .. } => verb.needs,
            _ => None,
        }
    }
}
