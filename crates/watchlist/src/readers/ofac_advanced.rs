//! OFAC's advanced XML (<https://sanctionslistservice.ofac.treas.gov>, schema `ADVANCED_XML.xsd`).
//!
//! The file is a set of tables that refer to each other by number: reference values, places and documents come
//! first, then the parties, then the entries that say since when and why each is listed.

use super::links::{Other, Stated};
use super::xml::{Element, records};
use super::{ListReading, dates};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::BufRead;

const REFERENCES: [&str; 13] = [
    "AliasType",
    "AreaCode",
    "Country",
    "DetailReference",
    "FeatureType",
    "IDRegDocType",
    "LegalBasis",
    "LocPartType",
    "NamePartType",
    "Script",
    "PartySubType",
    "RelationQuality",
    "RelationType",
];
const RECORDS: [&str; 6] =
    ["DateOfIssue", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry"];

/// Tables read so far.
#[derive(Default)]
struct Tables {
    values: HashMap<(String, String), Element>,
    places: HashMap<String, String>,
    documents: HashMap<String, Vec<(String, String)>>,
    by_profile: HashMap<String, usize>,
}

pub(super) fn read(source: impl BufRead, list: &str) -> ListReading {
    let wanted: Vec<&str> = REFERENCES.iter().chain(&RECORDS).copied().collect();
    let mut reading = ListReading::default();
    let mut tables = Tables::default();
    records(source, &wanted, &mut reading, |element, reading| match element.name.as_str() {
        "DateOfIssue" => reading.date = Some(date(&element)),
        "Location" => tables.place(&element),
        "IDRegDocument" => tables.document(&element),
        "DistinctParty" => {
            let party = tables.party(&element, list);
            tables.by_profile.insert(element.attribute("FixedRef").into(), reading.parties.len());
            reading.keep(party);
        }
        "ProfileRelationship" => reading.stated.push(tables.relation(&element, list)),
        "SanctionsEntry" => {
            let at = tables.by_profile.get(element.attribute("ProfileID"));
            match at.and_then(|&at| reading.parties.get_mut(at)) {
                Some(party) => tables.entry(&element, party),
                None => {
                    reading.problem(element.attribute("ID"), "an entry for a party that is not in the file");
                }
            }
        }
        _ => {
            tables.values.insert((element.name.clone(), element.attribute("ID").into()), element);
        }
    });
    reading
}

impl Tables {
    /// The text of a reference value.
    fn value(&self, table: &str, id: &str) -> &str {
        let found = self.values.get(&(table.to_string(), id.to_string()));
        found.map(|element| element.text.trim()).unwrap_or_default()
    }

    fn place(&mut self, element: &Element) {
        let mut parts: Vec<String> = Vec::new();
        for value in element.deep("LocationPartValue") {
            parts.push(value.value("Value").into());
        }
        let area =
            element.child("LocationAreaCode").map(|area| area.attribute("AreaCodeID")).unwrap_or_default();
        parts.push(self.value("AreaCode", area).to_lowercase());
        if parts.last().is_some_and(String::is_empty)
            && let Some(country) = element.child("LocationCountry")
        {
            parts.push(self.value("Country", country.attribute("CountryID")).into());
        }
        parts.retain(|part| !part.is_empty());
        self.places.insert(element.attribute("ID").into(), parts.join(", "));
    }

    fn document(&mut self, element: &Element) {
        let kind = self.value("IDRegDocType", element.attribute("IDRegDocTypeID"));
        let number = element.value("IDRegistrationNo").to_string();
        let entry = (document_property(kind).to_string(), number);
        self.documents.entry(element.attribute("IdentityID").into()).or_default().push(entry);
    }

    fn party(&self, element: &Element, list: &str) -> Party {
        let id = format!("{list}:{}", element.attribute("FixedRef"));
        let mut party = Party { id, ..Party::default() };
        let Some(profile) = element.child("Profile") else { return party };
        party.schema = match profile.attribute("PartySubTypeID") {
            "1" => "Vessel",
            "2" => "Airplane",
            "4" => "Person",
            _ => "Organization",
        }
        .into();
        for identity in profile.all("Identity") {
            self.names(identity, &mut party);
            for (property, number) in self.documents.get(identity.attribute("ID")).into_iter().flatten() {
                party.add(property, number);
            }
        }
        for feature in profile.all("Feature") {
            self.feature(feature, &mut party);
        }
        party.add("notes", element.value("Comment"));
        party
    }

    fn names(&self, identity: &Element, party: &mut Party) {
        let kinds: HashMap<&str, &str> = identity
            .deep("NamePartGroup")
            .into_iter()
            .map(|group| {
                (group.attribute("ID"), self.value("NamePartType", group.attribute("NamePartTypeID")))
            })
            .collect();
        let mut aliases: Vec<&Element> = identity.all("Alias").collect();
        aliases.sort_by_key(|alias| alias.attribute("Primary") != "true");
        for alias in aliases {
            let kind = self.value("AliasType", alias.attribute("AliasTypeID"));
            let mut written: Vec<&Element> = alias.all("DocumentedName").collect();
            written.sort_by_key(|name| name.attribute("DocNameStatusID") != "1");
            for name in written {
                let quality = match (alias.attribute("LowQuality"), kind, party.names.is_empty()) {
                    ("true", _, _) => NameQuality::Weak,
                    (_, "F.K.A.", _) => NameQuality::Former,
                    (_, _, true) => NameQuality::Primary,
                    _ => NameQuality::Alias,
                };
                party.add_name(self.name(name, &kinds, quality));
            }
        }
    }

    fn name(&self, name: &Element, kinds: &HashMap<&str, &str>, quality: NameQuality) -> PartyName {
        let mut parts: Vec<(String, String)> = Vec::new();
        let mut script = None;
        for value in name.deep("NamePartValue") {
            let kind = kinds.get(value.attribute("NamePartGroupID")).copied().unwrap_or_default();
            parts.push((part_property(kind).into(), value.text.trim().into()));
            script = self.script(value.attribute("ScriptID"));
        }
        let family = |part: &&(String, String)| part.0 == "lastName";
        let words = |part: &(String, String)| part.1.clone();
        let full: Vec<String> = if script.as_deref() == Some("Latn")
            && parts.first().is_some_and(|p| p.0 == "lastName")
        {
            let last = parts.iter().filter(family).map(words).collect::<Vec<_>>().join(" ");
            let others = parts.iter().filter(|part| !family(part)).map(words).collect::<Vec<_>>().join(" ");
            [last, others].into_iter().filter(|half| !half.is_empty()).collect()
        } else {
            vec![parts.iter().map(words).collect::<Vec<_>>().join(" ")]
        };
        PartyName { full: full.join(", "), parts, script, quality }
    }

    /// OFAC's codes are ISO 15924, save for three that it writes out.
    fn script(&self, id: &str) -> Option<String> {
        let code = self.values.get(&("Script".to_string(), id.to_string()))?.attribute("ScriptCode");
        let iso = match code {
            "Latin" => "Latn",
            "Hebrew" => "Hebr",
            "Japanese" => "Jpan",
            "Korean" => "Kore",
            code => code,
        };
        Some(iso.into())
    }

    fn feature(&self, feature: &Element, party: &mut Party) {
        let kind = self.value("FeatureType", feature.attribute("FeatureTypeID"));
        let property = feature_property(kind, &party.schema);
        for version in feature.all("FeatureVersion") {
            let mut values: Vec<String> = version.all("DatePeriod").map(period).collect();
            for place in version.all("VersionLocation") {
                values.extend(self.places.get(place.attribute("LocationID")).cloned());
            }
            for detail in version.all("VersionDetail") {
                let text = detail.text.trim();
                let reference = self.value("DetailReference", detail.attribute("DetailReferenceID"));
                values.push(if text.is_empty() { reference.into() } else { text.into() });
            }
            for value in values.iter().filter(|value| !value.is_empty()) {
                match property {
                    Some(property) => party.add(property, value),
                    None => {
                        party.add("notes", &format!("{}: {value}", kind.trim_end_matches([':', '-', ' '])));
                    }
                }
            }
        }
    }

    /// A relation, stated by the entry of the party that it begins at. A quality other than "High" and "Low" says nothing.
    fn relation(&self, relation: &Element, list: &str) -> Stated {
        let id = |side: &str| format!("{list}:{}", relation.attribute(side));
        let role = self.value("RelationType", relation.attribute("RelationTypeID"));
        let mut stated = Stated::told(&id("From-ProfileID"), role, Other::Id(id("To-ProfileID")));
        stated.link.ended = relation.attribute("Former") == "true";
        let quality = self.value("RelationQuality", relation.attribute("RelationQualityID"));
        let quality = Some(quality).filter(|quality| matches!(*quality, "High" | "Low"));
        let quality = quality.map(|quality| format!("quality: {quality}"));
        let comment = Some(relation.value("Comment").to_string()).filter(|comment| !comment.is_empty());
        stated.link.note = comment.into_iter().chain(quality).collect::<Vec<_>>().join("; ");
        stated
    }

    fn entry(&self, entry: &Element, party: &mut Party) {
        for event in entry.all("EntryEvent") {
            event.all("Date").for_each(|day| party.add("listingDate", &date(day)));
            let basis = self.value("LegalBasis", event.attribute("LegalBasisID"));
            if basis != "Unknown" {
                party.add("legalBasis", basis);
            }
        }
        for measure in entry.all("SanctionsMeasure") {
            party.add("program", measure.value("Comment"));
        }
    }
}

fn date(element: &Element) -> String {
    dates::partial(element.value("Year"), element.value("Month"), element.value("Day"))
}

/// The span from the earliest start to the latest end.
fn period(period: &Element) -> String {
    let bound = |side: &str, end: &str| {
        let side = period.child(side);
        let circa = side.is_some_and(|side| side.attribute("Approximate") == "true");
        (side.and_then(|side| side.child(end)).map(date).unwrap_or_default(), circa)
    };
    let ((from, circa), (to, also_circa)) = (bound("Start", "From"), bound("End", "To"));
    let date = dates::period(&from, &to);
    if (circa || also_circa) && !date.is_empty() { format!("{date}~") } else { date }
}

fn part_property(kind: &str) -> &'static str {
    match kind {
        "Last Name" => "lastName",
        "First Name" => "firstName",
        "Middle Name" => "middleName",
        "Patronymic" => "fatherName",
        "Matronymic" => "motherName",
        "Maiden Name" => "maidenName",
        "Nickname" => "nickName",
        _ => "name",
    }
}

fn feature_property(kind: &str, schema: &str) -> Option<&'static str> {
    Some(match kind {
        "Birthdate" => "birthDate",
        "Place of Birth" => "birthPlace",
        "Nationality Country" | "Citizenship Country" => "nationality",
        "Gender" => "gender",
        "Title" => "position",
        "Location" => "address",
        "Website" => "website",
        "Email Address" => "email",
        "Phone Number" => "phone",
        "SWIFT/BIC" => "swiftBic",
        _ if kind.starts_with("Digital Currency Address") => "idNumber",
        "Vessel Call Sign" => "callSign",
        "Vessel Flag" => "flag",
        "VESSEL TYPE" | "Aircraft Model" => "type",
        "Vessel Owner" => "owner",
        "Vessel Tonnage" => "deadweightTonnage",
        "Vessel Gross Registered Tonnage" => "grossRegisteredTonnage",
        "Vessel Year of Build" => "buildDate",
        "Organization Established Date" => "incorporationDate",
        "Organization Type:" | "Target Type" if schema != "Person" => "sector",
        _ => return None,
    })
}

fn document_property(kind: &str) -> &'static str {
    let lower = kind.to_lowercase();
    let among = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if among(&["passport"]) {
        "passportNumber"
    } else if among(&["vessel registration", "imo"]) {
        "imoNumber"
    } else if among(&["tax", "nit #", "rif", "fein"]) {
        "taxNumber"
    } else if among(&["registration", "enterprise number", "government gazette"]) {
        "registrationNumber"
    } else if among(&["legal entity number", "legal entity identifier"]) {
        "leiCode"
    } else if among(&["mmsi"]) {
        "mmsi"
    } else {
        "idNumber"
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::party::NameQuality;

    const XML: &str = "<Sanctions><DateOfIssue><Year>2025</Year><Month>11</Month><Day>19</Day></DateOfIssue>\
        <X><AliasType ID='1'>Name</AliasType><AliasType ID='2'>A.K.A.</AliasType><Script ID='215' ScriptCode='Latin'/>\
        <Script ID='220' ScriptCode='Cyrl'/><NamePartType ID='1'>Last Name</NamePartType><NamePartType ID='2'>Patronymic\
        </NamePartType><NamePartType ID='3'>First Name</NamePartType><FeatureType ID='8'>Birthdate</FeatureType>\
        <IDRegDocType ID='7'>Passport</IDRegDocType></X><Y><IDRegDocument IDRegDocTypeID='7' IdentityID='5'>\
        <IDRegistrationNo>AB1</IDRegistrationNo></IDRegDocument></Y><Z><DistinctParty FixedRef='12'><Profile ID='12' \
        PartySubTypeID='4'><Identity ID='5'><Alias AliasTypeID='2' Primary='false' LowQuality='true'><DocumentedName \
        DocNameStatusID='2'><P><NamePartValue NamePartGroupID='1' ScriptID='215'>Muster</NamePartValue></P></DocumentedName>\
        </Alias><Alias AliasTypeID='1' Primary='true' LowQuality='false'><DocumentedName DocNameStatusID='1'><P><NamePartValue \
        NamePartGroupID='1' ScriptID='215'>Muster</NamePartValue></P><P><NamePartValue NamePartGroupID='3' ScriptID='215'>Anna\
        </NamePartValue></P></DocumentedName><DocumentedName DocNameStatusID='2'><P><NamePartValue NamePartGroupID='1' \
        ScriptID='220'>Мустер</NamePartValue></P></DocumentedName></Alias><NamePartGroups><NamePartGroup ID='1' \
        NamePartTypeID='1'/><NamePartGroup ID='3' NamePartTypeID='3'/></NamePartGroups></Identity><Feature FeatureTypeID='8'>\
        <FeatureVersion><DatePeriod><Start><From><Year>1967</Year><Month>1</Month><Day>1</Day></From></Start><End><To>\
        <Year>1969</Year><Month>12</Month><Day>31</Day></To></End></DatePeriod></FeatureVersion></Feature></Profile>\
        </DistinctParty></Z><E><SanctionsEntry ID='12' ProfileID='12'><EntryEvent><Date><Year>2016</Year><Month>7</Month>\
        <Day>6</Day></Date></EntryEvent><SanctionsMeasure><Comment>DPRK3</Comment></SanctionsMeasure></SanctionsEntry>\
        <SanctionsEntry ID='13' ProfileID='99'/></E></Sanctions>";

    #[test]
    fn relations_of_profiles_are_links_with_the_words_of_the_publisher() {
        let types = "<RelationType ID='15003'>Owned or Controlled By</RelationType><RelationType ID='91725'>Leader or \
            official of</RelationType><RelationType ID='15004'>Family member of</RelationType><RelationType ID='15002'>Acting for or \
            on behalf of</RelationType><RelationType ID='9'>A word of tomorrow</RelationType><RelationQuality ID='1'>Unknown\
            </RelationQuality><RelationQuality ID='2'>Low</RelationQuality>";
        let party = |id: u32, kind: &str, name: &str| {
            format!(
                "<DistinctParty FixedRef='{id}'><Profile ID='{id}' PartySubTypeID='{kind}'><Identity ID='9{id}'><Alias Primary='true'>\
                 <DocumentedName><P><NamePartValue>{name}</NamePartValue></P></DocumentedName></Alias></Identity></Profile></DistinctParty>"
            )
        };
        let relation = |from: u32, to: u32, kind: u32, more: &str| {
            format!(
                "<ProfileRelationship From-ProfileID='{from}' To-ProfileID='{to}' RelationTypeID='{kind}' {more}><Comment>as told\
                 </Comment></ProfileRelationship>"
            )
        };
        let xml = [
            "<Sanctions>",
            types,
            &party(1, "4", "Anna"),
            &party(2, "3", "Werke"),
            &party(3, "1", "Moewe"),
            "<R>",
        ]
        .concat()
            + &relation(3, 2, 15003, "RelationQualityID='2'")
            + &relation(1, 2, 15003, "RelationQualityID='1' Former='true'")
            + &relation(1, 2, 91725, "")
            + &relation(1, 2, 15002, "")
            + &relation(1, 2, 15004, "")
            + &relation(2, 1, 9, "")
            + &relation(2, 77, 15003, "")
            + "</R></Sanctions>";
        let reading = super::super::read_list(xml.as_bytes(), super::super::Format::OfacAdvanced, "o");
        let told: Vec<(&str, Option<&str>, Option<&str>)> = reading
            .parties
            .iter()
            .flat_map(|party| &party.links)
            .map(|link| (link.kind.as_str(), link.from.party(), link.to.party()))
            .collect();
        let (anna, werke, moewe) = (Some("o:1"), Some("o:2"), Some("o:3"));
        let expected = [
            ("Ownership", anna, werke),
            ("Directorship", anna, werke),
            ("Representation", anna, werke),
            // A firm is nobody's relative: what is meant cannot be told.
            ("UnknownLink", anna, werke),
            ("UnknownLink", werke, anna),
            ("Ownership", werke, moewe),
        ];
        assert_eq!(told, expected);
        let ship = &reading.parties[2].links[0];
        assert_eq!(
            (ship.role.as_str(), ship.note.as_str()),
            ("Owned or Controlled By", "as told; quality: Low")
        );
        let anna = &reading.parties[0].links[0];
        assert!(anna.turned && anna.ended && !ship.turned);
        assert_eq!((reading.links, reading.unresolved), (6, 1));
    }

    #[test]
    fn a_party_is_put_together_from_the_tables() {
        let reading = read(XML.as_bytes(), "ofac-sdn");
        assert_eq!(reading.date.as_deref(), Some("2025-11-19"));
        assert_eq!(reading.problems.len(), 1);
        let party = &reading.parties[0];
        assert_eq!((party.id.as_str(), party.schema.as_str()), ("ofac-sdn:12", "Person"));
        assert_eq!((party.caption.as_str(), party.names.len()), ("Muster, Anna", 3));
        assert_eq!(party.names[0].quality, NameQuality::Primary);
        assert_eq!(party.names[1].script.as_deref(), Some("Cyrl"));
        assert_eq!(party.names[2].quality, NameQuality::Weak);
        assert_eq!(party.properties["birthDate"], ["1967/1969"]);
        let first = ["passportNumber", "listingDate", "program"]
            .map(|property| party.first(property).unwrap_or_default());
        assert_eq!(first, ["AB1", "2016-07-06", "DPRK3"]);
    }
}
