//! Screening measured: is the listed party found, and is anybody found who is not meant?

use lagebild_screen::{Index, Options, Query};
use lagebild_watchlist::Party;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

/// A query and the parties that are meant; none for somebody who is on no list.
#[derive(Debug, Clone, Default)]
pub struct PartyCase {
    /// What is asked.
    pub query: Query,
    /// Numbers of the parties that are meant.
    pub meant: BTreeSet<u32>,
}

/// What came of a set of cases.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct PartyReport {
    /// Name of the set.
    pub set: String,
    /// Queries asked.
    pub queries: usize,
    /// Queries with a meant party.
    pub positives: usize,
    /// Of these: a meant party is among the answers.
    pub answered: usize,
    /// Of these: a meant party reaches the threshold.
    pub matched: usize,
    /// Queries for which another party reaches the threshold.
    pub wrong: usize,
    /// Median, 99th percentile and longest time of a query, in microseconds.
    pub micros: [u64; 3],
    /// Queries in a second on one core.
    pub per_second: f64,
    /// The first errors, in words.
    pub errors: Vec<String>,
}

/// Errors kept for showing.
const SHOWN: usize = 400;

/// Asks every query and counts.
pub fn run(set: &str, index: &Index, cases: &[PartyCase], options: &Options) -> PartyReport {
    let mut report = PartyReport { set: set.into(), queries: cases.len(), ..PartyReport::default() };
    let mut times: Vec<Duration> = Vec::with_capacity(cases.len());
    for case in cases {
        let began = Instant::now();
        let hits = index.screen(&case.query, options);
        times.push(began.elapsed());
        let meant = |number: &u32| case.meant.contains(number);
        report.positives += usize::from(!case.meant.is_empty());
        let answered = hits.iter().any(|hit| meant(&hit.number));
        let matched = hits.iter().any(|hit| hit.matched && meant(&hit.number));
        let wrong = hits.iter().find(|hit| hit.matched && !meant(&hit.number));
        report.answered += usize::from(answered);
        report.matched += usize::from(matched);
        report.wrong += usize::from(wrong.is_some());
        if report.errors.len() >= SHOWN {
            continue;
        }
        let asked = case.query.names.join(" / ");
        if !matched && !case.meant.is_empty() {
            let meant = case.meant.iter().find_map(|&number| index.party(number));
            let meant = meant.map(|party| format!("{} {}", party.id, party.caption)).unwrap_or_default();
            let how = if answered { "below the threshold" } else { "missed" };
            report.errors.push(format!("{how}: {asked} | {meant}"));
        }
        if let Some(hit) = wrong {
            let name = hit.name.as_ref().map_or("", |name| &name.listed);
            report.errors.push(format!("wrong {:.3}: {asked} | {} {name}", hit.score, hit.party));
        }
    }
    report.time(times);
    report
}

impl PartyReport {
    fn time(&mut self, mut times: Vec<Duration>) {
        times.sort_unstable();
        let micros = |percent: usize| {
            let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
            times.get(at).map_or(0, |time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
        };
        self.micros = [micros(50), micros(99), micros(100)];
        let sum: Duration = times.iter().sum();
        self.per_second = self.queries as f64 / sum.as_secs_f64().max(f64::MIN_POSITIVE);
    }

    /// The figures in one line.
    pub fn line(&self) -> String {
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        format!(
            "{:<34} {:>6} queries  recall {:.3} (any answer {:.3})  wrong {:.4}  {:>6.0}/s  p50 {} µs  p99 {} µs  max {} µs",
            self.set,
            self.queries,
            share(self.matched, self.positives),
            share(self.answered, self.positives),
            share(self.wrong, self.queries),
            self.per_second,
            self.micros[0],
            self.micros[1],
            self.micros[2],
        )
    }
}

/// Who bears which name, and which parties are the same on different lists.
#[derive(Debug)]
pub struct Directory {
    parties: Vec<Party>,
    by_name: HashMap<String, Vec<u32>>,
    by_id: HashMap<String, u32>,
    by_birth: HashMap<String, Vec<u32>>,
}

impl Directory {
    /// Reads all parties of an index.
    pub fn of(index: &Index) -> Self {
        let parties: Vec<Party> = (0..index.parties()).map(|n| index.party(n).unwrap_or_default()).collect();
        let mut by_name: HashMap<String, Vec<u32>> = HashMap::new();
        let mut by_id = HashMap::new();
        let mut by_birth: HashMap<String, Vec<u32>> = HashMap::new();
        for (number, party) in (0u32..).zip(&parties) {
            by_id.insert(party.id.to_lowercase(), number);
            for date in births(party) {
                by_birth.entry(date.into()).or_default().push(number);
            }
            for name in &party.names {
                by_name.entry(words(&name.full)).or_default().push(number);
            }
        }
        Self { parties, by_name, by_id, by_birth }
    }

    /// The parties that bear this name (its words in any order), and the same parties on other lists.
    pub fn bearers(&self, name: &str) -> BTreeSet<u32> {
        let mut found: BTreeSet<u32> =
            self.by_name.get(&words(name)).into_iter().flatten().copied().collect();
        for number in found.clone() {
            found.extend(self.same(number));
        }
        for number in found.clone() {
            found.extend(self.born_alike(number));
        }
        found
    }

    /// The number of a party by its id, whatever its case.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.by_id.get(&id.to_lowercase()).copied()
    }

    /// A party by number.
    pub fn party(&self, number: u32) -> Option<&Party> {
        self.parties.get(number as usize)
    }

    /// All parties with their numbers.
    pub fn parties(&self) -> impl Iterator<Item = (u32, &Party)> {
        (0u32..).zip(&self.parties)
    }

    /// A party and those that are the same on other lists, as far as names and dates of birth tell.
    pub fn bearers_of(&self, number: u32) -> BTreeSet<u32> {
        let mut found = self.same(number);
        found.extend(self.born_alike(number));
        found.insert(number);
        found
    }

    /// Parties that bear one of the same names.
    pub fn same(&self, number: u32) -> BTreeSet<u32> {
        let names = self.party(number).into_iter().flat_map(|party| &party.names);
        names.flat_map(|name| self.by_name.get(&words(&name.full)).into_iter().flatten().copied()).collect()
    }
}

impl Directory {
    /// Parties with the same full date of birth that share a word of their names: the same person on another list.
    fn born_alike(&self, number: u32) -> BTreeSet<u32> {
        let Some(party) = self.party(number) else { return BTreeSet::new() };
        let names = called(party);
        let born = births(party).filter_map(|date| self.by_birth.get(date)).flatten();
        let alike = |other: &u32| self.party(*other).is_some_and(|other| !called(other).is_disjoint(&names));
        born.copied().filter(alike).collect()
    }
}

/// Full dates of birth.
fn births(party: &Party) -> impl Iterator<Item = &str> {
    let dates = party.properties.get("birthDate").into_iter().flatten();
    dates.map(String::as_str).filter(|date| date.len() == 10)
}

/// All words of a party's names.
fn called(party: &Party) -> BTreeSet<String> {
    let all = party.names.iter().map(|name| words(&name.full));
    all.flat_map(|words| words.split(' ').map(String::from).collect::<Vec<_>>()).collect()
}

/// The words of a name in lower case, sorted.
pub(crate) fn words(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// A row of a table of people: `full_name`, `gender`, `date_of_birth`, `nationality`.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Person {
    /// As the query is put.
    pub full_name: String,
    #[serde(default)]
    gender: String,
    #[serde(default)]
    date_of_birth: String,
    #[serde(default)]
    nationality: String,
}

impl Person {
    /// The query for this person, by name only or with all that is known.
    pub fn query(&self, all_fields: bool) -> Query {
        let mut query = Query::name(&self.full_name, Some("Person"));
        let fields = [
            ("gender", &self.gender),
            ("birthDate", &self.date_of_birth),
            ("nationality", &self.nationality),
        ];
        for (property, value) in fields {
            if all_fields && !value.is_empty() {
                query.properties.insert(property.into(), vec![value.clone()]);
            }
        }
        query
    }
}

/// A row of names in a native script with the Latin name that the list has.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Native {
    /// FollowTheMoney schema.
    pub schema: String,
    /// The query.
    pub native: String,
    /// The listed name.
    pub latin: String,
}

/// A pair of parties of two lists that are the same.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Pair {
    /// One list.
    pub list_a: String,
    /// Its reference.
    pub id_a: String,
    /// The other list.
    pub list_b: String,
    /// Its reference.
    pub id_b: String,
    /// `person`, `org`, `vessel`.
    pub r#type: String,
    /// `1` marks an error of the source.
    pub suspect: String,
}

/// Cases of pairs of one type: the party of the first list is asked for by its names, or by all its fields, and the
/// party of the second must be found. Answers: the cases, and how many pairs were left out because a list that they
/// speak of (or the party) is not in the index.
pub fn pairs(pairs: &[Pair], of: &str, all_fields: bool, directory: &Directory) -> (Vec<PartyCase>, usize) {
    let mut cases = Vec::new();
    let mut left_out = 0;
    for pair in pairs.iter().filter(|pair| pair.r#type == of && pair.suspect == "0") {
        let number = |list: &str, id: &str| directory.number(&format!("{list}:{id}"));
        let (Some(a), Some(b)) = (number(&pair.list_a, &pair.id_a), number(&pair.list_b, &pair.id_b)) else {
            left_out += 1;
            continue;
        };
        let Some(party) = directory.party(a) else { continue };
        let properties = if all_fields { party.properties.clone() } else { BTreeMap::new() };
        let names = party.names.iter().map(|name| name.full.clone()).collect();
        let mut meant = directory.same(b);
        meant.insert(b);
        meant.remove(&a);
        cases.push(PartyCase {
            query: Query { schema: Some(party.schema.clone()), names, properties },
            meant,
        });
    }
    (cases, left_out)
}
