//! What is said to go from whom to whom, and what happened when and where.

mod model;

pub use model::{DateRange, Event, EventId, Precision, Quantity, Status, Transfer, TransferId};
