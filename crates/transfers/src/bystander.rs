//! Who stands beside a transfer and takes no part: who reports it, complains of it, accuses, seizes or forbids.
//!
//! Where a name stands does not tell a side from such a bystander: both are subjects. The verb tells: the words of
//! `tellers` and `opponents` in the data, and the speakers that were found before.

use crate::clause::{Clause, Link, Phrase};
use crate::roles::Site;
use crate::words::{Kind, Word};
use lagebild_span::Span;
use std::collections::BTreeSet;

/// What makes a phrase a bystander.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bystander {
    /// It says, sees or doubts something: what it says of itself ("says that it has sold …") it still is a side of.
    Teller,
    /// It accuses, seizes or forbids: whoever that is done to may be a side.
    Opponent,
}

impl Site<'_, '_> {
    /// What a phrase without preposition is by the verb of its clause or as a source; none where it may be a side.
    pub(crate) fn bystander(&self, clause: &Clause, phrase: &Phrase) -> Option<Bystander> {
        let lexicon = self.view.setting.lexicon;
        if self.verb_of(clause, phrase, &lexicon.opponents) {
            return Some(Bystander::Opponent);
        }
        let source = || self.is_source(phrase.span(&self.view.words));
        (self.verb_of(clause, phrase, &lexicon.tellers) || source()).then_some(Bystander::Teller)
    }

    /// True for the words that name who says what this site is part of.
    pub(crate) fn is_source(&self, phrase: Span) -> bool {
        let trigger = self.view.words.get(self.word).map(|word| word.span).unwrap_or_default();
        self.view.sources.iter().any(|(words, content)| words.overlaps(phrase) && content.contains(trigger))
    }

    /// True when the phrase is the subject of one of the verbs: the clause has it, not in the passive, and, where subjects
    /// stand before their verbs, between the phrase and the trigger.
    fn verb_of(&self, clause: &Clause, phrase: &Phrase, verbs: &BTreeSet<String>) -> bool {
        let function = &self.view.setting.lexicon.data.words;
        let words = self.view.words.get(clause.words.clone()).unwrap_or_default();
        let start = clause.words.start;
        let mut places = words.iter().enumerate().filter(|(at, word)| {
            let place = start + at;
            place != self.word && verbs.contains(&word.lower) && acts(word, words.get(at.wrapping_sub(1)))
        });
        let passive = |at: usize| {
            let aside = |word: &&Word| word.kind == Kind::Adverb || function.negations.contains(&word.lower);
            if function.free_order {
                let has = |list: &[String]| words.iter().any(|word| list.contains(&word.lower));
                return has(&function.passive) && !has(&function.perfect);
            }
            let before = words.get(..at).unwrap_or_default().iter().rev().find(|word| !aside(word));
            before.is_some_and(|word| function.passive.contains(&word.lower))
        };
        places.any(|(at, _)| {
            let between = phrase.words.end <= start + at && start + at < self.word;
            let ordered = function.free_order || between || clause.words.end <= self.word;
            ordered && !passive(at)
        })
    }

    /// "accused by Congo": who acts in the passive of such a verb.
    pub(crate) fn is_agent_of_bystanding(&self, phrase: &Phrase) -> bool {
        let lexicon = self.view.setting.lexicon;
        let agent = phrase.preposition.as_ref().is_some_and(|word| lexicon.data.words.agents.contains(word));
        let mut before = self.view.words.get(..phrase.words.start).unwrap_or_default().iter().rev();
        let verb = before.find(|word| !matches!(word.kind, Kind::Preposition | Kind::Determiner));
        agent
            && verb.is_some_and(|word| {
                lexicon.tellers.contains(&word.lower) || lexicon.opponents.contains(&word.lower)
            })
    }

    /// True where the subject of a verb of telling is the subject here too: "denies having sold", "says that it sold".
    pub(crate) fn speaks_of_itself(&self) -> bool {
        let Some(clause) = self.clause() else { return false };
        let words = self.view.words.get(clause.words.clone()).unwrap_or_default();
        let pronoun = words.iter().any(|word| word.kind == Kind::Pronoun);
        pronoun || matches!(clause.link, Link::Infinitive | Link::Coordinated)
    }

    /// True when nothing but helping words stands between a verb of telling and this one: "admitted having shipped".
    pub(crate) fn follows_teller(&self) -> bool {
        let lexicon = self.view.setting.lexicon;
        let before = self.view.words.get(..self.word).unwrap_or_default();
        let helps = |word: &&Word| {
            matches!(word.kind, Kind::Auxiliary | Kind::Adverb) && !lexicon.tellers.contains(&word.lower)
        };
        let nearest = before.iter().rev().find(|word| !helps(word));
        let function = &lexicon.data.words;
        let gerund = |word: &Word| function.gerunds.iter().any(|end| word.lower.ends_with(end.as_str()));
        let own = self.view.words.get(self.word).is_some_and(gerund);
        let opened =
            before.iter().rev().take_while(helps).any(|word| function.nonfinite.contains(&word.lower));
        (own || opened) && nearest.is_some_and(|word| lexicon.tellers.contains(&word.lower))
    }
}

/// True for a word that is not a noun of the same form ("the reports"), nor in an aside that was taken out of the clause.
fn acts(word: &Word, before: Option<&Word>) -> bool {
    let noun = before.is_some_and(|before| matches!(before.kind, Kind::Determiner | Kind::Preposition));
    !noun && word.kind != Kind::Mark && (word.kind != Kind::Content || !word.capital)
}
