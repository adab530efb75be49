//! Embeds the names of countries, and says what the program is that makes an index.

/// What an index comes from besides the lists and the data.
const SOURCES: [&str; 5] =
    ["src", "../names/src", "../mapped/src", "../watchlist/src/party.rs", "../watchlist/src/link.rs"];

fn main() {
    lagebild_data::embed("../../data", &["world/countries", "names/countries"]);
    lagebild_data::hash_sources(&SOURCES);
}
