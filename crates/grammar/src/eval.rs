//! Measures: those of the CoNLL 2018 shared task for treebanks, span F1 per class for names.

use crate::analyse::{self, read_given};
use crate::conllu::Gold;
use crate::encoder::Scheme;
use crate::{Encoder, Sentence, Token, analyse_sentences, segment};
use lagebild_span::Span;
use std::collections::BTreeMap;

/// Right ones among those found and those there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Found and in the gold standard.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold standard.
    pub gold: usize,
}

impl Count {
    /// Share of the found that is right; 0 where nothing is found.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of the gold standard that is found; 0 where it is empty.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        share(self.right * 2, self.found + self.gold)
    }

    fn add(&mut self, right: bool, found: bool, gold: bool) {
        self.right += usize::from(right);
        self.found += usize::from(found);
        self.gold += usize::from(gold);
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Scores on a treebank.
#[derive(Clone, Copy, Debug, Default)]
pub struct TreeScores {
    /// Sentences with right start and end (all, on gold tokens).
    pub sentences: Count,
    /// Tokens with right start and end (all, on gold tokens).
    pub words: Count,
    /// Parts of speech.
    pub upos: Count,
    /// Heads.
    pub uas: Count,
    /// Heads with relation (without subtype).
    pub las: Count,
    /// Content words with head, relation, part of speech, features of CoNLL 2018, and their function words too.
    pub mlas: Count,
    /// Lemmas.
    pub lemmas: Count,
    /// Subjects with their verb (`nsubj`).
    pub subjects: Count,
    /// Words in the subjunctive (`Mood=Sub`).
    pub subjunctive: Count,
    /// Case of the words that have one in the gold standard.
    pub case: Count,
}

/// Relations of content words and of function words in MLAS.
const CONTENT: &[&str] = &[
    "nsubj",
    "obj",
    "iobj",
    "csubj",
    "ccomp",
    "xcomp",
    "obl",
    "vocative",
    "expl",
    "dislocated",
    "advcl",
    "advmod",
    "discourse",
    "nmod",
    "appos",
    "nummod",
    "acl",
    "amod",
    "conj",
    "fixed",
    "flat",
    "compound",
    "list",
    "parataxis",
    "orphan",
    "goeswith",
    "reparandum",
    "root",
    "dep",
];
const FUNCTION: &[&str] = &["aux", "cop", "mark", "det", "clf", "case", "cc"];
/// Features that MLAS looks at.
const FEATURES: &[&str] = &[
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

/// Scores with the treebank's own tokens and sentences.
pub fn gold_tokens(encoder: &Encoder, language: &str, treebank: &[Gold]) -> TreeScores {
    let mut scores = TreeScores::default();
    let known = lagebild_language::of(language);
    for gold in treebank {
        let (text, sentence) = bare(gold);
        let found = analyse_sentences(&text, vec![sentence], Some(&known), Some(encoder));
        let found: Vec<Token> = found.sentences.into_iter().flat_map(|sentence| sentence.tokens).collect();
        let aligned: Vec<Option<usize>> = (0..found.len()).map(Some).collect();
        scores.sentences.add(true, true, true);
        compare(&gold.tokens, &found, &aligned, &mut scores);
    }
    scores
}

/// A gold sentence without its analysis, and its text.
fn bare(gold: &Gold) -> (String, Sentence) {
    let text = gold.text();
    let blank = |(token, at): (&Token, u32)| Token { span: token.span, head: at, ..Token::default() };
    let tokens = gold.tokens.iter().zip(0..).map(blank).collect();
    let span = Span::new(0, text.len());
    (text, Sentence { span, tokens })
}

/// Scores from running text: the sentences joined by spaces, segmented anew. Contractions count as one token, as
/// written; words are aligned by their characters, as in CoNLL 2018.
pub fn raw_text(encoder: &Encoder, language: &str, treebank: &[Gold]) -> TreeScores {
    let language = &lagebild_language::of(language);
    let mut text = String::new();
    let mut gold_spans = Vec::new();
    let mut tokens = Vec::new();
    for gold in treebank.iter().map(|gold| gold.surface(|form| is_parted(form, language))) {
        let offset = text.len() as u32;
        let first = tokens.len() as u32;
        text.push_str(gold.text().trim_end());
        gold_spans.push(Span::new(offset as usize, text.len()));
        text.push(' ');
        tokens.extend(gold.tokens.into_iter().map(|token| Token {
            span: token.span.shifted(offset),
            head: token.head + first,
            ..token
        }));
    }
    let found = crate::analyse(&text, &[], Some(language), Some(encoder));
    compare_raw(&found.sentences, &gold_spans, &tokens)
}

/// True when segmentation parts a written word as the treebank does.
fn is_parted(form: &str, language: &lagebild_language::Language) -> bool {
    segment(form, &[], Some(language)).first().is_some_and(|sentence| sentence.tokens.len() > 1)
}

fn compare_raw(sentences: &[Sentence], gold_spans: &[Span], gold: &[Token]) -> TreeScores {
    let mut scores = TreeScores::default();
    let mut found: Vec<Token> = Vec::new();
    for sentence in sentences {
        let first = found.len() as u32;
        found.extend(sentence.tokens.iter().map(|token| Token { head: token.head + first, ..token.clone() }));
    }
    let right = sentences.iter().filter(|sentence| gold_spans.binary_search(&sentence.span).is_ok()).count();
    scores.sentences = Count { right, found: sentences.len(), gold: gold_spans.len() };
    let place = |token: &Token| found.binary_search_by_key(&token.span, |found| found.span).ok();
    let aligned: Vec<Option<usize>> = gold.iter().map(place).collect();
    compare(gold, &found, &aligned, &mut scores);
    scores
}

/// Adds the scores of gold words against found ones; `aligned` gives the found word of each gold word.
fn compare(gold: &[Token], found: &[Token], aligned: &[Option<usize>], scores: &mut TreeScores) {
    let aligned_words = aligned.iter().flatten().count();
    scores.words.right += aligned_words;
    for count in [&mut scores.words, &mut scores.upos, &mut scores.uas, &mut scores.las, &mut scores.lemmas] {
        count.found += found.len();
        count.gold += gold.len();
    }
    let mood = |token: &Token| token.feat("Mood") == Some("Sub");
    scores.subjects.found += found.iter().filter(|token| token.deprel == "nsubj").count();
    scores.subjunctive.found += found.iter().filter(|token| mood(token)).count();
    scores.mlas.found += found.iter().filter(|token| CONTENT.contains(&token.deprel.as_str())).count();
    let functions = (function_words(gold), function_words(found));
    for (index, (token, partner)) in gold.iter().zip(aligned).enumerate() {
        let other = partner.and_then(|at| Some((at, found.get(at)?)));
        let head = other.is_some_and(|(at, other)| same_head(token, index, other, at, aligned));
        let relation = other.is_some_and(|(_, other)| other.deprel == token.deprel);
        let upos = other.is_some_and(|(_, other)| other.upos == token.upos);
        scores.upos.right += usize::from(upos);
        scores.uas.right += usize::from(head);
        scores.las.right += usize::from(head && relation);
        scores.lemmas.right += usize::from(other.is_some_and(|(_, other)| other.lemma == token.lemma));
        let subject = token.deprel == "nsubj";
        scores.subjects.add(subject && head && relation, false, subject);
        let subjunctive = mood(token);
        scores.subjunctive.add(
            subjunctive && other.is_some_and(|(_, other)| mood(other)),
            false,
            subjunctive,
        );
        if let Some(case) = token.feat("Case") {
            scores.case.add(
                other.is_some_and(|(_, other)| other.feat("Case") == Some(case)),
                other.is_some(),
                true,
            );
        }
        let content = CONTENT.contains(&token.deprel.as_str());
        let same = other.is_some_and(|(at, other)| {
            upos && same_features(token, other) && same_functions(index, at, gold, found, aligned, &functions)
        });
        scores.mlas.add(content && head && relation && same, false, content);
    }
}

fn same_head(gold: &Token, index: usize, found: &Token, at: usize, aligned: &[Option<usize>]) -> bool {
    let (root, found_root) = (gold.head as usize == index, found.head as usize == at);
    if root || found_root {
        return root && found_root;
    }
    aligned.get(gold.head as usize).copied().flatten() == Some(found.head as usize)
}

fn same_features(gold: &Token, found: &Token) -> bool {
    FEATURES.iter().all(|name| gold.feat(name) == found.feat(name))
}

type Functions = Vec<Vec<usize>>;

/// The function words that depend on each word.
fn function_words(tokens: &[Token]) -> Functions {
    let mut words = vec![Vec::new(); tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        if FUNCTION.contains(&token.deprel.as_str())
            && let Some(list) = words.get_mut(token.head as usize)
        {
            list.push(index);
        }
    }
    words
}

fn same_functions(
    index: usize,
    at: usize,
    gold: &[Token],
    found: &[Token],
    aligned: &[Option<usize>],
    functions: &(Functions, Functions),
) -> bool {
    let (Some(gold_words), Some(found_words)) = (functions.0.get(index), functions.1.get(at)) else {
        return false;
    };
    let same = |(gold_word, found_word): (&usize, &usize)| {
        let (Some(a), Some(b)) = (gold.get(*gold_word), found.get(*found_word)) else { return false };
        aligned.get(*gold_word).copied().flatten() == Some(*found_word)
            && a.deprel == b.deprel
            && a.upos == b.upos
            && same_features(a, b)
    };
    gold_words.len() == found_words.len() && gold_words.iter().zip(found_words).all(same)
}

/// Scores per class of name, and of all together under "all". A name counts when both ends and the class are right.
/// A corpus with other names than persons, places and organisations counts in the classes of GermEval 2014.
pub fn names(encoder: &Encoder, language: &str, corpus: &[Gold]) -> BTreeMap<String, Count> {
    let mut scores: BTreeMap<String, Count> = BTreeMap::new();
    let other = corpus.iter().flat_map(|gold| &gold.names).any(|(_, _, class)| class == "OTH");
    let scheme = if other { Scheme::GermEval } else { Scheme::Uner };
    for gold in corpus {
        let (text, sentence) = bare(gold);
        let read = read_given(&text, &[sentence], Some(language), encoder);
        let found = analyse::names(&read.concat(), scheme, encoder);
        for name in &found {
            let right = gold.names.contains(name);
            for class in [name.2.as_str(), "all"] {
                scores.entry(class.into()).or_default().add(right, true, false);
            }
        }
        for name in &gold.names {
            for class in [name.2.as_str(), "all"] {
                scores.entry(class.into()).or_default().add(false, false, true);
            }
        }
    }
    scores
}
