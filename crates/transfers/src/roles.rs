//! Who gives, who gets and what goes, around one triggering word.

use crate::bystander::Bystander;
use crate::clause::{Clause, Link, Phrase};
use crate::item::{Item, item_at};
use crate::lexicon::{Case, Frame, Place, Shape, Trigger};
use crate::view::View;
use crate::words::{Kind, top};
use lagebild_entities::EntityId;
use std::collections::BTreeSet;

/// A triggering word in its clause.
pub(crate) struct Site<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) clause: usize,
    /// Index of the triggering word.
    pub(crate) word: usize,
    pub(crate) trigger: Trigger,
    pub(crate) passive: bool,
}

impl<'v, 'a> Site<'v, 'a> {
    pub(crate) fn clause(&self) -> Option<&'v Clause> {
        self.view.clauses.get(self.clause)
    }

    fn phrases(&self) -> &'v [Phrase] {
        self.clause().map(|clause| clause.phrases.as_slice()).unwrap_or_default()
    }

    fn side(&self, phrase: &Phrase) -> Option<EntityId> {
        self.view.side(phrase)
    }

    /// The phrase that holds the triggering noun.
    pub(crate) fn own_phrase(&self) -> Option<usize> {
        self.phrases().iter().position(|phrase| phrase.words.contains(&self.word))
    }

    /// The side that stands at a place; none of `taken`.
    pub(crate) fn party(
        &self,
        places: &[Place],
        item: Option<&Item>,
        taken: Option<EntityId>,
    ) -> Option<EntityId> {
        places.iter().find_map(|place| self.at(place, item).filter(|side| Some(*side) != taken))
    }

    fn at(&self, place: &Place, item: Option<&Item>) -> Option<EntityId> {
        match (place, self.passive) {
            (Place::Subject, false) | (Place::Object, true) => self.subject(item),
            (Place::Subject, true) | (Place::Agent, _) => self.agent(),
            (Place::Dative, _) if self.trigger.shape == Shape::Noun => self.dative_behind(item),
            (Place::Object | Place::Dative, _) => self.second(item),
            (Place::Possessor, _) => self.own().and_then(|own| self.owner(own.possessor)),
            (Place::Adjective, _) => {
                self.own().and_then(|own| self.owner(own.adjective)).or(item.and_then(|i| i.origin))
            }
            (Place::Genitive, _) => self.genitive(),
            (Place::Preposition(word), _) => self.behind(word),
        }
    }

    /// Sides that a noun leaves to the verb whose object it is: who "approves the sale" sells, who is "allowed the sale"
    /// sells too.
    pub(crate) fn supported(
        &self,
        frame: &Frame,
        item: Option<&Item>,
        (giver, receiver): (Option<EntityId>, Option<EntityId>),
    ) -> (Option<EntityId>, Option<EntityId>) {
        let lexicon = self.view.setting.lexicon;
        let Some(clause) = self.clause() else { return (giver, receiver) };
        let actor = if self.opposed_or_permitted() {
            self.second(item)
        } else if self.has_word(clause, &lexicon.supports) {
            self.actor(item)
        } else {
            return (giver, receiver);
        };
        let other = |taken: Option<EntityId>| {
            let second = self.free_order().then(|| self.second(item)).flatten();
            second.filter(|side| Some(*side) != taken)
        };
        if frame.giver.contains(&Place::Possessor) {
            let giver = giver.or(actor.filter(|actor| Some(*actor) != receiver));
            (giver, receiver.or_else(|| other(giver)))
        } else {
            let receiver = receiver.or(actor.filter(|actor| Some(*actor) != giver));
            (giver.or_else(|| other(receiver)), receiver)
        }
    }

    /// A verb of forbidding or accusing, or one that allows: its object is who gives or gets.
    fn opposed_or_permitted(&self) -> bool {
        let lexicon = self.view.setting.lexicon;
        let has = |list: &BTreeSet<String>| self.clause().is_some_and(|clause| self.has_word(clause, list));
        has(&lexicon.opponents) || has(&lexicon.permits)
    }

    fn own(&self) -> Option<&'v Phrase> {
        self.phrases().get(self.own_phrase()?)
    }

    fn owner(&self, id: Option<EntityId>) -> Option<EntityId> {
        let setting = &self.view.setting;
        crate::view::side(setting.entities, setting.lexicon, setting.text, id?)
    }

    /// Bare phrases of the clause that can be sides, apart from the item.
    fn bare(&self, item: Option<&Item>) -> impl Iterator<Item = &'v Phrase> {
        let skip = item.map(|item| item.phrase);
        self.phrases().iter().enumerate().filter_map(move |(at, phrase)| {
            let genitive = phrase.cases.first() == Some(&Case::Gen) && phrase.cases.len() == 1;
            let row = phrase.coordinated
                && self.phrases().get(at.wrapping_sub(1)).is_some_and(|p| self.side(p).is_some());
            (Some(at) != skip && phrase.preposition.is_none() && !genitive && !row).then_some(phrase)
        })
    }

    fn free_order(&self) -> bool {
        self.view.setting.lexicon.data.words.free_order
    }

    /// Whose phrase is the subject of the clause by its place, whatever its verb.
    fn subject_phrase(&self, item: Option<&Item>) -> Option<&'v Phrase> {
        if self.free_order() { self.nominative(item) } else { self.before_verb(item) }
    }

    /// Who does what the main verb says: in the clause, or in the one that governs it.
    fn actor(&self, item: Option<&Item>) -> Option<EntityId> {
        self.subject_phrase(item).and_then(|phrase| self.side(phrase)).or_else(|| self.inherited())
    }

    /// The same for what the trigger says: who only tells of it or opposes it is no side.
    fn subject(&self, item: Option<&Item>) -> Option<EntityId> {
        match self.subject_phrase(item) {
            Some(phrase) => self.side(phrase).filter(|_| !self.stands_beside(phrase)),
            None => self.inherited(),
        }
    }

    /// True for a bystander of the own clause, but for a teller of what it did itself.
    fn stands_beside(&self, phrase: &Phrase) -> bool {
        self.clause().and_then(|clause| self.bystander(clause, phrase)).is_some_and(|what| {
            what == Bystander::Opponent || !(self.follows_teller() || self.speaks_of_itself())
        })
    }

    fn nominative(&self, item: Option<&Item>) -> Option<&'v Phrase> {
        let clause = self.clause()?;
        if clause.link == Link::Infinitive || self.antecedent_is_side() {
            return None;
        }
        let bare: Vec<&Phrase> = self
            .bare(item)
            .filter(|phrase| phrase.may_be(Case::Nom) && self.side(phrase).is_some())
            .collect();
        // Of two names without articles the first is the subject ("Iran will Russland Drohnen liefern").
        let plain = bare.iter().all(|phrase| phrase.cases.is_empty());
        let tree = bare.iter().find(|phrase| self.relation(phrase) == "nsubj" && bare.len() > 1 && !plain);
        tree.or(bare.first()).copied()
    }

    /// The relation of a phrase's head, where there is a tree.
    fn relation(&self, phrase: &Phrase) -> &'a str {
        let head = top(&self.view.words, phrase.words.clone()).and_then(|at| self.view.words.get(at));
        head.map(|word| word.deprel).unwrap_or_default()
    }

    /// The last bare phrase before the verb; what is no side hands on to the phrase that qualifies it.
    fn before_verb(&self, item: Option<&Item>) -> Option<&'v Phrase> {
        let phrases = self.phrases();
        let at = (0..phrases.len()).rev().find(|at| {
            phrases.get(*at).is_some_and(|phrase| {
                phrase.words.end <= self.word
                    && phrase.preposition.is_none()
                    && item.is_none_or(|item| item.phrase != *at)
                    && !self.is_time(phrase)
                    && !(phrase.coordinated && *at > 0)
            })
        })?;
        let phrase = phrases.get(at)?;
        let next =
            || phrases.get(at + 1).filter(|next| next.words.end <= self.word && next.preposition.is_some());
        Some(phrase)
            .filter(|phrase| self.side(phrase).is_some())
            .or_else(next)
            .filter(|p| self.side(p).is_some())
    }

    fn is_time(&self, phrase: &Phrase) -> bool {
        phrase.party().is_none() && self.view.dates_in(phrase.span(&self.view.words)).next().is_some()
    }

    /// The subject of the nearest clause before that can hand one on, or the noun that a relative clause is about.
    fn inherited(&self) -> Option<EntityId> {
        if self.antecedent_is_side() {
            return self.antecedent().and_then(|phrase| self.side(phrase));
        }
        let clause = self.clause()?;
        // "… stopped a tanker that carried": the tanker did.
        let relative = clause.link == Link::Relative && self.antecedent().is_some();
        if relative || (matches!(clause.link, Link::Subordinate | Link::Relative) && self.free_order()) {
            return None;
        }
        let clauses = self.view.clauses.get(..self.clause)?;
        clauses.iter().rev().find_map(|before| self.handed_on(before))
    }

    /// Whom an earlier clause hands on: its subject, or its second side where its verb makes that one act ("asked Spain to").
    fn handed_on(&self, before: &Clause) -> Option<EntityId> {
        let bare: Vec<&Phrase> =
            before.phrases.iter().filter(|p| p.preposition.is_none() && self.side(p).is_some()).collect();
        let infinitive = self.clause()?.link == Link::Infinitive;
        let first = bare.iter().copied().find(|phrase| phrase.may_be(Case::Nom));
        let subject = first.filter(|phrase| match self.bystander(before, phrase) {
            Some(Bystander::Opponent) => false,
            Some(Bystander::Teller) => self.speaks_of_itself(),
            None => true,
        });
        let second =
            bare.get(1).filter(|_| infinitive && self.has_word(before, &self.view.setting.lexicon.controls));
        second.copied().or(subject).and_then(|phrase| self.side(phrase))
    }

    fn has_word(&self, clause: &Clause, list: &BTreeSet<String>) -> bool {
        self.view
            .words
            .get(clause.words.clone())
            .is_some_and(|words| words.iter().any(|word| list.contains(&word.lower)))
    }

    /// The phrase right before a relative clause.
    pub(crate) fn antecedent(&self) -> Option<&'v Phrase> {
        let clause = self.clause().filter(|clause| clause.link == Link::Relative)?;
        let before = self.view.clauses.get(self.clause.checked_sub(1)?)?;
        before.phrases.iter().rev().find(|phrase| phrase.words.end <= clause.words.start)
    }

    fn antecedent_is_side(&self) -> bool {
        self.antecedent().is_some_and(|phrase| phrase.head.is_some() && self.side(phrase).is_some())
    }

    /// The bare side that is not the subject: whom something is given.
    fn second(&self, item: Option<&Item>) -> Option<EntityId> {
        let subject = if self.passive { None } else { self.actor(item) };
        if self.free_order() {
            let dative = |phrase: &&Phrase| phrase.may_be(Case::Dat) || phrase.may_be(Case::Acc);
            return self
                .bare(item)
                .filter(dative)
                .filter_map(|phrase| self.side(phrase))
                .find(|side| Some(*side) != subject);
        }
        let after = self.bare(item).find(|phrase| phrase.words.start > self.word)?;
        let near = after.words.start <= self.word + 4;
        self.side(after).filter(|side| near && after.head.is_some() && Some(*side) != subject)
    }

    /// A bare side behind a noun: "поставки оружия России".
    fn dative_behind(&self, item: Option<&Item>) -> Option<EntityId> {
        self.bare(item).filter(|phrase| phrase.words.start > self.word).find_map(|phrase| self.side(phrase))
    }

    /// "von Iran geliefert", "поставлены Ираном": who acts in the passive.
    fn agent(&self) -> Option<EntityId> {
        let agents = &self.view.setting.lexicon.data.words.agents;
        let bare =
            || self.bare(None).find(|phrase| phrase.cases == [Case::Ins] && self.side(phrase).is_some());
        agents
            .iter()
            .find_map(|word| self.behind(word))
            .or_else(|| bare().and_then(|phrase| self.side(phrase)))
    }

    /// The side behind a preposition: the nearest to the trigger, one after it before one in front of it.
    fn behind(&self, preposition: &str) -> Option<EntityId> {
        let fits = |phrase: &&Phrase| {
            phrase.preposition.as_deref() == Some(preposition)
                && self.side(phrase).is_some()
                && !self.is_source(phrase.span(&self.view.words))
                && !self.is_agent_of_bystanding(phrase)
        };
        let after = self.local().iter().filter(|phrase| phrase.words.start > self.word).find(fits);
        let before = || self.local().iter().rev().filter(|phrase| phrase.words.end <= self.word).find(fits);
        let before = if self.trigger.shape == Shape::Noun { None } else { before() };
        after.or(before).and_then(|phrase| self.side(phrase))
    }

    /// Phrases that can belong to the trigger: for a noun those that follow it up to the next verb.
    fn local(&self) -> &'v [Phrase] {
        let phrases = self.phrases();
        if self.trigger.shape != Shape::Noun {
            return phrases;
        }
        let from = self.own_phrase().unwrap_or(0);
        let verb = self
            .view
            .words
            .iter()
            .enumerate()
            .skip(self.word + 1)
            .find(|(_, word)| matches!(word.kind, Kind::Verb | Kind::Auxiliary | Kind::Stop));
        let end = verb.map_or(usize::MAX, |(at, _)| at);
        let until = phrases.iter().position(|phrase| phrase.words.start >= end).unwrap_or(phrases.len());
        phrases.get(from..until.max(from)).unwrap_or_default()
    }

    /// "die Lieferungen Nordkoreas": a side right behind the noun.
    fn genitive(&self) -> Option<EntityId> {
        let next = self.phrases().get(self.own_phrase()? + 1)?;
        let close = next.words.start <= self.word + 3 && next.preposition.is_none();
        let marked = next.cases.contains(&Case::Gen)
            || self
                .view
                .words
                .get(next.words.end.wrapping_sub(1))
                .is_some_and(|word| word.lower.ends_with('s'));
        self.side(next).filter(|_| close && marked && next.head.is_some())
    }

    /// What goes.
    pub(crate) fn item(&self, places: &[Place]) -> Option<Item> {
        let clause = self.clause()?;
        places.iter().find_map(|place| match (place, self.passive) {
            (Place::Object, false) => self.object_item(clause),
            (Place::Object, true) | (Place::Subject, _) => self.subject_item(clause),
            (Place::Preposition(word), _) => self.item_behind(clause, word),
            (Place::Genitive, _) => self.genitive_item(clause),
            _ => None,
        })
    }

    fn items<'s>(&'s self, clause: &'s Clause) -> impl Iterator<Item = Item> + 's {
        (0..clause.phrases.len()).filter_map(|at| {
            let bare = clause.phrases.get(at)?.preposition.is_none();
            item_at(self.view, clause, at).filter(|_| bare)
        })
    }

    fn start(clause: &Clause, item: &Item) -> usize {
        clause.phrases.get(item.phrase).map_or(0, |phrase| phrase.words.start)
    }

    fn object_item(&self, clause: &Clause) -> Option<Item> {
        let after = self.items(clause).find(|item| Self::start(clause, item) > self.word);
        let free = || self.items(clause).find(|_| self.free_order());
        after.or_else(free).or_else(|| self.antecedent_item())
    }

    fn subject_item(&self, clause: &Clause) -> Option<Item> {
        if self.trigger.shape == Shape::Attribute {
            return self.items(clause).find(|item| Self::start(clause, item) > self.word);
        }
        let before = self.items(clause).filter(|item| Self::start(clause, item) < self.word).last();
        let free = || self.items(clause).find(|_| self.free_order());
        before.or_else(free).or_else(|| self.antecedent_item())
    }

    fn antecedent_item(&self) -> Option<Item> {
        let clause = self.clause().filter(|clause| clause.link == Link::Relative)?;
        let before = self.view.clauses.get(self.clause.checked_sub(1)?)?;
        let at = before.phrases.iter().rposition(|phrase| phrase.words.end <= clause.words.start)?;
        let item = item_at(self.view, before, at)?;
        Some(Item { phrase: usize::MAX, ..item })
    }

    fn item_behind(&self, clause: &Clause, preposition: &str) -> Option<Item> {
        let noun = self.trigger.shape == Shape::Noun;
        let (from, until) =
            if noun { (self.own_phrase()? + 1, self.own_phrase()? + 3) } else { (0, clause.phrases.len()) };
        (from..until.min(clause.phrases.len())).find_map(|at| {
            let fits = clause.phrases.get(at)?.preposition.as_deref() == Some(preposition);
            item_at(self.view, clause, at).filter(|_| fits)
        })
    }

    fn genitive_item(&self, clause: &Clause) -> Option<Item> {
        let at = self.own_phrase()? + 1;
        let next = clause.phrases.get(at)?;
        let close = next.preposition.is_none() && next.words.start <= self.word + 3 && !next.coordinated;
        item_at(self.view, clause, at).filter(|_| close)
    }
}
