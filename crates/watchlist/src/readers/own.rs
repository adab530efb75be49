//! A table of one's own: a mapping in YAML says which column holds what; what it leaves open is told by the headings.

use super::ListReading;
use crate::party::{NameQuality, Party, PartyName};
use lagebild_table::{Columns, Order, Record, Settings};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// What a mapping file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    /// Field (`name`, `alias`, `birthDate`, any property of the FollowTheMoney model) and its heading or headings.
    #[serde(default)]
    columns: BTreeMap<String, OneOrMore>,
    /// Heading of the column with the reference; rows with the same one are one party. Else each row is one, by its line.
    id: Option<String>,
    /// What kind of party those are that no column calls one.
    schema: Option<String>,
    encoding: Option<String>,
    separator: Option<char>,
    sheet: Option<String>,
    date_order: Option<DateOrder>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DateOrder {
    Dmy,
    Mdy,
}

impl Mapping {
    fn settings(&self) -> Settings {
        let pairs = |(field, headings): (&String, &OneOrMore)| -> Vec<(String, String)> {
            let headings = match headings {
                OneOrMore::One(heading) => std::slice::from_ref(heading),
                OneOrMore::More(headings) => headings,
            };
            headings.iter().map(|heading| (field.clone(), heading.clone())).collect()
        };
        Settings {
            encoding: self.encoding.clone(),
            separator: self.separator,
            sheet: self.sheet.clone(),
            columns: self.columns.iter().flat_map(pairs).collect(),
            order: self.date_order.map(|order| match order {
                DateOrder::Dmy => Order::DayFirst,
                DateOrder::Mdy => Order::MonthFirst,
            }),
        }
    }
}

/// Reads the table; why it cannot be read as a whole.
pub(super) fn read(bytes: &[u8], ending: &str, mapping: &Mapping, list: &str) -> Result<ListReading, String> {
    let settings = mapping.settings();
    let table = lagebild_table::read(bytes, ending, &settings).map_err(|error| error.to_string())?;
    let (columns, notes) = Columns::of(&table, &settings).map_err(|error| error.to_string())?;
    let at = |heading: &String| table.headings.iter().position(|known| known.trim() == heading);
    let id = mapping.id.as_ref().map(|heading| at(heading).ok_or(heading)).transpose();
    let id = id.map_err(|heading| format!("no column is headed `{heading}`"))?;
    let mut reading = ListReading::default();
    for note in table.notes.iter().chain(&notes).filter(|note| note.doubt.is_some()) {
        reading.problem("a doubtful guess", note.words.clone());
    }
    let unused = columns.unused().into_iter().filter(|&at| Some(at) != id);
    reading.left_out =
        unused.filter_map(|at| Some(format!("column {}", table.headings.get(at)?.trim()))).collect();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let record = match columns.record(row) {
            Ok(record) => record,
            Err(reason) => {
                reading.problem(format!("line {}", row.line), reason);
                continue;
            }
        };
        let reference = id.and_then(|at| row.cells.get(at)).map(|cell| cell.trim().to_string());
        let reference = reference.filter(|cell| !cell.is_empty()).unwrap_or_else(|| row.line.to_string());
        let next = reading.parties.len();
        let at = *by_id.entry(reference.clone()).or_insert(next);
        if at == next {
            reading.parties.push(Party { id: format!("{list}:{reference}"), ..Party::default() });
        }
        if let Some(party) = reading.parties.get_mut(at) {
            add(record, mapping.schema.as_deref(), party);
        }
    }
    Ok(reading.named().settle())
}

fn add(record: Record, schema: Option<&str>, party: &mut Party) {
    if party.schema.is_empty() {
        let written = record.schema.as_deref().or(schema).unwrap_or("LegalEntity");
        party.schema = lagebild_names::schema_called(written).unwrap_or(written).into();
    }
    for name in record.names {
        let quality = if party.names.is_empty() { NameQuality::Primary } else { NameQuality::Alias };
        party.add_new_name(PartyName { full: name, quality, ..PartyName::default() });
    }
    for (property, values) in record.properties {
        for value in &values {
            party.add(&property, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mapping, read};

    fn mapping(yaml: &str) -> Mapping {
        lagebild_data::parse("mapping", yaml).unwrap()
    }

    #[test]
    fn the_mapping_says_what_the_columns_hold_and_what_is_left_out_is_told() {
        let mapping = mapping(
            "id: Nr\nschema: Person\ncolumns:\n  name: Wer\n  alias: [Auch, Früher]\n  birthDate: Geb\n  program: Grund\n",
        );
        let table = "Nr;Wer;Auch;Früher;Geb;Grund;Akte\n7;Anna Muster;Anni;;04.03.1961;Haus;x\n7;Anna Probe;;;;;\n\
            8;;;;;;y\n9;Otto Beispiel;;;;;\n";
        let reading = read(table.as_bytes(), "csv", &mapping, "house").unwrap();
        let [anna, otto] = reading.parties.as_slice() else { unreachable!("two parties: {reading:?}") };
        assert_eq!((anna.id.as_str(), anna.schema.as_str(), anna.names.len()), ("house:7", "Person", 3));
        assert_eq!((anna.first("birthDate"), anna.first("program")), (Some("1961-03-04"), Some("Haus")));
        assert_eq!(otto.id, "house:9");
        assert_eq!(reading.left_out, ["column Akte"]);
        assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let read = |yaml: &str| read(b"Wer,Was\nx,y\n", "csv", &mapping(yaml), "house").unwrap_err();
        assert!(read("columns: {name: Wen}").contains("Wen"));
        assert!(read("columns: {name: Wer}\nid: Nr").contains("Nr"));
        assert!(read("columns: {}").contains("no column holds names"));
        assert!(lagebild_data::parse::<Mapping>("m", "colums: {}").is_err());
    }
}
