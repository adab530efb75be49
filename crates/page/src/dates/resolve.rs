//! From a matched phrase to days of the calendar.
//!
//! A phrase that needs the day of publication gives no days when that day is unknown: nothing is guessed.

use super::lexicon::{Bound, Meaning, Season, Unit};
use super::model::Precision;
use super::pattern::Slots;
use jiff::civil::Date;
use jiff::{Span as Time, ToSpan};

/// First and last day, where known, and how exact the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) precision: Precision,
}

/// What surrounds a phrase: the day of publication, and whether its sentence speaks of the future.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) published: Option<Date>,
    pub(super) future: bool,
}

/// The days of a phrase.
pub(super) fn days(means: Meaning, shift: i32, slots: Slots, setting: Setting) -> Days {
    let (range, precision) = match means {
        Meaning::Day | Meaning::Days => (calendar_day(slots, setting), precision_of_day(means)),
        Meaning::Month => (month(slots, shift, setting), Precision::Month),
        Meaning::Year => (slots.year.and_then(year), Precision::Year),
        Meaning::Years => (years(slots), Precision::Interval),
        Meaning::Decade => {
            (slots.year.and_then(|first| span_of_years(first, first + 9)), Precision::Interval)
        }
        Meaning::Season => (season(slots, shift, setting), Precision::Interval),
        Meaning::Quarter => (part_of_year(slots, 3, setting), Precision::Interval),
        Meaning::Half => (part_of_year(slots, 6, setting), Precision::Interval),
        Meaning::Weekday => (weekday(slots, shift, setting), Precision::Day),
        Meaning::Unit => (unit(slots, shift, setting), slots.unit.map_or(Precision::Interval, precision_of)),
        Meaning::Span => (span(slots, shift, setting), Precision::Interval),
        Meaning::Ago => (away(slots, -1, setting), slots.unit.map_or(Precision::Interval, precision_of)),
        Meaning::Ahead => (away(slots, 1, setting), slots.unit.map_or(Precision::Interval, precision_of)),
        Meaning::Today => (today(shift, setting), Precision::Day),
    };
    Days { from: range.map(|range| range.0), to: range.map(|range| range.1), precision }
}

type Range = Option<(Date, Date)>;

fn precision_of_day(means: Meaning) -> Precision {
    if means == Meaning::Day { Precision::Day } else { Precision::Interval }
}

fn precision_of(unit: Unit) -> Precision {
    match unit {
        Unit::Day => Precision::Day,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
        Unit::Decade => Precision::Interval,
    }
}

fn year(year: i16) -> Range {
    span_of_years(year, year)
}

fn span_of_years(first: i16, last: i16) -> Range {
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn years(slots: Slots) -> Range {
    span_of_years(slots.year?, slots.second_year?)
}

/// A day and month; without a year the one that lies nearest to the publication.
fn calendar_day(slots: Slots, setting: Setting) -> Range {
    let (day, month) = (slots.day?, slots.month?);
    let first = match slots.year {
        Some(year) => Date::new(year, month, day).ok()?,
        None => nearest(day, month, setting.published?)?,
    };
    let last = match slots.second_day {
        Some(day) => Date::new(first.year(), month, day).ok().filter(|last| *last > first)?,
        None => first,
    };
    Some((first, last))
}

fn nearest(day: i8, month: i8, published: Date) -> Option<Date> {
    let this = published.year();
    [this, this - 1, this + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .min_by_key(|date| (*date - published).get_days().abs())
}

fn whole_month(date: Date) -> (Date, Date) {
    (date.first_of_month(), date.last_of_month())
}

/// A month; without a year the last one that began before the publication, or the coming one.
fn month(slots: Slots, shift: i32, setting: Setting) -> Range {
    let number = slots.month?;
    if let Some(year) = slots.year {
        return Date::new(year, number, 1).ok().map(whole_month);
    }
    let published = setting.published?;
    let this = Date::new(published.year(), number, 1).ok()?;
    let ahead = shift > 0 || (shift == 0 && setting.future);
    let first = if ahead && this.last_of_month() < published {
        this.checked_add(1.year()).ok()?
    } else if !ahead && (this > published || (shift < 0 && number == published.month())) {
        this.checked_sub(1.year()).ok()?
    } else {
        this
    };
    Some(whole_month(first))
}

/// A season of the north; winter belongs to the year in which it begins.
fn season(slots: Slots, shift: i32, setting: Setting) -> Range {
    let first_month = match slots.season? {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    let first = if let Some(year) = slots.year {
        Date::new(year, first_month, 1).ok()?
    } else {
        let published = setting.published?;
        let this = Date::new(published.year(), first_month, 1).ok()?;
        let ahead = shift > 0 || (shift == 0 && setting.future);
        if !ahead && this > published { this.checked_sub(1.year()).ok()? } else { this }
    };
    Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
}

/// The `number`-th stretch of `months` months of a year, by default the year of publication.
fn part_of_year(slots: Slots, months: i32, setting: Setting) -> Range {
    let year = slots.year.or_else(|| Some(setting.published?.year()))?;
    let last = slots.number?.checked_mul(months).filter(|last| (months..=12).contains(last))?;
    let first = Date::new(year, (last - months + 1) as i8, 1).ok()?;
    Some((first, Date::new(year, last as i8, 1).ok()?.last_of_month()))
}

/// A weekday: of the week that ends with the publication, or the coming one.
fn weekday(slots: Slots, shift: i32, setting: Setting) -> Range {
    let published = setting.published?;
    let wanted = slots.weekday?;
    let today = published.weekday().to_monday_one_offset();
    let back = (today - wanted).rem_euclid(7);
    let date = if shift > 0 || (shift == 0 && setting.future && back != 0) {
        published.checked_add(i64::from(7 - back).days())
    } else if shift < 0 && back == 0 {
        published.checked_sub(7.days())
    } else {
        published.checked_sub(i64::from(back).days())
    };
    date.ok().map(|date| (date, date))
}

fn length(unit: Unit, count: i32) -> Option<Time> {
    let count = i64::from(count);
    match unit {
        Unit::Day => Time::new().try_days(count),
        Unit::Week => Time::new().try_weeks(count),
        Unit::Month => Time::new().try_months(count),
        Unit::Year => Time::new().try_years(count),
        Unit::Decade => Time::new().try_years(count.checked_mul(10)?),
    }
    .ok()
}

/// The week, month, year or decade that holds a day.
fn around(unit: Unit, date: Date) -> Range {
    match unit {
        Unit::Day => Some((date, date)),
        Unit::Week => {
            let back = i64::from(date.weekday().to_monday_zero_offset());
            let monday = date.checked_sub(back.days()).ok()?;
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        Unit::Month => Some(whole_month(date)),
        Unit::Year => year(date.year()),
        Unit::Decade => span_of_years(date.year() / 10 * 10, date.year() / 10 * 10 + 9),
    }
}

fn unit(slots: Slots, shift: i32, setting: Setting) -> Range {
    let unit = slots.unit?;
    around(unit, setting.published?.checked_add(length(unit, shift)?).ok()?)
}

fn away(slots: Slots, direction: i32, setting: Setting) -> Range {
    let (unit, count) = (slots.unit?, slots.number?);
    around(unit, setting.published?.checked_add(length(unit, count.checked_mul(direction)?)?).ok()?)
}

/// "the past three months": up to the publication, or from it on.
fn span(slots: Slots, shift: i32, setting: Setting) -> Range {
    let published = setting.published?;
    let length = length(slots.unit?, slots.number?)?;
    if shift < 0 {
        Some((published.checked_sub(length).ok()?, published))
    } else {
        Some((published, published.checked_add(length).ok()?))
    }
}

fn today(shift: i32, setting: Setting) -> Range {
    let date = setting.published?.checked_add(i64::from(shift).days()).ok()?;
    Some((date, date))
}

impl Days {
    /// The days with a word like "since" or "mid" in front.
    pub(super) fn bounded(self, bound: Bound) -> Self {
        let open = |from, to| Self { from, to, precision: self.precision };
        match bound {
            Bound::Since => open(self.from, None),
            Bound::Until => open(None, self.to),
            Bound::Before => open(None, self.from.and_then(|day| day.yesterday().ok())),
            Bound::After => open(self.to.and_then(|day| day.tomorrow().ok()), None),
            Bound::Early => self.third(0),
            Bound::Mid => self.third(1),
            Bound::Late => self.third(2),
        }
    }

    /// The first, middle or last third of a month or year; other stretches stay whole.
    fn third(self, which: i8) -> Self {
        let narrowed = match (self.precision, self.from) {
            (Precision::Month, Some(from)) => {
                let first = Date::new(from.year(), from.month(), 1 + 10 * which).ok();
                let last = Date::new(from.year(), from.month(), 10 + 10 * which).ok();
                first.zip(if which == 2 { Some(from.last_of_month()) } else { last })
            }
            (Precision::Year, Some(from)) => {
                let first = Date::new(from.year(), 1 + 4 * which, 1).ok();
                first.zip(Date::new(from.year(), 4 + 4 * which, 1).ok().map(Date::last_of_month))
            }
            _ => None,
        };
        narrowed.map_or(self, |(from, to)| Self { from: Some(from), to: Some(to), ..self })
    }
}
