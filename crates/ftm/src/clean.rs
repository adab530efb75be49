//! Values as they are compared: countries as codes, dates as ISO 8601, names without stray spaces.

use crate::records::{CountryRecord, Kind};
use std::collections::HashMap;
use std::sync::LazyLock;

struct Countries {
    names: HashMap<String, String>,
    codes: HashMap<String, String>,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/countries.json"));
    let records: Vec<CountryRecord> = lagebild_data::embedded("ftm/countries", json).unwrap_or_default();
    let (mut names, mut codes) = (HashMap::new(), HashMap::new());
    for record in records {
        let forms = record.names.iter().chain([&record.name]).chain(&record.alpha3).chain(&record.numeric);
        for form in forms.map(|form| plain(form)) {
            codes.entry(form).or_insert_with(|| record.code.clone());
        }
        codes.insert(record.code.clone(), record.code.clone());
        names.insert(record.code, record.name);
    }
    Countries { names, codes }
});

static TOPICS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/topics.json"));
    lagebild_data::embedded("ftm/topics", json).unwrap_or_default()
});

/// A country's or territory's name.
pub fn country_name(code: &str) -> Option<&'static str> {
    COUNTRIES.names.get(code).map(String::as_str)
}

/// What a topic is called.
pub fn topic_label(topic: &str) -> Option<&'static str> {
    TOPICS.get(topic).map(String::as_str)
}

/// A value in the form in which it is compared; none when it is no value of this type.
pub fn clean(kind: Kind, value: &str) -> Option<String> {
    let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    match kind {
        Kind::Country => COUNTRIES.codes.get(&plain(&text)).cloned(),
        Kind::Date => date(&text),
        Kind::Gender => gender(&text),
        Kind::Email => text.contains('@').then(|| text.to_lowercase()),
        Kind::Topic => Some(text.to_lowercase()).filter(|topic| TOPICS.contains_key(topic)),
        Kind::Entity => Some(text.replace(' ', "")),
        _ => Some(text),
    }
}

fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A date as precise as it was given: a year, a month, a day, or a moment (`2024-05-27T13:47:02`).
fn date(text: &str) -> Option<String> {
    let text = text.trim_end_matches('Z').replacen(' ', "T", 1);
    let (day, time) = text.split_once('T').map_or((text.as_str(), None), |(day, time)| (day, Some(time)));
    let digits = |part: &str, from: usize, to: usize| {
        (from..=to).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = day.split('-').collect();
    let known = match parts.as_slice() {
        [year] => digits(year, 4, 4),
        [year, month] => digits(year, 4, 4) && digits(month, 1, 2),
        [year, month, day] => digits(year, 4, 4) && digits(month, 1, 2) && digits(day, 1, 2),
        _ => false,
    };
    if !known {
        return None;
    }
    let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    let whole = format!("{}-01-01", padded.join("-"));
    whole.get(..10)?.parse::<jiff::civil::Date>().ok()?;
    Some(padded.join("-") + &time.map(|time| format!("T{time}")).unwrap_or_default())
}

fn gender(text: &str) -> Option<String> {
    let known = match text.to_lowercase().as_str() {
        "male" | "m" | "man" | "masculin" | "männlich" | "мужской" => "male",
        "female" | "f" | "woman" | "féminin" | "weiblich" | "женский" => "female",
        "other" | "o" | "d" | "divers" => "other",
        _ => return None,
    };
    Some(known.into())
}

#[cfg(test)]
mod tests {
    use super::{clean, country_name, topic_label};
    use crate::Kind;

    #[test]
    fn countries_become_codes_however_they_are_written() {
        for written in ["Russia", "ru", "RU", "Russian Federation", "RUS", "643"] {
            assert_eq!(clean(Kind::Country, written).as_deref(), Some("ru"), "{written}");
        }
        assert_eq!(clean(Kind::Country, "Atlantis"), None);
        assert_eq!(country_name("kp"), Some("North Korea"));
    }

    #[test]
    fn dates_keep_their_precision() {
        for (written, read) in [
            ("1965", Some("1965")),
            ("1965-9", Some("1965-09")),
            ("1965-09-21", Some("1965-09-21")),
            ("2024-05-27T13:47:02Z", Some("2024-05-27T13:47:02")),
            ("1965-13", None),
            ("1965-02-30", None),
            ("yesterday", None),
        ] {
            assert_eq!(clean(Kind::Date, written).as_deref(), read, "{written}");
        }
    }

    #[test]
    fn the_rest_is_tidied() {
        assert_eq!(clean(Kind::Name, "  Anna \n Muster ").as_deref(), Some("Anna Muster"));
        assert_eq!(clean(Kind::Gender, "F").as_deref(), Some("female"));
        assert_eq!(clean(Kind::String, "  "), None);
        assert_eq!(topic_label("sanction"), Some("Sanctioned entity"));
    }
}
