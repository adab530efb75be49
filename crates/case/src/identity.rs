//! Which entities of documents are one real thing: by country code, listing, known names, and names that compare well where
//! nothing speaks against it. Of namesakes the one is taken that is named in like company; where that does not tell, none.

use crate::decisions::{Resolved, Side};
use crate::entities::Appearance;
use crate::known::{folded, usual};
use crate::ties::Ties;
use lagebild_entities::{Entity, EntityKind};
use lagebild_names::{Name, NameKind, Options, score};
use lagebild_reading::Reading;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Score from which on a listed party identifies an entity.
const SURE: f64 = 0.9;
/// Score from which on two names are taken for one.
const ALIKE: f64 = 0.8;
/// By how much more of its company one of two namesakes must share to be the one that is meant.
const CLEARER: f64 = 0.1;
/// Share of its company that a person shares who is told of far from home.
const LIKE_COMPANY: f64 = 0.5;

/// An entity with the reasons why it is part of a thing.
pub(crate) type Part = (Appearance, Vec<String>);

/// An entity of a document as far as it can be compared.
struct Profile<'r> {
    at: Appearance,
    entity: &'r Entity,
    name: Name,
    /// Number of its name among those of the case.
    named: usize,
    folded: String,
    /// Keys that entities share which may be one.
    keys: Vec<u64>,
    /// What decides by itself.
    identity: Vec<(u64, String)>,
    countries: BTreeSet<String>,
    /// The countries of all that its document names.
    around: BTreeSet<String>,
    /// A person, or what bears a name that other documents give to a person: a reading may take one for a body.
    is_person: bool,
    /// The sides of decisions on which it stands.
    sides: Vec<Side>,
}

/// What profiles were merged into.
#[derive(Default)]
struct Thing {
    members: Vec<usize>,
    /// One member for each name and kind among them: what is compared.
    names: BTreeMap<(EntityKind, usize), usize>,
    documents: BTreeSet<usize>,
    countries: BTreeSet<String>,
    sides: BTreeSet<Side>,
    reasons: Vec<Vec<String>>,
}

/// Two names, each by the kind of who bears it and its number.
type PairOfNames = [(EntityKind, usize); 2];

/// The merging.
pub(crate) struct Merger<'r> {
    profiles: Vec<Profile<'r>>,
    things: Vec<Thing>,
    by_identity: HashMap<u64, usize>,
    by_key: HashMap<u64, BTreeSet<usize>>,
    /// How alike names are, by their kinds and numbers: in many documents the same ones are compared over and over.
    alike: RefCell<HashMap<PairOfNames, Option<f64>>>,
    /// The things that each document names.
    company: Vec<BTreeSet<usize>>,
}

impl<'r> Merger<'r> {
    pub(crate) fn new(readings: &'r [Reading], ties: &[Ties], decisions: &Resolved) -> Self {
        let all = readings.iter().zip(ties).enumerate();
        let profiles = all.flat_map(|(document, (reading, ties))| {
            reading
                .entities
                .iter()
                .map(move |entity| Profile::new(document, reading, entity, ties).decided(decisions))
        });
        let mut profiles: Vec<Profile> = profiles.collect();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for profile in &mut profiles {
            let next = numbers.len();
            profile.named = *numbers.entry(&profile.entity.name).or_insert(next);
        }
        let persons: BTreeSet<String> =
            profiles.iter().filter(|one| one.is_person).map(|one| one.folded.clone()).collect();
        for profile in profiles.iter_mut().filter(|one| one.entity.kind == EntityKind::Organisation) {
            profile.is_person = persons.contains(&profile.folded);
        }
        Self {
            profiles,
            things: Vec::new(),
            by_identity: HashMap::new(),
            by_key: HashMap::new(),
            alike: RefCell::default(),
            company: vec![BTreeSet::new(); readings.len()],
        }
    }

    /// The things, each with its parts. Persons come last, for the company in which they are named tells namesakes apart;
    /// those of whom less is known after the others.
    pub(crate) fn merge(mut self) -> Vec<Vec<Part>> {
        let mut order: Vec<usize> = (0..self.profiles.len()).collect();
        order.sort_by_key(|at| self.profiles.get(*at).map(Profile::rank));
        for at in order {
            self.place(at);
        }
        let parts = |thing: &Thing| {
            let members = thing.members.iter().zip(&thing.reasons);
            members.filter_map(|(at, why)| Some((self.profiles.get(*at)?.at, why.clone()))).collect()
        };
        self.things.iter().map(parts).collect()
    }

    fn place(&mut self, at: usize) {
        let Some(profile) = self.profiles.get(at) else { return };
        let decided = profile.identity.iter().find_map(|(key, why)| {
            let thing = *self.by_identity.get(key)?;
            self.allows(profile, thing).then_some((thing, why))
        });
        let (thing, reasons) = match decided {
            Some((thing, why)) => (Some(thing), vec![why.clone()]),
            None => self.compared(profile),
        };
        let document = profile.at.document;
        let thing = thing.unwrap_or_else(|| {
            self.things.push(Thing::default());
            self.things.len() - 1
        });
        for (key, _) in &profile.identity {
            self.by_identity.entry(*key).or_insert(thing);
        }
        for key in &profile.keys {
            self.by_key.entry(*key).or_default().insert(thing);
        }
        if let Some(thing) = self.things.get_mut(thing) {
            thing.countries.extend(profile.countries.iter().cloned());
            thing.documents.insert(document);
            thing.sides.extend(&profile.sides);
            thing.members.push(at);
            thing.names.entry((profile.entity.kind, profile.named)).or_insert(at);
            thing.reasons.push(reasons);
        }
        if let Some(company) = self.company.get_mut(document) {
            company.insert(thing);
        }
    }

    /// True where no decision keeps a profile apart from a thing.
    fn allows(&self, profile: &Profile, thing: usize) -> bool {
        self.things.get(thing).is_none_or(|thing| !Resolved::forbids(&profile.sides, &thing.sides))
    }

    /// The thing that a profile belongs to by its name.
    fn compared(&self, profile: &Profile) -> (Option<usize>, Vec<String>) {
        let candidates: BTreeSet<usize> =
            profile.keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        let mut fits: Vec<(f64, usize, Vec<String>)> =
            candidates.into_iter().filter_map(|thing| self.fits(profile, thing)).collect();
        fits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match fits.as_slice() {
            [(best, ..), (second, ..), ..] if best - second < CLEARER => (None, Vec::new()),
            [(_, thing, reasons), ..] => (Some(*thing), reasons.clone()),
            [] => (None, Vec::new()),
        }
    }

    /// How well a profile fits a thing, where nothing speaks against it.
    fn fits(&self, profile: &Profile, at: usize) -> Option<(f64, usize, Vec<String>)> {
        let thing = self.things.get(at)?;
        let apart = !profile.countries.is_empty()
            && !thing.countries.is_empty()
            && profile.countries.is_disjoint(&thing.countries);
        if apart || !self.allows(profile, at) {
            return None;
        }
        // What costs least and refuses most comes first.
        let (alike, name) = thing
            .names
            .values()
            .filter_map(|member| {
                let other = self.profiles.get(*member)?;
                Some((self.alike(profile, other)?, &other.entity.name, *member))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)))
            .map(|(alike, name, _)| (alike, name))?;
        // Two names that the reading of one document keeps apart are two things, if they are not the same words.
        if thing.documents.contains(&profile.at.document) && alike < 1.0 {
            return None;
        }
        let company = self.shared_company(profile, thing);
        if profile.is_stray(&thing.countries) && company < LIKE_COMPANY {
            return None;
        }
        let mut reasons = vec![format!("“{}” and “{name}” compare at {alike:.2}", profile.entity.name)];
        let same = profile.countries.intersection(&thing.countries).next();
        reasons.extend(same.map(|country| format!("both of {country}")));
        if company > 0.0 {
            reasons.push(format!("named in company that is shared to {:.0} %", company * 100.0));
        }
        Some((alike + f64::from(u8::from(same.is_some())) + company, at, reasons))
    }

    /// How alike the names of two profiles are; none where they, or the kinds of things, are not.
    fn alike(&self, one: &Profile, other: &Profile) -> Option<f64> {
        let pair = [(one.entity.kind, one.named), (other.entity.kind, other.named)];
        if let Some(known) = self.alike.borrow().get(&pair) {
            return *known;
        }
        let found = one.alike(other);
        self.alike.borrow_mut().insert(pair, found);
        found
    }

    /// Which share of the things named beside a profile is named beside the thing too; what many documents name counts less.
    fn shared_company(&self, profile: &Profile, thing: &Thing) -> f64 {
        let weight = |other: &usize| {
            let documents = self.things.get(*other).map_or(1, |thing| thing.documents.len());
            1.0 / documents as f64
        };
        let Some(mine) = self.company.get(profile.at.document) else { return 0.0 };
        let beside = |other: &&usize| {
            self.things.get(**other).is_some_and(|other| !other.documents.is_disjoint(&thing.documents))
        };
        let all: f64 = mine.iter().map(weight).sum();
        let shared: f64 = mine.iter().filter(beside).map(weight).sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

impl<'r> Profile<'r> {
    fn new(document: usize, reading: &Reading, entity: &'r Entity, ties: &Ties) -> Self {
        let kind = match entity.kind {
            EntityKind::Person => NameKind::Person,
            EntityKind::Organisation => NameKind::Organisation,
            EntityKind::Vessel => NameKind::Vessel,
            _ => NameKind::Other,
        };
        let name = Name::parse(&entity.name, kind);
        let mut keys: Vec<u64> = name.part_keys().into_iter().flat_map(|part| part.keys).collect();
        let folded = folded(&entity.name);
        keys.push(key("folded", &folded));
        Self {
            at: Appearance { document, entity: entity.id },
            entity,
            is_person: entity.kind == EntityKind::Person,
            sides: Vec::new(),
            name,
            named: 0,
            folded,
            keys,
            identity: identity(entity),
            countries: countries(reading, entity, ties),
            around: reading
                .entities
                .iter()
                .filter(|one| !one.is_media)
                .filter_map(|one| one.country.clone())
                .collect(),
        }
    }

    /// With what a person decided about it: that comes before all that it is known by.
    fn decided(mut self, decisions: &Resolved) -> Self {
        if let Some((group, why)) = decisions.same(self.at) {
            self.identity.insert(0, (key("decided", &group.to_string()), why));
        }
        self.sides = decisions.sides(self.at).to_vec();
        self
    }

    /// True for a person of no known country, in a document that names none of these countries: a namesake, it may be.
    fn is_stray(&self, countries: &BTreeSet<String>) -> bool {
        self.is_person
            && self.countries.is_empty()
            && !countries.is_empty()
            && self.around.is_disjoint(countries)
    }

    /// Countries and bodies, then persons of a known country, then the others.
    fn rank(&self) -> (u8, Appearance) {
        let rank = match self.entity.kind {
            EntityKind::Country => 0,
            _ if self.is_person && self.countries.is_empty() => 3,
            _ if self.is_person => 2,
            _ => 1,
        };
        (rank, self.at)
    }

    /// How alike two names are; none where they, or the kinds of things, are not.
    fn alike(&self, other: &Self) -> Option<f64> {
        let (a, b) = (self.entity.kind, other.entity.kind);
        let same_words = self.folded == other.folded;
        let named = |kind| matches!(kind, EntityKind::Person | EntityKind::Organisation);
        let whole = self.entity.name.trim().contains(char::is_whitespace);
        if same_words && (a == b || (named(a) && named(b) && whole)) {
            return Some(1.0);
        }
        // One word of a name is shared by too many persons to be compared by its sound.
        if a != b || a == EntityKind::Country || (a == EntityKind::Person && !whole) {
            return None;
        }
        let score = score(&self.name, &other.name, Options::default());
        (score >= ALIKE).then_some(score.min(0.99))
    }
}

/// What identifies an entity by itself, with the reason.
fn identity(entity: &Entity) -> Vec<(u64, String)> {
    let best = entity.matches.iter().map(|hit| hit.score).fold(0.0, f64::max);
    let sure = entity.matches.iter().filter(|hit| hit.score >= SURE && hit.score >= best);
    let mut found: Vec<(u64, String)> =
        sure.map(|hit| (key("party", &hit.party), format!("listed as {}", hit.party))).collect();
    match (&entity.country, entity.kind) {
        (Some(country), EntityKind::Country) => {
            found.push((key("country", country), format!("country {country}")));
        }
        (_, kind) => {
            let usual = usual(&entity.name).map(|usual| (key(&format!("{kind:?}"), usual), usual));
            found.extend(usual.map(|(key, usual)| (key, format!("both are known as {usual}"))));
        }
    }
    found
}

/// The countries of an entity: its own, else for a person those of the bodies around its name.
fn countries(reading: &Reading, entity: &Entity, ties: &Ties) -> BTreeSet<String> {
    let country = |id| reading.entities.iter().find(|one| one.id == id).and_then(|one| one.country.clone());
    let own: BTreeSet<String> = entity.country.iter().cloned().collect();
    if own.is_empty() { ties.bodies(entity.id).filter_map(country).collect() } else { own }
}

fn key(kind: &str, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    hasher.finish()
}
