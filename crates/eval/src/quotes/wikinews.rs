//! Quotations in the format of the German Wikinews corpus (Petersen-Frey and Biemann 2024), to measure [`lagebild_statements`]
//! by that corpus' own score. The given tokens are read; annotations are never looked at.

use super::clause::Place;
use lagebild_document::{Block, BlockKind, Document};
use lagebild_entities::{Entities, Mention};
use lagebild_grammar::{Analysis, Encoder, Sentence, Token, analyse_sentences};
use lagebild_span::Span;
use lagebild_statements::{Manner, Statement};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An article of the corpus, without its annotations.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// The text.
    pub original_text: String,
    sentences: Vec<GivenSentence>,
    tokens: Vec<GivenToken>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GivenSentence {
    token_ids: Vec<usize>,
}

/// Offsets count characters.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GivenToken {
    char_begin: usize,
    char_end: usize,
}

/// Words of one role, as indices of tokens.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// The tokens.
    pub token_ids: Vec<usize>,
}

/// One quotation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Quotation {
    /// What is said.
    pub quote: Option<Words>,
    /// Who says it.
    pub speaker: Option<Words>,
    /// What marks it as said.
    pub cue: Option<Words>,
    /// Cue and speaker, and what stands between them.
    pub frame: Option<Words>,
    /// To whom it is said.
    pub addressee: Option<Words>,
    /// `Direct`, `Indirect`, `Reported`, `FreeIndirect`, `IndirectFreeIndirect`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `Speech`, `Thought`, `Writing`.
    pub medium: Option<String>,
}

/// The quotations of one article.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Quotations {
    /// In the order of the text.
    pub annotations: Vec<Quotation>,
}

impl Article {
    /// The article as the stages before this one would give it, with the corpus' tokens; analysed by an encoder, where one is given.
    pub fn prepared(&self, encoder: Option<&Encoder>) -> (Document, Analysis) {
        let bytes = byte_offsets(&self.original_text);
        let at = |offset: usize| bytes.get(offset).copied().unwrap_or(self.original_text.len());
        let token = |id: &usize| {
            let given = self.tokens.get(*id)?;
            Some(Token { span: Span::new(at(given.char_begin), at(given.char_end)), ..Token::default() })
        };
        let sentences = self.sentences.iter().filter_map(|given| {
            let tokens: Vec<Token> = given.token_ids.iter().filter_map(token).collect();
            let span = tokens.first()?.span.cover(tokens.last()?.span);
            Some(Sentence { span, tokens })
        });
        let analysis = analyse_sentences(
            &self.original_text,
            sentences.collect(),
            Some(&lagebild_language::of("de")),
            encoder,
        );
        let document = Document {
            language: Some("de".into()),
            text: self.original_text.clone(),
            blocks: paragraphs(&self.original_text),
            ..Document::default()
        };
        (document, analysis)
    }

    /// Statements as quotations over the corpus' tokens. The corpus marks whole noun phrases and clauses where a statement
    /// holds the words that count; the trees of `analysis` tell how far these reach.
    pub fn predictions(
        &self,
        statements: &[Statement],
        entities: &Entities,
        analysis: &Analysis,
    ) -> Quotations {
        let bytes = byte_offsets(&self.original_text);
        let said: Vec<Vec<usize>> = statements
            .iter()
            .map(|statement| self.tokens_in(outer(&self.original_text, statement), &bytes))
            .collect();
        let all: BTreeSet<usize> = said.iter().flatten().copied().collect();
        let mut before = Vec::new();
        let annotations = statements.iter().zip(&said).map(|(statement, quote)| {
            let place = statement.cue.and_then(|cue| self.place(&self.tokens_in(cue, &bytes), analysis));
            let words = |span: Option<Span>| span.map_or_else(Vec::new, |span| self.tokens_in(span, &bytes));
            let (cue, named) = (words(statement.cue), words(statement.speaker_words));
            let to = statement.addressee.or(statement.channel.filter(|id| Some(*id) != statement.speaker));
            let to = to.and_then(|id| {
                entities.mentions.iter().find(|mention| mention.entity == id && near(mention, statement))
            });
            let tree = place.as_ref();
            let mut speaker =
                tree.and_then(|place| place.speaker(&all)).unwrap_or_else(|| self.phrase(named, analysis));
            if speaker.is_empty() {
                let of = |mention: &&Mention| {
                    Some(mention.entity) == statement.speaker
                        && mention.span.end() <= statement.content.start()
                };
                let last = entities.mentions.iter().rev().find(of);
                speaker = self.phrase(words(last.map(|mention| mention.span)), analysis);
            }
            if speaker.is_empty() && statement.cue.is_none() {
                // What goes on without a cue is said by whoever spoke before.
                speaker.clone_from(&before);
            }
            before.clone_from(&speaker);
            Quotation {
                quote: Some(Words { token_ids: quote.clone() }),
                speaker: Some(Words { token_ids: speaker }),
                cue: Some(Words { token_ids: tree.map_or(cue, Place::cue) }),
                frame: Some(Words { token_ids: tree.map_or_else(Vec::new, |place| place.frame(&all)) }),
                addressee: Some(Words {
                    token_ids: self.phrase(words(to.map(|mention| mention.span)), analysis),
                }),
                kind: Some(kind(statement).into()),
                medium: Some("Speech".into()),
            }
        });
        Quotations { annotations: annotations.collect() }
    }

    /// The sentence and the token of it that a row of tokens begins in.
    fn place<'a>(&'a self, ids: &[usize], analysis: &'a Analysis) -> Option<Place<'a>> {
        let first = *ids.first()?;
        let mut of = self.sentences.iter().zip(&analysis.sentences);
        of.find_map(|(given, sentence)| {
            let at = given.token_ids.iter().position(|id| *id == first)?;
            Some(Place { ids: &given.token_ids, text: &self.original_text, sentence, at, len: ids.len() })
        })
    }

    /// The noun phrase around a name: "Konzernchef Michael O’Leary" of "Michael O’Leary".
    fn phrase(&self, ids: Vec<usize>, analysis: &Analysis) -> Vec<usize> {
        let place = self.place(&ids, analysis).filter(Place::has_tree);
        place.and_then(|place| place.phrase_around(&BTreeSet::new())).unwrap_or(ids)
    }

    fn tokens_in(&self, span: Span, bytes: &[usize]) -> Vec<usize> {
        let inside = |token: &GivenToken| {
            let at = |offset: usize| bytes.get(offset).copied().unwrap_or(usize::MAX);
            at(token.char_begin) >= span.start() as usize && at(token.char_end) <= span.end() as usize
        };
        self.tokens.iter().enumerate().filter(|(_, token)| inside(token)).map(|(id, _)| id).collect()
    }
}

fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    let pieces = text.split_inclusive('\n').filter_map(|line| {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        (!span.is_empty()).then_some(Block { kind: BlockKind::Paragraph, span })
    });
    pieces.collect()
}

/// In the same paragraph or so: a name far away is not whom a statement is made to.
fn near(mention: &Mention, statement: &Statement) -> bool {
    mention.span.start().abs_diff(statement.content.start()) < 600
}

/// The corpus counts the marks of a direct quotation in, and the stop of a sentence without a cue.
fn outer(text: &str, statement: &Statement) -> Span {
    let span = statement.content;
    let before = text.get(..span.start() as usize).and_then(|before| before.chars().next_back());
    let rest = text.get(span.end() as usize..).unwrap_or_default();
    match statement.manner {
        Manner::Direct => {
            let open = before.filter(|c| "„“”\"«»‚‘".contains(*c)).map_or(0, char::len_utf8);
            let after =
                rest.chars().take_while(|c| "“”\"«».!?’".contains(*c)).map(char::len_utf8).sum::<usize>();
            Span::new(span.start() as usize - open, span.end() as usize + after)
        }
        Manner::FreeIndirect => {
            let stop = rest.chars().next().filter(|c| ".!?".contains(*c)).map_or(0, char::len_utf8);
            Span::new(span.start() as usize, span.end() as usize + stop)
        }
        _ => span,
    }
}

fn kind(statement: &Statement) -> &'static str {
    match statement.manner {
        Manner::Direct => "Direct",
        Manner::Indirect => "Indirect",
        Manner::FreeIndirect => "IndirectFreeIndirect",
        Manner::Reported if statement.cue.is_some() => "Indirect",
        Manner::Reported => "Reported",
    }
}
