//! Measuring on name pairs with known answers (`lagebild eval names`); the files are given at run time.

use crate::{Name, NameKind, Options, THRESHOLD, score};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A pair of names and whether they are the same party.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Case {
    /// Group the figures are given for.
    pub group: String,
    /// How sure the label is (`STRONG`, `MEDIUM`, `WEAK`), or empty.
    pub quality: String,
    /// What bears the names.
    pub kind: NameKind,
    /// One name.
    pub query: String,
    /// The other.
    pub candidate: String,
    /// Whether they are the same party.
    pub same: bool,
}

/// Right and wrong answers at the threshold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Same party, found.
    pub hits: u32,
    /// Same party, missed.
    pub misses: u32,
    /// Different parties, taken for one.
    pub alarms: u32,
    /// Different parties, told apart.
    pub refusals: u32,
}

impl Tally {
    fn add(&mut self, same: bool, answer: bool) {
        match (same, answer) {
            (true, true) => self.hits += 1,
            (true, false) => self.misses += 1,
            (false, true) => self.alarms += 1,
            (false, false) => self.refusals += 1,
        }
    }

    /// Harmonic mean of precision and recall, 0 to 1.
    pub fn f1(&self) -> f64 {
        let wrong = f64::from(self.misses + self.alarms);
        let right = 2.0 * f64::from(self.hits);
        if right + wrong == 0.0 { 0.0 } else { right / (right + wrong) }
    }

    /// Share of the same parties that were found.
    pub fn recall(&self) -> f64 {
        f64::from(self.hits) / f64::from((self.hits + self.misses).max(1))
    }
}

/// What came of a set of cases.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Report {
    /// All cases together.
    pub all: Tally,
    /// For each group.
    pub groups: BTreeMap<String, Tally>,
    /// Mean score for each quality and label, `STRONG match` and so on.
    pub tiers: BTreeMap<String, f64>,
    /// Wrong answers, the worst first: score and case.
    pub errors: Vec<(f64, Case)>,
}

/// Reads `name_bench.csv`: columns by their names in the first line.
pub fn read_bench(csv: &str) -> Vec<Case> {
    let mut rows = rows(csv).into_iter();
    let head = rows.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|h| h == name);
    let columns = ["case_group", "quality", "schema", "name1", "name2", "is_match"].map(column);
    let cell = |row: &[String], at: usize| columns[at].and_then(|c| row.get(c)).cloned().unwrap_or_default();
    rows.map(|row| Case {
        group: cell(&row, 0),
        quality: cell(&row, 1),
        kind: NameKind::of_schema(&cell(&row, 2)),
        query: cell(&row, 3),
        candidate: cell(&row, 4),
        same: cell(&row, 5) == "true",
    })
    .collect()
}

/// One check of `entity_checks.yml`: two entities by the properties of their names.
#[derive(Debug, serde::Deserialize)]
struct Check {
    r#match: bool,
    schema: String,
    #[serde(default)]
    label: Option<String>,
    query: BTreeMap<String, String>,
    candidate: BTreeMap<String, String>,
}

/// Reads `entity_checks.yml`.
///
/// # Errors
/// The first entry that is not as expected, with its line.
pub fn read_checks(file: &str, yaml: &str) -> Result<Vec<Case>, lagebild_data::DataError> {
    let mut sets: BTreeMap<String, Vec<Check>> = lagebild_data::parse(file, yaml)?;
    let checks = sets.remove("checks").unwrap_or_default();
    Ok(checks
        .into_iter()
        .map(|check| Case {
            group: check.label.unwrap_or_else(|| check.schema.clone()),
            quality: String::new(),
            kind: NameKind::of_schema(&check.schema),
            query: full_name(&check.query),
            candidate: full_name(&check.candidate),
            same: check.r#match,
        })
        .collect())
}

/// The name as such, or else its parts in the usual order.
fn full_name(properties: &BTreeMap<String, String>) -> String {
    const PARTS: [&str; 4] = ["firstName", "middleName", "fatherName", "lastName"];
    let parts =
        || PARTS.iter().filter_map(|part| properties.get(*part).map(String::as_str)).collect::<Vec<_>>();
    properties.get("name").cloned().unwrap_or_else(|| parts().join(" "))
}

/// Rows of a CSV text with quoted cells.
pub fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = csv.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(row) = rows.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().into_iter().for_each(|cell| cell.push('"'));
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            c => row.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

/// Compares every pair and counts.
pub fn run(cases: &[Case]) -> Report {
    let mut report = Report::default();
    let mut tiers: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    for case in cases {
        let names = [&case.query, &case.candidate].map(|text| Name::parse(text, case.kind));
        let score = score(&names[0], &names[1], Options::default());
        let answer = score >= THRESHOLD;
        report.all.add(case.same, answer);
        report.groups.entry(case.group.clone()).or_default().add(case.same, answer);
        let label = if case.same { "match" } else { "non-match" };
        let tier = tiers.entry(format!("{} {label}", case.quality)).or_default();
        *tier = (tier.0 + score, tier.1 + 1);
        if answer != case.same {
            report.errors.push((score, case.clone()));
        }
    }
    report.tiers = tiers.into_iter().map(|(tier, (sum, n))| (tier, sum / f64::from(n))).collect();
    let distance = |score: f64| (score - THRESHOLD).abs();
    report.errors.sort_by(|a, b| distance(b.0).total_cmp(&distance(a.0)));
    report
}

impl Report {
    /// The figures and the worst `most` errors as text.
    pub fn text(&self, most: usize) -> String {
        let mut text = String::new();
        let line = |name: &str, t: &Tally| {
            format!(
                "{name:<20} F1 {:.3}  recall {:.3}  right {}  missed {}  wrongly matched {}\n",
                t.f1(),
                t.recall(),
                t.hits + t.refusals,
                t.misses,
                t.alarms
            )
        };
        text.push_str(&line("all", &self.all));
        self.groups.iter().for_each(|(name, tally)| text.push_str(&line(name, tally)));
        for (tier, mean) in &self.tiers {
            let _ = writeln!(text, "mean of {tier}: {mean:.3}");
        }
        for (score, case) in self.errors.iter().take(most) {
            let verb = if case.same { "missed" } else { "wrongly matched" };
            let _ =
                writeln!(text, "{score:.3} {verb} [{}] {} | {}", case.quality, case.query, case.candidate);
        }
        text
    }
}
