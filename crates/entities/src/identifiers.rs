//! Numbers in a text decide whom the name before them means: "the tanker Alpha (IMO 9000001)".

use crate::listed::Listed;
use crate::model::{EntityKind, Form, Match};
use crate::things::{Key, Thing, Things};
use lagebild_span::Span;
use lagebild_watchlist::{Candidate, Identifier};

/// How far, in bytes, behind a name a number may stand that is its bearer's.
const REACH: u32 = 80;

/// Gives what is named right before a number the parties that bear it, takes away those with another number of its kind, and
/// makes a thing of a listed number with no name before it.
pub(crate) fn decide(listed: &Listed, things: &mut Things) {
    for identifier in listed.watchlist.identifiers(listed.words.text) {
        let bearers = listed.watchlist.bearers(&identifier);
        let owner = owner(listed.words.text, identifier.span, things);
        match (owner, bearers.first()) {
            (Some(at), _) => settle(at, &identifier, &bearers, listed, things),
            (None, Some(first)) => unnamed(&identifier, first, &bearers, listed.words.text, things),
            (None, None) => {}
        }
    }
}

/// The thing that is named last before the number, in the same sentence.
fn owner(text: &str, number: Span, things: &Things) -> Option<usize> {
    let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Vessel];
    let (thing, span) = things.right_before(number.start(), REACH, &kinds)?;
    let between = text.get(span.end() as usize..number.start() as usize)?;
    (!between.contains(['\n', ';']) && !between.contains(". ")).then_some(thing)
}

fn settle(at: usize, identifier: &Identifier, bearers: &[Candidate], listed: &Listed, things: &mut Things) {
    let Some(thing) = things.get_mut(at) else { return };
    thing.matches.retain(|one| !listed.watchlist.contradicts(&one.party, identifier));
    for bearer in bearers {
        thing.matches.retain(|one| one.party != bearer.party);
        thing.matches.push(matched(bearer));
    }
    if let (Some(first), false) = (bearers.first(), thing.known) {
        thing.kind = kind(&first.schema);
    }
    thing.matches.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.party.cmp(&b.party)));
}

fn unnamed(
    identifier: &Identifier,
    first: &Candidate,
    bearers: &[Candidate],
    text: &str,
    things: &mut Things,
) {
    let key = Key::Party(first.party.clone());
    let at = things.thing(key, || Thing::new(kind(&first.schema), identifier.span.of(text)));
    things.mention(at, identifier.span, Form::Description);
    if let Some(thing) = things.get_mut(at) {
        for bearer in bearers {
            thing.matches.retain(|one| one.party != bearer.party);
            thing.matches.push(matched(bearer));
        }
    }
}

fn matched(bearer: &Candidate) -> Match {
    Match {
        list: bearer.list.clone(),
        party: bearer.party.clone(),
        name: bearer.name.clone(),
        score: bearer.score,
        explanation: bearer.explanation.clone(),
    }
}

fn kind(schema: &str) -> EntityKind {
    match schema {
        "Person" => EntityKind::Person,
        "Vessel" => EntityKind::Vessel,
        _ => EntityKind::Organisation,
    }
}
