//! A flow against the measures.

use crate::{day, failed, today};
use lagebild_measures::{Asked, Measures};
use pyo3::prelude::*;

/// A flow as it is asked about.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Given {
    giver: Option<String>,
    receiver: Option<String>,
    goods: Option<String>,
    quantity: Option<(f64, String)>,
    listed: Vec<String>,
    on: Option<String>,
}

/// The provisions that a flow touches on a day.
#[pyfunction]
pub(crate) fn check(py: Python<'_>, asked: Given) -> PyResult<String> {
    let on = day("on", asked.on.as_deref())?.unwrap_or_else(today);
    py.detach(|| {
        let Given { giver: from, receiver: to, goods, quantity, listed, .. } = asked;
        let flow = Asked { from, to, goods, quantity, listed }.flow().map_err(failed)?;
        let findings = Measures::shipped().check(&flow, on);
        serde_json::to_string(&findings).map_err(failed)
    })
}
