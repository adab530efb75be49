//! The simple language of user-facing search boxes: `+` and, `|` or, `-` not, `"…"` phrases, `word*`, `word~2`,
//! brackets. Whatever makes no sense is taken as text.

use super::{Fuzzy, Node, Occur};

/// Reads a query; every text is one.
pub fn parse(text: &str) -> Node {
    let mut clauses: Vec<(Occur, Node)> = Vec::new();
    let mut or = false;
    for piece in pieces(text) {
        if piece == "|" {
            or = true;
            continue;
        }
        let (not, piece) = match piece.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, piece.trim_start_matches('+')),
        };
        let Some(node) = node(piece) else { continue };
        if or && let Some((last, _)) = clauses.last_mut().filter(|(last, _)| *last == Occur::Must) {
            *last = Occur::Should;
        }
        let occur = match (not, or) {
            (true, _) => Occur::MustNot,
            (false, true) => Occur::Should,
            (false, false) => Occur::Must,
        };
        clauses.push((occur, node));
        or = false;
    }
    if clauses.is_empty() { Node::All } else { Node::Group(clauses) }
}

/// Words, quotations with their marks, and `|`.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                piece.push('"');
            }
            letter if quoted => piece.push(letter),
            ' ' | '\t' | '\r' | '\n' | '(' | ')' => pieces.push(std::mem::take(&mut piece)),
            '|' => {
                pieces.push(std::mem::take(&mut piece));
                pieces.push("|".into());
            }
            letter => piece.push(letter),
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn node(piece: &str) -> Option<Node> {
    if let Some(phrase) = piece.strip_prefix('"') {
        let text = phrase.split('"').next().unwrap_or_default().to_owned();
        return Some(Node::Phrase { field: None, text, slop: 0 });
    }
    let (text, like) = piece.split_once('~').map_or((piece, None), |(text, like)| (text, Some(like)));
    let fuzzy =
        like.map(|digits| digits.parse().map_or(Fuzzy::Auto, |letters: u8| Fuzzy::Letters(letters.min(2))));
    let wild = text.ends_with('*');
    let text = text.trim_end_matches('*').replace(['*', '?', '"'], " ");
    let text = if wild { text + "*" } else { text };
    let says_something = text.chars().any(char::is_alphanumeric);
    says_something.then_some(Node::Word { field: None, text, fuzzy, wild })
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::query::{Node, Occur};

    #[test]
    fn operators_count_and_nonsense_does_not_fail() {
        let Node::Group(clauses) = parse("anna +muster -berlin \"a b\" | x* invalid/query ( \" ^") else {
            unreachable!("a group")
        };
        let occurs: Vec<Occur> = clauses.iter().map(|(occur, _)| *occur).collect();
        assert_eq!(occurs[..3], [Occur::Must, Occur::Must, Occur::MustNot]);
        assert!(
            clauses
                .iter()
                .any(|(occur, node)| *occur == Occur::Should && matches!(node, Node::Phrase { .. }))
        );
        assert_eq!(parse("  "), Node::All);
    }
}
