//! State bodies by pattern: a country beside a noun for a ministry, a service, a government, an agency.

use crate::gazetteer::Target;
use crate::known::Finder;
use crate::lexicon;
use crate::model::{EntityKind, Form};
use crate::things::{Key, Thing, Things};
use crate::words::Gap;
use crate::world::{Catalogue, Named};
use lagebild_span::Span;
use std::collections::BTreeSet;

impl Finder<'_> {
    /// "das russische Außenministerium", "US-Geheimdienst", "Russia's foreign ministry", "the ministry in Seoul".
    pub(crate) fn bodies(&self, things: &mut Things) {
        let mut bare = Vec::new();
        for at in 0..self.words.list.len() {
            // Of nouns of one length the last kind in the file.
            let found = self.lexicon.bodies.at(&self.words.list, at);
            let best = found.map(|(len, _, &kind)| (len, kind)).max();
            let body = |(len, kind)| Some((len, self.lexicon.kinds_of_body.get(kind)?));
            if let Some((len, body)) = best.and_then(body) {
                bare.extend(self.body(body, at, at + len, things).map(|span| (body, span)));
            }
        }
        for (body, span) in bare {
            taken_up(body, span, self.words.text, things);
        }
    }

    /// Notes a body with its country; gives the words of one without, where an article shows that it is known.
    fn body(&self, body: &lexicon::Body, from: usize, to: usize, things: &mut Things) -> Option<Span> {
        let span = self.words.span(from, to);
        if things.covers(span) {
            return None;
        }
        let (country, from, to) = self.owner(from, to);
        let code = country.or_else(|| body.country.clone());
        let span = self.words.span(from, to);
        let Some(code) = code.filter(|_| !body.generic) else {
            let before = self.words.before(from);
            return before.filter(|word| self.lexicon.definite.contains(word.bare)).map(|_| span);
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
                let thing = things.thing(Key::Body(body.kind.clone(), Some(code.clone())), || Thing {
                    country: Some(code),
                    is_state: true,
                    ..Thing::new(EntityKind::Organisation, name)
                });
                things.mention(thing, span, Form::Name);
            }
        }
        None
    }

    /// The agency of a country: the one that the text names, else the state's own.
    fn agency(&self, code: &str) -> Option<((usize, usize), &Catalogue, &Named)> {
        let of_country = || {
            self.world
                .all_named()
                .filter(move |(_, _, named)| named.agency && named.country.as_deref() == Some(code))
        };
        let mut named_here =
            of_country().filter(|((file, row), _, _)| self.targets.contains(&Target::Named(*file, *row)));
        let first = named_here.next();
        first
            .filter(|_| named_here.next().is_none())
            .or_else(|| of_country().find(|(_, _, named)| named.state_agency))
    }

    /// The country whose body it is, and the words that it takes with that.
    fn owner(&self, from: usize, to: usize) -> (Option<String>, usize, usize) {
        let adjective = |at: usize| self.lexicon.body_adjectives.longest(&self.words.list, at).is_some();
        let mut start = from;
        while start > 0 && from - start < 2 && adjective(start - 1) {
            start -= 1;
        }
        // "Russia's foreign ministry": the s after the apostrophe is a word of its own.
        let possessive = start > 0
            && self.words.get(start - 1).is_some_and(|word| word.bare == "s" && word.gap == Gap::Apostrophe);
        let end = start - usize::from(possessive);
        if let Some(hit) = self.hit_to(end).filter(|hit| self.is_country(hit)) {
            let joined = self.words.get(start).is_some_and(|word| word.gap.joins());
            if joined {
                return (hit.country(self.world).map(str::to_owned), hit.from, to);
            }
        }
        let link = self.words.get(to).is_some_and(|word| self.lexicon.body_links.contains(word.bare));
        let country = |at: usize| self.hit_from(at).filter(|hit| self.is_country(hit));
        let after = country(to).or_else(|| country(to + 1).filter(|_| link));
        match after.filter(|hit| self.words.get(hit.from).is_some_and(|word| word.gap == Gap::Space)) {
            Some(hit) => (hit.country(self.world).map(str::to_owned), start, hit.to),
            None => (None, from, to),
        }
    }

    /// The country of the state body whose name a compound begins with: "kremlsprecher".
    pub(crate) fn state_prefix(&self, folded: &str) -> Option<String> {
        let begins = |form: &String| {
            let stem = crate::words::bare(form.split('|').next().unwrap_or_default());
            stem.len() >= 4 && folded.len() > stem.len() && folded.starts_with(&stem)
        };
        let mut states = self.world.all_named().filter(|(_, _, named)| named.state);
        states
            .find(|(_, _, named)| self.world.forms(named, self.language).into_iter().any(begins))?
            .2
            .country
            .clone()
    }
}

/// "the ministry": the body of its kind that the text has named last; "the Finance Ministry" of no stated country is one
/// of its own.
fn taken_up(body: &lexicon::Body, span: Span, text: &str, things: &mut Things) {
    let same = |kind: &str| if body.generic { kind.ends_with(&body.kind) } else { kind == body.kind };
    let candidates: BTreeSet<usize> =
        things.bodies().filter(|(kind, _)| same(kind)).flat_map(|(_, at)| at).copied().collect();
    let nearest = things.last_before(&candidates, span);
    let only = candidates.first().filter(|_| candidates.len() == 1).copied();
    if let Some(thing) = nearest.or(only) {
        things.mention(thing, span, Form::Description);
    } else if candidates.is_empty() && !body.generic && body.denotes == lexicon::Denotes::Organisation {
        let name = span.of(text).to_owned();
        let thing = things.thing(Key::Body(body.kind.clone(), None), || Thing {
            is_state: true,
            ..Thing::new(EntityKind::Organisation, name)
        });
        things.mention(thing, span, Form::Name);
    }
}
