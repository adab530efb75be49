//! Listed parties as entities, and entities as parties to screen against.

use lagebild_ftm::{Entity, Kind, Model, clean};
use lagebild_watchlist::{NameQuality, Party, PartyName};

/// Properties of a party that belong to its listing.
const LISTING: [&str; 4] = ["program", "programId", "listingDate", "authority"];
const NAMES: [(&str, NameQuality); 4] = [
    ("name", NameQuality::Primary),
    ("alias", NameQuality::Alias),
    ("weakAlias", NameQuality::Weak),
    ("previousName", NameQuality::Former),
];

/// A party of a stored list, and its listing as a `Sanction` that points to it.
pub(super) fn entities(party: &Party) -> Vec<Entity> {
    let model = Model::shipped();
    let Some(schema) = model.schema(&party.schema).or_else(|| model.schema("LegalEntity")) else {
        return Vec::new();
    };
    let mut entity = Entity::new(&party.id, schema);
    entity.target = true;
    for name in &party.names {
        let property = match name.quality {
            NameQuality::Primary => "name",
            NameQuality::Alias | NameQuality::Unlisted => "alias",
            NameQuality::Weak => "weakAlias",
            NameQuality::Former => "previousName",
        };
        entity.add(property, &name.full);
        name.parts.iter().for_each(|(part, words)| entity.add(part, words));
    }
    for (property, values) in &party.properties {
        let kind = schema.properties.get(property).map(|it| it.kind);
        for value in values {
            match kind {
                Some(kind @ (Kind::Country | Kind::Date | Kind::Gender)) => {
                    if let Some(value) = clean(kind, value) {
                        entity.add(property, &value);
                    }
                }
                _ => entity.add(property, value),
            }
        }
    }
    entity.add("topics", "sanction");
    entity.caption.clone_from(&party.caption);
    let mut all = vec![entity];
    all.extend(
        model
            .schema("Sanction")
            .map(|schema| listing(party, Entity::new(&format!("{}.listing", party.id), schema))),
    );
    all
}

fn listing(party: &Party, mut sanction: Entity) -> Entity {
    sanction.add("entity", &party.id);
    for property in LISTING {
        for value in party.properties.get(property).into_iter().flatten() {
            sanction.add(property, value);
        }
    }
    sanction.set_caption();
    sanction
}

/// The party that is screened against for an entity that may be compared, with the id `data set:id`.
pub(super) fn party(entity: &Entity, dataset: &str) -> Party {
    let mut party = Party {
        id: format!("{dataset}:{}", entity.id),
        schema: entity.schema.name.clone(),
        caption: entity.caption.clone(),
        ..Party::default()
    };
    for (property, values) in entity.stated() {
        let quality = NAMES.iter().find(|(name, _)| *name == property.name).map(|(_, quality)| *quality);
        for value in values {
            match quality {
                Some(quality) => {
                    party.add_new_name(PartyName { full: value.clone(), quality, ..PartyName::default() });
                }
                None if property.kind == Kind::Name => {
                    let quality = NameQuality::Alias;
                    party.add_new_name(PartyName { full: value.clone(), quality, ..PartyName::default() });
                }
                None if property.matchable => party.add(&property.name, value),
                None if property.kind == Kind::Gender => party.add(&property.name, value),
                None => {}
            }
        }
    }
    party
}
