//! Embargo provisions as data, and the check of a flow against those in force on a day.
//!
//! ```
//! use lagebild_measures::{Flow, Measures, Verdict};
//!
//! let flow = Flow {
//!     from: Some("KP".into()),
//!     to: Some("RU".into()),
//!     class: Some("artillery_ammunition".into()),
//!     ..Flow::default()
//! };
//! let findings = Measures::shipped().check(&flow, jiff::civil::date(2023, 9, 13));
//! assert_eq!(findings[0].measure.as_deref(), Some("un-1874-9"));
//! assert_eq!(findings[0].verdict, Verdict::Touched);
//! ```
//!
//! The answer is an evidence state with the provision, the reason and what is missing to be sure. It says which
//! provisions a flow touches, never whether anyone did wrong.
//!
//! Knows provisions, days and flows. It must not know documents, sentences, or how a flow was found, nor today's date:
//! the day is asked for. What it cannot decide is an answer of its own, never silence.

mod asked;
mod check;
mod coverage;
mod finding;
mod flow;
mod jurisdiction;
mod measures;
mod model;
mod validate;

pub use asked::{AskError, Asked};
pub use coverage::{Coverage, Covered, CoveredJurisdiction, RegimeCoverage, Shares};
pub use finding::{Finding, Related, Verdict};
pub use flow::{Exchange, Flow, FlowKind};
pub use measures::{Diff, Measures};
pub use model::{
    Basis, Cap, Direction, Exception, Exclusion, Force, Kind, Limit, ListReference, Measure, Nexus,
    PossibleFor, Record, Reminder, Status, Verification,
};

/// What the README shows, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
