//! The Swiss list (SECO, `consolidated-list.xml`).

use super::links::{Other, Stated};
use super::xml::{Element, records};
use super::{ListReading, dates};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::BufRead;

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let mut programs: HashMap<String, String> = HashMap::new();
    let wanted = ["sanctions-program", "target"];
    records(source, &wanted, &mut reading, |element, reading| match element.name.as_str() {
        "swiss-sanctions-list" => reading.date = Some(element.attribute("date").into()),
        "sanctions-program" => {
            let key = element.all("program-key").find(|key| key.attribute("lang") == "eng");
            let key = key.map(|key| key.text.trim().to_string()).unwrap_or_default();
            for set in element.all("sanctions-set") {
                programs.insert(set.attribute("ssid").into(), key.clone());
            }
        }
        _ => {
            let party = party(&element, &programs, list);
            relations(&element, &party.id, list, reading);
            reading.keep(party);
        }
    });
    reading
}

fn party(target: &Element, programs: &HashMap<String, String>, list: &str) -> Party {
    let kinds = [("individual", "Person"), ("entity", "Organization"), ("object", "Vessel")];
    let found = kinds.iter().find_map(|(tag, schema)| Some((target.child(tag)?, *schema)));
    let id = format!("{list}:{}", target.attribute("ssid"));
    let Some((body, schema)) = found else { return Party { id, ..Party::default() } };
    let mut party = Party { id, schema: schema.into(), ..Party::default() };
    let mut identities: Vec<&Element> = body.all("identity").collect();
    identities.sort_by_key(|identity| identity.attribute("main") != "true");
    for identity in identities {
        names(identity, &mut party);
        details(identity, &mut party);
    }
    party.add("gender", body.attribute("sex"));
    for set in target.all("sanctions-set-id") {
        party.add("program", programs.get(set.text.trim()).map(String::as_str).unwrap_or_default());
    }
    for change in
        target.all("modification").filter(|change| change.attribute("modification-type") == "listed")
    {
        party.add("listingDate", change.attribute("enactment-date"));
    }
    for (property, tag) in [("notes", "other-information"), ("notes", "justification")] {
        body.all(tag).for_each(|text| party.add(property, &text.text));
    }
    party
}

/// Relations to other targets, by their numbers.
fn relations(target: &Element, id: &str, list: &str, reading: &mut ListReading) {
    for relation in target.deep("relation") {
        let other = Other::Id(format!("{list}:{}", relation.attribute("target-id")));
        let mut stated = Stated::told(id, relation.attribute("relation-type"), other);
        stated.link.note = relation.value("remark").into();
        reading.stated.push(stated);
    }
}

fn names(identity: &Element, party: &mut Party) {
    for name in identity.all("name") {
        let quality = match (name.attribute("name-type"), name.attribute("quality")) {
            (_, "low") => NameQuality::Weak,
            ("primary-name", _) if party.names.is_empty() => NameQuality::Primary,
            ("formerly-known-as", _) => NameQuality::Former,
            _ => NameQuality::Alias,
        };
        let mut pieces: Vec<&Element> = name.all("name-part").collect();
        pieces.sort_by_key(|part| part.attribute("order").parse::<u32>().unwrap_or(u32::MAX));
        let kept: Vec<(String, String)> = pieces
            .iter()
            .map(|part| {
                (part_property(part.attribute("name-part-type")).to_string(), part.value("value").to_string())
            })
            .collect();
        let words: Vec<&str> = kept.iter().map(|(_, words)| words.as_str()).collect();
        let whole = kept.iter().all(|(kind, _)| kind == "name");
        let full = words.join(" ");
        party.add_name(PartyName {
            full,
            parts: if whole { Vec::new() } else { kept.clone() },
            script: None,
            quality,
        });
        for variant in pieces.iter().flat_map(|part| part.all("spelling-variant")).filter(|_| whole) {
            party.add_name(PartyName { full: variant.text.trim().into(), ..PartyName::default() });
        }
    }
}

fn part_property(kind: &str) -> &'static str {
    match kind {
        "family-name" => "lastName",
        "given-name" | "further-given-name" => "firstName",
        "father-name" => "fatherName",
        "maiden-name" => "maidenName",
        "title" => "title",
        _ => "name",
    }
}

fn details(identity: &Element, party: &mut Party) {
    for birth in identity.all("day-month-year") {
        let date = dates::partial(birth.attribute("year"), birth.attribute("month"), birth.attribute("day"));
        party.add("birthDate", &date);
    }
    for nationality in identity.all("nationality").filter_map(|place| place.child("country")) {
        party.add("nationality", &nationality.attribute("iso-code").to_lowercase());
    }
    for document in identity.all("identification-document") {
        let passport = document.attribute("document-type").contains("passport");
        let property = if passport { "passportNumber" } else { "idNumber" };
        party.add(property, document.value("number"));
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn relations_lead_to_other_targets() {
        let target = |id: u32, kind: &str, more: &str| {
            format!(
                "<target ssid='{id}'><{kind}><identity main='true'><name name-type='primary-name'><name-part><value>N{id}</value>\
                 </name-part></name></identity>{more}</{kind}></target>"
            )
        };
        let relations = "<relation relation-type='owned-by' target-id='2'><remark>51 percent</remark></relation><relation \
            relation-type='related-to' target-id='2'/><relation relation-type='owned-by' target-id='8'/>";
        let xml = ["<l>", &target(1, "entity", relations), &target(2, "individual", ""), "</l>"].concat();
        let reading = super::super::read_list(xml.as_bytes(), super::super::Format::Seco, "ch");
        let [owned, other] = reading.parties[0].links.as_slice() else {
            unreachable!("two links: {reading:?}")
        };
        assert_eq!((owned.from.party(), owned.note.as_str()), (Some("ch:2"), "51 percent"));
        assert_eq!((other.kind.as_str(), other.role.as_str()), ("UnknownLink", "related-to"));
        assert_eq!(reading.unresolved, 1);
    }

    #[test]
    fn a_target_with_its_programme() {
        let xml = "<swiss-sanctions-list date='2024-01-17'><sanctions-program><program-key lang='eng'>XX</program-key>\
            <sanctions-set ssid='5'/></sanctions-program><target ssid='9'><sanctions-set-id>5</sanctions-set-id><individual \
            sex='female'><identity main='true'><name name-type='primary-name' quality='good'><name-part order='2' \
            name-part-type='family-name'><value>Muster</value></name-part><name-part order='1' name-part-type='given-name'>\
            <value>Anna</value></name-part></name><day-month-year year='1980' month='2'/></identity></individual></target>\
            </swiss-sanctions-list>";
        let reading = read(xml.as_bytes(), "ch-seco");
        let party = &reading.parties[0];
        assert_eq!((party.caption.as_str(), party.first("birthDate")), ("Anna Muster", Some("1980-02")));
        assert_eq!((party.first("program"), reading.date.as_deref()), (Some("XX"), Some("2024-01-17")));
    }
}
