//! Entities of all data sets, found by id, by the ids merged into them, and by who points to them.

use lagebild_ftm::{Entity, Kind};
use std::collections::HashMap;

/// Who points to an entity, through which property.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// Place of the entity that points.
    pub from: u32,
    /// What the entity pointed to calls the link (`ownershipOwner`).
    pub seen_as: &'static str,
}

/// All entities.
#[derive(Debug, Default)]
pub struct Entities {
    all: Vec<Entity>,
    by_id: HashMap<String, u32>,
    by_referent: HashMap<String, u32>,
    inbound: HashMap<String, Vec<Inbound>>,
}

impl Entities {
    /// Adds an entity of a data set. One whose id is known already only gains the data set.
    pub fn add(&mut self, mut entity: Entity, dataset: &str) -> Option<u32> {
        if let Some(known) = self.by_id.get(&entity.id).and_then(|&at| self.all.get_mut(at as usize)) {
            if !known.datasets.iter().any(|name| name == dataset) {
                known.datasets.push(dataset.to_owned());
            }
            return None;
        }
        entity.datasets = vec![dataset.to_owned()];
        let at = u32::try_from(self.all.len()).ok()?;
        for (property, values) in entity.stated().filter(|(property, _)| property.kind == Kind::Entity) {
            let Some((_, seen_as)) = &property.reverse else { continue };
            for target in values {
                self.inbound.entry(target.clone()).or_default().push(Inbound { from: at, seen_as });
            }
        }
        for referent in &entity.referents {
            self.by_referent.insert(referent.clone(), at);
        }
        self.by_id.insert(entity.id.clone(), at);
        self.all.push(entity);
        Some(at)
    }

    /// All of them.
    pub fn all(&self) -> &[Entity] {
        &self.all
    }

    /// The entity at a place.
    pub fn at(&self, place: u32) -> Option<&Entity> {
        self.all.get(place as usize)
    }

    /// The entity of this id.
    pub fn get(&self, id: &str) -> Option<&Entity> {
        self.at(*self.by_id.get(id)?)
    }

    /// The place of the entity of this id.
    pub fn place(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The entity that this id was merged into.
    pub fn merged(&self, id: &str) -> Option<&Entity> {
        self.at(*self.by_referent.get(id)?)
    }

    /// Who points to an entity.
    pub fn inbound(&self, id: &str) -> &[Inbound] {
        self.inbound.get(id).map_or(&[], Vec::as_slice)
    }
}
