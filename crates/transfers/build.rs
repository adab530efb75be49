//! Embeds this stage's lexicons.

fn main() {
    let files: Vec<String> = ["de", "en", "fr", "ru"]
        .iter()
        .flat_map(|language| ["dates", "transfers"].map(|file| format!("{language}/{file}")))
        .collect();
    let events = ["de", "en", "ru"].map(|language| format!("{language}/events"));
    let names: Vec<&str> = files.iter().chain(&events).map(String::as_str).collect();
    lagebild_data::embed("../../data/lexicon", &names);
}
