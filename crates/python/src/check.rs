//! A flow against the measures.

use crate::{day, failed, today};
use lagebild_ftm::{Kind, clean};
use lagebild_goods::Goods;
use lagebild_measures::{Flow, Measures};
use pyo3::prelude::*;

/// A flow as it is asked about.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked {
    giver: Option<String>,
    receiver: Option<String>,
    goods: Option<String>,
    quantity: Option<(f64, String)>,
    listed: Vec<String>,
    on: Option<String>,
}

/// The provisions that a flow touches on a day.
#[pyfunction]
pub(crate) fn check(py: Python<'_>, asked: Asked) -> PyResult<String> {
    let on = day("on", asked.on.as_deref())?.unwrap_or_else(today);
    py.detach(|| {
        let findings = Measures::shipped().check(&flow(asked)?, on);
        serde_json::to_string(&findings).map_err(failed)
    })
}

fn flow(asked: Asked) -> PyResult<Flow> {
    if asked.giver.is_none() && asked.receiver.is_none() {
        return Err(failed("give `giver`, `receiver` or both"));
    }
    if asked.goods.is_none() && asked.listed.is_empty() {
        return Err(failed("give `goods`, `listed` or both"));
    }
    if let Some(class) = asked.goods.as_deref().filter(|class| Goods::shipped().class(class).is_none()) {
        let near = Goods::shipped().nearest(class).join(", ");
        let near = if near.is_empty() { near } else { format!("; near it: {near}") };
        return Err(failed(format!("there is no class of goods `{class}`{near}")));
    }
    Ok(Flow {
        from: asked.giver.as_deref().map(country).transpose()?,
        to: asked.receiver.as_deref().map(country).transpose()?,
        class: asked.goods,
        quantity: asked.quantity,
        listed_parties: asked.listed,
        ..Flow::default()
    })
}

/// The code of a country that exists, given as a code or a name.
fn country(given: &str) -> PyResult<String> {
    let code = clean(Kind::Country, given).filter(|code| code.len() == 2);
    let unknown = || {
        failed(format!(
            "`{given}` is no country; give its code of two letters (ISO 3166-1 alpha-2, such as KP) or its English name"
        ))
    };
    Ok(code.ok_or_else(unknown)?.to_ascii_uppercase())
}
