//! The set of records, loaded and indexed.

use crate::coverage::{CoveredFile, CoveredJurisdiction, Known};
use crate::jurisdiction::{self, Jurisdiction, JurisdictionFile};
use crate::model::{Direction, Measure, Nexus, RegimeFile, Status};
use jiff::civil::Date;
use lagebild_data::DataError;
use lagebild_goods::Goods;
use rustc_hash::FxHashMap;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const REGIMES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/regimes.rs"));
const JURISDICTIONS: (&str, &str) = (
    "data/measures/jurisdictions.yaml",
    include_str!(concat!(env!("OUT_DIR"), "/measures-jurisdictions.json")),
);

const COVERED: (&str, &str) =
    ("data/measures/covered.yaml", include_str!(concat!(env!("OUT_DIR"), "/measures-covered.json")));

/// A set of classes, one bit each; a test counts that there are enough.
pub(crate) type Classes = u128;

/// A record's classes as bits, so that a check looks at one of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach {
    /// Place of the jurisdiction that it binds, where it binds one.
    pub(crate) own: Option<usize>,
    /// A rule on whatever its own countries give, to whomever.
    pub(crate) scope: bool,
    /// Such a rule that holds for what one of them gets, too.
    pub(crate) imports: bool,
    /// The classes that it names, without those below.
    pub(crate) named: Classes,
    /// How a reason ends: ", in force since 2009-06-12"; empty where the day is not known.
    pub(crate) since: String,
    /// All classes that the record can reach in any way.
    pub(crate) any: Classes,
    pub(crate) direct: Classes,
    pub(crate) indirect: Classes,
    pub(crate) possible: Vec<Classes>,
    pub(crate) excluded: Vec<(Classes, Option<Date>)>,
    pub(crate) excepted: Classes,
}

/// What decides whether a record can answer at all, small and side by side: most records fail here.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    /// As in [`Reach::any`].
    pub(crate) any: Classes,
    /// It may answer whatever the class is: it binds every State (and is then silent in words), freezes, reminds.
    pub(crate) always: bool,
    from: Date,
    to: Date,
}

impl Gate {
    fn new(measure: &Measure, reach: &Reach) -> Self {
        let record = &measure.record;
        let draft = record.status == Status::Draft;
        Self {
            any: reach.any,
            always: measure.nexus == Nexus::CounterpartIsUnMemberState
                || !record.freeze.is_empty()
                || record.reminder.is_some(),
            from: record.in_force_from.unwrap_or(Date::MIN),
            to: if draft { Date::MIN } else { record.in_force_to.unwrap_or(Date::MAX) },
        }
    }

    /// As [`Measure::in_force`].
    pub(crate) fn open(&self, on: Date) -> bool {
        self.from <= on && (on < self.to || self.to == Date::MAX)
    }
}

/// All measures.
pub struct Measures {
    pub(crate) list: Vec<Measure>,
    pub(crate) reach: Vec<Reach>,
    pub(crate) jurisdictions: Vec<Jurisdiction>,
    pub(crate) known: Vec<Known>,
    pub(crate) gates: Vec<Gate>,
    /// The places of the records that are directed at a country, a bit each.
    pub(crate) by_target: FxHashMap<String, Vec<u64>>,
    pub(crate) class_bits: FxHashMap<String, Classes>,
    ids: FxHashMap<String, usize>,
    hash: String,
}

impl Measures {
    /// The data that ship with the program. They are validated by the tests of this crate; should the embedded
    /// form be broken all the same, the set is empty.
    pub fn shipped() -> &'static Measures {
        static SHIPPED: LazyLock<Measures> = LazyLock::new(|| {
            Measures::embedded().unwrap_or_else(|_| {
                Measures::new(Vec::new(), (Vec::new(), Vec::new()), Goods::shipped(), String::new())
            })
        });
        &SHIPPED
    }

    /// Loads the embedded data.
    ///
    /// # Errors
    /// When the embedded form does not fit the records: a mismatch between `build.rs` and this crate.
    pub fn embedded() -> Result<Measures, DataError> {
        let load = |&(file, json): &(&str, &str)| lagebild_data::embedded::<RegimeFile>(file, json);
        let files = REGIMES.iter().map(load).collect::<Result<Vec<_>, _>>()?;
        let jurisdictions = lagebild_data::embedded::<JurisdictionFile>(JURISDICTIONS.0, JURISDICTIONS.1)?;
        let covered = lagebild_data::embedded::<CoveredFile>(COVERED.0, COVERED.1)?;
        let mut hasher = Sha256::new();
        REGIMES.iter().chain([&JURISDICTIONS, &COVERED]).for_each(|(_, json)| hasher.update(json));
        let hash = hasher.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let list = files.into_iter().flat_map(RegimeFile::measures).collect();
        let scope = (jurisdictions.jurisdictions(), covered.jurisdictions);
        Ok(Measures::new(list, scope, Goods::shipped(), hash))
    }

    pub(crate) fn new(
        mut list: Vec<Measure>,
        (jurisdictions, covered): (Vec<Jurisdiction>, Vec<CoveredJurisdiction>),
        goods: &Goods,
        hash: String,
    ) -> Measures {
        // The United Nations first; records of a regime keep the order of their file.
        list.sort_by_key(|measure| (!measure.regime.starts_with("UN-"), measure.regime.clone()));
        let bit = |id: &str| {
            goods.classes().iter().position(|class| class.id == id).map_or(0, |at| 1 << (at % 128))
        };
        let class_bits = goods.classes().iter().map(|class| (class.id.clone(), bit(&class.id))).collect();
        let mut by_target: FxHashMap<String, Vec<u64>> = FxHashMap::default();
        for (at, measure) in list.iter().enumerate() {
            for country in &measure.target {
                let bits =
                    by_target.entry(country.clone()).or_insert_with(|| vec![0; list.len().div_ceil(64)]);
                if let Some(block) = bits.get_mut(at / 64) {
                    *block |= 1 << (at % 64);
                }
            }
        }
        let below = |ids: &[String]| {
            let inside = |class: &&lagebild_goods::Class| ids.iter().any(|id| goods.is_a(&class.id, id));
            goods.classes().iter().filter(inside).fold(0, |bits, class| bits | bit(&class.id))
        };
        let named = |ids: &[String]| ids.iter().fold(0, |bits, id| bits | bit(id));
        let reach = list.iter().map(|measure| Reach {
            own: jurisdiction::of(&jurisdictions, measure),
            named: named(&measure.record.goods),
            ..Reach::new(measure, &below)
        });
        let reach: Vec<Reach> = reach.collect();
        let gates = list.iter().zip(&reach).map(|(measure, reach)| Gate::new(measure, reach)).collect();
        let known = covered.into_iter().map(|covered| Known::new(covered, &below)).collect();
        let ids = list.iter().enumerate().map(|(at, measure)| (measure.id.clone(), at)).collect();
        Measures { list, reach, jurisdictions, known, gates, by_target, class_bits, ids, hash }
    }

    /// All records: the United Nations first, then by regime, in the order of the files.
    pub fn all(&self) -> &[Measure] {
        &self.list
    }

    /// The record with an id.
    pub fn get(&self, id: &str) -> Option<&Measure> {
        self.list.get(*self.ids.get(id)?)
    }

    /// SHA-256 of the embedded data, lower-case hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The records in force on a day.
    pub fn in_force(&self, on: Date) -> impl Iterator<Item = &Measure> {
        self.list.iter().filter(move |measure| measure.in_force(on))
    }

    /// What changed between two days: records that came into force after `from` and up to `to`, and records
    /// that ended in that time.
    pub fn diff(&self, from: Date, to: Date) -> Diff<'_> {
        let began = |m: &&Measure| !m.in_force(from) && m.in_force(to);
        let ended = |m: &&Measure| m.in_force(from) && !m.in_force(to);
        let passed = |m: &&Measure| {
            let within = |day: Option<Date>| day.is_some_and(|day| from < day && day <= to);
            within(m.record.in_force_from) && within(m.record.in_force_to)
        };
        Diff {
            began: self.list.iter().filter(began).collect(),
            ended: self.list.iter().filter(ended).collect(),
            began_and_ended: self.list.iter().filter(passed).collect(),
        }
    }
}

/// What changed between two days.
#[derive(Debug, Serialize)]
pub struct Diff<'m> {
    /// In force on the later day only.
    pub began: Vec<&'m Measure>,
    /// In force on the earlier day only.
    pub ended: Vec<&'m Measure>,
    /// In force only between the two.
    pub began_and_ended: Vec<&'m Measure>,
}

impl Reach {
    fn new(measure: &Measure, below: &impl Fn(&[String]) -> Classes) -> Self {
        let record = &measure.record;
        let (direct, indirect) = (below(&record.goods), below(&record.goods_indirect));
        let possible: Vec<Classes> = record.possible_for.iter().map(|case| below(&case.goods)).collect();
        let since = record.in_force_from.map(|from| format!(", in force since {from}")).unwrap_or_default();
        let everywhere = measure.target.iter().any(|target| target == "ALL");
        Self {
            own: None,
            scope: everywhere && record.direction.contains(&Direction::Scope),
            imports: everywhere && record.direction.contains(&Direction::ImportFrom),
            named: 0,
            since,
            any: possible.iter().fold(direct | indirect, |bits, classes| bits | classes),
            direct,
            indirect,
            possible,
            excluded: record.excludes.iter().map(|case| (below(&case.goods), case.until)).collect(),
            excepted: record.exceptions.iter().fold(0, |bits, exception| bits | below(&exception.goods)),
        }
    }
}
