//! Dates, as the passages of `tests/dates/dates.md` want them, and on any text at all.

use jiff::civil::Date;
use lagebild_language::of;
use lagebild_page::dates::dates;
use lagebild_page::{DateRange, Words};
use lagebild_passages::{Passage, Suite, compare};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finds: Vec<String>,
}

fn written(text: &str, range: &DateRange) -> String {
    let day = |day: Option<Date>| day.map_or("-".to_string(), |day| day.to_string());
    let precision = format!("{:?}", range.precision).to_lowercase();
    format!("{} = {}..{} {precision}", range.words.of(text), day(range.from), day(range.to))
}

#[test]
fn every_date_is_read_as_written() {
    let mut suite = Suite::default();
    suite.check("tests/dates/dates.md", |passage: &Passage<Expected>| {
        let published = passage.day().map(|day| day.parse().unwrap());
        let found = dates(&Words::new(&passage.text), &of(passage.language()), published);
        let found: Vec<String> = found.iter().map(|range| written(&passage.text, range)).collect();
        compare(&passage.expected.finds, &found)
    });
    suite.finish();
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
