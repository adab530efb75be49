//! The lists that are asked.

use crate::{day, failed};
use lagebild_scan::Lists;
use lagebild_watchlist::store::standard_folder;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Lists of parties that texts and names are held against. Made by `Watchlist.starter()`, `Watchlist.stored()` or
/// `Watchlist.from_files()`; prepared when first asked, once (seconds for large lists), and shared by all threads.
#[pyclass(module = "lagebild", frozen)]
pub(crate) struct Watchlist(pub(crate) Arc<Lists>);

/// One file or the several that make up a list.
#[derive(FromPyObject)]
enum Files {
    One(PathBuf),
    Several(Vec<PathBuf>),
}

#[pymethods]
impl Watchlist {
    /// The small built-in list: for a first look, not for compliance.
    #[staticmethod]
    fn starter() -> Self {
        Self(Arc::new(Lists::starter()))
    }

    /// Lists that `lagebild lists update` or `lagebild lists add` keeps in a folder (else `$LAGEBILD_LISTS`, else the standard data
    /// folder): those that are named, else all; as they were on a day, else the present ones.
    #[staticmethod]
    #[pyo3(signature = (folder=None, *, lists=Vec::new(), as_of=None))]
    fn stored(
        py: Python<'_>,
        folder: Option<PathBuf>,
        lists: Vec<String>,
        as_of: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let as_of = as_of.map(PyAnyMethods::str).transpose()?.map(|day| day.to_string());
        let as_of = day("as_of", as_of.as_deref())?;
        let stored = py.detach(move || Lists::stored(folder.unwrap_or_else(standard_folder), &lists, as_of));
        Ok(Self(Arc::new(stored.map_err(failed)?)))
    }

    /// Lists from files as their publishers offer them, plain, .xz or .gz: `{"un-sc": "consolidated.xml"}`. The key is what the ids of
    /// its parties begin with; a list of several tables takes a list of files, a table of one's own its mapping beside it.
    #[staticmethod]
    fn from_files(py: Python<'_>, files: std::collections::BTreeMap<String, Files>) -> PyResult<Self> {
        let several = |files| match files {
            Files::One(file) => vec![file],
            Files::Several(files) => files,
        };
        let files: Vec<(String, Vec<PathBuf>)> =
            files.into_iter().map(|(name, files)| (name, several(files))).collect();
        Ok(Self(Arc::new(py.detach(|| Lists::files(&files)).map_err(failed)?)))
    }

    /// How many parties the lists hold.
    fn __len__(&self) -> usize {
        self.0.parties()
    }

    /// What of the files could not be read or had to be mended, a line each.
    #[getter]
    fn problems(&self) -> Vec<String> {
        self.0.problems().to_vec()
    }

    fn __repr__(&self) -> String {
        let starter = if self.0.is_starter() { " (starter)" } else { "" };
        format!("<lagebild.Watchlist: {} parties{starter}>", self.0.parties())
    }
}
