//! Embeds the data files of this crate.

fn main() {
    lagebild_data::embed(
        "../../data/names",
        &[
            "sounds",
            "words",
            "common",
            "common_persons",
            "confusions",
            "han_pinyin",
            "han_other",
            "han_variants",
            "han_jyutping",
            "hangul",
            "letters",
            "schemas",
            "spelt_cantonese",
            "spelt_korean",
            "spelt_mandarin",
            "scripts/arabic",
            "scripts/armenian",
            "scripts/burmese",
            "scripts/cyrillic",
            "scripts/devanagari",
            "scripts/georgian",
            "scripts/greek",
            "scripts/hebrew",
            "scripts/kana",
            "scripts/thai",
        ],
    );
}
