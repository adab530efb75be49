//! Tables of articles: a heading, then an article on each row.

use crate::draft::Draft;
use crate::error::DocumentError;
use crate::json::{Columns, Record};
use serde_json::{Map, Value};

/// The articles of a table, with the rows that they stand on. Rows without a text are left out, and counted.
pub(crate) fn drafts(
    source: &str,
    text: &str,
    columns: &Columns,
) -> Result<Vec<(u64, Draft)>, DocumentError> {
    let separator = separator(text.lines().next().unwrap_or_default());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .map(|names| names.iter().map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    let mut drafts = Vec::new();
    let mut without = 0_usize;
    for row in reader.records() {
        let Ok(row) = row else {
            without += 1;
            continue;
        };
        let mut object = Map::new();
        for (name, cell) in names.iter().zip(&row) {
            object.insert(name.clone(), Value::String(cell.to_owned()));
            // `Text` and `TEXT` are `text` to the names that are known.
            object.entry(name.to_lowercase()).or_insert_with(|| Value::String(cell.to_owned()));
        }
        let record = Record::with(&object, columns);
        if record.body.is_some() {
            drafts.push((row.position().map_or(0, csv::Position::line), record.into_draft()));
        } else {
            without += 1;
        }
    }
    if drafts.is_empty() {
        let columns = names.join(", ");
        return Err(DocumentError::NoTextColumn { source_name: source.to_owned(), columns });
    }
    if let Some((_, first)) = drafts.first_mut().filter(|_| without > 0) {
        first.warnings.push(format!("{without} rows of the table have no text and are left out"));
    }
    Ok(drafts)
}

/// The separator that the heading shows: the one that stands there most often.
fn separator(heading: &str) -> u8 {
    let count = |separator: u8| heading.bytes().filter(|&byte| byte == separator).count();
    [b',', b';', b'\t', b'|'].into_iter().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_articles() {
        let table = "Title;Text;Date\nKim;\"Er kam; er ging.\";2023-09-12\nOhne;;\n";
        let drafts = drafts("a.csv", table, &Columns::default()).unwrap();
        let (line, draft) = drafts.first().unwrap();
        assert_eq!((*line, draft.text.as_str()), (2, "Kim\n\nEr kam; er ging."));
        assert_eq!(draft.published.unwrap().to_string(), "2023-09-12");
        assert!(draft.warnings.first().unwrap().starts_with("1 rows"));
    }

    #[test]
    fn columns_can_be_named() {
        let mut columns = Columns::default();
        assert!(columns.set("text", "Meldung") && !columns.set("colour", "x"));
        let table = "id\tMeldung\n1\tEr kam.\n";
        assert_eq!(drafts("a.tsv", table, &columns).unwrap().first().unwrap().1.text, "Er kam.");
        let error = drafts("a.tsv", table, &Columns::default()).unwrap_err().to_string();
        assert!(error.contains("columns: id, Meldung"), "{error}");
    }
}
