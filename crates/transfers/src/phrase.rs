//! Noun phrases of a clause.

use crate::clause::{Phrase, place_mentions};
use crate::lexicon::{Case, Indexed};
use crate::words::{Kind, Word, adjectival, in_genitive, is_genitive_mark, top};
use std::ops::Range;

/// What has been read of the phrase that is being built.
#[derive(Default)]
struct Open {
    preposition: Option<String>,
    determiner: Option<String>,
    coordinated: bool,
    start: Option<usize>,
}

/// The noun phrases among the words of a clause, in order.
pub(crate) fn phrases(words: &[Word], range: Range<usize>, lexicon: &Indexed) -> Vec<Phrase> {
    let function = &lexicon.data.words;
    let mut found: Vec<Phrase> = Vec::new();
    let mut open = Open::default();
    for at in range.clone() {
        let Some(word) = words.get(at) else { break };
        match word.kind {
            Kind::Content if open.start.is_none() && approximates(words, at, lexicon) => {}
            Kind::Content => {
                if open.start.is_some_and(|start| splits(words, start, at, lexicon)) {
                    close(&mut found, &mut open, at, words, lexicon);
                }
                open.start.get_or_insert(at);
            }
            Kind::Preposition => {
                close(&mut found, &mut open, at, words, lexicon);
                let row = at.checked_sub(1).is_some_and(|before| approximates(words, before, lexicon));
                let number = function.approximators.contains(&word.lower) && stands_before_number(words, at);
                if !number && !row {
                    let preposition = function.prepositions.get(&word.lower).cloned();
                    open = Open { preposition, ..Open::default() };
                }
            }
            Kind::Determiner => {
                close(&mut found, &mut open, at, words, lexicon);
                open.determiner = Some(word.lower.clone());
            }
            Kind::Conjunction | Kind::Comma => {
                let glued = at
                    .checked_sub(1)
                    .and_then(|i| words.get(i))
                    .is_some_and(|word| word.lower.ends_with('-'));
                if !glued || open.start.is_none() {
                    close(&mut found, &mut open, at, words, lexicon);
                    let row = word.kind == Kind::Conjunction || row_goes_on(words, at + 1, range.end);
                    open.coordinated = row && found.last().is_some_and(|last| last.words.end == at);
                }
            }
            Kind::Adverb if function.closing_adverbs.contains(&word.lower) => open = Open::default(),
            Kind::Adverb if open.start.is_none() => {}
            Kind::Adverb
                if open.determiner.is_some()
                    && !noun_before(words, at, lexicon)
                    && words.get(at + 1).is_some_and(|next| next.kind == Kind::Content) => {}
            Kind::Pronoun if word.mention.is_some() => {
                close(&mut found, &mut open, at, words, lexicon);
                open.start = Some(at);
                close(&mut found, &mut open, at + 1, words, lexicon);
            }
            Kind::Mark => close(&mut found, &mut open, at, words, lexicon),
            _ => {
                close(&mut found, &mut open, at, words, lexicon);
                open = Open::default();
            }
        }
    }
    close(&mut found, &mut open, range.end, words, lexicon);
    found
}

/// "more than", "bis zu": the first of two words that only say how exact a number is.
fn approximates(words: &[Word], at: usize, lexicon: &Indexed) -> bool {
    let known =
        |at: usize| words.get(at).is_some_and(|word| lexicon.data.words.approximators.contains(&word.lower));
    // "handed over to Ukraine" is no number.
    let named = words.get(at + 2).is_some_and(|word| word.mention.is_some());
    known(at) && known(at + 1) && !named
}

/// "bis zu 500", "up to 500": the preposition belongs to the number.
fn stands_before_number(words: &[Word], at: usize) -> bool {
    words.iter().skip(at + 1).take(3).any(|word| word.lower.starts_with(|c: char| c.is_ascii_digit()))
}

/// True when the word at `at` begins a new phrase although nothing stands between: "liefert Russland | Granaten".
fn splits(words: &[Word], start: usize, at: usize, lexicon: &Indexed) -> bool {
    let (Some(before), Some(word)) = (words.get(at.wrapping_sub(1)), words.get(at)) else { return false };
    if noun_before(words, at, lexicon) && opens_after_noun(words, start, at, lexicon) {
        return true;
    }
    // In Russian a country behind a noun may be its owner or the one who gets it ("поставил оружие России").
    let function = &lexicon.data.words;
    let bare = function.free_order && !function.capital_nouns && before.kind == Kind::Content;
    if bare && before.mention.is_none() && word.mention.is_some() && !adjectival(word, lexicon) {
        return !owns(words, start, at);
    }
    let Some(mention) = before.mention else { return false };
    let same = word.mention.is_some_and(|other| other == mention);
    if same
        || adjectival(before, lexicon)
        || is_genitive_mark(word, lexicon)
        || before.span.end > mention.span.end
    {
        return false;
    }
    if lexicon.data.words.free_order {
        return !in_genitive(before);
    }
    let abbreviation = before.lower.len() <= 3;
    let whole =
        (start..at).all(|i| words.get(i).and_then(|word| word.mention).is_some_and(|other| other == mention));
    let behind_verb =
        start.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|word| !word.triggers.is_empty());
    whole && behind_verb && !abbreviation
}

/// "правительство | России": by the tree the name at `at` owns the noun before it, which neither goes nor is the going.
fn owns(words: &[Word], start: usize, at: usize) -> bool {
    let mention = words.get(at).and_then(|word| word.mention);
    let same = |word: &&Word| mention.is_some() && word.mention == mention;
    let end = at + words.iter().skip(at).take_while(same).count();
    let owner = top(words, at..end).and_then(|at| words.get(at));
    let plain = words.get(at.wrapping_sub(1)).is_some_and(|noun| !noun.goods && noun.triggers.is_empty());
    plain
        && owner.is_some_and(|word| {
            word.deprel == "nmod" && word.case == Some(Case::Gen) && (start..at).contains(&word.head)
        })
}

/// After a comma a row goes on only when a conjunction ends it ("an A, B und C"); else something new begins.
fn row_goes_on(words: &[Word], from: usize, to: usize) -> bool {
    let rest = words.get(from..to).unwrap_or_default();
    let row =
        rest.iter().take_while(|word| matches!(word.kind, Kind::Content | Kind::Determiner | Kind::Comma));
    rest.get(row.count()).is_some_and(|word| word.kind == Kind::Conjunction)
}

/// A noun right before, in a language that writes nouns with a capital.
fn noun_before(words: &[Word], at: usize, lexicon: &Indexed) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    lexicon.data.words.capital_nouns
        && before
            .is_some_and(|before| before.kind == Kind::Content && before.capital && before.mention.is_none())
}

/// After a noun an adjective, a number or a further noun begins a phrase of its own ("in den Monaten | Hunderte
/// Drohnen", "im Gegenzug | moderne Flugzeuge"), but for measures ("3000 Tonnen Weizen") and types ("Typ Shahed").
fn opens_after_noun(words: &[Word], start: usize, at: usize, lexicon: &Indexed) -> bool {
    let number = |word: &Word| {
        let data = &lexicon.data;
        word.lower.starts_with(|c: char| c.is_ascii_digit())
            || data.numbers.contains_key(&word.lower)
            || data.magnitudes.contains_key(&word.lower)
    };
    let (Some(before), Some(word)) = (words.get(at.wrapping_sub(1)), words.get(at)) else { return false };
    let typed = lexicon.data.words.type_nouns.contains(&before.lower);
    let counts = words.get(at + 1).is_some_and(|next| next.kind == Kind::Content);
    let measured = words.get(start..at).unwrap_or_default().iter().any(number);
    if number(word) {
        return counts && !number(before);
    }
    let letters = word.lower.chars().any(char::is_alphabetic);
    letters && !typed && !measured && word.mention.is_none() && !is_genitive_mark(word, lexicon)
}

fn close(found: &mut Vec<Phrase>, open: &mut Open, end: usize, words: &[Word], lexicon: &Indexed) {
    let Some(start) = open.start.take() else {
        // A determiner or preposition that waits for its noun stays.
        return;
    };
    let read = std::mem::take(open);
    let row = found.last().filter(|_| read.coordinated);
    let preposition = read.preposition.or_else(|| row.and_then(|last| last.preposition.clone()));
    let preposition =
        preposition.map(|word| directed(word, read.determiner.as_deref(), start..end, words, lexicon));
    let determined = read.determiner.as_ref().and_then(|word| lexicon.data.words.determiners.get(word));
    let cases = determined
        .filter(|cases| !cases.is_empty())
        .cloned()
        .unwrap_or_else(|| shown(words, start..end, lexicon));
    let mut phrase = Phrase {
        words: start..end,
        preposition,
        determiner: read.determiner,
        cases,
        coordinated: read.coordinated,
        head: None,
        possessor: None,
        adjective: None,
    };
    place_mentions(&mut phrase, words, lexicon);
    found.push(phrase);
}

/// The cases that the endings leave open; none where they show nothing.
fn shown(words: &[Word], range: Range<usize>, lexicon: &Indexed) -> Vec<Case> {
    let Some(word) = top(words, range).and_then(|at| words.get(at)) else { return Vec::new() };
    let either = |end: &String| word.lower.ends_with(end.as_str());
    let dative = matches!(word.case, Some(Case::Gen | Case::Ins | Case::Loc))
        && lexicon.data.words.dative_ends.iter().any(either);
    word.case.into_iter().chain(dative.then_some(Case::Dat)).collect()
}

/// German "in den Iran" says whither, like "nach"; "in dem", "in den USA" say where.
fn directed(
    preposition: String,
    determiner: Option<&str>,
    range: Range<usize>,
    words: &[Word],
    lexicon: &Indexed,
) -> String {
    let function = &lexicon.data.words;
    let Some(towards) = function.directed.get(&preposition) else { return preposition };
    let cases = determiner.and_then(|word| function.determiners.get(word));
    let accusative = cases.is_some_and(|cases| cases.contains(&Case::Acc));
    let plural = words
        .get(range.end.wrapping_sub(1))
        .is_some_and(|last| last.lower.ends_with("en") || last.lower == "usa");
    if accusative && !(plural && cases.is_some_and(|cases| cases.contains(&Case::Dat))) {
        towards.clone()
    } else {
        preposition
    }
}
