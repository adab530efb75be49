//! The `lagebild` command.

fn main() {}
