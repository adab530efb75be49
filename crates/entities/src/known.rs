//! Known things: countries, capitals, media, bodies, places and figures of the world data, and state bodies by pattern.

use crate::gazetteer::{Denotes, Hit, Target, settle_shared};
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Form};
use crate::things::{Key, Thing, Things};
use crate::words::{Gap, Words, touching};
use crate::world::{NamedKind, World};
use lagebild_grammar::{NameClass, NameSpan, Upos};
use std::collections::BTreeSet;

/// What is needed to find known things.
pub(crate) struct Finder<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) world: &'static World,
    pub(crate) language: &'a str,
    pub(crate) hits: Vec<Hit>,
    /// What the hits stand for.
    pub(crate) targets: BTreeSet<Target>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(
        words: &'a Words<'a>,
        lexicon: &'a Lexicon,
        language: &'a str,
        names: &[NameSpan],
    ) -> Self {
        let mut hits = lexicon.gazetteer.hits(words);
        settle_shared(&mut hits, words, World::shipped());
        let targets = BTreeSet::new();
        let mut finder = Self { words, lexicon, world: World::shipped(), language, hits, targets };
        finder.drop_namesakes();
        finder.drop_places(names);
        finder.drop_words(names);
        finder.targets = finder.hits.iter().map(|hit| hit.target).collect();
        finder
    }

    /// "Daniil Medvedev": a figure's surname behind another given name is somebody else's, and unless the text names the
    /// figure in full, so it is elsewhere in it.
    fn drop_namesakes(&mut self) {
        let figure = |hit: &Hit| hit.named_kind(self.world) == Some(NamedKind::Person);
        let (full, short): (Vec<&Hit>, Vec<&Hit>) =
            self.hits.iter().filter(|hit| figure(hit)).partition(|hit| hit.to - hit.from > 1);
        let full: BTreeSet<Target> = full.into_iter().map(|hit| hit.target).collect();
        let strangers: Vec<&Hit> = short.into_iter().filter(|hit| self.behind_other_name(hit)).collect();
        let strange: BTreeSet<Target> = strangers.iter().map(|hit| hit.target).collect();
        let here: BTreeSet<(Target, usize)> = strangers.iter().map(|hit| (hit.target, hit.from)).collect();
        let dropped = |hit: &Hit| {
            hit.to - hit.from == 1
                && strange.contains(&hit.target)
                && (here.contains(&(hit.target, hit.from)) || !full.contains(&hit.target))
        };
        self.hits = self.hits.iter().filter(|hit| !dropped(hit)).copied().collect();
    }

    /// "улица Вагнера", "piazzale Wagner": somebody's name in a place's, or the whole of it behind a noun that says what it is.
    fn drop_places(&mut self, names: &[NameSpan]) {
        let somebody = |hit: &Hit| match hit.target {
            Target::Named(file, row) => self.world.named((file, row)).is_some_and(|(catalogue, named)| {
                let kind = named.kind.unwrap_or(catalogue.kind);
                !named.state
                    && !catalogue.media
                    && matches!(kind, NamedKind::Person | NamedKind::Organisation)
            }),
            Target::Country(..) => false,
        };
        let noun = |at: usize| {
            let spaced = self.words.get(at).is_some_and(|word| word.gap == Gap::Space);
            spaced && self.words.before(at).is_some_and(|word| word.upos == Upos::Noun && !word.capital())
        };
        let place = |hit: &Hit| {
            let span = self.words.span(hit.from, hit.to);
            let mut places = touching(names, span).filter(|name| name.class == NameClass::Location);
            places.any(|name| name.span.contains(span) && (name.span != span || noun(hit.from)))
        };
        let dropped = |hit: &Hit| hit.to - hit.from == 1 && somebody(hit) && place(hit);
        self.hits = self.hits.iter().filter(|hit| !dropped(hit)).copied().collect();
    }

    /// "Poutine au canard": a word in small letters that the grammar takes for a common noun and the labeller for no name.
    fn drop_words(&mut self, names: &[NameSpan]) {
        let noun = |hit: &Hit| {
            let word = self.words.get(hit.from).filter(|_| hit.to - hit.from == 1);
            word.is_some_and(|word| {
                word.upos == Upos::Noun
                    && word.first
                    && word.text.chars().any(char::is_lowercase)
                    && touching(names, word.span).next().is_none()
            })
        };
        let dropped = |hit: &Hit| hit.named_kind(self.world) == Some(NamedKind::Person) && noun(hit);
        self.hits = self.hits.iter().filter(|hit| !dropped(hit)).copied().collect();
    }

    fn behind_other_name(&self, hit: &Hit) -> bool {
        let particle = |at: usize| {
            self.words
                .get(at)
                .is_some_and(|word| !word.capital() && self.lexicon.particles.contains(word.bare))
        };
        let joined =
            |at: usize| self.words.get(at).is_some_and(|word| matches!(word.gap, Gap::Space | Gap::Hyphen));
        let Some(mut before) = hit.from.checked_sub(1).filter(|_| joined(hit.from)) else { return false };
        if particle(before) && before > 0 && joined(before) {
            before -= 1;
        }
        let role = (1..=3).any(|length| {
            (before + 1).checked_sub(length).is_some_and(|from| self.words.role_len(from) == Some(length))
        });
        let known = self.hit_over(before).is_some();
        self.words.get(before).is_some_and(|word| {
            let name = word.upos == Upos::Propn || word.upos == Upos::X && !word.first;
            word.capital() && name && !role && !known && !self.lexicon.not_names.contains(word.text)
        })
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
                && !self.in_company(hit)
                && hit.named_kind(self.world) != Some(NamedKind::Place)
                && (!hit.cue || self.has_cue(hit))
            {
                self.named(file, row, hit, things);
            }
        }
    }

    /// Countries by name, adjective, people and capital, and places.
    pub(crate) fn countries(&self, things: &mut Things) {
        let places = self.capitals_as_places(things);
        let certain: BTreeSet<usize> = self.hits.iter().filter_map(certain_country).collect();
        for hit in &self.hits {
            match hit.target {
                Target::Country(country, Denotes::Ambiguous)
                    if !certain.contains(&country) && !self.in_list(hit) => {}
                Target::Country(country, Denotes::Capital) if places.contains(&country) => {
                    self.place_of(country, hit, things);
                }
                Target::Country(..) if things.names_organisation(self.words.span(hit.from, hit.to)) => {}
                Target::Country(country, denotes) if self.stands_alone(hit) => {
                    let body = self
                        .seated(country)
                        .filter(|_| denotes == Denotes::Capital && !certain.contains(&country));
                    let thing = match body {
                        Some((file, row)) => self.known(file, row, things),
                        None => Some(self.country(country, things)),
                    };
                    let Some(thing) = thing else { continue };
                    let span =
                        self.span(hit, hit.from).cover(self.words.span(hit.from, self.compound_end(hit)));
                    things.mention(thing, span, country_form(denotes));
                }
                Target::Named(file, row)
                    if self.stands_alone(hit) && hit.named_kind(self.world) == Some(NamedKind::Place) =>
                {
                    self.named(file, row, hit, things);
                }
                _ => {}
            }
        }
    }

    /// The words of a hit from word `from` on, with the full stop of "U.S.".
    fn span(&self, hit: &Hit, from: usize) -> lagebild_span::Span {
        let span = self.words.span(from, hit.to);
        let stop = self.words.text.get(span.end() as usize..).is_some_and(|rest| rest.starts_with('.'));
        span.ending(span.end() + u32::from(hit.dotted && stop))
    }

    /// False for one word of a person's name: "Michael Jordan", "Jordan Smith", "Igor Putin".
    fn stands_alone(&self, hit: &Hit) -> bool {
        let given = |at: usize| {
            self.words.get(at).is_some_and(|word| {
                word.capital()
                    && self.lexicon.given.contains_key(word.bare)
                    && !self.lexicon.not_names.contains(word.text)
            })
        };
        let spaced =
            |at: usize| self.words.get(at).is_some_and(|word| word.gap == Gap::Space && word.capital());
        let after_given = hit.from > 0 && spaced(hit.from) && given(hit.from - 1);
        let before_name = given(hit.from)
            && spaced(hit.to)
            && self.words.get(hit.to).is_some_and(|word| !self.lexicon.not_names.contains(word.text))
            && self.hit_from(hit.to).is_none();
        // "Polish your shoes": a verb at the beginning of a sentence.
        let verb = self.words.get(hit.from).is_some_and(|word| word.first && word.upos == Upos::Verb);
        let whole = matches!(hit.target, Target::Country(_, Denotes::Name));
        hit.to - hit.from > 1 || !(after_given || before_name) && (whole || !verb)
    }

    /// "Anadolu Makine Ltd": the beginning of a company's longer name.
    fn in_company(&self, hit: &Hit) -> bool {
        let spaced =
            |at: &usize| self.words.get(*at).is_some_and(|word| word.gap == Gap::Space && word.capital());
        let mut run = (hit.to..hit.to + 4).take_while(spaced);
        let form =
            |at: usize| self.words.get(at).is_some_and(|word| self.lexicon.company_forms.contains(word.text));
        run.next().is_some_and(|at| !form(at)) && run.any(form)
    }

    /// "Georgia and Armenia", "Armenia, Georgia": beside another country it is one.
    fn in_list(&self, hit: &Hit) -> bool {
        let near = |at: usize| self.hit_over(at).is_some_and(|other| self.is_country(other));
        let comma = self.words.get(hit.from).is_some_and(|word| word.gap == Gap::Comma);
        (1..=2).any(|step| near(hit.to - 1 + step) && step == 2)
            || hit.from >= 2 && near(hit.from - 2)
            || comma && near(hit.from - 1)
    }

    /// The end of the compound that the country begins: "Ukraine-Krieg", "US-led".
    fn compound_end(&self, hit: &Hit) -> usize {
        let glued = |at: usize| self.words.get(at).is_some_and(|word| word.gap == Gap::Hyphen);
        let other = |at: usize| self.hit_from(at).is_some();
        let mut to = hit.to;
        while glued(to) && !other(to) {
            to += 1;
        }
        to
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

    pub(crate) fn country_of_code(&self, code: &str, things: &mut Things) -> Option<usize> {
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
            let before = self.words.before(hit.from).map(|word| word.bare).unwrap_or_default();
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
        let end = self.words.span(hit.from, hit.to).end() as usize;
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
        let span = self.span(hit, self.with_country(named, hit));
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
        if let Some(thing) = self.known(file, row, things) {
            things.mention(thing, span, Form::Name);
        }
    }

    /// "Brussels demanded": the body that a country's capital means rather than the country.
    fn seated(&self, country: usize) -> Option<(usize, usize)> {
        let name = self.world.countries.get(country)?.seat_of.as_deref()?;
        self.world.row_of(name)
    }

    /// A named thing that is no country.
    fn known(&self, file: usize, row: usize, things: &mut Things) -> Option<usize> {
        let (catalogue, named) = self.world.named((file, row))?;
        let kind = named.kind.unwrap_or(catalogue.kind).kind();
        let thing = things.thing(Key::Named(file, row), || Thing {
            country: named.country.clone(),
            gender: named.gender,
            is_media: catalogue.media,
            is_state: named.state || named.body.is_some(),
            known: true,
            ..Thing::new(kind, named.usual_name(self.language))
        });
        if let Some(body) = &named.body {
            things.alias(Key::Body(body.clone(), named.country.clone()), thing);
        }
        Some(thing)
    }

    /// "the US State Department": the name takes its country's name in front with it.
    fn with_country(&self, named: &crate::world::Named, hit: &Hit) -> usize {
        let country = self.hit_to(hit.from).filter(|other| self.is_country(other));
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
                .is_some_and(|word| self.lexicon.media_cues.contains(word.bare))
        };
        let quoted = self.words.gap_text(hit.from).ends_with(['„', '“', '"', '«', '»', '‚']);
        quoted || near(hit.from.checked_sub(1)) || near(hit.from.checked_sub(2)) || near(Some(hit.to))
    }

    /// The known words that a word is one of. Hits stand in the order of the text, and none lies over another.
    pub(crate) fn hit_over(&self, at: usize) -> Option<&Hit> {
        self.hits.get(self.hits.partition_point(|hit| hit.to <= at)).filter(|hit| hit.from <= at)
    }

    /// The known words that begin at a word.
    pub(crate) fn hit_from(&self, at: usize) -> Option<&Hit> {
        self.hit_over(at).filter(|hit| hit.from == at)
    }

    /// The known words that end before a word.
    pub(crate) fn hit_to(&self, at: usize) -> Option<&Hit> {
        self.hit_over(at.checked_sub(1)?).filter(|hit| hit.to == at)
    }

    /// The known words that lie within these words.
    pub(crate) fn hits_within(&self, from: usize, to: usize) -> &[Hit] {
        let first = self.hits.partition_point(|hit| hit.from < from);
        let end = self.hits.partition_point(|hit| hit.to <= to);
        self.hits.get(first..end).unwrap_or_default()
    }

    /// True for a news outlet or agency.
    pub(crate) fn is_media(&self, hit: &Hit) -> bool {
        let Target::Named(file, row) = hit.target else { return false };
        self.world.named((file, row)).is_some_and(|(catalogue, _)| catalogue.media)
    }

    pub(crate) fn is_country(&self, hit: &Hit) -> bool {
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

fn certain_country(hit: &Hit) -> Option<usize> {
    match hit.target {
        Target::Country(country, Denotes::Name | Denotes::Adjective) => Some(country),
        _ => None,
    }
}
