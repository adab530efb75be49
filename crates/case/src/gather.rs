//! Which assertions are about the same thing. The words differ by language: what is compared are who takes part and on which
//! side, the class of goods, numbers, days; words only within a language. One contradiction keeps apart.

use crate::assertions::{Assertion, Matter, Party};
use crate::text::contained;
use jiff::civil::Date;
use lagebild_goods::Goods;
use lagebild_transfers::TransferId;
use std::collections::{BTreeSet, HashMap};

/// From here on an assertion is about what a claim is about.
const SAME: f64 = 0.5;
/// Share of words from which on two assertions in one language say the same.
const SAME_WORDS: f64 = 0.6;
/// Words that they have at least.
const WORDS: usize = 4;
/// What is told later than so many days after the last telling is another matter.
const DAYS: i32 = 120;

/// Groups of assertions by index, each in order; every assertion is in one.
pub(crate) fn gather(assertions: &[Assertion]) -> Vec<Vec<usize>> {
    let mut gathering = Gathering::new(assertions);
    let mut order: Vec<usize> = (0..assertions.len()).collect();
    order.sort_by_key(|at| assertions.get(*at).map(|one| (rank(one), one.published, one.document, *at)));
    for at in order {
        gathering.place(at);
    }
    let mut groups: Vec<Vec<usize>> = gathering.groups.into_iter().map(|group| group.members).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// What says most comes first: the others are compared with it. Denials that only point at a transfer come after all.
fn rank(one: &Assertion) -> u8 {
    match (&one.matter.giver, &one.matter.receiver) {
        _ if one.denied.is_some() => 4,
        (Some(_), Some(_)) if !one.matter.classes.is_empty() => 0,
        (Some(_), Some(_)) => 1,
        (Some(_), None) | (None, Some(_)) => 2,
        (None, None) => 3,
    }
}

/// Assertions about one thing, and what they say of it together.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    giver: Option<Party>,
    receiver: Option<Party>,
    parties: BTreeSet<Party>,
    classes: BTreeSet<String>,
    numbers: BTreeSet<u64>,
    days: Option<(Date, Date)>,
}

struct Gathering<'a> {
    assertions: &'a [Assertion],
    groups: Vec<Group>,
    by_party: HashMap<&'a Party, BTreeSet<usize>>,
    by_word: HashMap<&'a str, BTreeSet<usize>>,
    /// In how many documents each party is told of.
    spread: HashMap<&'a Party, usize>,
    /// The group of each transfer that is placed.
    of_transfer: HashMap<(usize, TransferId), usize>,
}

impl<'a> Gathering<'a> {
    fn new(assertions: &'a [Assertion]) -> Self {
        let mut documents: HashMap<&Party, BTreeSet<usize>> = HashMap::new();
        for one in assertions {
            for party in &one.matter.parties {
                documents.entry(party).or_default().insert(one.document);
            }
        }
        Self {
            assertions,
            groups: Vec::new(),
            by_party: HashMap::new(),
            by_word: HashMap::new(),
            of_transfer: HashMap::new(),
            spread: documents.into_iter().map(|(party, documents)| (party, documents.len())).collect(),
        }
    }

    fn place(&mut self, at: usize) {
        let assertions = self.assertions;
        let Some(one) = assertions.get(at) else { return };
        let group = self.pointed_at(one).or_else(|| self.best(one)).unwrap_or_else(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        });
        if let Some(transfer) = one.transfer {
            self.of_transfer.insert((one.document, transfer), group);
        }
        for party in &one.matter.parties {
            self.by_party.entry(party).or_default().insert(group);
        }
        for word in rare_words(&one.matter) {
            self.by_word.entry(word).or_default().insert(group);
        }
        if let Some(group) = self.groups.get_mut(group) {
            group.take(at, one);
        }
    }

    /// The group of the transfer that a denial points at.
    fn pointed_at(&self, one: &Assertion) -> Option<usize> {
        self.of_transfer.get(&(one.document, one.denied?)).copied()
    }

    fn best(&self, one: &Assertion) -> Option<usize> {
        let by_party = one.matter.parties.iter().filter_map(|party| self.by_party.get(party));
        let by_word = rare_words(&one.matter).filter_map(|word| self.by_word.get(word));
        let candidates: BTreeSet<usize> = by_party.chain(by_word).flatten().copied().collect();
        let scored = candidates.into_iter().filter_map(|at| Some((self.fit(one, self.groups.get(at)?)?, at)));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        (best.0 >= SAME).then_some(best.1)
    }

    /// How well an assertion fits a group; none where something speaks against it.
    fn fit(&self, one: &Assertion, group: &Group) -> Option<f64> {
        if group.contradicts(&one.matter) || group.is_far(one.published) {
            return None;
        }
        if self.same_words(one, group) {
            return Some(1.0);
        }
        let what = what(&one.matter, group)?;
        let weight = |party: &&Party| {
            let spread = self.spread.get(*party).copied().unwrap_or(1) as f64;
            1.0 / (1.0 + spread.ln())
        };
        let sum = |parties: &BTreeSet<Party>| parties.iter().map(|party| weight(&party)).sum::<f64>();
        let shared: f64 = one.matter.parties.intersection(&group.parties).map(|party| weight(&party)).sum();
        let all = sum(&one.matter.parties).min(sum(&group.parties));
        if all == 0.0 {
            return None;
        }
        let count = one.matter.parties.intersection(&group.parties).count();
        let counted = !one.matter.numbers.is_disjoint(&group.numbers);
        // One country alone is named in too many matters.
        let only_country =
            count == 1 && !counted && one.matter.parties.iter().all(|party| matches!(party, Party::State(_)));
        let who = if only_country { 0.6 } else { 1.0 };
        Some(who * what * shared / all)
    }

    fn same_words(&self, one: &Assertion, group: &Group) -> bool {
        let words = &one.matter.words;
        let others = group.members.iter().filter_map(|at| self.assertions.get(*at));
        words.len() >= WORDS
            && others.map(|other| &other.matter.words).any(|other| {
                let shared = words.intersection(other).count() as f64;
                shared >= SAME_WORDS * words.len().max(other.len()) as f64
            })
    }
}

/// The longer words, by which assertions in one language are looked up.
fn rare_words(matter: &Matter) -> impl Iterator<Item = &str> {
    matter.words.iter().map(String::as_str).filter(|word| word.chars().count() > 7)
}

/// How well what goes, or is told, agrees; none where there is nothing to compare or it differs.
fn what(matter: &Matter, group: &Group) -> Option<f64> {
    let counted = contained(&matter.numbers, &group.numbers) > 0.0;
    if !matter.classes.is_empty() && !group.classes.is_empty() {
        return Some(1.0);
    }
    let sides = matter.giver.is_some() && matter.giver == group.giver && matter.receiver == group.receiver;
    // Somebody in particular together with somebody else: a ship and a country, a firm and a state.
    let shared: Vec<&Party> = matter.parties.intersection(&group.parties).collect();
    let particular = shared.len() > 1 && shared.iter().any(|party| !matches!(party, Party::State(_)));
    match (counted, particular || (sides && matter.receiver.is_some())) {
        (true, _) => Some(0.8),
        (false, true) => Some(0.6),
        (false, false) => None,
    }
}

impl Group {
    fn take(&mut self, at: usize, one: &Assertion) {
        self.members.push(at);
        let matter = &one.matter;
        self.giver = self.giver.take().or_else(|| matter.giver.clone());
        self.receiver = self.receiver.take().or_else(|| matter.receiver.clone());
        self.parties.extend(matter.parties.iter().cloned());
        self.classes.extend(matter.classes.iter().cloned());
        self.numbers.extend(&matter.numbers);
        if let Some(day) = one.published {
            self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
    }

    /// Other sides, another ship or other goods.
    fn contradicts(&self, matter: &Matter) -> bool {
        let differ = |a: &Option<Party>, b: &Option<Party>| a.is_some() && b.is_some() && a != b;
        let equal = |a: &Option<Party>, b: &Option<Party>| a.is_some() && a == b;
        let other_goods = || {
            !self.classes.is_empty()
                && !matter.classes.is_empty()
                && !self.classes.iter().any(|one| matter.classes.iter().any(|other| related(one, other)))
        };
        differ(&self.giver, &matter.giver)
            || differ(&self.receiver, &matter.receiver)
            || (equal(&self.giver, &matter.receiver) && self.giver != self.receiver)
            || (equal(&self.receiver, &matter.giver) && self.giver != self.receiver)
            || other_ships(&self.parties, &matter.parties)
            || other_goods()
    }

    fn is_far(&self, published: Option<Date>) -> bool {
        let (Some(day), Some((first, last))) = (published, self.days) else { return false };
        let days = |from: Date, to: Date| (to - from).get_days();
        days(last, day) > DAYS || days(day, first) > DAYS
    }
}

/// True where both name ships, and none in common.
fn other_ships(mine: &BTreeSet<Party>, theirs: &BTreeSet<Party>) -> bool {
    let ships = |parties: &'_ BTreeSet<Party>| parties.iter().any(|party| matches!(party, Party::Ship(_)));
    let shared = || mine.iter().any(|party| matches!(party, Party::Ship(_)) && theirs.contains(party));
    ships(mine) && ships(theirs) && !shared()
}

/// True where one class of goods lies in the other.
fn related(one: &str, other: &str) -> bool {
    let goods = Goods::shipped();
    goods.is_a(one, other) || goods.is_a(other, one)
}
