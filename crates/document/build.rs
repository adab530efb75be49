//! Turns the lexicons into the form that is embedded.

fn main() {
    lagebild_data::embed(
        "../../data/lexicon",
        &[
            "de/document",
            "en/document",
            "fr/document",
            "ko/document",
            "ru/document",
            "de/dates",
            "en/dates",
            "fr/dates",
            "ru/dates",
        ],
    );
}
