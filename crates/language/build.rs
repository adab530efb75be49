//! Embeds every file of every folder of `data/lexicon`: a folder is a language.

fn main() {
    lagebild_data::embed_folders("../../data/lexicon", "languages.rs");
}
