//! The EU's consolidated list of financial sanctions, version 1.1 (FSF).
//!
//! `strong` is always true there and nothing marks the primary name, so the first name in English, in Latin letters
//! or without a language is taken as the primary one.

use super::xml::{Element, records};
use super::{ListReading, dates};
use crate::party::{NameQuality, Party, PartyName};
use std::io::BufRead;

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    records(source, &["sanctionEntity"], &mut reading, |element, reading| {
        if element.name == "export" {
            reading.date = element.attribute("generationDate").get(..10).map(String::from);
        } else {
            reading.keep(party(&element, list));
        }
    });
    reading
}

fn party(element: &Element, list: &str) -> Party {
    let person = element.child("subjectType").is_some_and(|kind| kind.attribute("code") == "person");
    let schema = if person { "Person" } else { "Organization" };
    let id = format!("{list}:{}", element.attribute("euReferenceNumber"));
    let mut party = Party { id, schema: schema.into(), ..Party::default() };
    names(element, &mut party);
    party.add("listingDate", element.attribute("designationDate"));
    party.add("unscId", element.attribute("unitedNationId"));
    party.add("publisherId", element.attribute("logicalId"));
    for remark in element.all("remark") {
        party.add("notes", &remark.text);
    }
    for regulation in element.all("regulation") {
        party.add("program", regulation.attribute("programme"));
        party.add("legalBasis", regulation.attribute("numberTitle"));
        party.add("sourceUrl", regulation.value("publicationUrl"));
    }
    for citizenship in element.all("citizenship") {
        party.add("nationality", &country(citizenship));
    }
    details(element, &mut party);
    party
}

fn names(element: &Element, party: &mut Party) {
    let mut aliases: Vec<&Element> = element.all("nameAlias").collect();
    aliases.sort_by_key(|alias| {
        let latin = alias.attribute("wholeName").is_ascii();
        !(latin && matches!(alias.attribute("nameLanguage"), "" | "EN"))
    });
    for alias in aliases {
        let quality = if party.names.is_empty() { NameQuality::Primary } else { NameQuality::Alias };
        let named = [
            ("firstName", "firstName"),
            ("middleName", "middleName"),
            ("lastName", "lastName"),
            ("title", "title"),
        ]
        .iter()
        .map(|(property, attribute)| ((*property).to_string(), alias.attribute(attribute).trim().to_string()))
        .filter(|(_, words)| !words.is_empty())
        .collect();
        let full = alias.attribute("wholeName").split_whitespace().collect::<Vec<_>>().join(" ");
        party.add_name(PartyName { full, parts: named, script: None, quality });
        party.add("position", alias.attribute("function"));
        party.add("gender", alias.attribute("gender"));
    }
}

fn details(element: &Element, party: &mut Party) {
    for birth in element.all("birthdate") {
        birth_date(birth, party);
        let place =
            [birth.attribute("city"), birth.attribute("region"), birth.attribute("place"), &country(birth)];
        party.add("birthPlace", &joined(&place));
    }
    for address in element.all("address") {
        let lines =
            ["street", "poBox", "zipCode", "city", "region", "place"].map(|part| address.attribute(part));
        let country = country(address);
        party.add("address", &joined(&[&lines[..], &[country.as_str()]].concat()));
    }
    for document in element.all("identification") {
        let property = match document.attribute("identificationTypeCode") {
            "passport" => "passportNumber",
            "imo" => "imoNumber",
            "regnumber" => "registrationNumber",
            "fiscalcode" => "taxNumber",
            _ => "idNumber",
        };
        let number = document.attribute("number");
        party.add(property, if number.is_empty() { document.attribute("latinNumber") } else { number });
    }
}

/// Dates of the Islamic calendar are kept as a note: some are of the solar, some of the lunar one.
fn birth_date(birth: &Element, party: &mut Party) {
    let exact = dates::partial(
        birth.attribute("year"),
        birth.attribute("monthOfYear"),
        birth.attribute("dayOfMonth"),
    );
    let range = dates::range(birth.attribute("yearRangeFrom"), birth.attribute("yearRangeTo"));
    let date = [birth.attribute("birthdate").to_string(), exact, range].into_iter().find(|d| !d.is_empty());
    let Some(date) = date else { return };
    if matches!(birth.attribute("calendarType"), "" | "GREGORIAN") {
        let circa = if birth.attribute("circa") == "true" { "~" } else { "" };
        party.add("birthDate", &format!("{date}{circa}"));
    } else {
        party
            .add("notes", &format!("Birth date in the {} calendar: {date}", birth.attribute("calendarType")));
    }
}

fn country(element: &Element) -> String {
    let code = element.attribute("countryIso2Code").to_lowercase();
    if code == "00" { String::new() } else { code }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_english_name_comes_first_and_islamic_dates_are_notes() {
        let xml = "<export generationDate='2024-05-13T17:44:28'><sanctionEntity euReferenceNumber='EU.1.1' \
            designationDate='2022-02-25'><subjectType code='person'/><nameAlias wholeName='Ana Mušter' \
            nameLanguage='HR'/><nameAlias firstName='Anna' lastName='MUSTER' wholeName='Anna  MUSTER' nameLanguage=''/>\
            <birthdate calendarType='ISLAMIC' year='1343'/><birthdate calendarType='GREGORIAN' year='1964' circa='true'/>\
            <regulation programme='UKR' numberTitle='2022/332 (OJ L53)'/></sanctionEntity></export>";
        let reading = read(xml.as_bytes(), "eu-fsf");
        let party = &reading.parties[0];
        assert_eq!((party.caption.as_str(), party.names.len()), ("Anna MUSTER", 2));
        assert_eq!(party.properties["birthDate"], ["1964~"]);
        assert!(party.first("notes").is_some_and(|note| note.contains("1343")));
        assert_eq!(party.first("legalBasis"), Some("2022/332 (OJ L53)"));
    }
}
