//! The heads: what the vectors of words say of tags, features, trees and names.

use super::float::{add, dot, first_largest};
use super::forward::{BORDERS, READER, Vectors};
use super::labels::Labels;
use super::linear::{Linear, Rounded, Then};
use super::product::Product;
use super::tensors::{ModelError, Tensors};
use super::{Encoder, Habits, SentenceReading, WIDTH, Window, WindowReading, WordReading, tree};

/// Size of the vectors from which heads are chosen.
const ARC: usize = 256;
/// Size of the vectors from which relations are chosen, without the one that is added.
const RELATION: usize = 128;

/// Kinds of vectors to which a treebank's habits are added: those for tags and those for trees.
const HABITS: [usize; 2] = [0, 1];

/// The heads' matrices.
pub(super) struct Heads {
    upos: Linear,
    features: Linear,
    /// A word as head and as dependent, for the arcs; then what they say together.
    arc_head: Linear,
    arc_dependent: Linear,
    arc: Linear,
    /// The same for relations.
    relation_head: Linear,
    relation_dependent: Linear,
    relation: Linear,
    /// Vector of the root.
    root: Vec<f32>,
    germeval: Linear,
    uner: Linear,
    /// Whether a sentence ends behind a word.
    sentence: Linear,
    /// Whether a word ends behind a character.
    word: Linear,
}

impl Heads {
    pub(super) fn read(tensors: &Tensors, labels: &Labels) -> Result<Self, ModelError> {
        let head = |name: &str, outputs: usize| tensors.rounded(name, WIDTH, outputs);
        let (deep, relations) = (RELATION + 1, labels.relations.len());
        Ok(Self {
            upos: head("upos", labels.upos.len())?,
            features: head("feat", labels.values)?,
            arc_head: head("ah", ARC)?,
            arc_dependent: head("ad", ARC)?,
            arc: tensors.turned("U", 1, ARC + 1, ARC)?,
            relation_head: head("rh", RELATION)?,
            relation_dependent: head("rd", RELATION)?,
            relation: tensors.turned("W", relations, deep, deep)?,
            root: tensors.floats("root", WIDTH)?,
            germeval: head("nG", labels.germeval.len())?,
            uner: head("nU", labels.uner.len())?,
            sentence: head("sent", 2)?,
            word: head("word", 2)?,
        })
    }
}

/// What the heads make of a batch of words, before decisions.
struct Scores {
    upos: Vec<f32>,
    features: Vec<f32>,
    germeval: Vec<f32>,
    uner: Vec<f32>,
    /// A row for each word, to be multiplied with `arc_heads` of a possible head.
    arcs: Vec<f32>,
    /// A row for each word, and one for the root at the end.
    arc_heads: Vec<f32>,
    /// For each word and relation a vector, to be multiplied with `relation_heads`.
    relations: Vec<f32>,
    relation_heads: Vec<f32>,
}

impl Encoder {
    /// Adds a treebank's habits to the vectors for tags and for trees.
    pub(super) fn add_habits(&self, vectors: &mut Vectors, treebank: usize) {
        let habits = self.treebanks.chunks_exact(WIDTH).nth(treebank).unwrap_or_default();
        for kind in HABITS {
            for row in vectors[kind].chunks_exact_mut(WIDTH) {
                add(row, 1.0, habits);
            }
        }
    }

    /// Decides for all words of a batch: for each window its sentences.
    #[inline(always)]
    pub(super) fn decide<P: Product>(
        &self,
        windows: &[Window],
        mut vectors: Vectors,
        habits: Habits,
    ) -> Vec<WindowReading> {
        self.add_habits(&mut vectors, habits.treebank);
        let mut parts = Vec::new();
        let mut counts: Vec<usize> = windows.iter().map(Window::len).collect();
        if habits.joins {
            (parts, counts) = self.words::<P>(windows, &mut vectors);
        }
        let ends = ends::<P>(&self.heads.sentence, &vectors[BORDERS]);
        let mut lengths = Vec::new();
        let mut first = 0;
        for (window, count) in windows.iter().zip(&counts) {
            let inside = &ends[first..first + count];
            lengths.push(if window.one_sentence { vec![*count] } else { runs(inside) });
            first += count;
        }
        let mut read_from = std::mem::take(&mut vectors[READER]);
        let mut sentences = self.decide_given::<P>(vectors, &lengths.concat()).into_iter();
        let mut parts = parts.into_iter();
        let mut read = |length: &usize| {
            let mut words = sentences.next().unwrap_or_else(|| Vec::with_capacity(*length));
            for word in &mut words {
                word.parts = parts.next().unwrap_or(1);
            }
            words
        };
        let mut windows = Vec::with_capacity(lengths.len());
        for lengths in &lengths {
            let sentences: Vec<SentenceReading> = lengths.iter().map(&mut read).collect();
            let rest = read_from.split_off(lengths.iter().sum::<usize>() * WIDTH);
            let own = std::mem::replace(&mut read_from, rest);
            let anchors = self.reader.anchors::<P>(own, &sentences, &self.labels.relations);
            windows.push(WindowReading { sentences, anchors });
        }
        windows
    }

    /// Joins characters to words: the vector of a word is the mean of theirs. Gives the number of characters of each
    /// word, and the number of words of each window.
    #[inline(always)]
    fn words<P: Product>(&self, windows: &[Window], vectors: &mut Vectors) -> (Vec<usize>, Vec<usize>) {
        let ends = ends::<P>(&self.heads.word, &vectors[BORDERS]);
        let (mut parts, mut counts, mut first) = (Vec::new(), Vec::new(), 0);
        for window in windows {
            // Where the words of one sentence are given, they are whole.
            let own = if window.one_sentence {
                vec![1; window.len()]
            } else {
                runs(&ends[first..first + window.len()])
            };
            counts.push(own.len());
            parts.extend(own);
            first += window.len();
        }
        for vectors in vectors {
            let mut joined = Vec::with_capacity(parts.len() * WIDTH);
            let mut rows = vectors.chunks_exact(WIDTH);
            for count in &parts {
                let start = joined.len();
                joined.resize(start + WIDTH, 0.0);
                for row in rows.by_ref().take(*count) {
                    add(&mut joined[start..], 1.0 / *count as f32, row);
                }
            }
            *vectors = joined;
        }
        (parts, counts)
    }

    /// Decides for the words of sentences with the given numbers of words, in order; heads are looked for inside them.
    #[inline(always)]
    pub(super) fn decide_given<P: Product>(
        &self,
        vectors: Vectors,
        sentences: &[usize],
    ) -> Vec<SentenceReading> {
        let scores = self.scores::<P>(vectors);
        let mut words = self.read_words(&scores).into_iter();
        let mut first = 0;
        let mut found = Vec::with_capacity(sentences.len());
        for length in sentences {
            let mut sentence: SentenceReading = words.by_ref().take(*length).collect();
            self.tree::<P>(&scores, first, &mut sentence);
            found.push(sentence);
            first += length;
        }
        found
    }

    #[inline(always)]
    fn scores<P: Product>(&self, [tags, mut trees, names, ..]: Vectors) -> Scores {
        let heads = &self.heads;
        let mut rounded = Rounded::default();
        rounded.set(&tags, WIDTH);
        let upos = heads.upos.applied::<P>(&rounded, Then::Keep);
        let features = heads.features.applied::<P>(&rounded, Then::Keep);
        rounded.set(&names, WIDTH);
        let germeval = heads.germeval.applied::<P>(&rounded, Then::Keep);
        let uner = heads.uner.applied::<P>(&rounded, Then::Keep);
        rounded.set(&trees, WIDTH);
        let arc_dependents = with_one(&heads.arc_dependent.applied::<P>(&rounded, Then::Leaky), ARC);
        let relation_dependents =
            with_one(&heads.relation_dependent.applied::<P>(&rounded, Then::Leaky), RELATION);
        trees.extend_from_slice(&heads.root);
        rounded.set(&trees, WIDTH);
        let arc_heads = heads.arc_head.applied::<P>(&rounded, Then::Leaky);
        let relation_heads = with_one(&heads.relation_head.applied::<P>(&rounded, Then::Leaky), RELATION);
        rounded.set(&arc_dependents, ARC + 1);
        let arcs = heads.arc.applied::<P>(&rounded, Then::Keep);
        rounded.set(&relation_dependents, RELATION + 1);
        let relations = heads.relation.applied::<P>(&rounded, Then::Keep);
        Scores { upos, features, germeval, uner, arcs, arc_heads, relations, relation_heads }
    }

    /// Everything but the tree.
    fn read_words(&self, scores: &Scores) -> Vec<WordReading> {
        let labels = &self.labels;
        let rows = scores.upos.chunks_exact(self.heads.upos.outputs());
        let features = scores.features.chunks_exact(self.heads.features.outputs());
        let germeval = scores.germeval.chunks_exact(self.heads.germeval.outputs());
        let uner = scores.uner.chunks_exact(self.heads.uner.outputs());
        rows.zip(features)
            .zip(germeval.zip(uner))
            .map(|((upos, features), (germeval, uner))| WordReading {
                parts: 1,
                upos: labels.upos.get(first_largest(upos)).copied().unwrap_or_default(),
                feats: labels.spell(features),
                germeval: first_largest(germeval),
                uner: first_largest(uner),
                head: 0,
                relation: 0,
            })
            .collect()
    }

    /// Heads and relations of one sentence, whose first word is word `first` of the batch.
    #[inline(always)]
    fn tree<P: Product>(&self, scores: &Scores, first: usize, words: &mut [WordReading]) {
        let count = words.len();
        let root = scores.arc_heads.len() / ARC - 1;
        // Column 0 is the root, column h + 1 the word h of the sentence.
        let place = |column: usize| if column == 0 { root } else { first + column - 1 };
        let mut arcs = vec![0.0; count * (count + 1)];
        for (word, row) in arcs.chunks_exact_mut(count + 1).enumerate() {
            let arc = &scores.arcs[(first + word) * ARC..(first + word + 1) * ARC];
            for (column, score) in row.iter_mut().enumerate() {
                let at = place(column) * ARC;
                *score = dot::<P>(arc, &scores.arc_heads[at..at + ARC]);
            }
        }
        let deep = RELATION + 1;
        let mut relations = vec![0.0; self.labels.relations.len()];
        let each = self.labels.relations.len() * deep;
        for (word, column) in tree::best(&arcs, count).into_iter().enumerate() {
            let at = place(column) * deep;
            let head = &scores.relation_heads[at..at + deep];
            let rows = &scores.relations[(first + word) * each..(first + word + 1) * each];
            for (score, at) in relations.iter_mut().zip(0..) {
                *score = dot::<P>(&rows[at * deep..(at + 1) * deep], head);
            }
            words[word].head = column.checked_sub(1).unwrap_or(word) as u32;
            words[word].relation = first_largest(&relations);
        }
    }
}

/// Rows of `width` numbers, each with a 1 added.
fn with_one(rows: &[f32], width: usize) -> Vec<f32> {
    rows.chunks_exact(width).flat_map(|row| row.iter().copied().chain([1.0])).collect()
}

/// The lengths of the runs that end where `ends` says, and at the end.
fn runs(ends: &[bool]) -> Vec<usize> {
    let mut runs: Vec<usize> = ends.split_inclusive(|end| *end).map(<[bool]>::len).collect();
    runs.retain(|length| *length > 0);
    runs
}

/// For each word whether something ends behind it.
#[inline(always)]
fn ends<P: Product>(head: &Linear, vectors: &[f32]) -> Vec<bool> {
    let mut rounded = Rounded::default();
    rounded.set(vectors, WIDTH);
    let scores = head.applied::<P>(&rounded, Then::Keep);
    scores.chunks_exact(2).map(|scores| scores[1] > scores[0]).collect()
}
