//! Listed parties among the things that a document names.
//!
//! What the watchlist spots in the text is compared by the whole name that it stands in ([`crate::whole`]), and every known
//! body and figure by the names that the world data give it.

use crate::doubt::Doubts;
use crate::known::Finder;
use crate::lexicon::{Body, Lexicon};
use crate::model::{EntityKind, Form, Match};
use crate::things::{Key, Thing, Things};
use crate::whole::{self, Names};
use crate::words::{Word, Words, bare, touching};
use crate::world::Named;
use lagebild_document::{BlockKind, Document};
use lagebild_grammar::{NameClass, NameSpan};
use lagebild_names::legal_form;
use lagebild_span::Span;
use lagebild_watchlist::{Candidate, Spotted, Watchlist};

/// What a match is worth whose full name only the world data tell.
const SURNAME_ONLY: f64 = 0.8;

/// Names of fewer letters are abbreviations.
const SHORT: usize = 5;

/// What is needed to find them.
pub(crate) struct Listed<'a> {
    pub(crate) document: &'a Document,
    /// Where the document names who wrote it ([`credits`]).
    pub(crate) credits: Vec<Span>,
    pub(crate) words: &'a Words<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) finder: &'a Finder<'a>,
    pub(crate) names: &'a [NameSpan],
    pub(crate) watchlist: &'a Watchlist,
}

/// The parts of a document that say who made it, in order, none over another.
pub(crate) fn credits(document: &Document) -> Vec<Span> {
    let credit = |kind| matches!(kind, BlockKind::Byline | BlockKind::Credit | BlockKind::Boilerplate);
    let mut spans: Vec<Span> =
        document.blocks.iter().filter(|block| credit(block.kind)).map(|block| block.span).collect();
    spans.sort();
    joined(spans)
}

/// Sorted spans, those that share bytes as one.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match joined.last_mut().filter(|last| last.overlaps(span)) {
            Some(last) => *last = last.cover(span),
            None => joined.push(span),
        }
    }
    joined
}

/// True when a span shares bytes with one of these, which are in order and apart.
fn overlaps(spans: &[Span], span: Span) -> bool {
    spans.get(spans.partition_point(|one| one.end() <= span.start())).is_some_and(|one| one.overlaps(span))
}

impl Listed<'_> {
    /// The listed names in the text, each by the whole name that it stands in; none of who only wrote or photographed it.
    pub(crate) fn spotted(&self) -> Vec<Spotted> {
        let spotted = self.watchlist.spot(&self.document.text, self.document.language.as_deref());
        let doubts = Doubts { words: self.words, names: self.names };
        let whole = |spotted: Spotted| {
            let person = spotted.candidates.iter().all(|one| one.schema == "Person");
            let names = Names { all: self.names, person, partial: spotted.partial };
            let span = whole::name(self.words, self.lexicon, self.finder, names, spotted.span);
            if span == spotted.span || spotted.partial {
                return (span == spotted.span).then_some(spotted);
            }
            self.watchlist.within_name(&spotted, span.of(self.words.text))
        };
        let told = spotted
            .into_iter()
            .filter(|one| !self.generic(one.span) && !self.credited(one.span))
            .filter(|one| self.own(one.span) || !doubts.doubted(one));
        let mut spotted: Vec<Spotted> = told.filter_map(|one| self.narrowed(one)).filter_map(whole).collect();
        let labelled = self.labelled(&spotted);
        spotted.extend(labelled);
        spotted.sort_by_key(|one| one.span);
        spotted
    }

    /// Where no spaces are set, the sounds of a name may run on into the next word: it ends where the labeller says.
    /// None where the labeller sees no name that begins here.
    fn narrowed(&self, spotted: Spotted) -> Option<Spotted> {
        let text = self.words.text;
        let written = spotted.span.of(text);
        let han = written.chars().filter(|c| c.is_alphabetic()).all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
        if !(han && written.contains(['·', '・', '•'])) {
            return Some(spotted);
        }
        let fits = |name: &&NameSpan| {
            name.class == NameClass::Person
                && name.span.start() == spotted.span.start()
                && name.span.end() <= spotted.span.end()
                && name.span.of(text).contains(['·', '・', '•'])
        };
        let label = touching(self.names, spotted.span).find(fits)?;
        Some(Spotted { span: label.span, ..spotted })
    }

    /// Bodies whose name of one word is too little alone, where the labeller sees an organisation of just this name.
    fn labelled(&self, spotted: &[Spotted]) -> Vec<Spotted> {
        let mut taken: Vec<Span> = spotted.iter().map(|one| one.span).collect();
        taken.sort();
        let taken = joined(taken);
        let new = |name: &&NameSpan| {
            let (from, to) = self.words.range(name.span);
            name.class == NameClass::Organisation
                && to - from == 1
                && self.words.get(from).is_some_and(Word::capital)
                && !overlaps(&taken, name.span)
                && !self.credited(name.span)
        };
        let named = |name: &NameSpan| {
            let found = self.watchlist.named_body(name.span.of(self.words.text))?;
            Some(Spotted { span: name.span, ..found })
        };
        self.names.iter().filter(new).filter_map(named).collect()
    }

    /// "Innenministerium" is some list's alias of one ministry, and the word for all.
    fn generic(&self, span: Span) -> bool {
        self.kinds_of_body(span).any(|kind| kind.country.is_none())
    }

    /// "Revolutionsgarden" is a noun for one country's body only.
    fn own(&self, span: Span) -> bool {
        self.kinds_of_body(span).any(|kind| kind.country.is_some())
    }

    /// The kinds of body that these words are a noun for.
    fn kinds_of_body(&self, span: Span) -> impl Iterator<Item = &Body> {
        let (from, to) = self.words.range(span);
        let nouns = self.lexicon.bodies.at(&self.words.list, from);
        nouns
            .filter(move |(length, _, _)| from + length == to)
            .filter_map(|(_, _, at)| self.lexicon.kinds_of_body.get(*at))
    }

    /// Who wrote the text, made a picture or sent a report is nobody that the report is about.
    fn credited(&self, span: Span) -> bool {
        overlaps(&self.credits, span) || whole::credit(self.words, self.lexicon, self.finder, span)
    }

    /// A listed name becomes a thing of its own where nothing known stands, or where what is known has a part of the name
    /// only: Gazprom Neft is not Gazprom.
    pub(crate) fn thing(&self, spotted: &Spotted, things: &mut Things) {
        let Some(best) = spotted.candidates.first() else { return };
        let party = Key::Party(best.party.clone());
        let kind = match best.schema.as_str() {
            "Person" => EntityKind::Person,
            "Vessel" => EntityKind::Vessel,
            _ => EntityKind::Organisation,
        };
        let text = self.words.text;
        match self.standing(spotted.span, things) {
            Some((known, Standing::Same)) => {
                // What only a word for companies in its name showed may be a ship's.
                if let Some(thing) =
                    things.get_mut(known).filter(|one| one.kind == EntityKind::Organisation && !one.known)
                {
                    thing.kind = kind;
                }
                return things.alias(party, known);
            }
            Some((known, Standing::Inside))
                if things.get(known).is_some_and(|one| one.kind == kind && kind == EntityKind::Person) =>
            {
                return things.alias(party, known);
            }
            Some((_, Standing::Around)) => return,
            _ => {}
        }
        let name = spotted.span.of(text).to_owned();
        let folded = bare(&name);
        let thing = things.known(&party);
        let thing =
            thing.unwrap_or_else(|| things.thing(Key::Name(kind as u8, folded), || Thing::new(kind, name)));
        things.alias(party, thing);
        things.mention(thing, spotted.span, if spotted.inflected { Form::Inflected } else { Form::Name });
    }

    /// What is already known at a listed name.
    fn standing(&self, span: Span, things: &Things) -> Option<(usize, Standing)> {
        let bare = |span: Span| self.without_form(span);
        let touching: Vec<(usize, Span)> = things.touching(span).collect();
        let same = touching.iter().find(|(_, other)| bare(*other) == bare(span));
        let around = touching.iter().find(|(_, other)| other.contains(span));
        let inside = touching.first();
        same.map(|(thing, _)| (*thing, Standing::Same))
            .or_else(|| around.map(|(thing, _)| (*thing, Standing::Around)))
            .or_else(|| inside.map(|(thing, _)| (*thing, Standing::Inside)))
    }

    /// The words of a name without legal forms at its ends.
    fn without_form(&self, span: Span) -> (usize, usize) {
        let (mut from, mut to) = self.words.range(span);
        let form = |at: usize| self.words.get(at).is_some_and(|word| legal_form(&[word.text]).is_some());
        while to > from + 1 && form(to - 1) {
            to -= 1;
        }
        while from + 1 < to && form(from) {
            from += 1;
        }
        (from, to)
    }

    /// Gives a thing the listed parties that it may be: all its words are compared. A part of a name counts only for a thing
    /// with a full match.
    pub(crate) fn matched(&self, spotted: &Spotted, things: &mut Things) {
        let touching = things.touching(spotted.span).filter(|_| !spotted.partial);
        let shared = |span: Span| span.end().min(spotted.span.end()) - span.start().max(spotted.span.start());
        // The longest stretch in common; of two, what is named by less beside it.
        let best = touching.max_by_key(|(_, span)| (shared(*span), std::cmp::Reverse(span.len())));
        let Some((at, span)) = best else { return };
        let wider =
            !spotted.span.contains(span) && self.without_form(span) != self.without_form(spotted.span);
        let whole = spotted.span.cover(span).of(self.words.text);
        let anew = if wider { self.watchlist.within_name(spotted, whole) } else { None };
        let Some(thing) = things.get_mut(at) else { return };
        match (wider, anew) {
            (false, _) => self.take(spotted, thing),
            (true, Some(anew)) => self.take(&anew, thing),
            (true, None) => {}
        }
    }

    fn take(&self, spotted: &Spotted, thing: &mut Thing) {
        for candidate in &spotted.candidates {
            if !fits(thing.kind, &candidate.schema)
                || thing.matches.iter().any(|known| known.party == candidate.party)
                || thing.known && !self.may_be_of(thing, candidate)
            {
                continue;
            }
            thing.matches.push(Match {
                list: candidate.list.clone(),
                party: candidate.party.clone(),
                name: candidate.name.clone(),
                score: candidate.score,
                explanation: candidate.explanation.clone(),
            });
        }
        thing.matches.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.party.cmp(&b.party)));
    }

    /// Whether a known body may be a listed one by the countries that the list names: the broadcaster CBS is no bank of Syria.
    /// An outlet is another body's abbreviation too often to take it without a country.
    fn may_be_of(&self, thing: &Thing, candidate: &Candidate) -> bool {
        // Armed groups sit in many countries.
        let seated = thing.kind == EntityKind::Organisation && (thing.is_media || thing.is_state);
        let Some(code) = thing.country.as_deref().filter(|_| seated) else { return true };
        let codes = self.countries(&candidate.party);
        let short = candidate.name.chars().count() < SHORT;
        if codes.is_empty() { !(thing.is_media && short) } else { codes.contains(&code) }
    }

    /// The countries that a list names for a party, none when one of them is not known.
    fn countries(&self, party: &str) -> Vec<&str> {
        let Some(party) = self.watchlist.party(party) else { return Vec::new() };
        let world = &self.finder.world.countries;
        let values = |fields: [&str; 2]| -> Vec<String> {
            fields.iter().filter_map(|field| party.properties.get(*field)).flatten().cloned().collect()
        };
        let stated = values(["country", "jurisdiction"]);
        let called = |stated: &String| world.iter().find(|country| country.is_called(stated));
        let mut codes: Vec<Option<&str>> =
            stated.iter().map(|stated| called(stated).map(|country| country.code.as_str())).collect();
        if codes.is_empty() {
            // Else the country that ends an address.
            let last = |address: &String| address.rsplit(',').next().map(|last| last.trim().to_owned());
            let ends = values(["address", "registeredAddress"]).iter().filter_map(last).collect::<Vec<_>>();
            codes = ends.iter().filter_map(called).map(|country| Some(country.code.as_str())).collect();
        }
        codes.into_iter().collect::<Option<Vec<&str>>>().unwrap_or_default()
    }

    /// Bodies and figures of the world data whose words in the text alone match nobody: listed parties under the names that
    /// the data give them, and that it is so said.
    pub(crate) fn known(&self, things: &mut Things) {
        for (place, at) in things.named() {
            let Some((_, named)) = self.finder.world.named(place) else { continue };
            let Some(thing) = things.get_mut(at).filter(|thing| thing.matches.is_empty()) else { continue };
            match thing.kind {
                EntityKind::Person => self.figure(named, thing),
                EntityKind::Organisation => self.body(named, thing),
                _ => {}
            }
        }
    }

    fn figure(&self, named: &Named, thing: &mut Thing) {
        for spotted in self.watchlist.spot(&named.name, None).iter().filter(|spotted| !spotted.partial) {
            self.take(spotted, thing);
            for found in &mut thing.matches {
                found.score *= SURNAME_ONLY;
                found
                    .explanation
                    .push(format!("the text does not give the full name {:?} as listed", named.name));
            }
        }
    }

    fn body(&self, named: &Named, thing: &mut Thing) {
        for name in named.plain_names() {
            let Some(spotted) = self.watchlist.named(&name) else { continue };
            let known = thing.matches.len();
            self.take(&spotted, thing);
            for found in thing.matches.iter_mut().skip(known) {
                found.explanation.push(format!("the text means the body that is also called {name:?}"));
            }
        }
    }
}

/// Where something known stands beside a listed name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// On the same words, legal forms aside.
    Same,
    /// On a part of them, or on some of them and others.
    Inside,
    /// On more.
    Around,
}

/// A surname alone of a party that the text names in full, in scripts whose names are not told by their words.
pub(crate) fn named_again(spotted: &Spotted, things: &mut Things) {
    let known = spotted.candidates.iter().find_map(|one| things.known(&Key::Party(one.party.clone())));
    if let Some(thing) = known.filter(|_| !things.covers(spotted.span)) {
        things.mention(thing, spotted.span, if spotted.inflected { Form::Inflected } else { Form::Name });
    }
}

fn fits(kind: EntityKind, schema: &str) -> bool {
    match kind {
        EntityKind::Person => matches!(schema, "Person" | "LegalEntity"),
        EntityKind::Vessel => schema == "Vessel",
        EntityKind::Organisation => !matches!(schema, "Person" | "Vessel"),
        _ => false,
    }
}
