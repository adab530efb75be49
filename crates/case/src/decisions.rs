//! What a person decided about who is one: names that stay apart, and names that are one, whatever the merging says.
//!
//! A side is a name as a document has it, or one document's entity (`report.txt#e2`, or the document's number: `3#e2`), which tells
//! namesakes apart. Numbers of the case (`c5`) are no sides: they shift with every document that is added.

use crate::entities::Appearance;
use crate::known::folded;
use lagebild_data::DataError;
use lagebild_entities::Entity;
use lagebild_names::{Name, NameKind, Options, score};
use lagebild_reading::Reading;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Score from which on a name of the case is offered in place of one that is not in it.
const ALIKE: f64 = 0.7;
/// How many of them.
const OFFERED: usize = 3;

/// A file of decisions.
#[derive(Clone, Debug)]
pub struct Decisions {
    name: String,
    hash: String,
    file: File,
}

/// How it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Of each row, every side is another thing.
    apart: Vec<Vec<String>>,
    /// Of each row, all sides are one thing.
    same: Vec<Vec<String>>,
}

/// Which decisions a case was made with: what a replay needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// Name of their file.
    pub name: String,
    /// SHA-256 of their file, lower-case hexadecimal.
    pub hash: String,
    /// Decisions that could not be carried out, and why, a line each.
    pub problems: Vec<String>,
}

impl Decisions {
    /// Reads a file of decisions; `name` is what it is called in reasons and errors.
    ///
    /// # Errors
    /// The first entry that is not as it should be, with line and field.
    pub fn parse(name: &str, yaml: &str) -> Result<Self, DataError> {
        let file: File = lagebild_data::parse(name, yaml)?;
        let hash = format!("{:x}", Sha256::digest(yaml));
        Ok(Self { name: name.to_owned(), hash, file })
    }

    /// What they mean for these readings.
    pub(crate) fn resolve(&self, readings: &[Reading]) -> Resolved {
        let mut resolved = Resolved {
            by: self.name.clone(),
            decided: Some(Decided { name: self.name.clone(), hash: self.hash.clone(), problems: Vec::new() }),
            ..Resolved::default()
        };
        for row in &self.file.same {
            match sides(row, readings) {
                Ok(sides) => resolved.join(row, &sides),
                Err(problem) => resolved.problem(&format!("same {}: {problem}", told(row))),
            }
        }
        for row in &self.file.apart {
            let sides = sides(row, readings).and_then(|sides| resolved.check(row, &sides).map(|()| sides));
            match sides {
                Ok(sides) => resolved.part(row, &sides),
                Err(problem) => resolved.problem(&format!("apart {}: {problem}", told(row))),
            }
        }
        resolved
    }
}

/// Decisions by the entities that they are about.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    by: String,
    pub(crate) decided: Option<Decided>,
    /// The group that an entity is one with.
    same: BTreeMap<Appearance, usize>,
    groups: usize,
    /// The decisions in which an entity stands, and on which side.
    apart: BTreeMap<Appearance, Vec<Side>>,
    rows: Vec<Vec<String>>,
}

/// A side of a decision that keeps apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Side {
    row: usize,
    side: usize,
}

impl Side {
    /// True for two sides that a decision keeps apart.
    fn opposes(self, other: Self) -> bool {
        self.row == other.row && self.side != other.side
    }
}

impl Resolved {
    /// The group that an entity is one with, with the reason.
    pub(crate) fn same(&self, at: Appearance) -> Option<(usize, String)> {
        Some((*self.same.get(&at)?, format!("decided in {}", self.by)))
    }

    /// The sides on which an entity stands.
    pub(crate) fn sides(&self, at: Appearance) -> &[Side] {
        self.apart.get(&at).map_or(&[], Vec::as_slice)
    }

    /// True where a decision keeps what stands on these sides apart.
    pub(crate) fn forbids(mine: &[Side], theirs: &BTreeSet<Side>) -> bool {
        mine.iter().any(|one| theirs.iter().any(|other| one.opposes(*other)))
    }

    /// What was decided about a thing, a line for each decision that keeps it apart from another.
    pub(crate) fn reasons(&self, appearances: &[Appearance]) -> Vec<String> {
        let sides: BTreeSet<Side> = appearances.iter().flat_map(|at| self.sides(*at)).copied().collect();
        let others = sides.iter().flat_map(|side| {
            let row = self.rows.get(side.row).into_iter().flatten().enumerate();
            row.filter(move |(at, _)| *at != side.side).map(|(_, name)| name)
        });
        others.map(|name| format!("kept apart from “{name}” by {}", self.by)).collect()
    }

    fn problem(&mut self, problem: &str) {
        if let Some(decided) = &mut self.decided {
            decided.problems.push(format!("{}: {problem}", self.by));
        }
    }

    fn join(&mut self, row: &[String], sides: &[BTreeSet<Appearance>]) {
        if row.len() < 2 {
            return self.problem(&format!("same {}: name two or more", told(row)));
        }
        let all = || sides.iter().flatten();
        let known: BTreeSet<usize> = all().filter_map(|at| self.same.get(at)).copied().collect();
        let group = self.groups;
        self.groups += 1;
        for other in self.same.values_mut().filter(|other| known.contains(other)) {
            *other = group;
        }
        self.same.extend(all().map(|at| (*at, group)));
    }

    /// Refuses what contradicts itself or another decision.
    fn check(&self, row: &[String], sides: &[BTreeSet<Appearance>]) -> Result<(), String> {
        if row.len() < 2 {
            return Err("name two or more".into());
        }
        for (at, side) in sides.iter().enumerate() {
            for other in sides.get(at + 1..).unwrap_or_default() {
                if !side.is_disjoint(other) {
                    return Err(
                        "two of them are the same words; write which document's is meant: report.txt#e2"
                            .into(),
                    );
                }
                let groups = |side: &BTreeSet<Appearance>| -> BTreeSet<usize> {
                    side.iter().filter_map(|at| self.same.get(at)).copied().collect()
                };
                if !groups(side).is_disjoint(&groups(other)) {
                    return Err("they are decided to be the same as well".into());
                }
            }
        }
        Ok(())
    }

    fn part(&mut self, row: &[String], sides: &[BTreeSet<Appearance>]) {
        for (side, all) in sides.iter().enumerate() {
            for at in all {
                // What is one with a side stands on that side.
                let group = self.same.get(at).copied();
                let mates =
                    self.same.iter().filter(|(_, other)| Some(**other) == group).map(|(mate, _)| *mate);
                for mate in mates.chain([*at]).collect::<BTreeSet<_>>() {
                    let known = self.apart.entry(mate).or_default();
                    let side = Side { row: self.rows.len(), side };
                    if !known.contains(&side) {
                        known.push(side);
                    }
                }
            }
        }
        self.rows.push(row.to_vec());
    }
}

/// The entities that each side of a decision means.
fn sides(row: &[String], readings: &[Reading]) -> Result<Vec<BTreeSet<Appearance>>, String> {
    row.iter().map(|side| appearances(side, readings)).collect()
}

fn appearances(side: &str, readings: &[Reading]) -> Result<BTreeSet<Appearance>, String> {
    let means = |document: usize, reading: &Reading, entity: &Entity| match side.rsplit_once('#') {
        Some((source, id)) => {
            let of = &reading.document.source;
            let here = *of == source || of.ends_with(&format!("/{source}")) || document.to_string() == source;
            here && entity.id.to_string() == id
        }
        None => folded(&entity.name) == folded(side),
    };
    let all = readings.iter().enumerate().flat_map(|(document, reading)| {
        reading.entities.iter().map(move |entity| (document, reading, entity))
    });
    let found: BTreeSet<Appearance> = all
        .filter(|(document, reading, entity)| means(*document, reading, entity))
        .map(|(document, _, entity)| Appearance { document, entity: entity.id })
        .collect();
    if found.is_empty() { Err(unknown(side, readings)) } else { Ok(found) }
}

/// Says what is not in the case, and what may be meant.
fn unknown(side: &str, readings: &[Reading]) -> String {
    let of_the_case = side.strip_prefix('c').is_some_and(|rest| rest.parse::<u32>().is_ok());
    if of_the_case {
        return format!(
            "{side} is a number that shifts when documents are added; write the name, or which document's is meant: report.txt#e2"
        );
    }
    if side.contains('#') {
        return format!("no document has an entity {side}");
    }
    let wanted = Name::parse(side, NameKind::Other);
    let names: BTreeSet<&str> =
        readings.iter().flat_map(|reading| &reading.entities).map(|entity| entity.name.as_str()).collect();
    let mut alike: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| (score(&wanted, &Name::parse(name, NameKind::Other), Options::default()), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let offered: Vec<String> = alike.iter().take(OFFERED).map(|(_, name)| format!("“{name}”")).collect();
    let offered =
        if offered.is_empty() { String::new() } else { format!("; alike are {}", offered.join(", ")) };
    format!("the case has nobody called “{side}”{offered}")
}

fn told(row: &[String]) -> String {
    format!("[{}]", row.join(", "))
}
