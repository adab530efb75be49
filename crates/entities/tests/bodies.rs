//! Runs `bodies.yaml`: well-known listed bodies in the forms of sentences that news has for them.

use lagebild_document::Document;
use lagebild_entities::resolve;
use lagebild_grammar::Encoder;
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_span::Span;
use lagebild_watchlist::{Party, PartyName, Watchlist};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    names: Vec<String>,
    country: Option<String>,
    /// By language; the words in brackets are the body.
    texts: BTreeMap<String, String>,
}

fn party(at: usize, body: &Body) -> Party {
    let mut party = Party {
        id: format!("t:{at}"),
        schema: "Organization".into(),
        caption: body.names[0].clone(),
        ..Party::default()
    };
    for name in &body.names {
        party.add_name(PartyName { full: name.clone(), ..PartyName::default() });
    }
    body.country.iter().for_each(|country| party.add("country", country));
    party
}

/// How many are not found: single short words that one list alone has here, where the labeller sees no organisation.
const MISSED: usize = 3;

#[test]
fn well_known_bodies_are_matched_in_sentences() {
    let bodies: Vec<Body> = lagebild_data::parse("bodies.yaml", include_str!("bodies.yaml")).unwrap();
    assert!(bodies.len() >= 75, "{}", bodies.len());
    let parties: Vec<Party> = bodies.iter().enumerate().map(|(at, body)| party(at, body)).collect();
    let watchlist = Watchlist::new("test", "2024-01-01", &parties);
    let (mut wrong, mut missed) = (Vec::new(), Vec::new());
    for (at, body) in bodies.iter().enumerate() {
        for (language, marked) in &body.texts {
            let (start, end) = (marked.find('[').unwrap(), marked.find(']').unwrap() - 1);
            let text = marked.replace(['[', ']'], "");
            let document = Document { text, language: Some(language.clone()), ..Document::default() };
            let page = Page::new(&document, Languages::shipped(), Encoder::shipped().ok());
            let found = resolve(&page, &watchlist);
            let parties: Vec<_> = found
                .mentions
                .iter()
                .filter_map(|mention| Some((mention.span, found.get(mention.entity)?.matches.first()?)))
                .map(|(span, matched)| (span.overlaps(Span::new(start, end)), matched.party.clone()))
                .collect();
            if parties.is_empty() {
                missed.push(marked);
            } else if parties != [(true, format!("t:{at}"))] {
                wrong.push(format!("{language} {marked}: {parties:?}, expected t:{at}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(missed.len() <= MISSED, "{missed:?}");
}
