//! Organisations, vessels and numbered instruments that only the words around them show.

use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::people::{LONGEST, name_word};
use crate::things::{Key, Thing, Things};
use crate::words::{Gap, Word, Words, bare};
use lagebild_grammar::{NameClass, NameSpan, Upos};
use lagebild_span::Span;

/// Finds them in the words that nothing known covers.
pub(crate) struct Organisations<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
}

impl Organisations<'_> {
    pub(crate) fn find(&self, things: &mut Things) {
        for at in 0..self.words.list.len() {
            self.headed(at, things);
            self.instrument(at, things);
        }
        for at in 0..self.words.list.len() {
            self.cued(at, things);
            self.vessel(at, things);
        }
    }

    /// What the labeller calls an organisation.
    pub(crate) fn labelled(&self, names: &[NameSpan], things: &mut Things) {
        for name in names.iter().filter(|name| name.class == NameClass::Organisation) {
            let (from, to) = self.words.range(name.span);
            let numbered = name.span.of(self.words.text).contains(|c: char| c.is_ascii_digit());
            let common = |word: &Word| word.first || !matches!(word.upos, Upos::Propn | Upos::X);
            let plain = numbered || to - from == 1 && self.words.get(from).is_some_and(common);
            if !plain && name_word(self.words, self.lexicon, from) && !things.covers(name.span) {
                self.add(EntityKind::Organisation, name.span, things);
            }
        }
    }

    /// "Girton College", "American University of Beirut", "Institut für Klimafolgen", a name with the form of a company.
    fn headed(&self, at: usize, things: &mut Things) {
        let Some(word) = self.words.get(at) else { return };
        let form = self.lexicon.company_forms.contains(word.text);
        if !form && !self.lexicon.organisation_heads.contains(word.text) {
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

    /// "das Unternehmen Sahara Thunder", "the trading house Sky Royal".
    fn cued(&self, at: usize, things: &mut Things) {
        let cue = self.words.get(at).is_some_and(|word| self.lexicon.organisation_cues.contains(word.bare));
        let next = self.words.get(at + 1).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Mark));
        if !cue || !next || !self.quoted_or_spaced(at + 1) || !self.proper(at + 1) {
            return;
        }
        let mut to = at + 2;
        while to - at <= LONGEST
            && self.words.get(to).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen))
            && self.proper(to)
        {
            to += 1;
        }
        let span = self.words.span(at + 1, to);
        if !things.covers(span) {
            self.add(EntityKind::Organisation, span, things);
        }
    }

    fn proper(&self, at: usize) -> bool {
        name_word(self.words, self.lexicon, at)
            && !self.words.is_role(at)
            && self.words.get(at).is_some_and(|word| matches!(word.upos, Upos::Propn | Upos::X))
    }

    fn quoted_or_spaced(&self, at: usize) -> bool {
        self.words.gap_text(at).trim().chars().all(|c| "„“”\"«»‚‘".contains(c))
            && !self.words.gap_text(at).contains('\n')
    }

    /// "der Frachter Angara", "the vessel Lady R".
    fn vessel(&self, at: usize, things: &mut Things) {
        let cue = self.words.get(at).is_some_and(|word| self.lexicon.vessels.contains(word.bare));
        let quoted = self.words.gap_text(at + 1).contains(['„', '“', '"', '«']);
        if !cue || !self.quoted_or_spaced(at + 1) || !(quoted || self.proper(at + 1)) {
            return;
        }
        let mut to = at + 2;
        while self.words.get(to).is_some_and(|word| word.gap == Gap::Space && word.capital())
            && to - at <= LONGEST
        {
            to += 1;
        }
        let span = self.words.span(at + 1, to);
        if self.words.get(at + 1).is_some_and(Word::capital) && !things.covers(span) {
            self.add(EntityKind::Vessel, span, things);
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

    fn add(&self, kind: EntityKind, span: Span, things: &mut Things) {
        let name = span.of(self.words.text).to_owned();
        let folded = bare(&name);
        let ending = self.lexicon.endings.name.iter().find_map(|ending| folded.strip_suffix(ending.as_str()));
        let known = ending.and_then(|base| things.known(&Key::Name(kind as u8, base.to_owned())));
        let thing = known.unwrap_or_else(|| {
            things.thing(Key::Name(kind as u8, folded.clone()), || Thing::new(kind, name))
        });
        things.mention(thing, span, Form::Name);
    }
}
