//! The answer to a screening for a person at a terminal.

use super::page::{ALERT, MAYBE, Page};
use crate::words::clean;
use lagebild_screen::{AlignedPart, Hit, Mention, NameMatch, Query};

/// A query and its hits. With `explain` each score is taken apart.
pub fn hits(query: &Query, hits: &[Hit], width: usize, explain: bool) -> String {
    let mut page = Page::new(width);
    page.title(&clean(&asked(query)));
    if hits.is_empty() {
        page.note(2, "no listed party is like it");
    }
    for hit in hits {
        let (style, word) = if hit.matched { (ALERT, "match") } else { (MAYBE, "below the threshold") };
        let head = format!("{} · {} · {} · {word}", clean(&hit.caption), hit.party, hit.schema);
        page.item(&format!("{:.3}", hit.score), style, &head);
        if let Some(name) = &hit.name
            && (explain || name.listed != hit.caption)
        {
            page.text(8, &format!("by the name {}", clean(&name.listed)));
        }
        if explain {
            explained(&mut page, hit);
        }
    }
    page.finish()
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
        let text = hits(&query, &index.screen(&query, &Options::default()), 80, true);
        assert!(text.contains("test:1") && text.contains("Muster = Muster (same"), "{text}");
        assert!(!text.contains("\u{1b}[31m Muster"), "a name drives no terminal: {text}");
        assert!(hits(&query, &[], 80, false).contains("no listed party"));
    }
}
