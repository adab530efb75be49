//! A sentence as frames see it: words with their kind, the mention they belong to, and what they can trigger.

use crate::lexicon::{Case, Frame, Indexed, Place, Shape, Trigger};
use crate::view::Setting;
use lagebild_entities::{Form, Mention};
use lagebild_grammar::{Sentence, Token, Upos};
use lagebild_span::Span;
use std::ops::Range;

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) span: Span,
    pub(crate) lower: String,
    pub(crate) capital: bool,
    pub(crate) kind: Kind,
    /// The longest mention that it belongs to.
    pub(crate) mention: Option<&'a Mention>,
    /// What it can trigger in this place.
    pub(crate) triggers: Vec<Trigger>,
    /// Its relation to its head, where there is a tree.
    pub(crate) deprel: &'a str,
    /// Index of its head; its own where there is none.
    pub(crate) head: usize,
    /// Its case, in a language whose endings show it.
    pub(crate) case: Option<Case>,
    /// Part of words for goods.
    pub(crate) goods: bool,
}

/// What a word does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Preposition,
    Determiner,
    Conjunction,
    Subordinator,
    Pronoun,
    Auxiliary,
    Verb,
    Adverb,
    Comma,
    /// A mark at which a clause ends.
    Stop,
    /// Any other mark.
    Mark,
    /// A noun, name, adjective or number.
    Content,
}

/// How far behind its verb a particle may stand, in words ("handed its old air defence system over").
const PARTICLE_NEAR: usize = 8;

/// True for a verb to which `word` belongs as its particle ("hand … over"), and not as the preposition of a side or item.
fn is_particle(verb: &Word, word: &str, lexicon: &Indexed) -> bool {
    verb.triggers.iter().any(|trigger| {
        let frame = lexicon.data.frames.get(trigger.frame);
        let with = frame.and_then(|frame| trigger.verb.and_then(|at| frame.verbs.get(at)?.with.as_ref()));
        let is_place = |frame: &Frame| {
            let places = frame.giver.iter().chain(&frame.receiver).chain(&frame.item);
            places.clone().any(|place| matches!(place, Place::Preposition(of) if of == word))
        };
        with.is_some_and(|with| with.split('|').any(|with| with == word)) && !frame.is_some_and(is_place)
    })
}

/// The words of a sentence.
pub(crate) fn words<'a>(setting: &Setting<'a>, sentence: &'a Sentence) -> Vec<Word<'a>> {
    let Setting { text, lexicon, entities, goods, .. } = *setting;
    let mentions: Vec<&Mention> =
        entities.mentions.iter().filter(|m| m.span.overlaps(sentence.span)).collect();
    let mut words: Vec<Word<'a>> = Vec::with_capacity(sentence.tokens.len());
    for token in &sentence.tokens {
        let form = token.span.of(text);
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        let mut word = Word {
            span: token.span,
            lower: form.to_lowercase(),
            capital,
            kind: Kind::Content,
            mention: mention_of(token.span, form, &mentions, lexicon),
            triggers: Vec::new(),
            deprel: &token.deprel,
            head: token.head as usize,
            case: case(token, form, lexicon),
            goods: goods.iter().any(|one| one.span.contains(token.span)),
        };
        word.triggers = triggers_here(&word, token.upos, words.last(), lexicon);
        word.kind = kind(&word, token.upos, words.last(), lexicon);
        // Goods are no verbs, whatever the tagger takes them for ("shipped condensate").
        if word.kind == Kind::Verb && word.triggers.is_empty() && word.goods {
            word.kind = Kind::Content;
        }
        let near = words.len().saturating_sub(PARTICLE_NEAR);
        let is_of = |verb: &Word| is_particle(verb, &word.lower, lexicon);
        if word.kind == Kind::Preposition && words.get(near..).unwrap_or_default().iter().any(is_of) {
            word.kind = Kind::Adverb;
        }
        words.push(word);
    }
    blank_asides(&mut words, lexicon);
    words
}

/// Words of an aside: more than these are a clause of its own.
const ASIDE: usize = 8;

/// Takes asides that name a source (", as Kirby says,") out of a clause whose verb comes after them: the subject before the
/// aside stays that of the verb, and who stands in the aside takes no part.
fn blank_asides(words: &mut [Word], lexicon: &Indexed) {
    let mut start = 0;
    while let Some(at) = (start..words.len()).find(|at| words[*at].kind == Kind::Comma) {
        start = at + 1;
        let opens = words.get(start).is_some_and(|word| lexicon.data.words.asides.contains(&word.lower));
        let end = (start..words.len().min(start + ASIDE)).find(|end| words[*end].kind == Kind::Comma);
        let before =
            words[..at].iter().rev().take_while(|word| !matches!(word.kind, Kind::Comma | Kind::Stop));
        let has_verb = before.filter(|word| matches!(word.kind, Kind::Verb | Kind::Auxiliary)).count() > 0;
        if let Some(end) = end.filter(|_| opens && !has_verb && at > 0) {
            words[at..=end].iter_mut().for_each(|word| {
                word.kind = Kind::Mark;
                word.triggers.clear();
            });
            start = end + 1;
        }
    }
}

/// The case that the tagger read, where the form can show it: "КНДР" and "Конго" cannot.
fn case(token: &Token, form: &str, lexicon: &Indexed) -> Option<Case> {
    let function = &lexicon.data.words;
    let lower = form.to_lowercase();
    let letters = form.chars().nth(1).is_some() && form.chars().all(char::is_uppercase);
    let caseless = letters || function.caseless.iter().any(|end| lower.ends_with(end.as_str()));
    match token.feat("Case").filter(|_| function.case_endings && !caseless)? {
        "Nom" => Some(Case::Nom),
        "Acc" => Some(Case::Acc),
        "Dat" => Some(Case::Dat),
        "Gen" => Some(Case::Gen),
        "Ins" => Some(Case::Ins),
        "Loc" => Some(Case::Loc),
        _ => None,
    }
}

/// The word of a stretch that hangs on none of the others.
pub(crate) fn top(words: &[Word], range: Range<usize>) -> Option<usize> {
    let free =
        |at: &usize| words.get(*at).is_some_and(|word| word.head == *at || !range.contains(&word.head));
    range.clone().find(free)
}

/// The longest mention that covers a word, or that the word is with an ending.
fn mention_of<'a>(
    span: Span,
    form: &str,
    mentions: &[&'a Mention],
    lexicon: &Indexed,
) -> Option<&'a Mention> {
    mentions
        .iter()
        .copied()
        .filter(|mention| {
            let ending = || {
                let rest = form.get(mention.span.len()..).unwrap_or_default();
                span.start == mention.span.start && lexicon.data.words.genitive.iter().any(|end| end == rest)
            };
            mention.span.contains(span) || (span.contains(mention.span) && ending())
        })
        .max_by_key(|mention| (mention.span.len(), std::cmp::Reverse(mention.span.start)))
}

/// What a word can trigger where it stands: a noun form no verb, and the other way round.
fn triggers_here(word: &Word, upos: Upos, before: Option<&Word>, lexicon: &Indexed) -> Vec<Trigger> {
    let mut triggers = lexicon.triggers(&word.lower);
    let opens = before.is_none_or(|before| matches!(before.kind, Kind::Mark | Kind::Stop));
    let both =
        triggers.iter().any(|t| t.shape == Shape::Noun) && triggers.iter().any(|t| t.shape != Shape::Noun);
    let noun = match upos {
        Upos::Noun | Upos::Propn => true,
        Upos::Verb | Upos::Aux | Upos::Adj => false,
        _ if lexicon.data.words.capital_nouns => word.capital && !(opens && both),
        _ => before.is_some_and(|before| {
            matches!(before.kind, Kind::Determiner | Kind::Preposition | Kind::Content)
                && before.lower != "to"
                && (before.mention.is_none()
                    || adjectival(before, lexicon)
                    || is_genitive_mark(before, lexicon))
        }),
    };
    let known = !matches!(upos, Upos::X) || lexicon.data.words.capital_nouns || both;
    // What is a participle and no noun ("shipped") stays one, whatever the tagger takes it for.
    let participle =
        !both && !word.capital && triggers.iter().any(|trigger| trigger.shape == Shape::Participle);
    if known && !participle {
        triggers.retain(|trigger| (trigger.shape == Shape::Noun) == noun);
    }
    if lexicon.data.words.capital_nouns && word.capital && !opens {
        triggers.retain(|trigger| trigger.shape == Shape::Noun);
    }
    triggers
}

fn kind(word: &Word, upos: Upos, before: Option<&Word>, lexicon: &Indexed) -> Kind {
    let lower = word.lower.as_str();
    if !lower.chars().any(char::is_alphanumeric) {
        return mark(lower, lexicon);
    }
    if word.mention.is_some_and(|mention| mention.form != Form::Pronoun) {
        return Kind::Content;
    }
    let words = &lexicon.data.words;
    let has = |list: &[String]| list.iter().any(|entry| entry == lower);
    if words.prepositions.contains_key(lower) && (upos != Upos::Sconj || !has(&words.subordinators)) {
        // "to" before a verb form marks the infinitive.
        return if words.infinitives.iter().any(|mark| mark == lower) && upos == Upos::Part {
            Kind::Auxiliary
        } else {
            Kind::Preposition
        };
    }
    if has(&words.relatives) && upos == Upos::Pron {
        // "Waffen, an denen Russland …": no article of what follows.
        Kind::Pronoun
    } else if words.determiners.contains_key(lower) && upos != Upos::Sconj {
        Kind::Determiner
    } else if has(&words.conjunctions) {
        Kind::Conjunction
    } else if has(&words.subordinators) {
        Kind::Subordinator
    } else if has(&words.pronouns) {
        Kind::Pronoun
    } else if has(&words.auxiliaries) {
        Kind::Auxiliary
    } else if has(&words.genitive) && before.is_some_and(|before| before.kind == Kind::Content) {
        Kind::Content
    } else if has(&words.adverbs) || upos == Upos::Adv {
        Kind::Adverb
    } else if word.triggers.iter().any(|trigger| trigger.shape != Shape::Noun)
        || (matches!(upos, Upos::Verb | Upos::Aux)
            && !(words.capital_nouns && word.capital)
            && !attributive(word))
    {
        // Where nouns have capitals, a capital outweighs a tagger that takes the first word of an item for a verb.
        Kind::Verb
    } else {
        Kind::Content
    }
}

/// A participle that qualifies a noun: "liquefied gas", "loitering munitions".
fn attributive(word: &Word) -> bool {
    matches!(word.deprel, "amod" | "compound")
}

fn mark(lower: &str, lexicon: &Indexed) -> Kind {
    match lower {
        "," => Kind::Comma,
        ";" | ":" | "?" | "!" | "–" | "—" | "." => Kind::Stop,
        _ if lexicon.data.words.genitive.iter().any(|mark| mark == lower) => Kind::Content,
        _ => Kind::Mark,
    }
}

/// True for a mention that qualifies what follows: "nordkoreanische", "Russian".
pub(crate) fn adjectival(word: &Word, lexicon: &Indexed) -> bool {
    word.mention.is_some_and(|mention| {
        !word.capital
            || (mention.form == Form::Metonym
                && lexicon.data.words.adjectives.iter().any(|end| word.lower.ends_with(end.as_str())))
    })
}

/// True for a name in the genitive: "Nordkoreas Lieferungen", "Pjöngjangs Hilfe".
pub(crate) fn in_genitive(word: &Word) -> bool {
    let attribute = || word.deprel.starts_with("nmod");
    word.mention.is_some_and(|mention| mention.form == Form::Inflected || attribute())
        && word.lower.ends_with('s')
}

/// True where one of the phrases, with `|` between them, stands among the words.
pub(crate) fn says_one_of(words: &[Word], phrases: &str) -> bool {
    let words: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    phrases.split('|').any(|phrase| {
        let phrase: Vec<&str> = phrase.split_whitespace().collect();
        words.windows(phrase.len().max(1)).any(|row| row == phrase.as_slice())
    })
}

/// True for "'s" as a word of its own.
pub(crate) fn is_genitive_mark(word: &Word, lexicon: &Indexed) -> bool {
    word.mention.is_none() && lexicon.data.words.genitive.contains(&word.lower)
}
