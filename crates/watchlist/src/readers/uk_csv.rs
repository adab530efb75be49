//! The UK Sanctions List as CSV: one row for each name; rows with one Unique ID are one party.

use super::table::{Row, left_out, rows, text};
use super::{ListReading, dates, schema, uk};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::BufRead;

pub(super) fn read(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    // A line above the headings says of which day the list is.
    let (first, rest) = text.split_once('\n').unwrap_or_default();
    let above = !first.contains("Unique ID");
    if let Some((_, day)) = first.split_once(':').filter(|_| above) {
        let date = dates::words(&day.replace('-', " ")).unwrap_or_else(|| dates::day_month_year(day));
        reading.date = Some(date).filter(|date| !date.is_empty());
    }
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let rows = rows(if above { rest } else { &text }, &mut reading);
    for row in &rows {
        let id = row.get("Unique ID");
        if id.is_empty() {
            reading.problem(format!("line {}", row.line + u64::from(above)), "a row without a Unique ID");
            continue;
        }
        let next = reading.parties.len();
        let at = *by_id.entry(id.into()).or_insert(next);
        if at == next {
            let schema = schema(row.get("Designation Type"));
            reading.parties.push(Party {
                id: format!("{list}:{id}"),
                schema: schema.into(),
                ..Party::default()
            });
        }
        if let Some(party) = reading.parties.get_mut(at) {
            add_row(row, party);
        }
    }
    left_out(&rows, &mut reading);
    reading.parties.iter_mut().for_each(uk::primary_first);
    reading
}

fn add_row(row: &Row, party: &mut Party) {
    const SINGLE: [(&str, &str); 23] = [
        ("publisherId", "OFSI Group ID"),
        ("unscId", "UN Reference Number"),
        ("title", "Title"),
        ("program", "Regime Name"),
        ("authority", "Designation source"),
        ("provisions", "Sanctions Imposed"),
        ("notes", "Other Information"),
        ("notes", "UK Statement of Reasons"),
        ("phone", "Phone number"),
        ("website", "Website"),
        ("email", "Email address"),
        ("nationality", "Nationality(/ies)"),
        ("idNumber", "National Identifier number"),
        ("passportNumber", "Passport number"),
        ("position", "Position"),
        ("gender", "Gender"),
        ("type", "Type of entity"),
        ("subsidiaries", "Subsidiaries"),
        ("parent", "Parent company"),
        ("ownerOperator", "Current owner/operator (s)"),
        ("formerOwnerOperator", "Previous owner/operator (s)"),
        ("registrationNumber", "Business registration number (s)"),
        ("imoNumber", "IMO number"),
    ];
    let kind = row.get("Name type").to_lowercase();
    let quality = match kind.as_str() {
        kind if kind.starts_with("primary name") && !kind.contains("variation") => NameQuality::Primary,
        _ if row.get("Alias strength").to_lowercase().contains("low") => NameQuality::Weak,
        _ => NameQuality::Alias,
    };
    party.add_new_name(uk::numbered_name(|part| row.get(&format!("Name {part}")), quality));
    party.add_new_name(PartyName { full: row.get("Name non-latin script").into(), ..PartyName::default() });
    // Days and months that are not known stand as letters: dd/mm/1958.
    let birth = row.get("D.O.B").replace(['d', 'm', 'y'], "0");
    party.add("birthDate", &dates::day_month_year(&birth));
    party.add("listingDate", &dates::day_month_year(row.get("Date Designated")));
    party.add("modifiedAt", &dates::day_month_year(row.get("Last Updated")));
    party.add("birthPlace", &uk::joined(&[row.get("Town of birth"), row.get("Country of birth")]));
    let lines: Vec<String> = (1..=6).map(|line| row.get(&format!("Address Line {line}")).into()).collect();
    let mut address: Vec<&str> = lines.iter().map(String::as_str).collect();
    address.extend([row.get("Address Postal Code"), row.get("Address Country")]);
    party.add("address", &uk::joined(&address));
    for (property, column) in SINGLE {
        party.add(property, row.get(column));
    }
}

#[cfg(test)]
mod tests {
    use super::{NameQuality, read};

    #[test]
    fn rows_of_one_id_are_one_party_and_unknown_days_are_left_out() {
        let csv = "Report Date: 03-Jan-2026\n\"Unique ID\",\"Name 6\",\"Name 1\",\"Name type\",\"Alias strength\",\"Designation Type\",\
            \"D.O.B\",\"Date Designated\",\"IMO number\"\n\
            X1,MUSTER,Anni,Alias,Low quality a.k.a,Individual,,,\n\
            X1,MUSTER,Anna,Primary Name,,Individual,dd/mm/1950,02/03/2024,\n\
            X2,BLAUE MOEWE,,Primary Name,,Ship,,,9161003\n";
        let reading = read(csv.as_bytes(), "uk");
        let [anna, ship] = reading.parties.as_slice() else { unreachable!("two parties") };
        assert_eq!((anna.caption.as_str(), anna.names[1].quality), ("Anna MUSTER", NameQuality::Weak));
        assert_eq!((anna.first("birthDate"), anna.first("listingDate")), (Some("1950"), Some("2024-03-02")));
        assert_eq!((ship.schema.as_str(), ship.first("imoNumber")), ("Vessel", Some("9161003")));
        assert_eq!(reading.date.as_deref(), Some("2026-01-03"));
    }
}
