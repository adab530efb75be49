//! A reading or a case for a person at a terminal, at any width from 40 columns on.

mod case;
mod findings;
mod hits;
mod page;
mod reading;
mod short;

pub use case::case;
pub use hits::hits;
pub use page::Page;
pub use reading::reading;
pub use short::short;
