//! The ownership chain: who stands above a party, as the lists state it. It judges nothing: not even two stated halves make a
//! "50-percent rule" met; what is known is said, and what is not.

use crate::Index;
use lagebild_watchlist::{End, Hold, list_of};
use serde::Serialize;
use std::collections::{BTreeSet, VecDeque};

/// Steps up at most.
const MOST_STEPS: u32 = 8;
/// Links that are told at most.
const MOST_TOLD: usize = 100;

/// Who stands above a party, nearest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Owners {
    /// Each link upwards that a list states, by the number of steps from the party.
    pub above: Vec<Owner>,
    /// What is known of the direct shares of those who own it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct: Option<DirectShares>,
    /// More may stand above: the chain is followed no further than this many steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_after: Option<u32>,
}

/// One link of the chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something else of the link, as the JSON form does"
)]
pub struct Owner {
    /// Steps from the party that was asked about: 1 stands right above it.
    pub step: u32,
    /// Id of the party below.
    pub below: String,
    /// Its name.
    pub below_name: String,
    /// Id of the one above; none where the list gives only a name.
    pub party: Option<String>,
    /// Its name.
    pub name: String,
    /// Its FollowTheMoney schema; empty where only its name is known.
    pub schema: String,
    /// The one above is on the list: not only named in its file.
    pub listed: bool,
    /// How it holds the one below: `owned`, `owned_or_controlled`, `controlled`, `interest`; `acts_for`: the one below acts for it,
    /// and no ownership is stated.
    pub hold: Hold,
    /// What the one below is to it, in words: "owned by".
    pub said: &'static str,
    /// The publisher's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Share in percent; none where it is not stated.
    pub share: Option<f64>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// The list calls it a former one; the chain goes no further from here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
    /// The list writes it the other way round.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub turned: bool,
    /// It was met before: a circle, or two ways to the same one. The chain goes on from there only once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub met_before: bool,
    /// The list that states it.
    pub list: String,
    /// Number of the one above in the index.
    #[serde(skip)]
    pub number: Option<u32>,
}

/// The shares of those listed parties that are stated to own a party directly, at present.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DirectShares {
    /// How many there are.
    pub owners: usize,
    /// Of how many of them the share is stated.
    pub stated: usize,
    /// Sum in percent; none unless all are stated.
    pub sum: Option<f64>,
}

impl Index {
    /// Who owns, controls or is acted for by a party, as the lists state it, up to eight steps.
    pub fn owners(&self, party: u32) -> Owners {
        let mut owners = Owners::default();
        let mut met = BTreeSet::from([party]);
        let mut open = VecDeque::from([(party, 1)]);
        while let Some((below, step)) = open.pop_front() {
            for mut owner in self.above(below, step) {
                let number = owner.number;
                if owners.above.len() == MOST_TOLD {
                    owners.cut_after = Some(step);
                    return owners.summed();
                }
                owner.met_before = number.is_some_and(|number| met.contains(&number));
                let goes_on = number.filter(|_| !owner.ended && !owner.met_before);
                owners.above.push(owner);
                let Some(number) = goes_on else { continue };
                met.insert(number);
                if step < MOST_STEPS {
                    open.push_back((number, step + 1));
                } else if self.above(number, step).next().is_some() {
                    owners.cut_after = Some(MOST_STEPS);
                }
            }
        }
        owners.summed()
    }

    /// Those right above a party.
    fn above(&self, below: u32, step: u32) -> impl Iterator<Item = Owner> {
        let below_name = self.facts(below);
        let (id, caption) = (below_name.id, below_name.caption);
        self.stored_links(below).filter_map(move |stored| {
            let link = &stored.link;
            let (hold, upper, lower) = link.hold()?;
            if lower.party() != Some(id.as_str()) {
                return None;
            }
            let number = if hold == Hold::ActsFor { stored.to } else { stored.from };
            let (name, schema, listed) = match (upper, number) {
                (End::Party(_), Some(number)) => self.shown(number),
                (End::Party(other) | End::Name(other), _) => (other.clone(), String::new(), false),
            };
            Some(Owner {
                step,
                below: id.clone(),
                below_name: caption.clone(),
                party: upper.party().map(String::from),
                name,
                schema,
                listed,
                hold,
                said: link.said(&id),
                role: link.role.clone(),
                share: link.share,
                start: link.start.clone(),
                end: link.end.clone(),
                ended: link.ended,
                turned: link.turned,
                met_before: false,
                list: list_of(&id).into(),
                number,
            })
        })
    }
}

impl Owners {
    /// With what is known of the direct shares. One who is stated twice with different shares counts as not stated.
    fn summed(mut self) -> Self {
        let direct = self.above.iter().filter(|owner| {
            let owns = matches!(owner.hold, Hold::Owned | Hold::OwnedOrControlled);
            owner.step == 1 && owns && owner.listed && !owner.ended
        });
        let mut shares: Vec<(&str, Option<f64>)> = Vec::new();
        for owner in direct {
            let id = owner.party.as_deref().unwrap_or(&owner.name);
            match shares.iter_mut().find(|(known, _)| *known == id) {
                Some((_, share)) if *share != owner.share => *share = None,
                Some(_) => {}
                None => shares.push((id, owner.share)),
            }
        }
        let sum = shares.iter().map(|(_, share)| *share).sum::<Option<f64>>();
        let stated = shares.iter().filter(|(_, share)| share.is_some()).count();
        self.direct = (!shares.is_empty()).then_some(DirectShares { owners: shares.len(), stated, sum });
        self
    }
}
