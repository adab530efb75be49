//! What is highlighted in an article, and the cutting of its text at the edges of highlights.

use crate::words;
use lagebild_entities::EntityKind;
use lagebild_reading::Reading;
use lagebild_span::Span;

/// A highlighted stretch.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    /// Style class: `m` name, `s` statement, `t` item of a transfer, `r` word of a relation, `v` event; `listed` is added to `m`.
    pub(crate) class: &'static str,
    /// Id in the side panel: `e1`, `s1`, ….
    pub(crate) id: String,
    /// Shown before the first word, and read out: statements and transfers only.
    pub(crate) label: Option<String>,
}

/// All highlights of a reading, in text order.
pub(crate) fn marks(reading: &Reading) -> Vec<Mark> {
    let listed = |id| reading.entities.iter().any(|entity| entity.id == id && !entity.matches.is_empty());
    let country =
        |id| reading.entities.iter().any(|entity| entity.id == id && entity.kind == EntityKind::Country);
    let mut marks: Vec<Mark> = Vec::new();
    for mention in &reading.mentions {
        let class = if listed(mention.entity) {
            "m listed"
        } else if country(mention.entity) {
            "m country"
        } else {
            "m"
        };
        marks.push(Mark { span: mention.span, class, id: mention.entity.to_string(), label: None });
    }
    for statement in &reading.statements {
        let label = format!("{} {}", statement.id, statement.certainty);
        marks.push(Mark {
            span: statement.content,
            class: "s",
            id: statement.id.to_string(),
            label: Some(label),
        });
    }
    for transfer in &reading.transfers {
        let standing = transfer.standing();
        let label = format!("{} {} {}", transfer.id, words::sign(standing), words::standing(standing));
        marks.push(Mark { span: transfer.item, class: "t", id: transfer.id.to_string(), label: Some(label) });
    }
    for relation in &reading.relations {
        let span = relation.evidence.first().copied().unwrap_or(relation.from_words);
        marks.push(Mark { span, class: "r", id: relation.id.to_string(), label: None });
    }
    for event in &reading.events {
        marks.push(Mark { span: event.span, class: "v", id: event.id.to_string(), label: None });
    }
    marks.sort_by_key(|mark| (mark.span.start(), std::cmp::Reverse(mark.span.end())));
    marks
}

/// A stretch of text with the same highlights all along.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) span: Span,
    /// The highlights that cover it.
    pub(crate) over: Vec<&'a Mark>,
    /// Those of them that begin here (in this block).
    pub(crate) begins: Vec<&'a Mark>,
}

/// Cuts a block at the edges of the highlights. Every byte of the block is in exactly one piece.
pub(crate) fn pieces(block: Span, marks: &[Mark]) -> Vec<Piece<'_>> {
    let inside: Vec<&Mark> = marks.iter().filter(|mark| mark.span.overlaps(block)).collect();
    let mut edges = vec![block.start(), block.end()];
    edges.extend(
        inside
            .iter()
            .flat_map(|mark| [mark.span.start().max(block.start()), mark.span.end().min(block.end())]),
    );
    edges.sort_unstable();
    edges.dedup();
    edges
        .windows(2)
        .map(|pair| {
            let span = Span::between(pair[0], pair[1]);
            let over: Vec<&Mark> = inside.iter().copied().filter(|mark| mark.span.overlaps(span)).collect();
            let begins = over
                .iter()
                .copied()
                .filter(|mark| mark.span.start().max(block.start()) == span.start())
                .collect();
            Piece { span, over, begins }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, id: &str) -> Mark {
        Mark { span: Span::new(start, end), class: "s", id: id.into(), label: None }
    }

    #[test]
    fn overlapping_marks_are_cut_without_losing_a_byte() {
        let marks = [mark(2, 8, "a"), mark(5, 12, "b")];
        let pieces = pieces(Span::new(0, 10), &marks);
        let cut: Vec<_> =
            pieces.iter().map(|piece| (piece.span.start(), piece.span.end(), piece.over.len())).collect();
        assert_eq!(cut, [(0, 2, 0), (2, 5, 1), (5, 8, 2), (8, 10, 1)]);
        assert_eq!(pieces.iter().map(|piece| piece.begins.len()).sum::<usize>(), 2);
    }
}
