//! The United Nations Security Council Consolidated List
//! (<https://scsanctions.un.org/resources/xml/en/consolidated.xml>, schema `sc-sanctions.xsd`).

use super::xml::{Element, records};
use super::{ListReading, dates};
use crate::party::{NameQuality, Party, PartyName};
use std::io::BufRead;

const NAME_PARTS: [&str; 4] = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    records(source, &["INDIVIDUAL", "ENTITY"], &mut reading, |element, reading| {
        if element.name == "CONSOLIDATED_LIST" {
            reading.date = element.attribute("dateGenerated").get(..10).map(String::from);
        } else {
            reading.keep(party(&element, list));
        }
    });
    reading
}

fn party(element: &Element, list: &str) -> Party {
    let person = element.name == "INDIVIDUAL";
    let schema = if person { "Person" } else { "Organization" };
    let id = format!("{list}:{}", element.value("REFERENCE_NUMBER"));
    let mut party = Party { id, schema: schema.into(), ..Party::default() };
    names(element, &mut party);
    let single = [
        ("listingDate", "LISTED_ON"),
        ("program", "UN_LIST_TYPE"),
        ("gender", "GENDER"),
        ("notes", "COMMENTS1"),
        ("publisherId", "DATAID"),
        ("submittedBy", "SUBMITTED_BY"),
    ];
    for (property, tag) in single {
        party.add(property, element.value(tag));
    }
    let several = [
        ("position", "DESIGNATION"),
        ("nationality", "NATIONALITY"),
        ("title", "TITLE"),
        ("modifiedAt", "LAST_DAY_UPDATED"),
    ];
    for (property, tag) in several {
        for value in element.deep(tag).into_iter().flat_map(|e| e.all("VALUE")) {
            party.add(property, &value.text);
        }
    }
    details(element, &mut party);
    party
}

fn names(element: &Element, party: &mut Party) {
    let words: Vec<&str> =
        NAME_PARTS.iter().map(|part| element.value(part)).filter(|word| !word.is_empty()).collect();
    party.add_name(PartyName {
        full: words.join(" "),
        quality: NameQuality::Primary,
        ..PartyName::default()
    });
    let original = element.value("NAME_ORIGINAL_SCRIPT");
    party.add_name(PartyName { full: original.into(), ..PartyName::default() });
    for alias in element.children.iter().filter(|child| child.name.ends_with("_ALIAS")) {
        let quality = match alias.value("QUALITY") {
            "Low" => NameQuality::Weak,
            "f.k.a." => NameQuality::Former,
            _ => NameQuality::Alias,
        };
        party.add_name(PartyName { full: alias.value("ALIAS_NAME").into(), quality, ..PartyName::default() });
    }
}

fn details(element: &Element, party: &mut Party) {
    for birth in element.all("INDIVIDUAL_DATE_OF_BIRTH") {
        party.add("birthDate", &birth_date(birth));
    }
    for place in element.all("INDIVIDUAL_PLACE_OF_BIRTH") {
        party.add("birthPlace", &place_words(place));
    }
    for address in element.children.iter().filter(|child| child.name.ends_with("_ADDRESS")) {
        party.add("address", &place_words(address));
    }
    for document in element.all("INDIVIDUAL_DOCUMENT") {
        let kind = document.value("TYPE_OF_DOCUMENT").to_lowercase();
        let property = if kind.contains("passport") { "passportNumber" } else { "idNumber" };
        party.add(property, document.value("NUMBER"));
    }
}

fn birth_date(birth: &Element) -> String {
    let date = match (birth.value("DATE"), birth.value("YEAR")) {
        ("", "") => dates::range(birth.value("FROM_YEAR"), birth.value("TO_YEAR")),
        ("", year) => year.into(),
        (date, _) => date.get(..10).unwrap_or(date).into(),
    };
    let circa = birth.value("TYPE_OF_DATE") == "APPROXIMATELY" && !date.is_empty();
    if circa { format!("{date}~") } else { date }
}

fn place_words(place: &Element) -> String {
    let parts = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"];
    parts.iter().map(|part| place.value(part)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::party::NameQuality;

    #[test]
    fn a_person_with_dates_aliases_and_an_empty_alias() {
        let xml = "<CONSOLIDATED_LIST dateGenerated='2026-04-02T23:00:02Z'><INDIVIDUAL><REFERENCE_NUMBER>XXi.001\
            </REFERENCE_NUMBER><FIRST_NAME>ANNA</FIRST_NAME><SECOND_NAME>MUSTER</SECOND_NAME>\
            <NAME_ORIGINAL_SCRIPT>Анна</NAME_ORIGINAL_SCRIPT><LISTED_ON>2012-12-31</LISTED_ON>\
            <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>\
            <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Anni</ALIAS_NAME></INDIVIDUAL_ALIAS>\
            <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1967</FROM_YEAR>\
            <TO_YEAR>1969</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY\
            </TYPE_OF_DATE><YEAR>1970</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></CONSOLIDATED_LIST>";
        let reading = read(xml.as_bytes(), "un-sc");
        assert_eq!((reading.date.as_deref(), reading.problems.len()), (Some("2026-04-02"), 0));
        let party = &reading.parties[0];
        assert_eq!((party.id.as_str(), party.caption.as_str()), ("un-sc:XXi.001", "ANNA MUSTER"));
        assert_eq!(party.names.len(), 3);
        assert_eq!(party.names[2].quality, NameQuality::Weak);
        assert_eq!(party.properties["birthDate"], ["1967/1969", "1970~"]);
        assert_eq!(party.first("listingDate"), Some("2012-12-31"));
    }
}
