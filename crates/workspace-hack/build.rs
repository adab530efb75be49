//! Does nothing: without a build script cargo leaves out `[build-dependencies]`, whose features are what it is for.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
