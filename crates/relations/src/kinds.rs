//! The kinds of relation: `data/relations.yaml`.

use lagebild_data::embedded;
use lagebild_entities::EntityKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A kind of relation; the head of the file explains the fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// In one line.
    pub meaning: String,
    /// It holds both ways.
    #[serde(default)]
    pub symmetric: bool,
    /// A share in percent may stand beside it.
    #[serde(default)]
    pub share: bool,
    from: Vec<Side>,
    to: Vec<Side>,
    /// Interval schema of `FollowTheMoney`.
    pub schema: String,
    /// Properties of that schema for the two sides.
    pub properties: (String, String),
    /// Words between the sides.
    pub label: Label,
}

/// What stands between the sides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    Person,
    Organisation,
    Country,
    Vessel,
}

impl Side {
    fn is(self, kind: EntityKind) -> bool {
        match self {
            Side::Person => kind == EntityKind::Person,
            Side::Organisation => kind == EntityKind::Organisation,
            Side::Country => kind == EntityKind::Country,
            Side::Vessel => kind == EntityKind::Vessel,
        }
    }
}

impl Kind {
    /// Two sides in the order in which two tellings of the same relation can be compared: of what holds both ways the lower first.
    pub fn ordered<T: Ord>(&self, from: T, to: T) -> (T, T) {
        if self.symmetric && to < from { (to, from) } else { (from, to) }
    }

    /// True where entities of these kinds can stand so to each other.
    pub(crate) fn fits(&self, from: EntityKind, to: EntityKind) -> bool {
        self.from.iter().any(|side| side.is(from)) && self.to.iter().any(|side| side.is(to))
    }
}

/// All kinds by their ids; none should the embedded form not fit, which a test rules out.
pub fn kinds() -> &'static BTreeMap<String, Kind> {
    static ALL: LazyLock<BTreeMap<String, Kind>> = LazyLock::new(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/relations.json"));
        embedded("data/relations.yaml", json).unwrap_or_default()
    });
    &ALL
}

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    kinds().get(id)
}
