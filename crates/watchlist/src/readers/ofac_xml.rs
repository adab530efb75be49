//! OFAC's classic XML (`sdn.xml`, `consolidated.xml`).

use super::xml::{Element, records};
use super::{ListReading, dates, schema};
use crate::party::{NameQuality, Party, PartyName};
use std::io::BufRead;

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    records(source, &["publshInformation", "sdnEntry"], &mut reading, |element, reading| {
        match element.name.as_str() {
            "publshInformation" => reading.date = Some(dates::month_day_year(element.value("Publish_Date"))),
            "sdnEntry" => {
                let party = party(&element, list);
                reading.state_remarks(&party.id, element.value("remarks"));
                reading.keep(party);
            }
            _ => {}
        }
    });
    reading
}

fn party(entry: &Element, list: &str) -> Party {
    let schema = schema(entry.value("sdnType"));
    let id = format!("{list}:{}", entry.value("uid"));
    let mut party = Party { id, schema: schema.into(), ..Party::default() };
    party.add_name(name(entry, NameQuality::Primary));
    for aka in entry.deep("aka") {
        let quality = match (aka.value("category"), aka.value("type")) {
            ("weak", _) => NameQuality::Weak,
            (_, "f.k.a.") => NameQuality::Former,
            _ => NameQuality::Alias,
        };
        party.add_name(name(aka, quality));
    }
    party.add("position", entry.value("title"));
    party.add("notes", entry.value("remarks"));
    let deep = [("program", "program"), ("birthPlace", "placeOfBirth")];
    for (property, tag) in deep {
        entry.deep(tag).iter().for_each(|value| party.add(property, &value.text));
    }
    for place in entry.deep("nationality").into_iter().chain(entry.deep("citizenship")) {
        party.add("nationality", place.value("country"));
    }
    for birth in entry.deep("dateOfBirth") {
        let text = birth.text.trim();
        party.add("birthDate", &dates::words(text).unwrap_or_else(|| text.into()));
    }
    for address in entry.deep("address") {
        let lines = ["address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"];
        let words: Vec<&str> =
            lines.iter().map(|part| address.value(part)).filter(|word| !word.is_empty()).collect();
        party.add("address", &words.join(", "));
    }
    entry.deep("id").iter().for_each(|document| identifier(document, &mut party));
    vessel(entry, &mut party);
    party
}

fn name(element: &Element, quality: NameQuality) -> PartyName {
    let (first, last) = (element.value("firstName"), element.value("lastName"));
    if first.is_empty() {
        return PartyName { full: last.into(), quality, ..PartyName::default() };
    }
    let parts = vec![("lastName".into(), last.into()), ("firstName".into(), first.into())];
    PartyName { full: format!("{last}, {first}"), parts, script: None, quality }
}

fn identifier(document: &Element, party: &mut Party) {
    let (kind, number) = (document.value("idType"), document.value("idNumber"));
    let property = match kind {
        "Passport" => "passportNumber",
        "Vessel Registration Identification" => "imoNumber",
        "Gender" => "gender",
        "Tax ID No." => "taxNumber",
        "Website" => "website",
        "Email Address" => "email",
        "SWIFT/BIC" => "swiftBic",
        "Registration Number" | "Registration ID" => "registrationNumber",
        kind if kind.contains("anctions") || kind.contains("Executive Order") => "notes",
        _ => "idNumber",
    };
    party.add(property, number);
}

fn vessel(entry: &Element, party: &mut Party) {
    let Some(vessel) = entry.child("vesselInfo") else { return };
    let pairs = [
        ("callSign", "callSign"),
        ("type", "vesselType"),
        ("flag", "vesselFlag"),
        ("owner", "vesselOwner"),
        ("deadweightTonnage", "tonnage"),
        ("grossRegisteredTonnage", "grossRegisteredTonnage"),
    ];
    for (property, tag) in pairs {
        party.add(property, vessel.value(tag));
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn remarks_and_the_owner_of_a_ship_are_links() {
        let xml = "<sdnList><sdnEntry><uid>1</uid><lastName>MUSTER REEDEREI</lastName><sdnType>Entity</sdnType></sdnEntry><sdnEntry>\
            <uid>2</uid><lastName>MOEWE</lastName><sdnType>Vessel</sdnType><remarks>(Linked To: MUSTER REEDEREI; Linked To: NIEMAND)\
            </remarks><vesselInfo><vesselOwner>Muster Reederei</vesselOwner></vesselInfo></sdnEntry></sdnList>";
        let reading = super::super::read_list(xml.as_bytes(), super::super::Format::OfacXml, "o");
        let told: Vec<_> =
            reading.parties[1].links.iter().map(|link| (link.kind.as_str(), link.from.party())).collect();
        let ship = Some("o:2");
        assert_eq!(told, [("UnknownLink", ship), ("UnknownLink", ship), ("Ownership", Some("o:1"))]);
        assert_eq!(reading.unresolved, 1);
    }

    #[test]
    fn a_person_and_a_ship() {
        let xml = "<sdnList><publshInformation><Publish_Date>05/07/2024</Publish_Date></publshInformation><sdnEntry>\
            <uid>1</uid><firstName>Anna</firstName><lastName>MUSTER</lastName><sdnType>Individual</sdnType><akaList><aka>\
            <category>weak</category><lastName>Anni</lastName></aka></akaList><dateOfBirthList><dateOfBirthItem><dateOfBirth>\
            circa 1950</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry><sdnEntry><uid>2</uid><lastName>ANNA\
            </lastName><sdnType>Vessel</sdnType><idList><id><idType>Vessel Registration Identification</idType><idNumber>IMO \
            1234567</idNumber></id></idList></sdnEntry></sdnList>";
        let reading = read(xml.as_bytes(), "ofac-sdn");
        assert_eq!(reading.date.as_deref(), Some("2024-05-07"));
        let [person, ship] = reading.parties.as_slice() else { unreachable!("two parties") };
        assert_eq!((person.caption.as_str(), person.first("birthDate")), ("MUSTER, Anna", Some("1950~")));
        assert_eq!((ship.schema.as_str(), ship.first("imoNumber")), ("Vessel", Some("IMO 1234567")));
    }
}
