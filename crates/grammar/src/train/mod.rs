//! Training: from treebanks and name corpora to a model. The same data give the same bytes.

mod subjunctive;

use crate::conllu::Gold;
use crate::features::Word;
use crate::parser::{self, Parser, Tree};
use crate::perceptron::Effort;
use crate::{Model, Upos, hash, lemma, morph, ner, segment, tagger};

/// How long and how large.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Runs from nothing over differently shuffled data; the mean of their weights is kept.
    pub runs: usize,
    /// Passes over the data in each run.
    pub rounds: usize,
    /// Rows of the tagger's table: 2 to this power.
    pub tagger_bits: u32,
    /// Rows of the parser's table: 2 to this power.
    pub parser_bits: u32,
    /// Rows of the tables of morphology and names: 2 to this power.
    pub other_bits: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { runs: 6, rounds: 10, tagger_bits: 18, parser_bits: 19, other_bits: 17 }
    }
}

impl Settings {
    /// Features are left out while learning only where something is known of words beforehand: without that, a word's own
    /// form and ending are all there is to go by.
    fn effort(self, bits: u32, model: &Model) -> Effort {
        Effort { runs: self.runs, rounds: self.rounds, bits, thinned: !model.clusters.is_empty() }
    }
}

/// Folds of the training data: the parser learns from tags that a tagger gave which had not seen the sentence.
const FOLDS: u64 = 4;
/// Passes of a tagger that tags a fold.
const FOLD_ROUNDS: usize = 5;
/// Runs of a tagger that tags a fold.
const FOLD_RUNS: usize = 2;

/// A sentence ready to learn from.
struct Prepared {
    gold: Gold,
    words: Vec<Word>,
    tags: Vec<Upos>,
    treebank: usize,
}

impl Prepared {
    fn new(model: &Model, gold: Gold, treebank: usize) -> Self {
        let words = model.words(&forms(&gold));
        let tags = gold.tokens.iter().map(|token| token.upos).collect();
        Self { gold, words, tags, treebank }
    }
}

/// Trains tags, trees, morphology and lemmas from treebanks, into `model`. Sentences with contractions are learned
/// from twice, as syntactic words and as written; German ones also with their verbs in the subjunctive. `progress` is told what is being done.
pub fn treebanks(
    model: &mut Model,
    treebanks: &[Vec<Gold>],
    settings: Settings,
    progress: &mut dyn FnMut(&str),
) {
    let prepared = prepare(model, treebanks);
    train_tagger(model, &prepared, settings, progress);
    train_parser(model, &prepared, settings, progress);
}

/// Trains part-of-speech tags alone.
pub fn tags(model: &mut Model, treebanks: &[Vec<Gold>], settings: Settings, progress: &mut dyn FnMut(&str)) {
    let prepared = prepare(model, treebanks);
    train_tagger(model, &prepared, settings, progress);
}

/// Trains trees, morphology and lemmas; the model's tagger is used as it is.
pub fn trees(model: &mut Model, treebanks: &[Vec<Gold>], settings: Settings, progress: &mut dyn FnMut(&str)) {
    let prepared = prepare(model, treebanks);
    train_parser(model, &prepared, settings, progress);
}

/// Trains names; the model's tagger is used.
pub fn names(model: &mut Model, corpora: &[Vec<Gold>], settings: Settings, progress: &mut dyn FnMut(&str)) {
    progress("names");
    let sentences: Vec<&Gold> = corpora.iter().flatten().collect();
    let prepared: Vec<(Vec<Word>, Vec<Upos>)> = sentences
        .iter()
        .map(|gold| {
            let words = model.words(&forms(gold));
            let tags = model.tags(&words);
            (words, tags)
        })
        .collect();
    let examples: Vec<(ner::Input, &[ner::Name])> = prepared
        .iter()
        .zip(&sentences)
        .map(|((words, tags), gold)| (ner::Input { words, tags }, gold.names.as_slice()))
        .collect();
    model.names = Some(ner::train(&examples, settings.effort(settings.other_bits, model)));
}

fn forms(gold: &Gold) -> Vec<&str> {
    gold.forms.iter().map(String::as_str).collect()
}

/// True when segmentation parts a written word as the treebank does.
pub(crate) fn is_parted(form: &str, language: &str) -> bool {
    segment(form, &[], Some(language)).first().is_some_and(|sentence| sentence.tokens.len() > 1)
}

fn prepare(model: &Model, treebanks: &[Vec<Gold>]) -> Vec<Prepared> {
    let mut prepared = Vec::new();
    for (treebank, sentences) in treebanks.iter().enumerate() {
        for gold in sentences {
            let surface = gold.surface(|form| is_parted(form, &model.language));
            if surface.forms.len() != gold.forms.len() {
                prepared.push(Prepared::new(model, surface, treebank));
            }
            prepared.push(Prepared::new(model, gold.clone(), treebank));
        }
    }
    prepared
}

/// Every second sentence with its verbs in the subjunctive, for morphology only: all of them would make it too
/// frequent, and tags and trees do not change.
fn turned(model: &Model, prepared: &[Prepared]) -> Vec<Prepared> {
    let other = |sentence: &Prepared| {
        let gold = subjunctive::turned(&sentence.gold, &model.language)?;
        Some(Prepared::new(model, gold, sentence.treebank))
    };
    prepared.iter().step_by(2).filter_map(other).collect()
}

fn tag_examples<'a>(prepared: impl Iterator<Item = &'a Prepared>) -> Vec<tagger::Example<'a>> {
    prepared.map(|sentence| tagger::Example { words: &sentence.words, tags: &sentence.tags }).collect()
}

fn train_tagger(
    model: &mut Model,
    prepared: &[Prepared],
    settings: Settings,
    progress: &mut dyn FnMut(&str),
) {
    progress("tags");
    model.tagger =
        Some(tagger::train(&tag_examples(prepared.iter()), settings.effort(settings.tagger_bits, model)));
}

/// Tags of every sentence by a tagger that was trained on the other folds. A sentence that comes more than once, or in
/// two forms, is in one fold.
fn jackknifed(
    model: &Model,
    prepared: &[Prepared],
    settings: Settings,
    progress: &mut dyn FnMut(&str),
) -> Vec<Vec<Upos>> {
    let folds: Vec<u64> = prepared.iter().map(|sentence| hash::text(&sentence.gold.text()) % FOLDS).collect();
    let mut tagged = vec![Vec::new(); prepared.len()];
    let effort = Effort {
        runs: FOLD_RUNS.min(settings.runs),
        rounds: FOLD_ROUNDS.min(settings.rounds),
        ..settings.effort(settings.tagger_bits, model)
    };
    for fold in 0..FOLDS {
        progress(&format!("tags of fold {} of {FOLDS}", fold + 1));
        let others = prepared.iter().zip(&folds).filter(|(_, own)| **own != fold).map(|(one, _)| one);
        let weights = tagger::train(&tag_examples(others), effort);
        for ((sentence, own), tags) in prepared.iter().zip(&folds).zip(&mut tagged) {
            if *own == fold {
                *tags = tagger::tag(&weights, &sentence.words);
            }
        }
    }
    tagged
}

fn train_parser(
    model: &mut Model,
    prepared: &[Prepared],
    settings: Settings,
    progress: &mut dyn FnMut(&str),
) {
    let tagged = jackknifed(model, prepared, settings, progress);
    progress("trees");
    let mut relations: Vec<String> = prepared
        .iter()
        .flat_map(|sentence| &sentence.gold.tokens)
        .map(|token| token.deprel.clone())
        .collect();
    relations.push("root".into());
    relations.sort();
    relations.dedup();
    let trees: Vec<Tree> = prepared.iter().map(|sentence| tree(&sentence.gold, &relations)).collect();
    let examples: Vec<(parser::Input, &Tree)> = prepared
        .iter()
        .zip(&tagged)
        .zip(&trees)
        .map(|((sentence, tags), tree)| (parser::Input { words: &sentence.words, tags }, tree))
        .collect();
    model.parser = Some(Parser::train(&examples, relations, settings.effort(settings.parser_bits, model)));
    let turned = turned(model, prepared);
    let own = prepared.iter().zip(&tagged).map(|(sentence, tags)| (sentence, tags.as_slice()));
    let turned = turned.iter().map(|sentence| (sentence, sentence.tags.as_slice()));
    train_words(model, &own.chain(turned).collect::<Vec<_>>(), settings, progress);
}

fn tree(gold: &Gold, relations: &[String]) -> Tree {
    let count = gold.tokens.len();
    let head = |(index, head): (usize, u32)| if head as usize == index { count } else { head as usize };
    Tree {
        heads: gold.tokens.iter().map(|token| token.head).enumerate().map(head).collect(),
        relations: gold
            .tokens
            .iter()
            .map(|token| relations.binary_search(&token.deprel).unwrap_or_default())
            .collect(),
    }
}

/// Morphology on the parser's own trees, then lemmas on the morphology's own features. Each sentence comes with
/// the tags that its tree is made from.
fn train_words(
    model: &mut Model,
    sentences: &[(&Prepared, &[Upos])],
    settings: Settings,
    progress: &mut dyn FnMut(&str),
) {
    progress("morphology");
    let trees: Vec<(Vec<usize>, Vec<String>)> =
        sentences.iter().map(|(sentence, tags)| model.tree(&sentence.words, tags)).collect();
    let relations: Vec<Vec<&str>> =
        trees.iter().map(|(_, names)| names.iter().map(String::as_str).collect()).collect();
    let examples: Vec<morph::Example> = sentences
        .iter()
        .zip(trees.iter().zip(&relations))
        .map(|((sentence, _), ((heads, _), relations))| morph::Example {
            input: morph::Input { words: &sentence.words, tags: &sentence.tags, heads, relations },
            gold: &sentence.gold.tokens,
            treebank: sentence.treebank,
        })
        .collect();
    model.morph = Some(morph::train(&examples, settings.effort(settings.other_bits, model)));
    progress("lemmas");
    let feats: Vec<Vec<String>> = examples.iter().map(|example| model.feats(example.input)).collect();
    let mut words = Vec::new();
    for ((sentence, _), feats) in sentences.iter().zip(&feats) {
        let analysed = sentence.gold.forms.iter().zip(&sentence.words).zip(&sentence.gold.tokens).zip(feats);
        words.extend(analysed.map(|(((form, word), token), feats)| lemma::Example {
            form,
            word,
            tag: token.upos,
            feats,
            lemma: &token.lemma,
        }));
    }
    let effort = Effort {
        runs: 1,
        rounds: settings.rounds.min(6),
        ..settings.effort(settings.other_bits.min(16), model)
    };
    model.lemmas = Some(lemma::train(&words, effort));
}
