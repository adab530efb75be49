//! JSON Lines, or one array of objects: nested and with other keys in each.

use crate::{Row, Table, TableError};
use serde_json::Value;
use std::collections::HashMap;

/// Whether a text is JSON: by its ending, or because each object begins where a line does.
pub(crate) fn is_it(text: &str, ending: &str) -> bool {
    let begin = text.trim_start();
    matches!(ending.to_lowercase().as_str(), "jsonl" | "ndjson" | "json")
        || begin.starts_with("{\"")
        || begin.starts_with("[{")
}

pub(crate) fn read(text: &str) -> Result<Table, TableError> {
    let trimmed = text.trim();
    let whole =
        || serde_json::from_str::<Vec<Value>>(trimmed).map_err(|error| TableError::Broken(error.to_string()));
    let objects: Vec<(u64, &str, Result<Value, String>)> = if trimmed.starts_with('[') {
        (1..).zip(whole()?).map(|(number, value)| (number, "", Ok(value))).collect()
    } else {
        let lines = (1u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let value =
            |line: &str| serde_json::from_str(line).map_err(|error: serde_json::Error| error.to_string());
        lines.map(|(number, line)| (number, line, value(line))).collect()
    };
    let mut headings: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows = Vec::new();
    for (line, text, value) in objects {
        let value =
            value.and_then(|value| if value.is_object() { Ok(value) } else { Err("no JSON object".into()) });
        let mut row = Row { line, ..Row::default() };
        match value {
            Err(fault) => {
                row.cells.push(text.into());
                row.fault = Some(fault);
            }
            Ok(value) => {
                let mut found = Vec::new();
                flatten("", &value, &mut found);
                for (key, value) in found {
                    let at = *places.entry(key.clone()).or_insert_with(|| {
                        headings.push(key);
                        headings.len() - 1
                    });
                    row.cells.resize(row.cells.len().max(at + 1), String::new());
                    if let Some(cell) = row.cells.get_mut(at) {
                        let between = if cell.is_empty() { "" } else { "; " };
                        *cell = format!("{cell}{between}{value}");
                    }
                }
            }
        }
        rows.push(row);
    }
    if headings.is_empty() {
        return Err(TableError::Broken("no line is a JSON object".into()));
    }
    for row in rows.iter_mut().filter(|row| row.fault.is_none()) {
        row.cells.resize(headings.len(), String::new());
    }
    Ok(Table { headings, rows, notes: Vec::new() })
}

/// The simple values with the path of keys to them; those of an array one after the other.
fn flatten(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| flatten(path, value, found)),
        Value::String(text) => found.push((path.into(), text.clone())),
        other => found.push((path.into(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn nested_and_ragged_lines_have_all_their_keys_as_headings() {
        let lines = "{\"name\":[\"Anna\",\"Anni\"],\"n\":1}\n\nno\n{\"schema\":\"Person\",\"properties\":{\"name\":[\"Otto\"]}}\n[1]\n";
        let table = read(lines).unwrap();
        assert_eq!(table.headings, ["name", "n", "schema", "properties.name"]);
        assert_eq!(table.rows[0].cells, ["Anna; Anni", "1", "", ""]);
        assert_eq!(table.rows[2].cells, ["", "", "Person", "Otto"]);
        assert_eq!((table.rows[1].line, table.rows[1].cells[0].as_str()), (3, "no"));
        assert!(table.rows[1].fault.is_some() && table.rows[3].fault.is_some());
        assert_eq!(read("[{\"name\":\"A\"},{\"name\":\"B\"}]").unwrap().rows.len(), 2);
        assert!(read("x\ny").is_err());
    }
}
