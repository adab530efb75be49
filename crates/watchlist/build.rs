//! Embeds the data files of this crate, and says what the program is that compiles lists for running text.

/// What a compiled list comes from besides the lists and the data.
const SOURCES: [&str; 6] =
    ["src/spot", "src/key.rs", "src/party.rs", "src/link.rs", "../names/src", "../mapped/src"];

fn main() {
    lagebild_data::embed(
        "../../data",
        &["lists/starter", "lists/spotting", "lists/publishers", "lists/relations"],
    );
    lagebild_data::hash_sources(&SOURCES);
}
