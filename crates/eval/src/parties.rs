//! Screening measured: is the listed party found, and is anybody found who is not meant?

use lagebild_names::{Name, NameKind, score};
use lagebild_screen::{Index, Options, Query};
use lagebild_watchlist::{Party, PartyName};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

/// A query and the parties that are meant; none for somebody who is on no list.
#[derive(Debug, Clone, Default)]
pub struct PartyCase {
    /// What is asked.
    pub query: Query,
    /// Numbers of the parties that are meant.
    pub meant: BTreeSet<u32>,
    /// Numbers of parties that are the same as those meant, or are asked for themselves: to find them is neither right nor wrong.
    pub beside: BTreeSet<u32>,
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
    /// Of those not matched: the comparison of a name asked for with one of a meant party accepts them, so retrieval lost them.
    pub lost: usize,
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
        let wrong =
            hits.iter().find(|hit| hit.matched && !meant(&hit.number) && !case.beside.contains(&hit.number));
        report.answered += usize::from(answered);
        report.matched += usize::from(matched);
        let lost =
            !matched && case.meant.iter().any(|&number| accepted(&case.query, index.party(number).as_ref()));
        report.lost += usize::from(lost);
        report.wrong += usize::from(wrong.is_some());
        if report.errors.len() >= SHOWN {
            continue;
        }
        let asked = case.query.names.join(" / ");
        if !matched && !case.meant.is_empty() {
            let meant = case.meant.iter().find_map(|&number| index.party(number));
            let meant = meant.map(|party| format!("{} {}", party.id, party.caption)).unwrap_or_default();
            let how = if lost {
                "accepted by the comparison, not found"
            } else if answered {
                "below the threshold"
            } else {
                "missed"
            };
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

/// Whether the comparison takes a name asked for and a name of the party for the same.
fn accepted(query: &Query, party: Option<&Party>) -> bool {
    let Some(party) = party else { return false };
    let kind = NameKind::of_schema(&party.schema);
    let parsed = |name: &str| Name::parse(name, kind);
    let listed: Vec<Name> = party
        .names
        .iter()
        .map(|name| parsed(&name.full).with_family(name.part("lastName").next().unwrap_or_default()))
        .collect();
    let asked: Vec<Name> = query.names.iter().map(|name| parsed(name)).collect();
    let alike = |name: &Name, one: &Name| {
        score(name, one, lagebild_names::Options::default()) >= lagebild_names::THRESHOLD
    };
    asked.iter().any(|name| listed.iter().any(|one| alike(name, one)))
}

/// Listed people asked for as others write them: forms of the first name of every so-manieth person of three Latin words or
/// more, or two, and the party and those who are the same on other lists as the answer.
pub fn short_forms(directory: &Directory, every: usize) -> Vec<(&'static str, Vec<PartyCase>)> {
    type Form = fn(&[&str]) -> Option<String>;
    const FORMS: [(&str, Form); 5] = [
        ("given name and surname", |words| {
            (words.len() > 2).then(|| format!("{} {}", words[0], words[words.len() - 1]))
        }),
        ("surname and initial", |words| {
            Some(format!("{} {}.", words.last()?, words.first()?.chars().next()?))
        }),
        ("middle name left out", |words| {
            (words.len() > 3).then(|| [&words[..1], &words[2..]].concat().join(" "))
        }),
        ("typing error", |words| Some(with_typo(words)).filter(|form| *form != words.join(" "))),
        ("other romanisation", |words| {
            Some(otherwise(&words.join(" "))).filter(|form| *form != words.join(" ").to_lowercase())
        }),
    ];
    let people = directory.parties().filter(|(_, party)| party.schema == "Person").step_by(every.max(1));
    let people: Vec<(u32, String)> =
        people.filter_map(|(number, party)| Some((number, spoken(party.names.first()?)?))).collect();
    let cases = |form: Form| {
        let case = |(number, name): &(u32, String)| {
            let words: Vec<&str> = name.split_whitespace().collect();
            let query = Query::name(&form(&words).filter(|_| words.len() > 1)?, Some("Person"));
            let same = directory.bearers_of(*number);
            Some(PartyCase { query, meant: BTreeSet::from([*number]), beside: same })
        };
        people.iter().filter_map(case).collect()
    };
    FORMS.into_iter().map(|(name, form)| (name, cases(form))).collect()
}

/// The given name first, in Latin letters; none for another script.
fn spoken(name: &PartyName) -> Option<String> {
    let text = match name.full.split_once(',') {
        Some((family, given)) => format!("{} {}", given.trim(), family.trim()),
        None => name.full.clone(),
    };
    text.chars().all(|c| c < '\u{250}').then_some(text)
}

/// The longest word with two letters in its middle turned round.
fn with_typo(words: &[&str]) -> String {
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or_default();
    let turned = |word: &&str| {
        let mut letters: Vec<char> = word.chars().collect();
        let middle = letters.len() / 2;
        if letters.len() == longest && middle + 1 < letters.len() {
            letters.swap(middle, middle + 1);
        }
        letters.into_iter().collect::<String>()
    };
    words.iter().map(turned).collect::<Vec<_>>().join(" ")
}

/// Sounds as another system of romanisation writes them.
fn otherwise(name: &str) -> String {
    const WAYS: [(&str, &str); 8] = [
        ("sh", "sch"),
        ("kh", "h"),
        ("zh", "j"),
        ("ya", "ia"),
        ("yu", "iu"),
        ("ks", "x"),
        ("ou", "u"),
        ("q", "k"),
    ];
    WAYS.iter().fold(name.to_lowercase(), |name, (one, other)| name.replace(one, other))
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
            "{:<34} {:>6} queries  recall {:.3} (any answer {:.3})  lost by retrieval {}  wrong {:.4}  {:>6.0}/s  p50 {} µs  p99 {} µs  max {} µs",
            self.set,
            self.queries,
            share(self.matched, self.positives),
            share(self.answered, self.positives),
            self.lost,
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
        let beside = &directory.bearers_of(a) | &directory.bearers_of(b);
        cases.push(PartyCase {
            query: Query { schema: Some(party.schema.clone()), names, properties },
            meant,
            beside,
        });
    }
    (cases, left_out)
}
