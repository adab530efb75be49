//! A passage as `training/` learns from it: its windows and trees, and the expectation by spans.

use super::passage::Passage;
use crate::align::{beginnings, find};
use lagebild_document::Options;
use lagebild_grammar::{Encoder, PieceWindow};
use lagebild_page::Page;
use lagebild_passages::Many;
use lagebild_span::Span;
use serde::Serialize;

/// A passage with what is to be learned from it. Spans are of its text, in bytes; indices are those of `words`.
#[derive(Debug, Serialize)]
pub struct Lesson {
    id: String,
    language: String,
    windows: Vec<PieceWindow>,
    words: Vec<Word>,
    referents: Vec<(String, Vec<Span>)>,
    statements: Vec<Statement>,
    transfers: Vec<Transfer>,
}

/// A word of a sentence's tree.
#[derive(Debug, Serialize)]
struct Word {
    span: Span,
    /// Number of its sentence.
    sentence: usize,
    /// Index of its head; its own for the root.
    head: usize,
    relation: String,
    tag: &'static str,
}

#[derive(Debug, Serialize)]
struct Statement {
    content: Vec<Span>,
    speaker: Option<String>,
    channel: Option<String>,
    certainty: String,
}

#[derive(Debug, Serialize)]
struct Transfer {
    giver: Option<String>,
    receiver: Option<String>,
    source: Option<String>,
    item: Option<Span>,
    status: String,
    certainty: String,
}

/// What is to be learned from a passage; none where its text cannot be read.
pub fn lesson(passage: &Passage, encoder: &Encoder) -> Option<Lesson> {
    let options = Options { language: Some(passage.language().to_owned()), ..Options::default() };
    let read = lagebild_document::read(&format!("{}.txt", passage.id), passage.text.as_bytes(), &options);
    let document = read.into_iter().next()?.ok()?;
    let languages = lagebild_language::Languages::shipped();
    let page = Page::new(&document, languages, Some(encoder));
    let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let text = page.text();
    let gold = &passage.expected;
    let all = |forms: &Many| -> Vec<Span> {
        forms.0.iter().filter(|form| !form.is_empty()).flat_map(|form| beginnings(text, form)).collect()
    };
    Some(Lesson {
        id: passage.id.clone(),
        language: passage.language().to_owned(),
        windows: lagebild_grammar::windows(text, &blocks, page.language.as_ref(), encoder),
        words: words(&page),
        referents: gold.referents.iter().map(|one| (one.name.clone(), all(&one.words))).collect(),
        statements: gold
            .statements
            .iter()
            .map(|said| Statement {
                content: said.content.0.iter().filter_map(|piece| find(text, piece)).collect(),
                speaker: said.speaker.clone(),
                channel: said.channel.clone(),
                certainty: said.certainty.clone(),
            })
            .collect(),
        transfers: gold
            .transfers
            .iter()
            .map(|flow| Transfer {
                giver: flow.giver.clone(),
                receiver: flow.receiver.clone(),
                source: flow.source.clone(),
                item: find(text, &flow.item),
                status: flow.status.clone(),
                certainty: flow.certainty.clone(),
            })
            .collect(),
    })
}

fn words(page: &Page) -> Vec<Word> {
    let mut words = Vec::new();
    for (number, sentence) in page.sentences().iter().enumerate() {
        let before = words.len();
        words.extend(sentence.tokens.iter().map(|token| Word {
            span: token.span,
            sentence: number,
            head: before + token.head as usize,
            relation: token.deprel.clone(),
            tag: token.upos.name(),
        }));
    }
    words
}
