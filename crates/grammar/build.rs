//! Turns the segmentation lexicons into the form that is embedded.

fn main() {
    lagebild_data::embed("../../data/lexicon", &["de/grammar", "en/grammar", "fr/grammar", "ru/grammar"]);
}
