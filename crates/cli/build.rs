//! Embeds the list of licences.

fn main() {
    lagebild_data::embed("../../data", &["licences"]);
}
