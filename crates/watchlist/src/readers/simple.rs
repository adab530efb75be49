//! OpenSanctions' `targets.simple.csv`: one row for each party, several values set apart by semicolons
//! (<https://www.opensanctions.org/docs/bulk/csv/>).

use super::ListReading;
use super::table::{left_out, rows, text};
use crate::party::{NameQuality, Party, PartyName};
use std::io::BufRead;

/// Columns and the properties that their values go to.
const COLUMNS: [(&str, &str); 13] = [
    ("birth_date", "birthDate"),
    ("countries", "country"),
    ("addresses", "address"),
    ("identifiers", "idNumber"),
    ("sanctions", "program"),
    ("program_ids", "programId"),
    ("phones", "phone"),
    ("emails", "email"),
    ("dataset", "sourceList"),
    ("first_seen", "firstSeen"),
    ("last_seen", "lastSeen"),
    ("last_change", "modifiedAt"),
    ("topics", "topics"),
];

pub(super) fn read(mut source: impl BufRead, list: &str) -> ListReading {
    let mut reading = ListReading::default();
    let text = text(&mut source, &mut reading);
    let rows = rows(&text, &mut reading);
    for row in &rows {
        let id = format!("{list}:{}", row.get("id"));
        let mut party = Party { id, schema: row.get("schema").into(), ..Party::default() };
        party.add_name(PartyName {
            full: row.get("name").into(),
            quality: NameQuality::Primary,
            ..PartyName::default()
        });
        for alias in row.get("aliases").split(';') {
            party.add_new_name(PartyName { full: alias.trim().into(), ..PartyName::default() });
        }
        for (column, property) in COLUMNS {
            row.get(column).split(';').for_each(|value| party.add(property, value));
        }
        reading.keep(party);
    }
    left_out(&rows, &mut reading);
    reading
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_row_is_a_party_with_all_its_values() {
        let csv = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions\n\
            M1,Person,Anna Muster,Anni;Анна,1950,at;ch,,K12;77-1,Merania\nM2,Company,,,,,,,\n";
        let reading = read(csv.as_bytes(), "os");
        let [anna] = reading.parties.as_slice() else { unreachable!("one has a name") };
        assert_eq!((anna.names.len(), anna.properties["country"].len()), (3, 2));
        assert_eq!((anna.properties["idNumber"].len(), anna.first("program")), (2, Some("Merania")));
        assert_eq!(reading.problems.len(), 1);
    }
}
