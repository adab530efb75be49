//! Runs `bodies.md`: well-known listed bodies (`bodies.yaml`) in the forms of sentences that news has for them.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_document::Document;
use lagebild_entities::resolve;
use lagebild_grammar::Encoder;
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_passages::{Marked, Outcome, Passage, Suite, spans};
use lagebild_watchlist::{Party, PartyName, Watchlist};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    names: Vec<String>,
    country: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Words, and the first name of the body.
    finds: Vec<Marked>,
}

/// Its id is the first name.
fn party(body: &Body) -> Party {
    let name = body.names[0].clone();
    let mut party =
        Party { id: name.clone(), schema: "Organization".into(), caption: name, ..Party::default() };
    for name in &body.names {
        party.add_name(PartyName { full: name.clone(), ..PartyName::default() });
    }
    body.country.iter().for_each(|country| party.add("country", country));
    party
}

fn outcomes(passage: &Passage<Expected>, watchlist: &Watchlist) -> Vec<Outcome> {
    let (text, language) = (passage.text.clone(), Some(passage.language().to_owned()));
    let document = Document { text, language, ..Document::default() };
    let found = resolve(&Page::new(&document, Languages::shipped(), Encoder::shipped().ok()), watchlist);
    let listed = found
        .mentions
        .iter()
        .filter_map(|mention| Some((mention.span, &found.get(mention.entity)?.matches.first()?.party)));
    let mut listed: Vec<_> = listed.collect();
    let shown =
        |(span, party): &(lagebild_span::Span, &String)| format!("{} = {party}", span.of(&passage.text));
    let all = listed.iter().map(shown).collect::<Vec<_>>().join("; ");
    let mut outcomes = Vec::new();
    for (one, place) in
        passage.expected.finds.iter().zip(spans(&passage.text, &passage.expected.finds).unwrap())
    {
        let at = listed.iter().position(|(span, party)| span.overlaps(place) && **party == one.what);
        at.map(|at| listed.remove(at));
        outcomes.push(Outcome::new(one.to_string(), at.is_some(), all.as_str()));
    }
    outcomes.push(Outcome::nothing_else(&listed.iter().map(shown).collect::<Vec<_>>()));
    outcomes
}

#[test]
fn well_known_bodies_are_matched_in_sentences() {
    let bodies: Vec<Body> = lagebild_data::parse("bodies.yaml", include_str!("bodies.yaml")).unwrap();
    let parties: Vec<Party> = bodies.iter().map(party).collect();
    let watchlist = Watchlist::new("test", "2024-01-01", &parties);
    let mut suite = Suite::default();
    suite.check("tests/bodies.md", |passage| outcomes(passage, &watchlist));
    suite.finish();
}
