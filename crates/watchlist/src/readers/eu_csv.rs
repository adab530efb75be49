//! The EU's consolidated list of financial sanctions as CSV, version 1.1: semicolons, one row for each name, address, birth
//! date, document or citizenship, each with its party's own columns.

use super::table::{Row, left_out, separated_rows, text};
use super::uk::{joined, primary_first};
use super::{ListReading, dates};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::BufRead;

pub(super) fn read(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    let rows = separated_rows(&text, b';', &mut reading);
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for row in &rows {
        let id = row.get("Entity_EU_ReferenceNumber");
        let id = if id.is_empty() { row.get("Entity_LogicalId") } else { id };
        if id.is_empty() {
            reading.problem(format!("line {}", row.line), "a row without a reference");
            continue;
        }
        if reading.date.is_none() {
            let date = dates::day_month_year(row.get("fileGenerationDate"));
            reading.date = Some(date).filter(|date| !date.is_empty());
        }
        let next = reading.parties.len();
        let at = *by_id.entry(id.into()).or_insert(next);
        if at == next {
            reading.parties.push(Party {
                id: format!("{list}:{id}"),
                schema: schema(row).into(),
                ..Party::default()
            });
        }
        if let Some(party) = reading.parties.get_mut(at) {
            add_name(row, party);
            add_details(row, party);
        }
    }
    reading.parties.iter_mut().for_each(primary_first);
    for name in reading.parties.iter_mut().filter_map(|party| party.names.first_mut()) {
        name.quality = NameQuality::Primary;
    }
    left_out(&rows, &mut reading);
    reading
}

fn schema(row: &Row) -> &'static str {
    let kind = row.get("Entity_SubjectType");
    let person = row.get("Entity_SubjectType_ClassificationCode").eq_ignore_ascii_case("P")
        || kind.eq_ignore_ascii_case("P")
        || kind.eq_ignore_ascii_case("person");
    if person { "Person" } else { "Organization" }
}

/// The first name in English or without a language, in Latin letters, is the primary one, as in the XML.
fn add_name(row: &Row, party: &mut Party) {
    const PARTS: [(&str, &str); 4] = [
        ("firstName", "NameAlias_FirstName"),
        ("middleName", "NameAlias_MiddleName"),
        ("lastName", "NameAlias_LastName"),
        ("title", "NameAlias_Title"),
    ];
    let words: Vec<(String, String)> = PARTS
        .iter()
        .map(|(property, column)| ((*property).to_string(), row.get(column).to_string()))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let whole: Vec<&str> = row.get("NameAlias_WholeName").split_whitespace().collect();
    let of_parts = || words.iter().filter(|(part, _)| part != "title").map(|(_, words)| words.as_str());
    let full = if whole.is_empty() { of_parts().collect::<Vec<_>>().join(" ") } else { whole.join(" ") };
    let first = party.names.iter().all(|name| name.quality != NameQuality::Primary);
    let english = matches!(row.get("NameAlias_NameLanguage"), "" | "EN" | "en");
    let quality = if first && english && full.is_ascii() { NameQuality::Primary } else { NameQuality::Alias };
    party.add_new_name(PartyName { full, parts: words, script: None, quality });
    party.add("position", row.get("NameAlias_Function"));
    party.add("gender", row.get("NameAlias_Gender"));
}

fn add_details(row: &Row, party: &mut Party) {
    const SINGLE: [(&str, &str); 11] = [
        ("listingDate", "Entity_DesignationDate"),
        ("unscId", "Entity_UnitedNationId"),
        ("publisherId", "Entity_LogicalId"),
        ("notes", "Entity_Remark"),
        ("notes", "Entity_DesignationDetails"),
        ("notes", "NameAlias_Remark"),
        ("program", "Entity_Regulation_Programme"),
        ("legalBasis", "Entity_Regulation_NumberTitle"),
        ("sourceUrl", "Entity_Regulation_PublicationUrl"),
        ("notes", "Address_ContactInfo"),
        ("notes", "Identification_Remark"),
    ];
    for (property, column) in SINGLE {
        party.add(property, row.get(column));
    }
    party.add("nationality", &country(row, "Citizenship"));
    birth_date(row, party);
    let place = ["BirthDate_City", "BirthDate_Region", "BirthDate_Place"].map(|part| row.get(part));
    party.add("birthPlace", &joined(&[&place[..], &[&country(row, "BirthDate")]].concat()));
    let lines = ["Street", "PoBox", "ZipCode", "City", "Region", "Place"];
    let lines: Vec<String> =
        lines.iter().map(|part| row.get(&format!("Address_{part}")).to_string()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    party.add("address", &joined(&[&lines[..], &[&country(row, "Address")]].concat()));
    let property = match row.get("Identification_TypeCode") {
        "passport" => "passportNumber",
        "imo" => "imoNumber",
        "regnumber" => "registrationNumber",
        "fiscalcode" => "taxNumber",
        _ => "idNumber",
    };
    let number = row.get("Identification_Number");
    let latin = row.get("Identification_LatinNumber");
    party.add(property, if number.is_empty() { latin } else { number });
}

/// Dates of other calendars are kept as a note: some of the Islamic ones are of the solar, some of the lunar year.
fn birth_date(row: &Row, party: &mut Party) {
    let exact =
        dates::partial(row.get("BirthDate_Year"), row.get("BirthDate_Month"), row.get("BirthDate_Day"));
    let range = dates::range(row.get("BirthDate_YearRangeFrom"), row.get("BirthDate_YearRangeTo"));
    let date = [row.get("BirthDate_BirthDate").to_string(), exact, range];
    let Some(date) = date.into_iter().find(|date| !date.is_empty()) else { return };
    let calendar = row.get("BirthDate_CalendarType");
    if matches!(calendar, "" | "GREGORIAN") {
        let circa = if row.get("BirthDate_Circa").eq_ignore_ascii_case("true") { "~" } else { "" };
        party.add("birthDate", &format!("{date}{circa}"));
    } else {
        party.add("notes", &format!("Birth date in the {calendar} calendar: {date}"));
    }
}

fn country(row: &Row, of: &str) -> String {
    let code = row.get(&format!("{of}_CountryIso2Code")).to_lowercase();
    if code == "00" { String::new() } else { code }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn rows_of_one_reference_are_one_party_and_columns_that_are_not_read_are_said() {
        let csv = "\u{feff}fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;\
            Entity_SubjectType_ClassificationCode;Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;\
            NameAlias_WholeName;NameAlias_NameLanguage;BirthDate_BirthDate;BirthDate_Year;BirthDate_Circa;\
            Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code;Address_LogicalId\n\
            13/05/2026;1;EU.1.1;person;P;MER;Mušter;Ana;Ana Mušter;HR;;;;;;;4\n\
            13/05/2026;1;EU.1.1;person;P;MER;Muster;Anna;Anna Muster;EN;;;;;;;\n\
            13/05/2026;1;EU.1.1;person;P;MER;;;;;;1964;true;;;;\n\
            13/05/2026;1;EU.1.1;person;P;MER;;;;;;;;K 12;passport;AT;\n\
            13/05/2026;2;EU.2.1;enterprise;E;MER;;;\"Nord; Süd\";;;;;;;;\n";
        let reading = read(csv.as_bytes(), "eu");
        let [anna, firm] = reading.parties.as_slice() else { unreachable!("two parties") };
        assert_eq!((anna.caption.as_str(), anna.names.len()), ("Anna Muster", 2));
        assert_eq!((anna.first("birthDate"), anna.first("passportNumber")), (Some("1964~"), Some("K 12")));
        assert_eq!((anna.first("nationality"), anna.first("program")), (Some("at"), Some("MER")));
        assert_eq!((firm.caption.as_str(), firm.schema.as_str()), ("Nord; Süd", "Organization"));
        assert_eq!(reading.left_out, ["column Address_LogicalId"]);
        assert_eq!(reading.date.as_deref(), Some("2026-05-13"));
    }
}
