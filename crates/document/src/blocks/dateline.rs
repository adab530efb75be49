//! The place, date and agency before the first sentence: "Moskau –", "SEOUL (Reuters) -",
//! "МОСКВА, 12 сентября. /ТАСС/.", "(서울=연합뉴스)".

use super::shape;
use crate::lexicon::Cues;

/// A dateline at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// One past its last byte, separator included.
    pub(super) end: usize,
    /// What speaks for it.
    pub(super) strength: Strength,
}

/// How sure a dateline is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A date or an agency stands in it.
    Named,
    /// It is a place and a dash, with which other sentences begin too.
    Dash,
    /// It is one word and a full stop ("Pjöngjang. Nordkoreas Machthaber …").
    Stop,
}

/// Datelines are looked for in this many characters.
const LONGEST: usize = 110;

/// The dateline that `text` begins with.
pub(super) fn find(text: &str, cues: &Cues) -> Option<Found> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let found = bracketed(head).or_else(|| placed(head, cues))?;
    let body = text.get(found.end..)?.trim_start();
    shape::could_begin_sentence(body).then_some(found)
}

/// (서울=연합뉴스) 김철수 기자 = …, 【ソウル=…】.
fn bracketed(head: &str) -> Option<Found> {
    let close = match head.chars().next()? {
        '(' => ')',
        '[' => ']',
        '【' => '】',
        _ => return None,
    };
    let end = head.find(close)? + close.len_utf8();
    if !head.get(..end)?.contains(['=', '＝']) {
        return None;
    }
    let rest = head.get(end..)?;
    let reporter =
        rest.find(" = ").filter(|&at| shape::words_up_to(rest.get(..at).unwrap_or_default(), 7) < 7);
    Some(Found { end: end + reporter.map_or(0, |at| at + 3), strength: Strength::Named })
}

/// The first separator with nothing but place, date and agency before it.
fn placed(head: &str, cues: &Cues) -> Option<Found> {
    for (at, c) in head.char_indices() {
        let (before, rest) = (head.get(..at)?, head.get(at + c.len_utf8()..)?);
        let spaced = rest.starts_with(char::is_whitespace);
        let parts = match c {
            '-' | '–' | '—' | '|' if spaced && !before.ends_with(char::is_alphanumeric) => {
                Parts::of(before, cues)
                    .filter(|parts| parts.date || parts.agency || may_stand_bare(before, cues))
            }
            '.' if spaced => Parts::of(before, cues)
                .filter(|parts| parts.date || parts.agency || is_one_place(before, cues)),
            ')' | ']' | '/' => {
                let closed = head.get(..at + 1)?;
                Parts::of(closed, cues).filter(|parts| parts.agency && !closed.ends_with("//"))
            }
            _ => None,
        };
        if let Some(parts) = parts {
            let dated = absorb_date(rest, cues);
            let rest = absorb_agency(dated.unwrap_or(rest), cues);
            let strength = match c {
                _ if parts.date || parts.agency || dated.is_some() => Strength::Named,
                '.' => Strength::Stop,
                _ => Strength::Dash,
            };
            return Some(Found { end: head.len() - rest.len(), strength });
        }
    }
    None
}

/// True for the few words of a place that need no agency beside them.
fn may_stand_bare(place: &str, cues: &Cues) -> bool {
    cues.no_places.strip(place).is_none()
        && place.split([' ', '/']).filter(|word| word.len() > 2).count() <= 3
}

/// True for one word that may be a place and is no abbreviation.
fn is_one_place(word: &str, cues: &Cues) -> bool {
    cues.no_places.strip(word).is_none() && !word.contains(' ') && shape::longer_than(word, 3)
}

/// What follows a date that stands between full stops: "Астана. 21 августа. Интерфакс".
fn absorb_date<'a>(rest: &'a str, cues: &Cues) -> Option<&'a str> {
    let (date, after) = rest.split_once(". ")?;
    let words: Vec<&str> = date.split_whitespace().collect();
    (words.len() > 1 && is_date(&words, cues)).then_some(after)
}

/// A day and a month, and nothing else but what stands beside them.
fn is_date(words: &[&str], cues: &Cues) -> bool {
    let month = |word: &&str| cues.month(word).is_some();
    let fits = |word: &&str| is_number(word) || month(word) || cues.beside_dates.is_whole(word);
    words.iter().all(fits) && words.iter().any(|word| is_number(word)) && words.iter().any(month)
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes the country in brackets out of "GOMA (République démocratique du Congo), 11 février 2025".
fn without_country(before: &str) -> String {
    let bracket = before.split_once(" (").and_then(|(place, rest)| Some((place, rest.split_once("),")?)));
    let capital = |inner: &str| inner.starts_with(char::is_uppercase);
    match bracket {
        Some((place, (country, rest))) if capital(country) => format!("{place},{rest}"),
        _ => before.into(),
    }
}

/// What follows once separators, and an agency that is named behind the first one, are stepped over.
fn absorb_agency<'a>(rest: &'a str, cues: &Cues) -> &'a str {
    let separators = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '.');
    let rest = rest.trim_start_matches(separators);
    let dashed = |after: &str| [" –", " —", " - "].iter().any(|dash| after.starts_with(dash));
    let open = rest.chars().next().filter(|first| matches!(first, '(' | '/'));
    let named = if let Some(open) = open {
        let inside = rest.get(1..).and_then(|inner| inner.split_once(if open == '(' { ')' } else { '/' }));
        inside
            .filter(|(inner, _)| inner.len() < 40 && cues.agencies.find(inner).is_some())
            .map(|(_, after)| after)
    } else {
        cues.agencies.strip(rest).filter(|after| after.starts_with(['.', '|']) || dashed(after))
    };
    named.map_or(rest, |after| after.trim_start_matches(separators))
}

/// What the words before a separator are.
#[derive(Clone, Copy, Debug)]
struct Parts {
    date: bool,
    agency: bool,
}

impl Parts {
    /// `None` when the words hold anything but a place, a date and an agency, in this order.
    fn of(before: &str, cues: &Cues) -> Option<Self> {
        let before = without_country(before);
        let (rest, agency) = strip_agency(before.trim_end_matches(['-', '–', '—', ' ', '.']), cues);
        let apart = |c: char| c.is_whitespace() || c == ',';
        let words: Vec<&str> =
            rest.split(apart).map(|word| word.trim_matches('.')).filter(|w| !w.is_empty()).collect();
        let starts_date = |word: &&&str| is_number(word) || cues.month(word).is_some();
        let place_words = words.iter().take_while(|word| !starts_date(word)).count();
        let (place, date) = words.split_at_checked(place_words)?;
        let has_day = !date.is_empty();
        let fits = is_place(place, cues) && (date.is_empty() || is_date(date, cues));
        fits.then_some(Self { date: has_day, agency })
    }
}

/// Takes "(dpa)", "/TASS/" or a bare "taz" from the end.
fn strip_agency<'a>(before: &'a str, cues: &Cues) -> (&'a str, bool) {
    let opener = match before.chars().next_back() {
        Some(')') => '(',
        Some(']') => '[',
        Some('/') => '/',
        _ => ' ',
    };
    let inside = if opener == ' ' { before } else { before.get(..before.len() - 1).unwrap_or_default() };
    let Some(at) = inside.rfind(opener) else { return (before, false) };
    let name = inside.get(at + 1..).unwrap_or_default();
    let is_agency =
        if opener == ' ' { cues.agencies.is_whole(name) } else { cues.agencies.find(name).is_some() };
    if is_agency { (before.get(..at).unwrap_or_default(), true) } else { (before, false) }
}

/// One to six capitalised words with small ones between them: "Moskau/Pjöngjang", "PYONGYANG, North Korea",
/// "Frankfurt am Main".
fn is_place(words: &[&str], cues: &Cues) -> bool {
    let is_name = |word: &str| {
        word.split(['/', '-', '\'', '’']).filter(|part| !part.is_empty()).all(|part| {
            let capital = part.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
            let letters = part.chars().all(char::is_alphabetic);
            letters && (capital || cues.place_particles.is_whole(part))
        })
    };
    let particle = |word: &str| cues.place_particles.is_whole(word);
    let first = words.first().is_some_and(|word| is_name(word) && !particle(word));
    first && words.len() <= 6 && words.iter().all(|word| is_name(word) || particle(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::cues;

    fn split(text: &str) -> Option<(&str, bool)> {
        find(text, cues()).filter(|found| found.strength < Strength::Stop).map(|found| {
            (text.get(..found.end).unwrap_or_default().trim(), found.strength == Strength::Named)
        })
    }

    #[test]
    fn finds_datelines_of_many_houses() {
        assert_eq!(split("Moskau – Am Dienstag rollte der Zug"), Some(("Moskau –", false)));
        assert_eq!(split("Moskau/Pjöngjang (dpa) – Kim ist da"), Some(("Moskau/Pjöngjang (dpa) –", true)));
        assert_eq!(split("MOSKAU taz | Der Zug"), Some(("MOSKAU taz |", true)));
        assert_eq!(
            split("SEOUL, Sept 13 (Reuters) - North Korea"),
            Some(("SEOUL, Sept 13 (Reuters) -", true))
        );
        assert_eq!(split("PYONGYANG, North Korea (AP) — Kim"), Some(("PYONGYANG, North Korea (AP) —", true)));
        assert_eq!(
            split("MOSCOW, September 12. /TASS/. Russian"),
            Some(("MOSCOW, September 12. /TASS/.", true))
        );
        assert_eq!(
            split("МОСКВА, 12 сен - РИА Новости. Президент"),
            Some(("МОСКВА, 12 сен - РИА Новости.", true))
        );
        assert_eq!(split("ПХЕНЬЯН, 19 октября 2023. Лавров"), Some(("ПХЕНЬЯН, 19 октября 2023.", true)));
        assert_eq!(split("Séoul (AFP) – La Corée"), Some(("Séoul (AFP) –", true)));
        let own_line = "GOMA (République démocratique du Congo), 11 février 2025 (AFP)";
        assert_eq!(split(&format!("{own_line} Le ministre")), Some((own_line, true)));
        let parted = "Астана. 21 августа. Интерфакс-Казахстан —";
        assert_eq!(split(&format!("{parted} Первая партия")), Some((parted, true)));
        assert_eq!(
            split("Київ, 12 вересня. Укрінформ — Уряд заявив"),
            Some(("Київ, 12 вересня. Укрінформ —", true))
        );
        assert_eq!(
            split("(서울=연합뉴스) 김철수 기자 = 북한이"),
            Some(("(서울=연합뉴스) 김철수 기자 =", true))
        );
        assert_eq!(split("Frankfurt am Main - Die Bank"), Some(("Frankfurt am Main -", false)));
    }

    #[test]
    fn leaves_sentences_alone() {
        assert_eq!(split("Kim – der Machthaber – ist da"), None, "small letter behind the dash");
        assert_eq!(split("Panzer oder gepanzerte Wagen – Typ X"), None);
        assert_eq!(split("Kurzstrecken-Raketen (Typ KN-23) – ähneln"), None);
        assert_eq!(split("Am Dienstag (12. September) rollte"), None);
        assert_eq!(split("Putin kam. Kim ging"), None);
        assert_eq!(split("Die SPD – Das ist bekannt – zögert"), None, "no place begins so");
        assert_eq!(split(""), None);
    }
}
