//! Canada's Consolidated Autonomous Sanctions List (SEMA and JVCFOA, XML).

use super::ListReading;
use super::xml::{Element, records};
use crate::party::{NameQuality, Party, PartyName};
use std::io::BufRead;

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    records(source, &["record"], &mut reading, |element, reading| {
        if element.name == "record" {
            let party = party(&element, list);
            let listed = party.first("listingDate").unwrap_or_default();
            if reading.date.as_deref().unwrap_or_default() < listed {
                reading.date = Some(listed.into());
            }
            reading.keep(party);
        }
    });
    reading
}

fn party(record: &Element, list: &str) -> Party {
    let regime = record.value("Country").split(" / ").next().unwrap_or_default();
    let place = [regime, record.value("Schedule"), record.value("Item")];
    let (family, given, body) =
        (record.value("LastName"), record.value("GivenName"), record.value("EntityOrShip"));
    let ship = !record.value("ShipIMONumber").is_empty();
    let schema = match (body.is_empty(), ship) {
        (true, _) => "Person",
        (false, true) => "Vessel",
        (false, false) => "Organization",
    };
    let mut party =
        Party { id: format!("{list}:{}", place.join("/")), schema: schema.into(), ..Party::default() };
    let quality = NameQuality::Primary;
    if body.is_empty() {
        let full = format!("{given} {family}").trim().to_string();
        party.add_name(PartyName {
            full,
            parts: vec![("lastName".into(), family.into()), ("firstName".into(), given.into())],
            script: None,
            quality,
        });
    } else {
        party.add_name(PartyName { full: body.into(), quality, ..PartyName::default() });
    }
    for alias in record.value("Aliases").split(';') {
        let full = alias.split_whitespace().collect::<Vec<_>>().join(" ");
        party.add_name(PartyName { full, ..PartyName::default() });
    }
    let (date, title) = if ship { ("buildDate", "type") } else { ("birthDate", "title") };
    party.add(date, record.value("DateOfBirthOrShipBuildDate"));
    party.add(title, record.value("TitleOrShip"));
    party.add("imoNumber", record.value("ShipIMONumber"));
    party.add("listingDate", record.value("DateOfListing"));
    party.add("program", regime);
    party.add("legalBasis", &format!("Schedule {}, item {}", record.value("Schedule"), record.value("Item")));
    party
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_person_and_a_ship() {
        let xml = "<data-set><record><Country>Russia / Russie</Country><LastName>MUSTER</LastName><GivenName>Anna</GivenName>\
            <Aliases>Анна; Anni</Aliases><Schedule>1, Part 1</Schedule><Item>7</Item><DateOfListing>2022-06-25</DateOfListing>\
            </record><record><Country>Russia</Country><EntityOrShip>Anna</EntityOrShip><ShipIMONumber>1234567</ShipIMONumber>\
            <Schedule>1.1</Schedule><Item>8</Item></record></data-set>";
        let reading = read(xml.as_bytes(), "ca-sema");
        let [person, ship] = reading.parties.as_slice() else { unreachable!("two parties") };
        assert_eq!((person.id.as_str(), person.names.len()), ("ca-sema:Russia/1, Part 1/7", 3));
        assert_eq!((ship.schema.as_str(), ship.first("imoNumber")), ("Vessel", Some("1234567")));
        assert_eq!(reading.date.as_deref(), Some("2022-06-25"));
    }
}
