//! The order in which the runs of a page are read: columns are told by the white between them.

use super::lines::{Run, is_rtl};

/// Pages with more rows are read from top to bottom.
const MOST_ROWS: usize = 400;
/// Columns side by side have at least so many rows.
const FEWEST_ROWS: usize = 4;
/// Shorter runs are cells of a table, numbers, bullets: no column of text.
const COLUMN_CHARS: usize = 14;

/// A line of a column: runs from left to right.
pub(crate) type Row = Vec<Run>;

/// Columns of rows, in reading order.
pub(crate) fn columns(runs: Vec<Run>) -> Vec<Vec<Row>> {
    let mut out = Vec::new();
    split(runs, 0, &mut out);
    out
}

/// Runs that stand on one line, from top to bottom.
fn rows(runs: Vec<Run>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row)
                if row.last().is_some_and(|last| (last.y - run.y).abs() <= 0.3 * last.size.max(run.size)) =>
            {
                row.push(run);
            }
            _ => rows.push(vec![run]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| one.x.total_cmp(&other.x));
    }
    rows
}

fn split(runs: Vec<Run>, depth: usize, out: &mut Vec<Vec<Row>>) {
    if runs.is_empty() {
        return;
    }
    let mut rows = rows(runs);
    let found = if depth < 8 && rows.len() <= MOST_ROWS { gutter(&rows) } else { None };
    let Some(Gutter { from, until, at }) = found else {
        out.push(rows);
        return;
    };
    let below: Vec<Run> = rows.split_off(until).into_iter().flatten().collect();
    let beside: Vec<Run> = rows.split_off(from).into_iter().flatten().collect();
    let above: Vec<Run> = rows.into_iter().flatten().collect();
    let (left, right): (Vec<Run>, Vec<Run>) = beside.into_iter().partition(|run| run.x < at);
    let from_right = left.iter().chain(&right).filter(|run| run.text.chars().any(is_rtl)).count() * 2
        > left.len() + right.len();
    let (first, second) = if from_right { (right, left) } else { (left, right) };
    for part in [above, first, second, below] {
        split(part, depth + 1, out);
    }
}

/// White between two columns: from row `from` to before row `until`, at `at`.
struct Gutter {
    from: usize,
    until: usize,
    at: f32,
}

/// The gutter that runs over most rows.
fn gutter(rows: &[Row]) -> Option<Gutter> {
    let runs = || rows.iter().flatten();
    let (left, right) = (
        runs().map(|run| run.x).fold(f32::MAX, f32::min),
        runs().map(|run| run.end).fold(f32::MIN, f32::max),
    );
    let mut sizes: Vec<f32> = runs().map(|run| run.size).collect();
    sizes.sort_by(f32::total_cmp);
    let narrowest = sizes.get(sizes.len() / 2)? * 0.7;
    let mut best: Option<Gutter> = None;
    let mut from = 0;
    while from < rows.len() {
        let longest = best.as_ref().map_or(FEWEST_ROWS - 1, |best| best.until - best.from);
        if rows.len() - from <= longest {
            break;
        }
        let mut free = vec![(left, right)];
        for until in from + 1..=rows.len() {
            free = without(&free, rows.get(until - 1)?, narrowest);
            let inner: Vec<f32> = free
                .iter()
                .filter(|(start, end)| *start > left && *end < right)
                .map(|(start, end)| f32::midpoint(*start, *end))
                .collect();
            if free.is_empty() {
                break;
            }
            if until - from > best.as_ref().map_or(longest, |best| best.until - best.from) {
                let stretch = rows.get(from..until).unwrap_or_default();
                if let Some(at) = inner.into_iter().find(|&at| parts(stretch, at)) {
                    best = Some(Gutter { from, until, at });
                }
            }
        }
        from += 1;
    }
    best
}

/// The free stretches less what a row covers.
fn without(free: &[(f32, f32)], row: &Row, narrowest: f32) -> Vec<(f32, f32)> {
    let mut free = free.to_vec();
    for run in row {
        free = free
            .into_iter()
            .flat_map(|(start, end)| [(start, end.min(run.x)), (start.max(run.end), end)])
            .filter(|(start, end)| end - start >= narrowest)
            .collect();
        free.dedup();
    }
    free
}

/// True when white parts columns of text: many rows on both sides, most of them long; the first and the last row have
/// something on both sides or close to it.
fn parts(rows: &[Row], at: f32) -> bool {
    let side = |left: bool| {
        let mut widths: Vec<usize> = rows
            .iter()
            .map(|row| {
                row.iter().filter(|run| (run.x < at) == left).map(|run| run.text.chars().count()).sum()
            })
            .filter(|&width| width > 0)
            .collect();
        widths.sort_unstable();
        let middle = widths.get(widths.len() / 2).copied().unwrap_or_default();
        widths.len() >= FEWEST_ROWS - 1 && middle >= if wide(rows) { COLUMN_CHARS / 2 } else { COLUMN_CHARS }
    };
    side(true) && side(false)
}

/// True for scripts whose characters are as wide as they are high.
fn wide(rows: &[Row]) -> bool {
    let letters = || rows.iter().flatten().flat_map(|run| run.text.chars());
    letters().filter(|&letter| super::paragraphs::is_cjk(letter)).count() * 2 > letters().count()
}
