//! From a cue to the words that carry what is said.

use crate::cues::{Cue, Kind, apposition, clause, is_break};
use crate::lexicon::{Lexicon, Needs, Takes};
use crate::model::Manner;
use crate::units::{Quote, Unit};
use lagebild_span::Span;

/// What a cue governs.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) span: Span,
    pub(crate) manner: Manner,
    /// The rule that found it; used in explanations.
    pub(crate) rule: &'static str,
    /// True when the content is opened by a word of doubt or question ("ob", "whether").
    pub(crate) open: bool,
}

/// The rule of a noun phrase under a verb.
pub(crate) const OBJECT: &str = "object of the verb";
/// Fewest words of a clause without an opener.
const SHORTEST: usize = 3;

/// The contents that a cue governs; several quotations count each.
pub(crate) fn contents(text: &str, unit: &Unit, cue: &Cue, lexicon: &Lexicon) -> Vec<Content> {
    let quoted: Vec<Content> = unit
        .quotes
        .iter()
        .filter(|quote| !is_fragment(text, unit, quote))
        .map(|quote| Content { span: quote.inner, manner: Manner::Direct, rule: "quotation", open: false })
        .collect();
    if !quoted.is_empty()
        && !matches!(cue.kind, Kind::Label | Kind::Hearsay | Kind::Noun { .. } | Kind::Anaphora)
    {
        return quoted;
    }
    if cue.needs() == Some(Needs::Quote) {
        return fragments(text, unit);
    }
    let found = match cue.kind {
        Kind::Verb { verb, manner, .. } => {
            verb_content(unit, cue, lexicon, verb.takes == Some(Takes::Content), manner)
        }
        Kind::Noun { .. } => opened(unit, cue, lexicon),
        Kind::Anaphora => {
            let from = if cue.words.start == 0 { cue.words.end } else { 0 };
            Some(made(unit, from, unit.words.len(), Manner::Reported, "the last source goes on"))
        }
        Kind::Before { .. } => Some(before_content(unit, cue, lexicon)),
        Kind::After => {
            Some(made(unit, 0, unit.words.len(), Manner::Reported, "preposition after the source"))
        }
        Kind::Tail => Some(made(unit, 0, cue.words.start, Manner::Reported, "source after the content")),
        Kind::Hearsay => Some(made(unit, 0, unit.words.len(), Manner::Reported, "hearsay")),
        Kind::Named => {
            Some(made(unit, cue.words.end, unit.words.len(), Manner::Reported, "name before a colon"))
        }
        Kind::Label => Some(made(unit, 2, unit.words.len(), Manner::Reported, "label before a colon")),
    };
    found.into_iter().filter(|content| !content.span.is_empty()).collect()
}

/// Quoted words inside a clause, for verbs that take nothing else ("sprechen von „ernsthaften Gesprächen“").
fn fragments(text: &str, unit: &Unit) -> Vec<Content> {
    let some = unit.quotes.iter().filter(|quote| quote.inner.of(text).split_whitespace().nth(1).is_some());
    some.map(|quote| Content { span: quote.inner, manner: Manner::Direct, rule: "quoted words", open: false })
        .collect()
}

/// A quotation inside a clause that goes on around it, such as a single quoted word.
pub(crate) fn is_fragment(text: &str, unit: &Unit, quote: &Quote) -> bool {
    let before =
        text.get(unit.span.start as usize..quote.outer.start as usize).unwrap_or_default().trim_end();
    let opens =
        before.is_empty() || before.ends_with([':', ',', '–', '—', '.', '?', '!', '“', '”', '"', '«', '»']);
    let few = quote.inner.of(text).split_whitespace().count() < 2;
    !opens || few
}

/// Words `from..to` without breaks and marks at either end.
fn made(unit: &Unit, from: usize, to: usize, manner: Manner, rule: &'static str) -> Content {
    let words = unit.words.get(from..to.min(unit.words.len())).unwrap_or_default();
    let mark = |word: &crate::units::Word| !word.lower.chars().any(char::is_alphanumeric);
    let closing = |word: &crate::units::Word| mark(word) && word.lower != ")" && word.lower != "%";
    let first = words.iter().position(|word| !mark(word));
    let last = words.iter().rposition(|word| !closing(word));
    let span = match (first, last) {
        (Some(first), Some(last)) if first <= last => words[first].span.cover(words[last].span),
        _ => Span::default(),
    };
    Content { span, manner, rule, open: false }
}

fn verb_content(unit: &Unit, cue: &Cue, lexicon: &Lexicon, object: bool, manner: bool) -> Option<Content> {
    let around = clause(unit, cue.words.start);
    if manner {
        return around_manner(unit, &around);
    }
    if follows_content(unit, cue, &around, lexicon) && cue.needs() != Some(Needs::After) {
        let to = if is_inserted(unit, &around, lexicon) { unit.words.len() } else { around.start };
        return (cue.needs().is_none_or(|needs| matches!(needs, Needs::Tail | Needs::Clause)))
            .then(|| made(unit, 0, to, Manner::Indirect, "cue after the content"));
    }
    let marked = opened(unit, cue, lexicon);
    if matches!(cue.needs(), Some(Needs::That | Needs::Quote)) {
        return marked.filter(|_| cue.needs() == Some(Needs::That));
    }
    marked
        .or_else(|| following(unit, cue, &around, lexicon))
        .or_else(|| object.then(|| object_of(unit, cue, &around)).flatten())
}

/// "Wie das ZDF berichtet, …" and "…, wie das ZDF berichtet".
fn around_manner(unit: &Unit, around: &std::ops::Range<usize>) -> Option<Content> {
    let rule = "clause of manner";
    if around.start == 0 {
        let comma = (around.end..unit.words.len()).find(|at| unit.lower(*at) == ",")?;
        return Some(made(unit, comma + 1, unit.words.len(), Manner::Reported, rule));
    }
    // "Moscow, as Washington says, may hand over …": what is said goes on behind the clause.
    let goes_on = unit.lower(around.end) == "," && around.end + SHORTEST < unit.words.len();
    let end = if goes_on { unit.words.len() } else { around.start };
    Some(made(unit, 0, end, Manner::Reported, rule))
}

/// "The engines, Haan said, were never paid for": what is said goes on after the cue.
fn is_inserted(unit: &Unit, around: &std::ops::Range<usize>, lexicon: &Lexicon) -> bool {
    let reporting = &lexicon.reporting;
    let next = unit.lower(around.end + 1);
    let lists =
        [&reporting.adds, &reporting.relatives, &reporting.conjunctions, &reporting.tail, &reporting.openers];
    let other = lists.iter().any(|list| list.iter().any(|word| word == next))
        || lexicon.reporting.determiners.iter().any(|word| word == next) && !reporting.commas
        || says_more(unit, around.end, lexicon);
    // ", sagte der Sprecher, Matthew Miller, am Montag" names the speaker twice.
    let named = unit.words.get(around.end + 1).is_some_and(|word| word.capital);
    let rest = unit.words.len().saturating_sub(around.end + 1);
    unit.lower(around.end) == "," && around.len() <= 6 && rest > 3 && !other && !named
}

/// True when the clause of the cue comes after what is said: ", sagte X" or ", X said on Monday".
fn follows_content(unit: &Unit, cue: &Cue, around: &std::ops::Range<usize>, lexicon: &Lexicon) -> bool {
    let goes_on = around.start > 0 && is_inserted(unit, around, lexicon);
    if (around.start < SHORTEST && !goes_on) || apposition(unit, cue, around, lexicon) {
        return false;
    }
    let first = unit.lower(around.start);
    if lexicon.reporting.adds.iter().any(|word| word == first) {
        return false;
    }
    let inverted =
        around.start == cue.words.start || lexicon.reporting.auxiliaries.iter().any(|word| word == first);
    if lexicon.reporting.commas || inverted {
        return inverted;
    }
    // English: the clause ends soon after the verb, with nothing but circumstances.
    let rest = cue.words.end..around.end;
    let opener = rest.clone().any(|at| lexicon.reporting.openers.iter().any(|word| unit.lower(at) == word));
    let closed = (around.end..unit.words.len()).all(|at| unit.words[at].quote.is_none()) || rest.is_empty();
    let addressed = matches!(cue.kind, Kind::Verb { verb, .. } if verb.takes == Some(Takes::Addressee));
    if addressed && !opener && closed && rest.len() <= 8 {
        return true;
    }
    !opener && closed && rest.clone().take(1).all(|at| is_circumstance(unit, at, lexicon)) && rest.len() <= 12
}

fn is_circumstance(unit: &Unit, at: usize, lexicon: &Lexicon) -> bool {
    let word = unit.lower(at);
    lexicon.reporting.skip.iter().any(|entry| entry == word)
        && !lexicon.reporting.articles.iter().any(|entry| entry == word)
        || lexicon.reporting.adds.iter().any(|entry| entry == word)
}

/// A clause with an opener: "dass …", "whether …".
fn opened(unit: &Unit, cue: &Cue, lexicon: &Lexicon) -> Option<Content> {
    let reporting = &lexicon.reporting;
    let opener = |at: &usize| {
        let word = unit.lower(*at);
        let known = reporting.openers.iter().any(|entry| entry == word);
        let placed = !reporting.commas || unit.lower(at.wrapping_sub(1)) == ",";
        known && placed && unit.words.get(*at).is_some_and(|word| word.quote.is_none())
    };
    let near = cue.words.end..unit.words.len().min(cue.words.end + 18);
    let at = near.clone().find(opener)?;
    let cites = reporting.adds.iter().any(|word| word == unit.lower(cue.words.end + 1));
    let after_comma_in_english =
        !reporting.commas && !cites && (cue.words.end..at).any(|at| unit.lower(at) == ",");
    if after_comma_in_english {
        return None;
    }
    // "said it was likely that …": the opener belongs to a clause that the content begins with.
    let verb_between = |at: usize| reporting.finite.iter().any(|word| word == unit.lower(at));
    if !reporting.commas && matches!(cue.kind, Kind::Verb { .. }) && (cue.words.end..at).any(verb_between) {
        return None;
    }
    let mut to = end_of_content(unit, at, lexicon);
    if matches!(cue.kind, Kind::Noun { .. }) {
        // "Die Vermutung, dass …, ist nicht neu": the clause of the noun goes on.
        let goes_on = |at: &usize| {
            unit.lower(*at) == "," && reporting.finite.iter().any(|word| word == unit.lower(at + 1))
        };
        to = (at..to).find(goes_on).unwrap_or(to);
    }
    let mut content = made(unit, at, to, Manner::Indirect, "clause with an opener");
    content.open = reporting.unknown_openers.iter().any(|entry| entry == unit.lower(at));
    Some(content)
}

/// A clause without an opener, after a comma (German) or right after the verb (English).
fn following(unit: &Unit, cue: &Cue, around: &std::ops::Range<usize>, lexicon: &Lexicon) -> Option<Content> {
    let reporting = &lexicon.reporting;
    let from = if let Some(after) = cue_after(cue) {
        (cue.words.end..around.end).find(|at| unit.lower(*at) == after)? + 1
    } else if reporting.commas {
        after_comma(unit, around.end, cue.words.end, lexicon)?
    } else {
        skip_circumstances(unit, cue.words.end, around.end, lexicon)
    };
    let to = end_of_content(unit, from, lexicon);
    if to.saturating_sub(from) < SHORTEST {
        return None;
    }
    let verbal = |at: usize| {
        let word = unit.lower(at);
        reporting.subjunctive.iter().any(|entry| entry == word)
            || reporting.infinitive.iter().any(|entry| entry == word)
            || word.ends_with("ten")
    };
    let marked = !reporting.commas || (from..to).any(verbal);
    (cue.needs() != Some(Needs::Clause) || marked)
        .then(|| made(unit, from, to, Manner::Indirect, "clause without an opener"))
}

fn cue_after<'a>(cue: &Cue<'a>) -> Option<&'a str> {
    match cue.kind {
        Kind::Verb { verb, .. } if verb.needs == Some(Needs::After) => verb.after.as_deref(),
        _ => None,
    }
}

/// The word after the first comma that opens a clause, not a relative clause or an apposition.
fn after_comma(unit: &Unit, from: usize, cue_end: usize, lexicon: &Lexicon) -> Option<usize> {
    let reporting = &lexicon.reporting;
    let mut commas = (from..unit.words.len())
        .filter(|at| matches!(unit.lower(*at), "," | ":") && unit.words[*at].quote.is_none());
    commas.find_map(|comma| {
        let next = unit.lower(comma + 1);
        let relative = comma != cue_end
            && !ends_with_noun(unit, comma + 1)
            && !is_infinitive(unit, comma + 1)
            && reporting.relatives.iter().any(|word| word == next)
            && unit.words.get(comma + 2).is_some_and(|word| !reporting.subjunctive.contains(&word.lower))
            && !(comma + 2..comma + 9)
                .any(|at| reporting.subjunctive.iter().any(|word| word == unit.lower(at)));
        let hanging = reporting.conjunctions.iter().any(|word| word == next) && !matches!(next, "um");
        (!relative && !hanging).then_some(comma + 1)
    })
}

/// A relative clause ends with its verb, so one that ends with a noun is none ("die Vorräte reichten nur noch Wochen").
fn ends_with_noun(unit: &Unit, from: usize) -> bool {
    let clause = clause(unit, from);
    unit.words.get(clause.end - 1).is_some_and(|word| word.capital && clause.len() > 3)
}

/// "…, den Krieg mit Waffen zu befeuern": the clause ends with "zu" and its verb.
fn is_infinitive(unit: &Unit, from: usize) -> bool {
    let clause = clause(unit, from);
    let end = clause.end;
    let last = unit.lower(end - 1);
    let joined = last.len() > 6 && last.get(1..).is_some_and(|rest| rest.contains("zu"));
    end > from + 1 && last.ends_with('n') && (unit.lower(end - 2) == "zu" || joined)
}

fn skip_circumstances(unit: &Unit, from: usize, end: usize, lexicon: &Lexicon) -> usize {
    let skip = |at: &usize| lexicon.reporting.skip.iter().any(|word| word == unit.lower(*at));
    let skipped = (from..end).take_while(skip).count();
    // An article belongs to what follows unless a circumstance came before it.
    let back =
        usize::from(skipped == 1 && lexicon.reporting.articles.iter().any(|entry| entry == unit.lower(from)));
    from + skipped - back
}

/// Where a content ends: at the end of the unit, or before a later clause that has a cue of its own.
fn end_of_content(unit: &Unit, from: usize, lexicon: &Lexicon) -> usize {
    let cut = |at: &usize| {
        let word = unit.lower(*at);
        let next = unit.lower(at + 1);
        let starts = |list: &[String]| list.iter().any(|entry| entry == next);
        let adds = word == "," && (starts(&lexicon.reporting.tail) || starts(&lexicon.reporting.adds));
        let sourced = word == "," && lexicon.reporting.before.longest(unit, at + 1).is_some();
        let other = adds || sourced || says_more(unit, *at, lexicon);
        unit.words.get(*at).is_some_and(|word| word.quote.is_none()) && other
    };
    (from..unit.words.len()).find(cut).unwrap_or(unit.words.len())
}

/// ", und fügte hinzu", " and added that": another cue of the same speaker begins.
fn says_more(unit: &Unit, at: usize, lexicon: &Lexicon) -> bool {
    let joins = |at: usize| lexicon.reporting.joins.iter().any(|word| word == unit.lower(at));
    let from = if unit.lower(at) == "," && joins(at + 1) { at + 2 } else { at + 1 };
    if !joins(from - 1) {
        return false;
    }
    (from..from + 2).take_while(|at| !is_break(unit.lower(*at))).any(|at| {
        let next = [unit.lower(at + 1), unit.lower(at + 2)];
        let capital = unit.words.get(at).is_none_or(|word| word.capital || word.quote.is_some());
        let subjunctive = lexicon.reporting.subjunctive.iter().any(|word| word == unit.lower(at));
        !capital && !subjunctive && lexicon.verbs(unit.lower(at), next).next().is_some()
    })
}

/// The noun phrase that a verb such as "ankündigen" or "deny" takes.
fn object_of(unit: &Unit, cue: &Cue, around: &std::ops::Range<usize>) -> Option<Content> {
    let particle =
        matches!(cue.kind, Kind::Verb { verb, .. } if verb.particle.is_some()) && around.end > cue.words.end;
    let to = if particle { around.end - 1 } else { around.end };
    (to > cue.words.end).then(|| made(unit, cue.words.end, to, Manner::Reported, OBJECT))
}

/// "Nach Angaben von X hat …", "…, according to X", "According to X, …".
fn before_content(unit: &Unit, cue: &Cue, lexicon: &Lexicon) -> Content {
    let rule = "preposition before the source";
    let end = (0..unit.words.len())
        .find(|at| matches!(unit.lower(*at), "–" | "—") && *at > cue.words.end + 3)
        .unwrap_or(unit.words.len());
    let tail = cue.words.start > SHORTEST && unit.lower(cue.words.start - 1) == ",";
    if tail {
        return made(unit, 0, cue.words.start, Manner::Reported, rule);
    }
    if cue.words.start == 0 {
        let comma = (cue.words.end..unit.words.len()).find(|at| is_break(unit.lower(*at)));
        if let Some(comma) = comma.filter(|at| unit.lower(*at) == "," && *at <= cue.words.end + 10) {
            return made(unit, comma + 1, end, Manner::Reported, rule);
        }
        let reach = cue.words.end + 1..unit.words.len().min(cue.words.end + 20);
        let finite = |at: &usize| lexicon.reporting.finite.iter().any(|word| word == unit.lower(*at));
        if let Some(verb) = reach.clone().find(finite) {
            return made(unit, verb, end, Manner::Reported, rule);
        }
    }
    made(unit, 0, end, Manner::Reported, rule)
}
