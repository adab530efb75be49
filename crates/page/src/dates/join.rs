//! Phrases that belong together: "Tuesday (12 September)", "between 7 September and 1 October", "since mid June".

use super::Found;
use super::lexicon::{Bound, Lexicon, Meaning};
use super::row::Word;

/// A weekday and the day that it is: one date.
pub(super) fn weekdays(found: Vec<Found>, words: &[Word], lexicon: &Lexicon) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        let apposition = joined.last().is_some_and(|last| {
            last.means == Meaning::Weekday
                && next.means == Meaning::Day
                && words.get(last.end..next.first).is_some_and(|between| {
                    between.len() <= 3
                        && between.iter().all(|word| {
                            matches!(word.folded, "(" | ",") || lexicon.articles.contains(word.folded)
                        })
                })
        });
        match joined.last_mut().filter(|_| apposition) {
            Some(last) => {
                let closed = words.get(next.end).is_some_and(|word| word.folded == ")")
                    && words.get(next.first.wrapping_sub(1)).is_some_and(|word| word.folded == "(");
                *last = Found { first: last.first, end: next.end + usize::from(closed), ..next };
            }
            None => joined.push(next),
        }
    }
    joined
}

/// Two dates with "from … to …" or a dash: one interval. What one leaves out is taken from the other.
pub(super) fn ranges(found: Vec<Found>, words: &[Word], lexicon: &Lexicon) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last_mut().filter(|last| is_range(last, &next, words, lexicon)) {
            Some(last) => *last = interval(last, &next),
            None => joined.push(next),
        }
    }
    joined
}

fn is_range(last: &Found, next: &Found, words: &[Word], lexicon: &Lexicon) -> bool {
    let calendar = |found: &Found| matches!(found.means, Meaning::Day | Meaning::Month | Meaning::Year);
    if last.until.is_some() || !calendar(last) || !calendar(next) {
        return false;
    }
    let Some(between) = words.get(last.end..next.first) else { return false };
    let between: Vec<&str> =
        between.iter().map(|word| word.folded).filter(|w| !is_article(w, lexicon)).collect();
    let opening = words.iter().take(last.first).rev().find(|word| !is_article(word.folded, lexicon));
    lexicon.ranges.iter().any(|(open, phrases)| {
        (open.is_empty() || opening.is_some_and(|word| open.iter().any(|open| open == word.folded)))
            && phrases.iter().any(|phrase| {
                phrase
                    .iter()
                    .map(String::as_str)
                    .filter(|w| !is_article(w, lexicon))
                    .eq(between.iter().copied())
            })
    })
}

fn interval(first: &Found, second: &Found) -> Found {
    let mut slots = (first.slots, second.slots);
    slots.0.year = slots.0.year.or(slots.1.year);
    slots.1.year = slots.1.year.or(slots.0.year);
    slots.0.month = slots.0.month.or(slots.1.month);
    Found { end: second.end, slots: slots.0, until: Some((second.means, slots.1)), ..*first }
}

fn is_article(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.articles.contains(word)
}

/// The words like "since" and "mid" in front of a date: where they begin, and what they say, the innermost first.
pub(super) fn prefixes(first: usize, words: &[Word], lexicon: &Lexicon) -> (usize, Vec<Bound>) {
    let mut start = first;
    let mut bounds = Vec::new();
    let mut at = first;
    while bounds.len() < 3 {
        let Some(before) = words.get(..at) else { break };
        let prefix = lexicon.prefixes.iter().find(|(phrase, _)| {
            before.len() >= phrase.len()
                && before.iter().skip(before.len() - phrase.len()).map(|word| word.folded).eq(phrase.iter())
        });
        if let Some((phrase, bound)) = prefix {
            at -= phrase.len();
            start = at;
            bounds.push(*bound);
        } else if before.last().is_some_and(|word| is_article(word.folded, lexicon)) {
            at -= 1;
        } else {
            break;
        }
    }
    (start, bounds)
}
