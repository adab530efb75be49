//! Embeds the data files of this crate.

fn main() {
    lagebild_data::embed(
        "../../data",
        &["lists/starter", "lists/spotting", "lists/publishers", "lists/relations"],
    );
}
