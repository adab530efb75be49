//! Embeds the kinds of transfer.

fn main() {
    lagebild_data::embed("../../data", &["frames"]);
}
