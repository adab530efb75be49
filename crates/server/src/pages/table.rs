//! A table of names, screened row by row.

use super::hit::{explained, party};
use super::screening::{LONGEST_NAME, hits};
use super::words::Tongue;
use crate::data::Snapshot;
use crate::work::Wanted;
use lagebild_screen::{Hit, Query};
use lagebild_table::{Columns, Row, Settings, Table};
use maud::{Markup, html};

/// Rows that are screened at once; the command line does whole files.
const MOST_ROWS: usize = 1000;
/// Hits counted of a row.
const MOST_HITS: usize = 10;

/// A row with what was found.
struct Screened {
    /// What was asked for.
    name: String,
    /// Its hits, or why it could not be screened.
    found: Result<Vec<Hit>, String>,
    /// What of it could not be understood.
    doubts: Vec<String>,
}

/// The rows with their best hits. An error says what is wrong with the table.
pub(super) fn screened(
    snapshot: &Snapshot,
    tongue: Tongue,
    text: &str,
    threshold: f64,
    wanted: &Wanted,
) -> Result<Markup, String> {
    let settings = Settings::default();
    let table = lagebild_table::read(text.as_bytes(), "csv", &settings).map_err(|error| error.to_string())?;
    let (columns, notes) = Columns::of(&table, &settings).map_err(|error| error.to_string())?;
    let mut rows = Vec::new();
    for row in table.rows.iter().take(MOST_ROWS) {
        wanted.check().map_err(|_| tongue.say("problem").to_owned())?;
        rows.push(one(snapshot, tongue, &columns, row, threshold));
    }
    let left = table.rows.len() - rows.len();
    let faults = rows.iter().filter(|row| row.found.is_err()).count();
    let found = rows.iter().filter(|row| row.found.as_ref().is_ok_and(|hits| !hits.is_empty())).count();
    Ok(html! {
        section.hits aria-live="polite" {
            @if left > 0 {
                p.problem role="alert" { strong { (left) } " " (tongue.say("rows_left")) " (" (MOST_ROWS) ")." }
            }
            @if faults > 0 { p.problem role="alert" { strong { (faults) } " " (tongue.say("rows_faulty")) } }
            @if !table.notes.is_empty() || !notes.is_empty() {
                ul.notes { @for note in table.notes.iter().chain(&notes) { li { (note.words) @if let Some(doubt) = &note.doubt { " (" (doubt) ")" } } } }
            }
            h2 { (tongue.say("hits")) " " span.count { (found) "/" (rows.len()) } }
            (listing(snapshot, tongue, &table, &rows))
        }
    })
}

fn one(snapshot: &Snapshot, tongue: Tongue, columns: &Columns, row: &Row, threshold: f64) -> Screened {
    let doubts = columns.doubts(row);
    let query = columns.record(row).map(|record| Query::of_record(record, None)).and_then(|query| {
        let is_long = query.names.iter().any(|name| name.chars().count() > LONGEST_NAME);
        if is_long { Err(tongue.say("name_too_long").to_owned()) } else { Ok(query) }
    });
    let name = match &query {
        Ok(query) if !query.names.is_empty() => query.names.join("; "),
        _ => row.cells.iter().find(|cell| !cell.trim().is_empty()).cloned().unwrap_or_default(),
    };
    let name = name.chars().take(200).collect();
    Screened { name, found: query.map(|query| hits(snapshot, &query, threshold, MOST_HITS)), doubts }
}

fn listing(snapshot: &Snapshot, tongue: Tongue, table: &Table, rows: &[Screened]) -> Markup {
    html! {
        div.wide role="region" aria-label=(tongue.say("screen")) tabindex="0" {
            table {
                thead { tr { th scope="col" { (tongue.say("line")) } th scope="col" { (tongue.say("name")) } th scope="col" { (tongue.say("party")) }
                    th scope="col" { (tongue.say("score")) } th scope="col" { (tongue.say("why")) } } }
                tbody {
                    @for (row, screened) in table.rows.iter().zip(rows) {
                        tr {
                            td.number { (row.line) }
                            th scope="row" dir="auto" {
                                (screened.name)
                                @for doubt in &screened.doubts { p.problem { (doubt) } }
                            }
                            (cells(snapshot, tongue, &screened.found))
                        }
                    }
                }
            }
        }
    }
}

fn cells(snapshot: &Snapshot, tongue: Tongue, found: &Result<Vec<Hit>, String>) -> Markup {
    let hits = match found {
        Ok(hits) => hits,
        Err(why) => return html! { td colspan="3" { p.problem { (tongue.say("not_screened")) ": " (why) } } },
    };
    let Some((best, (_, address))) = hits.first().and_then(|best| Some((best, party(snapshot, best)?)))
    else {
        return html! { td { "–" } td {} td {} };
    };
    html! {
        td { a href={(address) "?lang=" (tongue.code())} dir="auto" { (best.caption) }
            @if hits.len() > 1 { " +" (hits.len() - 1) } }
        td { strong { (format!("{:.2}", best.score)) } }
        td { details { summary { (tongue.say("why")) } (explained(tongue, best)) } }
    }
}
