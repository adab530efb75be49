//! In which order and groups the views show what was found.

use lagebild_entities::Entity;
use lagebild_measures::Verdict;
use lagebild_reading::{Listing, Reading, TransferFinding};
use lagebild_transfers::{Standing, Transfer, TransferId};
use std::collections::{BTreeMap, BTreeSet};

/// The transfers that are likelier right than not, and the others.
pub(crate) fn sure_and_unsure(reading: &Reading) -> (Vec<&Transfer>, Vec<&Transfer>) {
    transfers(reading).into_iter().partition(|transfer| transfer.is_sure())
}

/// The transfers in the order of the text, each claim with its denials right behind it.
fn transfers(reading: &Reading) -> Vec<&Transfer> {
    let mut told: Vec<&Transfer> = Vec::new();
    for transfer in &reading.transfers {
        let opposite = reading.transfers.iter().filter(|other| transfer.contradicted_by.contains(&other.id));
        for one in std::iter::once(transfer).chain(opposite) {
            if !told.iter().any(|known| known.id == one.id) {
                told.push(one);
            }
        }
    }
    told
}

/// The entities that may be listed parties, those named most often first.
pub(crate) fn listed(reading: &Reading) -> Vec<&Entity> {
    let mut listed: Vec<&Entity> =
        reading.entities.iter().filter(|entity| !entity.matches.is_empty()).collect();
    listed.sort_by_key(|entity| std::cmp::Reverse(mentions(reading, entity)));
    listed
}

/// How often an entity is named.
pub(crate) fn mentions(reading: &Reading, entity: &Entity) -> usize {
    reading.mentions.iter().filter(|mention| mention.entity == entity.id).count()
}

/// On how many lists with how many entries: "6 entries on 4 lists: eu-fsf, ofac-sdn, …".
pub(crate) fn entries(entity: &Entity) -> String {
    let lists: BTreeSet<&str> = entity.matches.iter().map(|hit| hit.list.as_str()).collect();
    let entries = match entity.matches.len() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    format!("{entries} on {}", lists.into_iter().collect::<Vec<_>>().join(", "))
}

/// What the publisher says of a listed party: "born 1984 · DPRK2 · listed 2016-07-06".
pub(crate) fn facts(reading: &Reading, party: &str) -> String {
    let Some(listing) = reading.listings.iter().find(|listing| listing.party == party) else {
        return String::new();
    };
    let Listing { birth, programmes, listed, .. } = listing;
    let row = |word: &str, values: &[String]| {
        (!values.is_empty()).then(|| crate::words::clean(&format!("{word}{}", values.join(", "))))
    };
    let rows = [row("born ", birth), row("", programmes), row("listed ", listed)];
    rows.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How many provisions of a regime are shown of one transfer; the rest is folded.
const SHOWN: usize = 3;

/// The findings of one regime.
pub(crate) struct Regime<'r> {
    pub(crate) code: &'r str,
    pub(crate) issuer: &'r str,
    /// Findings of equal provision, evidence state, standing and reason; the clearest first.
    pub(crate) groups: Vec<Vec<&'r TransferFinding>>,
    /// What is folded: beyond the three most specific of each transfer, which the check puts first.
    pub(crate) more: Vec<Vec<&'r TransferFinding>>,
}

/// Findings that need no link to their issuer, folded by regime; then those that do, by issuer.
pub(crate) fn findings(reading: &Reading) -> (Vec<Regime<'_>>, BTreeMap<&str, Vec<&TransferFinding>>) {
    let mut regimes: Vec<Regime<'_>> = Vec::new();
    let mut linked: BTreeMap<&str, Vec<&TransferFinding>> = BTreeMap::new();
    for finding in &reading.findings {
        let inner = &finding.finding;
        if inner.verdict == Verdict::WouldApplyWithNexus {
            linked.entry(&inner.issuer).or_default().push(finding);
            continue;
        }
        let at = regimes.iter().position(|one| one.code == inner.regime).unwrap_or_else(|| {
            regimes.push(Regime {
                code: &inner.regime,
                issuer: &inner.issuer,
                groups: Vec::new(),
                more: Vec::new(),
            });
            regimes.len() - 1
        });
        if let Some(regime) = regimes.get_mut(at) {
            regime.add(finding);
        }
    }
    for regime in &mut regimes {
        regime.groups.sort_by_key(|group| group.first().map(|one| (one.finding.verdict, one.standing)));
    }
    (regimes, linked)
}

impl<'r> Regime<'r> {
    /// Folds a finding away where three of its transfer are shown already.
    fn add(&mut self, finding: &'r TransferFinding) {
        let key = |one: &TransferFinding| (one.standing, one.denied_by.clone(), one.finding.verdict);
        let alike = |group: &&mut Vec<&TransferFinding>| {
            group.first().is_some_and(|one| {
                key(one) == key(finding)
                    && one.finding.citation() == finding.finding.citation()
                    && one.finding.why == finding.finding.why
            })
        };
        let told = self.groups.iter().flatten().filter(|one| one.transfer == finding.transfer).count();
        let groups = if told < SHOWN { &mut self.groups } else { &mut self.more };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
}

/// Findings of one issuer: the three most specific of each transfer and regime, and the rest.
pub(crate) fn fold<'r>(
    findings: &[&'r TransferFinding],
) -> (Vec<&'r TransferFinding>, Vec<&'r TransferFinding>) {
    let mut told: BTreeMap<(TransferId, &str), usize> = BTreeMap::new();
    findings.iter().copied().partition(|finding| {
        let count = told.entry((finding.transfer, &finding.finding.regime)).or_default();
        *count += 1;
        *count <= SHOWN
    })
}

/// "and 4 more".
pub(crate) fn and_more(count: usize) -> String {
    format!("and {count} more")
}

/// The transfers of some findings, each once.
pub(crate) fn ids(findings: &[&TransferFinding]) -> String {
    let ids: BTreeSet<TransferId> = findings.iter().map(|finding| finding.transfer).collect();
    ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

/// True for evidence that somebody has to look at first.
pub(crate) fn is_alarming(finding: &TransferFinding) -> bool {
    let touched = matches!(finding.finding.verdict, Verdict::Touched | Verdict::TouchedIndirectly);
    touched && finding.standing <= Standing::Probable
}
