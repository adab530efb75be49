//! Who says what, through whom, and how sure.

mod model;

pub use model::{Act, Certainty, Manner, Statement, StatementId};
