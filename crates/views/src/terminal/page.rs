//! A page of text with headings, wrapped lines and a few styles. Colour is written as ANSI codes; the caller
//! strips them where the output is not a terminal or `NO_COLOR` is set.

use anstyle::{AnsiColor, Style};
use lagebild_transfers::Standing;
use std::fmt::Write;

/// Narrower than this, lines are left to the terminal.
const NARROWEST: usize = 40;

/// Text being laid out.
pub struct Page {
    width: usize,
    out: String,
}

impl Page {
    /// An empty page of `width` columns.
    pub fn new(width: usize) -> Self {
        Self { width: width.max(NARROWEST), out: String::new() }
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.out
    }

    /// A blank line.
    pub(crate) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// The title of a document.
    pub(crate) fn title(&mut self, text: &str) {
        self.wrapped(text, "", "", BOLD);
    }

    /// A section's heading, with a rule to the right edge.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        let used = unicode_width::UnicodeWidthStr::width(text) + 1;
        let rule = "─".repeat(self.width.saturating_sub(used));
        let _ = writeln!(self.out, "{HEADING}{text}{HEADING:#} {DIM}{rule}{DIM:#}");
    }

    /// A paragraph: `first` before its first line, `rest` before the others.
    pub(crate) fn wrapped(&mut self, text: &str, first: &str, rest: &str, style: Style) {
        let options = textwrap::Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(self.out, "{style}{}{style:#}", line.trim_end());
        }
    }

    /// A plain paragraph with a hanging indent.
    pub(crate) fn text(&mut self, indent: usize, text: &str) {
        let pad = " ".repeat(indent);
        self.wrapped(text, &pad, &pad, Style::new());
    }

    /// Secondary information.
    pub(crate) fn note(&mut self, indent: usize, text: &str) {
        let pad = " ".repeat(indent);
        self.wrapped(text, &pad, &pad, DIM);
    }

    /// Exact words of the source, in quotation marks with a bar, and where they are.
    pub(crate) fn quote(&mut self, indent: usize, words: &str, place: &str) {
        let bar = format!("{}│ ", " ".repeat(indent));
        self.wrapped(&format!("“{words}” {place}"), &bar, &bar, QUOTE);
    }

    /// One line with a marked beginning, cut where it would be longer than the page.
    pub(crate) fn line(&mut self, mark: &str, style: Style, text: &str) {
        let room = self.width.saturating_sub(unicode_width::UnicodeWidthStr::width(mark) + 2);
        let text = cut(text, room);
        let _ = match mark {
            "" => writeln!(self.out, "{style}{text}{style:#}"),
            mark => writeln!(self.out, "{style}{mark}{style:#}  {text}"),
        };
    }

    /// A line with a marked beginning: `s1 CT+ …`.
    pub(crate) fn item(&mut self, mark: &str, style: Style, text: &str) {
        let first = format!("  {mark} ");
        // A mark as wide as the page leaves no room beside it: the text goes on below.
        let room = unicode_width::UnicodeWidthStr::width(first.as_str());
        if room * 2 > self.width {
            let first = format!("  {mark}");
            for (at, line) in textwrap::wrap(&first, self.width).iter().enumerate() {
                let pad = if at > 0 { "    " } else { "" };
                let _ = writeln!(self.out, "{pad}{style}{}{style:#}", line.trim_end());
            }
            return self.text(4, text);
        }
        let indent = " ".repeat(room);
        let options = textwrap::Options::new(self.width).initial_indent(&first).subsequent_indent(&indent);
        for (at, line) in textwrap::wrap(text, options).iter().enumerate() {
            let line = line.trim_end();
            let _ = match line.strip_prefix(first.as_str()) {
                Some(rest) if at == 0 => writeln!(self.out, "  {style}{mark}{style:#} {rest}"),
                _ => writeln!(self.out, "{line}"),
            };
        }
    }
}

/// The text, or as much of it as fits with an ellipsis.
fn cut(text: &str, room: usize) -> String {
    if unicode_width::UnicodeWidthStr::width(text) <= room {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
        used <= room
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.truncate(cut.trim_end().len());
    cut + "…"
}

/// Titles.
pub(crate) const BOLD: Style = Style::new().bold();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const DIM: Style = Style::new().dimmed();
const QUOTE: Style = Style::new().italic();
/// Something that an analyst has to look at.
pub(crate) const ALERT: Style = AnsiColor::Red.on_default().bold();
/// Something possible.
pub(crate) const MAYBE: Style = AnsiColor::Yellow.on_default();
/// Something denied.
pub(crate) const DENIED: Style = AnsiColor::Magenta.on_default();
/// Something told as certain.
pub(crate) const PLAIN: Style = AnsiColor::Green.on_default();

/// The style of a standing; word and sign differ too.
pub(crate) fn of_standing(standing: Standing) -> Style {
    match standing {
        Standing::Certain => PLAIN,
        Standing::Probable => AnsiColor::Cyan.on_default(),
        Standing::Planned => AnsiColor::Blue.on_default(),
        Standing::Possible => MAYBE,
        Standing::Wished => AnsiColor::BrightBlue.on_default(),
        Standing::Open => AnsiColor::BrightYellow.on_default(),
        Standing::Cancelled => AnsiColor::BrightBlack.on_default(),
        Standing::Doubted => AnsiColor::BrightMagenta.on_default(),
        Standing::Denied => DENIED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut page = Page::new(80);
        page.item("s12 CT+", PLAIN, &"Wort ".repeat(60));
        page.quote(6, &"길고 긴 문장 ".repeat(30), "[10–20]");
        let text = anstream_free(&page.finish());
        assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{text}");
    }

    /// The text without ANSI codes.
    fn anstream_free(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('\u{1b}') {
            out.push_str(&rest[..at]);
            rest = rest[at..].split_once('m').map_or("", |(_, after)| after);
        }
        out + rest
    }
}
