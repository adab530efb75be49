//! Organisations, vessels and numbered instruments that only the words around them show.

use crate::continued::continued;
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::people::{LONGEST, name_word};
use crate::things::{Key, Thing, Things};
use crate::words::{Gap, Word, Words, bare};
use lagebild_grammar::{NameClass, NameSpan, Sentence, Upos};
use lagebild_span::Span;
use std::collections::BTreeSet;

/// What may stand around a name.
const QUOTES: [char; 8] = ['„', '“', '”', '"', '«', '»', '‚', '‘'];

/// Finds them in the words that nothing known covers.
pub(crate) struct Organisations<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) sentences: &'a [Sentence],
}

impl Organisations<'_> {
    pub(crate) fn find(&self, things: &mut Things) {
        for at in 0..self.words.list.len() {
            self.headed(at, things);
            self.instrument(at, things);
        }
        for at in 0..self.words.list.len() {
            self.cued(at, things);
            self.outlet(at, things);
            self.vessel(at, things);
        }
    }

    /// What the labeller calls an organisation.
    pub(crate) fn labelled(&self, names: &[NameSpan], things: &mut Things) {
        for name in names.iter().filter(|name| name.class == NameClass::Organisation) {
            let (from, to) = self.words.range(name.span);
            let numbered = name.span.of(self.words.text).contains(|c: char| c.is_ascii_digit());
            let common = |word: &Word| word.first || !matches!(word.upos, Upos::Propn | Upos::X);
            let whole = continued(self, (from, to), things);
            let span = if whole == to { name.span } else { self.words.span(from, whole) };
            let plain = numbered || whole == from + 1 && self.words.get(from).is_some_and(common);
            if !plain && name_word(self.words, self.lexicon, from) && !things.covers(span) {
                self.add(EntityKind::Organisation, span, things);
            }
        }
    }

    /// "Girton College", "American University of Beirut", "Institut für Klimafolgen", a name with the form of a company.
    fn headed(&self, at: usize, things: &mut Things) {
        let Some(word) = self.words.get(at) else { return };
        let form = self.lexicon.company_forms.contains(word.text);
        if !form && !self.lexicon.organisation_heads.contains(word.text) {
            self.opened(at, things);
            return;
        }
        let from = self.start(at);
        let to = if form { at + 1 } else { self.end(at + 1) };
        let span = self.words.span(from, to);
        if to - from >= 2 && !things.covers(span) {
            self.add(EntityKind::Organisation, span, things);
        }
    }

    /// The first of the capitalised words that lead to this one; common nouns in front are no part of the name.
    fn start(&self, at: usize) -> usize {
        let mut from = at;
        while from > 0
            && at - from < LONGEST
            && self.words.get(from).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen))
            && name_word(self.words, self.lexicon, from - 1)
            && !self.words.is_role(from - 1)
        {
            from -= 1;
        }
        let cue = |at: &usize| {
            self.words.get(*at).is_some_and(|word| self.lexicon.organisation_cues.contains(word.bare))
        };
        (from..at).rev().find(cue).map_or(from, |at| at + 1)
    }

    /// The end of "… of Beirut", "… for Strategic Studies", where a head goes on with a link.
    fn end(&self, to: usize) -> usize {
        let link = |at: usize| {
            self.words.get(at).is_some_and(|word| {
                word.gap == Gap::Space
                    && matches!(word.bare, "fur" | "for" | "of" | "und" | "and" | "on" | "the")
            })
        };
        let glued = self.words.get(to).is_some_and(|word| word.gap == Gap::Space && word.capital())
            && self.words.get(to).is_some_and(|word| self.lexicon.organisation_heads.contains(word.text));
        if !link(to) && !glued {
            return to;
        }
        let named = |at: usize| {
            self.words
                .get(at)
                .is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen) && word.capital())
        };
        let and = |word: &str| matches!(word, "und" | "and");
        let head = |at: usize| {
            self.words.get(at).is_some_and(|word| self.lexicon.organisation_heads.contains(word.text))
        };
        if self.words.get(to).is_some_and(|word| and(word.bare)) && !(to + 2..to + 4).any(head) {
            return to;
        }
        let mut end = to;
        while end - to < LONGEST
            && (named(end) || link(end) && (named(end + 1) || link(end + 1) && named(end + 2)))
        {
            end += 1;
        }
        end
    }

    /// "Transportes Rotor Istmo", "Chantiers Ndiaye": where the noun for what it is stands first.
    fn opened(&self, at: usize, things: &mut Things) {
        let opener = self.words.get(at).is_some_and(|word| self.lexicon.name_openers.contains(word.text));
        if opener && self.spaced(at + 1) && self.proper(at + 1) {
            self.named(EntityKind::Organisation, (at, self.run(at + 1)), things);
        }
    }

    /// "das Unternehmen Sahara Thunder", "the trading house Sky Royal", "la empresa mexicana Rotor Istmo".
    fn cued(&self, at: usize, things: &mut Things) {
        if let Some(name) = self.behind(&self.lexicon.organisation_cues, at) {
            self.named(EntityKind::Organisation, name, things);
        }
    }

    /// "the Georgian newspaper Rezonansi", "газета «Резонанс»".
    fn outlet(&self, at: usize, things: &mut Things) {
        let Some(name) = self.behind(&self.lexicon.outlet_cues, at) else { return };
        let thing = self.named(EntityKind::Organisation, name, things);
        if let Some(outlet) = thing.and_then(|thing| things.get_mut(thing)) {
            outlet.is_media = true;
        }
    }

    /// The words of a name right behind one of these nouns, of which it is no part: capitalised ones, or all in quotation marks.
    fn behind(&self, nouns: &BTreeSet<String>, at: usize) -> Option<(usize, usize)> {
        let noun = |word: &&Word| !matches!(word.upos, Upos::Adj | Upos::Adv | Upos::Verb);
        self.words.get(at).filter(|word| nouns.contains(word.bare)).filter(noun)?;
        let from = self.behind_adjective(at + 1);
        let joined = self.words.get(from).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Mark));
        if !joined || !self.quoted_or_spaced(from) {
            return None;
        }
        let quoted = Some(from).filter(|_| self.quoted(from)).and_then(|from| self.quotation(from));
        let run = || self.proper(from).then(|| self.run(from)).filter(|to| !self.somebody(from, *to));
        quoted.or_else(run).map(|to| (from, to))
    }

    /// "the distributor Karim Haddad": a given name with another name behind it.
    fn somebody(&self, from: usize, to: usize) -> bool {
        to - from > 1 && self.words.get(from).is_some_and(|word| self.lexicon.given.contains_key(word.bare))
    }

    /// The end of the name that begins in quotation marks here and ends with them.
    fn quotation(&self, from: usize) -> Option<usize> {
        self.words.get(from).filter(|word| word.capital())?;
        let closed = |at: &usize| self.words.gap_text(*at).contains(QUOTES);
        let to = (from + 1..=from + LONGEST).find(closed)?;
        let inner = self.words.list.get(from + 1..to)?;
        inner.iter().all(|word| word.gap.joins()).then_some(to)
    }

    /// Where Romance languages set an adjective between the noun and the name: "le pétrolier iranien Sabiti".
    fn behind_adjective(&self, at: usize) -> usize {
        let adjective = |word: &Word| word.upos == Upos::Adj && !word.capital() && word.gap == Gap::Space;
        at + usize::from(self.words.get(at).is_some_and(adjective))
    }

    /// The end of the capitalised words from here on.
    fn run(&self, from: usize) -> usize {
        let mut to = from + 1;
        while to - from < LONGEST
            && self.words.get(to).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen))
            && self.proper(to)
        {
            to += 1;
        }
        to
    }

    fn spaced(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.gap == Gap::Space)
    }

    /// Notes a name unless something else is named there.
    fn named(&self, kind: EntityKind, (from, to): (usize, usize), things: &mut Things) -> Option<usize> {
        let span = self.words.span(from, to);
        (!things.covers(span)).then(|| self.add(kind, span, things))
    }

    fn proper(&self, at: usize) -> bool {
        name_word(self.words, self.lexicon, at)
            && !self.words.is_role(at)
            && self.words.get(at).is_some_and(|word| matches!(word.upos, Upos::Propn | Upos::X))
    }

    fn quoted_or_spaced(&self, at: usize) -> bool {
        self.words.gap_text(at).trim().chars().all(|c| QUOTES.contains(&c))
            && !self.words.gap_text(at).contains('\n')
    }

    fn quoted(&self, at: usize) -> bool {
        self.words.gap_text(at).contains(QUOTES)
    }

    /// "der Frachter Angara", "the vessel Lady R", "le pétrolier iranien Sabiti".
    fn vessel(&self, at: usize, things: &mut Things) {
        let cue = self.words.get(at).is_some_and(|word| self.lexicon.vessels.contains(word.bare));
        let from = self.behind_adjective(at + 1);
        if !cue || !self.quoted_or_spaced(from) || !(self.quoted(from) || self.proper(from)) {
            return;
        }
        let mut to = from + 1;
        while self.words.get(to).is_some_and(|word| word.gap == Gap::Space && word.capital())
            && to - from < LONGEST
        {
            to += 1;
        }
        if self.words.get(from).is_some_and(Word::capital) {
            self.named(EntityKind::Vessel, (from, to), things);
        }
    }

    /// "Resolution 1718", "Executive Order 14071", "Resolution 2397 (2017)".
    fn instrument(&self, at: usize, things: &mut Things) {
        let Some(len) = self.lexicon.instruments.longest(&self.words.list, at) else { return };
        let number = self.words.get(at + len);
        if number
            .is_some_and(|word| word.gap == Gap::Space && word.text.starts_with(|c: char| c.is_ascii_digit()))
        {
            let span = self.words.span(at, at + len + 1);
            if !things.covers(span) {
                self.add(EntityKind::Instrument, span, things);
            }
        }
    }

    fn add(&self, kind: EntityKind, span: Span, things: &mut Things) -> usize {
        let name = span.of(self.words.text).to_owned();
        let folded = bare(&name);
        let ending = self.lexicon.endings.name.iter().find_map(|ending| folded.strip_suffix(ending.as_str()));
        let known = ending.and_then(|base| things.known(&Key::Name(kind as u8, base.to_owned())));
        let thing = known.unwrap_or_else(|| {
            things.thing(Key::Name(kind as u8, folded.clone()), || Thing::new(kind, name))
        });
        things.mention(thing, span, Form::Name);
        thing
    }
}
