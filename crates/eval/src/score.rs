//! One reading against its gold, layer by layer.

use crate::align::{covers, find, gold_mentions, overlap, vote};
use crate::gold::{Gold, GoldStatement, GoldTransfer};
use crate::tally::Scores;
use lagebild_entities::{EntityId, EntityKind};
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::Statement;
use lagebild_transfers::{Transfer, TransferId};
use std::collections::{BTreeMap, BTreeSet};

/// Adds a reading's counts to the scores.
pub fn score(reading: &Reading, gold: &Gold, scores: &mut Scores) {
    let mentions = gold_mentions(&reading.text, &gold.entities);
    let to_gold = vote(reading, &mentions);
    let layers = Scorer { reading, gold, to_gold };
    scores.articles += 1;
    layers.mentions(&mentions, scores);
    layers.entities(scores);
    layers.statements(scores);
    let matched = layers.transfers(scores);
    layers.findings(&matched, scores);
}

struct Scorer<'a> {
    reading: &'a Reading,
    gold: &'a Gold,
    to_gold: BTreeMap<EntityId, &'a str>,
}

impl Scorer<'_> {
    fn is(&self, id: Option<EntityId>, name: Option<&str>) -> bool {
        id.and_then(|id| self.to_gold.get(&id).copied()) == name
    }

    /// Countries, organisations and persons are scored; other kinds may be found without penalty.
    fn scored(&self, id: EntityId) -> bool {
        let kind = self.reading.entities.iter().find(|entity| entity.id == id).map(|entity| entity.kind);
        matches!(kind, Some(EntityKind::Person | EntityKind::Organisation | EntityKind::Country))
    }

    fn mentions(&self, gold: &[(Span, &str)], scores: &mut Scores) {
        let text = &self.reading.text;
        let found = |span: Span, name: &str| {
            let right = |id| self.to_gold.get(&id).is_some_and(|gold| *gold == name);
            self.reading
                .mentions
                .iter()
                .any(|mention| right(mention.entity) && covers(text, mention.span, span))
        };
        let mut right = 0;
        for (span, name) in gold {
            if found(*span, name) {
                right += 1;
            } else {
                scores.notes.push(format!("missed mention   {name}: {:?}", span.of(text)));
            }
        }
        let mut extra = 0;
        for mention in self.reading.mentions.iter().filter(|mention| self.scored(mention.entity)) {
            let explained = gold.iter().any(|(span, name)| {
                let same = self.to_gold.get(&mention.entity) == Some(name) && span.overlaps(mention.span);
                same || (span.contains(mention.span) && *span != mention.span)
            });
            if !explained {
                extra += 1;
                scores.notes.push(format!(
                    "spurious mention {}: {:?}",
                    mention.entity,
                    mention.span.of(text)
                ));
            }
        }
        scores.mentions.add(right, extra, gold.len() - right);
    }

    fn entities(&self, scores: &mut Scores) {
        let names: BTreeSet<&str> = self.gold.entities.iter().map(|entity| entity.name.as_str()).collect();
        let mut split: BTreeMap<&str, usize> = BTreeMap::new();
        self.to_gold.values().for_each(|name| *split.entry(name).or_default() += 1);
        let right = names.iter().filter(|name| split.contains_key(*name)).count();
        let splits: usize = split.values().map(|count| count - 1).sum();
        let mentioned: BTreeSet<EntityId> =
            self.reading.mentions.iter().map(|mention| mention.entity).collect();
        let unknown =
            mentioned.iter().filter(|id| !self.to_gold.contains_key(id) && self.scored(**id)).count();
        scores.entities.add(right, splits + unknown, names.len() - right);
    }

    fn statements(&self, scores: &mut Scores) {
        let text = &self.reading.text;
        let mut free: BTreeSet<usize> = (0..self.reading.statements.len()).collect();
        let (mut matched, mut full) = (0, 0);
        let golds: Vec<&GoldStatement> = self.gold.statements.iter().filter(|gold| !gold.cue_only).collect();
        for gold in &golds {
            let Some(span) = find(text, &gold.quote) else { continue };
            let content = |at: &usize| overlap(text, self.reading.statements[*at].content, span);
            // The first of the best, as Python's `max` takes it.
            let best = free.iter().rev().copied().max_by(|a, b| content(a).total_cmp(&content(b)));
            let Some(best) = best.filter(|at| content(at) >= 0.5) else {
                scores.notes.push(format!("missed statement {:?}", shortened(&gold.quote)));
                continue;
            };
            free.remove(&best);
            matched += 1;
            full += usize::from(self.statement(&self.reading.statements[best], gold, scores));
        }
        scores.statements.add(matched, free.len(), golds.len() - matched);
        scores.statements_full.add(full, self.reading.statements.len() - full, golds.len() - full);
        for at in free {
            let content = self.reading.statements[at].content.of(text);
            scores.notes.push(format!("extra statement  {:?}", shortened(content)));
        }
    }

    fn statement(&self, found: &Statement, gold: &GoldStatement, scores: &mut Scores) -> bool {
        let speaker = self.is(found.speaker, gold.speaker.as_deref());
        let channel = self.is(found.channel, gold.channel.as_deref());
        let certainty = found.certainty.code() == gold.certainty;
        scores.speaker.add(speaker);
        scores.channel.add(channel);
        scores.certainty.add(certainty);
        if gold.certainty != "CT+" {
            scores.shown_as_certain.add(found.certainty.code() == "CT+");
        }
        let right = speaker && channel && certainty;
        if !right {
            let name = |id: Option<EntityId>| id.and_then(|id| self.to_gold.get(&id).copied()).unwrap_or("–");
            scores.notes.push(format!(
                "statement {:?}: got {}, {}, {}; gold {}, {}, {}",
                shortened(&gold.quote),
                name(found.speaker),
                name(found.channel),
                found.certainty,
                gold.speaker.as_deref().unwrap_or("–"),
                gold.channel.as_deref().unwrap_or("–"),
                gold.certainty
            ));
        }
        right
    }

    /// Scores the transfers; gives the gold transfer of each matched one.
    fn transfers(&self, scores: &mut Scores) -> BTreeMap<TransferId, usize> {
        let mut free: Vec<&Transfer> = self.reading.transfers.iter().collect();
        let mut matched = BTreeMap::new();
        let mut full = 0;
        for (at, gold) in self.gold.transfers.iter().enumerate() {
            let Some(span) = find(&self.reading.text, &gold.item) else { continue };
            let same: Vec<&Transfer> =
                free.iter().copied().filter(|found| self.same_transfer(found, gold, span)).collect();
            let by_overlap = |found: &&Transfer| overlap(&self.reading.text, found.item, span);
            let best = same.iter().rev().copied().max_by(|a, b| by_overlap(a).total_cmp(&by_overlap(b)));
            let Some(best) = best else {
                let (giver, receiver) = (gold.giver.as_deref(), gold.receiver.as_deref());
                let route = format!("{} -> {}", giver.unwrap_or("–"), receiver.unwrap_or("–"));
                scores.notes.push(format!("missed transfer  {route}: {:?}", gold.item));
                continue;
            };
            full += usize::from(self.transfer(best, gold, scores));
            // A list of items may be read as several transfers: the rest of them count as the same one.
            matched.extend(same.iter().map(|found| (found.id, at)));
            free.retain(|found| !matched.contains_key(&found.id));
        }
        let right = matched.values().collect::<BTreeSet<_>>().len();
        scores.transfers.add(right, free.len(), self.gold.transfers.len() - right);
        scores.transfers_full.add(full, right - full + free.len(), self.gold.transfers.len() - full);
        for found in free {
            scores.notes.push(format!("extra transfer   {:?}", found.item.of(&self.reading.text)));
        }
        matched
    }

    fn same_transfer(&self, found: &Transfer, gold: &GoldTransfer, span: Span) -> bool {
        let item = overlap(&self.reading.text, found.item, span) >= 0.5
            || (span.contains(found.item) && !found.item.is_empty());
        item && self.is(found.giver, gold.giver.as_deref())
            && self.is(found.receiver, gold.receiver.as_deref())
    }

    fn transfer(&self, found: &Transfer, gold: &GoldTransfer, scores: &mut Scores) -> bool {
        let class = gold
            .class
            .as_ref()
            .is_none_or(|gold| found.class.as_deref().is_some_and(|class| gold.holds(class)));
        let certainty = found.certainty.code() == gold.certainty;
        let right = class && certainty && self.is(found.source, gold.source.as_deref());
        if !right {
            scores.notes.push(format!(
                "transfer {:?}: got {:?} {} {:?}; gold {:?} {} {:?}",
                gold.item,
                found.class,
                found.certainty,
                found.source.and_then(|id| self.to_gold.get(&id)),
                gold.class,
                gold.certainty,
                gold.source
            ));
        }
        right
    }

    fn findings(&self, matched: &BTreeMap<TransferId, usize>, scores: &mut Scores) {
        let mut got: BTreeMap<(usize, &str, &str), BTreeSet<&str>> = BTreeMap::new();
        for finding in &self.reading.findings {
            if let Some(at) = matched.get(&finding.transfer) {
                let key = (*at, finding.finding.regime.as_str(), finding.finding.verdict.code());
                got.entry(key).or_default().extend(finding.finding.instrument.as_deref());
            }
        }
        let mut right = 0;
        for gold in &self.gold.findings {
            let named = got.remove(&(gold.transfer, gold.regime.as_str(), gold.verdict.as_str()));
            let hit = named.is_some_and(|named| {
                gold.instruments.is_empty() || gold.instruments.iter().any(|one| named.contains(one.as_str()))
            });
            right += usize::from(hit);
            if !hit {
                scores.notes.push(format!(
                    "missed finding   transfer {} {} {}",
                    gold.transfer, gold.regime, gold.verdict
                ));
            }
        }
        let regimes: BTreeSet<&str> = self.gold.findings.iter().map(|gold| gold.regime.as_str()).collect();
        let extra = got.keys().filter(|(_, regime, _)| regimes.contains(regime)).count();
        scores.findings.add(right, extra, self.gold.findings.len() - right);
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(70).collect()
}
