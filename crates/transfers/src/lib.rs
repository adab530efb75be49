//! What is said to go from whom to whom, and what happened when and where.

mod dates;
mod model;

pub use dates::dates;
pub use model::{DateRange, Event, EventId, Precision, Quantity, Status, Transfer, TransferId};
