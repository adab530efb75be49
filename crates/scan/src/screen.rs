//! Names in, hits out.

use crate::scan::{decoder, finish, guarded, with_id};
use crate::{ScanError, column::Column, schema};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use lagebild_screen::{Hit, Index, Options, Query, Reason};
use serde::Serialize;
use std::sync::Arc;

/// Columns that say more of a party than its name, and the property that each is.
const PROPERTIES: [(&str, &str); 3] =
    [("birth_date", "birthDate"), ("country", "country"), ("gender", "gender")];

/// What is answered for a name, beside its `id`.
#[derive(Debug, Default, Serialize)]
struct Row<'h> {
    hits: Option<Vec<Found<'h>>>,
    error: Option<&'h str>,
}

#[derive(Debug, Serialize)]
struct Found<'h> {
    party: &'h str,
    schema: &'h str,
    caption: &'h str,
    score: f64,
    matched: bool,
    listed: Option<&'h str>,
    reasons: &'h [Reason],
}

/// Screens the names of a batch: one row out for each row in, in its place, the likeliest party first.
///
/// Columns in: `name`, and, where the batch has them, `id`, `schema` (`FollowTheMoney`, such as `Person`), `birth_date`, `country`,
/// `gender`. Columns out: [`screen_schema`].
pub fn screen(batch: &RecordBatch, index: &Index, options: &Options) -> Result<RecordBatch, ScanError> {
    let name = Column::needed(batch, "name")?;
    let kind = Column::of(batch, "schema")?;
    let mut properties = Vec::new();
    for (column, property) in PROPERTIES {
        properties.push((Column::of(batch, column)?, property));
    }
    let mut rows = decoder(Arc::new(schema::names()), batch.num_rows())?;
    for row in 0..batch.num_rows() {
        let asked = || {
            let name = name.filled(row).ok_or("there is no name")?;
            let mut query = Query::name(name, kind.filled(row));
            for (column, property) in &properties {
                let value = column.filled(row).map(|value| ((*property).into(), vec![value.into()]));
                query.properties.extend(value);
            }
            Ok(index.screen(&query, options))
        };
        let answer = guarded(asked);
        let answer = match &answer {
            Ok(hits) => Row { hits: Some(hits.iter().map(found).collect()), error: None },
            Err(error) => Row { hits: None, error: Some(error) },
        };
        rows.serialize(&[answer])?;
    }
    finish(batch, &mut rows, &schema::names())
}

/// The columns that [`screen`] answers for names of this schema.
pub fn screen_schema(given: &Schema) -> Schema {
    with_id(given, &schema::names())
}

fn found(hit: &Hit) -> Found<'_> {
    Found {
        party: &hit.party,
        schema: &hit.schema,
        caption: &hit.caption,
        score: hit.score,
        matched: hit.matched,
        listed: hit.name.as_ref().map(|name| name.listed.as_str()),
        reasons: &hit.reasons,
    }
}
