//! Embeds the list of licences, and what is known of tesseract.

fn main() {
    lagebild_data::embed("../../data", &["licences", "ocr"]);
}
