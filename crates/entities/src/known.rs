//! Known things: countries, capitals, media, bodies, places and figures of the world data, and state bodies by pattern.

use crate::gazetteer::{Denotes, Hit, Target};
use crate::lexicon::{self, Lexicon};
use crate::model::{EntityKind, Form};
use crate::things::{Key, Thing, Things};
use crate::words::{Gap, Words};
use crate::world::World;
use std::collections::BTreeSet;

/// What is needed to find known things.
pub(crate) struct Finder<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) world: &'static World,
    pub(crate) language: &'a str,
    pub(crate) hits: Vec<Hit>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(words: &'a Words<'a>, lexicon: &'a Lexicon, language: &'a str) -> Self {
        let hits = lexicon.gazetteer.hits(words);
        Self { words, lexicon, world: World::shipped(), language, hits }
    }

    /// Bodies first: they are longer than the countries in them.
    pub(crate) fn find(&self, things: &mut Things) {
        self.bodies(things);
        let places = self.capitals_as_places();
        let certain: BTreeSet<usize> = self.hits.iter().filter_map(|hit| self.certain_country(hit)).collect();
        for hit in &self.hits {
            let span = self.words.span(hit.from, hit.to);
            match hit.target {
                Target::Country(country, Denotes::Ambiguous) if !certain.contains(&country) => {}
                Target::Country(country, Denotes::Capital) if places.contains(&country) => {
                    self.place_of(country, hit, things)
                }
                Target::Country(country, denotes) => {
                    let thing = self.country(country, things);
                    things.mention(thing, span, country_form(denotes));
                }
                Target::Named(file, row) => {
                    if !hit.cue || self.has_cue(hit) {
                        self.named(file, row, hit, things);
                    }
                }
            }
        }
    }

    fn certain_country(&self, hit: &Hit) -> Option<usize> {
        match hit.target {
            Target::Country(country, Denotes::Name | Denotes::Adjective) => Some(country),
            _ => None,
        }
    }

    pub(crate) fn country(&self, index: usize, things: &mut Things) -> usize {
        let country = self.world.countries.get(index);
        let code = country.map(|country| country.code.clone()).unwrap_or_default();
        things.thing(Key::Country(code.clone()), || Thing {
            country: Some(code),
            ..Thing::new(
                EntityKind::Country,
                country.map(|country| country.name(self.language)).unwrap_or_default(),
            )
        })
    }

    fn country_of_code(&self, code: &str, things: &mut Things) -> Option<usize> {
        let index = self.world.countries.iter().position(|country| country.code == code)?;
        Some(self.country(index, things))
    }

    /// Capitals that never act in this text: each time they stand after a preposition of place or before a dash.
    fn capitals_as_places(&self) -> BTreeSet<usize> {
        let capitals = |hit: &&Hit| matches!(hit.target, Target::Country(_, Denotes::Capital));
        let mut acting = BTreeSet::new();
        let mut all = BTreeSet::new();
        for hit in self.hits.iter().filter(capitals) {
            let Target::Country(country, _) = hit.target else { continue };
            all.insert(country);
            let before = self.words.before(hit.from).map(|word| word.folded.as_str()).unwrap_or_default();
            let dateline = self.words.gap_text(hit.to).trim_start().starts_with(['–', '—', '(', '-']);
            if !self.lexicon.place_prepositions.contains(before) && !dateline {
                acting.insert(country);
            }
        }
        all.difference(&acting).copied().collect()
    }

    fn place_of(&self, country: usize, hit: &Hit, things: &mut Things) {
        let span = self.words.span(hit.from, hit.to);
        let code = self.world.countries.get(country).map(|country| country.code.clone());
        let name = span.of(self.words.text).to_owned();
        let thing = things.thing(Key::Name(EntityKind::Place as u8, format!("capital {code:?}")), || Thing {
            country: code,
            ..Thing::new(EntityKind::Place, name)
        });
        things.mention(thing, span, Form::Name);
    }

    fn named(&self, file: usize, row: usize, hit: &Hit, things: &mut Things) {
        let Some((catalogue, named)) = self.world.named((file, row)) else { return };
        let kind = named.kind.unwrap_or(catalogue.kind).kind();
        let span = self.words.span(hit.from, hit.to);
        if kind == EntityKind::Country {
            let country = named.country.as_deref().and_then(|code| self.country_of_code(code, things));
            if let Some(thing) = country {
                things.mention(thing, span, Form::Metonym);
            }
            return;
        }
        let thing = things.thing(Key::Named(file, row), || Thing {
            country: named.country.clone(),
            gender: named.gender,
            is_media: catalogue.media,
            is_state: named.state || named.body.is_some(),
            ..Thing::new(kind, named.name.replace('|', ""))
        });
        if let Some(body) = &named.body {
            things.alias(Key::Body(body.clone(), named.country.clone()), thing);
        }
        things.mention(thing, span, Form::Name);
    }

    /// A media word beside it, or quotation marks around it.
    fn has_cue(&self, hit: &Hit) -> bool {
        let near = |at: Option<usize>| {
            at.and_then(|at| self.words.get(at))
                .is_some_and(|word| self.lexicon.media_cues.contains(&word.folded))
        };
        let quoted = self.words.gap_text(hit.from).ends_with(['„', '“', '"', '«', '»', '‚']);
        quoted || near(hit.from.checked_sub(1)) || near(hit.from.checked_sub(2)) || near(Some(hit.to))
    }

    /// "das russische Außenministerium", "US-Geheimdienst", "Russia's foreign ministry", "the ministry in Seoul".
    fn bodies(&self, things: &mut Things) {
        for at in 0..self.words.list.len() {
            let found = self.lexicon.bodies.iter().filter_map(|(body, forms)| {
                let len = forms
                    .iter()
                    .filter_map(|form| form.matches(&self.words.list, at, &self.lexicon.endings))
                    .max()?;
                Some((len, body))
            });
            if let Some((len, body)) = found.max_by_key(|(len, _)| *len) {
                self.body(body, at, at + len, things);
            }
        }
    }

    fn body(&self, body: &lexicon::Body, from: usize, to: usize, things: &mut Things) {
        let span = self.words.span(from, to);
        if things.covers(span) {
            return;
        }
        let (country, from, to) = self.owner(from, to);
        let code = country.or_else(|| body.country.clone());
        let span = self.words.span(from, to);
        let Some(code) = code else {
            if self.words.before(from).is_some_and(|word| self.lexicon.definite.contains(&word.folded)) {
                self.taken_up(body, span, things);
            }
            return;
        };
        match body.denotes {
            lexicon::Denotes::Country => {
                if let Some(thing) = self.country_of_code(&code, things) {
                    things.mention(thing, span, Form::Metonym);
                }
            }
            lexicon::Denotes::Media => {
                let agency = self.world.all_named().find(|(_, _, named)| {
                    named.state_agency && named.country.as_deref() == Some(code.as_str())
                });
                let key = agency.map_or_else(
                    || Key::Body("news_agency".into(), Some(code.clone())),
                    |((file, row), _, _)| Key::Named(file, row),
                );
                let name = agency
                    .map_or_else(|| span.of(self.words.text).to_owned(), |(_, _, named)| named.name.clone());
                let thing = things.thing(key, || Thing {
                    country: Some(code),
                    is_media: true,
                    ..Thing::new(EntityKind::Organisation, name)
                });
                things.mention(thing, span, Form::Description);
            }
            lexicon::Denotes::Organisation => {
                let name = span.of(self.words.text).to_owned();
                let thing = things.thing(Key::Body(body.body.clone(), Some(code.clone())), || Thing {
                    country: Some(code),
                    is_state: true,
                    ..Thing::new(EntityKind::Organisation, name)
                });
                things.mention(thing, span, Form::Name);
            }
        }
    }

    /// "the ministry": the one body of its kind that the text has named.
    fn taken_up(&self, body: &lexicon::Body, span: lagebild_span::Span, things: &mut Things) {
        let same = |kind: &str| if body.generic { kind.ends_with(&body.body) } else { kind == body.body };
        let candidates: BTreeSet<usize> =
            things.bodies().filter(|(kind, _)| same(kind)).map(|(_, at)| at).collect();
        if let (1, Some(thing)) = (candidates.len(), candidates.first()) {
            things.mention(*thing, span, Form::Description);
        }
    }

    /// The country whose body it is, and the words that it takes with that.
    fn owner(&self, from: usize, to: usize) -> (Option<String>, usize, usize) {
        let adjective = |at: usize| {
            self.lexicon
                .body_adjectives
                .iter()
                .any(|form| form.matches(&self.words.list, at, &self.lexicon.endings).is_some())
        };
        let mut start = from;
        while start > 0 && from - start < 2 && adjective(start - 1) {
            start -= 1;
        }
        // "Russia's foreign ministry": the s after the apostrophe is a word of its own.
        let possessive = start > 0
            && self
                .words
                .get(start - 1)
                .is_some_and(|word| word.folded == "s" && word.gap == Gap::Apostrophe);
        let end = start - usize::from(possessive);
        if let Some(hit) = self.hits.iter().find(|hit| hit.to == end && self.is_country(hit)) {
            let joined = self.words.get(start).is_some_and(|word| word.gap.joins());
            if joined {
                return (hit.country(self.world).map(str::to_owned), hit.from, to);
            }
        }
        let link = self.words.get(to).is_some_and(|word| self.lexicon.body_links.contains(&word.folded));
        let after = self
            .hits
            .iter()
            .find(|hit| self.is_country(hit) && (hit.from == to || link && hit.from == to + 1));
        match after.filter(|hit| self.words.get(hit.from).is_some_and(|word| word.gap == Gap::Space)) {
            Some(hit) => (hit.country(self.world).map(str::to_owned), start, hit.to),
            None => (None, from, to),
        }
    }

    fn is_country(&self, hit: &Hit) -> bool {
        let metonym = hit.named_kind(self.world) == Some(crate::world::NamedKind::Metonym);
        metonym || matches!(hit.target, Target::Country(..))
    }
}

fn country_form(denotes: Denotes) -> Form {
    match denotes {
        Denotes::Name | Denotes::Ambiguous => Form::Name,
        Denotes::Adjective | Denotes::Capital => Form::Metonym,
    }
}
