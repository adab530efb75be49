//! Embeds the data files of this crate.

fn main() {
    let files = [
        "goods/classes",
        "goods/systems",
        "goods/calibres",
        "goods/terms/de",
        "goods/terms/en",
        "goods/terms/fr",
        "goods/terms/ko",
        "goods/terms/ru",
    ];
    lagebild_data::embed("../../data", &files);
}
