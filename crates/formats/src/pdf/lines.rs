//! Characters into runs of a line: stretches without a wide gap.

use super::glyphs::Char;

/// A gap of this share of the size of the font is a space.
const SPACE: f32 = 0.17;
/// A gap of this share ends a run: what follows may be another column or cell.
const BREAK: f32 = 0.9;

/// A stretch of one line.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) x: f32,
    pub(crate) end: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
}

/// The runs of a page, from top to bottom, those of one line from left to right.
pub(crate) fn runs(mut chars: Vec<Char>) -> Vec<Run> {
    // What is printed twice, one over the other, is bold.
    chars.dedup_by(|next, first| {
        (next.x - first.x).abs() < 0.08 * first.size
            && (next.y - first.y).abs() < 0.08 * first.size
            && next.text.first() == first.text.first()
            && next.text.first() != ' '
    });
    let mut runs: Vec<Run> = Vec::new();
    for line in by_line(chars) {
        cut(line, &mut runs);
    }
    runs
}

/// The characters by the lines that they stand on, from the top; within a line from the left.
fn by_line(mut chars: Vec<Char>) -> Vec<Vec<Char>> {
    // Stable: what stands at one place stays in the order in which it was printed.
    chars.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut lines: Vec<Vec<Char>> = Vec::new();
    let mut base = (f32::MIN, 0.0);
    for letter in chars {
        // Figures of notes and the like stand a little off the line of the larger letters.
        let apart = (letter.y - base.0).abs();
        let same = apart <= 0.2 * letter.size.max(base.1)
            || apart <= 0.65 * letter.size.min(base.1)
                && letter.size.max(base.1) > 1.2 * letter.size.min(base.1);
        match lines.last_mut() {
            Some(line) if same => {
                if letter.size > base.1 * 1.2 {
                    base = (letter.y, letter.size);
                }
                line.push(letter);
            }
            _ => {
                base = (letter.y, letter.size);
                lines.push(vec![letter]);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
    }
    lines
}

/// Cuts a line at its wide gaps.
fn cut(line: Vec<Char>, runs: &mut Vec<Run>) {
    let mut stretch: Vec<Char> = Vec::new();
    let mut spaces: Vec<bool> = Vec::new();
    let mut end = f32::MIN;
    let mut space = false;
    for letter in line {
        if letter.text.first() == ' ' {
            space = !stretch.is_empty();
            continue;
        }
        let size = stretch.last().map_or(letter.size, |last: &Char| last.size.max(letter.size));
        let gap = letter.x - end;
        if !stretch.is_empty() && gap > BREAK * size {
            runs.extend(run(&stretch, &spaces));
            stretch.clear();
            spaces.clear();
            space = false;
        }
        // The figure of a note does not belong to the word that it follows.
        let note = stretch.last().is_some_and(|last| {
            letter.text.first().is_numeric()
                && letter.size < 0.8 * last.size
                && letter.y < last.y - 0.1 * last.size
        });
        spaces.push(!stretch.is_empty() && (space || gap > SPACE * size || note));
        space = false;
        end = letter.end.max(letter.x);
        stretch.push(letter);
    }
    runs.extend(run(&stretch, &spaces));
}

/// The text of a stretch in the order in which it is read.
fn run(stretch: &[Char], spaces: &[bool]) -> Option<Run> {
    let (first, last) = (stretch.first()?, stretch.last()?);
    let mut sizes: Vec<f32> = stretch.iter().map(|letter| letter.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied()?;
    let mut ys: Vec<f32> = stretch.iter().map(|letter| letter.y).collect();
    ys.sort_by(f32::total_cmp);
    let y = ys.get(ys.len() / 2).copied()?;
    let (x, end) = (first.x, last.end.max(last.x));
    let mut words: Vec<String> = Vec::new();
    for (letter, &space) in stretch.iter().zip(spaces) {
        if space {
            words.push(" ".into());
        }
        let mut text = String::new();
        letter.text.push_to(&mut text);
        words.push(text);
    }
    if stretch.iter().any(|letter| is_rtl(letter.text.first())) {
        words = logical(words);
    }
    let text = words.concat();
    Some(Run { text, x, end, y, size })
}

/// True for letters of Hebrew, Arabic and other scripts that run from the right.
pub(crate) fn is_rtl(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !matches!(letter, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

/// From the order on the page to that of reading, in a line that runs from the right: reversed, but for the words and
/// numbers in it that run from the left.
fn logical(mut pieces: Vec<String>) -> Vec<String> {
    pieces.reverse();
    let from_left = |piece: &String| {
        piece.chars().next().is_some_and(|letter| letter.is_alphanumeric() && !is_rtl(letter))
    };
    let mut at = 0;
    while at < pieces.len() {
        if !pieces.get(at).is_some_and(from_left) {
            at += 1;
            continue;
        }
        // Up to the last piece that runs from the left before one that runs from the right.
        let rest = pieces.get(at..).unwrap_or_default();
        let until = rest.iter().position(|piece| piece.chars().any(is_rtl)).unwrap_or(rest.len());
        let end = rest
            .get(..until)
            .unwrap_or_default()
            .iter()
            .rposition(from_left)
            .map_or(at + 1, |last| at + last + 1);
        if let Some(stretch) = pieces.get_mut(at..end) {
            stretch.reverse();
        }
        at = end;
    }
    for piece in &mut pieces {
        if let Some(mirrored) = mirror(piece) {
            *piece = mirrored.into();
        }
    }
    pieces
}

/// Brackets look the other way in a line from the right.
fn mirror(piece: &str) -> Option<&'static str> {
    Some(match piece {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "«" => "»",
        "»" => "«",
        _ => return None,
    })
}
