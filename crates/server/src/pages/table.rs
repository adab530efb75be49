//! A table of names, screened row by row.

use super::screening::{explained, hits, party};
use super::words::Tongue;
use crate::data::Snapshot;
use lagebild_screen::Columns;
use maud::{Markup, html};

/// Rows that are screened at once; the command line does whole files.
const MOST_ROWS: usize = 500;

/// The rows with their best hits. An error says what is wrong with the table.
pub(super) fn screened(
    snapshot: &Snapshot,
    tongue: Tongue,
    text: &str,
    threshold: f64,
) -> Result<Markup, String> {
    let mut rows = rows(text);
    if rows.is_empty() {
        return Err(tongue.say("none_found").to_owned());
    }
    let headings = rows.remove(0);
    let columns = Columns::of(&headings, &[]).map_err(|error| error.to_string())?;
    rows.truncate(MOST_ROWS);
    let found: Vec<(String, Vec<_>)> = rows
        .iter()
        .map(|row| {
            let query = columns.query(row, None);
            (query.names.join("; "), hits(snapshot, &query, threshold))
        })
        .collect();
    Ok(html! {
        section.hits aria-live="polite" {
            h2 { (tongue.say("hits")) " " span.count { (found.iter().filter(|(_, hits)| !hits.is_empty()).count()) "/" (found.len()) } }
            div.wide tabindex="0" {
                table {
                    thead { tr { th scope="col" { (tongue.say("name")) } th scope="col" { (tongue.say("party")) }
                        th scope="col" { (tongue.say("score")) } th scope="col" { (tongue.say("why")) } } }
                    tbody {
                        @for (name, hits) in &found {
                            tr {
                                th scope="row" dir="auto" { (name) }
                                @if let Some(best) = hits.first() {
                                    td { a href={(party(snapshot, best).1) "?lang=" (tongue.code())} dir="auto" { (best.caption) }
                                        @if hits.len() > 1 { " +" (hits.len() - 1) } }
                                    td { strong { (format!("{:.2}", best.score)) } }
                                    td { details { summary { (tongue.say("why")) } (explained(tongue, best)) } }
                                } @else { td { "–" } td {} td {} }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// Lines of a table; columns stand apart by the first of tab, semicolon and comma that the first line has. Quotation
/// marks keep a column together.
fn rows(text: &str) -> Vec<Vec<String>> {
    let first = text.lines().next().unwrap_or_default();
    let apart = ['\t', ';'].into_iter().find(|mark| first.contains(*mark)).unwrap_or(',');
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| cells(line, apart)).collect()
}

fn cells(line: &str, apart: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match (letter, cells.last_mut()) {
            ('"', _) => quoted = !quoted,
            (letter, _) if letter == apart && !quoted => cells.push(String::new()),
            (letter, Some(cell)) => cell.push(letter),
            (_, None) => {}
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn tables_come_apart_by_their_first_line() {
        assert_eq!(
            rows("name,country\n\"Muster, Anna\",de\n\n"),
            [["name", "country"], ["Muster, Anna", "de"]]
        );
        assert_eq!(rows("Name\tLand\nA, B\tde"), [["Name", "Land"], ["A, B", "de"]]);
    }
}
