//! Which kinds of party a schema asks for, and which schemata may be the same thing.

use lagebild_names::NameKind;

/// All kinds of names, for a query that names no schema.
const ALL: [NameKind; 4] = [NameKind::Person, NameKind::Organisation, NameKind::Vessel, NameKind::Other];

/// The kinds of name that a query of this schema may mean. A `LegalEntity` may be a person or a body; a ship is a
/// vehicle, and ships and firms are assets.
pub(crate) fn kinds_of(schema: Option<&str>) -> &'static [NameKind] {
    match schema {
        Some("Person") => &ALL[..1],
        Some("LegalEntity") => &ALL[..2],
        Some("Organization" | "Organisation" | "Company" | "PublicBody") => &ALL[1..2],
        Some("Vessel") => &ALL[2..3],
        Some("Vehicle") => &ALL[2..],
        Some("Asset") => &ALL[1..],
        Some("Airplane" | "Security" | "CryptoWallet" | "Address") => &ALL[3..],
        _ => &ALL,
    }
}

/// The kinds of name that a listed party of this schema bears: the schemata that may mean it are those that ask for one
/// of these.
pub(crate) fn kinds_of_party(schema: &str) -> &'static [NameKind] {
    match schema {
        "LegalEntity" => &ALL[..2],
        "Organization" | "Organisation" | "Company" | "PublicBody" => &ALL[1..2],
        "Person" => &ALL[..1],
        "Vessel" => &ALL[2..3],
        _ => &ALL[3..],
    }
}
