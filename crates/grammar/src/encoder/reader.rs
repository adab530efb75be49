//! The reader: layers of its own beside the encoder's, and heads that find what goes from whom to whom and who says what.
//!
//! An *anchor* is the main word of a thing that goes, or of what somebody says; to each belong *fillers*, the main words of the
//! phrases that take part in a role, or nobody. Trained by `training/arcs.py` on the open half of `corpus/`; what the labels
//! mean is told in `data/models/reader/README.md`. It sees a window at a time.

use super::float::{dot, exp, exponentials, first_largest};
use super::forward::{Norm, Stack};
use super::linear::{Linear, Rounded, Then};
use super::product::Product;
use super::tensors::{ModelError, Tensors};
use super::ways::{Trees, Ways};
use super::{SentenceReading, WIDTH, float};
use serde::Deserialize;

/// Numbers by which an anchor and a filler are compared.
const SIZE: usize = 128;
/// Vectors that make up an anchor or a filler: its own, that of its head, and one more.
const DEEP: usize = 3 * WIDTH;
/// Fillers less likely than this are not told.
const LEAST: f32 = 0.02;

/// Words that may fill a role, by their indices, from the likeliest on; no word for nobody.
pub(crate) type Fillers = Vec<(Option<usize>, f32)>;

/// What the reader says of a word of a window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Anchored {
    pub(crate) kind: String,
    /// Its index among the words of the window.
    pub(crate) word: usize,
    pub(crate) chance: f32,
    /// By role.
    pub(crate) roles: Vec<(String, Fillers)>,
    pub(crate) certainty: String,
    pub(crate) status: String,
}

/// `data/models/reader/labels.json`.
#[derive(Deserialize)]
pub(super) struct Labels {
    /// Kinds of anchors.
    kinds: Vec<String>,
    /// Roles of all kinds: the kind, the role.
    roles: Vec<(String, String)>,
    /// Certainties, in FactBank's values.
    certainties: Vec<String>,
    /// How a transfer stands.
    statuses: Vec<String>,
    /// Parts of speech that fill roles.
    fillers: Vec<String>,
    /// Ways through a tree.
    ways: Vec<String>,
    /// Anchors below this probability are not told.
    least: f32,
}

/// The layers and heads.
pub(super) struct Reader {
    labels: Labels,
    pub(super) stack: Stack,
    /// The share of each layer's state, what goes into the first one before them.
    pub(super) mix: Vec<f32>,
    norm: Norm,
    ways: Ways,
    found: Linear,
    anchor: Linear,
    filler: Linear,
    bias: Linear,
    certainty: Linear,
    status: Linear,
    /// For each role, the vector of nobody.
    nobody: Vec<f32>,
    /// For each way its vector, and how much it speaks for each role.
    way: Vec<f32>,
    way_bias: Vec<f32>,
}

/// A word that may be an anchor.
struct Likely {
    word: usize,
    kind: usize,
    chance: f32,
}

/// All words of a window as fillers: for each role a vector, and how much the word itself speaks for it.
struct Fillings {
    vectors: Vec<f32>,
    biases: Vec<f32>,
}

/// The words of a window: a row of numbers each, and their trees.
struct Words<'a> {
    vectors: &'a [f32],
    trees: Trees<'a>,
}

impl Words<'_> {
    /// The rows of some words, `deep` of them side by side; one past the last is a row of zeros.
    #[inline(always)]
    fn rows(&self, places: impl Iterator<Item = [usize; 3]>, deep: usize) -> Rounded {
        let row = |at: usize| self.vectors.get(at * WIDTH..(at + 1) * WIDTH).unwrap_or(&[0.0; WIDTH]);
        let side_by_side = |places: [usize; 3]| places.into_iter().take(deep).flat_map(row).copied();
        let joined: Vec<f32> = places.flat_map(side_by_side).collect();
        let mut rounded = Rounded::default();
        rounded.set(&joined, deep * WIDTH);
        rounded
    }

    /// Each word with its head.
    #[inline(always)]
    fn pairs(&self, words: impl Iterator<Item = usize>) -> Rounded {
        self.rows(words.map(|at| [at, self.trees.head(at), 0]), 2)
    }

    /// Each anchor with its head and the head of that.
    #[inline(always)]
    fn uppers(&self, likely: &[Likely]) -> Rounded {
        let up = |at: usize| self.trees.head(at);
        self.rows(likely.iter().map(|likely| [likely.word, up(likely.word), up(up(likely.word))]), 3)
    }

    /// Each word with its head and its preposition.
    #[inline(always)]
    fn marked(&self) -> Rounded {
        let places = (0..self.trees.len()).map(|at| [at, self.trees.head(at), self.trees.case(at)]);
        self.rows(places, 3)
    }
}

impl Reader {
    pub(super) fn load(tensors: &[u8], labels: &[u8]) -> Result<Self, ModelError> {
        let tensors = Tensors::read(tensors)?;
        let labels: Labels = serde_json::from_slice(labels)?;
        let (kinds, roles) = (labels.kinds.len(), labels.roles.len());
        let mix = float::shares(&tensors.any_floats("mix")?);
        let ways = Ways::new(&labels.ways, &labels.fillers);
        let count = ways.count();
        Ok(Self {
            stack: Stack::read(&tensors, mix.len())?,
            mix,
            norm: Norm::read(&tensors, "norm")?,
            found: tensors.rounded("found", 2 * WIDTH, kinds)?,
            anchor: tensors.rounded("anchor", DEEP, roles * SIZE)?,
            filler: tensors.rounded("filler", DEEP, roles * SIZE)?,
            bias: tensors.rounded("bias", DEEP, roles)?,
            certainty: tensors.rounded("certainty", 2 * WIDTH, kinds * labels.certainties.len())?,
            status: tensors.rounded("status", 2 * WIDTH, labels.statuses.len())?,
            nobody: tensors.floats("none", roles * SIZE)?,
            way: tensors.floats("path.weight", count * SIZE)?,
            way_bias: tensors.floats("path_bias.weight", count * roles)?,
            ways,
            labels,
        })
    }

    /// The anchors of a window; `vectors` holds a row for each word of its sentences.
    #[inline(always)]
    pub(super) fn anchors<P: Product>(
        &self,
        mut vectors: Vec<f32>,
        sentences: &[SentenceReading],
        relations: &[String],
    ) -> Vec<Anchored> {
        self.norm.apply(&mut vectors);
        let words = Words { vectors: &vectors, trees: self.ways.trees(sentences, relations) };
        let likely = self.likely::<P>(&words);
        if likely.is_empty() {
            return Vec::new();
        }
        let anchors = self.anchor.applied::<P>(&words.uppers(&likely), Then::Leaky);
        let fillers = words.marked();
        let fillers = Fillings {
            vectors: self.filler.applied::<P>(&fillers, Then::Leaky),
            biases: self.bias.applied::<P>(&fillers, Then::Keep),
        };
        let pairs = words.pairs(likely.iter().map(|likely| likely.word));
        let certainties = self.certainty.applied::<P>(&pairs, Then::Keep);
        let statuses = self.status.applied::<P>(&pairs, Then::Keep);
        let sure = self.labels.certainties.len();
        let each = anchors.chunks_exact(self.labels.roles.len() * SIZE);
        let weighed = certainties
            .chunks_exact(self.labels.kinds.len() * sure)
            .zip(statuses.chunks_exact(self.labels.statuses.len()));
        let told = likely.iter().zip(each).zip(weighed);
        told.map(|((likely, anchor), (certainty, status))| {
            let name = |of: &[String], at: usize| of.get(at).cloned().unwrap_or_default();
            let certainty = first_largest(&certainty[likely.kind * sure..(likely.kind + 1) * sure]);
            Anchored {
                kind: name(&self.labels.kinds, likely.kind),
                word: likely.word,
                chance: likely.chance,
                roles: self.roles::<P>(likely, anchor, &fillers, &words.trees),
                certainty: name(&self.labels.certainties, certainty),
                status: name(&self.labels.statuses, first_largest(status)),
            }
        })
        .collect()
    }

    /// The words that may be anchors, and of which kind.
    #[inline(always)]
    fn likely<P: Product>(&self, words: &Words) -> Vec<Likely> {
        let found = self.found.applied::<P>(&words.pairs(0..words.trees.len()), Then::Keep);
        let mut likely = Vec::new();
        for (word, scores) in found.chunks_exact(self.labels.kinds.len()).enumerate() {
            for (kind, score) in scores.iter().enumerate() {
                let chance = 1.0 / (1.0 + exp(-score));
                if chance >= self.labels.least {
                    likely.push(Likely { word, kind, chance });
                }
            }
        }
        likely
    }

    /// Who fills the roles of an anchor's kind.
    #[inline(always)]
    fn roles<P: Product>(
        &self,
        likely: &Likely,
        anchor: &[f32],
        fillers: &Fillings,
        trees: &Trees,
    ) -> Vec<(String, Fillers)> {
        let ways: Vec<Option<usize>> = (0..trees.len()).map(|at| trees.way(likely.word, at)).collect();
        let mut roles = Vec::new();
        for (role, (kind, name)) in self.labels.roles.iter().enumerate() {
            if self.labels.kinds.get(likely.kind) == Some(kind) {
                let vector = &anchor[role * SIZE..(role + 1) * SIZE];
                roles.push((name.clone(), self.fill::<P>(role, vector, fillers, &ways)));
            }
        }
        roles
    }

    /// Who fills a role, from the likeliest on; nobody among them.
    #[inline(always)]
    fn fill<P: Product>(
        &self,
        role: usize,
        anchor: &[f32],
        fillers: &Fillings,
        ways: &[Option<usize>],
    ) -> Fillers {
        let roles = self.labels.roles.len();
        let scale = 1.0 / (SIZE as f32).sqrt();
        let mut scores = vec![dot::<P>(anchor, &self.nobody[role * SIZE..(role + 1) * SIZE]) * scale];
        let mut places = vec![None];
        for (at, way) in ways.iter().enumerate() {
            let Some(way) = way else { continue };
            let start = (at * roles + role) * SIZE;
            let own = dot::<P>(anchor, &fillers.vectors[start..start + SIZE]);
            let by_way = dot::<P>(anchor, &self.way[way * SIZE..(way + 1) * SIZE]);
            scores.push(
                (own + by_way) * scale
                    + self.way_bias[way * roles + role]
                    + fillers.biases[at * roles + role],
            );
            places.push(Some(at));
        }
        let count = scores.len();
        scores.resize(count.next_multiple_of(float::LANES), f32::NEG_INFINITY);
        let total = exponentials(&mut scores, count);
        let mut found: Fillers = places
            .into_iter()
            .zip(scores)
            .map(|(word, share)| (word, share / total))
            .filter(|(_, chance)| *chance >= LEAST)
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}
