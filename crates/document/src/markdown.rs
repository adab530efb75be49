//! Markdown into chunks. The text stays the file's content, so a block holds its inline marks.

use crate::blocks::{Chunk, Hint};
use crate::dates;
use crate::draft::{Draft, language_code};
use crate::model::BlockKind;
use lagebild_span::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use std::ops::Range;

/// A Markdown text with what its front matter says of it.
pub(crate) fn draft(text: String) -> Draft {
    let mut draft = Draft { chunks: chunks(&text), ..Draft::default() };
    for (key, value) in front_matter(&text) {
        match key {
            "title" => draft.title = Some(value.to_string()),
            "date" | "published" => draft.published = dates::machine_date(value),
            "lang" | "language" => draft.language = language_code(value),
            "url" | "link" => draft.url = Some(value.to_string()),
            _ => {}
        }
    }
    draft.text = text;
    draft
}

/// The simple entries (`key: value`) between the two lines of dashes at the start of the file.
fn front_matter(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let inside =
        text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map_or("", |(inside, _)| inside);
    inside
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim().trim_matches(['"', '\''])))
        .filter(|(_, value)| !value.is_empty())
}

/// The chunks of a Markdown text, in order.
fn chunks(text: &str) -> Vec<Chunk> {
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);
    let mut chunks = Chunks { text, found: Vec::new(), covered: 0 };
    let mut headline = false;
    let mut in_item = 0_usize;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let is_first = level == HeadingLevel::H1 && !headline;
                headline |= is_first;
                chunks
                    .add(range, Hint::Is(if is_first { BlockKind::Headline } else { BlockKind::Subheading }));
            }
            Event::Start(Tag::Item) => {
                in_item += 1;
                chunks.fill_to(range.start);
            }
            Event::End(pulldown_cmark::TagEnd::Item) => {
                chunks.add_rest(range.end, Hint::Is(BlockKind::ListItem));
                in_item = in_item.saturating_sub(1);
            }
            Event::Start(Tag::List(_)) if in_item > 0 => {
                chunks.add_rest(range.start, Hint::Is(BlockKind::ListItem));
            }
            Event::Start(Tag::Paragraph) if in_item == 0 => chunks.add(range, Hint::Unknown),
            Event::Start(Tag::TableHead | Tag::TableRow) => chunks.add(range, Hint::Is(BlockKind::ListItem)),
            Event::Start(Tag::MetadataBlock(_)) => chunks.add(range, Hint::Is(BlockKind::Boilerplate)),
            Event::Start(Tag::CodeBlock(_)) if in_item == 0 => chunks.add(range, Hint::Body),
            _ => {}
        }
    }
    chunks.fill_to(text.len());
    chunks.found
}

/// Chunks in order, with what lies between them.
struct Chunks<'a> {
    text: &'a str,
    found: Vec<Chunk>,
    covered: usize,
}

impl Chunks<'_> {
    /// Adds a chunk, and before it what no event spoke of.
    fn add(&mut self, range: Range<usize>, hint: Hint) {
        if range.start >= self.covered {
            self.fill_to(range.start);
            self.add_rest(range.end, hint);
        }
    }

    /// Adds all that is not covered yet before `end` as one chunk.
    fn add_rest(&mut self, end: usize, hint: Hint) {
        if end > self.covered {
            let span = Span::new(self.covered, end).trimmed(self.text);
            self.covered = end;
            if !span.is_empty() {
                self.found.push(Chunk { span, hint });
            }
        }
    }

    /// Marks between blocks (quote signs, rules, raw HTML, link definitions) are kept as plain text.
    fn fill_to(&mut self, start: usize) {
        if start > self.covered {
            self.found.extend(crate::plain::chunks_within(self.text, Span::new(self.covered, start)));
            self.covered = start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_keep_their_places_in_the_file() {
        let text = "# Kim in Russia\n\nThe train **arrived**.\n\n## What he wants\n\n- shells\n  - 152 mm\n- oil\n\n> quoted\n";
        let found: Vec<(&str, Hint)> = chunks(text).iter().map(|c| (c.span.of(text), c.hint)).collect();
        assert_eq!(
            found,
            [
                ("# Kim in Russia", Hint::Is(BlockKind::Headline)),
                ("The train **arrived**.", Hint::Unknown),
                ("## What he wants", Hint::Is(BlockKind::Subheading)),
                ("- shells", Hint::Is(BlockKind::ListItem)),
                ("- 152 mm", Hint::Is(BlockKind::ListItem)),
                ("- oil", Hint::Is(BlockKind::ListItem)),
                (">", Hint::Unknown),
                ("quoted", Hint::Unknown),
            ]
        );
    }
}
