//! Embeds the names of algorithms.

fn main() {
    lagebild_data::embed("../../data/server", &["algorithms"]);
}
