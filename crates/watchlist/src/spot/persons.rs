//! Persons' names in a text, and surnames alone.

use super::keys::{Form, KeyId, KeysBuilder, pair};
use super::layout::{Compiled, Gathered, Section};
use super::parties::records;
use super::rules::rules;
use super::words::{Tie, Words};
use super::{Found, Hit, family_and_given};
use crate::key::key;
use crate::party::PartyName;
use foldhash::HashMap;
use lagebild_mapped::{Multimap, Records, multimap};
use lagebild_names::scores::in_text::{INITIAL_UNIQUE, SURNAME_CONFIRMED, SURNAME_RARE};
use lagebild_span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

/// Shortest key of a surname that is told alone without its full name.
const RARE_LENGTH: usize = 5;
/// On how many lists the bearers of such a surname stand at least: they are then much in the news.
const RARE_LISTS: u32 = 3;
/// How many words before or after a family name may be other parts of the name.
const REACH: usize = 8;
/// The longest key of a syllable of an East Asian given name.
const SYLLABLE: usize = 5;
/// The most words that one given name is written in ("Jong Un", "Jong-un").
const MOST_JOINED: usize = 3;

/// Listed persons by the keys of their family name and first given name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Persons<'a> {
    names: Records<'a>,
    /// Names by family name and first given name, or all given names run together.
    pairs: Multimap<'a>,
    /// Names by family name and the first letter of the first given name's key.
    initials: Multimap<'a>,
    families: Records<'a>,
    family_keys: Multimap<'a>,
}

/// Persons while they are gathered.
#[derive(Debug, Default)]
pub(super) struct PersonsBuilder {
    names: Vec<Name>,
    pairs: Vec<(u64, u32)>,
    initials: Vec<(u64, u32)>,
    families: HashMap<KeyId, Bearers>,
}

/// Who bears a family name, while they are gathered.
#[derive(Debug, Default)]
struct Bearers {
    names: Vec<u32>,
    firsts: BTreeSet<KeyId>,
    lists: BTreeSet<Box<str>>,
    long: bool,
    joined: bool,
}

/// Who bears a family name.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Family {
    /// One name of each bearer, while there are few enough to be told by it.
    bearers: Vec<u32>,
    /// True when all bearers share one first name.
    one_first: bool,
    /// On how many lists they stand.
    lists: u32,
    long: bool,
    /// True when given names beside it may be written as one word or as several.
    joined: bool,
}

/// A person's name by the keys of its parts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Name {
    party: u32,
    number: u32,
    family: Box<[KeyId]>,
    given: Box<[KeyId]>,
    /// The first letters of the given names' keys.
    letters: Box<[char]>,
    /// The given names run together: Jong Un, Jong-un, Jongun.
    joined: KeyId,
    family_first: bool,
    /// True for given names that a text may write as one word or as several.
    syllables: bool,
    /// A family name of two letters beside an initial is too little ("U.S").
    long_family: bool,
}

/// A surname alone in a text.
pub(super) struct Surname {
    span: Span,
    forms: Rc<[Form]>,
    compound: bool,
}

/// Words of the text that fit a name's given names.
#[derive(Debug)]
struct Fit {
    first: usize,
    last: usize,
    stems: Vec<(usize, Form)>,
    /// True when an initial stands for the first given name.
    initial: bool,
}

impl PersonsBuilder {
    pub(super) fn add(
        &mut self,
        (party, number): (u32, u32),
        name: &PartyName,
        list: &str,
        keys: &mut KeysBuilder,
    ) {
        let (family, given) = family_and_given(name);
        // "LAVROV, Sergei" is how a list sorts; "KIM Jong Un" is the order of the name itself.
        let rest = family.first().and_then(|word| name.full.strip_prefix(word.as_str()));
        let family_first =
            rest.is_some_and(|rest| !rest.trim_start().starts_with(',')) && !name.full.contains(',');
        let light = |word: &&String| !rules().particles.contains(&word.to_lowercase());
        let written =
            |words: &[String]| -> Vec<String> { words.iter().filter(light).map(|word| key(word)).collect() };
        // "The Engineer" is a nickname.
        if given.first().is_some_and(|first| first.eq_ignore_ascii_case("the")) {
            return;
        }
        let (family, given) = (written(&family), written(&given));
        let [head, ..] = family.as_slice() else { return };
        if given.is_empty() || family.iter().chain(&given).any(String::is_empty) {
            return;
        }
        let at = self.names.len() as u32;
        let mut number_of = |key: &String| keys.number(key);
        let joined = number_of(&given.concat());
        let head_id = number_of(head);
        let first = number_of(&given[0]);
        let letters: Box<[char]> = given.iter().filter_map(|key| key.chars().next()).collect();
        for second in BTreeSet::from([first, joined]) {
            self.pairs.push((pair(head_id, second), at));
        }
        if let Some(letter) = letters.first() {
            self.initials.push((pair(head_id, u32::from(*letter)), at));
        }
        let bearers = self.families.entry(head_id).or_default();
        let syllables = family_first || given.len() > 1 && given.iter().all(|key| key.len() <= SYLLABLE);
        bearers.joined |= syllables;
        bearers.add(at, first, list, head.len());
        self.names.push(Name {
            party,
            number,
            family: family.iter().map(&mut number_of).collect(),
            given: given.iter().map(&mut number_of).collect(),
            letters,
            joined,
            family_first,
            syllables,
            long_family: family.iter().any(|part| part.len() > 2),
        });
    }

    pub(super) fn finish(self, into: &mut Gathered) {
        let mut families: Vec<(KeyId, Bearers)> = self.families.into_iter().collect();
        families.sort_unstable_by_key(|(key, _)| *key);
        let keys = (0u32..).zip(&families).map(|(at, (key, _))| (u64::from(*key), at));
        into.put(Section::FamilyKeys, multimap(keys));
        let families: Vec<Family> = families.into_iter().map(|(_, bearers)| bearers.family()).collect();
        into.put(Section::Families, records(&families));
        into.put(Section::Persons, records(&self.names));
        into.put(Section::PersonPairs, multimap(self.pairs));
        into.put(Section::PersonInitials, multimap(self.initials));
    }
}

impl<'a> Persons<'a> {
    pub(super) fn of(file: &'a Compiled) -> Self {
        Self {
            names: Records::of(file.section(Section::Persons)),
            pairs: Multimap::of(file.section(Section::PersonPairs)),
            initials: Multimap::of(file.section(Section::PersonInitials)),
            families: Records::of(file.section(Section::Families)),
            family_keys: Multimap::of(file.section(Section::FamilyKeys)),
        }
    }

    fn name(&self, at: u32) -> Option<Name> {
        postcard::from_bytes(self.names.get(at)?).ok()
    }

    fn family(&self, key: KeyId) -> Option<Family> {
        let at = self.family_keys.get(u64::from(key)).next()?;
        postcard::from_bytes(self.families.get(at)?).ok()
    }

    /// First name (or its initial) and the family name at word `at`, in either order, other listed parts between them.
    pub(super) fn full(&self, words: &Words, at: usize, forms: &[Form]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for form in forms {
            let Some(family) = self.family(form.key) else { continue };
            for name in self.candidates(words, at, (form.key, family.joined)) {
                let end = name.family_end(words, at);
                let fits = [name.given_before(words, at), name.given_after(words, end)];
                let hit = |fit: Fit| {
                    let why = "an initial, and a surname whose listed bearers share the first name";
                    let unique = fit.initial && family.one_first && family.lists > 1;
                    Hit {
                        said: unique.then_some((INITIAL_UNIQUE, why)),
                        ..name.hit(words, (at, end), form, fit)
                    }
                };
                hits.extend(fits.into_iter().flatten().map(hit));
            }
        }
        hits
    }

    /// The names with this family name whose first given name stands near the word, in full or as an initial.
    fn candidates(&self, words: &Words, at: usize, (family, east_asian): (KeyId, bool)) -> Vec<Name> {
        let mut found: BTreeSet<u32> = BTreeSet::new();
        let run = run_around(words, at);
        for near in run.clone().filter(|near| *near != at) {
            let Some(word) = words.get(near) else { break };
            if !(word.capital || word.tie == Tie::Hyphen) {
                continue;
            }
            for form in words.forms(near).iter().flat_map(|forms| forms.iter()) {
                found.extend(self.pairs.get(pair(family, form.key)));
            }
            for to in (near + 1..near + MOST_JOINED).filter(|to| east_asian && run.contains(to) && *to != at)
            {
                for form in words.joined(near, to) {
                    found.extend(self.pairs.get(pair(family, form.key)));
                }
            }
            if word.initial {
                let letter = words.written_keys(near).first().and_then(|key| key.chars().next());
                let names = letter.map(|letter| self.initials.get(pair(family, u32::from(letter))));
                found.extend(names.into_iter().flatten());
            }
        }
        found.into_iter().filter_map(|at| self.name(at)).collect()
    }

    /// The word at `at` as a surname, where it is one of a listed person.
    pub(super) fn surname(&self, words: &Words, at: usize, forms: Rc<[Form]>) -> Option<Surname> {
        let known = forms.iter().any(|form| self.family_keys.contains(u64::from(form.key)));
        let span = words.span(at, at);
        (known && !rules().is_ordinary(words.written(at))).then(|| Surname {
            span,
            forms,
            compound: words.tied(at) || words.tied(at + 1),
        })
    }

    /// Surnames alone: of parties that the text names in full, else of the only person who bears it.
    pub(super) fn surnames(&self, surnames: &[Surname], found: &[Found]) -> Vec<Hit> {
        const CONFIRMED: &str = "surname alone; the full name stands elsewhere in the text";
        const RARE: &str = "surname alone; one person bears it, on several lists";
        let confirmed = self.confirmed(found);
        let mut hits = Vec::new();
        for surname in surnames {
            let named = surname.forms.iter().any(|form| confirmed.contains_key(&form.key));
            for form in surname.forms.iter() {
                let rare = || self.family(form.key).filter(|family| !named && family.is_rare());
                let (bearers, said) = match confirmed.get(&form.key) {
                    Some(named) => (named.clone(), (SURNAME_CONFIRMED, CONFIRMED)),
                    None => match rare() {
                        Some(family) => (family.bearers, (SURNAME_RARE, RARE)),
                        None => continue,
                    },
                };
                let bearers = bearers.into_iter().filter_map(|at| self.name(at));
                hits.extend(bearers.map(|name| Hit {
                    inflected: form.stem.is_some() || surname.compound,
                    partial: true,
                    said: Some(said),
                    ..Hit::new(surname.span, (name.party, name.number))
                }));
            }
        }
        hits
    }

    /// The names of parties that the text names in full, by family name.
    fn confirmed(&self, found: &[Found]) -> HashMap<KeyId, Vec<u32>> {
        let parties: BTreeSet<u32> = found.iter().flat_map(Found::parties).collect();
        let mut names: HashMap<KeyId, Vec<u32>> = HashMap::default();
        for party in parties {
            let own = (self.first_of(party)..).map_while(|at| Some((at, self.name(at)?)));
            for (at, name) in own.take_while(|(_, name)| name.party == party) {
                if let Some(family) = name.family.first() {
                    names.entry(*family).or_default().push(at);
                }
            }
        }
        names
    }

    /// The first name of a party, or of the first party behind it that has one: names stand in the order of parties.
    fn first_of(&self, party: u32) -> u32 {
        let (mut from, mut to) = (0, self.names.len() as u32);
        while from < to {
            let middle = u32::midpoint(from, to);
            match self.name(middle) {
                Some(name) if name.party < party => from = middle + 1,
                _ => to = middle,
            }
        }
        from
    }
}

/// The words that may belong to one name with the word at `at`.
fn run_around(words: &Words, at: usize) -> Range<usize> {
    let before = (0..REACH.min(at)).take_while(|back| words.joins(at - back)).count();
    let after = (at + 1..=at + REACH + 1).take_while(|&next| words.joins(next)).count();
    at - before..at + after + 1
}

impl Bearers {
    fn add(&mut self, name: u32, first: KeyId, list: &str, length: usize) {
        self.long = length >= RARE_LENGTH;
        self.firsts.insert(first);
        if self.firsts.len() > 1 {
            self.names = Vec::new();
            return;
        }
        self.names.push(name);
        if !self.lists.contains(list) {
            self.lists.insert(list.into());
        }
    }

    fn family(self) -> Family {
        Family {
            bearers: self.names,
            one_first: self.firsts.len() == 1,
            lists: self.lists.len() as u32,
            long: self.long,
            joined: self.joined,
        }
    }
}

impl Family {
    /// True for a long surname whose bearers share one first name and stand on several lists.
    fn is_rare(&self) -> bool {
        self.long && self.one_first && self.lists >= RARE_LISTS
    }
}

impl Name {
    /// The last word of the family name when it starts at `at`; a second family name may be missing.
    fn family_end(&self, words: &Words, at: usize) -> usize {
        let mut end = at;
        for part in self.family.iter().skip(1) {
            if !words.joins(end + 1) || words.form(end + 1, *part).is_none() {
                break;
            }
            end += 1;
        }
        end
    }

    fn given_after(&self, words: &Words, end: usize) -> Option<Fit> {
        let run: Vec<usize> =
            (end + 1..words.list.len()).take(REACH).take_while(|&at| words.joins(at)).collect();
        self.given_in(words, &run, true)
    }

    fn given_before(&self, words: &Words, at: usize) -> Option<Fit> {
        let mut run: Vec<usize> =
            (1..=REACH.min(at)).take_while(|back| words.joins(at + 1 - back)).map(|back| at - back).collect();
        run.reverse();
        let skip = self.particle_before(words, &run);
        run.truncate(run.len() - skip);
        (0..run.len()).find_map(|start| {
            let tail = run.get(start..)?;
            let fit = self.given_in(words, tail, false)?;
            (fit.last == *tail.last()?).then_some(fit)
        })
    }

    /// One when a particle stands right before the family name ("Baschar al-Assad").
    fn particle_before(&self, words: &Words, run: &[usize]) -> usize {
        let particle = |&at: &usize| rules().particles.contains(&words.written(at).to_lowercase());
        usize::from(!self.family_first && run.last().is_some_and(particle))
    }

    /// The given names at the beginning of a run of words that stands before or `after` the family name.
    fn given_in(&self, words: &Words, run: &[usize], after: bool) -> Option<Fit> {
        let joined = if self.syllables { self.joined_in(words, run) } else { None };
        joined.or_else(|| if self.family_first { None } else { self.in_order(words, run, after) })
    }

    /// The first given name or its initial, then other given names in their order.
    fn in_order(&self, words: &Words, run: &[usize], after: bool) -> Option<Fit> {
        let (&first, rest) = run.split_first()?;
        let word = words.get(first)?;
        let form = words.form(first, *self.given.first()?);
        // An initial behind the family name is a Russian habit ("Путин В. В."); elsewhere "Daniel B." hides a name.
        let initial = || {
            let cyrillic = words.written(first).starts_with(|letter| matches!(letter, 'Ѐ'..='ӿ'));
            let fits = self.letters.first().is_some_and(|letter| stands_for(words, first, *letter));
            self.long_family && (!after || cyrillic) && fits
        };
        if !word.capital || (form.is_none() && !initial()) {
            return None;
        }
        let initial = form.is_none();
        let stems = form.map(|form| (first, form)).into_iter().collect();
        let mut fit = Fit { first, last: first, stems, initial };
        let mut others = self.given.iter().zip(&self.letters).skip(1);
        for &at in rest {
            if rules().particles.contains(&words.written(at).to_lowercase()) {
                continue;
            }
            let mut form = None;
            let fits = others.any(|(part, letter)| {
                form = words.form(at, *part);
                form.is_some() || stands_for(words, at, *letter)
            });
            if !fits {
                break;
            }
            fit.last = at;
            fit.stems.extend(form.map(|form| (at, form)));
        }
        Some(fit)
    }

    /// All given names run together, over one to three words.
    fn joined_in(&self, words: &Words, run: &[usize]) -> Option<Fit> {
        let first = *run.first()?;
        for &last in run.iter().take(MOST_JOINED) {
            let word = words.get(last)?;
            if !word.capital && word.tie != Tie::Hyphen {
                return None;
            }
            if let Some(form) = words.joined(first, last).into_iter().find(|form| form.key == self.joined) {
                return Some(Fit { first, last, stems: vec![(last, form)], initial: false });
            }
        }
        None
    }

    fn hit(&self, words: &Words, (at, end): (usize, usize), family: &Form, fit: Fit) -> Hit {
        let (first, last) = (at.min(fit.first), end.max(fit.last));
        let mut stems = fit.stems;
        stems.push((at, family.clone()));
        let stem = |at: usize| {
            stems.iter().find(|(place, _)| *place == at).and_then(|(_, form)| form.stem.as_deref())
        };
        let bare: Vec<&str> = (first..=last).map(|at| stem(at).unwrap_or(words.written(at))).collect();
        Hit {
            inflected: stems.iter().any(|(_, form)| form.stem.is_some()),
            bare: bare.join(" "),
            ..Hit::new(words.span(first, last), (self.party, self.number))
        }
    }
}

/// True when the word is an initial with this letter.
fn stands_for(words: &Words, at: usize, letter: char) -> bool {
    words.get(at).is_some_and(|word| word.initial)
        && words.written_keys(at).first().is_some_and(|key| key.starts_with(letter))
}
