//! The answer to a screening for a person at a terminal.

use super::page::{ALERT, MAYBE, Page};
use crate::links;
use crate::words::clean;
use lagebild_ftm::topic_label;
use lagebild_screen::{AlignedPart, Hit, Index, Mention, NameMatch, Query, Said};

/// Relations of a hit that are shown where nobody asks for all.
const RELATIONS: usize = 3;

/// A query and its hits. With `explain` each score is taken apart and all relations are shown.
pub fn hits(query: &Query, hits: &[Hit], index: &Index, width: usize, explain: bool) -> String {
    let mut page = Page::new(width);
    page.title(&clean(&asked(query)));
    if hits.is_empty() {
        page.note(2, "no listed party is like it");
    }
    for hit in hits {
        let (style, word) = if hit.matched { (ALERT, "match") } else { (MAYBE, "below the threshold") };
        let head = format!("{} · {} · {} · {word}", clean(&hit.caption), hit.party, hit.schema);
        page.item(&format!("{:.3}", hit.score), style, &head);
        let said = index.said(hit);
        if let Some(name) = &hit.name
            && (explain || name.listed != hit.caption)
        {
            let quality = said.name_quality.filter(|word| !matches!(*word, "primary" | "alias"));
            let quality = quality.map(|word| format!(" ({word})")).unwrap_or_default();
            page.text(8, &format!("by the name {}{quality}", clean(&name.listed)));
        }
        page.note(8, &clean(&listing(&said)));
        related(&mut page, hit, index, &said, explain);
        if explain {
            explained(&mut page, hit);
        }
    }
    page.finish()
}

/// List, day of listing, programmes, topics.
fn listing(said: &Said) -> String {
    let listed = match (&said.listed_since, said.only_named) {
        (_, true) => format!("only named by {}, not listed", said.list),
        (Some(day), _) => format!("listed by {} since {day}", said.list),
        (None, _) => format!("listed by {}", said.list),
    };
    let programme = (!said.programme.is_empty()).then(|| format!("programme {}", said.programme.join(", ")));
    let topics = said.topics.iter().map(|topic| topic_label(topic).unwrap_or(topic).to_owned());
    let words: Vec<String> = std::iter::once(listed).chain(programme).chain(topics).collect();
    words.join(" · ")
}

/// The chain of owners, and the other relations.
fn related(page: &mut Page, hit: &Hit, index: &Index, said: &Said, explain: bool) {
    for owner in &said.owners.above {
        page.text(8 + 2 * (owner.step as usize - 1), &clean(&links::owner(owner)));
    }
    for line in links::what_is_known(&said.owners) {
        page.note(8, &line);
    }
    let others: Vec<_> =
        index.links(hit.number).into_iter().filter(|one| !links::is_upward(one, &hit.party)).collect();
    let shown = if explain { others.len() } else { RELATIONS };
    for one in others.iter().take(shown) {
        page.text(8, &clean(&links::related(one)));
    }
    if others.len() > shown {
        page.note(8, &format!("{} more relations (--explain)", others.len() - shown));
    }
}

/// What was asked, on one line.
fn asked(query: &Query) -> String {
    let mut words = vec![query.names.join(" / ")];
    words.extend(query.schema.clone());
    words.extend(query.properties.iter().map(|(name, values)| format!("{name} {}", values.join(", "))));
    words.retain(|word| !word.is_empty());
    words.join(" · ")
}

fn explained(page: &mut Page, hit: &Hit) {
    if let Some(name) = &hit.name {
        name.parts.iter().for_each(|part| page.text(10, &aligned(part)));
        unmatched(page, name);
    }
    for reason in hit.reasons.iter().filter(|reason| reason.points != 0.0) {
        page.text(10, &format!("{:+.3} {}: {}", reason.points, reason.field, clean(&reason.words)));
    }
}

fn aligned(part: &AlignedPart) -> String {
    let (query, listed) = (clean(&part.query.text), clean(&part.listed.text));
    format!("{query} = {listed} ({}, alike {:.2}, counts {:.2})", part.rule, part.similarity, part.weight)
}

fn unmatched(page: &mut Page, name: &NameMatch) {
    let words = |mentions: &[Mention]| {
        mentions.iter().map(|mention| clean(&mention.text)).collect::<Vec<_>>().join(", ")
    };
    if !name.query_unmatched.is_empty() {
        page.text(10, &format!("only asked for: {}", words(&name.query_unmatched)));
    }
    if !name.listed_unmatched.is_empty() {
        page.text(10, &format!("only on the list: {}", words(&name.listed_unmatched)));
    }
    name.remarks.iter().for_each(|remark| page.text(10, remark));
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_screen::{Index, List, ListStamp, Options};
    use lagebild_watchlist::{Party, PartyName};

    #[test]
    fn a_hit_shows_its_score_its_name_and_why() {
        let name = PartyName { full: "Anna\u{1b}[31m Muster".into(), ..PartyName::default() };
        let mut party = Party { id: "test:1".into(), schema: "Person".into(), ..Party::default() };
        party.add_name(name);
        let list = List { stamp: ListStamp::default(), parties: vec![party] };
        let index = Index::of_lists(&[list]).unwrap();
        let query = Query::name("Anna Muster", Some("Person"));
        let text = hits(&query, &index.screen(&query, &Options::default()), &index, 80, true);
        assert!(text.contains("test:1") && text.contains("Muster = Muster (same"), "{text}");
        assert!(!text.contains("\u{1b}[31m Muster"), "a name drives no terminal: {text}");
        assert!(hits(&query, &[], &index, 80, false).contains("no listed party"));
    }

    #[test]
    fn a_hit_says_who_owns_it_and_what_is_not_known() {
        let lines = r#"{"id":"1","schema":"Company","caption":"Muster Werke","target":true,"properties":{"topics":["sanction"],"program":["XX"]}}
{"id":"2","schema":"Company","caption":"Muster Holding","target":true,"properties":{"topics":["sanction"]}}
{"id":"3","schema":"Person","caption":"Anna Muster","target":true,"properties":{"topics":["sanction","role.pep"],"weakAlias":["Anni Muster"]}}
{"id":"4","schema":"Ownership","properties":{"owner":["2"],"asset":["1"],"percentage":["51"]}}
{"id":"5","schema":"Ownership","properties":{"owner":["3"],"asset":["1","2"],"role":["shareholder"]}}
{"id":"6","schema":"Directorship","properties":{"director":["3"],"organization":["1"]}}"#;
        let read = lagebild_watchlist::readers::read_list;
        let format = lagebild_watchlist::readers::Format::FollowTheMoney;
        let parties = read(lines.as_bytes(), format, "os").parties;
        let index = Index::of_lists(&[List { stamp: ListStamp::default(), parties }]).unwrap();
        let shown = |name: &str| {
            let query = Query::name(name, None);
            hits(&query, &index.screen(&query, &Options::default()), &index, 200, false)
        };
        let werke = shown("Muster Werke");
        for words in [
            "listed by os · programme XX",
            "owned by the listed party Muster Holding (os:2), share 51 %",
            "owned by the listed party Anna Muster (os:3), “shareholder”, share not stated",
            "  Muster Holding: owned by the listed party Anna Muster",
            "direct shares of 2 listed owners: stated for 1 of them",
            "led by the listed party Anna Muster (os:3)",
        ] {
            assert!(werke.contains(words), "{words}: {werke}");
        }
        let anna = shown("Anni Muster");
        assert!(anna.contains("(weak alias)") && anna.contains("PEP"), "{anna}");
        assert!(anna.contains("owner of the listed party Muster Werke (os:1), “shareholder”"), "{anna}");
    }
}
