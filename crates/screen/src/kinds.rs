//! Which kinds of party a schema asks for, and which schemata may be the same thing.

use lagebild_names::NameKind;

/// All kinds of names, for a query that names no schema.
const ALL: [NameKind; 4] = [NameKind::Person, NameKind::Organisation, NameKind::Vessel, NameKind::Other];

/// The kinds of name that a query of this schema may mean. A `LegalEntity` may be a person or a body.
pub(crate) fn kinds_of(schema: Option<&str>) -> &'static [NameKind] {
    match schema {
        Some("Person") => &ALL[..1],
        Some("LegalEntity") => &ALL[..2],
        Some("Organization" | "Organisation" | "Company" | "PublicBody") => &ALL[1..2],
        Some("Vessel") => &ALL[2..3],
        Some("Airplane" | "Vehicle" | "Asset" | "Security" | "CryptoWallet" | "Address") => &ALL[3..],
        _ => &ALL,
    }
}

/// The kind of name that a listed party of this schema bears.
pub(crate) fn kind_of_party(schema: &str) -> NameKind {
    match schema {
        "Organization" | "Organisation" | "Company" | "PublicBody" | "LegalEntity" => NameKind::Organisation,
        "Person" => NameKind::Person,
        "Vessel" => NameKind::Vessel,
        _ => NameKind::Other,
    }
}
