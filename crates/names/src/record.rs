//! Records: what else is known of a party besides its names, and what each piece adds or takes away.

use crate::{Comparison, Name, Options, compare::compare, scores::SAME_IDENTIFIER, weights::field};

/// A party as far as it can be compared. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, countries two-letter codes.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// All names, the main one first.
    pub names: Vec<Name>,
    /// Dates of birth, in full or in part.
    pub birth_dates: Vec<String>,
    /// Nationalities or countries of registration.
    pub countries: Vec<String>,
    /// `male` or `female`.
    pub gender: Option<String>,
    /// Type and value of identifiers, such as `imo` and `9187629`.
    pub identifiers: Vec<(String, String)>,
    /// Addresses as written.
    pub addresses: Vec<String>,
}

/// What one field adds to a score (or takes away), and why.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// The field: `name`, `birth_date`, `country`, `gender`, `identifier`, `address`.
    pub field: &'static str,
    /// Added to the score of the names.
    pub points: f64,
    /// In words.
    pub reason: String,
}

/// How two records compare.
#[derive(Debug, Clone)]
pub struct RecordComparison {
    /// 0 to 1; [`crate::THRESHOLD`] and above is a match.
    pub score: f64,
    /// The best pair of names, as indices, with its comparison.
    pub names: Option<(usize, usize, Comparison)>,
    /// What each field did.
    pub contributions: Vec<Contribution>,
}

/// Identifiers that are given once and belong to one party only; an equal one decides.
const STRONG: [&str; 14] = [
    "imo",
    "imonumber",
    "inn",
    "inncode",
    "ogrn",
    "ogrncode",
    "lei",
    "leicode",
    "passport",
    "passportnumber",
    "swift",
    "swiftbic",
    "unref",
    "isin",
];

/// Compares two records: the best pair of names, then each field that both have.
pub fn compare_records(query: &Record, candidate: &Record, options: Options<'_>) -> RecordComparison {
    let names = best_names(query, candidate, options);
    let base = names.as_ref().map_or(0.0, |(_, _, comparison)| comparison.score);
    let (score, contributions) = compare_fields(base, query, candidate);
    RecordComparison { score, names, contributions }
}

/// What the other fields make of the score of the best pair of names (0 when none are alike): the score, and what each
/// field did to it.
pub fn compare_fields(names: f64, query: &Record, candidate: &Record) -> (f64, Vec<Contribution>) {
    let mut contributions =
        vec![Contribution { field: "name", points: names, reason: "the best pair of names".into() }];
    let same_id = identifiers(query, candidate, &mut contributions);
    birth(query, candidate, &mut contributions);
    countries(query, candidate, &mut contributions);
    gender(query, candidate, &mut contributions);
    addresses(query, candidate, &mut contributions);
    let sum: f64 = contributions.iter().map(|c| c.points).sum();
    let score = if same_id { sum.max(SAME_IDENTIFIER) } else { sum };
    (score.clamp(0.0, 1.0), contributions)
}

fn best_names(
    query: &Record,
    candidate: &Record,
    options: Options<'_>,
) -> Option<(usize, usize, Comparison)> {
    let mut best: Option<(usize, usize, f64)> = None;
    for (i, q) in query.names.iter().enumerate() {
        for (j, c) in candidate.names.iter().enumerate() {
            let score = crate::score(q, c, options);
            if best.is_none_or(|(_, _, most)| score > most) {
                best = Some((i, j, score));
            }
        }
    }
    let (i, j, _) = best?;
    Some((i, j, compare(query.names.get(i)?, candidate.names.get(j)?, options)))
}

/// Letters and digits only, in lower case.
fn plain(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a strong identifier is shared; one of the same kind that differs is held against a match. Publishers name the
/// kinds differently (a tax number is an INN), so a long number is compared whatever its kind.
fn identifiers(query: &Record, candidate: &Record, out: &mut Vec<Contribution>) -> bool {
    /// Shorter numbers are the same by chance in different registers.
    const LONG: usize = 8;
    let strong = |kind: &str| STRONG.contains(&&*plain(kind));
    let mut differs = None;
    for (kind, value) in &query.identifiers {
        for (other_kind, other) in &candidate.identifiers {
            let (same_kind, number) = (plain(kind) == plain(other_kind), plain(value));
            if number == plain(other) && (same_kind || number.len() >= LONG) {
                let decides = strong(kind) || strong(other_kind);
                let points = if decides { field::STRONG_IDENTIFIER } else { field::IDENTIFIER };
                out.push(Contribution {
                    field: "identifier",
                    points,
                    reason: format!("same {kind} {value}"),
                });
                return decides;
            }
            if same_kind {
                differs = Some(format!("{kind} {value} is not {other}"));
            }
        }
    }
    if let Some(reason) = differs {
        out.push(Contribution { field: "identifier", points: field::OTHER_IDENTIFIER, reason });
    }
    false
}

/// Dates of birth: the closest pair counts.
fn birth(query: &Record, candidate: &Record, out: &mut Vec<Contribution>) {
    let pairs = query.birth_dates.iter().flat_map(|q| candidate.birth_dates.iter().map(move |c| (q, c)));
    let judged = pairs.map(|(q, c)| (birth_points(q, c), q, c)).max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((points, q, c)) = judged {
        let words = if points > 0.0 { "agrees with" } else { "is not" };
        out.push(Contribution { field: "birth_date", points, reason: format!("born {q} {words} {c}") });
    }
}

/// The same day adds, the same year adds less, day and month swapped still agree, another year takes away.
fn birth_points(a: &str, b: &str) -> f64 {
    let year = |date: &str| date.get(..4).and_then(|y| y.parse::<i32>().ok());
    let (Some(x), Some(y)) = (year(a), year(b)) else { return 0.0 };
    let full = a.len() >= 10 && b.len() >= 10;
    let swapped = full && a.get(5..7) == b.get(8..10) && a.get(8..10) == b.get(5..7);
    match (x - y).abs() {
        0 if full && (a == b || swapped) => field::BORN_SAME_DAY,
        0 if full => field::BORN_OTHER_DAY,
        0 => field::BORN_SAME_YEAR,
        1 => field::BORN_NEXT_YEAR,
        2..=field::NEAR_YEARS => field::BORN_NEAR_YEAR,
        _ => field::BORN_OTHER_YEAR,
    }
}

fn countries(query: &Record, candidate: &Record, out: &mut Vec<Contribution>) {
    if query.countries.is_empty() || candidate.countries.is_empty() {
        return;
    }
    let same = query.countries.iter().find(|q| candidate.countries.iter().any(|c| plain(c) == plain(q)));
    let (points, reason) = match same {
        Some(country) => (field::COUNTRY, format!("both {country}")),
        None => (
            field::OTHER_COUNTRY,
            format!("{} is not {}", query.countries.join(", "), candidate.countries.join(", ")),
        ),
    };
    out.push(Contribution { field: "country", points, reason });
}

fn gender(query: &Record, candidate: &Record, out: &mut Vec<Contribution>) {
    if let (Some(q), Some(c)) = (&query.gender, &candidate.gender)
        && plain(q) != plain(c)
    {
        out.push(Contribution {
            field: "gender",
            points: field::OTHER_GENDER,
            reason: format!("{q} is not {c}"),
        });
    }
}

/// Addresses that share most of their words add a little.
fn addresses(query: &Record, candidate: &Record, out: &mut Vec<Contribution>) {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(plain).collect()
    };
    let (of, all) = field::ADDRESS_WORDS;
    for q in &query.addresses {
        let mine = words(q);
        for c in &candidate.addresses {
            let theirs = words(c);
            let shared = mine.iter().filter(|w| theirs.contains(w)).count();
            if shared > 1 && shared * all >= mine.len().min(theirs.len()) * of {
                out.push(Contribution {
                    field: "address",
                    points: field::ADDRESS,
                    reason: format!("{q} is {c}"),
                });
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NameKind;

    fn record(name: &str) -> Record {
        Record { names: vec![Name::parse(name, NameKind::Person)], ..Record::default() }
    }

    #[test]
    fn a_shared_strong_identifier_decides_and_contradictions_lower() {
        let mut a = record("Ivan Petrov");
        let mut b = record("Boris Sidorov");
        a.identifiers = vec![("passport".into(), "AB 123".into())];
        b.identifiers = vec![("Passport".into(), "ab123".into())];
        assert!(compare_records(&a, &b, Options::default()).score > 0.9);
        let mut c = record("Ivan Petrov");
        (a.birth_dates, c.birth_dates) = (vec!["1960-02-01".into()], vec!["1985".into()]);
        (a.countries, c.countries) = (vec!["ru".into()], vec!["bg".into()]);
        let judged = compare_records(&a, &c, Options::default());
        assert!(judged.score < crate::THRESHOLD, "{judged:?}");
    }

    #[test]
    fn swapped_day_and_month_still_agree() {
        assert!(birth_points("1960-02-01", "1960-01-02") > 0.0);
        assert!(birth_points("1960-02-01", "1961") < 0.0);
    }
}
