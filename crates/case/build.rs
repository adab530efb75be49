//! Embeds the names of things that are known in several languages.

fn main() {
    lagebild_data::embed("../../data/world", &["media", "organisations", "places", "figures"]);
}
