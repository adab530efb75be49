//! How far the relations of a reading agree with those that a person reads.

use super::passage::{Passage, Related};
use super::score::words;
use crate::align::{overlap, vote};
use crate::tally::{Accuracy, Tally};
use lagebild_entities::EntityId;
use lagebild_reading::Reading;
use lagebild_relations::{Relation, kind};
use lagebild_span::Span;
use std::collections::BTreeMap;
use std::fmt;

/// Sums over passages.
#[derive(Clone, Debug, Default)]
pub struct RelationScores {
    /// How many passages.
    pub passages: usize,
    /// Relations by their kind and sides.
    pub relations: Tally,
    /// Relations whose certainty is right too.
    pub full: Tally,
    /// Of matched relations: certainty; whether it is over.
    pub certainty: Accuracy,
    /// Whether it is said to be over.
    pub ended: Accuracy,
    /// Relations told as certain that are not, or not there at all.
    pub overstated: usize,
    /// What went wrong, a line each.
    pub notes: Vec<String>,
}

/// Adds the counts of a reading's relations.
pub fn related(passage: &Passage, reading: &Reading, scores: &mut RelationScores) {
    scores.passages += 1;
    let words = words(passage, &reading.text);
    let names = Names { to_gold: vote(reading, &words), words, text: &reading.text };
    let gold = &passage.expected.relations;
    let mut open: Vec<&Related> = gold.iter().collect();
    for found in &reading.relations {
        let Some(at) = open.iter().position(|one| names.same(one, found)) else {
            scores.overstated += usize::from(found.is_fact());
            scores.relations.add(0, 1, 0);
            scores.full.add(0, 1, 0);
            scores.notes.push(format!("{}: extra {}", passage.id, names.line(found)));
            continue;
        };
        let told = open.remove(at);
        let sure = told.certainty == found.certainty.code();
        scores.relations.add(1, 0, 0);
        scores.full.add(usize::from(sure), usize::from(!sure), usize::from(!sure));
        scores.certainty.add(sure);
        scores.ended.add(told.ended == found.ended);
        scores.overstated += usize::from(found.is_fact() && !sure);
        if !sure || told.ended != found.ended || told.share.is_some() && told.share != found.share {
            let (certainty, ended) = (&told.certainty, told.ended);
            scores.notes.push(format!(
                "{}: {} wants {certainty}, ended {ended}",
                passage.id,
                names.line(found)
            ));
        }
    }
    for missing in open {
        scores.relations.add(0, 0, 1);
        scores.full.add(0, 0, 1);
        let Related { kind, from, to, certainty, .. } = missing;
        scores.notes.push(format!("{}: missing {kind} {from} -> {to} {certainty}", passage.id));
    }
}

struct Names<'a> {
    words: Vec<(Span, &'a str)>,
    to_gold: BTreeMap<EntityId, &'a str>,
    text: &'a str,
}

impl Names<'_> {
    fn name(&self, entity: EntityId, span: Span) -> &str {
        let here = self.words.iter().find(|(word, _)| overlap(self.text, *word, span) >= 0.5);
        let here = here.map(|(_, name)| *name).or_else(|| self.to_gold.get(&entity).copied());
        here.unwrap_or_else(|| span.of(self.text))
    }

    fn same(&self, told: &Related, found: &Relation) -> bool {
        let from = self.name(found.from, found.from_words);
        let to = self.name(found.to, found.to_words);
        let both_ways = kind(&found.kind).is_some_and(|kind| kind.symmetric);
        let forth = told.from == from && told.to == to;
        told.kind == found.kind && (forth || both_ways && told.from == to && told.to == from)
    }

    fn line(&self, found: &Relation) -> String {
        let from = self.name(found.from, found.from_words);
        let to = self.name(found.to, found.to_words);
        let ended = if found.ended { ", ended" } else { "" };
        let share = found.share.map(|share| format!(", {share} %")).unwrap_or_default();
        format!("{} {from} -> {to} {}{ended}{share}", found.kind, found.certainty)
    }
}

impl fmt::Display for RelationScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line =
            |tally: Tally| format!("P {:.2} R {:.2} F1 {:.3}", tally.precision(), tally.recall(), tally.f1());
        let Tally { right, extra, missing } = self.relations;
        writeln!(f, "{} passages", self.passages)?;
        writeln!(
            f,
            "  kind and sides    {} (right {right}, extra {extra}, missing {missing})",
            line(self.relations)
        )?;
        writeln!(f, "  with certainty    {}", line(self.full))?;
        writeln!(
            f,
            "  certainty {:.2}, ended {:.2} of {}",
            self.certainty.share(),
            self.ended.share(),
            self.ended.of
        )?;
        writeln!(f, "  told as certain and wrong: {}", self.overstated)
    }
}
