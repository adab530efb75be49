//! Embeds the kinds of relation.

fn main() {
    lagebild_data::embed("../../data", &["relations"]);
}
