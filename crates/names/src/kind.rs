//! What kind of thing bears a name: it decides how its parts weigh.

/// The kind of party a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, authority, armed group or other body.
    Organisation,
    /// A ship.
    Vessel,
    /// Anything else, or not known.
    Other,
}

impl NameKind {
    /// The kind behind a FollowTheMoney schema name.
    pub fn of_schema(schema: &str) -> Self {
        match schema {
            "Person" => Self::Person,
            "Vessel" => Self::Vessel,
            "Organization" | "Organisation" | "Company" | "PublicBody" | "LegalEntity" => Self::Organisation,
            _ => Self::Other,
        }
    }
}
