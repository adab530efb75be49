//! Publishers' dates as EDTF (ISO 8601-2, levels 0 and 1): partial, "circa" (`~`), ranges (`from/to`).

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date of numbers; a missing or zero month or day leaves it partial. Empty without a year.
pub(super) fn partial(year: &str, month: &str, day: &str) -> String {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|&value| value > 0);
    let Some(year) = number(year) else { return String::new() };
    match (number(month), number(day)) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    }
}

/// A range; a single date when both ends are the same.
pub(super) fn range(from: &str, to: &str) -> String {
    if from == to || to.is_empty() { from.into() } else { format!("{from}/{to}") }
}

/// A whole range of days, narrowed to the month or year that it fills.
pub(super) fn period(from: &str, to: &str) -> String {
    let year = |date: &str| date.get(..4).unwrap_or_default().to_string();
    let month = |date: &str| date.get(..7).unwrap_or_default().to_string();
    let last = ["-28", "-29", "-30", "-31"].iter().any(|end| to.ends_with(end));
    if from.ends_with("-01-01") && to.ends_with("-12-31") {
        return range(&year(from), &year(to));
    }
    if from.ends_with("-01") && last && month(from) == month(to) {
        return month(from);
    }
    range(from, to)
}

/// `27/04/2020`, `00/00/1980`.
pub(super) fn day_month_year(text: &str) -> String {
    let mut parts = text.split(['/', '-', '.', ' ']);
    let (day, month, year) = (parts.next(), parts.next(), parts.next());
    partial(year.unwrap_or_default(), month.unwrap_or_default(), day.unwrap_or_default())
}

/// `04/27/2020`, as US publishers write it.
pub(super) fn month_day_year(text: &str) -> String {
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next(), parts.next(), parts.next());
    partial(year.unwrap_or_default(), month.unwrap_or_default(), day.unwrap_or_default())
}

/// `01 Jan 1950`, `Jan 1950`, `circa 1950`, `1950 to 1955`, `between 1950 and 1955`; `None` for anything else.
pub(super) fn words(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let (lower, circa) = ["circa ", "approximately ", "about "]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .map_or((lower.as_str(), false), |rest| (rest, true));
    let lower = lower.strip_prefix("between ").unwrap_or(lower);
    let mut ends = lower.splitn(2, " to ");
    let mut ands = lower.splitn(2, " and ");
    let pair = if lower.contains(" to ") { (ends.next()?, ends.next()) } else { (ands.next()?, ands.next()) };
    let from = one(pair.0)?;
    let to = pair.1.map_or(Some(String::new()), |end| one(end.strip_prefix("circa ").unwrap_or(end)))?;
    let mark = if circa { "~" } else { "" };
    let to = if to.is_empty() { to } else { format!("{to}{mark}") };
    Some(range(&format!("{from}{mark}"), &to))
}

fn one(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([' ', '.', ',']).filter(|part| !part.is_empty()).collect();
    let month = |word: &str| {
        let at = MONTHS.iter().position(|known| word.get(..3) == Some(known))?;
        Some((at + 1).to_string())
    };
    let date = match parts.as_slice() {
        [year] if year.len() == 4 => partial(year, "", ""),
        [iso] if iso.len() == 10 => partial(iso.get(..4)?, iso.get(5..7)?, iso.get(8..)?),
        [name, year] => partial(year, &month(name)?, ""),
        [day, name, year] => partial(year, &month(name)?, day),
        _ => return None,
    };
    (!date.is_empty()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_circa_and_ranges() {
        assert_eq!(day_month_year("00/00/1980"), "1980");
        assert_eq!(day_month_year("27/04/2020"), "2020-04-27");
        assert_eq!(words("circa 1950").as_deref(), Some("1950~"));
        assert_eq!(words("01 Jan 1950").as_deref(), Some("1950-01-01"));
        assert_eq!(words("Sep 1967 to Dec 1969").as_deref(), Some("1967-09/1969-12"));
        assert_eq!(words("between 1945 and 1950").as_deref(), Some("1945/1950"));
        assert_eq!(words("soon"), None);
        assert_eq!(period("1967-01-01", "1969-12-31"), "1967/1969");
        assert_eq!(period("1967-02-01", "1967-02-28"), "1967-02");
        assert_eq!(period("1984-01-08", "1984-01-08"), "1984-01-08");
    }
}
