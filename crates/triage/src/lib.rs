//! One ranked list out of many readings: what an analyst opens first, and why, each group of copies once.
//!
//! [`Entry::of`] keeps of a reading what counts, [`triage`] ranks. What counts how much is data (`data/triage.yaml`). Pure: the
//! same readings and weights give the same list. It must not know files or how the list is printed.

mod entry;
mod weights;

pub use entry::Entry;
pub use weights::Weights;

use jiff::civil::Date;
use lagebild_copies::{Print, groups};
use lagebild_transfers::Standing;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Name and version of the contract (`docs/triage.md`). Fields may be added to it, never renamed.
pub const SCHEMA: &str = "lagebild.triage/1";

/// Which documents are asked for; an empty field asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a listed party's name, or its id.
    pub party: Option<String>,
    /// Code of a country that is named.
    pub country: Option<String>,
    /// Class of goods.
    pub class: Option<String>,
    /// Beginning of a regime's name.
    pub regime: Option<String>,
    /// How well founded the transfer must be at least.
    pub certainty: Option<Standing>,
    /// The first day of publication.
    pub since: Option<Date>,
    /// The last day of publication.
    pub until: Option<Date>,
}

impl Filter {
    /// True for a document that is asked for.
    pub fn fits(&self, entry: &Entry) -> bool {
        let same = |asked: &Option<String>, all: &BTreeSet<String>, fits: &dyn Fn(&str, &str) -> bool| {
            asked.as_ref().is_none_or(|asked| {
                let asked = asked.to_lowercase();
                all.iter().any(|one| fits(&one.to_lowercase(), &asked))
            })
        };
        same(&self.party, &entry.parties, &|one, asked| one.contains(asked))
            && same(&self.country, &entry.countries, &|one, asked| one == asked)
            && same(&self.class, &entry.classes, &|one, asked| one == asked)
            && same(&self.regime, &entry.regimes, &|one, asked| one.starts_with(asked))
            && self.certainty.is_none_or(|least| entry.standing.is_some_and(|standing| standing <= least))
            && self.since.is_none_or(|day| entry.published.is_some_and(|published| published >= day))
            && self.until.is_none_or(|day| entry.published.is_some_and(|published| published <= day))
    }
}

/// The list.
#[derive(Clone, Debug, Serialize)]
pub struct Triage {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What was looked at.
    pub totals: Totals,
    /// What to open first stands first.
    pub lines: Vec<Line>,
}

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Documents read.
    pub documents: usize,
    /// Groups of copies among them, single documents too.
    pub groups: usize,
    /// Groups that the filter lets through: the lines.
    pub shown: usize,
    /// Lines that name a listed party.
    pub with_listed: usize,
    /// Lines with provisions that are touched, be it with an exception, up to a limit or by wider wording.
    pub with_provisions: usize,
    /// Lines by regime.
    pub regimes: BTreeMap<String, usize>,
}

/// A document or a group of copies.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its place, from 1.
    pub place: usize,
    /// The copy with the highest score; of equals the first.
    #[serde(flatten)]
    pub entry: Entry,
    /// Where the other copies came from.
    pub copies: Vec<String>,
}

/// Ranks documents. A group of copies is shown where one of its documents is asked for, by the best of those.
pub fn triage(entries: &[Entry], filter: &Filter) -> Triage {
    let prints: Vec<Print> = entries.iter().map(|entry| entry.print.clone()).collect();
    let groups = groups(&prints);
    let mut totals = Totals { documents: entries.len(), groups: groups.len(), ..Totals::default() };
    let mut lines: Vec<Line> = groups.iter().filter_map(|group| line(entries, group, filter)).collect();
    // In thousandths, for a score is no whole number; of equals the younger, then by name.
    let rank = |line: &Line| ((line.entry.score * 1_000.0) as i64, line.entry.published);
    lines.sort_by(|one, other| {
        let younger = Reverse(rank(one)).cmp(&Reverse(rank(other)));
        younger.then_with(|| one.entry.source.cmp(&other.entry.source))
    });
    for (place, line) in (1..).zip(&mut lines) {
        line.place = place;
        totals.with_listed += usize::from(!line.entry.parties.is_empty());
        totals.with_provisions += usize::from(!line.entry.regimes.is_empty());
        for regime in &line.entry.regimes {
            *totals.regimes.entry(regime.clone()).or_default() += 1;
        }
    }
    totals.shown = lines.len();
    Triage { schema: SCHEMA, totals, lines }
}

fn line(entries: &[Entry], group: &[usize], filter: &Filter) -> Option<Line> {
    let fitting = group.iter().filter_map(|at| entries.get(*at)).filter(|entry| filter.fits(entry));
    let best = fitting.reduce(|best, next| if next.score > best.score { next } else { best })?;
    let all = group.iter().filter_map(|at| entries.get(*at));
    let copies = all.filter(|entry| !std::ptr::eq(*entry, best)).map(|entry| entry.source.clone()).collect();
    Some(Line { place: 0, entry: best.clone(), copies })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_measures::Verdict;

    #[test]
    fn the_weights_fit_and_name_every_word() {
        let weights = Weights::shipped().unwrap_or_else(|error| unreachable!("{error}"));
        let standings = [
            Standing::Certain,
            Standing::Probable,
            Standing::Planned,
            Standing::Possible,
            Standing::Wished,
            Standing::Open,
            Standing::Cancelled,
            Standing::Doubted,
            Standing::Denied,
        ];
        assert!(standings.into_iter().all(|standing| weights.standing(standing) > 0.0));
        assert!(weights.verdict(Verdict::Touched) > weights.verdict(Verdict::Possible));
        assert!(weights.verdict(Verdict::NoData) > weights.verdict(Verdict::NoMeasureFound));
    }

    fn entry(source: &str, score: f64, text: &str) -> Entry {
        Entry { score, source: source.into(), print: Print::of(None, [text]), ..Entry::default() }
    }

    #[test]
    fn copies_are_one_line_and_the_best_stands_first() {
        let story = "Der Frachter Orsola lief am Montag mit drei Kisten Ersatzteilen aus dem Hafen von Tarnow aus und kam nie an. \
            Nach Angaben der Reederei war die Ladung für eine Werft im Süden des Landes bestimmt, die niemand kennt.";
        let entries = vec![
            entry("a", 1.0, story),
            entry("b", 5.0, "Kurz."),
            entry("c", 2.0, story),
            entry("d", 5.0, ""),
        ];
        let list = triage(&entries, &Filter::default());
        let sources: Vec<&str> = list.lines.iter().map(|line| line.entry.source.as_str()).collect();
        assert_eq!(sources, ["b", "d", "c"]);
        assert_eq!(list.lines[2].copies, ["a"]);
        assert_eq!((list.totals.documents, list.totals.groups, list.totals.shown), (4, 3, 3));
    }

    #[test]
    fn filters_ask_for_words_and_days() {
        let mut one = entry("a", 1.0, "");
        one.parties.insert("Ostbank (x-1)".into());
        one.regimes.insert("UN-1718-DPRK".into());
        one.standing = Some(Standing::Probable);
        let fits = |filter: Filter| filter.fits(&one);
        assert!(fits(Filter {
            party: Some("ostBANK".into()),
            regime: Some("un-1718".into()),
            ..Filter::default()
        }));
        assert!(!fits(Filter { country: Some("ir".into()), ..Filter::default() }));
        assert!(fits(Filter { certainty: Some(Standing::Possible), ..Filter::default() }));
        assert!(!fits(Filter { certainty: Some(Standing::Certain), ..Filter::default() }));
        assert!(
            !fits(Filter { since: Some(jiff::civil::date(2024, 1, 1)), ..Filter::default() }),
            "no day is known"
        );
    }
}
