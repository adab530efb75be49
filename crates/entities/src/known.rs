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

    /// Bodies and other named things; countries come later ([`Self::countries`]), for names of bodies hold many.
    pub(crate) fn find(&self, things: &mut Things) {
        for hit in &self.hits {
            if let Target::Named(file, row) = hit.target
                && self.world.named((file, row)).is_some_and(|(_, named)| named.body.is_some())
            {
                self.named(file, row, hit, things);
            }
        }
        self.bodies(things);
        for hit in &self.hits {
            if let Target::Named(file, row) = hit.target
                && self.stands_alone(hit)
                && (!hit.cue || self.has_cue(hit))
            {
                self.named(file, row, hit, things);
            }
        }
    }

    /// Countries by name, adjective, people and capital.
    pub(crate) fn countries(&self, things: &mut Things) {
        let places = self.capitals_as_places(things);
        let certain: BTreeSet<usize> = self.hits.iter().filter_map(|hit| self.certain_country(hit)).collect();
        for hit in &self.hits {
            match hit.target {
                Target::Country(country, Denotes::Ambiguous)
                    if !certain.contains(&country) && !self.in_list(hit) => {}
                Target::Country(country, Denotes::Capital) if places.contains(&country) => {
                    self.place_of(country, hit, things);
                }
                Target::Country(country, denotes) if self.stands_alone(hit) => {
                    let thing = self.country(country, things);
                    let span = self.words.span(hit.from, self.compound_end(hit));
                    things.mention(thing, span, country_form(denotes));
                }
                _ => {}
            }
        }
    }

    /// False for one word of a person's name: "Michael Jordan", "Jordan Smith", "Igor Putin".
    fn stands_alone(&self, hit: &Hit) -> bool {
        let given = |at: usize| {
            self.words.get(at).is_some_and(|word| {
                word.capital()
                    && self.lexicon.given.contains_key(&word.folded)
                    && !self.lexicon.not_names.contains(word.text)
            })
        };
        let spaced =
            |at: usize| self.words.get(at).is_some_and(|word| word.gap == Gap::Space && word.capital());
        let after_given = hit.from > 0 && spaced(hit.from) && given(hit.from - 1);
        let before_name = given(hit.from)
            && spaced(hit.to)
            && self.words.get(hit.to).is_some_and(|word| !self.lexicon.not_names.contains(word.text))
            && !self.hits.iter().any(|other| other.from == hit.to);
        hit.to - hit.from > 1 || !(after_given || before_name)
    }

    /// "Georgia and Armenia", "Armenia, Georgia": beside another country it is one.
    fn in_list(&self, hit: &Hit) -> bool {
        let near = |at: usize| {
            self.hits.iter().any(|other| other.from <= at && at < other.to && self.is_country(other))
        };
        let comma = self.words.get(hit.from).is_some_and(|word| word.gap == Gap::Comma);
        (1..=2).any(|step| near(hit.to - 1 + step) && step == 2)
            || hit.from >= 2 && near(hit.from - 2)
            || comma && near(hit.from - 1)
    }

    /// The end of the compound that the country begins: "Ukraine-Krieg", "US-led".
    fn compound_end(&self, hit: &Hit) -> usize {
        let glued = |at: usize| self.words.get(at).is_some_and(|word| word.gap == Gap::Hyphen);
        let other = |at: usize| self.hits.iter().any(|other| other.from == at);
        let mut to = hit.to;
        while glued(to) && !other(to) {
            to += 1;
        }
        to
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
    fn capitals_as_places(&self, things: &Things) -> BTreeSet<usize> {
        let capitals = |hit: &&Hit| matches!(hit.target, Target::Country(_, Denotes::Capital));
        let mut acting = BTreeSet::new();
        let mut all = BTreeSet::new();
        for hit in self.hits.iter().filter(capitals) {
            let Target::Country(country, _) = hit.target else { continue };
            if things.covers(self.words.span(hit.from, hit.to)) {
                continue;
            }
            all.insert(country);
            let before = self.words.before(hit.from).map(|word| word.folded.as_str()).unwrap_or_default();
            if !self.lexicon.place_prepositions.contains(before) && !self.dateline(hit) {
                acting.insert(country);
            }
        }
        all.difference(&acting).copied().collect()
    }

    /// The place before the first sentence: "NAIROBI, March 4 –", "Minsk/Brüssel (dpa)".
    fn dateline(&self, hit: &Hit) -> bool {
        let opens = hit.from == 0
            || self.words.gap_text(hit.from).contains('\n')
            || self.words.get(hit.from).is_some_and(|word| word.gap == Gap::Slash);
        let end = self.words.span(hit.from, hit.to).end as usize;
        let rest = self.words.text.get(end..).unwrap_or_default();
        let dash = rest
            .char_indices()
            .take(30)
            .take_while(|(_, c)| *c != '\n')
            .find(|(_, c)| matches!(c, '–' | '—' | '('));
        opens && dash.is_some() || rest.trim_start().starts_with(['–', '—', '('])
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
        let span = self.words.span(self.with_country(named, hit), hit.to);
        if things.covers(span) {
            return;
        }
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
            ..Thing::new(kind, named.usual_name(self.language))
        });
        if let Some(body) = &named.body {
            things.alias(Key::Body(body.clone(), named.country.clone()), thing);
        }
        things.mention(thing, span, Form::Name);
    }

    /// "the US State Department": the name takes its country's name in front with it.
    fn with_country(&self, named: &crate::world::Named, hit: &Hit) -> usize {
        let country = self.hits.iter().find(|other| other.to == hit.from && self.is_country(other));
        let joined = self.words.get(hit.from).is_some_and(|word| word.gap.joins());
        match country.filter(|_| joined && named.state && named.country.is_some()) {
            Some(other) if other.country(self.world) == named.country.as_deref() => other.from,
            _ => hit.from,
        }
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
        let Some(code) = code.filter(|_| !body.generic) else {
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
                let agency = self.agency(&code);
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

    /// The agency of a country: the one that the text names, else the state's own.
    fn agency(&self, code: &str) -> Option<((usize, usize), &crate::world::Catalogue, &crate::world::Named)> {
        let of_country = || {
            self.world
                .all_named()
                .filter(move |(_, _, named)| named.agency && named.country.as_deref() == Some(code))
        };
        let mut named_here = of_country().filter(|((file, row), _, _)| {
            self.hits.iter().any(|hit| hit.target == Target::Named(*file, *row))
        });
        let first = named_here.next();
        first
            .filter(|_| named_here.next().is_none())
            .or_else(|| of_country().find(|(_, _, named)| named.state_agency))
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

    /// The country of the state body whose name a compound begins with: "kremlsprecher".
    pub(crate) fn state_prefix(&self, folded: &str) -> Option<String> {
        let begins = |form: &&String| {
            let stem = crate::words::fold(form.split('|').next().unwrap_or_default());
            stem.len() >= 4 && folded.len() > stem.len() && folded.starts_with(&stem)
        };
        let mut states = self.world.all_named().filter(|(_, _, named)| named.state);
        states
            .find(|(_, _, named)| named.forms(self.language).iter().any(|form| begins(form)))?
            .2
            .country
            .clone()
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
