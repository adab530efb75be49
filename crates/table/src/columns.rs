//! Which column holds what, and what a row then says.

use crate::date::{self, Order, Read};
use crate::heading::{self, Known};
use crate::words::{HEADINGS, VALUES, plain};
use crate::{Note, Row, Settings, Table, TableError, country};
use std::collections::BTreeMap;

const PARTS: [&str; 4] = ["firstName", "middleName", "lastName", "secondLastName"];
const COUNTRIES: [&str; 4] = ["nationality", "country", "flag", "jurisdiction"];

/// What each column of a table holds.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    fields: Vec<Option<String>>,
    /// The order of day and month in each column of dates, where there is one.
    orders: Vec<Option<Order>>,
}

/// What a row says of a party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Spellings of its name.
    pub names: Vec<String>,
    /// What kind of party it is: `Person`, `Organization`, `Vessel`, or what the table says.
    pub schema: Option<String>,
    /// Properties of the FollowTheMoney model.
    pub properties: BTreeMap<String, Vec<String>>,
}

impl Columns {
    /// Tells what the columns of a table hold, and what is to be said of that.
    pub fn of(table: &Table, settings: &Settings) -> Result<(Self, Vec<Note>), TableError> {
        let headings = &table.headings;
        let known: Vec<Option<(&str, Known)>> =
            headings.iter().map(|heading| heading::field(heading)).collect();
        let mut fields: Vec<Option<String>> =
            known.iter().map(|known| Some(known.as_ref()?.0.to_string())).collect();
        settle_names(headings, &known, &mut fields);
        for (field, heading) in &settings.columns {
            let at = headings.iter().position(|known| known.trim() == heading);
            let at = at.ok_or_else(|| TableError::NoColumn(heading.clone(), headings.join(", ")))?;
            let said = |at: usize| {
                settings
                    .columns
                    .iter()
                    .any(|(_, heading)| headings.get(at).is_some_and(|known| known.trim() == heading))
            };
            let others = fields
                .iter_mut()
                .enumerate()
                .filter(|(at, known)| known.as_ref() == Some(field) && !said(*at));
            others.for_each(|(_, known)| *known = None);
            if let Some(known) = fields.get_mut(at) {
                *known = Some(field.clone());
            }
        }
        let named = |field: &Option<String>| {
            field
                .as_deref()
                .is_some_and(|field| field == "name" || field == "alias" || PARTS.contains(&field))
        };
        if !fields.iter().any(named) {
            return Err(TableError::NoName(headings.join(", ")));
        }
        let mut columns = Self { orders: vec![settings.order; fields.len()], fields };
        let mut notes = vec![Note::sure(columns.shown(headings))];
        notes.extend(columns.two_names(table, settings));
        for at in 0..headings.len() {
            if columns.is_date(at) {
                notes.extend(columns.settle_dates(table, at, settings));
            }
            notes.extend(columns.unknown_countries(table, at));
        }
        Ok((columns, notes))
    }

    /// Which field each heading was taken for, in words: `name = Nachname; not used: Nr`.
    fn shown(&self, headings: &[String]) -> String {
        let pairs = || self.fields.iter().zip(headings);
        let used = pairs().filter_map(|(field, heading)| Some(format!("{} = {heading}", field.as_ref()?)));
        let mut words: Vec<String> = used.collect();
        let unused: Vec<&str> =
            pairs().filter(|(field, _)| field.is_none()).map(|(_, heading)| heading.as_str()).collect();
        if !unused.is_empty() {
            words.push(format!("not used: {}", unused.join(", ")));
        }
        words.join("; ")
    }

    fn is_date(&self, at: usize) -> bool {
        self.fields.get(at).and_then(Option::as_deref).is_some_and(|field| field.ends_with("Date"))
    }

    /// Two columns for whole names that say different things are a doubt: one may be of a firm, one of its contact.
    fn two_names(&self, table: &Table, settings: &Settings) -> Option<Note> {
        let at: Vec<usize> = (0..self.fields.len())
            .filter(|&at| self.fields.get(at).is_some_and(|field| field.as_deref() == Some("name")))
            .collect();
        if at.len() < 2 || settings.columns.iter().any(|(field, _)| field == "name") {
            return None;
        }
        let filled = |row: &Row| {
            at.iter().filter(|&&at| row.cells.get(at).is_some_and(|cell| !cell.trim().is_empty())).count() > 1
        };
        table.rows.iter().any(filled).then(|| {
            let headings: Vec<&str> =
                at.iter().filter_map(|&at| table.headings.get(at)).map(String::as_str).collect();
            Note::doubtful(
                format!("{} are all taken for names of the same party", headings.join(", ")),
                "--column name=HEADING; --column alias=HEADING for another name of the same party",
            )
        })
    }

    /// The order of day and month that the cells of a column show, else that of its heading's language.
    fn settle_dates(&mut self, table: &Table, at: usize, settings: &Settings) -> Vec<Note> {
        let heading = table.headings.get(at).map(String::as_str).unwrap_or_default();
        let cells = || table.rows.iter().filter_map(|row| row.cells.get(at));
        let shown = |order: Order| cells().filter(|cell| date::order_shown(cell) == Some(order)).count();
        let (day, month) = (shown(Order::DayFirst), shown(Order::MonthFirst));
        let order = settings.order.or(match (day, month) {
            (1.., 0) => Some(Order::DayFirst),
            (0, 1..) => Some(Order::MonthFirst),
            (0, 0) if HEADINGS.day_first.contains(&plain(heading)) => Some(Order::DayFirst),
            _ => None,
        });
        let mut notes = Vec::new();
        let open = cells().find(|cell| {
            let of = |order| date::read(cell, Some(order));
            of(Order::DayFirst) != of(Order::MonthFirst)
        });
        match (order, open) {
            (Some(Order::DayFirst), Some(cell)) => notes.push(Note::sure(format!("{heading}: the day comes first, as in {cell}"))),
            (Some(Order::MonthFirst), Some(cell)) => notes.push(Note::sure(format!("{heading}: the month comes first, as in {cell}"))),
            (None, Some(cell)) => notes.push(Note::sure(format!(
                "{heading}: dates like {cell} may begin with the day or the month; both are asked (--date-order says which)"
            ))),
            _ => {}
        }
        let wrong: Vec<&String> = cells().filter(|cell| date::read(cell, order) == Read::NoDate).collect();
        if let Some(first) = wrong.first() {
            notes.push(Note::sure(format!(
                "{heading}: {} cells are no dates and not used, such as `{first}`",
                wrong.len()
            )));
        }
        if let Some(known) = self.orders.get_mut(at) {
            *known = order;
        }
        notes
    }

    /// Cells of a column for countries that hold something else.
    fn unknown_countries(&self, table: &Table, at: usize) -> Option<Note> {
        let field = self.fields.get(at)?.as_deref()?;
        if !COUNTRIES.contains(&field) {
            return None;
        }
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        let unknown: Vec<String> = cells.flat_map(|cell| country::countries(cell).1).collect();
        let (heading, first) = (table.headings.get(at)?, unknown.first()?);
        let count = unknown.len();
        Some(Note::sure(format!("{heading}: {count} cells are no countries and not used, such as `{first}`")))
    }

    /// What of a row could not be understood and is not compared.
    pub fn doubts(&self, row: &Row) -> Vec<String> {
        let mut doubts = Vec::new();
        for ((field, order), cell) in self.fields.iter().zip(&self.orders).zip(&row.cells) {
            let Some(field) = field.as_deref() else { continue };
            if COUNTRIES.contains(&field) {
                let unknown = country::countries(cell).1.into_iter();
                doubts.extend(
                    unknown.map(|it| format!("`{it}` is no country that is known, and not compared")),
                );
            } else if field.ends_with("Date") && date::read(cell, *order) == Read::NoDate {
                doubts.push(format!("`{}` is no date, and not compared", cell.trim()));
            }
        }
        doubts
    }

    /// Places of the columns that are not used, from 0.
    pub fn unused(&self) -> Vec<usize> {
        (0..self.fields.len()).filter(|&at| self.fields.get(at).is_some_and(Option::is_none)).collect()
    }

    /// What a row says; why it cannot be asked.
    pub fn record(&self, row: &Row) -> Result<Record, String> {
        if let Some(fault) = &row.fault {
            return Err(fault.clone());
        }
        let mut record = Record::default();
        let mut parts: BTreeMap<&str, &str> = BTreeMap::new();
        let mut whole: Vec<String> = Vec::new();
        let mut aliases: Vec<String> = Vec::new();
        for ((field, order), cell) in self.fields.iter().zip(&self.orders).zip(&row.cells) {
            let cell = cell.trim();
            let Some(field) = field.as_deref().filter(|_| !cell.is_empty()) else { continue };
            match field {
                "name" => whole.extend(several(cell)),
                "alias" => aliases.extend(several(cell)),
                "schema" => {
                    let known = VALUES.schemas.get(&plain(cell)).copied();
                    record.schema = Some(known.unwrap_or(cell).into());
                }
                part if PARTS.contains(&part) => {
                    parts.insert(part, cell);
                }
                property => {
                    let values = values(property, cell, *order);
                    if !values.is_empty() {
                        record.properties.entry(property.into()).or_default().extend(values);
                    }
                }
            }
        }
        record.names = whole;
        if record.names.is_empty() {
            record.names.extend(joined(&parts));
        }
        for alias in aliases {
            if !record.names.contains(&alias) {
                record.names.push(alias);
            }
        }
        if record.names.is_empty() && record.properties.is_empty() {
            return Err("it has neither a name nor anything else to ask for".into());
        }
        if record.names.is_empty() && !record.properties.keys().any(|property| identifies(property)) {
            return Err("it has no name".into());
        }
        Ok(record)
    }
}

/// Whether a property alone can be asked for.
fn identifies(property: &str) -> bool {
    ["Number", "Code", "Bic", "mmsi", "callSign", "iban", "publicKey"]
        .iter()
        .any(|end| property.ends_with(end))
}

/// What a heading that may be a whole name or a part of one is here; a heading known by a part of its words gives way to
/// one that is known as a whole.
fn settle_names(headings: &[String], known: &[Option<(&str, Known)>], fields: &mut [Option<String>]) {
    let whole =
        |field: &str| known.iter().flatten().any(|(known, how)| *known == field && *how == Known::Whole);
    let has = |field: &str| known.iter().flatten().any(|(known, _)| *known == field);
    let (first, last) = (has("firstName"), has("lastName"));
    for ((heading, known), field) in headings.iter().zip(known).zip(fields) {
        let words = plain(heading);
        if HEADINGS.first.contains(&words) && last && !first {
            *field = Some("firstName".into());
        } else if HEADINGS.last.contains(&words) && first && !last {
            *field = Some("lastName".into());
        } else if let Some((by, Known::Part)) = known
            && (whole(by) || *by == "name" && (first || last))
        {
            *field = None;
        }
    }
}

fn several(cell: &str) -> Vec<String> {
    cell.split([';', '|']).map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect()
}

/// A name of its parts. In Chinese, Japanese and Korean letters the family's comes first, without a blank.
fn joined(parts: &BTreeMap<&str, &str>) -> Option<String> {
    let of = |order: &[&str]| order.iter().filter_map(|part| parts.get(part).copied()).collect::<Vec<&str>>();
    let words = of(&PARTS);
    let east = |word: &&str| {
        word.chars()
            .all(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
    };
    if words.is_empty() {
        return None;
    }
    // One part holds the whole name already, as a column `Name` beside `Vorname` may do for some rows.
    let all = |long: &str, short: &str| {
        plain(short).split(' ').all(|word| plain(long).split(' ').any(|known| known == word))
    };
    if let (Some(last), Some(first)) = (parts.get("lastName"), parts.get("firstName"))
        && all(last, first)
        && plain(last).split(' ').count() > plain(first).split(' ').count()
    {
        return Some((*last).into());
    }
    Some(if words.iter().all(east) {
        of(&["lastName", "middleName", "firstName"]).concat()
    } else {
        words.join(" ")
    })
}

fn values(property: &str, cell: &str, order: Option<Order>) -> Vec<String> {
    if COUNTRIES.contains(&property) {
        return country::countries(cell).0;
    }
    if property == "gender" {
        return VALUES.genders.get(&plain(cell)).map(|gender| (*gender).to_string()).into_iter().collect();
    }
    if property.ends_with("Date") {
        return match date::read(cell, order) {
            Read::Dates(dates) => dates,
            Read::Unknown | Read::NoDate => Vec::new(),
        };
    }
    vec![cell.to_string()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        let table = crate::read(text.as_bytes(), "csv", &Settings::default()).unwrap();
        let (columns, _) = Columns::of(&table, &Settings::default()).unwrap();
        table.rows.iter().map(|row| columns.record(row).unwrap()).collect()
    }

    #[test]
    fn names_in_several_columns_in_many_languages() {
        for table in [
            "Name,Vorname\nMuster,Anna",
            "Nom,Prénom\nMuster,Anna",
            "Фамилия,Имя\nMuster,Anna",
            "Apellidos,Nombre\nMuster,Anna",
            "Nazwisko,Imię\nMuster,Anna",
            "Soyadı,Adı\nMuster,Anna",
            "Cognome,Nome\nMuster,Anna",
            "Прізвище,Ім'я\nMuster,Anna",
            "Name,Vorname\nAnna Muster,Anna",
            "Customer full name,Nr\nAnna Muster,1",
            "Имя,Страна\nAnna Muster,RU",
            "Bank name,Surname,First name\nFlussbank,Muster,Anna",
        ] {
            assert_eq!(records(table)[0].names, ["Anna Muster"], "{table}");
        }
        assert_eq!(records("Фамилия,Имя,Отчество\nМустеров,Антон,Ильич")[0].names, ["Антон Ильич Мустеров"]);
        assert_eq!(records("姓,名\n田中,花子")[0].names, ["田中花子"]);
        assert_eq!(records("Name,AKA\nAnna Muster,Anni | A. M.")[0].names, ["Anna Muster", "Anni", "A. M."]);
    }

    #[test]
    fn values_become_comparable() {
        let record =
            &records("Naam,Name,Sexo,Nat.,D.O.B.,Typ\nx,Anna,mujer,deutsch,22/03/1961,natürliche Person")[0];
        let first = |property: &str| record.properties[property].clone();
        assert_eq!(first("gender"), ["female"]);
        assert_eq!(first("nationality"), ["de"]);
        assert_eq!(first("birthDate"), ["1961-03-22"]);
        assert_eq!(record.schema.as_deref(), Some("Person"));
    }

    #[test]
    fn the_order_of_dates_is_shown_by_others_or_the_language_or_stays_open() {
        assert_eq!(
            records("Name,DOB\nA,04/03/1961\nB,25/03/1961")[0].properties["birthDate"],
            ["1961-03-04"]
        );
        assert_eq!(records("Nom,Date de naissance\nA,04/03/1961")[0].properties["birthDate"], ["1961-03-04"]);
        assert_eq!(
            records("Name,DOB\nA,04/03/1961")[0].properties["birthDate"],
            ["1961-03-04", "1961-04-03"]
        );
    }

    #[test]
    fn a_country_or_date_that_is_not_understood_is_said_and_not_compared() {
        let table = b"Name,DOB,Country\nAnna,gestern,Nirgendwo\nBert,1961,de\n";
        let table = crate::read(table, "csv", &Settings::default()).unwrap();
        let (columns, notes) = Columns::of(&table, &Settings::default()).unwrap();
        assert!(columns.record(&table.rows[0]).unwrap().properties.is_empty());
        let doubts = columns.doubts(&table.rows[0]);
        assert!(doubts[0].contains("gestern") && doubts[1].contains("Nirgendwo"), "{doubts:?}");
        assert!(columns.doubts(&table.rows[1]).is_empty());
        assert!(
            notes.iter().any(|note| note.words.contains("no countries") && note.words.contains("Nirgendwo"))
        );
    }

    #[test]
    fn doubts_and_rows_without_a_name() {
        let table =
            crate::read(b"Company,Client,Nr\nMuster AG,Otto,1\n,,2\n", "csv", &Settings::default()).unwrap();
        let (columns, notes) = Columns::of(&table, &Settings::default()).unwrap();
        assert!(notes.iter().any(|note| note.doubt.is_some()), "{notes:?}");
        assert!(columns.record(&table.rows[1]).is_err());
        let said = Settings { columns: vec![("name".into(), "Company".into())], ..Settings::default() };
        let (columns, notes) = Columns::of(&table, &said).unwrap();
        assert!(notes.iter().all(|note| note.doubt.is_none()), "{notes:?}");
        assert_eq!(columns.record(&table.rows[0]).unwrap().names, ["Muster AG"]);
        let none = crate::read(b"Wer,Was\nx,y\n", "csv", &Settings::default()).unwrap();
        assert!(matches!(Columns::of(&none, &Settings::default()), Err(TableError::NoName(_))));
    }
}
