//! The day of publication, from the lines that state it. Dates in running text say when something happened, so they
//! are never taken; a day without a year is none.

use crate::dates;
use crate::lexicon::Cues;
use crate::model::{Block, BlockKind};
use jiff::civil::Date;

/// Longer blocks are no lines that state a date.
const LONGEST: usize = 400;

/// The first full date of a byline, a dateline or a line of its own. A date of a later change ("Aktualisiert: …")
/// counts only when there is no other.
pub(crate) fn stated(text: &str, blocks: &[Block], language: Option<&str>, cues: &Cues) -> Option<Date> {
    let mut changed = None;
    for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Byline | BlockKind::Dateline)) {
        let words = block.span.of(text);
        if words.len() > LONGEST {
            continue;
        }
        let mut from = 0;
        for found in dates::full_dates(words, cues, cues.day_first(language)) {
            let label = words.get(from..found.range.start).unwrap_or_default();
            from = found.range.end;
            if cues.updated.find(label).is_none() {
                return Some(found.date);
            }
            changed = changed.or(Some(found.date));
        }
    }
    changed
}

/// The ISO date in a file's name ("report-2023-09-12.de.txt"): archives are named so. Only when nothing else states it.
pub(crate) fn in_name(source: &str) -> Option<Date> {
    let name = source.rsplit(['/', '\\']).next()?;
    let digit = |at: Option<usize>| at.and_then(|at| name.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    (0..name.len()).filter(|at| !digit(at.checked_sub(1)) && !digit(Some(at + 10))).find_map(|at| {
        let words = name.get(at..at + 10)?;
        let shaped = words
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        shaped.then(|| words.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{blocks, lexicon, plain};

    #[test]
    fn a_date_in_the_file_name_counts_as_a_whole_only() {
        assert_eq!(in_name("in/kim-2023-09-12.de.txt"), Some(jiff::civil::date(2023, 9, 12)));
        assert_eq!(in_name("2023-09-12/kim.txt"), None);
        assert_eq!(in_name("12023-09-123.txt"), None);
        assert_eq!(in_name("2023-13-45.txt"), None);
    }

    fn of(text: &str) -> Option<String> {
        let blocks = blocks::find(text, &plain::chunks(text));
        stated(text, &blocks, Some("de"), lexicon::cues()).map(|date| date.to_string())
    }

    const BODY: &str =
        "Der Machthaber ist mit dem Zug über die Grenze gefahren. Am 10. September 2023 fuhr er ab.";

    #[test]
    fn takes_the_line_that_states_it() {
        assert_eq!(
            of(&format!("Kim in Russland\n\nStand: 12.09.2023, 16:55 Uhr\n\n{BODY}")).as_deref(),
            Some("2023-09-12")
        );
        let both = format!("Kim in Russland\n\nAktualisiert: 13.09.2023 Erstellt: 12.09.2023\n\n{BODY}");
        assert_eq!(of(&both).as_deref(), Some("2023-09-12"));
        let byline = format!("Kim in Russland\n\nVon Maria Beispiel, 12. September 2023\n\n{BODY}");
        assert_eq!(of(&byline).as_deref(), Some("2023-09-12"));
    }

    #[test]
    fn never_takes_a_date_of_running_text() {
        assert_eq!(of(&format!("Kim in Russland\n\n{BODY}")), None);
        assert_eq!(of("Kim in Russland\n\nMoskau – Am Dienstag (12. September) kam er an. Er bleibt."), None);
    }
}
