//! Text with separators: which one, and quotes that people, not programs, have set.

use crate::{Note, Settings, Table, heading, tabled};

const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];
/// Lines by which the separator is told.
const LOOKED_AT: usize = 200;
/// Lines that a cell may go over.
const LONGEST: usize = 64;

type Line = (u64, Vec<String>);

pub(crate) fn read(text: &str, settings: &Settings) -> Table {
    let (said, text) = said_separator(text);
    let given = settings.separator.or(said);
    let lines = lines(text);
    let (separator, note) = given.map_or_else(|| guessed(text, &lines, settings), |given| (given, None));
    let (rows, strays) = parsed(text, &lines, separator);
    let mut table = tabled(rows, settings);
    table.notes.splice(0..0, note);
    if let Some(first) = strays.first() {
        let many = strays.len();
        table.notes.push(Note::sure(format!(
            "a quotation mark that nothing closes is left out ({many} lines, first {first})"
        )));
    }
    table
}

/// A spreadsheet's own word in the first line: `sep=;`.
fn said_separator(text: &str) -> (Option<char>, &str) {
    let rest = || text.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")).and_then(|_| text.get(4..));
    let said = rest().and_then(|rest| Some((rest.chars().next()?, rest)));
    match said {
        // The line stays, empty, so that lines are counted as in the file.
        Some((separator, rest)) => (Some(separator), rest.get(separator.len_utf8()..).unwrap_or_default()),
        None => (None, text),
    }
}

/// First and last byte of each line, whatever ends it.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split(end) {
        lines.push((start, start + line.trim_end_matches('\r').len()));
        start += line.len() + 1;
    }
    lines
}

/// The separator under which most headings are known; among equals the one that gives all lines the same number of cells.
fn guessed(text: &str, lines: &[(usize, usize)], settings: &Settings) -> (char, Option<Note>) {
    let mut tried: Vec<((usize, usize, usize), char)> = Vec::new();
    for separator in SEPARATORS {
        let some = lines.iter().filter(|(start, end)| start < end).take(LOOKED_AT);
        let rows: Vec<Line> = some
            .map(|&(start, end)| (0, lenient(text.get(start..end).unwrap_or_default(), separator).0))
            .collect();
        let mut widths: Vec<usize> =
            rows.iter().map(|(_, cells)| cells.len()).filter(|&width| width > 1).collect();
        widths.sort_unstable();
        let most =
            widths.chunk_by(|a, b| a == b).map(|same| (same.len(), same.first().copied().unwrap_or(1))).max();
        let (share, width) = most.unwrap_or_default();
        tried.push((
            (heading::best_score(&rows, settings), share * 100 / rows.len().max(1), width),
            separator,
        ));
    }
    tried.sort_by_key(|one| std::cmp::Reverse(one.0));
    let best = tried.first().copied().unwrap_or(((0, 0, 0), ','));
    if best.0.1 == 0 {
        return (',', None);
    }
    let shown = if best.1 == '\t' { "tab".to_string() } else { best.1.to_string() };
    let near =
        tried.get(1).filter(|next| next.0.0 == best.0.0 && next.0.1 * 10 >= best.0.1 * 9 && best.0.1 > 0);
    let note = match near {
        Some(next) => Some(Note::doubtful(
            format!("separator: {shown} (it may be {})", next.1),
            "--separator CHARACTER",
        )),
        None if best.1 == ',' => None,
        None => Some(Note::sure(format!("separator: {shown}"))),
    };
    (best.1, note)
}

/// All rows; and the lines with a quotation mark that nothing closes.
fn parsed(text: &str, lines: &[(usize, usize)], separator: char) -> (Vec<Line>, Vec<u64>) {
    let (mut rows, mut strays) = (Vec::new(), Vec::new());
    let part = |from: usize, to: usize| {
        let (start, end) = (lines.get(from)?.0, lines.get(to)?.1);
        text.get(start..end)
    };
    let mut at = 0;
    while let Some(line) = part(at, at) {
        let number = at as u64 + 1;
        let first = strict(line, separator);
        let longer = (first == Strict::Open).then(|| several(&part, at, separator)).flatten();
        if let Strict::Cells(cells) = first {
            rows.push((number, cells));
        } else if let Some((cells, last)) = longer {
            rows.push((number, cells));
            at = last;
        } else {
            let (cells, stray) = lenient(line, separator);
            strays.extend(stray.then_some(number));
            rows.push((number, cells));
        }
        at += 1;
    }
    (rows, strays)
}

/// A row whose quoted cell goes over several lines, and its last line. None when the quotation mark is a stray one: when
/// nothing closes it, or when each of the lines is a row by itself.
fn several<'a>(
    part: &impl Fn(usize, usize) -> Option<&'a str>,
    at: usize,
    separator: char,
) -> Option<(Vec<String>, usize)> {
    for last in at + 1..at + LONGEST {
        match strict(part(at, last)?, separator) {
            Strict::Cells(cells) => {
                let whole = |line: usize| {
                    part(line, line).is_some_and(|line| line.split(separator).count() == cells.len())
                };
                let rows = cells.len() > 2 && (at..=last).all(whole);
                return (!rows).then_some((cells, last));
            }
            Strict::Wrong => return None,
            Strict::Open => {}
        }
    }
    None
}

/// A line read by the rules (RFC 4180).
#[derive(Debug, PartialEq, Eq)]
enum Strict {
    Cells(Vec<String>),
    /// A quoted cell goes on.
    Open,
    /// A quotation mark stands where none may.
    Wrong,
}

fn strict(line: &str, separator: char) -> Strict {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let Some(mut quoted) = rest.trim_start_matches(' ').strip_prefix('"') else {
            let Some((cell, after)) = rest.split_once(separator) else {
                cells.push(rest.to_string());
                return Strict::Cells(cells);
            };
            cells.push(cell.to_string());
            rest = after;
            continue;
        };
        let mut cell = String::new();
        loop {
            let Some((before, after)) = quoted.split_once('"') else { return Strict::Open };
            cell.push_str(before);
            let Some(more) = after.strip_prefix('"') else {
                quoted = after;
                break;
            };
            cell.push('"');
            quoted = more;
        }
        cells.push(cell);
        let after = quoted.trim_start_matches(' ');
        if after.is_empty() {
            return Strict::Cells(cells);
        }
        let Some(after) = after.strip_prefix(separator) else { return Strict::Wrong };
        rest = after;
    }
}

/// A line by itself, as a person would read it: a quotation mark closes where a separator follows; one that nothing closes
/// is left out. Whether there was one.
fn lenient(line: &str, separator: char) -> (Vec<String>, bool) {
    let mut cells = Vec::new();
    let mut stray = false;
    let mut rest = Some(line);
    while let Some(cells_left) = rest {
        let trimmed = cells_left.trim_start_matches(' ');
        if let Some(quoted) = trimmed.strip_prefix('"') {
            let between = format!("\"{separator}");
            let closed = quoted.split_once(&between).map(|(cell, after)| (cell, Some(after)));
            if let Some((cell, after)) = closed.or_else(|| Some((quoted.strip_suffix('"')?, None))) {
                cells.push(cell.replace("\"\"", "\""));
                rest = after;
                continue;
            }
            stray = true;
        }
        let plain = if stray { trimmed.strip_prefix('"').unwrap_or(cells_left) } else { cells_left };
        let (cell, after) =
            plain.split_once(separator).map_or((plain, None), |(cell, after)| (cell, Some(after)));
        cells.push(cell.to_string());
        rest = after;
    }
    (cells, stray)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text, &Settings::default()).rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn separators_are_told_by_what_the_headings_then_are() {
        for separator in SEPARATORS {
            let text = "Nr;Name;Geburtsdatum\n1;Anna Muster;1970\n".replace(';', &separator.to_string());
            assert_eq!(rows(&text), [["1", "Anna Muster", "1970"]], "{separator}");
        }
        let commas = rows("Name;Land\nMuster, Anna;AT\nBeispiel, Otto;DE\n");
        assert_eq!(commas, [["Muster, Anna", "AT"], ["Beispiel, Otto", "DE"]]);
        assert_eq!(rows("sep=;\nName;Land\nA, B;AT\n"), [["A, B", "AT"]]);
        assert_eq!(rows("Name\nAnna Muster\n"), [["Anna Muster"]]);
    }

    #[test]
    fn a_stray_quotation_mark_swallows_nothing() {
        let text = "Nr,Name,Note\n1,\"Anna Muster,x\n2,Otto Beispiel,y\n3,\"Berta Probe\",\"z \"\"q\"\"\"\n4,Firma \"Nord\" AG,w\n5,\"Die \"Alte\" Post\",v\n";
        let table = read(text, &Settings::default());
        let names: Vec<&str> = table.rows.iter().map(|row| row.cells[1].as_str()).collect();
        assert_eq!(
            names,
            ["Anna Muster", "Otto Beispiel", "Berta Probe", "Firma \"Nord\" AG", "Die \"Alte\" Post"]
        );
        assert_eq!(table.rows[2].cells[2], "z \"q\"");
        assert!(table.notes.iter().any(|note| note.words.contains("1 lines, first 2")), "{:?}", table.notes);
        // Two of them, that would fit each other.
        assert_eq!(rows("Nr,Name,Note\n1,\"Anna,x\n2,Otto\",y\n").len(), 2);
    }

    #[test]
    fn cells_over_lines_and_rows_with_too_many_cells() {
        let table = read(
            "Name,Address\n\"Anna Muster\",\"Gasse 1\nBern, CH\"\nMuster, Otto, Wien\nShort\n",
            &Settings::default(),
        );
        assert_eq!(table.rows[0].cells[1], "Gasse 1\nBern, CH");
        assert!(table.rows[1].fault.as_deref().unwrap().contains("3 cells under 2"));
        assert_eq!((table.rows[1].line, table.rows[2].line, table.rows[2].cells.len()), (4, 5, 2));
    }
}
