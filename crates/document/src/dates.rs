//! Dates that are written out in full: day, month and year.

use crate::lexicon::Cues;
use jiff::civil::Date;
use std::ops::Range;

/// A full date and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoundDate {
    pub(crate) range: Range<usize>,
    pub(crate) date: Date,
}

/// All full dates of a short text. Dates with slashes count when only one reading is possible, or when `day_first`
/// says which one.
pub(crate) fn full_dates(text: &str, cues: &Cues, day_first: bool) -> Vec<FoundDate> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        match date_at(rest, cues, day_first) {
            Some((date, used)) => {
                let end = rest.get(used.saturating_sub(1)).map_or(text.len(), |token| token.range.end);
                let start = rest.first().map_or(0, |token| token.range.start);
                found.push(FoundDate { range: start..end, date });
                at += used.max(1);
            }
            None => at += 1,
        }
    }
    found
}

/// The day of a machine-written time: `2023-09-12`, `2023-09-12T16:55:00+02:00`, `20230912`, `2023/09/12`. The day
/// is the one that is written, in the writer's own time zone.
pub(crate) fn machine_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits: String = text.chars().take(8).filter(char::is_ascii_digit).collect();
    if text.len() == 8 && digits.len() == 8 {
        return ymd(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?);
    }
    let mut parts = text.get(..10)?.split(['-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = text.get(10..).is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    if year.len() == 4 && whole { ymd(year, month, day) } else { None }
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[derive(Debug)]
struct Token<'a> {
    text: &'a str,
    range: Range<usize>,
}

/// Runs of digits, runs of letters, and single signs.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| if c.is_ascii_digit() { 1 } else { 2 * u8::from(c.is_alphabetic()) };
    let mut tokens: Vec<Token> = Vec::new();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let now = class(c);
        let end = at + c.len_utf8();
        match tokens.last_mut() {
            Some(token) if now != 0 && now == last && token.range.end == at => {
                token.range.end = end;
                token.text = text.get(token.range.clone()).unwrap_or_default();
            }
            _ if c.is_whitespace() => {}
            _ => tokens.push(Token { text: text.get(at..end).unwrap_or_default(), range: at..end }),
        }
        last = if c.is_whitespace() { 3 } else { now };
    }
    tokens
}

/// The date that begins at the first token, and how many tokens it takes.
fn date_at(tokens: &[Token], cues: &Cues, day_first: bool) -> Option<(Date, usize)> {
    numeric(tokens, day_first)
        .or_else(|| east_asian(tokens))
        .or_else(|| day_month_name(tokens, cues))
        .or_else(|| month_name_day(tokens, cues))
}

fn text<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.text)
}

fn number(tokens: &[Token], at: usize) -> Option<i16> {
    let digits = text(tokens, at);
    if digits.len() > 4 { None } else { digits.parse().ok() }
}

fn is_year(tokens: &[Token], at: usize) -> bool {
    let year = text(tokens, at);
    year.len() == 4 && (year.starts_with("19") || year.starts_with("20"))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// 12.09.2023, 12/09/2023, 2023-09-12.
fn numeric(tokens: &[Token], day_first: bool) -> Option<(Date, usize)> {
    let sign = text(tokens, 1);
    if !matches!(sign, "." | "/" | "-") || text(tokens, 3) != sign {
        return None;
    }
    let (a, b, c) = (number(tokens, 0)?, number(tokens, 2)?, number(tokens, 4)?);
    let found = if is_year(tokens, 0) {
        date(a, b, c)
    } else if is_year(tokens, 4) {
        match sign {
            "/" if a <= 12 && b <= 12 && a != b && !day_first => None,
            "/" if b > 12 => date(c, a, b),
            _ => date(c, b, a),
        }
    } else if sign == "." && text(tokens, 2).len() == 2 && text(tokens, 4).len() == 2 {
        date(2000 + c, b, a)
    } else {
        None
    };
    found.map(|date| (date, 5))
}

/// 2023년 9월 12일, 2023年9月12日.
fn east_asian(tokens: &[Token]) -> Option<(Date, usize)> {
    let units = [["년", "월", "일"], ["年", "月", "日"]];
    let fits = units
        .iter()
        .any(|unit| unit.iter().zip([1, 3, 5]).all(|(word, at)| text(tokens, at).starts_with(word)));
    let found = if fits { date(number(tokens, 0)?, number(tokens, 2)?, number(tokens, 4)?) } else { None };
    found.map(|date| (date, 6))
}

/// 12. September 2023, 12th of September, 2023, 1er septembre 2023, 12 сентября 2023.
fn day_month_name(tokens: &[Token], cues: &Cues) -> Option<(Date, usize)> {
    let day = number(tokens, 0)?;
    let mut at = 1;
    if matches!(text(tokens, at), "." | "st" | "nd" | "rd" | "th" | "er" | "º") {
        at += 1;
    }
    if matches!(text(tokens, at), "of" | "de") {
        at += 1;
    }
    let month = cues.month(text(tokens, at))?;
    at += 1;
    while matches!(text(tokens, at), "." | "," | "de") {
        at += 1;
    }
    is_year(tokens, at).then_some(())?;
    date(number(tokens, at)?, i16::from(month), day).map(|date| (date, at + 1))
}

/// September 12, 2023; Sept. 12th 2023.
fn month_name_day(tokens: &[Token], cues: &Cues) -> Option<(Date, usize)> {
    let month = cues.month(text(tokens, 0))?;
    let mut at = 1 + usize::from(text(tokens, 1) == ".");
    let day = number(tokens, at)?;
    at += 1;
    while matches!(text(tokens, at), "st" | "nd" | "rd" | "th" | ",") {
        at += 1;
    }
    is_year(tokens, at).then_some(())?;
    date(number(tokens, at)?, i16::from(month), day).map(|date| (date, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::cues;

    fn found(text: &str) -> Vec<String> {
        full_dates(text, cues(), false)
            .iter()
            .map(|found| format!("{} = {}", text.get(found.range.clone()).unwrap(), found.date))
            .collect()
    }

    #[test]
    fn reads_the_usual_forms() {
        assert_eq!(found("Stand: 12.09.2023, 16:55 Uhr"), ["12.09.2023 = 2023-09-12"]);
        assert_eq!(found("am 12. September 2023 um"), ["12. September 2023 = 2023-09-12"]);
        assert_eq!(found("Sept. 12, 2023"), ["Sept. 12, 2023 = 2023-09-12"]);
        assert_eq!(found("12 сентября 2023 г."), ["12 сентября 2023 = 2023-09-12"]);
        assert_eq!(found("le 1er septembre 2023"), ["1er septembre 2023 = 2023-09-01"]);
        assert_eq!(found("2023년 9월 12일 송고"), ["2023년 9월 12일 = 2023-09-12"]);
        assert_eq!(found("입력 2023.09.12. 15:20"), ["2023.09.12 = 2023-09-12"]);
        assert_eq!(
            found("on 13/09/2023 and 2023-09-14"),
            ["13/09/2023 = 2023-09-13", "2023-09-14 = 2023-09-14"]
        );
    }

    #[test]
    fn leaves_what_is_not_a_full_date() {
        assert_eq!(found("am Dienstag (12. September)"), Vec::<String>::new());
        assert_eq!(found("09/12/2023"), Vec::<String>::new(), "two readings");
        assert_eq!(found("31.02.2023"), Vec::<String>::new(), "no such day");
        assert_eq!(found("Version 1.2.3 mit 152 bis 122 mm"), Vec::<String>::new());
    }

    #[test]
    fn reads_machine_times() {
        let day = Date::new(2023, 9, 12).unwrap();
        assert_eq!(machine_date("2023-09-12T23:55:00-04:00"), Some(day));
        assert_eq!(machine_date("20230912"), Some(day));
        assert_eq!(machine_date("2023-09"), None);
        assert_eq!(machine_date("ü023-09-12"), None);
    }
}
