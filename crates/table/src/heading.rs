//! What a heading means, and which line holds the headings.

use crate::words::{HEADINGS, plain};
use crate::{Note, Settings};

/// Lines among which the headings are looked for.
const TITLES: usize = 30;

/// How a heading was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Whole,
    Part,
}

/// The field of a heading.
pub(crate) fn field(heading: &str) -> Option<(&'static str, Known)> {
    let words = plain(heading);
    let fields = &HEADINGS.fields;
    if let Some(field) = fields.get(&words) {
        return Some((field, Known::Whole));
    }
    if HEADINGS.first.contains(&words) || HEADINGS.last.contains(&words) {
        return Some(("name", Known::Whole));
    }
    // The last step of a nested key, as in `properties.name`.
    if let Some(field) = heading.rsplit_once('.').and_then(|(_, last)| fields.get(&plain(last))) {
        return Some((field, Known::Whole));
    }
    let words: Vec<&str> = words.split(' ').collect();
    let squeezed = words.concat();
    if let Some(field) = fields.get(&squeezed) {
        return Some((field, Known::Whole));
    }
    for length in (1..words.len()).rev() {
        for start in 0..=words.len() - length {
            let Some(inner) = words.get(start..start + length) else { continue };
            let Some(field) = fields.get(&inner.join(" ")) else { continue };
            let rest = words.iter().take(start).chain(words.iter().skip(start + length));
            let others: Vec<&&str> = rest.collect();
            return (!others.iter().any(|word| HEADINGS.not.contains(**word)))
                .then_some((field, Known::Part));
        }
    }
    None
}

/// How many cells are known headings: whole ones count two.
fn score(cells: &[String], settings: &Settings) -> usize {
    let given = |cell: &String| settings.columns.iter().any(|(_, heading)| heading == cell.trim());
    let worth = |cell: &String| match field(cell) {
        _ if given(cell) => 4,
        Some((_, Known::Whole)) => 2,
        Some((_, Known::Part)) => 1,
        None => 0,
    };
    cells.iter().map(worth).sum()
}

/// The best score of a line near the beginning.
pub(crate) fn best_score(lines: &[(u64, Vec<String>)], settings: &Settings) -> usize {
    lines.iter().take(TITLES).map(|(_, cells)| score(cells, settings)).max().unwrap_or_default()
}

/// Which line holds the headings, and what is to be said of that.
pub(crate) fn line_of(lines: &[(u64, Vec<String>)], settings: &Settings) -> (usize, Option<Note>) {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut best = (0, lines.first().map(|(_, cells)| score(cells, settings)).unwrap_or_default());
    for (at, (_, cells)) in lines.iter().enumerate().take(TITLES).skip(1) {
        let here = score(cells, settings);
        let below_titles =
            lines.iter().take(at).all(|(_, above)| filled(above) < filled(cells) || filled(above) <= 1);
        if here > best.1 && (below_titles || here >= 6) {
            best = (at, here);
        }
    }
    let note = lines.get(best.0).filter(|_| best.0 > 0).map(|(line, _)| {
        let words = format!("headings in line {line}; the {} above are titles", best.0);
        if best.1 >= 4 {
            Note::sure(words)
        } else {
            Note::doubtful(words, "--column name=HEADING, or a table without the lines above")
        }
    });
    (best.0, note)
}

/// How many headings of the first lines are known words in other letters than those of ASCII.
pub(crate) fn known_beyond_ascii(text: &str) -> usize {
    let cells = text.lines().take(5).flat_map(|line| line.split([',', ';', '\t', '|']));
    let known = |cell: &&str| !cell.is_ascii() && HEADINGS.fields.contains_key(&plain(cell));
    cells.filter(known).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_whole_or_by_their_words() {
        for (heading, wanted) in [
            ("D.O.B.", "birthDate"),
            ("Customer Full Name", "name"),
            ("Citizenship Country", "nationality"),
            ("properties.birthDate", "birthDate"),
            ("生年月日", "birthDate"),
            ("Fecha de nacimiento", "birthDate"),
            ("last_name", "lastName"),
            ("رقم جواز السفر", "passportNumber"),
            ("Uyruğu", "nationality"),
        ] {
            assert_eq!(field(heading).map(|(field, _)| field), Some(wanted), "{heading}");
        }
        for other in ["Bank name", "Street", "Note", "Kundennummer", "File name", "Passport expiry date"] {
            assert_eq!(field(other), None, "{other}");
        }
    }

    #[test]
    fn titles_stand_above_the_headings() {
        let cells = |line: &str| line.split(';').map(String::from).collect::<Vec<_>>();
        let lines =
            vec![(1, cells("Suppliers of 2026")), (3, cells("Nr;Name;Land")), (4, cells("1;Name;AT"))];
        let (at, note) = line_of(&lines, &Settings::default());
        assert_eq!(at, 1);
        assert!(note.unwrap().doubt.is_none());
    }
}
