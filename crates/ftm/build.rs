//! Embeds the model.

fn main() {
    lagebild_data::embed("../../data/ftm", &["schemata", "types", "topics", "countries"]);
}
