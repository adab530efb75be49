//! The stage's entry: from a document with its grammar to the things that it names.

use crate::known::Finder;
use crate::lexicon::Lexicon;
use crate::model::{Entities, EntityKind, Form, Match};
use crate::organisations::Organisations;
use crate::people::People;
use crate::things::{Key, Thing, Things};
use crate::words::{Words, fold};
use crate::{roles, short};
use lagebild_document::Document;
use lagebild_grammar::Analysis;
use lagebild_watchlist::{Spotted, Watchlist};

/// What a match is worth whose full name only the world data tell.
const SURNAME_ONLY: f64 = 0.8;

/// The things that a document names, and where.
///
/// Known names come first (bodies, countries, media, places, figures), then listed parties, then names by their
/// surroundings; what is named in full once may be named in short after that. Unsure names are left out.
pub fn resolve(document: &Document, analysis: &Analysis, watchlist: &Watchlist) -> Entities {
    let language = document.language.as_deref();
    let Some(lexicon) = Lexicon::of(language) else { return Entities::default() };
    let words = Words::new(&document.text, analysis).with_roles(&lexicon.roles);
    let mut things = Things::default();
    let finder = Finder::new(&words, lexicon, language.unwrap_or("en"));
    finder.find(&mut things);
    let organisations = Organisations { words: &words, lexicon };
    organisations.find(&mut things);
    finder.countries(&mut things);
    // "Innenministerium" is some list's alias of one ministry, and the word for all.
    let generic = |span| {
        let (from, to) = words.range(span);
        let kind = |kind: &usize| lexicon.kinds_of_body.get(*kind);
        let mut nouns = lexicon.bodies.at(&words.list, from);
        nouns
            .any(|(length, _, at)| from + length == to && kind(at).is_some_and(|body| body.country.is_none()))
    };
    let spotted: Vec<Spotted> = watchlist
        .spot(&document.text, language)
        .into_iter()
        .filter(|spotted| !generic(spotted.span))
        .collect();
    for spotted in spotted.iter().filter(|spotted| !spotted.partial) {
        listed(spotted, &document.text, &mut things);
    }
    People { words: &words, lexicon, names: &analysis.names }.find(&mut things);
    roles::assign(&words, lexicon, &finder, &mut things);
    short::find(&words, lexicon, &mut things);
    for spotted in spotted.iter().filter(|spotted| spotted.partial) {
        named_again(spotted, &mut things);
    }
    organisations.labelled(&analysis.names, &mut things);
    roles::describe(&words, lexicon, &finder, &mut things);
    for spotted in &spotted {
        matched(spotted, &mut things);
    }
    figures(&finder, watchlist, &mut things);
    things.finish(&document.text)
}

/// A listed name becomes a thing of its own where nothing known stands.
fn listed(spotted: &Spotted, text: &str, things: &mut Things) {
    let Some(best) = spotted.candidates.first() else { return };
    let party = Key::Party(best.party.clone());
    let here = things.within(spotted.span).next();
    if here.is_some() || things.covers(spotted.span) {
        if let Some(known) = here {
            things.alias(party, known);
        }
        return;
    }
    let kind = match best.schema.as_str() {
        "Person" => EntityKind::Person,
        "Vessel" => EntityKind::Vessel,
        _ => EntityKind::Organisation,
    };
    let name = spotted.span.of(text).to_owned();
    let folded = fold(&name);
    let thing = things.known(&party);
    let thing =
        thing.unwrap_or_else(|| things.thing(Key::Name(kind as u8, folded), || Thing::new(kind, name)));
    things.alias(party, thing);
    things.mention(thing, spotted.span, if spotted.inflected { Form::Inflected } else { Form::Name });
}

/// A surname alone of a party that the text names in full, in scripts whose names are not told by their words.
fn named_again(spotted: &Spotted, things: &mut Things) {
    let known = spotted.candidates.iter().find_map(|one| things.known(&Key::Party(one.party.clone())));
    if let Some(thing) = known.filter(|_| !things.covers(spotted.span)) {
        things.mention(thing, spotted.span, if spotted.inflected { Form::Inflected } else { Form::Name });
    }
}

/// A public figure whom the text names by surname alone: listed parties under the full name, and that it is so said.
fn figures(finder: &Finder, watchlist: &Watchlist, things: &mut Things) {
    for (place, at) in things.named() {
        let Some((_, named)) = finder.world.named(place) else { continue };
        let open =
            things.get(at).is_some_and(|thing| thing.kind == EntityKind::Person && thing.matches.is_empty());
        if !open {
            continue;
        }
        for spotted in watchlist.spot(&named.name, None).iter().filter(|spotted| !spotted.partial) {
            let Some(thing) = things.get_mut(at) else { continue };
            take(spotted, thing);
            for found in &mut thing.matches {
                found.score *= SURNAME_ONLY;
                found
                    .explanation
                    .push(format!("the text does not give the full name {:?} as listed", named.name));
            }
        }
    }
}

/// Gives a thing the listed parties that it may be. A part of a name counts only for a thing with a full match.
fn matched(spotted: &Spotted, things: &mut Things) {
    let Some(at) = things.within(spotted.span).next().filter(|_| !spotted.partial) else { return };
    if let Some(thing) = things.get_mut(at) {
        take(spotted, thing);
    }
}

fn take(spotted: &Spotted, thing: &mut Thing) {
    for candidate in &spotted.candidates {
        if !fits(thing.kind, &candidate.schema)
            || thing.matches.iter().any(|known| known.party == candidate.party)
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

fn fits(kind: EntityKind, schema: &str) -> bool {
    match kind {
        EntityKind::Person => schema == "Person",
        EntityKind::Vessel => schema == "Vessel",
        EntityKind::Organisation => !matches!(schema, "Person" | "Vessel"),
        _ => false,
    }
}
