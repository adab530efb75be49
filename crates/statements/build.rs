//! Embeds the lexicons of reporting and certainty.

fn main() {
    lagebild_data::embed(
        "../../data",
        &[
            "lexicon/de/reporting",
            "lexicon/de/certainty",
            "lexicon/en/reporting",
            "lexicon/en/certainty",
            "lexicon/ru/reporting",
            "lexicon/ru/certainty",
        ],
    );
}
