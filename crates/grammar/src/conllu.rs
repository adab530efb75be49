//! Treebanks (CoNLL-U) and name corpora (GermEval 2014 TSV) as examples to learn from and to measure by.

use crate::{Token, Upos};
use lagebild_span::Span;

/// A sentence with its gold analysis.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The words in order.
    pub forms: Vec<String>,
    /// Their analysis; spans lie in the words joined by `spaces`, relations carry no subtype.
    pub tokens: Vec<Token>,
    /// True where white space follows the word.
    pub spaces: Vec<bool>,
    /// Written words of several words (first, one past the last): "im" for "in dem".
    pub joined: Vec<(usize, usize, String)>,
    /// Names: first word, one past the last, class (`PER`, `LOCderiv`); empty in a treebank.
    pub names: Vec<(usize, usize, String)>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct CorpusError {
    /// Line number from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl CorpusError {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// Reads CoNLL-U. Empty nodes are left out.
///
/// # Errors
/// The first line that has too few columns, or numbers or parts of speech that are none, or heads out of range.
pub fn read_conllu(text: &str) -> Result<Vec<Gold>, CorpusError> {
    let mut sentences = Vec::new();
    let mut current = Gold::default();
    for (number, line) in (1..).zip(text.lines().chain([""])) {
        if line.trim().is_empty() {
            if !current.forms.is_empty() {
                sentences.push(finished(std::mem::take(&mut current), number)?);
            }
        } else if !line.starts_with('#') {
            read_word(line, number, &mut current)?;
        }
    }
    Ok(sentences)
}

fn read_word(line: &str, number: usize, sentence: &mut Gold) -> Result<(), CorpusError> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, _, feats, head, relation, _, misc] = columns[..] else {
        return Err(CorpusError::new(number, format!("{} columns instead of 10", columns.len())));
    };
    if id.contains('.') {
        return Ok(());
    }
    let space = !misc.split('|').any(|item| item == "SpaceAfter=No");
    if let Some((first, last)) = id.split_once('-') {
        let index =
            |text: &str| text.parse::<usize>().map_err(|_| CorpusError::new(number, format!("range {id}")));
        sentence.joined.push((index(first)?.saturating_sub(1), index(last)?, form.into()));
        return Ok(());
    }
    let upos =
        Upos::from_name(upos).ok_or_else(|| CorpusError::new(number, format!("part of speech {upos}")))?;
    let head: u32 = head.parse().map_err(|_| CorpusError::new(number, format!("head {head}")))?;
    let index = sentence.forms.len() as u32;
    let relation = relation.split(':').next().unwrap_or_default();
    let blank = |value: &str| if value == "_" { String::new() } else { value.to_owned() };
    let lemma = if lemma == "_" { form } else { lemma };
    sentence.tokens.push(Token {
        span: Span::default(),
        upos,
        lemma: lemma.into(),
        feats: blank(feats),
        head: head.checked_sub(1).unwrap_or(index),
        deprel: relation.into(),
    });
    sentence.forms.push(form.into());
    sentence.spaces.push(space);
    Ok(())
}

fn finished(mut sentence: Gold, line: usize) -> Result<Gold, CorpusError> {
    let count = sentence.forms.len();
    if sentence.tokens.iter().any(|token| token.head as usize >= count) {
        return Err(CorpusError::new(line, "a head outside the sentence above"));
    }
    sentence.joined.retain(|(first, end, _)| first < end && *end <= count);
    sentence.place();
    Ok(sentence)
}

impl Gold {
    /// The text of the sentence.
    pub fn text(&self) -> String {
        let space = |after: &bool| if *after { " " } else { "" };
        self.forms.iter().zip(&self.spaces).flat_map(|(form, after)| [form.as_str(), space(after)]).collect()
    }

    /// Sets the spans of the tokens from forms and spaces.
    fn place(&mut self) {
        let mut at = 0;
        for ((form, space), token) in self.forms.iter().zip(&self.spaces).zip(&mut self.tokens) {
            token.span = Span::new(at, at + form.len());
            at += form.len() + usize::from(*space);
        }
    }

    /// The sentence with each written word as one token: what running text looks like. A joined word takes the analysis
    /// of its first part, and the features of the others that it lacks. `keeps` says which written words stay parted.
    #[must_use]
    pub fn surface(&self, keeps: impl Fn(&str) -> bool) -> Gold {
        let joined: Vec<_> = self.joined.iter().filter(|(_, _, form)| !keeps(form)).collect();
        let part = |word: usize| joined.iter().find(|(first, end, _)| (*first..*end).contains(&word));
        let kept: Vec<usize> = (0..self.forms.len())
            .filter(|word| part(*word).is_none_or(|(first, _, _)| first == word))
            .collect();
        let renumbered = |word: u32| {
            let word = part(word as usize).map_or(word as usize, |(first, _, _)| *first);
            kept.partition_point(|kept| *kept < word) as u32
        };
        let mut result = Gold::default();
        for (word, index) in kept.iter().zip(0..) {
            let Some(token) = self.tokens.get(*word) else { continue };
            let mut token = Token { head: renumbered(token.head), ..token.clone() };
            let whole = part(*word);
            let last = whole.map_or(*word, |(_, end, _)| end - 1);
            if let Some((first, end, _)) = whole {
                self.join(*first, *end, index, renumbered, &mut token);
            }
            let form =
                whole.map_or_else(|| self.forms.get(*word).cloned(), |(_, _, form)| Some(form.clone()));
            result.forms.push(form.unwrap_or_default());
            result.spaces.push(self.spaces.get(last).copied().unwrap_or(true));
            result.tokens.push(token);
        }
        result.place();
        result
    }

    /// The analysis of a written word from those of its parts `first..end`.
    fn join(&self, first: usize, end: usize, index: u32, renumbered: impl Fn(u32) -> u32, token: &mut Token) {
        let parts = self.tokens.get(first..end).unwrap_or_default();
        let outside = parts
            .iter()
            .zip(first..)
            .find(|(part, at)| part.head as usize == *at || !(first..end).contains(&(part.head as usize)));
        if let Some((part, at)) = outside {
            token.head = if part.head as usize == at { index } else { renumbered(part.head) };
            token.deprel.clone_from(&part.deprel);
        }
        let mut feats: Vec<&str> = Vec::new();
        for feat in parts.iter().flat_map(|part| part.feats.split('|')).filter(|feat| !feat.is_empty()) {
            let name = feat.split('=').next();
            if !feats.iter().any(|seen| seen.split('=').next() == name) {
                feats.push(feat);
            }
        }
        feats.sort_unstable();
        token.feats = feats.join("|");
    }
}

/// Reads the tab-separated form of GermEval 2014: number, word, outer label, inner label. Only the outer level is kept.
///
/// # Errors
/// The first line with fewer than three columns.
pub fn read_germeval(text: &str) -> Result<Vec<Gold>, CorpusError> {
    let mut sentences = Vec::new();
    let (mut current, mut labels) = (Gold::default(), Vec::new());
    for (number, line) in (1..).zip(text.lines().chain([""])) {
        if line.trim().is_empty() {
            if !current.forms.is_empty() {
                current.names = spans(&labels);
                current.spaces = usual_spaces(&current.forms);
                current.place();
                sentences.push(std::mem::take(&mut current));
                labels.clear();
            }
        } else if !line.starts_with('#') {
            let mut columns = line.split('\t').skip(1);
            let (Some(form), Some(label)) = (columns.next(), columns.next()) else {
                return Err(CorpusError::new(number, "fewer than three columns"));
            };
            current.forms.push(form.into());
            current.tokens.push(Token { head: labels.len() as u32, ..Token::default() });
            labels.push(label.to_owned());
        }
    }
    Ok(sentences)
}

/// Where white space usually follows a word, for corpora that do not say: nowhere before closing marks and after opening ones.
fn usual_spaces(forms: &[String]) -> Vec<bool> {
    let closes = |form: &str| matches!(form, "," | "." | ":" | ";" | "!" | "?" | ")" | "“" | "”" | "%");
    let space = |at: usize| {
        !matches!(forms[at].as_str(), "(" | "„") && !forms.get(at + 1).is_some_and(|next| closes(next))
    };
    (0..forms.len()).map(space).collect()
}

/// Spans of B- and I- labels.
pub(crate) fn spans(labels: &[impl AsRef<str>]) -> Vec<(usize, usize, String)> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some((kind, class)) = label.as_ref().split_once('-') else { continue };
        match found.last_mut() {
            Some((_, end, last)) if kind == "I" && *end == at && last == class => *end = at + 1,
            _ => found.push((at, at + 1, class.into())),
        }
    }
    found
}
