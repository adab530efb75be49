//! The forward pass: windows of pieces in, vectors of words out.

use super::attention::Attention;
use super::float::{add, normalise};
use super::linear::{Linear, Rounded, Then};
use super::product::Product;
use super::tensors::{ModelError, Tensors};
use super::{Encoder, INNER, KINDS, LONGEST, WIDTH, Window, table};

/// One layer.
struct Layer {
    projection: Linear,
    output: Linear,
    norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

impl Layer {
    fn read(tensors: &Tensors, at: usize) -> Result<Self, ModelError> {
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

/// Layers, and what is done with the pieces before the first.
pub(super) struct Stack {
    /// Vector of each position, with the constant that is added to every piece.
    positions: Vec<f32>,
    norm: Norm,
    /// Added behind the first normalisation.
    input: Vec<f32>,
    layers: Vec<Layer>,
}

impl Stack {
    /// `states`: the layers and one more, what goes into the first.
    pub(super) fn read(tensors: &Tensors, states: usize) -> Result<Self, ModelError> {
        let mut positions = tensors.floats("pos", LONGEST * WIDTH)?;
        let kind = tensors.floats("typ", WIDTH)?;
        for position in positions.chunks_exact_mut(WIDTH) {
            position.iter_mut().zip(&kind).for_each(|(x, kind)| *x += kind);
        }
        Ok(Self {
            positions,
            norm: Norm::read(tensors, "ln")?,
            input: tensors.floats("inp", WIDTH)?,
            layers: (0..states.saturating_sub(1))
                .map(|at| Layer::read(tensors, at))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Sends the pieces of the windows through; `each` sees every state: the number of layers behind it, and a row for each piece.
    #[inline(always)]
    fn run<P: Product>(
        &self,
        table: &[u8],
        windows: &[Window],
        room: &mut Room,
        mut each: impl FnMut(usize, &[f32]),
    ) {
        self.embed(table, windows, &mut room.state);
        each(0, &room.state);
        for (before, layer) in self.layers.iter().enumerate() {
            layer.apply::<P>(windows, room);
            each(before + 1, &room.state);
        }
    }

    /// The vectors of the pieces before the first layer.
    #[inline(always)]
    fn embed(&self, table: &[u8], windows: &[Window], state: &mut Vec<f32>) {
        state.clear();
        for window in windows {
            for (piece, position) in window.pieces.iter().zip(self.positions.chunks_exact(WIDTH)) {
                let start = state.len();
                state.extend_from_slice(position);
                table::add_row(table, *piece, &mut state[start..]);
            }
        }
        self.norm.apply(state);
        for row in state.chunks_exact_mut(WIDTH) {
            add(row, 1.0, &self.input);
        }
    }
}

/// Kind of vectors that the reader reads; the kinds before it have a mixture in the encoder's file.
pub(super) const READER: usize = KINDS - 1;

/// Room that is used again from batch to batch.
#[derive(Default)]
pub(super) struct Room {
    state: Vec<f32>,
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
        let (heads, read) = vectors.split_at_mut(READER);
        self.stack.run::<P>(self.table, windows, room, |at, state| {
            gather(windows, state, &self.mixes.each_ref().map(|mix| mix[at]), heads);
        });
        self.reader.stack.run::<P>(self.table, windows, room, |at, state| {
            gather(windows, state, &[self.reader.mix[at]], read);
        });
        vectors
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
