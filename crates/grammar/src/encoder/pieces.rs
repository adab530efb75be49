//! Words to pieces: characters are normalised, then the segmentation with the best sum of log probabilities is taken
//! (unigram model, Viterbi; Kudo 2018), as `SentencePiece` does for XLM-R.

use super::tensors::ModelError;
use fst::raw::Fst;

/// Before the first piece of a window.
pub(super) const START: u32 = 0;
/// After its last piece.
pub(super) const END: u32 = 2;
/// A character that no piece covers.
const UNKNOWN: u32 = 3;
/// Stands for a blank before a word.
const BLANK: char = '▁';
/// How much less likely than the rarest piece an unknown character is (`SentencePiece`'s penalty).
const PENALTY: f32 = 10.0;
/// Pieces of a word that are looked at: longer "words" are addresses and noise, and time must not grow with them.
const LONGEST: usize = 24;
/// Characters of a word that are looked at.
const CHARACTERS: usize = 96;

/// Code points and what they become, in order.
static NORMAL: &[(char, &str)] = &include!(concat!(env!("OUT_DIR"), "/normalise.rs"));

/// The vocabulary.
pub(super) struct Pieces {
    /// Piece to row.
    rows: Fst<&'static [u8]>,
    /// Log probability of each row, as little-endian floats.
    scores: &'static [[u8; 4]],
    unknown: f32,
}

impl Pieces {
    /// The vocabulary that comes with the program.
    pub(super) fn shipped() -> Result<Self, ModelError> {
        let rows = include_bytes!(concat!(env!("OUT_DIR"), "/pieces.fst")).as_slice();
        let scores = include_bytes!(concat!(env!("OUT_DIR"), "/scores.f32")).as_slice();
        let (scores, _) = scores.as_chunks::<4>();
        let rarest = scores.iter().map(|score| f32::from_le_bytes(*score)).fold(0.0, f32::min);
        let rows = Fst::new(rows).map_err(|_| ModelError::Table("the vocabulary is damaged"))?;
        Ok(Self { rows, scores, unknown: rarest - PENALTY })
    }

    /// Adds the pieces of a word to `out`: at least one, at most [`LONGEST`]. With `apart` each Han character is cut by
    /// itself, and blanks do not count: so the encoder learned Chinese.
    pub(super) fn of_word(&self, form: &str, space_before: bool, apart: bool, out: &mut Vec<u32>) {
        let first = out.len();
        if apart {
            form.split_inclusive(is_han)
                .flat_map(|run| {
                    run.char_indices()
                        .next_back()
                        .filter(|(_, c)| is_han(*c))
                        .map_or([run, ""], |(at, _)| <[&str; 2]>::from(run.split_at(at)))
                })
                .filter(|unit| !unit.is_empty())
                .for_each(|unit| self.segment(&normalised(unit, false), out));
        } else {
            self.segment(&normalised(form, space_before), out);
        }
        if out.len() == first {
            out.push(UNKNOWN);
        }
        out.truncate(first + LONGEST);
    }

    /// Adds the pieces of the best segmentation.
    fn segment(&self, text: &str, out: &mut Vec<u32>) {
        let mut best: Vec<(f32, u32, usize)> = vec![(f32::NEG_INFINITY, UNKNOWN, 0); text.len() + 1];
        best[0].0 = 0.0;
        for (at, c) in text.char_indices() {
            let so_far = best[at].0;
            self.each_prefix(&text.as_bytes()[at..], |length, row| {
                let score = so_far + self.score(row);
                if score > best[at + length].0 {
                    best[at + length] = (score, row, at);
                }
            });
            let next = at + c.len_utf8();
            if so_far + self.unknown > best[next].0 {
                best[next] = (so_far + self.unknown, UNKNOWN, at);
            }
        }
        let first = out.len();
        let mut at = text.len();
        while at > 0 {
            let (_, row, from) = best[at];
            out.push(row);
            at = from;
        }
        out[first..].reverse();
    }

    fn score(&self, row: u32) -> f32 {
        self.scores.get(row as usize).map_or(self.unknown, |score| f32::from_le_bytes(*score))
    }

    /// Calls `found` with the length and the row of each piece that `bytes` begins with.
    fn each_prefix(&self, bytes: &[u8], mut found: impl FnMut(usize, u32)) {
        let mut node = self.rows.root();
        let mut row = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let Some(transition) = node.find_input(*byte).map(|index| node.transition(index)) else { return };
            row += transition.out.value();
            node = self.rows.node(transition.addr);
            if node.is_final() {
                found(at + 1, (row + node.final_output().value()) as u32);
            }
        }
    }
}

/// Characters of Chinese words.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The first characters of a word as the vocabulary spells them.
fn normalised(form: &str, space_before: bool) -> String {
    let mut text = String::with_capacity(form.len() + BLANK.len_utf8());
    if space_before {
        text.push(BLANK);
    }
    let mut blank = false;
    for c in form.chars().take(CHARACTERS) {
        let place = NORMAL.binary_search_by_key(&c, |(from, _)| *from);
        let mut own = [0; 4];
        let becomes =
            place.ok().and_then(|at| NORMAL.get(at)).map_or(&*c.encode_utf8(&mut own), |(_, to)| to);
        for c in becomes.chars() {
            if c != ' ' || !blank {
                text.push(if c == ' ' { BLANK } else { c });
            }
            blank = c == ' ';
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_piece_and_none_too_many() {
        let pieces = Pieces::shipped().unwrap();
        for (form, most) in
            [("", 1), ("\u{0}", 2), ("Haus", 3), (&"x9".repeat(50_000), LONGEST), ("\u{1F9FF}", 2)]
        {
            let mut found = Vec::new();
            pieces.of_word(form, false, false, &mut found);
            assert!((1..=most).contains(&found.len()), "{form:?}: {found:?}");
        }
    }

    #[test]
    fn han_characters_are_cut_apart() {
        let pieces = Pieces::shipped().unwrap();
        let of = |form: &str, apart: bool| {
            let mut found = Vec::new();
            pieces.of_word(form, true, apart, &mut found);
            found
        };
        assert_eq!(
            of("2023年中国", true),
            [of("2023", true), of("年", true), of("中", true), of("国", true)].concat()
        );
        assert_eq!(of("北京", true).len(), 2);
        assert_eq!(of("", true).len(), 1);
    }

    #[test]
    fn blanks_are_written_once() {
        assert_eq!(normalised("10 000\u{a0} ", true), "▁10▁000▁");
    }
}
