//! On which lists the things of a case may be, and since when.

use crate::words::clean;
use lagebild_case::{Case, CaseEntity};
use std::collections::BTreeMap;

/// The days of listing of the parties of a case.
pub(crate) struct Lists<'c> {
    days: BTreeMap<&'c str, &'c [String]>,
}

impl<'c> Lists<'c> {
    pub(crate) fn of(case: &'c Case) -> Self {
        let all = case.readings.iter().flat_map(|reading| &reading.listings);
        Self { days: all.map(|one| (one.party.as_str(), one.listed.as_slice())).collect() }
    }

    /// Each list that an entity may be on, with the first day that the list names: "ofac-sdn since 2016-07-06".
    pub(crate) fn told(&self, entity: &CaseEntity) -> Vec<String> {
        let mut lists: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for hit in &entity.matches {
            let days = self.days.get(hit.party.as_str()).copied().unwrap_or_default();
            let first = days.iter().map(String::as_str).min();
            let known = lists.entry(&hit.list).or_default();
            *known = match (*known, first) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        let told = |(list, day): (&str, Option<&str>)| match day {
            Some(day) => clean(&format!("{list} since {day}")),
            None => clean(list),
        };
        lists.into_iter().map(told).collect()
    }
}
