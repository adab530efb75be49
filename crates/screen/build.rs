//! Embeds the names of countries.

fn main() {
    lagebild_data::embed("../../data", &["world/countries", "names/countries", "names/columns"]);
}
