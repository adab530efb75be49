//! Foreign crates are built once: `cargo test -p X` wants no features that `cargo test --workspace` did not build.

use super::root;
use std::collections::BTreeSet;
use std::process::Command;

/// Every foreign crate with its features, as a build of these packages wants it.
fn built(packages: &[&str]) -> Option<BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal,build,dev"])
        .args(["--prefix", "none", "--format", "{p} {f}"])
        .args(packages)
        .current_dir(root())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    let foreign = text.lines().filter(|line| !line.is_empty() && !line.contains("(/"));
    Some(foreign.map(|line| line.trim_end_matches(" (*)").trim().to_owned()).collect())
}

#[test]
fn one_crate_is_tested_with_the_features_of_all() {
    // Without the sources of all crates (a vendored or partial copy) there is nothing to compare.
    let Some(all) = built(&["--workspace"]) else { return };
    let mut more = Vec::new();
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let name = format!("lagebild-{}", entry.unwrap().file_name().to_string_lossy());
        let own = built(&["--package", &name]).expect("cargo tree knows the package");
        more.extend(own.difference(&all).map(|line| format!("{name}: {line}")));
    }
    assert!(more.is_empty(), "complete crates/workspace-hack/Cargo.toml: {more:#?}");
}
