//! The UK's lists: OFSI's consolidated list of targets (CSV), the UK Sanctions List (XML), and tables derived from it.

use super::table::{Row, left_out, rows, text};
use super::xml::{Element, records};
use super::{ListReading, dates, schema};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::{BufRead, Read};

/// Reads OFSI's `ConList.csv`: one row for each alias and birth date; rows with one Group ID are one party.
pub(super) fn read_conlist(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    let (first, table) = text.split_once('\n').unwrap_or_default();
    reading.date = first.split(',').nth(1).map(|day| dates::day_month_year(day.trim()));
    let mut by_group: HashMap<String, usize> = HashMap::new();
    let rows = rows(table, &mut reading);
    for row in &rows {
        let group = row.get("Group ID");
        if group.is_empty() {
            reading.problem(format!("line {}", row.line + 1), "a row without a Group ID");
            continue;
        }
        let next = reading.parties.len();
        let at = *by_group.entry(group.into()).or_insert(next);
        if at == next {
            let schema = schema(row.get("Group Type"));
            reading.parties.push(Party {
                id: format!("{list}:{group}"),
                schema: schema.into(),
                ..Party::default()
            });
        }
        if let Some(party) = reading.parties.get_mut(at) {
            conlist_row(row, party);
        }
    }
    left_out(&rows, &mut reading);
    reading.parties.iter_mut().for_each(primary_first);
    reading
}

fn conlist_row(row: &Row, party: &mut Party) {
    let quality = match row.get("Alias Type") {
        "Prime Alias" => NameQuality::Primary,
        "FKA" => NameQuality::Former,
        _ => NameQuality::Alias,
    };
    party.add_new_name(numbered_name(|part| row.get(&format!("Name {part}")), quality));
    party.add("birthDate", &dates::day_month_year(row.get("DOB")));
    party.add("listingDate", &dates::day_month_year(row.get("Listed On")));
    let birth = joined(&[row.get("Town of Birth"), row.get("Country of Birth")]);
    party.add("birthPlace", &birth);
    let address: Vec<String> = (1..=6).map(|line| row.get(&format!("Address {line}")).to_string()).collect();
    let mut address: Vec<&str> = address.iter().map(String::as_str).collect();
    address.extend([row.get("Post/Zip Code"), row.get("Country")]);
    party.add("address", &joined(&address));
    let single = [
        ("title", "Title"),
        ("nationality", "Nationality"),
        ("passportNumber", "Passport Details"),
        ("idNumber", "NI Number"),
        ("position", "Position"),
        ("notes", "Other Information"),
        ("program", "Regime"),
    ];
    for (property, column) in single {
        party.add(property, row.get(column));
    }
}

/// A name of the UK's six parts: 6 is the family name or a body's whole name, 1 to 5 the others in their order.
pub(super) fn numbered_name<'a>(part: impl Fn(u32) -> &'a str, quality: NameQuality) -> PartyName {
    let given = joined_by(&(1..=5).map(&part).collect::<Vec<_>>(), " ");
    let family = part(6);
    let parts = if given.is_empty() {
        Vec::new()
    } else {
        vec![("lastName".into(), family.into()), ("firstName".into(), given.clone())]
    };
    PartyName { full: joined_by(&[&given, family], " "), parts, script: None, quality }
}

/// Puts the primary name first and makes it the caption.
pub(super) fn primary_first(party: &mut Party) {
    party.names.sort_by_key(|name| name.quality != NameQuality::Primary);
    party.caption = party.names.first().map(|name| name.full.clone()).unwrap_or_default();
}

/// Reads the UK Sanctions List as XML (<https://docs.fcdo.gov.uk/docs/UK-Sanctions-List.xml>).
pub(super) fn read_xml(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    records(source, &["DateGenerated", "Designation"], &mut reading, |element, reading| {
        match element.name.as_str() {
            "DateGenerated" => reading.date = Some(dates::day_month_year(element.text.trim())),
            "Designation" => reading.keep(designation(&element, list)),
            _ => {}
        }
    });
    reading
}

fn designation(element: &Element, list: &str) -> Party {
    let id = format!("{list}:{}", element.value("UniqueID"));
    let schema = schema(element.value("IndividualEntityShip"));
    let mut party = Party { id, schema: schema.into(), ..Party::default() };
    for name in element.deep("Name") {
        let strength = name.value("AliasStrength").to_lowercase();
        let quality = match name.value("NameType").to_lowercase().as_str() {
            kind if kind.starts_with("primary name") && !kind.contains("variation") => NameQuality::Primary,
            _ if strength.contains("low") => NameQuality::Weak,
            _ => NameQuality::Alias,
        };
        party.add_name(numbered_name(|part| name.value(part_tag(part)), quality));
    }
    for name in element.deep("NameNonLatinScript") {
        party.add_name(PartyName { full: name.text.trim().into(), ..PartyName::default() });
    }
    primary_first(&mut party);
    let texts = [
        ("subsidiaries", "Subsidiary"),
        ("parent", "ParentCompany"),
        ("ownerOperator", "CurrentOwnerOperator"),
        ("formerOwnerOperator", "PreviousOwnerOperator"),
        ("unscId", "UNReferenceNumber"),
        ("program", "RegimeName"),
        ("nationality", "Nationality"),
        ("gender", "Gender"),
        ("position", "Position"),
        ("imoNumber", "IMONumber"),
        ("passportNumber", "PassportNumber"),
        ("idNumber", "NationalIdentifierNumber"),
        ("registrationNumber", "BusinessRegistrationNumber"),
        ("notes", "OtherInformation"),
    ];
    for (property, tag) in texts {
        element.deep(tag).iter().for_each(|value| party.add(property, &value.text));
    }
    party.add("listingDate", &dates::day_month_year(element.value("DateDesignated")));
    element.deep("DOB").iter().for_each(|birth| party.add("birthDate", &dates::day_month_year(&birth.text)));
    for address in element.deep("Address") {
        let words: Vec<&str> = address.children.iter().map(|line| line.text.trim()).collect();
        party.add("address", &joined(&words));
    }
    party
}

fn part_tag(part: u32) -> &'static str {
    ["", "Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].get(part as usize).copied().unwrap_or_default()
}

/// Tables derived from the UK Sanctions List, joined by `unique_id`; a missing one may be empty.
#[derive(Debug)]
pub struct UkTables<R> {
    /// `subjects.csv`.
    pub subjects: R,
    /// `subject_names.csv`.
    pub names: R,
    /// `subject_dobs.csv`.
    pub births: R,
    /// `subject_identifiers.csv`.
    pub identifiers: R,
    /// `subject_countries.csv`.
    pub countries: R,
}

/// Takes a row into its party.
type Join = fn(&Row, &mut Party);

/// Reads the tables as one list.
pub fn read_uk_tables<R: Read>(tables: UkTables<R>, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for row in table(tables.subjects, &mut reading) {
        let id = row.get("unique_id");
        by_id.insert(id.into(), reading.parties.len());
        let schema = schema(row.get("subject_type"));
        let mut party = Party { id: format!("{list}:{id}"), schema: schema.into(), ..Party::default() };
        party.add("listingDate", &dates::day_month_year(row.get("date_designated")));
        party.add("unscId", row.get("un_reference_number"));
        party.add("publisherId", row.get("ofsi_group_id"));
        reading.parties.push(party);
    }
    let joins: [(R, Join); 4] = [
        (tables.names, table_name),
        (tables.births, |row, party| {
            party.add("birthDate", &dates::partial(row.get("year"), row.get("month"), row.get("day")));
        }),
        (tables.identifiers, table_identifier),
        (tables.countries, |row, party| {
            let property = match row.get("country_type") {
                "birth" => "birthCountry",
                "nationality" => "nationality",
                _ => "country",
            };
            party.add(property, &row.get("iso").to_lowercase());
        }),
    ];
    for (source, join) in joins {
        for row in table(source, &mut reading) {
            match by_id.get(row.get("unique_id")).and_then(|&at| reading.parties.get_mut(at)) {
                Some(party) => join(&row, party),
                None => reading
                    .problem(format!("line {}", row.line), format!("no subject {}", row.get("unique_id"))),
            }
        }
    }
    reading.parties.iter_mut().for_each(primary_first);
    reading.named().settle()
}

fn table(source: impl Read, reading: &mut ListReading) -> Vec<Row> {
    let text = text(source, reading);
    rows(&text, reading)
}

fn table_name(row: &Row, party: &mut Party) {
    let quality = match (row.get("name_type"), row.get("alias_strength")) {
        ("primary", _) => NameQuality::Primary,
        (_, "low_quality_aka") => NameQuality::Weak,
        _ => NameQuality::Alias,
    };
    party.add_name(numbered_name(|part| row.get(&format!("name_{part}")), quality));
}

fn table_identifier(row: &Row, party: &mut Party) {
    let property = match row.get("identifier_type") {
        "passport" => "passportNumber",
        "imo" => "imoNumber",
        "business_registration_numbers" => "registrationNumber",
        _ => "idNumber",
    };
    party.add(property, row.get("raw_value"));
}

pub(super) fn joined(parts: &[&str]) -> String {
    joined_by(parts, ", ")
}

fn joined_by(parts: &[&str], between: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_group_are_one_party() {
        let header =
            "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Group Type,Alias Type,Listed On,Group ID";
        let csv = format!(
            "Last Updated,27/04/2020\n{header}\nMUSTER,Anni,,,,,,00/00/1980,Individual,AKA,01/04/2016,7\n\
             MUSTER,Anna,,,,,,00/00/1981,Individual,Prime Alias,01/04/2016,7\n"
        );
        let reading = read_conlist(csv.as_bytes(), "uk-conlist");
        assert_eq!(reading.date.as_deref(), Some("2020-04-27"));
        let [party] = reading.parties.as_slice() else { unreachable!("one party") };
        assert_eq!((party.caption.as_str(), party.names.len()), ("Anna MUSTER", 2));
        assert_eq!(party.properties["birthDate"], ["1980", "1981"]);
    }

    #[test]
    fn a_designation_with_a_name_in_another_script() {
        let xml = "<Designations><DateGenerated>29/04/2026</DateGenerated><Designation><UniqueID>RUS1</UniqueID><Names><Name>\
            <Name1>Anna</Name1><Name6>MUSTER</Name6><NameType>Primary Name</NameType></Name></Names><NonLatinNames><NonLatinName>\
            <NameNonLatinScript>Анна</NameNonLatinScript></NonLatinName></NonLatinNames><IndividualEntityShip>Individual\
            </IndividualEntityShip><DOBs><DOB>01/02/1980</DOB></DOBs></Designation></Designations>";
        let reading = read_xml(xml.as_bytes(), "uk-sl");
        let party = &reading.parties[0];
        assert_eq!((party.caption.as_str(), party.names.len()), ("Anna MUSTER", 2));
        assert_eq!(party.first("birthDate"), Some("1980-02-01"));
    }

    #[test]
    fn tables_are_joined_and_a_stray_row_is_reported() {
        let tables = UkTables {
            subjects: "unique_id,subject_type,date_designated\nA1,ship,31/07/2024\n".as_bytes(),
            names: b"unique_id,name_type,name_6,name_1\nA1,primary,ANNA,\nA2,primary,X,\n",
            births: b"",
            identifiers: b"unique_id,raw_value,identifier_type\nA1,IMO1234567,imo\n",
            countries: b"",
        };
        let reading = read_uk_tables(tables, "uk-sl");
        let [party] = reading.parties.as_slice() else { unreachable!("one party") };
        assert_eq!((party.schema.as_str(), party.caption.as_str()), ("Vessel", "ANNA"));
        assert_eq!(party.first("imoNumber"), Some("IMO1234567"));
        assert_eq!(reading.problems[0].reason, "no subject A2");
    }
}
