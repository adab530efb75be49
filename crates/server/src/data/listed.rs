//! Entities as parties to screen against.

use lagebild_ftm::{Entity, Kind};
use lagebild_watchlist::{NameQuality, Party, PartyName};

const NAMES: [(&str, NameQuality); 4] = [
    ("name", NameQuality::Primary),
    ("alias", NameQuality::Alias),
    ("weakAlias", NameQuality::Weak),
    ("previousName", NameQuality::Former),
];

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
