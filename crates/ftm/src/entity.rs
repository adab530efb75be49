//! An entity: what a data set says of one thing or link.

use crate::caption::caption;
use crate::{Kind, Model, Property, Schema};
use serde::Deserialize;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::Value;

/// One thing or link, of one schema.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// The name to show.
    pub caption: String,
    /// What it is.
    pub schema: &'static Schema,
    /// What is said of it: property and values, in the order of the source.
    pub properties: Vec<(&'static str, Vec<String>)>,
    /// Data sets that it is in.
    pub datasets: Vec<String>,
    /// Ids of the records that were merged into it.
    pub referents: Vec<String>,
    /// Whether it is itself the target of a measure.
    pub target: bool,
    /// When it was first in the data, ISO 8601.
    pub first_seen: Option<String>,
    /// When it was last in the data.
    pub last_seen: Option<String>,
    /// When it was last changed.
    pub last_change: Option<String>,
}

/// Why a record is no entity.
#[derive(Debug, thiserror::Error)]
pub enum EntityError {
    /// It is no JSON object with `id`, `schema` and `properties`.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// The model has no such schema.
    #[error("Unknown schema: '{0}'")]
    Schema(String),
}

#[derive(Deserialize)]
struct Record {
    id: String,
    schema: String,
    #[serde(default)]
    caption: Option<String>,
    #[serde(default)]
    properties: serde_json::Map<String, Value>,
    #[serde(default)]
    datasets: Vec<String>,
    #[serde(default)]
    referents: Vec<String>,
    #[serde(default)]
    target: bool,
    #[serde(default)]
    first_seen: Option<String>,
    #[serde(default)]
    last_seen: Option<String>,
    #[serde(default)]
    last_change: Option<String>,
}

impl Entity {
    /// An entity without properties.
    pub fn new(id: &str, schema: &'static Schema) -> Self {
        Self {
            id: id.to_owned(),
            caption: String::new(),
            schema,
            properties: Vec::new(),
            datasets: Vec::new(),
            referents: Vec::new(),
            target: false,
            first_seen: None,
            last_seen: None,
            last_change: None,
        }
    }

    /// Reads one line of JSON. Properties that the schema does not have are left out.
    pub fn parse(json: &str) -> Result<Self, EntityError> {
        let record: Record = serde_json::from_str(json)?;
        let schema = Model::shipped().schema(&record.schema).ok_or(EntityError::Schema(record.schema))?;
        let mut entity = Self {
            datasets: record.datasets,
            referents: record.referents,
            target: record.target,
            first_seen: record.first_seen,
            last_seen: record.last_seen,
            last_change: record.last_change,
            ..Self::new(&record.id, schema)
        };
        entity.referents.retain(|referent| *referent != entity.id);
        for (name, values) in &record.properties {
            match values {
                Value::Array(many) => many.iter().for_each(|one| entity.add(name, text(one))),
                one => entity.add(name, text(one)),
            }
        }
        entity.caption = match record.caption {
            Some(caption) if !caption.is_empty() => caption,
            _ => caption(&entity),
        };
        Ok(entity)
    }

    /// Adds a value; an empty one, a repetition, or one of a property that the schema does not have is left out.
    pub fn add(&mut self, property: &str, value: &str) {
        let Some(property) = self.schema.properties.get(property).filter(|it| !it.stub && !value.is_empty())
        else {
            return;
        };
        let name = property.name.as_str();
        let at = self.properties.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.properties.push((name, Vec::new()));
            self.properties.len() - 1
        });
        if let Some((_, values)) = self.properties.get_mut(at)
            && !values.iter().any(|known| known == value)
        {
            values.push(value.to_owned());
        }
    }

    /// Works the caption out anew from its properties.
    pub fn set_caption(&mut self) {
        self.caption = caption(self);
    }

    /// The values of a property.
    pub fn values(&self, property: &str) -> &[String] {
        self.properties.iter().find(|(name, _)| *name == property).map_or(&[], |(_, values)| values)
    }

    /// Its properties with their definitions.
    pub fn stated(&self) -> impl Iterator<Item = (&'static Property, &[String])> {
        let schema = self.schema;
        self.properties
            .iter()
            .filter_map(move |(name, values)| Some((schema.properties.get(*name)?, values.as_slice())))
    }

    /// All values of a type.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.stated()
            .filter(move |(property, _)| property.kind == kind)
            .flat_map(|(_, values)| values)
            .map(String::as_str)
    }
}

/// A value, or the id of an entity that stands in its place.
fn text(value: &Value) -> &str {
    value.as_str().or_else(|| value.get("id")?.as_str()).unwrap_or_default()
}

impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Entity", 10)?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("caption", &self.caption)?;
        object.serialize_field("schema", &self.schema.name)?;
        object.serialize_field("properties", &Properties(&self.properties))?;
        object.serialize_field("datasets", &self.datasets)?;
        object.serialize_field("referents", &self.referents)?;
        object.serialize_field("target", &self.target)?;
        object.serialize_field("first_seen", &self.first_seen)?;
        object.serialize_field("last_seen", &self.last_seen)?;
        object.serialize_field("last_change", &self.last_change)?;
        object.end()
    }
}

struct Properties<'a>(&'a [(&'static str, Vec<String>)]);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in self.0 {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Entity;

    #[test]
    fn an_entity_is_read_and_written() {
        let json = r#"{"id":"p","schema":"Person","properties":{"name":["Müller, Eva","Eva Müller","Eva Müller"],"kolor":["red"],"addressEntity":[{"id":"a"}]},"referents":["p","x"]}"#;
        let entity = Entity::parse(json).unwrap();
        assert_eq!(entity.caption, "Eva Müller");
        assert_eq!(entity.values("addressEntity"), ["a"]);
        assert_eq!(entity.referents, ["x"]);
        let written = serde_json::to_value(&entity).unwrap();
        assert_eq!(written["schema"], "Person");
        assert_eq!(written["properties"]["name"].as_array().unwrap().len(), 2);
        assert!(written["first_seen"].is_null() && written["properties"].get("kolor").is_none());
    }

    #[test]
    fn what_is_no_entity_is_said() {
        assert!(Entity::parse("{").is_err());
        let unknown = Entity::parse(r#"{"id":"p","schema":"Dragon"}"#).unwrap_err();
        assert_eq!(unknown.to_string(), "Unknown schema: 'Dragon'");
    }
}
