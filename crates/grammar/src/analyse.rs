//! The grammar of a text: one entry function for all of it.

use crate::ner::name_class;
use crate::{Analysis, Model, NameSpan, Sentence, segment};
use lagebild_span::Span;

/// Segments a text and, with a model, tags and parses it and finds its names.
///
/// `blocks` and `language` are as for [`segment`]. Time and memory grow with the length of the text only.
pub fn analyse(text: &str, blocks: &[Span], language: Option<&str>, model: Option<&Model>) -> Analysis {
    analyse_sentences(text, segment(text, blocks, language), model)
}

/// The same for sentences and tokens that are given.
pub fn analyse_sentences(text: &str, mut sentences: Vec<Sentence>, model: Option<&Model>) -> Analysis {
    let mut names = Vec::new();
    if let Some(model) = model {
        for sentence in &mut sentences {
            annotate(text, sentence, model, &mut names);
        }
    }
    Analysis { sentences, names, tagged: model.is_some_and(|model| model.tagger.is_some()) }
}

fn annotate(text: &str, sentence: &mut Sentence, model: &Model, names: &mut Vec<NameSpan>) {
    let forms: Vec<&str> = sentence.tokens.iter().map(|token| token.span.of(text)).collect();
    let annotation = model.annotate(&forms);
    for (token, found) in sentence.tokens.iter_mut().zip(annotation.tokens) {
        let span = token.span;
        *token = found;
        token.span = span;
    }
    for (first, end, label) in annotation.names {
        let words = sentence.tokens.get(first..end).unwrap_or_default();
        if let (Some(class), Some(first), Some(last)) = (name_class(&label), words.first(), words.last()) {
            names.push(NameSpan { span: first.span.cover(last.span), class });
        }
    }
}
