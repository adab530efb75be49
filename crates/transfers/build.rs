//! Embeds this stage's lexicons.

fn main() {
    let files: Vec<String> =
        ["de", "en", "fr", "ru"].iter().map(|language| format!("{language}/dates")).collect();
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    lagebild_data::embed("../../data/lexicon", &names);
}
