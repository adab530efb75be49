//! JSON and JSON Lines: schema.org articles, and records with a title and a text.

mod known;
mod record;

pub use record::Columns;
use record::records;
pub(crate) use record::{Record, visit};

use crate::draft::Draft;
use crate::error::DocumentError;

/// The articles of one JSON text. `line` is the line on which the text begins in its source, from 1.
pub(crate) fn drafts(
    source: &str,
    line: u64,
    json: &str,
    columns: &Columns,
) -> Result<Vec<Draft>, DocumentError> {
    let value = known::value(json, columns).map_err(|error| DocumentError::BrokenJson {
        source_name: source.to_string(),
        line: line + (error.line() as u64).saturating_sub(1),
        reason: reason(&error),
    })?;
    let records = records(&value, columns);
    if records.is_empty() {
        let expected = record::BODY.join(", ");
        return Err(DocumentError::NoArticleInJson { source_name: source.to_string(), line, expected });
    }
    Ok(records.into_iter().map(Record::into_draft).collect())
}

/// What is wrong, and in which column; the line is said by the caller, counted in the whole source.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    format!("{what} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_schema_org_with_a_graph() {
        let json = r#"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Beispiel"},
            {"@type": ["NewsArticle"], "headline": "Kim in Russland", "inLanguage": "de-DE",
             "datePublished": "2023-09-12T08:00:00+02:00", "author": [{"name": "A. Muster"}, {"name": "B. Muster"}],
             "description": "Der Zug ist da.", "articleBody": "Er kam.\n\nEr ging."}]}"#;
        let drafts = drafts("a.json", 1, json, &Columns::default()).unwrap();
        let draft = drafts.first().unwrap();
        assert_eq!(
            draft.text,
            "Kim in Russland\n\nA. Muster, B. Muster\n\nDer Zug ist da.\n\nEr kam.\n\nEr ging."
        );
        assert_eq!(
            (draft.language.as_deref(), draft.title.as_deref()),
            (Some("de"), Some("Kim in Russland"))
        );
        assert_eq!(draft.published.unwrap().to_string(), "2023-09-12");
    }

    #[test]
    fn reads_records_in_wrappers_and_arrays() {
        let json = r#"{"articles": [{"title": "A", "text": "Eins."}, {"title": "B", "body": ["Zwei.", "Drei."]}, {"x": 1}]}"#;
        let drafts = drafts("a.json", 1, json, &Columns::default()).unwrap();
        let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
        assert_eq!(texts, ["A\n\nEins.", "B\n\nZwei.\n\nDrei."]);
    }

    #[test]
    fn names_the_line_of_broken_json_and_the_missing_field() {
        assert!(matches!(
            drafts("a", 7, "{\n\"a\": }", &Columns::default()),
            Err(DocumentError::BrokenJson { line: 8, .. })
        ));
        let error = drafts("a", 1, "{\"title\": \"A\"}", &Columns::default()).unwrap_err();
        assert!(error.to_string().contains("articleBody"), "{error}");
    }

    #[test]
    fn what_no_field_needs_may_hold_anything() {
        let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
        for odd in ["1e400", "{\"text\": {\"x\": -1e999}, \"y\": \"z\"}", &format!("{open}{close}")] {
            let json = format!("{{\"x\": {odd}, \"text\": \"Er kam.\"}}");
            assert_eq!(drafts("a", 1, &json, &Columns::default()).unwrap()[0].text, "Er kam.", "{odd:.20}");
        }
    }

    #[test]
    fn reads_times_in_seconds_and_milliseconds() {
        for date in ["1694530500", "1694530500000", "\"Tue, 12 Sep 2023 14:55:00 GMT\"", "\"12.09.2023\""] {
            let json = format!("{{\"text\": \"Er kam.\", \"date\": {date}}}");
            let found = drafts("a", 1, &json, &Columns::default()).unwrap().first().unwrap().published;
            assert_eq!(found.unwrap().to_string(), "2023-09-12", "{date}");
        }
    }
}
