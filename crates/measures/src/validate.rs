//! The set of records checked as a whole: what the types cannot say.

use crate::coverage::CoveredFile;
use crate::jurisdiction::JurisdictionFile;
use crate::measures::Measures;
use crate::model::{Direction, Kind, Measure, RegimeFile, Status};
use lagebild_data::{DataError, parse};
use lagebild_goods::Goods;
use std::collections::BTreeSet;

/// A file of records: the name that errors give it, and its text.
type File<'f> = (&'f str, &'f str);

impl Measures {
    /// Reads and checks the data files: one for each regime, `jurisdictions.yaml` and
    /// `covered.yaml`.
    ///
    /// # Errors
    /// Every wrong entry with file, line and field; of a file that cannot be read as such, the first.
    pub fn parse(
        regimes: &[File<'_>],
        jurisdictions: File<'_>,
        covered: File<'_>,
    ) -> Result<Measures, Vec<DataError>> {
        let mut errors = Vec::new();
        let known =
            parse::<JurisdictionFile>(jurisdictions.0, jurisdictions.1).map_err(|e| errors.push(e)).ok();
        let scope = parse::<CoveredFile>(covered.0, covered.1).map_err(|e| errors.push(e)).ok();
        let mut list = Vec::new();
        let mut places = Vec::new();
        for file in regimes {
            match parse::<RegimeFile>(file.0, file.1) {
                Ok(records) => {
                    let measures: Vec<Measure> = records.measures().collect();
                    places.extend(measures.iter().enumerate().map(|(at, m)| (m.id.clone(), *file, at)));
                    list.extend(measures);
                }
                Err(error) => errors.push(error),
            }
        }
        let Some((known, scope)) = known.zip(scope).filter(|_| errors.is_empty()) else { return Err(errors) };
        errors.extend(unknown_classes(&scope, covered));
        let scope = (known.jurisdictions(), scope.jurisdictions);
        let measures = Measures::new(list, scope, Goods::shipped(), String::new());
        let mut check = Check { measures: &measures, errors };
        let mut seen = BTreeSet::new();
        for (id, file, at) in &places {
            if !seen.insert(id.as_str()) {
                check.wrong(*file, *at, id, "id", format!("`{id}` stands twice"));
            }
            if let Some(measure) = measures.get(id) {
                check.measure(*file, *at, measure);
            }
        }
        let errors = check.errors;
        if errors.is_empty() { Ok(measures) } else { Err(errors) }
    }
}

/// Classes that `covered.yaml` names and that do not exist.
fn unknown_classes(scope: &CoveredFile, file: File<'_>) -> Vec<DataError> {
    let named = scope.jurisdictions.iter().flat_map(|j| &j.covered).flat_map(|covered| &covered.goods);
    let unknown = named.filter(|class| Goods::shipped().class(class).is_none());
    let line = |class: &str| file.1.lines().zip(1..).find(|l| l.0.contains(class)).map_or(0, |l| l.1);
    let error = |class: &String| DataError {
        file: file.0.into(),
        line: line(class),
        field: "covered.goods".into(),
        message: format!("no class has the id `{class}`"),
    };
    unknown.map(error).collect()
}

struct Check<'m> {
    measures: &'m Measures,
    errors: Vec<DataError>,
}

impl Check<'_> {
    /// Adds an error; the line is that of the field inside the record.
    fn wrong(&mut self, file: File<'_>, at: usize, id: &str, field: &str, message: String) {
        let heading = format!("- id: {id}");
        let mut lines = file.1.lines().zip(1..).skip_while(|(line, _)| line.trim() != heading);
        let first = lines.next().map_or(0, |(_, line)| line);
        let start = format!("{field}:");
        let inside = lines.take_while(|(line, _)| !line.trim_start().starts_with("- id:"));
        let line =
            inside.into_iter().find(|(line, _)| line.trim_start().starts_with(&start)).map_or(first, |l| l.1);
        let field = format!("measures[{at}].{field}");
        self.errors.push(DataError { file: file.0.into(), line, field, message });
    }

    fn measure(&mut self, file: File<'_>, at: usize, measure: &Measure) {
        let record = &measure.record;
        let mut found: Vec<(&str, String)> = Vec::new();
        self.links(measure, &mut found);
        classes(measure, &mut found);
        dates(measure, &mut found);
        self.successors(measure, &mut found);
        self.conflicts(measure, &mut found);
        let bound = measure.binds.is_empty()
            || crate::jurisdiction::of(&self.measures.jurisdictions, measure).is_some();
        if !bound {
            found.push(("binds", "nobody in jurisdictions.yaml goes by these words".into()));
        }
        if !record.source.starts_with("http") {
            found.push(("source", "an official link is needed".into()));
        }
        for (field, message) in found {
            self.wrong(file, at, &measure.id, field, message);
        }
    }

    fn links(&self, measure: &Measure, found: &mut Vec<(&'static str, String)>) {
        let record = &measure.record;
        let excepted: Vec<String> = record.exceptions.iter().filter_map(|e| e.measure.clone()).collect();
        let groups = [
            ("superseded_by", &record.superseded_by),
            ("builds_on", &record.builds_on),
            ("modified_by", &record.modified_by),
            ("implements", &record.implements),
            ("exceptions", &excepted),
        ];
        for (field, ids) in groups {
            let unknown = ids.iter().filter(|id| self.measures.get(id).is_none());
            found.extend(unknown.map(|id| (field, format!("no record has the id `{id}`"))));
        }
    }

    /// A superseded record ends on the day on which its successor begins.
    fn successors(&self, measure: &Measure, found: &mut Vec<(&'static str, String)>) {
        let record = &measure.record;
        let ended = record.status == Status::Superseded;
        if ended == record.superseded_by.is_empty() {
            found.push(("superseded_by", "a superseded record, and no other, names its successors".into()));
        }
        let successors = record.superseded_by.iter().filter_map(|id| self.measures.get(id));
        let late = successors.filter(|next| next.record.in_force_from != record.in_force_to);
        let ids: Vec<&str> = late.map(|next| next.id.as_str()).collect();
        if !ids.is_empty() {
            found.push(("in_force_to", format!("{} begins on another day", ids.join(", "))));
        }
    }

    /// Two limits, or a limit and a ban that do not know each other, on the same goods the same way at one time.
    fn conflicts(&self, measure: &Measure, found: &mut Vec<(&'static str, String)>) {
        if measure.record.kind != Kind::Cap {
            return;
        }
        let rivals = self
            .measures
            .all()
            .iter()
            .filter(|other| other.regime == measure.regime && other.id != measure.id);
        for other in rivals.filter(|other| limits_same(measure, other)) {
            found.push((
                "goods",
                format!("in conflict with {}: both limit the same goods at one time", other.id),
            ));
        }
    }
}

fn limits_same(cap: &Measure, other: &Measure) -> bool {
    let linked = other.record.modified_by.contains(&cap.id) || cap.record.modified_by.contains(&other.id);
    let flows = |d: &Direction| matches!(d, Direction::ExportTo | Direction::ImportFrom);
    let same_way =
        cap.record.direction.iter().filter(|d| flows(d)).any(|d| other.record.direction.contains(d));
    let same_goods = cap.record.goods.iter().any(|class| other.record.goods.contains(class));
    let bans = match other.record.kind {
        Kind::Cap => true,
        Kind::Prohibition => !other.record.requires_determination && !linked,
        _ => false,
    };
    bans && same_way && same_goods && overlap(cap, other)
}

fn overlap(a: &Measure, b: &Measure) -> bool {
    let starts_before = |x: &Measure, y: &Measure| match (x.record.in_force_from, y.record.in_force_to) {
        (Some(from), Some(to)) => from < to,
        _ => true,
    };
    starts_before(a, b) && starts_before(b, a)
}

fn classes(measure: &Measure, found: &mut Vec<(&'static str, String)>) {
    let record = &measure.record;
    let possible = record.possible_for.iter().flat_map(|case| &case.goods);
    let excluded = record.excludes.iter().flat_map(|case| &case.goods);
    let excepted = record.exceptions.iter().flat_map(|exception| &exception.goods);
    let named = record.goods.iter().map(|class| ("goods", class));
    let named = named.chain(record.goods_indirect.iter().map(|class| ("goods_indirect", class)));
    let named = named.chain(possible.map(|class| ("possible_for", class)));
    let named = named.chain(excluded.map(|class| ("excludes", class)));
    let named = named.chain(excepted.map(|class| ("exceptions", class)));
    let goods = Goods::shipped();
    let unknown = named.filter(|(_, class)| goods.class(class).is_none());
    found.extend(unknown.map(|(field, class)| {
        let like = goods.nearest(class).join(", ");
        (field, format!("no class has the id `{class}`; like it: {like}"))
    }));
}

fn dates(measure: &Measure, found: &mut Vec<(&'static str, String)>) {
    let record = &measure.record;
    let after =
        |a: Option<jiff::civil::Date>, b: Option<jiff::civil::Date>| a.zip(b).is_some_and(|(a, b)| a > b);
    if after(record.in_force_from, record.in_force_to) {
        found.push(("in_force_to", "it ends before it begins".into()));
    }
    if after(record.adopted, record.in_force_from) {
        found.push(("adopted", "it is in force before it was adopted".into()));
    }
    if record.known_until.is_some() && record.in_force_to.is_some() {
        found.push(("known_until", "a record that is over needs no such day".into()));
    }
    let over = matches!(record.status, Status::Superseded | Status::Ended);
    if over != record.in_force_to.is_some() {
        found.push(("status", "a record that is over, and no other, has a last day".into()));
    }
    if record.quantity.as_ref().is_some_and(|cap| cap.limits.is_empty()) {
        found.push(("quantity", "it has no limit".into()));
    }
}
