//! Lagebild for Python: what crosses the border. The package around it (`python/lagebild`) has the signatures and the words.
//!
//! Readings and hits cross as the JSON that the command prints, so that both are the same by construction; tables cross by the Arrow
//! `PyCapsule` interface, without a copy and without pyarrow. The interpreter's lock is released while anything is worked out.
//!
//! Knows Python, threads and the clock (the day of today). It must not know how anything is read, screened or checked.

mod arrow;
mod check;
mod tables;
mod texts;
mod watchlist;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pyo3::create_exception!(
    lagebild,
    LagebildError,
    PyException,
    "What was asked cannot be done; the message says why and what to do."
);

/// An error as Python sees it.
fn failed(error: impl std::fmt::Display) -> PyErr {
    LagebildError::new_err(error.to_string())
}

/// A day as Python wrote it.
fn day(name: &str, written: Option<&str>) -> PyResult<Option<jiff::civil::Date>> {
    let wrong = |written: &str| failed(format!("{name}: `{written}` is no day such as 2023-09-12"));
    written.map(|written| written.parse().map_err(|_| wrong(written))).transpose()
}

fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

#[pymodule]
fn _lagebild(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("LagebildError", module.py().get_type::<LagebildError>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<watchlist::Watchlist>()?;
    module.add_class::<arrow::Table>()?;
    module.add_function(wrap_pyfunction!(texts::read, module)?)?;
    module.add_function(wrap_pyfunction!(texts::spot, module)?)?;
    module.add_function(wrap_pyfunction!(texts::screen, module)?)?;
    module.add_function(wrap_pyfunction!(check::check, module)?)?;
    module.add_function(wrap_pyfunction!(tables::scan, module)?)?;
    module.add_function(wrap_pyfunction!(tables::screen_table, module)?)
}
