//! The pieces of a tree of elements, in reading order: one for each paragraph, heading, item, caption, row.

use super::is_one_of;
use crate::blocks::Hint;
use crate::model::BlockKind;
use dom_query::NodeRef;

/// A piece of the page's text and what its tag says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) words: String,
    pub(super) hint: Hint,
}

/// Elements whose text is not for readers.
const UNREAD: [&str; 17] = [
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "video", "audio",
    "canvas", "button", "select", "textarea", "form", "nav",
];

/// Elements that stand in a line of text. All others break it.
const INLINE: [&str; 36] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "rp", "rt", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];

/// The pieces below a node. The walk keeps its own stack, so depth is no danger.
pub(super) fn of(root: &NodeRef) -> Vec<Piece> {
    let mut walk =
        Walk { pieces: Vec::new(), words: String::new(), linked: 0, links: 0, hints: vec![Hint::Body] };
    let mut waiting = vec![Step::Enter(*root)];
    while let Some(step) = waiting.pop() {
        match step {
            Step::Enter(node) if node.is_text() => walk.text(&node.text()),
            Step::Enter(node) => {
                if is_one_of(&node, &UNREAD) || is_hidden(&node) {
                    continue;
                }
                if node.has_name("br") {
                    walk.end_piece();
                    continue;
                }
                walk.enter(&node);
                waiting.push(Step::Leave(node));
                waiting.extend(node.children_it(true).map(Step::Enter));
            }
            Step::Leave(node) => walk.leave(&node),
        }
    }
    walk.end_piece();
    walk.pieces
}

/// All words below a node, as one line.
pub(super) fn words(node: &NodeRef) -> String {
    let pieces: Vec<String> = of(node).into_iter().map(|piece| piece.words).collect();
    normal(&pieces.join(" "))
}

/// Text with single spaces, without soft hyphens and other marks that have no width.
pub(super) fn normal(text: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}');
    let visible: String = text.chars().filter(seen).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

struct Walk {
    pieces: Vec<Piece>,
    /// The words of the piece that is being gathered.
    words: String,
    /// The words of it that stand in links, in bytes.
    linked: usize,
    /// How many links are open.
    links: usize,
    /// What the elements around say, innermost last.
    hints: Vec<Hint>,
}

impl Walk {
    fn text(&mut self, text: &str) {
        self.words.push_str(text);
        if self.links > 0 {
            self.linked += text.trim().len();
        }
    }

    fn enter(&mut self, node: &NodeRef) {
        self.links += usize::from(node.has_name("a"));
        if is_inline(node) {
            return;
        }
        if is_data_cell(node) {
            let begun = !self.words.trim().is_empty();
            self.words.push_str(if begun { " | " } else { " " });
            return;
        }
        self.end_piece();
        let around = self.hints.last().copied().unwrap_or(Hint::Body);
        self.hints.push(hint(node).unwrap_or(around));
    }

    fn leave(&mut self, node: &NodeRef) {
        self.links -= usize::from(node.has_name("a"));
        if is_inline(node) || is_data_cell(node) {
            return;
        }
        self.end_piece();
        self.hints.pop();
    }

    /// Ends the piece that is being gathered. One that is nothing but a link leads to another article.
    fn end_piece(&mut self) {
        let hint = self.hints.last().copied().unwrap_or(Hint::Body);
        let words = std::mem::take(&mut self.words);
        let all_linked = std::mem::take(&mut self.linked) >= words.trim().len();
        let is_link =
            all_linked && matches!(hint, Hint::Body | Hint::Unknown | Hint::Is(BlockKind::ListItem));
        let hint = if is_link { Hint::Is(BlockKind::Boilerplate) } else { hint };
        let words = normal(&words);
        if !words.is_empty() {
            self.pieces.push(Piece { words, hint });
        }
    }
}

fn is_inline(node: &NodeRef) -> bool {
    !node.is_element() || is_one_of(node, &INLINE)
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|value| value.as_ref() == "true")
}

/// What a tag says of its text.
fn hint(node: &NodeRef) -> Option<Hint> {
    let name = node.node_name()?;
    let kind = match name.as_ref() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" => BlockKind::Subheading,
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "tr" if is_data_row(node) => BlockKind::ListItem,
        "figcaption" | "caption" => BlockKind::Caption,
        "aside" | "footer" => BlockKind::Boilerplate,
        "p" if is_bold(node) => return Some(Hint::Unknown),
        _ => return None,
    };
    Some(Hint::Is(kind))
}

/// A row of a table of data: its cells hold nothing that would be a block of its own, as those of old page layouts do.
fn is_data_row(row: &NodeRef) -> bool {
    const BLOCKS: [&str; 10] = ["p", "div", "br", "table", "ul", "ol", "h1", "h2", "h3", "section"];
    row.has_name("tr") && !row.descendants_it().any(|node| is_one_of(&node, &BLOCKS))
}

fn is_data_cell(node: &NodeRef) -> bool {
    is_one_of(node, &["td", "th"]) && node.parent().is_some_and(|row| is_data_row(&row))
}

/// A paragraph wholly in bold type may be a heading.
fn is_bold(node: &NodeRef) -> bool {
    let bold = |child: &NodeRef| is_one_of(child, &["b", "strong"]);
    let mut children =
        node.children_it(false).filter(|child| !child.is_text() || !child.text().trim().is_empty());
    children.next().is_some_and(|child| bold(&child)) && children.next().is_none()
}
