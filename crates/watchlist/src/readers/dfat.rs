//! Australia's consolidated list (DFAT, "regulation 8", as CSV).
//!
//! References are `2`, `2a`, `2b`: the number is the party, the letter one more name. Type names drift in case and
//! blanks; a cell may hold several birth dates ("a) 1950 b) circa 1955").

use super::table::{Row, rows, text};
use super::{ListReading, dates};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::BufRead;

pub(super) fn read(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    let mut by_number: HashMap<String, usize> = HashMap::new();
    for row in rows(&text, &mut reading) {
        let number: String = row.get("Reference").chars().take_while(char::is_ascii_digit).collect();
        let blank = row.get("Name of Individual or Entity").is_empty();
        if number.is_empty() || blank {
            if !blank || !number.is_empty() {
                reading.problem(format!("line {}", row.line), "a row without a reference or a name");
            }
            continue;
        }
        let next = reading.parties.len();
        let at = *by_number.entry(number.clone()).or_insert(next);
        if at == next {
            let person = row.get("Type").eq_ignore_ascii_case("individual");
            let schema = if person { "Person" } else { "Organization" };
            reading.parties.push(Party {
                id: format!("{list}:{number}"),
                schema: schema.into(),
                ..Party::default()
            });
        }
        if let Some(party) = reading.parties.get_mut(at) {
            add_row(&row, party);
        }
        let control = row.get("Control Date").get(..10).unwrap_or_default();
        if reading.date.as_deref().unwrap_or_default() < control {
            reading.date = Some(control.into());
        }
    }
    reading
}

fn add_row(row: &Row, party: &mut Party) {
    let quality = match row.get("Name Type").to_lowercase().as_str() {
        "primary name" => NameQuality::Primary,
        "formerly known as" | "previously listed as" => NameQuality::Former,
        _ => NameQuality::Alias,
    };
    party.add_name(PartyName {
        full: row.get("Name of Individual or Entity").into(),
        quality,
        ..PartyName::default()
    });
    if !matches!(row.get("Date of Birth").to_lowercase().as_str(), "na" | "n/a") {
        for date in lettered(row.get("Date of Birth")) {
            party.add("birthDate", &birth_date(date));
        }
    }
    let single = [
        ("birthPlace", "Place of Birth"),
        ("nationality", "Citizenship"),
        ("address", "Address"),
        ("notes", "Additional Information"),
        ("legalBasis", "Listing Information"),
        ("program", "Committees"),
        ("modifiedAt", "Control Date"),
    ];
    for (property, column) in single {
        party.add(property, row.get(column));
    }
}

/// A spreadsheet's date, a phrase, or the words as they stand.
fn birth_date(text: &str) -> String {
    let text = text.trim();
    let spreadsheet = text.strip_suffix(" 00:00:00").unwrap_or(text);
    let phrase = spreadsheet.replace("- ", " to ").replace("  ", " ");
    let slashed = || {
        let date = dates::day_month_year(spreadsheet);
        (spreadsheet.matches('/').count() == 2 && !date.is_empty()).then_some(date)
    };
    dates::words(&phrase).or_else(slashed).unwrap_or_else(|| text.into())
}

/// The items of "a) … b) …"; the whole text when there are none.
fn lettered(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = text;
    for letter in 'b'..='z' {
        let mark = format!(" {letter})");
        let Some((item, after)) = rest.split_once(mark.as_str()) else { break };
        items.push(item);
        rest = after;
    }
    items.push(rest);
    items.into_iter().map(|item| item.trim().trim_start_matches("a)").trim()).collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn letters_are_names_of_one_party() {
        let csv = "Reference,Name of Individual or Entity,Type,Name Type,Date of Birth,Control Date\n\
            2,ANNA MUSTER,Individual,Primary Name,a) Circa 1950 b) 1 Jan 1955,2014-12-15 00:00:00\n\
            2a,Анна,individual ,Original Script,,\n,,,,,\n3,,Entity,Aka,,\n";
        let reading = read(csv.as_bytes(), "au-dfat");
        let [party] = reading.parties.as_slice() else { unreachable!("one party") };
        assert_eq!((party.names.len(), party.schema.as_str()), (2, "Person"));
        assert_eq!(party.properties["birthDate"], ["1950~", "1955-01-01"]);
        assert_eq!((reading.problems.len(), reading.date.as_deref()), (1, Some("2014-12-15")));
    }
}
