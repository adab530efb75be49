//! Listed parties as FollowTheMoney entities.

use lagebild_ftm::{Entity, Kind, Model, clean};
use lagebild_watchlist::{Link, NameQuality, Party};

/// Properties of a party that belong to its listing.
const LISTING: [&str; 4] = ["program", "programId", "listingDate", "authority"];

/// A party of a list, its listing as a `Sanction` that points to it, and the links that its entry states to other parties
/// of the list.
pub fn entities(party: &Party) -> Vec<Entity> {
    let model = Model::shipped();
    let Some(schema) = model.schema(&party.schema).or_else(|| model.schema("LegalEntity")) else {
        return Vec::new();
    };
    let mut entity = Entity::new(&party.id, schema);
    entity.target = !party.only_named;
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
    if !party.only_named {
        entity.add("topics", "sanction");
    }
    entity.caption.clone_from(&party.caption);
    let mut all = vec![entity];
    let sanction = model.schema("Sanction").filter(|_| !party.only_named);
    all.extend(sanction.map(|schema| listing(party, Entity::new(&format!("{}.listing", party.id), schema))));
    all.extend((1..).zip(&party.links).filter_map(|(number, one)| link(party, number, one)));
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

/// A link; none where only a name stands at its other end, for that is no entity.
fn link(party: &Party, number: usize, link: &Link) -> Option<Entity> {
    let (from, to) = link.properties()?;
    let mut entity =
        Entity::new(&format!("{}.link-{number}", party.id), Model::shipped().schema(&link.kind)?);
    entity.add(from, link.from.party()?);
    entity.add(to, link.to.party()?);
    // `Family` and `Associate` call it otherwise; what the schema does not have is not added.
    entity.add("role", &link.role);
    entity.add("relationship", &link.role);
    if let Some(share) = link.share {
        entity.add("percentage", &share.to_string());
    }
    for (property, day) in [("startDate", &link.start), ("endDate", &link.end)] {
        day.iter().filter_map(|day| clean(Kind::Date, day)).for_each(|day| entity.add(property, &day));
    }
    if link.ended {
        entity.add("status", "former");
    }
    if link.turned {
        entity.add("summary", "the list writes it the other way round");
    }
    entity.add("summary", &link.note);
    entity.add("publisher", party.list());
    entity.set_caption();
    Some(entity)
}
