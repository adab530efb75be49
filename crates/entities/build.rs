//! Embeds the world data.

fn main() {
    let names = ["countries", "media", "organisations", "places", "figures", "given_names"];
    lagebild_data::embed("../../data/world", &names);
}
