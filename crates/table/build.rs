//! Embeds the headings of tables, the values in them, and the names of countries.

fn main() {
    lagebild_data::embed("../../data", &["tables/headings", "tables/values", "world/countries"]);
}
