//! Does every listed party answer to its own names? Each name of each party is screened, with the party's schema and
//! without; everybody else who bears the same name must answer too.

use crate::parties::words;
use lagebild_screen::{Hit, Index, Options, Query};
use lagebild_watchlist::{NameQuality, Party};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Share of weak aliases that must find their party; of all other names, and of shared ones, none may miss it.
const WEAK_GOAL: f64 = 0.995;

/// Parties that a worker takes at a time.
const BATCH: usize = 64;

/// How good a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// The name that the publisher puts first.
    Primary,
    /// Any other that it does not call weak.
    Strong,
    /// A weak alias.
    Weak,
}

/// Names asked, and how many found what was meant: with the schema of the party, and without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Names.
    pub names: usize,
    /// Of these with the party's schema.
    pub with_schema: usize,
    /// Of these without.
    pub without: usize,
}

/// A name that misses somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The name.
    pub name: String,
    /// Its quality.
    pub quality: Quality,
    /// Schema that was asked for.
    pub schema: Option<String>,
    /// Id of the party that it misses.
    pub party: String,
}

/// What came of all names.
#[derive(Debug, Clone, Default)]
pub struct OwnReport {
    /// By list and quality.
    pub lists: BTreeMap<(String, Quality), Found>,
    /// Names that several parties bear: those that find all of them.
    pub shared: Found,
    /// What was missed, in the order of the lists.
    pub misses: Vec<Miss>,
}

/// Screens every name of every party (of each so-manieth one: `every`), side by side on so many threads (0 for all
/// processors). `done` is told the number of parties that were asked.
pub fn own_names(
    index: &Index,
    options: &Options,
    every: usize,
    threads: usize,
    done: &(dyn Fn(usize) + Sync),
) -> OwnReport {
    let parties: Vec<Party> = (0..index.parties()).map(|n| index.party(n).unwrap_or_default()).collect();
    let asking = Asking { index, options, bearers: bearers(&parties), parties: &parties };
    let threads = match threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        some => some,
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut reports = Vec::new();
        loop {
            let from = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) = parties.get(from..parties.len().min(from + BATCH)).filter(|it| !it.is_empty())
            else {
                return reports;
            };
            let mut report = OwnReport::default();
            let asked = (from..).zip(batch).filter(|(number, _)| number % every.max(1) == 0);
            asked.for_each(|(number, party)| asking.party(number as u32, party, &mut report));
            reports.push((from, report));
            done(batch.len());
        }
    };
    let mut reports: Vec<(usize, OwnReport)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let finished = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
        finished.flat_map(|report| report.unwrap_or_else(|cause| std::panic::resume_unwind(cause))).collect()
    });
    reports.sort_by_key(|(from, _)| *from);
    reports.into_iter().fold(OwnReport::default(), |all, (_, report)| all.and(report))
}

/// The parties of each name, its words in any order.
fn bearers(parties: &[Party]) -> HashMap<String, BTreeSet<u32>> {
    let mut bearers: HashMap<String, BTreeSet<u32>> = HashMap::new();
    for (number, party) in (0u32..).zip(parties) {
        for words in party.names.iter().map(|name| words(&name.full)).filter(|words| !words.is_empty()) {
            bearers.entry(words).or_default().insert(number);
        }
    }
    bearers
}

struct Asking<'a> {
    index: &'a Index,
    options: &'a Options,
    bearers: HashMap<String, BTreeSet<u32>>,
    parties: &'a [Party],
}

impl Asking<'_> {
    /// Screens the names of a party.
    fn party(&self, number: u32, party: &Party, report: &mut OwnReport) {
        for (at, name) in party.names.iter().enumerate() {
            let quality = match name.quality {
                NameQuality::Weak => Quality::Weak,
                _ if at == 0 || name.quality == NameQuality::Primary => Quality::Primary,
                _ => Quality::Strong,
            };
            let list = party.list().to_string();
            let bearers = self.bearers.get(&words(&name.full)).filter(|bearers| bearers.len() > 1);
            let tally = report.lists.entry((list, quality)).or_default();
            tally.names += 1;
            report.shared.names += usize::from(bearers.is_some());
            for schema in [Some(party.schema.as_str()), None] {
                let hits = self.index.screen(&Query::name(&name.full, schema), self.options);
                let same_kind = |other: &&u32| {
                    schema.is_none()
                        || self
                            .parties
                            .get(**other as usize)
                            .is_some_and(|other| Some(&*other.schema) == schema)
                };
                let meant: Vec<u32> = bearers.into_iter().flatten().filter(same_kind).copied().collect();
                let missed = |meant: u32| !hits.iter().any(|hit: &Hit| hit.matched && hit.number == meant);
                let own = !missed(number);
                let all = meant.iter().all(|&other| !missed(other));
                let count = |found: &mut Found, good: bool| match schema {
                    Some(_) => found.with_schema += usize::from(good),
                    None => found.without += usize::from(good),
                };
                count(tally, own);
                if bearers.is_some() {
                    count(&mut report.shared, all);
                }
                let others = meant.into_iter().filter(|&other| other != number && missed(other));
                for lost in (!own).then_some(number).into_iter().chain(others) {
                    report.misses.push(Miss {
                        name: name.full.clone(),
                        quality,
                        schema: schema.map(Into::into),
                        party: self.parties.get(lost as usize).map(|it| it.id.clone()).unwrap_or_default(),
                    });
                }
            }
        }
    }
}

impl Found {
    fn and(self, other: Self) -> Self {
        Self {
            names: self.names + other.names,
            with_schema: self.with_schema + other.with_schema,
            without: self.without + other.without,
        }
    }

    /// Names that miss something, with or without the schema.
    fn missing(self) -> [usize; 2] {
        [self.names - self.with_schema, self.names - self.without]
    }

    /// Whether at least this share of the names finds what is meant, both ways.
    fn reaches(self, share: f64) -> bool {
        self.missing().iter().all(|&missing| missing as f64 <= (1.0 - share) * self.names as f64)
    }

    fn line(self, label: &str) -> String {
        let share = |found: usize| 100.0 * found as f64 / self.names.max(1) as f64;
        format!(
            "{label:<24} {:>7} {:>9} {:>8} {:>8.3}% {:>9} {:>8} {:>8.3}%",
            self.names,
            self.with_schema,
            self.missing()[0],
            share(self.with_schema),
            self.without,
            self.missing()[1],
            share(self.without),
        )
    }
}

impl OwnReport {
    fn and(mut self, other: Self) -> Self {
        for (key, found) in other.lists {
            let mine = self.lists.entry(key).or_default();
            *mine = mine.and(found);
        }
        self.shared = self.shared.and(other.shared);
        self.misses.extend(other.misses);
        self
    }

    /// All names of a quality.
    pub fn of(&self, quality: Quality) -> Found {
        let of = self.lists.iter().filter(|((_, it), _)| *it == quality);
        of.fold(Found::default(), |all, (_, found)| all.and(*found))
    }

    /// Whether every goal is reached.
    pub fn good(&self) -> bool {
        self.of(Quality::Primary).reaches(1.0)
            && self.of(Quality::Strong).reaches(1.0)
            && self.of(Quality::Weak).reaches(WEAK_GOAL)
            && self.shared.reaches(1.0)
    }

    /// The table, for people.
    pub fn text(&self) -> String {
        let mut text = format!(
            "{:<24} {:>7} {:>9} {:>8} {:>9} {:>9} {:>8} {:>9}\n",
            "list, quality", "names", "schema", "missing", "share", "without", "missing", "share"
        );
        for ((list, quality), found) in &self.lists {
            let _ = writeln!(text, "{}", found.line(&format!("{list} {}", quality.word())));
        }
        for quality in [Quality::Primary, Quality::Strong, Quality::Weak] {
            let _ = writeln!(text, "{}", self.of(quality).line(&format!("all {}", quality.word())));
        }
        let _ = writeln!(text, "{}", self.shared.line("shared names, all found"));
        let verdict = if self.good() { "the goals are reached" } else { "the goals are NOT reached" };
        let _ = writeln!(text, "{verdict}: primary, strong and shared names 100 %, weak ones 99.5 %");
        text
    }
}

impl Quality {
    const fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Strong => "strong",
            Self::Weak => "weak",
        }
    }
}

impl std::fmt::Display for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let schema = self.schema.as_deref().unwrap_or("no schema");
        write!(f, "{} ({}, {schema}) misses {}", self.name, self.quality.word(), self.party)
    }
}
