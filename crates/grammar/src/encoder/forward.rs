//! The forward pass: windows of pieces in, vectors of words out.

use super::attention::Attention;
use super::float::{add, normalise};
use super::linear::{Linear, Rounded, Then};
use super::product::Product;
use super::tensors::{ModelError, Tensors};
use super::{Encoder, INNER, KINDS, WIDTH, Window, table};

/// One layer of the encoder.
pub(super) struct Layer {
    projection: Linear,
    output: Linear,
    norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

impl Layer {
    pub(super) fn read(tensors: &Tensors, at: usize) -> Result<Self, ModelError> {
        let name = |part: &str| format!("layers.{at}.{part}");
        Ok(Self {
            projection: tensors.linear(&name("qkv"), WIDTH, 3 * WIDTH)?,
            output: tensors.linear(&name("o"), WIDTH, WIDTH)?,
            norm: Norm::read(tensors, &name("n1"))?,
            inner: tensors.linear(&name("i"), WIDTH, INNER)?,
            outer: tensors.linear(&name("f"), INNER, WIDTH)?,
            outer_norm: Norm::read(tensors, &name("n2"))?,
        })
    }
}

/// Weight and bias of a normalisation.
pub(super) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub(super) fn read(tensors: &Tensors, name: &str) -> Result<Self, ModelError> {
        let of = |part: &str| tensors.floats(&format!("{name}.{part}"), WIDTH);
        Ok(Self { weight: of("weight")?, bias: of("bias")? })
    }

    #[inline(always)]
    pub(super) fn apply(&self, rows: &mut [f32]) {
        normalise(rows, &self.weight, &self.bias);
    }
}

/// Kind of vectors that the reader reads; the kinds before it have a mixture in the encoder's file.
pub(super) const READER: usize = KINDS - 1;

/// Room that is used again from batch to batch.
#[derive(Default)]
pub(super) struct Room {
    state: Vec<f32>,
    /// The state from which the reader branches off.
    branch: Vec<f32>,
    wide: Vec<f32>,
    gathered: Vec<f32>,
    rounded: Rounded,
    attention: Attention,
}

/// The vectors of words, one after the other, for each of the [`KINDS`] of heads.
pub(super) type Vectors = [Vec<f32>; KINDS];

/// The kind of vectors that tell borders.
pub(super) const BORDERS: usize = 3;

impl Encoder {
    /// The vectors of all words of the windows. What a treebank's habits add is not in them yet.
    #[inline(always)]
    pub(super) fn vectors<P: Product>(&self, windows: &[Window], room: &mut Room) -> Vectors {
        let words: usize = windows.iter().map(|window| window.words.len()).sum();
        let mut vectors = [const { Vec::new() }; KINDS];
        for vectors in &mut vectors {
            vectors.resize(words * WIDTH, 0.0);
        }
        self.embed(windows, &mut room.state);
        let (heads, branch) = vectors.split_at_mut(READER);
        let share = |at: usize| self.mixes.each_ref().map(|mix| mix[at]);
        let from = self.reader.labels.from();
        for at in 0..=self.layers.len() {
            if let Some(layer) = at.checked_sub(1).and_then(|before| self.layers.get(before)) {
                layer.apply::<P>(windows, room);
            }
            gather(windows, &room.state, &share(at), heads);
            if at == from {
                room.branch.clone_from(&room.state);
            }
        }
        std::mem::swap(&mut room.state, &mut room.branch);
        gather(windows, &room.state, self.reader.mix.get(..1).unwrap_or_default(), branch);
        for (layer, share) in self.reader.layers.iter().zip(self.reader.mix.iter().skip(1)) {
            layer.apply::<P>(windows, room);
            gather(windows, &room.state, &[*share], branch);
        }
        vectors
    }

    /// The vectors of the pieces before the first layer.
    #[inline(always)]
    fn embed(&self, windows: &[Window], state: &mut Vec<f32>) {
        state.clear();
        for window in windows {
            for (piece, position) in window.pieces.iter().zip(self.positions.chunks_exact(WIDTH)) {
                let start = state.len();
                state.extend_from_slice(position);
                table::add_row(self.table, *piece, &mut state[start..]);
            }
        }
        self.norm.apply(state);
        for row in state.chunks_exact_mut(WIDTH) {
            add(row, 1.0, &self.input);
        }
    }
}

/// Adds a layer's share to each kind of vectors: a word is the mean of its pieces.
#[inline(always)]
fn gather(windows: &[Window], state: &[f32], shares: &[f32], vectors: &mut [Vec<f32>]) {
    let (mut first, mut word) = (0, 0);
    for window in windows {
        for pieces in &window.words {
            for (share, vectors) in shares.iter().zip(vectors.iter_mut()) {
                let share = share / pieces.len() as f32;
                let vector = &mut vectors[word * WIDTH..(word + 1) * WIDTH];
                for piece in pieces.clone() {
                    add(vector, share, &state[(first + piece) * WIDTH..(first + piece + 1) * WIDTH]);
                }
            }
            word += 1;
        }
        first += window.pieces.len();
    }
}

impl Layer {
    #[inline(always)]
    fn apply<P: Product>(&self, windows: &[Window], room: &mut Room) {
        let Room { state, wide, gathered, rounded, attention, .. } = room;
        rounded.set(state, WIDTH);
        self.projection.apply::<P>(rounded, wide, Then::Keep);
        gathered.resize(state.len(), 0.0);
        let mut first = 0;
        for window in windows {
            let end = first + window.pieces.len();
            attention.window::<P>(
                &wide[first * 3 * WIDTH..end * 3 * WIDTH],
                &mut gathered[first * WIDTH..end * WIDTH],
            );
            first = end;
        }
        rounded.set(gathered, WIDTH);
        self.output.apply::<P>(rounded, wide, Then::Keep);
        add(state, 1.0, wide);
        self.norm.apply(state);
        rounded.set(state, WIDTH);
        self.inner.apply::<P>(rounded, wide, Then::Gelu);
        rounded.set(wide, INNER);
        self.outer.apply::<P>(rounded, gathered, Then::Keep);
        add(state, 1.0, gathered);
        self.outer_norm.apply(state);
    }
}
