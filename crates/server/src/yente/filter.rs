//! Which entities a request is about.

use crate::data::Snapshot;
use lagebild_ftm::{Entity, Model, Schema};
use std::collections::BTreeSet;

/// Conditions beside the text or name that is asked for.
#[derive(Debug, Default)]
pub(super) struct Filter {
    scope: Vec<String>,
    schemata: Option<BTreeSet<&'static str>>,
    exclude_schema: Vec<String>,
    fields: Vec<(String, Vec<String>)>,
    all_of_a_field: bool,
    changed_since: Option<String>,
    exclude_ids: Vec<String>,
}

impl Filter {
    /// All entities of a data set or collection.
    pub(super) fn of(snapshot: &Snapshot, dataset: &str) -> Self {
        Self { scope: snapshot.config.scope(dataset), ..Self::default() }
    }

    /// Only data sets that are among these, where there are any, and not among those.
    pub(super) fn datasets(mut self, include: &[String], exclude: &[String]) -> Self {
        self.scope.retain(|name| (include.is_empty() || include.contains(name)) && !exclude.contains(name));
        self
    }

    /// Only entities that may be compared with this schema, and of none of the others.
    pub(super) fn schema(self, schema: &'static Schema, exclude: &[String]) -> Self {
        Self { exclude_schema: exclude.to_vec(), ..self.schemata(&[schema]) }
    }

    /// Only entities that may be compared with one of these schemata.
    pub(super) fn schemata(mut self, schemata: &[&'static Schema]) -> Self {
        let comparable = schemata.iter().flat_map(|schema| Model::shipped().comparable(schema));
        self.schemata = Some(comparable.map(|it| it.name.as_str()).collect());
        self
    }

    /// Only entities with these values; of several in one field one will do, unless `all`.
    pub(super) fn fields(mut self, fields: Vec<(String, String)>, all: bool) -> Self {
        for (field, value) in fields {
            let value = value.to_lowercase();
            match self.fields.iter_mut().find(|(known, _)| *known == field) {
                Some((_, values)) => values.push(value),
                None => self.fields.push((field, vec![value])),
            }
        }
        self.all_of_a_field = all;
        self
    }

    /// Only entities that were changed after a moment.
    pub(super) fn changed_since(mut self, moment: &str) -> Self {
        self.changed_since = Some(moment.to_owned()).filter(|moment| !moment.is_empty());
        self
    }

    /// Without these, by their own ids or by ids merged into them.
    pub(super) fn without(mut self, ids: &[String]) -> Self {
        self.exclude_ids = ids.to_vec();
        self
    }

    /// Names of the data sets.
    pub(super) fn scope(&self) -> &[String] {
        &self.scope
    }

    /// Whether an entity is meant.
    pub(super) fn lets_through(&self, entity: &Entity) -> bool {
        entity.datasets.iter().any(|name| self.scope.contains(name))
            && self.schemata.as_ref().is_none_or(|names| names.contains(entity.schema.name.as_str()))
            && !self.exclude_schema.contains(&entity.schema.name)
            && self.changed_since.as_ref().is_none_or(|since| entity.last_change.as_ref() > Some(since))
            && !self.exclude_ids.iter().any(|id| entity.id == *id || entity.referents.contains(id))
            && self.fields.iter().all(|(field, wanted)| {
                let there: Vec<String> = values(entity, field).into_iter().map(str::to_lowercase).collect();
                if self.all_of_a_field {
                    wanted.iter().all(|value| there.contains(value))
                } else {
                    wanted.iter().any(|value| there.contains(value))
                }
            })
    }
}

/// The values that an entity has in a field: one of its own (`schema`, `datasets`, …), all values of a type
/// (`countries`), or those of a property (`properties.birthDate`).
pub(super) fn values<'e>(entity: &'e Entity, field: &str) -> Vec<&'e str> {
    fn of(many: &[String]) -> Vec<&str> {
        many.iter().map(String::as_str).collect()
    }
    match field {
        "id" | "entity_id" => vec![entity.id.as_str()],
        "caption" => vec![entity.caption.as_str()],
        "schema" => vec![entity.schema.name.as_str()],
        "datasets" => of(&entity.datasets),
        "referents" => of(&entity.referents),
        "target" => vec![if entity.target { "true" } else { "false" }],
        "first_seen" => entity.first_seen.as_deref().into_iter().collect(),
        "last_seen" => entity.last_seen.as_deref().into_iter().collect(),
        "last_change" => entity.last_change.as_deref().into_iter().collect(),
        _ => match Model::shipped().group(field) {
            Some(group) => {
                let mut values: Vec<&str> = entity.of_kind(group.kind).collect();
                values.sort_unstable();
                values.dedup();
                values
            }
            None => of(entity.values(field.strip_prefix("properties.").unwrap_or(field))),
        },
    }
}

/// Whether entities can be sorted by a field.
pub(super) fn is_field(field: &str) -> bool {
    let own = [
        "id",
        "entity_id",
        "caption",
        "schema",
        "datasets",
        "referents",
        "target",
        "first_seen",
        "last_seen",
        "last_change",
    ];
    let model = Model::shipped();
    let property = field.strip_prefix("properties.").unwrap_or(field);
    own.contains(&field)
        || model.group(field).is_some()
        || model.schemata().any(|schema| schema.properties.contains_key(property))
}
