//! Embeds the names of algorithms and the words of the pages.

fn main() {
    lagebild_data::embed("../../data/server", &["algorithms", "words"]);
}
