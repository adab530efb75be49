//! W3C Web Annotation (<https://www.w3.org/TR/annotation-model/>): names, statements and transfers as annotations of the exact
//! words. Positions count characters of the archived text, as the model wants it.

use super::uuid;
use crate::words;
use lagebild_case::Case;
use lagebild_reading::Reading;
use lagebild_span::Span;
use serde_json::{Value, json};

/// Characters of context before and after the words.
const CONTEXT: usize = 32;

/// The annotations of all documents as one page.
pub fn text(case: &Case) -> String {
    let all = case.readings.iter().enumerate();
    let items: Vec<Value> = all.flat_map(|(document, reading)| of(case, document, reading)).collect();
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:uuid:{}", uuid(&["annotations", &case.readings.len().to_string(), &items.len().to_string()])),
        "type": "AnnotationPage",
        "items": items,
    });
    format!("{page:#}\n")
}

fn of(case: &Case, document: usize, reading: &Reading) -> Vec<Value> {
    let characters = Characters::of(&reading.text);
    let one = |id: String, motivation: &str, purpose: &str, value: String, span: Span| {
        json!({
            "id": format!("urn:uuid:{}", uuid(&[&reading.document.sha256, &reading.document.source, &id])),
            "type": "Annotation",
            "motivation": motivation,
            "body": {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"},
            "target": {"source": source(reading), "selector": characters.selectors(&reading.text, span)},
        })
    };
    let mentions = reading.mentions.iter().enumerate().map(|(at, mention)| {
        let entity = words::case_id(case, document, mention.entity);
        let entity = entity.and_then(|id| case.entities.iter().find(|entity| entity.id == id));
        let name = entity
            .map_or_else(String::new, |entity| format!("{} ({})", words::clean(&entity.name), entity.id));
        one(format!("m{at}"), "identifying", "identifying", name, mention.span)
    });
    let statements = reading.statements.iter().map(|statement| {
        let speaker = words::clean(words::name(reading, statement.speaker));
        let value =
            format!("{speaker} {}: {}", words::act(statement.act), words::certainty(statement.certainty));
        one(statement.id.to_string(), "describing", "describing", value, statement.content)
    });
    let transfers = reading.transfers.iter().map(|transfer| {
        let value = format!(
            "{} to {}: {} ({})",
            words::giver(reading, transfer),
            words::receiver(reading, transfer),
            words::goods(transfer.class.as_deref()),
            words::standing(transfer.standing())
        );
        one(transfer.id.to_string(), "classifying", "classifying", words::clean(&value), transfer.item)
    });
    mentions.chain(statements).chain(transfers).collect()
}

/// An address of the document: its own, where it is one, else its hash.
fn source(reading: &Reading) -> String {
    let source = &reading.document.source;
    let is_address = source.starts_with("https://") || source.starts_with("http://");
    if is_address && !source.contains(char::is_whitespace) {
        source.clone()
    } else {
        format!("urn:sha256:{}", reading.document.sha256)
    }
}

/// Where each character of a text begins.
struct Characters(Vec<u32>);

impl Characters {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect())
    }

    fn selectors(&self, text: &str, span: Span) -> Value {
        let start = self.0.partition_point(|at| *at < span.start());
        let end = self.0.partition_point(|at| *at < span.end());
        let part = |from: usize, to: usize| {
            let last = self.0.len().saturating_sub(1);
            let at = |character: usize| self.0.get(character.min(last)).copied().unwrap_or_default() as usize;
            text.get(at(from)..at(to)).unwrap_or_default()
        };
        json!([
            {"type": "TextQuoteSelector", "exact": part(start, end), "prefix": part(start.saturating_sub(CONTEXT), start),
                "suffix": part(end, end + CONTEXT)},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ])
    }
}
