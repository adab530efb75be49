//! OFAC's CSV files: `sdn.csv`, `alt.csv`, `add.csv` and `sdn_comments.csv`, joined by number.
//!
//! Null is `-0- `, the file ends with byte 0x1A, and remarks are cut at 1,000 characters and go on in the comments
//! file. Birth dates, nationality and identifiers stand in the remarks.

use super::table::{Row, plain_rows, text};
use super::{ListReading, dates, schema};
use crate::party::{NameQuality, Party, PartyName};
use std::collections::HashMap;
use std::io::Read;

/// The four files; a missing one may be empty.
#[derive(Debug)]
pub struct OfacCsv<R> {
    /// `sdn.csv` or `cons_prim.csv`.
    pub parties: R,
    /// `alt.csv` or `cons_alt.csv`.
    pub aliases: R,
    /// `add.csv` or `cons_add.csv`.
    pub addresses: R,
    /// `sdn_comments.csv` or `cons_comments.csv`.
    pub comments: R,
}

/// Reads the files as one list. Aliases and addresses of parties that the first file does not have are left out:
/// the files may be of different days.
pub fn read_ofac_csv<R: Read>(files: OfacCsv<R>, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let mut rest: HashMap<String, String> = HashMap::new();
    for row in table(files.comments, &mut reading) {
        rest.entry(cell(&row, 0).into()).or_default().push_str(cell(&row, 1));
    }
    let mut by_number: HashMap<String, usize> = HashMap::new();
    for row in table(files.parties, &mut reading) {
        by_number.insert(cell(&row, 0).into(), reading.parties.len());
        let more = rest.get(cell(&row, 0)).map(String::as_str).unwrap_or_default();
        let party = party(&row, more, list);
        let remarks = format!("{}{more}", cell(&row, 11));
        reading.state_remarks(&party.id, &remarks);
        reading.parties.push(party);
    }
    for row in table(files.aliases, &mut reading) {
        let Some(party) = by_number.get(cell(&row, 0)).and_then(|&at| reading.parties.get_mut(at)) else {
            continue;
        };
        let quality = if cell(&row, 2) == "fka" { NameQuality::Former } else { NameQuality::Alias };
        party.add_name(name(cell(&row, 3), &party.schema, quality));
    }
    for row in table(files.addresses, &mut reading) {
        let Some(party) = by_number.get(cell(&row, 0)).and_then(|&at| reading.parties.get_mut(at)) else {
            continue;
        };
        let words: Vec<&str> = (2..5).map(|at| cell(&row, at)).filter(|word| !word.is_empty()).collect();
        party.add("address", &words.join(", "));
    }
    reading.named().settle()
}

fn table(source: impl Read, reading: &mut ListReading) -> Vec<Row> {
    let text = text(source, reading);
    plain_rows(text.trim_end_matches(['\u{1a}', '\r', '\n']), reading)
}

fn cell(row: &Row, at: usize) -> &str {
    let value = row.at(at);
    if value == "-0-" { "" } else { value }
}

fn party(row: &Row, more: &str, list: &str) -> Party {
    let schema = schema(cell(row, 2));
    let mut party =
        Party { id: format!("{list}:{}", cell(row, 0)), schema: schema.into(), ..Party::default() };
    party.add_name(name(cell(row, 1), schema, NameQuality::Primary));
    for program in cell(row, 3).split(['[', ']', ' ']) {
        party.add("program", program);
    }
    let columns =
        ["position", "callSign", "type", "deadweightTonnage", "grossRegisteredTonnage", "flag", "owner"];
    for (at, property) in (4..).zip(columns) {
        party.add(property, cell(row, at));
    }
    let remarks = format!("{}{more}", cell(row, 11));
    party.add("notes", &remarks);
    remarks.split(';').for_each(|remark| remark_property(remark.trim().trim_end_matches('.'), &mut party));
    party
}

/// "MUSTER, Anna" for a person; anything else is a name as a whole.
fn name(written: &str, schema: &str, quality: NameQuality) -> PartyName {
    let halves = (schema == "Person").then(|| written.split_once(", ")).flatten();
    let parts = halves.map_or_else(Vec::new, |(last, first)| {
        vec![("lastName".into(), last.into()), ("firstName".into(), first.into())]
    });
    PartyName { full: written.into(), parts, script: None, quality }
}

fn remark_property(remark: &str, party: &mut Party) {
    const STARTS: [(&str, &str); 26] = [
        ("DOB ", "birthDate"),
        ("alt. DOB ", "birthDate"),
        ("POB ", "birthPlace"),
        ("alt. POB ", "birthPlace"),
        ("nationality ", "nationality"),
        ("citizen ", "nationality"),
        ("Gender ", "gender"),
        ("Passport ", "passportNumber"),
        ("Vessel Registration Identification ", "imoNumber"),
        ("Tax ID No. ", "taxNumber"),
        ("National ID No. ", "idNumber"),
        ("Identification Number ", "idNumber"),
        ("Cedula No. ", "idNumber"),
        ("C.U.R.P. ", "idNumber"),
        ("SSN ", "socialSecurityNumber"),
        ("Registration Number ", "registrationNumber"),
        ("Registration ID ", "registrationNumber"),
        ("Commercial Registry Number ", "registrationNumber"),
        ("Company Number ", "registrationNumber"),
        ("Unified Social Credit Code (USCC) ", "uscCode"),
        ("Legal Entity Number ", "registrationNumber"),
        ("LEI ", "leiCode"),
        ("SWIFT/BIC ", "swiftBic"),
        ("MMSI ", "mmsi"),
        ("Aircraft Tail Number ", "registrationNumber"),
        ("Aircraft Manufacturer's Serial Number (MSN) ", "serialNumber"),
    ];
    if let Some(weak) = remark.strip_prefix("a.k.a. ") {
        let weak = weak.trim_matches(['\'', '"', ' ']);
        party.add_name(PartyName { full: weak.into(), quality: NameQuality::Weak, ..PartyName::default() });
    }
    if let Some((_, wallet)) = remark.split_once("Digital Currency Address - ") {
        // "XBT 1abc…": the currency, then the address.
        let (currency, address) = wallet.split_once(' ').unwrap_or(("", wallet));
        party.add("currency", currency);
        party.add("publicKey", address);
    }
    let Some((property, value)) =
        STARTS.iter().find_map(|(start, property)| Some((*property, remark.strip_prefix(start)?)))
    else {
        return;
    };
    // "C01 (Germany) issued 02 Feb 2020": what stands behind the number says where and when, not which.
    let number = ["Number", "Code", "Bic", "mmsi"].iter().any(|end| property.ends_with(end));
    let value = if number { value.split(" (").next().unwrap_or(value).trim() } else { value };
    let value = if property == "birthDate" {
        dates::words(value).unwrap_or_else(|| value.into())
    } else {
        value.into()
    };
    party.add(property, &value);
}

#[cfg(test)]
mod tests {
    use super::{OfacCsv, read_ofac_csv};
    use crate::link::End;

    #[test]
    fn the_four_files_are_joined() {
        let files = OfacCsv {
            parties: "7,\"MUSTER, Anna\",\"individual\",\"NPWMD] [DPRK2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB circa 1950; \
                Passport AB\"\r\n\u{1a}"
                .as_bytes(),
            aliases: b"7,1,\"fka\",\"BEISPIEL, Anna\",-0- \r\n9,1,\"aka\",\"X\",-0- ",
            addresses: b"7,1,-0- ,\"Bern\",\"Switzerland\",-0- ",
            comments: b"7,\"123; a.k.a. 'ANNI'.\"",
        };
        let reading = read_ofac_csv(files, "ofac-sdn");
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let [party] = reading.parties.as_slice() else { unreachable!("one party") };
        assert_eq!(
            party.names.iter().map(|n| n.full.as_str()).collect::<Vec<_>>(),
            ["MUSTER, Anna", "ANNI", "BEISPIEL, Anna"]
        );
        let first = ["birthDate", "passportNumber", "address"]
            .map(|property| party.first(property).unwrap_or_default());
        assert_eq!(first, ["1950~", "AB123", "Bern, Switzerland"]);
        assert_eq!(party.properties["program"], ["NPWMD", "DPRK2"]);
    }
    #[test]
    fn identifiers_wallets_links_and_weak_names_of_the_remarks_are_fields() {
        let parties = "7,\"MUSTER, Anna\",individual,X,,,,,,,,\"Passport K12 (Austria) issued 01 Jan 2020; National ID No. 77-1 (Austria); \
            Digital Currency Address - XBT 1muster; alt. Digital Currency Address - ETH 0x77; Linked To: BEISPIEL AG; a.k.a. 'ANNI'.\"";
        let files = OfacCsv { parties: parties.as_bytes(), aliases: b"", addresses: b"", comments: b"" };
        let anna = &read_ofac_csv(files, "x").parties[0];
        let all = |property: &str| anna.properties[property].join(" ");
        assert_eq!((all("passportNumber"), all("idNumber")), ("K12".into(), "77-1".into()));
        assert_eq!(all("publicKey"), "1muster 0x77");
        let [link] = anna.links.as_slice() else { unreachable!("one link") };
        assert_eq!((&link.to, link.role.as_str()), (&End::Name("BEISPIEL AG".into()), "Linked To"));
        assert_eq!((anna.names[1].full.as_str(), anna.names[1].quality), ("ANNI", super::NameQuality::Weak));
    }

    #[test]
    fn a_party_without_a_name_is_reported_and_gives_its_aliases_to_no_other() {
        let parties = "7,-0- ,individual\r\n8,\"MUSTER, Anna\",individual\r\n9,-0- ,individual";
        let aliases = "7,1,aka,\"BEISPIEL, Berta\"";
        let (parties, aliases, addresses) = (parties.as_bytes(), aliases.as_bytes(), &b"7,1,-0- ,Bern"[..]);
        let files = OfacCsv { parties, aliases, addresses, comments: b"" };
        let reading = read_ofac_csv(files, "x");
        let [berta, anna] = reading.parties.as_slice() else { unreachable!("two have names: {reading:?}") };
        assert_eq!((berta.names[0].full.as_str(), anna.names.len()), ("BEISPIEL, Berta", 1));
        assert_eq!((berta.first("address"), anna.first("address")), (Some("Bern"), None));
        assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
    }
}
