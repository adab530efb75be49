//! Embeds the world data and the lexicons of this crate.

fn main() {
    let names: Vec<String> = ["countries", "media", "organisations", "places", "figures", "given_names"]
        .iter()
        .map(|name| format!("world/{name}"))
        .chain(["de", "en", "ru", "fr", "ko"].iter().map(|language| format!("lexicon/{language}/entities")))
        .collect();
    lagebild_data::embed("../../data", &names.iter().map(String::as_str).collect::<Vec<_>>());
}
