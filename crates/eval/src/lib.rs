//! Measures readings against hand-made gold case files and corpora of quotations and event arguments, and names and screening
//! against labelled pairs.
//!
//! A gold file says what a person found in an article; [`score`] counts, layer by layer, what a reading has in
//! common with it. Two spans match when their overlap is at least half of the longer one.
//!
//! Knows gold and how to count. No product crate but the command may use it; what it counts it must not mend, and no text
//! of the data that it measures lies here.

mod align;
pub mod case;
pub mod corpus;
mod gold;
pub mod own;
pub mod pairs;
pub mod parties;
pub mod quotes;
mod score;
mod tally;
pub mod transfers;

pub use gold::{Gold, GoldEntity, GoldEvent, GoldFinding, GoldStatement, GoldTransfer, OneOrMany};
pub use score::score;
pub use tally::{Accuracy, Scores, Tally};
