//! The US Consolidated Screening List (International Trade Administration, CSV).

use super::table::{Row, left_out, rows, text};
use super::{ListReading, dates, schema};
use crate::party::{NameQuality, Party, PartyName};
use std::io::BufRead;

/// A record that was cut off has no source address at its end.
const COMPLETE: &str = "http";

pub(super) fn read(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    let rows = rows(&text, &mut reading);
    for row in &rows {
        let heading = row.get("_id") == "_id" || row.get("name") == "name";
        if heading {
            continue;
        }
        let place = format!("line {}", row.line);
        if row.get("name").is_empty() {
            reading.problem(place, "the record has no name");
            continue;
        }
        if !row.get("source_list_url").contains(COMPLETE) {
            reading.tear(place, "the record is cut off; what it has is kept");
        }
        let party = party(row, list);
        reading.state_remarks(&party.id, row.get("remarks"));
        reading.parties.push(party);
    }
    left_out(&rows, &mut reading);
    reading
}

fn party(row: &Row, list: &str) -> Party {
    let schema = if row.get("type").is_empty() { "LegalEntity" } else { schema(row.get("type")) };
    let mut party =
        Party { id: format!("{list}:{}", row.get("_id")), schema: schema.into(), ..Party::default() };
    party.add_name(PartyName {
        full: row.get("name").into(),
        quality: NameQuality::Primary,
        ..PartyName::default()
    });
    for alias in row.get("alt_names").split("; ") {
        party.add_name(PartyName { full: alias.trim().into(), ..PartyName::default() });
    }
    let several = [
        ("program", "programs"),
        ("address", "addresses"),
        ("nationality", "citizenships"),
        ("nationality", "nationalities"),
        ("birthPlace", "places_of_birth"),
        ("idNumber", "ids"),
    ];
    for (property, column) in several {
        row.get(column).split("; ").for_each(|value| party.add(property, value));
    }
    for birth in row.get("dates_of_birth").split("; ") {
        party.add("birthDate", &dates::words(birth).unwrap_or_else(|| birth.trim().into()));
    }
    let single = [
        ("sourceList", "source"),
        ("publisherId", "entity_number"),
        ("position", "title"),
        ("listingDate", "start_date"),
        ("endDate", "end_date"),
        ("legalBasis", "federal_register_notice"),
        ("callSign", "call_sign"),
        ("type", "vessel_type"),
        ("flag", "vessel_flag"),
        ("owner", "vessel_owner"),
        ("grossRegisteredTonnage", "gross_registered_tonnage"),
        ("notes", "remarks"),
        ("notes", "license_policy"),
        ("notes", "license_requirement"),
        ("sourceUrl", "source_list_url"),
    ];
    for (property, column) in single {
        party.add(property, row.get(column));
    }
    party
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_second_header_is_passed_over_and_a_torn_record_reported() {
        let csv = "_id,source,type,name,source_list_url,alt_names,dates_of_birth\n_id,source,type,name,source_list_url,alt_names,dates_of_birth\n\
            a,SDN,Individual,\"MUSTER, Anna\",https://example.org,Anni; Ann,1950\nb,SDN,Entity,Muster AG\n";
        let reading = read(csv.as_bytes(), "us-csl");
        let [person, torn] = reading.parties.as_slice() else { unreachable!("two parties") };
        assert_eq!((person.names.len(), person.first("birthDate")), (3, Some("1950")));
        assert_eq!(torn.caption, "Muster AG");
        assert!(reading.problems.iter().any(|problem| problem.reason.contains("cut off")));
    }
}
