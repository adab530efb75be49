//! The rows of a column into paragraphs.

use super::lines::is_rtl;
use super::order::Row;

/// A row of one column as text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) x: f32,
    pub(crate) end: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
}

/// A paragraph: lines that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) lines: Vec<Line>,
}

impl Paragraph {
    /// Size of its letters: that of most lines.
    pub(crate) fn size(&self) -> f32 {
        middle(self.lines.iter().map(|line| line.size)).unwrap_or_default()
    }
}

/// The paragraphs of a column.
pub(crate) fn paragraphs(rows: &[Row]) -> Vec<Paragraph> {
    let lines: Vec<Line> = rows.iter().filter_map(line).collect();
    let leading = middle(lines.windows(2).filter_map(|pair| match pair {
        [above, below] => Some(below.y - above.y).filter(|step| *step > 0.0 && *step < 3.0 * below.size),
        _ => None,
    }));
    let left = middle(lines.iter().map(|line| line.x)).unwrap_or_default();
    let right = lines.iter().map(|line| line.end).fold(f32::MIN, f32::max);
    let mut found: Vec<Paragraph> = Vec::new();
    for line in lines {
        let last = found.last_mut().and_then(|paragraph| {
            let above = paragraph.lines.last()?;
            let column = Column { leading, left, right, hangs: hangs(paragraph) };
            runs_on(above, &line, &column).then_some(paragraph)
        });
        match last {
            Some(paragraph) => paragraph.lines.push(line),
            None => found.push(Paragraph { lines: vec![line] }),
        }
    }
    found
}

/// What tells a new paragraph from a line that runs on.
struct Column {
    leading: Option<f32>,
    left: f32,
    right: f32,
    /// The lines of the paragraph but the first are set in.
    hangs: bool,
}

fn hangs(paragraph: &Paragraph) -> bool {
    match paragraph.lines.as_slice() {
        [first, second, ..] => second.x > first.x + 0.5 * second.size,
        _ => false,
    }
}

fn runs_on(above: &Line, line: &Line, column: &Column) -> bool {
    let step = line.y - above.y;
    let size = line.size.max(above.size);
    if step < 0.0 || step > 1.3 * column.leading.unwrap_or(1.3 * size) || step > 2.5 * size {
        return false;
    }
    if (line.size - above.size).abs() > 0.15 * size {
        return false;
    }
    if line.text.starts_with(['•', '▪', '■', '●', '◦', '‣', '–', '—']) || is_numbered(&line.text)
    {
        return false;
    }
    let from_right = line.text.chars().any(is_rtl);
    // Set in, after a line that was not: a new paragraph. So is what comes back to the edge after a hanging one.
    let indent = if from_right { above.end - line.end } else { line.x - above.x };
    let at_edge = if from_right { above.end } else { above.x };
    let edge = if from_right { column.right } else { column.left };
    if indent > 0.8 * size && (at_edge - edge).abs() < 0.5 * size && !ends_open(&above.text) {
        return false;
    }
    if column.hangs && !from_right && above.x - line.x > 0.5 * size && ends_closed(&above.text) {
        return false;
    }
    // A line that ends early, with the end of a sentence, is the last one.
    let room = if from_right { above.x - column.left } else { column.right - above.end };
    let word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let needs = (word as f32 + 1.0) * 0.5 * size;
    !(room > needs.max(2.0 * size) && ends_closed(&above.text) && !line.text.starts_with(char::is_lowercase))
}

/// "1.", "(a)", "iv)" at the beginning of a line.
fn is_numbered(text: &str) -> bool {
    let Some(word) = text.split_whitespace().next().filter(|word| word.chars().count() <= 5) else {
        return false;
    };
    let inner = word.trim_matches(['(', ')', '.', '[', ']']);
    let closes = word.ends_with([')', ']']) && word.starts_with(['(', '[']) || word.ends_with(['.', ')']);
    closes
        && !inner.is_empty()
        && inner.len() < word.len()
        && text.len() > word.len()
        && (inner.chars().all(|letter| letter.is_ascii_digit()) || inner.chars().count() == 1)
}

/// True where a sentence ends.
pub(crate) fn ends_closed(text: &str) -> bool {
    let text = text
        .trim_end_matches(['"', '”', '“', '»', '’', '\'', ')', ']', ' '])
        .trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    text.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '؟', '…', '।'])
}

/// True where a word is cut or a comma wants more.
fn ends_open(text: &str) -> bool {
    text.ends_with(['-', '\u{2010}', '\u{AD}', ','])
}

fn line(row: &Row) -> Option<Line> {
    let from_right = row.iter().filter(|run| run.text.chars().any(is_rtl)).count() * 2 > row.len();
    let x = row.first()?.x;
    let end = row.iter().map(|run| run.end).fold(f32::MIN, f32::max);
    let y = row.first()?.y;
    let size = row.iter().max_by_key(|run| run.text.len())?.size;
    let mut words: Vec<&str> = row.iter().map(|run| run.text.as_str()).collect();
    if from_right {
        words.reverse();
    }
    let text = words.join(" ").trim().to_owned();
    (!text.is_empty()).then_some(Line { text, x, end, y, size })
}

/// Adds a line to the words before it: a word that is cut at the end of the line becomes whole again.
pub(crate) fn join(text: &mut String, line: &str, is_word: &dyn Fn(&str) -> bool) {
    let Some(last) = text.chars().last() else {
        text.push_str(line);
        return;
    };
    let next = line.chars().next().unwrap_or(' ');
    if last == '\u{AD}' {
        text.pop();
    } else if matches!(last, '-' | '\u{2010}') && !text.trim_end_matches(last).ends_with([' ', last]) {
        let head = text.trim_end_matches(last);
        let head = head.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let tail = line.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let is_cut = !head.is_empty()
            && next.is_lowercase()
            && (!is_word(&format!("{head}-{tail}")) || is_word(&format!("{head}{tail}")));
        if is_cut {
            text.pop();
        } else if head.is_empty() {
            text.push(' ');
        }
    } else if !(is_cjk(last) && is_cjk(next)) {
        text.push(' ');
    }
    text.push_str(line);
}

/// True for scripts that are written without spaces, and their punctuation.
pub(crate) fn is_cjk(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

fn middle(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
