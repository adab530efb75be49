//! What tesseract answers: a table of words with their places.

use lagebild_formats::{SeenLine, SeenParagraph};

/// Rows of the table that are words.
const WORD: &str = "5";

/// The paragraphs of a page, in tesseract's order.
pub(super) fn paragraphs(table: &str) -> Vec<SeenParagraph> {
    let mut found: Vec<SeenParagraph> = Vec::new();
    let mut last = ("", "", "");
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [WORD, _, block, paragraph, line, _, left, top, width, height, sure, text] = cells.as_slice()
        else {
            continue;
        };
        let numbers: Vec<u32> =
            [left, top, width, height].iter().filter_map(|cell| cell.parse().ok()).collect();
        let (&[left, top, width, height], Ok(sure)) = (numbers.as_slice(), sure.parse::<f32>()) else {
            continue;
        };
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let edges = [left, top, left.saturating_add(width), top.saturating_add(height)];
        let here = (*block, *paragraph, *line);
        let same_paragraph = !found.is_empty() && (last.0, last.1) == (here.0, here.1);
        if !same_paragraph {
            found.push(Vec::new());
        }
        if let Some(lines) = found.last_mut() {
            match lines.last_mut().filter(|_| same_paragraph && last.2 == here.2) {
                Some(known) => add(known, text, edges, sure),
                None => lines.push(SeenLine { text: text.to_owned(), edges, sure: vec![sure] }),
            }
        }
        last = here;
    }
    found
}

fn add(line: &mut SeenLine, word: &str, edges: [u32; 4], sure: f32) {
    let stands_close = |letter: Option<char>| letter.is_some_and(is_of_chinese);
    if !(stands_close(line.text.chars().next_back()) && stands_close(word.chars().next())) {
        line.text.push(' ');
    }
    line.text.push_str(word);
    let [left, top, right, bottom] = line.edges;
    line.edges = [left.min(edges[0]), top.min(edges[1]), right.max(edges[2]), bottom.max(edges[3])];
    line.sure.push(sure);
}

/// True for signs between which Chinese and Japanese have no blanks.
fn is_of_chinese(letter: char) -> bool {
    matches!(letter, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines_and_paragraphs() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t900\t900\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t20\t40\t12\t96.5\tTwo\n\
            5\t1\t1\t1\t1\t2\t60\t18\t40\t12\t90\tships\n\
            5\t1\t1\t1\t2\t1\t10\t40\t40\t12\t80\tleft.\n\
            5\t1\t1\t2\t1\t1\t10\t80\t20\t12\t70\t两\n\
            5\t1\t1\t2\t1\t2\t30\t80\t20\t12\t70\t艘\n\
            5\t1\t1\t2\t2\t1\t30\t80\t20\t12\t95\t \n\
            broken\n";
        let found = paragraphs(table);
        let texts: Vec<Vec<&str>> =
            found.iter().map(|lines| lines.iter().map(|line| line.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["Two ships", "left."], vec!["两艘"]]);
        assert_eq!(found[0][0].edges, [10, 18, 100, 32]);
        assert_eq!(found[0][0].sure, [96.5, 90.0]);
    }
}
