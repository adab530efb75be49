//! Embeds the data files of this crate, and lists those of the regimes.

use std::fmt::Write;
use std::path::Path;

#[expect(clippy::unwrap_used, reason = "a build script stops by panicking")]
fn main() {
    println!("cargo::rerun-if-changed=../../data/measures");
    let mut names: Vec<String> = std::fs::read_dir("../../data/measures")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".yaml").map(String::from))
        .filter(|name| !["scenarios", "scenarios-blind", "jurisdictions", "covered"].contains(&name.as_str()))
        .collect();
    names.sort();
    let regimes = names.iter().map(String::as_str);
    let files: Vec<String> =
        regimes.chain(["jurisdictions", "covered"]).map(|name| format!("measures/{name}")).collect();
    lagebild_data::embed("../../data", &files.iter().map(String::as_str).collect::<Vec<_>>());
    let mut list = String::from("[\n");
    for name in &names {
        let json = format!("include_str!(concat!(env!(\"OUT_DIR\"), \"/measures-{name}.json\"))");
        writeln!(list, "(\"data/measures/{name}.yaml\", {json}),").unwrap();
    }
    list.push_str("]\n");
    let out = std::env::var("OUT_DIR").unwrap();
    std::fs::write(Path::new(&out).join("regimes.rs"), list).unwrap();
}
