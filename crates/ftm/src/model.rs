//! The model, with what schemata inherit worked out.

use crate::records::{Edge, Kind, PropertyRecord, SchemaRecord, TypeRecord};
use indexmap::IndexMap;
use lagebild_data::DataError;
use std::sync::LazyLock;

/// The whole model.
#[derive(Debug)]
pub struct Model {
    schemata: IndexMap<String, Schema>,
    types: Vec<ValueType>,
}

/// A kind of thing, or of link between things.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its name, such as `Person`.
    pub name: String,
    /// What one is called.
    pub label: String,
    /// What many are called.
    pub plural: String,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// Properties to show first.
    pub featured: Vec<String>,
    /// Properties that must be there.
    pub required: Vec<String>,
    /// Properties of which the first value there is serves as the name to show.
    pub caption: Vec<String>,
    /// Whether entities of it are compared.
    pub matchable: bool,
    /// Whether it stands only for the schemata that inherit from it.
    pub is_abstract: bool,
    /// Whether user interfaces leave it out.
    pub hidden: bool,
    /// Its two ends, where it is a link.
    pub edge: Option<Edge>,
    /// Itself, its parents and theirs.
    pub lineage: Vec<String>,
    /// All schemata that inherit from it.
    pub descendants: Vec<String>,
    /// All properties, inherited ones included; its own first.
    pub properties: IndexMap<String, Property>,
}

/// What may be said of an entity.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name, such as `birthDate`.
    pub name: String,
    /// The schema that it was defined for.
    pub schema: String,
    /// What it is called.
    pub label: String,
    /// What it means.
    pub description: Option<String>,
    /// Type of its values.
    pub kind: Kind,
    /// Schema of the entities that it points to.
    pub range: Option<String>,
    /// How the other side sees the link: schema and property.
    pub reverse: Option<(String, String)>,
    /// Whether its values are compared.
    pub matchable: bool,
    /// Whether user interfaces leave it out.
    pub hidden: bool,
    /// Whether it only names the other side of a link, and holds no values.
    pub stub: bool,
}

/// A type of values.
#[derive(Clone, Debug)]
pub struct ValueType {
    /// Which one.
    pub kind: Kind,
    /// What one is called.
    pub label: String,
    /// What many are called.
    pub plural: String,
    /// Name under which all values of the type are found.
    pub group: Option<String>,
    /// Whether values of it are compared.
    pub matchable: bool,
}

static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
    let schemata = include_str!(concat!(env!("OUT_DIR"), "/schemata.json"));
    let types = include_str!(concat!(env!("OUT_DIR"), "/types.json"));
    let schemata = lagebild_data::embedded("ftm/schemata", schemata).unwrap_or_default();
    let types = lagebild_data::embedded("ftm/types", types).unwrap_or_default();
    Model::new(schemata, types)
});

impl Model {
    /// The model in `data/ftm`.
    pub fn shipped() -> &'static Model {
        &SHIPPED
    }

    /// A model from the text of the two files, for those who correct them.
    pub fn parse(schemata: (&str, &str), types: (&str, &str)) -> Result<Self, DataError> {
        Ok(Self::new(lagebild_data::parse(schemata.0, schemata.1)?, lagebild_data::parse(types.0, types.1)?))
    }

    fn new(records: Vec<SchemaRecord>, types: Vec<TypeRecord>) -> Self {
        let types = types.into_iter().map(ValueType::from).collect();
        let mut model = Self { schemata: IndexMap::new(), types };
        let mut stubs = Vec::new();
        for record in records {
            let schema = model.schema_of(record, &mut stubs);
            for ancestor in schema.lineage.iter().skip(1) {
                if let Some(ancestor) = model.schemata.get_mut(ancestor) {
                    ancestor.descendants.push(schema.name.clone());
                }
            }
            model.schemata.insert(schema.name.clone(), schema);
        }
        for (range, stub) in stubs {
            model.add_stub(&range, &stub);
        }
        model
    }

    fn schema_of(&self, record: SchemaRecord, stubs: &mut Vec<(String, Property)>) -> Schema {
        let mut lineage = vec![record.name.clone()];
        let mut properties = IndexMap::new();
        for property in record.properties {
            let property = self.property_of(&record.name, property, stubs);
            properties.insert(property.name.clone(), property);
        }
        let (mut caption, mut edge, mut featured) = (record.caption, record.edge, record.featured);
        for parent in record.extends.iter().filter_map(|name| self.schemata.get(name)) {
            for ancestor in &parent.lineage {
                if !lineage.contains(ancestor) {
                    lineage.push(ancestor.clone());
                }
            }
            for (name, property) in &parent.properties {
                properties.entry(name.clone()).or_insert_with(|| property.clone());
            }
            if caption.is_empty() {
                caption.clone_from(&parent.caption);
            }
            if featured.is_empty() {
                featured.clone_from(&parent.featured);
            }
            edge = edge.or_else(|| parent.edge.clone());
        }
        Schema {
            name: record.name,
            label: record.label,
            plural: record.plural,
            description: record.description,
            featured,
            required: record.required,
            caption,
            matchable: record.matchable,
            is_abstract: record.is_abstract,
            hidden: record.hidden,
            edge,
            lineage,
            descendants: Vec::new(),
            properties,
        }
    }

    fn property_of(
        &self,
        schema: &str,
        record: PropertyRecord,
        stubs: &mut Vec<(String, Property)>,
    ) -> Property {
        let matchable =
            record.matchable.unwrap_or_else(|| self.value_type(record.kind).is_some_and(|it| it.matchable));
        if let (Some(range), Some(reverse)) = (&record.range, &record.reverse) {
            let stub = Property {
                name: reverse.name.clone(),
                schema: range.clone(),
                label: reverse.label.clone(),
                description: None,
                kind: Kind::Entity,
                range: Some(schema.to_owned()),
                reverse: Some((schema.to_owned(), record.name.clone())),
                matchable: false,
                hidden: false,
                stub: true,
            };
            stubs.push((range.clone(), stub));
        }
        Property {
            reverse: record.range.clone().zip(record.reverse).map(|(range, reverse)| (range, reverse.name)),
            name: record.name,
            schema: schema.to_owned(),
            label: record.label,
            description: record.description,
            kind: record.kind,
            range: record.range,
            matchable,
            hidden: record.hidden,
            stub: false,
        }
    }

    /// Gives the schema that a link points to, and its descendants, the name of the link's other side.
    fn add_stub(&mut self, range: &str, stub: &Property) {
        let descendants =
            self.schemata.get(range).map(|schema| schema.descendants.clone()).unwrap_or_default();
        for name in std::iter::once(range.to_owned()).chain(descendants) {
            if let Some(schema) = self.schemata.get_mut(&name) {
                schema.properties.entry(stub.name.clone()).or_insert_with(|| stub.clone());
            }
        }
    }

    /// The schema of this name.
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemata.get(name)
    }

    /// All schemata, parents before children.
    pub fn schemata(&self) -> impl Iterator<Item = &Schema> {
        self.schemata.values()
    }

    /// A type of values.
    pub fn value_type(&self, kind: Kind) -> Option<&ValueType> {
        self.types.iter().find(|it| it.kind == kind)
    }

    /// The type whose values are found under this name, such as `countries`.
    pub fn group(&self, group: &str) -> Option<&ValueType> {
        self.types.iter().find(|it| it.group.as_deref() == Some(group))
    }

    /// A property by its qualified name (`Person:birthDate`).
    pub fn property(&self, qualified: &str) -> Option<&Property> {
        let (schema, name) = qualified.split_once(':')?;
        self.schema(schema)?.properties.get(name).filter(|property| property.schema == schema)
    }

    /// The schemata that entities of this one are compared with: its matchable parents and children, and itself. For one
    /// that is itself not compared, such as `Thing`, all its descendants and itself.
    pub fn comparable(&self, schema: &Schema) -> Vec<&Schema> {
        let family = schema.lineage.iter().chain(&schema.descendants).filter_map(|name| self.schema(name));
        if schema.matchable {
            family.filter(|other| other.matchable).collect()
        } else {
            std::iter::once(&schema.name)
                .chain(&schema.descendants)
                .filter_map(|name| self.schema(name))
                .collect()
        }
    }
}

impl Schema {
    /// Whether it is the other one or inherits from it.
    pub fn is_a(&self, other: &str) -> bool {
        self.lineage.iter().any(|name| name == other)
    }
}

impl Property {
    /// Its name with that of its schema: `Person:birthDate`.
    pub fn qualified(&self) -> String {
        format!("{}:{}", self.schema, self.name)
    }
}

impl From<TypeRecord> for ValueType {
    fn from(record: TypeRecord) -> Self {
        Self {
            kind: record.name,
            label: record.label,
            plural: record.plural,
            group: record.group,
            matchable: record.matchable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn schemata_inherit_properties_and_captions() {
        let model = Model::shipped();
        let company = model.schema("Company").unwrap();
        assert!(company.is_a("Thing") && company.is_a("Asset") && !company.is_a("Person"));
        assert_eq!(company.properties["name"].qualified(), "Thing:name");
        assert_eq!(model.schema("PublicBody").unwrap().caption[0], "name");
        assert!(model.schema("Thing").unwrap().descendants.contains(&"Person".to_owned()));
    }

    #[test]
    fn links_are_seen_from_both_sides() {
        let model = Model::shipped();
        let seen = &model.schema("Person").unwrap().properties["ownershipOwner"];
        assert!(seen.stub);
        assert_eq!(seen.reverse, Some(("Ownership".into(), "owner".into())));
        assert!(model.property("Thing:riskSource").unwrap().reverse.is_none());
        assert_eq!(model.schema("Ownership").unwrap().edge.as_ref().unwrap().target, "asset");
    }

    #[test]
    fn a_person_is_compared_with_persons_and_unsure_parties() {
        let model = Model::shipped();
        let names = |schema: &str| -> Vec<&str> {
            model.comparable(model.schema(schema).unwrap()).iter().map(|it| it.name.as_str()).collect()
        };
        assert_eq!(names("Person"), ["Person", "LegalEntity"]);
        assert!(names("Thing").contains(&"Vessel") && names("Thing").contains(&"Thing"));
    }

    #[test]
    fn a_wrong_entry_is_named_with_file_line_and_field() {
        let wrong =
            Model::parse(("s.yaml", "- name: A\n  label: A\n  plural: As\n  kolor: red\n"), ("t.yaml", "[]"));
        let error = wrong.unwrap_err().to_string();
        assert!(error.starts_with("s.yaml:4") && error.contains("kolor"), "{error}");
    }
}
