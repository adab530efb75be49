//! Clauses and phrases of a sentence, from its words and marks.

use crate::lexicon::{Case, Indexed};
use crate::words::{Kind, Word, adjectival, in_genitive, is_genitive_mark};
use lagebild_entities::EntityId;
use lagebild_span::Span;
use std::ops::Range;

/// A stretch of a sentence with one verb group.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) words: Range<usize>,
    pub(crate) link: Link,
    pub(crate) phrases: Vec<Phrase>,
}

/// How a clause hangs on what goes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// A main clause.
    Free,
    /// After "and" without a subject of its own, or as a list goes on.
    Coordinated,
    /// After "dass", "if", …
    Subordinate,
    /// After a relative pronoun: the noun before it takes part.
    Relative,
    /// Without a finite verb: "zu liefern".
    Infinitive,
}

/// A noun phrase with the preposition before it.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// Its words without preposition and determiner.
    pub(crate) words: Range<usize>,
    pub(crate) preposition: Option<String>,
    pub(crate) determiner: Option<String>,
    /// The cases that its determiner leaves open; empty when any is possible.
    pub(crate) cases: Vec<Case>,
    /// Follows another phrase after "and" or in a row.
    pub(crate) coordinated: bool,
    /// Whom it denotes by its last word.
    pub(crate) head: Option<EntityId>,
    /// Whose it is: "Nordkoreas", "Russia's".
    pub(crate) possessor: Option<EntityId>,
    /// Whence it is: "nordkoreanische", "Russian".
    pub(crate) adjective: Option<EntityId>,
}

impl Phrase {
    /// Whom it denotes or belongs to, in that order.
    pub(crate) fn party(&self) -> Option<EntityId> {
        self.head.or(self.possessor).or(self.adjective)
    }

    /// The words themselves.
    pub(crate) fn span(&self, words: &[Word]) -> Span {
        words
            .get(self.words.clone())
            .and_then(|words| Some(words.first()?.span.cover(words.last()?.span)))
            .unwrap_or_default()
    }

    /// True when the determiner allows the case.
    pub(crate) fn may_be(&self, case: Case) -> bool {
        self.cases.is_empty() || self.cases.contains(&case)
    }
}

/// The clauses of a sentence in order.
pub(crate) fn clauses(words: &[Word], lexicon: &Indexed) -> Vec<Clause> {
    ranges(words, lexicon)
        .into_iter()
        .map(|range| Clause {
            link: link(words, &range, lexicon),
            phrases: crate::phrase::phrases(words, range.clone(), lexicon),
            words: range,
        })
        .collect()
}

/// ", so Kang", ", according to Kirby": who says it, not who takes part.
fn names_source(piece: &[Word], lexicon: &Indexed) -> bool {
    piece.get(1).is_some_and(|word| lexicon.data.words.attributions.contains(&word.lower))
}

fn has_verb(words: &[Word]) -> bool {
    words.iter().any(|word| matches!(word.kind, Kind::Verb | Kind::Auxiliary))
}

/// Where clauses begin and end: at stops, at commas and conjunctions between verb groups, before subordinators.
fn ranges(words: &[Word], lexicon: &Indexed) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    for (at, word) in words.iter().enumerate() {
        let begins = match word.kind {
            // "Weizenmehl- und Milchpulverlieferungen": one phrase, whatever stands between.
            Kind::Conjunction => {
                !words.get(at.wrapping_sub(1)).is_some_and(|before| before.lower.ends_with('-'))
            }
            Kind::Stop | Kind::Comma => true,
            Kind::Subordinator => at > 0,
            _ => at > 0 && opens_relative(words, at, lexicon),
        };
        if begins && cuts.last().is_some_and(|last| *last < at) {
            cuts.push(at);
        }
    }
    cuts.push(words.len());
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for pair in cuts.windows(2) {
        let [start, end] = *pair else { continue };
        let opens = words.get(start).map(|word| word.kind);
        let piece = words.get(start..end).unwrap_or_default();
        let joins = ranges.last().is_some_and(|last: &Range<usize>| {
            let before = words.get(last.clone()).unwrap_or_default();
            let sourced = opens == Some(Kind::Comma) && names_source(piece, lexicon);
            opens != Some(Kind::Stop) && !sourced && (!has_verb(piece) || !has_verb(before))
        });
        match ranges.last_mut().filter(|_| joins) {
            Some(last) => last.end = end,
            None => ranges.push(start..end),
        }
    }
    ranges
}

/// "which", "who" in running text of a language that puts no comma there.
fn opens_relative(words: &[Word], at: usize, lexicon: &Indexed) -> bool {
    let function = &lexicon.data.words;
    let Some(word) = words.get(at) else { return false };
    let noun_before =
        at.checked_sub(1).and_then(|i| words.get(i)).is_some_and(|word| word.kind == Kind::Content);
    let verb_after = words
        .get(at + 1)
        .is_some_and(|word| matches!(word.kind, Kind::Verb | Kind::Auxiliary | Kind::Content));
    !function.capital_nouns && noun_before && verb_after && function.relatives.contains(&word.lower)
}

fn link(words: &[Word], range: &Range<usize>, lexicon: &Indexed) -> Link {
    let Some(clause) = words.get(range.clone()) else { return Link::Free };
    let opening = clause
        .iter()
        .find(|word| !matches!(word.kind, Kind::Comma | Kind::Mark | Kind::Stop | Kind::Conjunction));
    let after_comma = clause.first().is_some_and(|word| word.kind == Kind::Comma);
    let function = &lexicon.data.words;
    let relative = opening.is_some_and(|word| function.relatives.contains(&word.lower));
    let second = clause.iter().filter(|word| word.kind != Kind::Comma).nth(1);
    let behind_preposition = opening.is_some_and(|word| word.kind == Kind::Preposition)
        && second.is_some_and(|word| function.relatives.contains(&word.lower) && word.kind != Kind::Content)
        && clause.last().is_some_and(|word| matches!(word.kind, Kind::Verb | Kind::Auxiliary));
    if range.start > 0
        && ((after_comma && (relative || behind_preposition)) || opens_relative(words, range.start, lexicon))
    {
        Link::Relative
    } else if opening.is_some_and(|word| word.kind == Kind::Subordinator) {
        Link::Subordinate
    } else if range.start > 0 && is_infinitive(clause, lexicon) {
        Link::Infinitive
    } else if clause.first().is_some_and(|word| word.kind == Kind::Conjunction) {
        Link::Coordinated
    } else {
        Link::Free
    }
}

/// True when the clause has an infinitive mark and no auxiliary beside it.
fn is_infinitive(clause: &[Word], lexicon: &Indexed) -> bool {
    let function = &lexicon.data.words;
    let marked = clause.windows(2).any(|pair| {
        let [mark, verb] = pair else { return false };
        function.infinitives.contains(&mark.lower) && matches!(verb.kind, Kind::Verb | Kind::Auxiliary)
    });
    let glued = clause.iter().any(|word| {
        word.kind == Kind::Verb
            && function.capital_nouns
            && word.lower.contains("zu")
            && !word.triggers.is_empty()
    });
    let finite = clause.iter().any(|word| {
        word.kind == Kind::Auxiliary
            && word.lower != "haben"
            && word.lower != "sein"
            && !function.infinitives.contains(&word.lower)
    });
    (marked || glued) && !finite
}

/// How a mention takes part in its phrase; used while phrases are built.
pub(crate) fn place_mentions(phrase: &mut Phrase, words: &[Word], lexicon: &Indexed) {
    for at in phrase.words.clone() {
        let Some(word) = words.get(at) else { continue };
        let Some(mention) = word.mention else { continue };
        let next = words.get(at + 1).filter(|_| at + 1 < phrase.words.end);
        if next.is_some_and(|next| next.mention.is_some_and(|other| other == mention)) {
            continue;
        }
        let owns =
            next.is_some_and(|next| is_genitive_mark(next, lexicon)) || word.span.end > mention.span.end;
        if adjectival(word, lexicon) {
            phrase.adjective = Some(mention.entity);
        } else if owns || (next.is_some() && in_genitive(word)) {
            phrase.possessor = Some(mention.entity);
        } else if next.is_none() {
            phrase.head = Some(mention.entity);
        } else {
            phrase.adjective = phrase.adjective.or(Some(mention.entity));
        }
    }
}
