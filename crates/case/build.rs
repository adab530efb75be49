//! Embeds the names of things that are known in several languages, and where places lie.

fn main() {
    let names = ["countries", "media", "organisations", "places", "figures", "points"];
    lagebild_data::embed("../../data/world", &names);
}
