//! Australia's consolidated list (DFAT, "regulation 8", as CSV).
//!
//! References are `2`, `2a`, `2b`: the number is the party, the letter one more name. Type names drift in case and
//! blanks; a cell may hold several birth dates ("a) 1950 b) circa 1955").

use super::table::{Row, left_out, rows, text};
use super::{ListReading, dates, schema};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::BufRead;

pub(super) fn read(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    let mut by_number: HashMap<String, usize> = HashMap::new();
    let rows = rows(&text, &mut reading);
    for row in &rows {
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
            let schema = schema(row.get("Type"));
            reading.parties.push(Party {
                id: format!("{list}:{number}"),
                schema: schema.into(),
                ..Party::default()
            });
        }
        if let Some(party) = reading.parties.get_mut(at) {
            add_row(row, party);
        }
        let control = day(row.get("Control Date"));
        if reading.date.as_deref().unwrap_or_default() < control.as_str() {
            reading.date = Some(control);
        }
    }
    left_out(&rows, &mut reading);
    reading
}

/// A day as spreadsheets (`2014-12-15 00:00:00`) and, since November 2025, people (`15/12/2014`) write it; ISO 8601.
fn day(written: &str) -> String {
    let first = written.split(' ').next().unwrap_or_default();
    if first.contains('/') {
        dates::day_month_year(first)
    } else {
        first.get(..10).unwrap_or_default().into()
    }
}

fn add_row(row: &Row, party: &mut Party) {
    const MEASURES: [&str; 4] =
        ["Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction"];
    let quality = match row.get("Name Type").to_lowercase().as_str() {
        "primary name" => NameQuality::Primary,
        "formerly known as" | "previously listed as" => NameQuality::Former,
        _ if row.get("Alias Strength").eq_ignore_ascii_case("weak") => NameQuality::Weak,
        _ => NameQuality::Alias,
    };
    party.add_name(PartyName {
        full: row.get("Name of Individual or Entity").into(),
        quality,
        ..PartyName::default()
    });
    if !matches!(row.get("Date of Birth").to_lowercase().as_str(), "na" | "n/a") {
        for date in lettered(row.get("Date of Birth")) {
            for date in years(date) {
                party.add("birthDate", &date);
            }
        }
    }
    let single = [
        ("birthPlace", "Place of Birth"),
        ("nationality", "Citizenship"),
        ("address", "Address"),
        ("notes", "Additional Information"),
        ("legalBasis", "Listing Information"),
        ("program", "Committees"),
        ("program", "Instrument of Designation"),
        ("imoNumber", "IMO Number"),
    ];
    for measure in MEASURES.into_iter().filter(|measure| row.get(measure).eq_ignore_ascii_case("yes")) {
        party.add("provisions", measure);
    }
    party.add("modifiedAt", &day(row.get("Control Date")));
    for (property, column) in single {
        party.add(property, row.get(column));
    }
}

/// Each of several years, as in "Approximately 1950, 1952"; else the one date.
fn years(text: &str) -> Vec<String> {
    let (rest, mark) = text.strip_prefix("Approximately ").map_or((text, ""), |rest| (rest, "~"));
    let years: Vec<&str> = rest.split(", ").collect();
    let all = years.len() > 1 && years.iter().all(|year| year.len() == 4 && year.parse::<u16>().is_ok());
    if all { years.iter().map(|year| format!("{year}{mark}")).collect() } else { vec![birth_date(text)] }
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
    use super::{NameQuality, read};

    #[test]
    fn the_format_since_november_2025_keeps_ships_strength_and_measures() {
        let csv = "Reference,Name of Individual or Entity,Type,Name Type,Alias Strength,Date of Birth,IMO Number,\
            Control Date,Instrument of Designation,Travel Ban,Maritime Restriction\n\
            5,Anna Muster,Individual,Primary Name,,\"Approximately 1950, 1952\",,05/11/2025,Autonomous,Yes,No\n\
            5a,Anni,Individual,Alias,Weak,,,05/11/2025,,,\n\
            6,BLAUE MOEWE,Vessel,Primary Name,,,9161003,05/11/2025,,No,Yes\n";
        let reading = read(csv.as_bytes(), "au");
        let [anna, ship] = reading.parties.as_slice() else { unreachable!("two parties") };
        assert_eq!((anna.names[1].quality, anna.first("birthDate")), (NameQuality::Weak, Some("1950~")));
        assert_eq!(anna.properties["birthDate"], ["1950~", "1952~"]);
        assert_eq!(
            (anna.first("program"), anna.first("provisions")),
            (Some("Autonomous"), Some("Travel Ban"))
        );
        assert_eq!((ship.schema.as_str(), ship.first("imoNumber")), ("Vessel", Some("9161003")));
        assert_eq!(reading.date.as_deref(), Some("2025-11-05"));
    }

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
