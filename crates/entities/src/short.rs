//! Short names after full ones: "Watling", "Kims", "al-Burhan" of persons whom the text names in full somewhere.

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::things::Things;
use crate::words::{Gap, Word, Words};
use std::cmp::Reverse;
use std::collections::HashMap;

/// A short name and the person who may bear it.
struct Short {
    words: Vec<String>,
    person: usize,
    weight: usize,
}

/// Finds short names. Of several persons with one surname, the one whom the text names most often is meant.
pub(crate) fn find(words: &Words, lexicon: &Lexicon, things: &mut Things) {
    let shorts = Shorts::new(shorts(words, lexicon, things));
    let mut at = 0;
    while at < words.list.len() {
        let found = shorts.at(words, lexicon, at);
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
    let mut places = HashMap::new();
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
        if let Some(short) = places.get(&(person, names.clone())).and_then(|at: &usize| shorts.get_mut(*at)) {
            short.weight += 1;
        } else if names.iter().any(|name| name.chars().count() > 1) {
            places.insert((person, names.clone()), shorts.len());
            shorts.push(Short { words: names, person, weight: 1 });
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

/// Short names by their words, so that each place of a text is looked up once.
struct Shorts {
    list: Vec<Short>,
    places: HashMap<Vec<String>, usize>,
    /// How many words a name may have, the most first.
    lengths: Vec<usize>,
}

impl Shorts {
    fn new(mut list: Vec<Short>) -> Self {
        list.sort_by_key(|short| (Reverse(short.words.len()), Reverse(short.weight), short.person));
        let mut places = HashMap::with_capacity(list.len());
        for (at, short) in list.iter().enumerate() {
            places.entry(short.words.clone()).or_insert(at);
        }
        let mut lengths: Vec<usize> = list.iter().map(|short| short.words.len()).collect();
        lengths.dedup();
        Self { list, places, lengths }
    }

    /// The short name that stands at a word, the longest first; its last word may have an ending.
    fn at(&self, words: &Words, lexicon: &Lexicon, at: usize) -> Option<&Short> {
        words.get(at).filter(|word| word.capital())?;
        self.lengths.iter().find_map(|length| {
            let here = words.list.get(at..at + length)?;
            here.iter().skip(1).all(|word| word.gap.joins()).then_some(())?;
            let (last, before) = here.split_last()?;
            let place = |last: &str| {
                let name =
                    before.iter().map(|word| word.bare).chain([last]).map(str::to_owned).collect::<Vec<_>>();
                self.places.get(&name).copied()
            };
            let stripped =
                lexicon.endings.name.iter().filter_map(|ending| last.bare.strip_suffix(ending.as_str()));
            let first = std::iter::once(last.bare).chain(stripped).filter_map(place).min()?;
            self.list.get(first)
        })
    }
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
