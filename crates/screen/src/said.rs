//! What the list says of the party of a hit, beside its name.

use crate::{Hit, Index, Owners};
use lagebild_watchlist::{NameQuality, Party};
use serde::Serialize;

/// What an analyst asks first of a hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Said {
    /// The list.
    pub list: String,
    /// Programmes or regimes that it is listed under.
    pub programme: Vec<String>,
    /// Day of listing, as published.
    pub listed_since: Option<String>,
    /// The publisher's word on the name that is like the one asked for: `primary`, `alias`, `weak alias`, `former name`,
    /// `not the publisher's`.
    pub name_quality: Option<&'static str>,
    /// FollowTheMoney topics, such as `role.pep`.
    pub topics: Vec<String>,
    /// The list's file names it without listing it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_named: bool,
    /// Who stands above it, as the list states it.
    pub owners: Owners,
}

impl Index {
    /// What the list says of the party of a hit.
    pub fn said(&self, hit: &Hit) -> Said {
        let party = self.party(hit.number).unwrap_or_default();
        let all = |property: &str| party.properties.get(property).cloned().unwrap_or_default();
        let programme = [all("program"), all("programId")];
        Said {
            list: party.list().into(),
            programme: programme.into_iter().find(|them| !them.is_empty()).unwrap_or_default(),
            listed_since: party.first("listingDate").map(String::from),
            name_quality: quality(&party, hit.name.as_ref().map_or("", |name| &name.listed)),
            topics: all("topics"),
            only_named: party.only_named,
            owners: self.owners(hit.number),
        }
    }
}

impl Index {
    /// A hit with what its list says of its party, as the command prints it.
    pub fn listed(&self, hit: &Hit) -> serde_json::Value {
        let mut value = serde_json::to_value(hit).unwrap_or_default();
        let said = serde_json::to_value(self.said(hit)).unwrap_or_default();
        if let (Some(members), serde_json::Value::Object(said)) = (value.as_object_mut(), said) {
            members.extend(said);
        }
        value
    }

    /// The same with all relations that the list states of the party.
    pub fn with_relations(&self, hit: &Hit) -> serde_json::Value {
        let mut value = self.listed(hit);
        if let Some(members) = value.as_object_mut() {
            let relations = serde_json::to_value(self.links(hit.number)).unwrap_or_default();
            members.insert("relations".into(), relations);
        }
        value
    }
}

/// What the publisher says of the name that is like the one asked for.
fn quality(party: &Party, listed: &str) -> Option<&'static str> {
    let name = party.names.iter().find(|name| name.full == listed)?;
    Some(match name.quality {
        NameQuality::Primary => "primary",
        NameQuality::Alias => "alias",
        NameQuality::Weak => "weak alias",
        NameQuality::Former => "former name",
        NameQuality::Unlisted => "not the publisher's",
    })
}
