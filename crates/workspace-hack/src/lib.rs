//! No code: its manifest names the features that the whole workspace uses of the crates from elsewhere.
//!
//! Every crate has it among its `[dev-dependencies]`. So `cargo test -p X` builds foreign crates with the same features as
//! `cargo test --workspace` does, and builds none of them twice. A product build does not see it. Nothing may use it.
