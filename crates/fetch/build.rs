//! Embeds the data files of this crate.

fn main() {
    lagebild_data::embed("../../data", &["lists/publishers", "fetch"]);
}
