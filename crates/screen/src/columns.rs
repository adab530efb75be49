//! A table of records becomes queries: which column holds what.

use crate::Query;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// `data/names/columns.yaml`: the field of each heading.
static FIELDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/names-columns.json"));
    let headings: BTreeMap<String, Vec<String>> =
        lagebild_data::embedded("names/columns", json).unwrap_or_default();
    let own = |field: &String, headings: Vec<String>| -> Vec<(String, String)> {
        let all = headings.into_iter().chain([field.to_lowercase()]);
        all.map(|heading| (plain(&heading), field.clone())).collect()
    };
    headings.into_iter().flat_map(|(field, headings)| own(&field, headings)).collect()
});

/// What each column of a table holds: `name`, `schema`, a part of a name or a property; none where it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Option<String>>);

/// A table that cannot be screened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// No column holds names.
    #[error("no column holds names; say which one does, as in name=Heading (there are: {0})")]
    NoName(String),
    /// A column that was named is not there.
    #[error("no column is headed `{0}` (there are: {1})")]
    NoColumn(String, String),
}

impl Columns {
    /// Tells the columns by their headings. `given` are pairs of a field and a heading that say better.
    pub fn of(headings: &[String], given: &[(String, String)]) -> Result<Self, ColumnError> {
        let mut fields: Vec<Option<String>> =
            headings.iter().map(|heading| FIELDS.get(&plain(heading)).cloned()).collect();
        for (field, heading) in given {
            let at = headings.iter().position(|known| known == heading);
            let at = at.ok_or_else(|| ColumnError::NoColumn(heading.clone(), headings.join(", ")))?;
            fields.iter_mut().filter(|known| known.as_deref() == Some(field)).for_each(|known| *known = None);
            if let Some(known) = fields.get_mut(at) {
                *known = Some(field.clone());
            }
        }
        let named =
            |field: &Option<String>| matches!(field.as_deref(), Some("name" | "lastName" | "firstName"));
        if fields.iter().any(named) {
            Ok(Self(fields))
        } else {
            Err(ColumnError::NoName(headings.join(", ")))
        }
    }

    /// Which field each heading was taken for, in words: `name = Nachname; not used: Nr`.
    pub fn shown(&self, headings: &[String]) -> String {
        let pairs = || self.0.iter().zip(headings);
        let used = pairs().filter_map(|(field, heading)| Some(format!("{} = {heading}", field.as_ref()?)));
        let unused: Vec<&str> =
            pairs().filter(|(field, _)| field.is_none()).map(|(_, heading)| heading.as_str()).collect();
        let mut words: Vec<String> = used.collect();
        if !unused.is_empty() {
            words.push(format!("not used: {}", unused.join(", ")));
        }
        words.join("; ")
    }

    /// The query of a row. Parts of a name become a name where no whole one is given; `schema` is that of rows that
    /// state none.
    pub fn query(&self, row: &[String], schema: Option<&str>) -> Query {
        let mut query = Query { schema: schema.map(Into::into), ..Query::default() };
        let mut parts: BTreeMap<&str, &str> = BTreeMap::new();
        for (field, value) in self.0.iter().zip(row) {
            let value = value.trim();
            match field.as_deref() {
                _ if value.is_empty() => {}
                Some("name") => {
                    query.names.extend(value.split([';', '|']).map(|name| name.trim().to_string()));
                }
                Some("schema") => {
                    query.schema = Some(lagebild_names::schema_called(value).unwrap_or(value).into());
                }
                Some(part @ ("firstName" | "middleName" | "lastName")) => {
                    parts.insert(part, value);
                }
                Some(property) => query.properties.entry(property.into()).or_default().push(value.into()),
                None => {}
            }
        }
        if query.names.is_empty() && !parts.is_empty() {
            let order = ["firstName", "middleName", "lastName"];
            let words: Vec<&str> = order.iter().filter_map(|part| parts.get(part).copied()).collect();
            query.names.push(words.join(" "));
        }
        query
    }
}

fn plain(heading: &str) -> String {
    let lower = heading.trim().trim_start_matches('\u{feff}').to_lowercase();
    lower.split([' ', '_', '-', '.']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_string()).collect()
    }

    #[test]
    fn headings_in_several_languages_are_known_and_others_can_be_named() {
        let headings = owned(&["Nr", "Nachname", "Vorname", "Geburtsdatum", "Land"]);
        let columns = Columns::of(&headings, &[]).unwrap();
        let query = columns.query(&owned(&["1", "Muster", "Anna", "1970-01-02", "DE"]), Some("Person"));
        assert_eq!(query.names, ["Anna Muster"]);
        assert_eq!(query.properties["birthDate"], ["1970-01-02"]);
        assert_eq!(query.schema.as_deref(), Some("Person"));
        let odd = owned(&["Wer", "Typ"]);
        assert!(matches!(Columns::of(&odd, &[]), Err(ColumnError::NoName(_))));
        let columns = Columns::of(&odd, &[("name".into(), "Wer".into())]).unwrap();
        let query = columns.query(&owned(&["Muster AG; Muster Ltd", "firma"]), None);
        assert_eq!(query.names, ["Muster AG", "Muster Ltd"]);
        assert_eq!(query.schema.as_deref(), Some("Organization"));
        let missing = Columns::of(&odd, &[("name".into(), "Name".into())]);
        assert!(matches!(missing, Err(ColumnError::NoColumn(..))));
    }
}
