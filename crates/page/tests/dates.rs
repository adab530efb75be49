//! Dates, as the tables of `tests/dates/dates.md` want them, and on any text at all.
#![expect(clippy::unwrap_used, reason = "tests")]

use jiff::civil::Date;
use lagebild_language::of;
use lagebild_page::dates::dates;
use lagebild_page::{DateRange, Words};
use proptest::prelude::*;

/// The settings of a section, from its heading: "German, published 2023-09-12 (…)".
fn setting(heading: &str) -> (&'static str, Option<Date>) {
    let language =
        ["German", "English", "Russian", "French"].iter().position(|name| heading.contains(name)).unwrap();
    let published =
        heading.split("published ").nth(1).and_then(|rest| rest.get(..10)).and_then(|day| day.parse().ok());
    (["de", "en", "ru", "fr"][language], published)
}

fn written(text: &str, found: &[DateRange]) -> String {
    let day = |day: Option<Date>| day.map_or("-".to_string(), |day| day.to_string());
    let rows: Vec<String> = found
        .iter()
        .map(|range| {
            let precision = format!("{:?}", range.precision).to_lowercase();
            format!("{} = {}..{} {precision}", range.words.of(text), day(range.from), day(range.to))
        })
        .collect();
    if rows.is_empty() { "none".into() } else { rows.join("; ") }
}

#[test]
fn every_row_of_the_tables_is_read_as_written() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    let mut at = ("de", None);
    for line in include_str!("dates/dates.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            at = setting(heading);
        }
        let Some((text, expected)) =
            line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")?.split_once(" | "))
        else {
            continue;
        };
        if text == "text" {
            continue;
        }
        rows += 1;
        let got = written(text, &dates(&Words::new(text), &of(at.0), at.1));
        if got != expected {
            wrong.push(format!("{text}\n   expected {expected}\n   got      {got}"));
        }
    }
    assert!(rows > 50);
    assert!(wrong.is_empty(), "{} of {rows} rows:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #[test]
    fn any_text_gives_spans_inside_it_in_order(text in "\\PC*", day in 0i32..40000) {
        let published = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        for language in ["de", "en", "ru", "fr", "ko"] {
            let found = dates(&Words::new(&text), &of(language), Some(published));
            prop_assert!(found.iter().all(|range| range.words.fits(&text) && !range.words.is_empty()));
            prop_assert!(found.windows(2).all(|pair| pair[0].words.start() <= pair[1].words.start()));
            prop_assert!(found.iter().all(|range| range.from.zip(range.to).is_none_or(|(from, to)| from <= to)));
        }
    }

    #[test]
    fn any_row_of_date_words_is_read_without_panic(words in prop::collection::vec(prop::sample::select(vec![
        "seit", "vor", "99", "31", "Februar", "2023", "-", "bis", "Woche", "vergangenen", "999", "Jahren", ".", "(", "Montag",
        "since", "in", "February", "30", "years", "ago", "last", "between", "and",
    ]), 0..12), year in -9999i16..=9999) {
        let text = words.join(" ");
        for language in ["de", "en"] {
            dates(&Words::new(&text), &of(language), Date::new(year, 1, 1).ok());
        }
    }
}
