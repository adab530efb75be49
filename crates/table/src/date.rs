//! Dates in every usual order, in words, as numbers of a spreadsheet; as EDTF (ISO 8601-2).

use crate::words::{VALUES, plain};
use jiff::civil::Date;

/// What comes first in dates like 04/03/1961.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 4 March.
    DayFirst,
    /// 3 April.
    MonthFirst,
}

/// Days of a spreadsheet that are taken for dates: 1910 to 2035.
const SERIALS: std::ops::RangeInclusive<u64> = 3654..=49_500;
/// Years that Thailand counts.
const BUDDHIST: std::ops::RangeInclusive<u64> = 2400..=2600;

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Read {
    /// Possible dates: two where the order of day and month, or the century, is open.
    Dates(Vec<String>),
    /// That nothing is known.
    Unknown,
    /// Something that is no date.
    NoDate,
}

/// The day with this number in a spreadsheet (day 60, 29 February 1900, never was).
pub(crate) fn of_serial(serial: i64) -> Option<Date> {
    let start = if serial < 60 { jiff::civil::date(1899, 12, 31) } else { jiff::civil::date(1899, 12, 30) };
    start.checked_add(jiff::Span::new().try_days(serial).ok()?).ok()
}

/// The dates that a text may mean, as EDTF: two where the order of day and month is open. Empty where it says that nothing is
/// known; none where it is no date.
pub fn dates(written: &str) -> Option<Vec<String>> {
    match read(written, order_shown(written)) {
        Read::Dates(dates) => Some(dates),
        Read::Unknown => Some(Vec::new()),
        Read::NoDate => None,
    }
}

/// Reads the dates of a cell.
pub(crate) fn read(cell: &str, order: Option<Order>) -> Read {
    let mut dates = Vec::new();
    for piece in cell.split([';', '|']).filter(|piece| !piece.trim().is_empty()) {
        match one(piece, order) {
            Read::Dates(more) => dates.extend(more),
            other => return other,
        }
    }
    if dates.is_empty() { Read::Unknown } else { Read::Dates(dates) }
}

/// Which order a cell shows: only one of its first two numbers can be a month, or it is written with points.
pub(crate) fn order_shown(cell: &str) -> Option<Order> {
    let parts = parts(cell)?;
    let [a, b, _] = parts.numbers.as_slice() else { return None };
    if parts.month.is_some() || a.digits > 2 || b.digits > 2 {
        return None;
    }
    match (a.value > 12, b.value > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => cell.contains('.').then_some(Order::DayFirst),
    }
}

#[derive(Debug, Clone, Copy)]
struct Number {
    digits: usize,
    value: u64,
}

#[derive(Debug, Default)]
struct Parts {
    numbers: Vec<Number>,
    month: Option<u16>,
    circa: bool,
}

/// Digits of all scripts as those of ASCII.
fn ascii_digits(text: &str) -> String {
    const ZEROS: [char; 5] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{e50}', '\u{ff10}'];
    let digit = |c: char| {
        let zero =
            ZEROS.iter().find(|&&zero| (zero..=char::from_u32(zero as u32 + 9).unwrap_or(zero)).contains(&c));
        zero.and_then(|&zero| char::from_digit(c as u32 - zero as u32, 10)).unwrap_or(c)
    };
    text.chars().map(digit).collect()
}

/// The numbers and the month in a text; none where it says anything else.
fn parts(text: &str) -> Option<Parts> {
    let text = ascii_digits(text.trim());
    // What stands before a time of day.
    let day = match text.find(':') {
        Some(colon) => text
            .get(..colon)?
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end_matches([' ', 'T', 't']),
        None => &text,
    };
    let mut found = Parts { circa: day.contains('~'), ..Parts::default() };
    let day = day.strip_suffix(".0").unwrap_or(day);
    let mut spaced = String::new();
    let mut last = ' ';
    for c in plain(day).chars() {
        if c.is_ascii_digit() != last.is_ascii_digit() {
            spaced.push(' ');
        }
        spaced.push(c);
        last = c;
    }
    // A word of several, such as a month of Arabic, goes before its parts.
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let pair = words.get(at + 1).map(|next| format!("{word} {next}"));
        if let Some(month) = pair.as_ref().and_then(|pair| VALUES.months.get(pair)) {
            found.month = Some(*month);
            at += 1;
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            found.numbers.push(Number { digits: word.len(), value: word.parse().ok()? });
        } else if let Some(month) = VALUES.months.get(*word) {
            found.month = Some(*month);
        } else if VALUES.circa.contains(*word) {
            found.circa = true;
        } else if !VALUES.noise.contains(*word) {
            return None;
        }
        at += 1;
    }
    Some(found)
}

fn one(text: &str, order: Option<Order>) -> Read {
    if VALUES.unknown.contains(&plain(text)) || plain(text).is_empty() {
        return Read::Unknown;
    }
    let Some(parts) = parts(text) else { return Read::NoDate };
    if !parts.numbers.is_empty() && parts.numbers.iter().all(|number| number.value == 0) {
        return Read::Unknown;
    }
    let mut dates = possible(&parts, order, text.contains('.'));
    dates.sort();
    dates.dedup();
    if parts.circa {
        for date in &mut dates {
            date.push('~');
        }
    }
    if dates.is_empty() { Read::NoDate } else { Read::Dates(dates) }
}

fn possible(parts: &Parts, order: Option<Order>, points: bool) -> Vec<String> {
    let long = |number: &Number| number.digits == 4;
    match (parts.month, parts.numbers.as_slice()) {
        (Some(month), [year]) => years(year).iter().filter_map(|year| date(*year, month.into(), 0)).collect(),
        (Some(month), [a, b]) => {
            let (day, year) = if long(a) || a.value > 31 { (b, a) } else { (a, b) };
            years(year).iter().filter_map(|year| date(*year, month.into(), day.value)).collect()
        }
        (None, [all]) => single(all),
        (None, [a, b]) if long(a) && long(b) => {
            let both = date(a.value, 0, 0).zip(date(b.value, 0, 0));
            both.map(|(from, to)| format!("{from}/{to}")).into_iter().collect()
        }
        (None, [a, b]) if long(a) || long(b) => {
            let (month, year) = if long(a) { (b, a) } else { (a, b) };
            years(year).iter().filter_map(|year| date(*year, month.value, 0)).collect()
        }
        (None, [a, b, c]) if long(a) || a.value > 31 => {
            let (month, day) = if b.value > 12 { (c, b) } else { (b, c) };
            years(a).iter().filter_map(|year| date(*year, month.value, day.value)).collect()
        }
        (None, [a, b, c]) => {
            let day_first = order != Some(Order::MonthFirst) || a.value > 12 || (points && order.is_none());
            let month_first = !(points && order.is_none()) && order != Some(Order::DayFirst) || b.value > 12;
            let mut dates = Vec::new();
            for year in years(c) {
                dates.extend(day_first.then(|| date(year, b.value, a.value)).flatten());
                dates.extend(month_first.then(|| date(year, a.value, b.value)).flatten());
            }
            dates
        }
        _ => Vec::new(),
    }
}

/// One number: a year, eight digits of a day, a day of a spreadsheet.
fn single(number: &Number) -> Vec<String> {
    let value = number.value;
    match number.digits {
        4 => years(number).iter().filter_map(|year| date(*year, 0, 0)).collect(),
        8 => {
            let front = date(value / 10_000, value / 100 % 100, value % 100);
            let back = || date(value % 10_000, value / 10_000 % 100, value / 1_000_000);
            front.or_else(back).into_iter().collect()
        }
        5 if SERIALS.contains(&value) => {
            of_serial(value.cast_signed()).map(|day| day.to_string()).into_iter().collect()
        }
        6 => date(value / 100, value % 100, 0).filter(|_| !value.is_multiple_of(100)).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The years that a number may mean: of two digits those of the last century, and of this one where people of that age live.
fn years(number: &Number) -> Vec<u64> {
    match (number.digits, number.value) {
        (1 | 2, short) if short > 30 => vec![1900 + short],
        (1 | 2, short) => vec![1900 + short, 2000 + short],
        (_, year) if BUDDHIST.contains(&year) => vec![year - 543],
        (_, year) => vec![year],
    }
}

/// A date as precise as it is; none where there is no such day.
fn date(year: u64, month: u64, day: u64) -> Option<String> {
    if !(1000..2400).contains(&year) {
        return None;
    }
    Date::new(year as i16, month.max(1) as i8, day.max(1) as i8).ok().filter(|_| month < 13 && day < 32)?;
    Some(match (month, day) {
        (0, _) => format!("{year}"),
        (_, 0) => format!("{year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(cell: &str, order: Option<Order>) -> String {
        match read(cell, order) {
            Read::Dates(dates) => dates.join(" "),
            Read::Unknown => "unknown".into(),
            Read::NoDate => "no date".into(),
        }
    }

    #[test]
    fn every_usual_way_to_write_a_day() {
        for written in [
            "1972-05-06",
            "06.05.1972",
            "6.5.72",
            "6 May 1972",
            "6. Mai 1972",
            "May 6, 1972",
            "06-MAY-1972",
            "19720506",
            "06051972",
            "26425",
            "1972/05/06",
            "1972-05-06 00:00:00",
            "1972-05-06T00:00:00Z",
            "1972年5月6日",
            "1972년 5월 6일",
            "6 мая 1972 г.",
            "6 de mayo de 1972",
            "6 mai 1972",
            "٦ مايو ١٩٧٢",
            "6 maja 1972",
            "6 травня 1972",
            "6 Mayıs 1972",
            "06/05/2515",
            "26425.0",
            "72-05-06",
        ] {
            assert_eq!(dates(written, Some(Order::DayFirst)), "1972-05-06", "{written}");
        }
    }

    #[test]
    fn what_is_open_stays_open_and_what_is_less_is_less() {
        for (written, wanted) in [
            ("05/06/1972", "1972-05-06 1972-06-05"),
            ("05/16/1972", "1972-05-16"),
            ("05/06/15", "1915-05-06 1915-06-05 2015-05-06 2015-06-05"),
            ("1972", "1972"),
            ("05/1972", "1972-05"),
            ("197205", "1972-05"),
            ("1972-05", "1972-05"),
            ("c. 1972", "1972~"),
            ("1972-1975", "1972/1975"),
            ("1972; 1974", "1972 1974"),
            ("00/00/1972", "1972"),
            ("0000-00-00", "unknown"),
            ("n/a", "unknown"),
            ("next year", "no date"),
            ("1972-02-31", "no date"),
            ("12345678901234567890123", "no date"),
        ] {
            assert_eq!(dates(written, None), wanted, "{written}");
        }
        assert_eq!(dates("05/06/1972", Some(Order::MonthFirst)), "1972-05-06");
        assert_eq!(order_shown("05/16/1972"), Some(Order::MonthFirst));
        assert_eq!(order_shown("1972-05-16"), None);
    }
}
