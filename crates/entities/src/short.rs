//! Short names after full ones: "Watling", "Kims", "al-Burhan" of persons whom the text names in full somewhere.

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::things::Things;
use crate::words::{Gap, Word, Words};

/// A short name and the person who may bear it.
struct Short {
    words: Vec<String>,
    person: usize,
    weight: usize,
}

/// Finds short names. Of several persons with one surname, the one whom the text names most often is meant.
pub(crate) fn find(words: &Words, lexicon: &Lexicon, things: &mut Things) {
    let mut shorts = shorts(words, lexicon, things);
    shorts.sort_by_key(|short| {
        (std::cmp::Reverse(short.words.len()), std::cmp::Reverse(short.weight), short.person)
    });
    let mut at = 0;
    while at < words.list.len() {
        let found = shorts.iter().find(|short| fits(words, lexicon, &short.words, at));
        let open = words.get(at).is_some_and(|word| !things.covers(word.span));
        let Some(short) = found.filter(|_| open && stands_alone(words, lexicon, at)) else {
            at += 1;
            continue;
        };
        let end = at + short.words.len();
        let glued = |at: usize| words.get(at).is_some_and(|word| word.gap == Gap::Hyphen);
        let exact = words.get(end - 1).zip(short.words.last()).is_some_and(|(word, name)| word.bare == *name);
        let form = if exact && !glued(at) && !glued(end) { Form::Name } else { Form::Inflected };
        things.mention(short.person, words.span(at, end), form);
        at = end;
    }
}

/// The surnames of the persons who are named in full; in Korean and Chinese names they come first.
fn shorts(words: &Words, lexicon: &Lexicon, things: &Things) -> Vec<Short> {
    let mut shorts: Vec<Short> = Vec::new();
    for (person, span) in things.mentioned(EntityKind::Person) {
        let (from, to) = words.range(span);
        let Some(parts) = words.list.get(from..to).filter(|parts| parts.len() > 1) else { continue };
        let eastern = things
            .get(person)
            .is_some_and(|thing| matches!(thing.country.as_deref(), Some("kp" | "kr" | "cn" | "vn" | "tw")));
        let first = parts.first().is_some_and(|word| lexicon.surname_first.contains(word.bare));
        let surname = if first
            && (eastern || parts.len() == 3 && parts.iter().all(|word| word.text.chars().count() <= 5))
        {
            parts.get(..1)
        } else {
            let group = parts.iter().rposition(|word| word.gap != Gap::Hyphen).unwrap_or(0);
            let group = if lexicon.particles.contains(parts.get(group).map_or("", |word| word.bare)) {
                parts.len() - 1
            } else {
                group
            };
            parts.get(group.max(1)..)
        };
        let names: Vec<String> =
            surname.unwrap_or_default().iter().map(|word| base(word, lexicon, things, person)).collect();
        match shorts.iter_mut().find(|short| short.person == person && short.words == names) {
            Some(short) => short.weight += 1,
            None if names.iter().any(|name| name.chars().count() > 1) => {
                shorts.push(Short { words: names, person, weight: 1 });
            }
            None => {}
        }
    }
    shorts
}

/// The surname without its ending, where the person's name shows that it is one: "Peskows" of "Dmitri Peskow".
fn base(word: &Word, lexicon: &Lexicon, things: &Things, person: usize) -> String {
    let known = things.get(person).map(|thing| crate::words::bare(&thing.name)).unwrap_or_default();
    let stripped = lexicon.endings.name.iter().find_map(|ending| word.bare.strip_suffix(ending.as_str()));
    match stripped {
        Some(stem) if stem.chars().count() > 1 && known.ends_with(stem) => stem.to_owned(),
        _ => word.bare.to_owned(),
    }
}

fn fits(words: &Words, lexicon: &Lexicon, name: &[String], at: usize) -> bool {
    name.iter().enumerate().all(|(index, part)| {
        words.get(at + index).is_some_and(|word| {
            let last = index + 1 == name.len();
            let rest = word.bare.strip_prefix(part.as_str());
            let ended = rest.is_some_and(|rest| {
                rest.is_empty() || last && lexicon.endings.name.iter().any(|ending| ending == rest)
            });
            ended && (index == 0 && word.capital() || index > 0 && word.gap.joins())
        })
    })
}

/// False behind another given name: "Igor Peskow" is somebody else.
fn stands_alone(words: &Words, lexicon: &Lexicon, at: usize) -> bool {
    let spaced = words.get(at).is_some_and(|word| word.gap == Gap::Space);
    !(spaced
        && words.before(at).is_some_and(|word| {
            word.capital()
                && !word.first
                && lexicon.given.contains_key(word.bare)
                && !lexicon.not_names.contains(word.text)
        }))
}
