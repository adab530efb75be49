//! Words of documents, with what they rest on marked, and what the reading says of them.

use super::say;
use crate::pages::words::Tongue;
use lagebild_desk::{Archived, DeskError, Store};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

/// Bytes shown on each side of a place, to the next end of a paragraph.
const AROUND: usize = 700;

/// What the pages show of a reading (`lagebild.reading/1`).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Read {
    pub(super) stamp: Value,
    pub(super) entities: Vec<Entity>,
    pub(super) mentions: Vec<Mention>,
    pub(super) statements: Vec<Statement>,
    pub(super) transfers: Vec<Transfer>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) matches: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Mention {
    pub(super) entity: String,
    #[serde(flatten)]
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Statement {
    pub(super) id: String,
    pub(super) content: Span,
    pub(super) speaker: Option<String>,
    pub(super) speaker_words: Option<Span>,
    pub(super) channel: Option<String>,
    pub(super) certainty: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Transfer {
    pub(super) giver: Option<String>,
    pub(super) receiver: Option<String>,
    pub(super) giver_words: Option<Span>,
    pub(super) receiver_words: Option<Span>,
    pub(super) item: Span,
    pub(super) certainty: String,
    pub(super) source: Option<String>,
    pub(super) source_words: Option<Span>,
    #[serde(default)]
    pub(super) disputed_by: Vec<String>,
    #[serde(default)]
    pub(super) evidence: Vec<Span>,
}

/// A document of a case, with its reading.
pub(super) struct Paper {
    pub(super) archived: Archived,
    pub(super) read: Read,
}

impl Paper {
    pub(super) fn of(store: &Store, case: &str, number: u64) -> Result<Self, DeskError> {
        let (archived, reading) = store.document(case, number)?;
        Ok(Self { archived, read: serde_json::from_str(&reading)? })
    }

    /// Its headline, else where it came from.
    pub(super) fn title(&self) -> &str {
        let document = &self.archived.document;
        document.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&document.source)
    }

    fn name(&self, id: Option<&String>) -> Option<&str> {
        let id = id?;
        self.read.entities.iter().find(|entity| entity.id == *id).map(|entity| entity.name.as_str())
    }

    fn side(&self, id: Option<&String>, words: Option<Span>) -> Option<&str> {
        self.name(id).or_else(|| words.map(|span| span.of(&self.archived.text)))
    }

    /// The paragraph of a place, the place and other mentions of whom it names marked.
    pub(super) fn words(&self, place: Span) -> Markup {
        let text = &self.archived.text;
        let named = self.read.mentions.iter().find(|mention| mention.span == place);
        let same = |mention: &&Mention| named.is_some_and(|it| it.entity == mention.entity);
        let mut spans: Vec<Span> = self.read.mentions.iter().filter(same).map(|it| it.span).collect();
        spans.push(place);
        marked(text, around(text, place), spans)
    }

    /// Who says so, and how sure, of the narrowest statements first.
    pub(super) fn claims(&self, tongue: Tongue, place: Span) -> Markup {
        let mut covering: Vec<&Statement> =
            self.read.statements.iter().filter(|statement| statement.content.covers(place)).collect();
        covering.sort_by_key(|statement| statement.content.end - statement.content.start);
        let flows = self
            .read
            .transfers
            .iter()
            .filter(|it| it.item == place || it.evidence.iter().any(|it| it.covers(place)));
        html! {
            @for flow in flows { (self.flow(tongue, flow)) }
            @for statement in covering.iter().take(3) {
                p.claim {
                    strong dir="auto" { (self.speaker(statement).unwrap_or_else(|| tongue.say("desk_nobody_named"))) }
                    " – " (say::certainty(tongue, &statement.certainty)) ": "
                    q dir="auto" { (statement.content.of(&self.archived.text)) }
                }
            }
        }
    }

    fn speaker(&self, statement: &Statement) -> Option<&str> {
        self.side(statement.speaker.as_ref(), statement.speaker_words)
            .or_else(|| self.name(statement.channel.as_ref()))
    }

    fn flow(&self, tongue: Tongue, flow: &Transfer) -> Markup {
        let unnamed = tongue.say("desk_unnamed");
        let denied: Vec<&str> = flow.disputed_by.iter().filter_map(|id| self.who(id)).collect();
        html! {
            dl.facts {
                dt { (tongue.say("desk_from")) }
                dd dir="auto" { (self.side(flow.giver.as_ref(), flow.giver_words).unwrap_or(unnamed)) }
                dt { (tongue.say("desk_to")) }
                dd dir="auto" { (self.side(flow.receiver.as_ref(), flow.receiver_words).unwrap_or(unnamed)) }
                dt { (tongue.say("desk_what")) } dd dir="auto" { (flow.item.of(&self.archived.text)) }
                dt { (tongue.say("desk_how_sure")) } dd { (say::certainty(tongue, &flow.certainty)) }
                @if let Some(source) = self.side(flow.source.as_ref(), flow.source_words) {
                    dt { (tongue.say("desk_says")) } dd dir="auto" { (source) }
                }
                @if !denied.is_empty() { dt { (tongue.say("desk_denied_by")) } dd dir="auto" { (denied.join("; ")) } }
            }
        }
    }

    /// Who is meant by the id of an entity or of a statement.
    fn who(&self, id: &String) -> Option<&str> {
        let statement = self.read.statements.iter().find(|statement| statement.id == *id);
        self.name(Some(id)).or_else(|| self.speaker(statement?))
    }
}

/// A part of the text around a place: its paragraph, cut where it is long.
fn around(text: &str, place: Span) -> Span {
    let mut start = place.start.saturating_sub(AROUND).min(text.len());
    let mut end = (place.end + AROUND).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let before = text.get(start..place.start).unwrap_or_default();
    let after = text.get(place.end..end).unwrap_or_default();
    Span {
        start: before.rfind("\n\n").map_or(start, |at| start + at + 2),
        end: after.find("\n\n").map_or(end, |at| place.end + at),
    }
}

/// A part of a text, with what of these spans lies in it marked.
pub(super) fn marked(text: &str, part: Span, mut spans: Vec<Span>) -> Markup {
    spans.retain(|span| part.covers(*span) && span.start < span.end);
    spans.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = part.start;
    for span in spans {
        if span.start < at || text.get(span.start..span.end).is_none() {
            continue;
        }
        pieces.push((Span { start: at, end: span.start }.of(text), span.of(text)));
        at = span.end;
    }
    let rest = Span { start: at, end: part.end }.of(text);
    html! { @for (plain, mark) in pieces { (plain) mark { (mark) } } (rest) }
}

/// Words with a name in them marked where it stands as it is.
pub(super) fn with_name(words: &str, name: &str) -> Markup {
    let all = Span { start: 0, end: words.len() };
    let spans = words.match_indices(name).map(|(start, it)| Span { start, end: start + it.len() });
    marked(words, all, if name.is_empty() { Vec::new() } else { spans.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_stays_the_text() {
        let text = "one\n\ntwo <b> drei ü two\n\nthree";
        let place = Span { start: 5, end: 8 };
        let part = around(text, place);
        assert_eq!(part.of(text), "two <b> drei ü two");
        let later = Span { start: 21, end: 24 };
        let marked = marked(text, part, vec![later, place, place]).into_string();
        assert_eq!(marked, "<mark>two</mark> &lt;b&gt; drei ü <mark>two</mark>");
        assert_eq!(with_name("a b a", "a").into_string(), "<mark>a</mark> b <mark>a</mark>");
    }
}
