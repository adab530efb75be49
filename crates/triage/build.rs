//! Embeds the weights of the ranking.

fn main() {
    lagebild_data::embed("../../data", &["triage"]);
}
