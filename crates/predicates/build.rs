//! Embeds the lexicons of the languages that have them.

use std::fmt::Write;
use std::path::Path;

#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn main() {
    let folder = "../../data/lexicon";
    println!("cargo::rerun-if-changed={folder}");
    let mut codes: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|code| Path::new(folder).join(code).join("predicates.yaml").exists())
        .collect();
    codes.sort();
    let names: Vec<String> = codes
        .iter()
        .flat_map(|code| ["predicates", "factuality"].map(|file| format!("{code}/{file}")))
        .collect();
    lagebild_data::embed(folder, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut table = String::from("static FILES: &[(&str, &str, &str)] = &[\n");
    for code in &codes {
        let json = |file: &str| format!("include_str!(concat!(env!(\"OUT_DIR\"), \"/{code}-{file}.json\"))");
        writeln!(table, "(\"{code}\", {}, {}),", json("predicates"), json("factuality")).unwrap();
    }
    table.push_str("];\n");
    std::fs::write(Path::new(&std::env::var("OUT_DIR").unwrap()).join("files.rs"), table).unwrap();
}
