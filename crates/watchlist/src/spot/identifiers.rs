//! Numbers that name one party: of a ship, a passport, a taxpayer, a legal entity, a bank, a wallet.
//!
//! A number in the text that some list gives for a party decides who is meant, whatever the name beside it; one whose kind the
//! words before it tell ("IMO", "INN") contradicts a party that the list gives another number of that kind.

use super::layout::{Compiled, Gathered, Section};
use super::rules::rules;
use crate::party::Party;
use lagebild_mapped::{Multimap, hash_of, multimap};
use lagebild_span::Span;

/// Fewest letters and digits of a number that mixes both, and of one of digits alone: shorter ones stand for many things.
const MIXED: usize = 7;
const DIGITS: usize = 9;
/// How many characters before a number a word that tells its kind may stand.
const CUE_REACH: usize = 24;

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Identifier {
    /// Where it is.
    pub span: Span,
    /// What kind of number, as a FollowTheMoney property, where the words before it tell.
    pub property: Option<String>,
    /// Its letters and digits, in capitals.
    pub number: String,
    /// The parties whose number it is, by their place in the watchlist.
    pub(crate) parties: Vec<u32>,
}

/// Listed numbers with the parties that bear them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identifiers<'a>(Multimap<'a>);

/// Such numbers while they are gathered.
#[derive(Debug, Default)]
pub(super) struct IdentifiersBuilder(Vec<(u64, u32)>);

impl IdentifiersBuilder {
    pub(super) fn add(&mut self, at: u32, party: &Party) {
        for property in rules().identifiers.keys() {
            for value in party.properties.get(property).into_iter().flatten() {
                for number in numbers(value) {
                    self.0.push((hash_of(plain(number.of(value)).as_bytes()), at));
                }
            }
        }
    }

    pub(super) fn finish(self, into: &mut Gathered) {
        into.put(Section::Identifiers, multimap(self.0));
    }
}

impl<'a> Identifiers<'a> {
    pub(super) fn of(file: &'a Compiled) -> Self {
        Self(Multimap::of(file.section(Section::Identifiers)))
    }

    /// The numbers of a text that some party bears, or whose kind the words before tell.
    pub(super) fn find(&self, text: &str) -> Vec<Identifier> {
        let found = numbers(text).into_iter().filter_map(|span| {
            let number = plain(span.of(text));
            let property = kind(text, span);
            let digits = number.chars().filter(char::is_ascii_digit).count();
            let telling = number.len() >= if digits == number.len() { DIGITS } else { MIXED };
            let sought = telling || property.is_some();
            let parties: Vec<u32> =
                if sought { self.0.get(hash_of(number.as_bytes())).collect() } else { Vec::new() };
            let open = property.is_some() && digits > 0;
            (open || !parties.is_empty()).then_some(Identifier { span, property, number, parties })
        });
        found.collect()
    }
}

/// Whether a party's number of a kind is this one; none when its list gives none.
pub(crate) fn bears(party: &Party, property: &str, number: &str) -> Option<bool> {
    let values = party.properties.get(property).filter(|values| !values.is_empty())?;
    Some(values.iter().any(|value| numbers(value).iter().any(|span| plain(span.of(value)) == number)))
}

/// Whether a party has one number of this kind only.
pub(crate) fn single(property: &str) -> bool {
    rules().single_identifiers.contains(property)
}

/// Runs of Latin letters, digits and inner hyphens with a digit in them, or of eight or eleven capitals (a bank's code).
fn numbers(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let inside = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !inside(at) {
            at += 1;
            continue;
        }
        let start = at;
        while inside(at) || bytes.get(at) == Some(&b'-') && inside(at + 1) {
            at += 1;
        }
        let run = bytes.get(start..at).unwrap_or_default();
        let code = matches!(run.len(), 8 | 11) && run.iter().all(u8::is_ascii_uppercase);
        if run.len() > 5 && (code || run.iter().any(u8::is_ascii_digit)) {
            found.push(Span::new(start, at));
        }
    }
    found
}

fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The kind of number that the words before it tell.
fn kind(text: &str, span: Span) -> Option<String> {
    let before = text.get(..span.start() as usize).unwrap_or_default();
    let from = before.char_indices().rev().nth(CUE_REACH - 1).map_or(0, |(at, _)| at);
    let near = before.get(from..).unwrap_or_default();
    let near = near.rsplit(['\n', ';', ',', '(']).next().unwrap_or_default().to_lowercase();
    let words: Vec<&str> =
        near.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let told = rules()
        .identifiers
        .iter()
        .find(|(_, cues)| cues.iter().any(|cue| words.iter().any(|word| *word == cue.to_lowercase())));
    told.map(|(property, _)| property.clone())
}

#[cfg(test)]
mod tests {
    use super::{Identifiers, IdentifiersBuilder, Multimap, bears, multimap};
    use crate::party::Party;

    fn party(property: &str, value: &str) -> Party {
        let mut party = Party::default();
        party.add(property, value);
        party
    }

    #[test]
    fn numbers_are_told_by_themselves_or_by_a_word_before() {
        let mut known = IdentifiersBuilder::default();
        known.add(0, &party("imoNumber", "IMO 9000001"));
        known.add(1, &party("passportNumber", "K1234567 (Iran)"));
        known.add(2, &party("taxNumber", "7700000001"));
        known.add(3, &party("swiftBic", "ABCDRUMM"));
        let section = multimap(known.0);
        let known = Identifiers(Multimap::of(&section));
        let found =
            |text: &str| -> Vec<u32> { known.find(text).into_iter().flat_map(|one| one.parties).collect() };
        assert_eq!(found("The tanker Alpha (IMO 9000001) left."), [0]);
        assert_eq!(found("It sold 9000001 barrels."), Vec::<u32>::new());
        assert_eq!(found("with passport K1234567"), [1]);
        assert_eq!(found("ИНН 7700000001"), [2]);
        assert_eq!(found("via ABCDRUMM in March"), [3]);
        let other = known.find("IMO number: 9000002");
        assert_eq!((other[0].number.as_str(), other[0].property.as_deref()), ("9000002", Some("imoNumber")));
    }

    #[test]
    fn another_number_of_the_kind_contradicts() {
        let ship = party("imoNumber", "9000001");
        assert_eq!(bears(&ship, "imoNumber", "9000002"), Some(false));
        assert_eq!(bears(&ship, "imoNumber", "9000001"), Some(true));
        assert_eq!(bears(&ship, "leiCode", "9000001"), None);
    }
}
