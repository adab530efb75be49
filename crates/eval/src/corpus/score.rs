//! How far a reading agrees with what a person reads: sums only.

use super::passage::{Flow, Passage, Said};
use crate::align::{beginnings, find, overlap, vote};
use crate::tally::{Accuracy, Tally};
use lagebild_document::Options;
use lagebild_entities::EntityId;
use lagebild_goods::{Class, Goods};
use lagebild_reading::{Knowledge, Reading};
use lagebild_span::Span;
use lagebild_statements::Statement;
use lagebild_transfers::{Standing, Support, Transfer};
use std::collections::BTreeMap;
use std::fmt;

/// Sums over passages.
#[derive(Clone, Debug, Default)]
pub struct CorpusScores {
    /// How many passages.
    pub passages: usize,
    /// Statements by their content.
    pub statements: Tally,
    /// Statements whose speaker, channel and certainty are right too.
    pub statements_full: Tally,
    /// Speakers of matched statements.
    pub speaker: Accuracy,
    /// Certainties of matched statements.
    pub certainty: Accuracy,
    /// Transfers by item, giver and receiver.
    pub transfers: Tally,
    /// Transfers whose class, certainty, status and source are right too.
    pub transfers_full: Tally,
    /// Sure transfers, which the views show unfolded, that name a party in a place where it does not belong.
    pub wrong: Accuracy,
    /// Denied, open or planned transfers that are sure and shown as certain.
    pub overstated: Accuracy,
    /// Statements that were shown: what speaks for each, and whether somebody is rightly said to say it.
    pub said: Vec<(lagebild_statements::Support, bool)>,
    /// Transfers that were shown.
    pub shown: Vec<Shown>,
    /// What went wrong, a line each.
    pub notes: Vec<String>,
}

/// A transfer that was shown.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Shown {
    /// What speaks for it.
    pub support: Support,
    /// Both sides are right.
    pub right: bool,
    /// It names a party in a place where it does not belong.
    pub wrong: bool,
}

/// Reads a passage.
pub fn read(passage: &Passage, knowledge: Knowledge) -> Option<Reading> {
    let options = Options {
        language: Some(passage.language().to_owned()),
        published: passage.day().and_then(|day| day.parse().ok()),
        ..Options::default()
    };
    let document = lagebild_document::read(&format!("{}.txt", passage.id), passage.text.as_bytes(), &options);
    let document = document.into_iter().next()?.ok()?;
    let as_of = document.published?;
    Some(lagebild_reading::read(document, knowledge, as_of))
}

/// Adds a reading's counts.
pub fn score(passage: &Passage, reading: &Reading, scores: &mut CorpusScores) {
    scores.passages += 1;
    let words = words(passage, &reading.text);
    let to_gold = vote(reading, &words);
    let judge = Scorer { reading, passage, words, to_gold };
    judge.statements(scores);
    judge.transfers(scores);
}

/// Where the referents are named: a longer form wins over a shorter one inside it.
pub(super) fn words<'p>(passage: &'p Passage, text: &str) -> Vec<(Span, &'p str)> {
    let mut all: Vec<(Span, &str)> = Vec::new();
    for referent in &passage.expected.referents {
        for form in referent.words.0.iter().filter(|form| !form.is_empty()) {
            all.extend(beginnings(text, form).into_iter().map(|span| (span, referent.name.as_str())));
        }
    }
    let inside = |span: Span| all.iter().any(|(other, _)| *other != span && other.contains(span));
    all.iter().copied().filter(|(span, _)| !inside(*span)).collect()
}

/// How a slot was filled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Right,
    /// Left open, though the text names somebody.
    Missing,
    /// Somebody else, or somebody where the text names nobody.
    Wrong,
}

struct Scorer<'a> {
    reading: &'a Reading,
    passage: &'a Passage,
    words: Vec<(Span, &'a str)>,
    to_gold: BTreeMap<EntityId, &'a str>,
}

impl Scorer<'_> {
    fn slot(&self, found: Option<EntityId>, words: Option<Span>, gold: Option<&str>) -> Slot {
        let by_words = |name: &str| {
            words.is_some_and(|words| self.words.iter().any(|(span, of)| *of == name && span.overlaps(words)))
        };
        match (found, gold) {
            (None, None) => Slot::Right,
            (None, Some(gold)) if by_words(gold) => Slot::Right,
            (None, Some(_)) => Slot::Missing,
            (Some(id), Some(gold)) if self.to_gold.get(&id) == Some(&gold) || by_words(gold) => Slot::Right,
            (Some(_), _) => Slot::Wrong,
        }
    }

    fn named(&self, id: Option<EntityId>) -> &str {
        id.map_or("–", |id| self.to_gold.get(&id).copied().unwrap_or("?"))
    }

    fn side(&self, id: Option<EntityId>, words: Option<Span>) -> String {
        match words.filter(|_| id.is_none()) {
            Some(words) => format!("({})", words.of(&self.reading.text)),
            None => self.named(id).to_owned(),
        }
    }

    fn statements(&self, scores: &mut CorpusScores) {
        let text = &self.reading.text;
        let mut free: Vec<&Statement> = self.reading.statements.iter().collect();
        let (mut matched, mut full) = (0, 0);
        for gold in &self.passage.expected.statements {
            let content = |found: &Statement| content_overlap(text, found.content, &gold.content.0);
            let best = (0..free.len()).rev().max_by(|a, b| content(free[*a]).total_cmp(&content(free[*b])));
            let Some(best) = best.filter(|at| content(free[*at]) >= 0.5) else {
                scores.notes.push(format!("{}: missed statement {:?}", self.passage.id, gold.content.0));
                continue;
            };
            matched += 1;
            full += usize::from(self.statement(free.remove(best), gold, scores));
        }
        let golds = self.passage.expected.statements.len();
        scores.statements.add(matched, free.len(), golds - matched);
        scores.statements_full.add(full, self.reading.statements.len() - full, golds - full);
        for found in free {
            scores.said.push((found.support, false));
            let content = found.content.of(text);
            scores.notes.push(format!(
                "{}: extra statement {content:?} by {}",
                self.passage.id,
                self.named(found.speaker)
            ));
        }
    }

    fn statement(&self, found: &Statement, gold: &Said, scores: &mut CorpusScores) -> bool {
        let speaker = self.slot(found.speaker, None, gold.speaker.as_deref());
        let by_words = gold.speaker.is_some()
            && self.slot(None, found.speaker_words, gold.speaker.as_deref()) == Slot::Right;
        // A person of whom the gold words hold only title and name together is nobody else.
        let other = found.speaker.is_some_and(|id| self.to_gold.contains_key(&id));
        let speaker = speaker == Slot::Right || !other && by_words;
        let channel = self.slot(found.channel, None, gold.channel.as_deref()) == Slot::Right;
        let certainty = found.certainty.code() == gold.certainty;
        scores.speaker.add(speaker);
        scores.said.push((found.support, speaker));
        scores.certainty.add(certainty);
        if !(speaker && channel && certainty) {
            scores.notes.push(format!(
                "{}: statement {:?}: {} via {} {}; gold {:?} via {:?} {}",
                self.passage.id,
                found.content.of(&self.reading.text),
                self.named(found.speaker),
                self.named(found.channel),
                found.certainty,
                gold.speaker,
                gold.channel,
                gold.certainty
            ));
        }
        speaker && channel && certainty
    }

    fn transfers(&self, scores: &mut CorpusScores) {
        let mut free: Vec<&Transfer> = self.reading.transfers.iter().collect();
        let (mut right, mut full) = (0, 0);
        for gold in &self.passage.expected.transfers {
            let Some(span) = find(&self.reading.text, &gold.item) else { continue };
            let same_item = |found: &&Transfer| {
                span.contains(found.item)
                    || found.item.contains(span)
                    || overlap(&self.reading.text, found.item, span) >= 0.5
            };
            let sides = |found: &Transfer| {
                self.sides(found, gold).iter().filter(|slot| **slot == Slot::Right).count()
            };
            let best =
                (0..free.len()).rev().filter(|at| same_item(&free[*at])).max_by_key(|at| sides(free[*at]));
            let uncertain = gold.certainty != "CT+" || !matches!(gold.status.as_str(), "done" | "ongoing");
            let Some(best) = best else {
                if uncertain {
                    scores.overstated.add(false);
                }
                scores.notes.push(format!("{}: missed {}", self.passage.id, told(gold)));
                continue;
            };
            let found = free.remove(best);
            if uncertain {
                scores.overstated.add(found.is_sure() && found.standing() == Standing::Certain);
            }
            let both = sides(found) == 2;
            let wrong = self.sides(found, gold).contains(&Slot::Wrong);
            scores.shown.push(Shown { support: found.support, right: both, wrong });
            right += usize::from(both);
            full += usize::from(both && self.all_right(found, gold));
            if found.is_sure() {
                scores.wrong.add(wrong);
            }
            if !both || !self.all_right(found, gold) {
                scores.notes.push(format!(
                    "{}: got {}{}; gold {}",
                    self.passage.id,
                    sure(found, wrong),
                    self.shown(found),
                    told(gold)
                ));
            }
        }
        for found in &free {
            let wrong = found.giver.is_some() || found.receiver.is_some();
            scores.shown.push(Shown { support: found.support, right: false, wrong });
            if found.is_sure() {
                scores.wrong.add(wrong);
            }
            scores.notes.push(format!(
                "{}: extra {}{}",
                self.passage.id,
                sure(found, wrong),
                self.shown(found)
            ));
        }
        let (golds, shown) = (self.passage.expected.transfers.len(), self.reading.transfers.len());
        scores.transfers.add(right, shown - right, golds - right);
        scores.transfers_full.add(full, shown - full, golds - full);
    }

    fn sides(&self, found: &Transfer, gold: &Flow) -> [Slot; 2] {
        [
            self.slot(found.giver, found.giver_words, gold.giver.as_deref()),
            self.slot(found.receiver, found.receiver_words, gold.receiver.as_deref()),
        ]
    }

    fn all_right(&self, found: &Transfer, gold: &Flow) -> bool {
        let class = &gold.class.0;
        // The annotators knew fewer classes: one below theirs is theirs, said more exactly.
        let fits = |found: &String| class.iter().any(|gold| Goods::shipped().is_a(found, gold));
        let fits = |found: &String| fits(found) || nearest_above(class) == Some(found);
        let class = class.is_empty() || found.class.as_ref().is_some_and(fits);
        let status = serde_json::to_value(found.status).is_ok_and(|status| status == gold.status.as_str());
        let source = self.slot(found.source, found.source_words, gold.source.as_deref()) == Slot::Right;
        class && status && source && found.certainty.code() == gold.certainty
    }

    fn shown(&self, found: &Transfer) -> String {
        let status = serde_json::to_string(&found.status).unwrap_or_default();
        format!(
            "{} -> {}: {:?} {:?} {status} {} by {}",
            self.side(found.giver, found.giver_words),
            self.side(found.receiver, found.receiver_words),
            found.item.of(&self.reading.text),
            found.class.as_deref().unwrap_or("–"),
            found.certainty,
            self.named(found.source)
        )
    }
}

/// Marks a wrong party that the views would show unfolded.
fn sure(found: &Transfer, wrong: bool) -> &'static str {
    if wrong && found.is_sure() { "surely wrong: " } else { "" }
}

/// The narrowest class above several: of a text that says "ammunition" a person lists the kinds it may be.
fn nearest_above(classes: &[String]) -> Option<&'static String> {
    let goods = Goods::shipped();
    let (first, others) = classes.split_first().filter(|(_, others)| !others.is_empty())?;
    let holds_all = |class: &&Class| others.iter().all(|other| goods.is_a(other, &class.id));
    goods.lineage(first).find(holds_all).map(|class| &class.id)
}

fn told(gold: &Flow) -> String {
    format!(
        "{} -> {}: {:?} {:?} {:?} {} by {}",
        gold.giver.as_deref().unwrap_or("–"),
        gold.receiver.as_deref().unwrap_or("–"),
        gold.item,
        gold.class.0,
        gold.status,
        gold.certainty,
        gold.source.as_deref().unwrap_or("–")
    )
}

/// Overlap with the content as a whole, or with the best of its pieces.
fn content_overlap(text: &str, found: Span, pieces: &[String]) -> f64 {
    let spans: Vec<Span> = pieces.iter().filter_map(|piece| find(text, piece)).collect();
    let whole = spans.iter().copied().reduce(Span::cover);
    spans.iter().copied().chain(whole).map(|span| overlap(text, found, span)).fold(0.0, f64::max)
}

impl fmt::Display for CorpusScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f1 =
            |tally: Tally| format!("{:.3} (P {:.3} R {:.3})", tally.f1(), tally.precision(), tally.recall());
        writeln!(f, "{} passages", self.passages)?;
        writeln!(f, "  statements      F1 {}  all right {}", f1(self.statements), f1(self.statements_full))?;
        writeln!(
            f,
            "                  speaker {:.3}  certainty {:.3} of {} matched",
            self.speaker.share(),
            self.certainty.share(),
            self.speaker.of
        )?;
        writeln!(f, "  transfers       F1 {}  all right {}", f1(self.transfers), f1(self.transfers_full))?;
        writeln!(
            f,
            "                  wrong party {:.3} of {} sure  overstated {:.3} of {} uncertain",
            self.wrong.share(),
            self.wrong.of,
            self.overstated.share(),
            self.overstated.of
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_above_several_is_the_narrowest() {
        let above = |classes: &[&str]| {
            let classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
            nearest_above(&classes).map(String::as_str)
        };
        assert_eq!(above(&["artillery_ammunition", "small_arms_ammunition"]), Some("ammunition"));
        assert_eq!(above(&["artillery_ammunition", "battle_tanks"]), Some("arms_and_related_materiel"));
        assert_eq!(above(&["artillery_ammunition"]), None);
        assert_eq!(above(&["coal", "gold"]), None);
    }
}
