//! Persons and other things that no list of ours knows: by given names, roles, verbs of saying, the labeller.

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::things::{Key, Thing, Things};
use crate::words::{Gap, Word, Words, fold};
use lagebild_grammar::{NameClass, NameSpan, Upos};

/// Longest name in words.
const LONGEST: usize = 5;

/// Finds persons and organisations in the words that nothing known covers.
pub(crate) struct People<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) names: &'a [NameSpan],
}

impl People<'_> {
    pub(crate) fn find(&self, things: &mut Things) {
        self.organisations(things);
        self.vessels(things);
        let mut at = 0;
        while at < self.words.list.len() {
            at = self.person(at, things).unwrap_or(at + 1);
        }
        self.labelled(things);
        self.surnames(things);
    }

    fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            word.capital()
                && !self.lexicon.not_names.contains(word.text)
                && word.text.chars().any(char::is_alphabetic)
        })
    }

    /// The end of the name that begins here: capitalised words, the later parts of hyphenated ones, particles between.
    fn name_end(&self, from: usize) -> usize {
        let mut to = from + 1;
        while let Some(word) = self.words.get(to) {
            let hyphenated = word.gap == Gap::Hyphen && (word.capital() || word.text.chars().count() <= 5);
            let initial =
                word.gap == Gap::Dot && self.words.before(to).is_some_and(Word::initial) && word.capital();
            let spaced = word.gap == Gap::Space && self.capital(to) && !self.is_role(to);
            let particle = word.gap == Gap::Space
                && self.lexicon.particles.contains(&word.folded)
                && self.words.get(to + 1).is_some_and(|next| next.gap == Gap::Space && next.capital());
            if !(hyphenated || initial || spaced || particle) || to - from >= LONGEST {
                break;
            }
            to += 1;
        }
        to
    }

    fn is_role(&self, at: usize) -> bool {
        self.lexicon
            .roles
            .iter()
            .any(|form| form.matches(&self.words.list, at, &self.lexicon.endings).is_some())
    }

    /// A person that begins at this word; gives the word after the name.
    fn person(&self, at: usize, things: &mut Things) -> Option<usize> {
        if !self.capital(at) || self.words.get(at)?.gap == Gap::Hyphen || self.is_role(at) {
            return None;
        }
        let to = self.name_end(at);
        let span = self.words.span(at, to);
        if things.covers(span) {
            return None;
        }
        let given = self.lexicon.given.get(&self.words.get(at)?.folded).copied();
        let role_before = at > 0 && self.is_role(at - 1) && self.words.get(at)?.gap == Gap::Space;
        let said_before = self.words.before(at).is_some_and(|word| self.lexicon.said.contains(&word.folded))
            && self.words.get(at)?.gap == Gap::Space;
        let role_after = self.role_after(to);
        let tagged =
            self.words.list.get(at..to)?.iter().all(|word| matches!(word.upos, Upos::Propn | Upos::X));
        let several = to - at >= 2;
        let evidence = several && tagged && (given.is_some() || role_before || said_before || role_after);
        if !evidence && !(role_before && tagged && self.words.get(at)?.upos == Upos::Propn) {
            return None;
        }
        let name = span.of(self.words.text);
        let thing = self.someone(name, things);
        if let Some(person) = things.get_mut(thing) {
            person.gender = person.gender.or(given);
            if role_before && person.role.is_none() {
                person.role = Some(self.words.span(at - 1, at));
            }
        }
        things.mention(thing, span, Form::Name);
        Some(to)
    }

    /// ", Experte für …", ", a researcher at …".
    fn role_after(&self, to: usize) -> bool {
        let comma = self.words.get(to).is_some_and(|word| word.gap == Gap::Comma);
        comma
            && (to..to + 4)
                .take_while(|at| *at == to || self.words.get(*at).is_some_and(|word| word.gap == Gap::Space))
                .any(|at| self.is_role(at))
    }

    /// The person with this name: one whose name it is a part of, or a new one.
    fn someone(&self, name: &str, things: &mut Things) -> usize {
        let folded = fold(name);
        let genitive =
            self.lexicon.endings.name.iter().find_map(|ending| folded.strip_suffix(ending.as_str()));
        let key = |name: &str| Key::Name(EntityKind::Person as u8, name.to_owned());
        if let Some(known) = genitive.and_then(|base| things.known(&key(base))) {
            return known;
        }
        let name = name.to_owned();
        things.thing(key(&folded), || Thing::new(EntityKind::Person, name))
    }

    /// Names of the labeller that nothing else has found.
    fn labelled(&self, things: &mut Things) {
        for name in self.names {
            if things.covers(name.span) {
                continue;
            }
            let words = name.span.of(self.words.text);
            let several = words.split_whitespace().count() >= 2;
            match name.class {
                NameClass::Person if several => {
                    let thing = self.someone(words, things);
                    things.mention(thing, name.span, Form::Name);
                }
                NameClass::Organisation => self.organisation(name.span, things),
                _ => {}
            }
        }
    }

    /// "Royal United Services Institute", "Harbour Crown Shipping", "Institut für Klimafolgen", "Kama GmbH".
    fn organisations(&self, things: &mut Things) {
        for (at, word) in self.words.list.iter().enumerate() {
            let form = self.lexicon.company_forms.contains(word.text);
            if !form && !self.lexicon.organisation_heads.contains(word.text) {
                continue;
            }
            let mut from = at;
            while from > 0
                && at - from < LONGEST
                && self.words.get(from).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen))
                && self.capital(from - 1)
                && !self.is_role(from - 1)
            {
                from -= 1;
            }
            let mut to = at + 1;
            let links = |word: &Word| {
                matches!(word.folded.as_str(), "fur" | "for" | "of" | "und" | "and" | "on" | "the")
            };
            if !form && self.words.get(to).is_some_and(|word| word.gap == Gap::Space && links(word)) {
                let mut end = to;
                while self.words.get(end).is_some_and(|word| {
                    matches!(word.gap, Gap::Space | Gap::Hyphen) && (links(word) || word.capital())
                }) && end - to < LONGEST
                {
                    end += 1;
                }
                if self.words.before(end).is_some_and(Word::capital) {
                    to = end;
                }
            }
            let span = self.words.span(from, to);
            if to - from >= 2 && !things.covers(span) {
                self.organisation(span, things);
            }
        }
    }

    fn organisation(&self, span: lagebild_span::Span, things: &mut Things) {
        let name = span.of(self.words.text).to_owned();
        let thing = things.thing(Key::Name(EntityKind::Organisation as u8, fold(&name)), || {
            Thing::new(EntityKind::Organisation, name)
        });
        things.mention(thing, span, Form::Name);
    }

    /// "der Frachter Angara", "the vessel Lady R".
    fn vessels(&self, things: &mut Things) {
        for at in 1..self.words.list.len() {
            let cue = self.words.before(at).is_some_and(|word| self.lexicon.vessels.contains(&word.folded));
            if cue
                && self.capital(at)
                && self.words.get(at).is_some_and(|word| word.gap == Gap::Space || word.gap == Gap::Break)
            {
                let span = self.words.span(at, self.name_end(at));
                let quoted = self.words.gap_text(at).trim().chars().all(|c| "„“\"«»‚‘".contains(c));
                if quoted && !things.covers(span) {
                    let name = span.of(self.words.text).to_owned();
                    let thing = things.thing(Key::Name(EntityKind::Vessel as u8, fold(&name)), || {
                        Thing::new(EntityKind::Vessel, name)
                    });
                    things.mention(thing, span, Form::Name);
                }
            }
        }
    }

    /// "Miller", "Kims": one word of a name that the text has given in full. In Korean and Chinese names the family
    /// name comes first.
    fn surnames(&self, things: &mut Things) {
        let mut short: Vec<(String, usize)> = Vec::new();
        for (at, thing) in things.all().filter(|(_, thing)| thing.kind == EntityKind::Person) {
            let parts: Vec<String> = thing.name.split([' ', '-']).map(fold).collect();
            let east = matches!(thing.country.as_deref(), Some("kp" | "kr" | "cn"))
                || parts.len() == 3 && parts.iter().all(|part| part.len() <= 5);
            let part = if east { parts.first() } else { parts.last() };
            short.extend(part.filter(|_| parts.len() > 1).map(|part| (part.clone(), at)));
        }
        for (at, word) in self.words.list.iter().enumerate() {
            if !word.capital() || things.covers(word.span) {
                continue;
            }
            let named = |name: &str| {
                word.folded.strip_prefix(name).is_some_and(|rest| {
                    rest.is_empty() || self.lexicon.endings.name.iter().any(|ending| ending == rest)
                })
            };
            if let Some((name, thing)) = short.iter().find(|(name, _)| named(name)) {
                let inflected = *name != word.folded
                    || word.gap == Gap::Hyphen
                    || self.words.get(at + 1).is_some_and(|next| next.gap == Gap::Hyphen);
                things.mention(*thing, word.span, if inflected { Form::Inflected } else { Form::Name });
            }
        }
    }
}
