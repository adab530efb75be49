//! Names of one culture in the script of another: "德米特里·佩斯科夫", "سيرغي شويغو", "니콜라스 마두로".
//!
//! No list has them. The text's words are spelled in Latin letters by `lagebild-names`, and a family name and first
//! name side by side are looked up by their consonants. That tells less than letters do: it holds for parties only whose
//! own names are foreign to the script, and for names with enough consonants.

use super::Hit;
use super::layout::{Compiled, Gathered, Section};
use super::parties::Parties;
use super::rules::rules;
use crate::party::{Party, PartyName};
use lagebild_mapped::{Multimap, hash_of, multimap};
use lagebild_names::scores::in_text::{IN_CHINESE, SURNAME_BY_CONSONANTS};
use lagebild_names::{consonants, latin_spelling};
use lagebild_span::Span;
use std::collections::BTreeSet;

/// Fewest consonants of a whole name.
const FEWEST: usize = 5;
/// The same in Chinese, where nothing else is compared: with fewer, somebody else of 60,000 parties sounds so, too.
const FEWEST_IN_CHINESE: usize = 7;
/// The most characters of a name's part in Chinese.
const MOST_CHARACTERS: usize = 7;
const WHY: &str = "written in another script: the consonants of first and family name agree";
const WHY_SURNAME: &str = "surname alone in another script; the full name stands elsewhere in the text";

/// Listed persons by the consonants of family name and first name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foreign<'a> {
    names: Multimap<'a>,
    parties: Parties<'a>,
}

/// Such persons' names, by their places among all names, while they are gathered.
#[derive(Debug, Default)]
pub(super) struct ForeignBuilder(Vec<(u64, u32)>);

/// The consonants of a family name and of a first name, as one key.
fn key(family: &str, given: &str) -> u64 {
    hash_of(format!("{family} {given}").as_bytes())
}

/// Scripts whose words are gone through here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    Arabic,
    Hangul,
    Kana,
    Han,
}

/// A word, or a piece of one, that may be a part of a name.
#[derive(Clone, Debug)]
struct Piece {
    span: Span,
    consonants: Vec<String>,
    /// True when only a space or a middle dot stands before it.
    joined: bool,
}

/// What family and given name were taken to sound like.
struct Sounds<'r> {
    family: &'r str,
    given: &'r str,
}

impl ForeignBuilder {
    /// Takes the name of a person, as the list spells it in Latin letters; `place` is its place among all names.
    pub(super) fn add(&mut self, place: u32, party: &Party, name: &PartyName) {
        if !is_foreign(party) || !name.full.chars().all(|c| !c.is_alphabetic() || (c as u32) < 0x250) {
            return;
        }
        let (family, given) = super::family_and_given(name);
        let (Some(own), Some(first)) = (family.first(), given.first()) else { return };
        let syllables = given.len() == 2 && given.iter().all(|part| part.chars().count() <= 5);
        let counted = if syllables { given.as_slice() } else { std::slice::from_ref(first) };
        let given =
            counted.iter().fold(String::new(), |all, part| append(&all, &consonants(&latin_spelling(part))));
        // Of two family names the second one is often left out.
        for family in BTreeSet::from([own.clone(), family.concat()]) {
            let family = consonants(&latin_spelling(&family));
            let enough = family.len() + given.len() + usize::from(syllables) >= FEWEST;
            if !family.is_empty() && !given.is_empty() && enough {
                self.0.push((key(&family, &given), place));
            }
        }
    }

    pub(super) fn finish(self, into: &mut Gathered) {
        into.put(Section::Foreign, multimap(self.0));
    }
}

impl<'a> Foreign<'a> {
    pub(super) fn of(file: &'a Compiled) -> Self {
        Self { names: Multimap::of(file.section(Section::Foreign)), parties: Parties::of(file) }
    }

    /// The listed names of somebody who may be called so, each with what family and given name were taken to sound like.
    fn bearers<'r>(&self, reading: &'r Reading) -> Vec<((u32, u32), Sounds<'r>)> {
        let (families, given) = &reading.consonants;
        let keys = families.iter().flat_map(|family| given.iter().map(move |given| (family, given)));
        let ids = keys.flat_map(|(family, given)| {
            let names = self.names.get(key(family, given)).filter_map(|place| self.parties.name_at(place));
            names.map(move |name| ((name.party, name.number), Sounds { family, given }))
        });
        ids.collect()
    }

    /// Full names in a stretch of words, and their family names alone in the same stretch.
    pub(super) fn find(&self, words: &[Span], text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let pieces: Vec<Piece> = words.iter().flat_map(|word| pieces(*word, text)).collect();
        let dotted: Vec<(Piece, Piece)> = words.iter().flat_map(|word| around_dots(*word, text)).collect();
        let spaced = (0..pieces.len()).flat_map(|at| readings(&pieces, at));
        let dotted = dotted.iter().map(|(given, family)| Reading {
            family: family.span,
            whole: given.span.cover(family.span),
            consonants: (&family.consonants, given.consonants.clone()),
        });
        let mut families: Vec<(&str, (u32, u32))> = Vec::new();
        for reading in spaced.chain(dotted) {
            for (id, Sounds { family, given }) in self.bearers(&reading) {
                let family_first = reading.family.start() == reading.whole.start();
                let (first, last) = if family_first { (family, given) } else { (given, family) };
                let span = without_tail(without_prefix(reading.whole, text, first), text, last);
                families.push((without_tail(reading.family, text, family).of(text), id));
                let han = span.of(text).chars().next().and_then(writing) == Some(Writing::Han);
                if han && family.len() + given.len() < FEWEST_IN_CHINESE {
                    continue;
                }
                let said = han.then_some((IN_CHINESE, WHY));
                hits.push(Hit { bare: span.of(text).to_owned(), by_sound: true, said, ..Hit::new(span, id) });
            }
        }
        families.sort_unstable();
        families.dedup();
        let stretch = words.iter().copied().reduce(Span::cover).unwrap_or_default();
        for (family, id) in families {
            for (at, _) in stretch.of(text).match_indices(family) {
                let start = stretch.start() as usize + at;
                let span = Span::new(start, start + family.len());
                if !stands_apart(text, span) {
                    continue;
                }
                hits.push(Hit {
                    said: Some((SURNAME_BY_CONSONANTS, WHY_SURNAME)),
                    partial: true,
                    ..Hit::new(span, id)
                });
            }
        }
        hits
    }
}

/// Pieces taken as a name.
struct Reading<'p> {
    family: Span,
    whole: Span,
    /// What the family name and the given name may sound like.
    consonants: (&'p [String], Vec<String>),
}

/// How the pieces from one on may be a name: given and family name, the same with another name between them, or a
/// family name and one or two syllables of a given name.
fn readings(pieces: &[Piece], at: usize) -> Vec<Reading<'_>> {
    let next = |step: usize| {
        let run = pieces.get(at + 1..=at + step)?;
        run.iter().all(|piece| piece.joined).then(|| run.last())?
    };
    let (Some(first), Some(second)) = (pieces.get(at), next(1)) else { return Vec::new() };
    let reading = |family: &'_ Piece, last: &Piece| (family.span, first.span.cover(last.span));
    let mut found = Vec::new();
    for last in [Some(second), next(2)].into_iter().flatten() {
        let (family, whole) = reading(last, last);
        found.push(Reading { family, whole, consonants: (&last.consonants, first.consonants.clone()) });
    }
    let (family, whole) = reading(first, second);
    found.push(Reading { family, whole, consonants: (&first.consonants, second.consonants.clone()) });
    if let Some(third) = next(2) {
        let both = second.consonants.iter().flat_map(|a| third.consonants.iter().map(move |b| append(a, b)));
        let (family, whole) = reading(first, third);
        found.push(Reading { family, whole, consonants: (&first.consonants, both.collect()) });
    }
    found
}

/// The name without an Arabic preposition before it, where its first word sounds as it should without one, too.
fn without_prefix(name: Span, text: &str, sounds: &str) -> Span {
    let first = name.of(text).split(char::is_whitespace).next().unwrap_or_default();
    let fits = |word: &str| transcribed(word, Writing::Arabic).iter().any(|one| one == sounds);
    let mut prefixes = rules().prefixes.iter();
    let cut = prefixes.find(|prefix| first.strip_prefix(prefix.as_str()).is_some_and(fits));
    name.starting(name.start() + cut.map_or(0, String::len) as u32)
}

/// The name without a Korean particle behind it, where its last word sounds as it should without one: "로" is one in
/// "푸틴으로", and none in "마두로".
fn without_tail(name: Span, text: &str, sounds: &str) -> Span {
    let last = name.of(text).rsplit(char::is_whitespace).next().unwrap_or_default();
    let fits =
        |word: &str| transcribed(word, Writing::Hangul).iter().any(|one| sounds.ends_with(one.as_str()));
    let bare = bare_hangul(last).filter(|bare| fits(bare)).min_by_key(|bare| bare.len()).unwrap_or(last);
    name.ending(name.end() - (last.len() - bare.len()) as u32)
}

/// What a Korean word is without each of the particles that it may end in.
fn bare_hangul(word: &str) -> impl Iterator<Item = &str> {
    let korean = word.chars().next().and_then(writing) == Some(Writing::Hangul);
    let tails = rules().attached.iter().filter(move |_| korean);
    tails.filter_map(|tail| word.strip_suffix(tail.as_str())).filter(|bare| !bare.is_empty())
}

/// False for letters inside a longer word of a script that sets spaces ("سلام" in "اسلام"), and behind another's given name.
fn stands_apart(text: &str, span: Span) -> bool {
    let (start, end) = (span.start() as usize, span.end() as usize);
    let spaced = |c: char| matches!(writing(c), Some(Writing::Arabic | Writing::Hangul));
    let before = text.get(..start).unwrap_or_default();
    let head = before.rsplit(|c: char| !spaced(c)).next().unwrap_or_default();
    let after = text.get(end..).and_then(|after| after.chars().next());
    let arabic = after.and_then(writing) == Some(Writing::Arabic);
    !before.ends_with(is_dot)
        && (head.is_empty() || rules().prefixes.iter().any(|prefix| prefix == head))
        && !arabic
}

/// Two runs of consonants as one: what ends the first and begins the second is there once.
fn append(a: &str, b: &str) -> String {
    let same = a.chars().next_back() == b.chars().next();
    format!("{a}{}", if same { b.get(1..).unwrap_or_default() } else { b })
}

/// The parts of a name that a word may hold, with and without what is attached to it.
fn pieces(word: Span, text: &str) -> Vec<Piece> {
    let written = word.of(text);
    let Some(writing) = written.chars().next().and_then(writing) else { return Vec::new() };
    let from = word.start() as usize;
    let before = text.get(..from).and_then(|before| before.chars().next_back());
    let joined = before.is_some_and(|c| c == ' ' || c == '\u{a0}');
    match writing {
        // A word that is no name: it parts those beside it.
        Writing::Arabic if rules().common_words.contains(written) => {
            vec![Piece { span: word, consonants: Vec::new(), joined }]
        }
        Writing::Arabic => {
            let prefixes = rules().prefixes.iter();
            let bare = prefixes.filter_map(|prefix| written.strip_prefix(prefix.as_str()));
            let all = std::iter::once(written).chain(bare).flat_map(|word| transcribed(word, writing));
            vec![Piece { span: word, consonants: all.collect(), joined }]
        }
        Writing::Hangul => {
            let all = std::iter::once(written).chain(bare_hangul(written));
            let consonants = all.flat_map(|word| transcribed(word, writing)).collect();
            vec![Piece { span: word, consonants, joined }]
        }
        Writing::Kana => kana(word, text),
        Writing::Han => Vec::new(),
    }
}

/// Katakana sets a middle dot between the parts of a foreign name, and no space around the name.
fn kana(word: Span, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = word.start() as usize;
    let mut dotted = false;
    for part in word.of(text).split_inclusive(|c| is_dot(c) || writing(c) != Some(Writing::Kana)) {
        let bare = part.trim_end_matches(|c| is_dot(c) || writing(c) != Some(Writing::Kana));
        if !bare.is_empty() {
            let consonants = transcribed(bare, Writing::Kana);
            pieces.push(Piece { span: Span::new(start, start + bare.len()), consonants, joined: dotted });
        }
        dotted = part.ends_with(is_dot);
        start += part.len();
    }
    pieces
}

/// Chinese sets a middle dot between given and family name; where they begin and end only their sounds can tell.
fn around_dots(word: Span, text: &str) -> Vec<(Piece, Piece)> {
    let mut found = Vec::new();
    let written = word.of(text);
    for (dot, mark) in written.char_indices().filter(|(_, c)| is_dot(*c)) {
        let han = |c: &char| writing(*c) == Some(Writing::Han);
        let before =
            written.get(..dot).unwrap_or_default().chars().rev().take_while(han).take(MOST_CHARACTERS);
        let after = written.get(dot + mark.len_utf8()..).unwrap_or_default().chars().take_while(han);
        let piece = |from: usize, to: usize| {
            let span = Span::new(word.start() as usize + from, word.start() as usize + to);
            Piece { span, consonants: transcribed(span.of(text), Writing::Han), joined: true }
        };
        let lengths = |letters: &mut dyn Iterator<Item = char>| -> Vec<usize> {
            letters
                .scan(0, |length, c| {
                    *length += c.len_utf8();
                    Some(*length)
                })
                .collect()
        };
        let start = dot + mark.len_utf8();
        let given: Vec<Piece> =
            lengths(&mut { before }).into_iter().map(|length| piece(dot - length, dot)).collect();
        let family: Vec<Piece> = lengths(&mut after.take(MOST_CHARACTERS))
            .into_iter()
            .map(|length| piece(start, start + length))
            .collect();
        found.extend(
            given.iter().flat_map(|one| family.iter().map(move |other| (one.clone(), other.clone()))),
        );
    }
    found
}

fn is_dot(c: char) -> bool {
    matches!(c, '・' | '·' | '•' | '＝')
}

fn writing(letter: char) -> Option<Writing> {
    match letter {
        '\u{600}'..='\u{6ff}' => Some(Writing::Arabic),
        '가'..='힣' => Some(Writing::Hangul),
        '\u{30a1}'..='\u{30fc}' if !is_dot(letter) => Some(Writing::Kana),
        '\u{4e00}'..='\u{9fff}' => Some(Writing::Han),
        _ => None,
    }
}

/// The consonants that a word may stand for, by what its script cannot tell apart.
fn transcribed(word: &str, writing: Writing) -> Vec<String> {
    let latin = latin_spelling(word);
    let spellings = match writing {
        // و is a vowel or v, ض stands for z as well.
        Writing::Arabic => {
            let first = latin.chars().next().map_or(0, char::len_utf8);
            let (head, tail) = latin.split_at(first);
            let voiced = format!("{head}{}", tail.replace('w', ""));
            vec![voiced.replace("dh", "z"), voiced, latin]
        }
        Writing::Hangul => vec![latin],
        // "ti" and "di" are written "chi" and "ji", "vl" begins with "u".
        Writing::Kana => {
            let begins =
                latin.strip_prefix('u').filter(|rest| rest.starts_with('r')).map(|rest| format!("v{rest}"));
            let stopped = |latin: &str| latin.replace("ch", "t").replace('j', "d").replace("kus", "ks");
            let other: Vec<String> = begins.iter().map(|latin| stopped(latin)).collect();
            std::iter::once(stopped(&latin)).chain(other).chain(begins).chain([latin]).collect()
        }
        Writing::Han => {
            let syllables = word.chars().map(|c| han_syllable(&latin_spelling(&c.to_string())));
            let latin: String = syllables.collect();
            let closed = consonants(&latin).len() > 2;
            [latin.replace('j', "t"), latin.clone()]
                .into_iter()
                .chain(closed.then(|| format!("{latin}r")))
                .collect()
        }
    };
    let mut all: Vec<String> =
        spellings.iter().map(|latin| consonants(latin)).filter(|all| !all.is_empty()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Chinese transcribes l before a consonant as "er" and zh as "r".
fn han_syllable(pinyin: &str) -> String {
    match pinyin.strip_prefix('r') {
        _ if pinyin == "er" => "l".to_owned(),
        Some(rest) => format!("zh{rest}"),
        None => pinyin.to_owned(),
    }
}

/// True when the party's names come from where Latin or Cyrillic letters are written.
fn is_foreign(party: &Party) -> bool {
    let cyrillic = |name: &PartyName| name.full.chars().any(|c| matches!(c, 'Ѐ'..='ӿ'));
    let fields = ["nationality", "citizenship", "country"];
    let mut countries = fields.iter().filter_map(|field| party.properties.get(*field)).flatten();
    countries.any(|country| rules().foreign_to_scripts.contains(&country.to_lowercase()))
        || party.names.iter().any(cyrillic)
}

#[cfg(test)]
mod tests {
    use super::{Writing, transcribed};

    #[test]
    fn every_script_gives_the_consonants_of_putin() {
        for (word, writing) in [
            ("بوتين", Writing::Arabic),
            ("پوتین", Writing::Arabic),
            ("푸틴", Writing::Hangul),
            ("プーチン", Writing::Kana),
            ("普京", Writing::Han),
        ] {
            assert!(
                transcribed(word, writing).contains(&"PTN".to_owned()),
                "{word}: {:?}",
                transcribed(word, writing)
            );
        }
    }
}
