//! What the publishers of lists say of the parties that the entities of a document may be.

use crate::model::Listing;
use lagebild_entities::Entities;
use lagebild_watchlist::{Link, Party, Watchlist};
use std::collections::BTreeSet;

/// One for each party that some entity matches, in order of party.
pub(crate) fn of(entities: &Entities, watchlist: &Watchlist) -> Vec<Listing> {
    let matches = entities.entities.iter().flat_map(|entity| &entity.matches);
    let parties: BTreeSet<&str> = matches.map(|hit| hit.party.as_str()).collect();
    parties.into_iter().filter_map(|id| watchlist.party(id)).map(listing).collect()
}

/// The FollowTheMoney properties that tell a party from its namesakes.
fn listing(party: Party) -> Listing {
    let all = |name: &str| party.properties.get(name).cloned().unwrap_or_default();
    Listing {
        birth: all("birthDate"),
        programmes: [all("program"), all("programId")]
            .into_iter()
            .find(|them| !them.is_empty())
            .unwrap_or_default(),
        listed: all("listingDate"),
        links: party.links.into_iter().filter(is_between_parties).collect(),
        name: party.caption,
        party: party.id,
    }
}

/// What only names the other side, no document can name as a listed party.
fn is_between_parties(link: &Link) -> bool {
    link.from.party().is_some() && link.to.party().is_some()
}
