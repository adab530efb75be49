//! Persons that only the words around their names show: given names, roles, verbs of saying, the labeller.

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::things::{Key, Thing, Things};
use crate::words::{Gap, Word, Words, bare};
use lagebild_grammar::{NameClass, NameSpan, Upos};

/// Longest name in words.
pub(crate) const LONGEST: usize = 6;

/// Finds persons in the words that nothing known covers.
pub(crate) struct People<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) names: &'a [NameSpan],
}

/// True for a capitalised word that may be part of a name.
pub(crate) fn name_word(words: &Words, lexicon: &Lexicon, at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        word.capital() && !lexicon.not_names.contains(word.text) && word.text.chars().any(char::is_alphabetic)
    })
}

impl People<'_> {
    pub(crate) fn find(&self, things: &mut Things) {
        let mut at = 0;
        while at < self.words.list.len() {
            at = self.person(at, things).unwrap_or(at + 1);
        }
        self.labelled(things);
    }

    /// The end of the name that begins here: capitalised words, the later parts of hyphenated ones, particles between.
    fn name_end(&self, from: usize, things: &Things) -> usize {
        let mut to = from + 1;
        while to - from < LONGEST
            && let Some(word) = self.words.get(to)
            && !things.covers(word.span)
            && (self.continues(to, word) || self.particle(to, word))
        {
            to += 1;
        }
        while to > from + 1
            && self.words.before(to).is_some_and(|word| !word.capital() && word.gap == Gap::Space)
        {
            to -= 1;
        }
        to
    }

    fn continues(&self, at: usize, word: &Word) -> bool {
        let short = word.text.chars().count() <= 5;
        match word.gap {
            Gap::Hyphen => word.capital() && !self.words.is_role(at) || short && !word.capital(),
            Gap::Apostrophe => word.bare != "s",
            gap if gap.is_dot() => word.capital() && self.words.before(at).is_some_and(Word::initial),
            Gap::Space => name_word(self.words, self.lexicon, at) && !self.words.is_role(at),
            _ => false,
        }
    }

    fn particle(&self, at: usize, word: &Word) -> bool {
        let listed = |word: &Word| self.lexicon.particles.contains(word.bare);
        let next = |at: usize| self.words.get(at).filter(|next| matches!(next.gap, Gap::Space | Gap::Hyphen));
        word.gap == Gap::Space
            && listed(word)
            && next(at + 1)
                .is_some_and(|one| one.capital() || listed(one) && next(at + 2).is_some_and(Word::capital))
    }

    /// A person that begins at this word; gives the word after the name.
    fn person(&self, at: usize, things: &mut Things) -> Option<usize> {
        let word = self.words.get(at)?;
        let opens =
            name_word(self.words, self.lexicon, at) && word.gap != Gap::Hyphen && !word.gap.is_apostrophe();
        if !opens || self.words.is_role(at) || things.covers(word.span) {
            return None;
        }
        let to = self.name_end(at, things);
        let span = self.words.span(at, to);
        let given = self.lexicon.given.get(word.bare).copied();
        let role_before = word.gap == Gap::Space && self.role_ends_at(at);
        let tagged = self
            .words
            .list
            .get(at..to)?
            .iter()
            .all(|word| !word.capital() || matches!(word.upos, Upos::Propn | Upos::X));
        let spaced = self.words.list.get(at + 1..to)?.iter().any(|word| word.gap != Gap::Hyphen);
        let evidence = match (spaced, given.is_some()) {
            (true, true) => true,
            (true, false) => tagged && (role_before || self.speaks(at, to) || self.role_beside(at, to)),
            (false, _) => tagged && word.upos == Upos::Propn && role_before,
        };
        if !evidence {
            return None;
        }
        let thing = self.someone(span.of(self.words.text), things);
        if let Some(person) = things.get_mut(thing) {
            person.gender = person.gender.or(given);
        }
        things.mention(thing, span, Form::Name);
        Some(to)
    }

    fn role_ends_at(&self, at: usize) -> bool {
        (1..=3).any(|back| at.checked_sub(back).is_some_and(|from| self.words.role_len(from) == Some(back)))
    }

    /// A verb of saying right before or after.
    fn speaks(&self, from: usize, to: usize) -> bool {
        let said = |at: usize| self.words.get(at).is_some_and(|word| self.lexicon.said.contains(word.bare));
        let spaced = |at: usize| self.words.get(at).is_some_and(|word| word.gap == Gap::Space);
        from > 0 && spaced(from) && said(from - 1) || spaced(to) && said(to)
    }

    /// ", Experte für …", ", a researcher at …", "Sprecher des Ministeriums, …".
    fn role_beside(&self, from: usize, to: usize) -> bool {
        let comma = |at: usize| self.words.get(at).is_some_and(|word| word.gap == Gap::Comma);
        let spaced = |at: usize| {
            self.words
                .get(at)
                .is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen) || word.gap.is_apostrophe())
        };
        let role = |at: usize| self.words.is_role(at);
        let after = comma(to) && (to..to + 6).take_while(|at| *at == to || spaced(*at)).any(role);
        let before = comma(from)
            && (from.saturating_sub(8)..from)
                .rev()
                .scan(true, |open, at| {
                    let now = *open;
                    *open = spaced(at);
                    now.then_some(at)
                })
                .any(role);
        after || before
    }

    /// The person with this name: one whose name it is a part of, or a new one.
    fn someone(&self, name: &str, things: &mut Things) -> usize {
        let folded = bare(name);
        let genitive =
            self.lexicon.endings.name.iter().find_map(|ending| folded.strip_suffix(ending.as_str()));
        let key = |name: &str| Key::Name(EntityKind::Person as u8, name.to_owned());
        let known =
            genitive.and_then(|base| things.known(&key(base))).or_else(|| same_person(&folded, things));
        let name = name.to_owned();
        let thing =
            known.unwrap_or_else(|| things.thing(key(&folded), || Thing::new(EntityKind::Person, name)));
        things.alias(key(&folded), thing);
        thing
    }

    /// Persons of the labeller that nothing else has found.
    fn labelled(&self, things: &mut Things) {
        for name in self.names.iter().filter(|name| name.class == NameClass::Person) {
            let (from, to) = self.words.range(name.span);
            let parts = self.words.list.get(from..to).unwrap_or_default();
            let several = parts.len() >= 2 && parts.iter().skip(1).any(|word| word.gap != Gap::Hyphen);
            let role = parts.iter().enumerate().any(|(at, _)| self.words.is_role(from + at));
            if several && !role && name_word(self.words, self.lexicon, from) && !things.covers(name.span) {
                let thing = self.someone(name.span.of(self.words.text), things);
                things.mention(thing, name.span, Form::Name);
            }
        }
    }
}

/// A person whose name holds all words of this one or is held by it, with the same last word: "Erik Kurilla" and
/// "Michael Erik Kurilla".
fn same_person(folded: &str, things: &Things) -> Option<usize> {
    let parts: Vec<&str> = folded.split([' ', '-']).collect();
    let holds = |long: &[&str], short: &[&str]| short.iter().all(|part| long.contains(part));
    let shared = things.sharing_words(folded).into_iter().filter_map(|at| Some((at, things.get(at)?)));
    let mut same = shared.filter(|(_, thing)| thing.kind == EntityKind::Person).filter(|(_, thing)| {
        let other = bare(&thing.name);
        let other: Vec<&str> = other.split([' ', '-']).collect();
        other.last() == parts.last() && (holds(&parts, &other) || holds(&other, &parts))
    });
    same.next().map(|(at, _)| at).filter(|_| same.next().is_none())
}
