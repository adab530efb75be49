//! What stands between two words.

/// What stands between a part and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: letters and figures side by side.
    None,
    /// Nothing, in a script that parts no words: each Chinese character is a part.
    Han,
    /// White space on one line.
    Space,
    /// White space with a line break.
    Line,
    /// One hyphen and nothing else.
    Hyphen,
    /// One dash of a range or pair, and nothing else: `100–125`.
    Dash,
    /// One apostrophe and nothing else.
    Apostrophe,
    /// An apostrophe and then white space: `the soldiers' rifles`.
    Genitive,
    /// A hyphen or dash and then white space: `Weizenmehl- und …`.
    Hanging,
    /// One slash, perhaps in spaces.
    Slash,
    /// One comma, perhaps in spaces.
    Comma,
    /// One full stop without white space behind it: `U.S.`, `5.45`.
    Point,
    /// One full stop and white space on one line: the end of a sentence, an initial or an abbreviation.
    FullStop,
    /// Other marks inside a sentence.
    Mark,
    /// Another end of a sentence, a blank line, the beginning of the text.
    End,
}

impl Gap {
    /// The kind of what stands between two parts.
    pub(super) fn of(between: &str) -> Self {
        let mut chars = between.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Self::None,
            (Some(' ' | '\u{a0}' | '\u{202f}'), None) => Self::Space,
            (Some(c), None) if is_hyphen(c) => Self::Hyphen,
            (Some(c), None) if is_apostrophe(c) => Self::Apostrophe,
            (Some('–'), None) => Self::Dash,
            (Some(c), Some(next)) if next.is_whitespace() && (is_hyphen(c) || c == '–') => Self::Hanging,
            _ if between.contains(['\n', '\r']) => Self::across_lines(between),
            _ => Self::on_line(between),
        }
    }

    fn on_line(between: &str) -> Self {
        match between.trim() {
            "" => Self::Space,
            "/" => Self::Slash,
            "," => Self::Comma,
            "." if between.ends_with('.') => Self::Point,
            "." => Self::FullStop,
            _ if between.starts_with(is_apostrophe) && between.chars().skip(1).all(char::is_whitespace) => {
                Self::Genitive
            }
            _ if closes_sentence(between) => Self::End,
            _ => Self::Mark,
        }
    }

    fn across_lines(between: &str) -> Self {
        match between.bytes().filter(|&b| b == b'\n').count() {
            2.. => Self::End,
            _ if closes_sentence(between) => Self::End,
            _ if between.chars().all(char::is_whitespace) => Self::Line,
            _ => Self::Mark,
        }
    }

    /// True for white space within a paragraph.
    pub fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::Line)
    }

    /// True for one hyphen, dash or apostrophe: the parts are written as one.
    pub fn is_tight(self) -> bool {
        matches!(self, Self::Hyphen | Self::Dash | Self::Apostrophe)
    }

    /// True for white space or one tight sign: nothing parts the two.
    pub fn runs_on(self) -> bool {
        self == Self::Han || self.is_space() || self.is_tight()
    }

    /// True where no punctuation stands: also for nothing at all, a hanging hyphen, a genitive.
    pub fn is_plain(self) -> bool {
        self.runs_on() || matches!(self, Self::None | Self::Hanging | Self::Genitive)
    }

    /// True for an apostrophe, also with white space behind it.
    pub fn is_apostrophe(self) -> bool {
        matches!(self, Self::Apostrophe | Self::Genitive)
    }

    /// True for one full stop, also with white space behind it.
    pub fn is_dot(self) -> bool {
        matches!(self, Self::Point | Self::FullStop)
    }

    /// True when a sentence may end here.
    pub fn ends(self) -> bool {
        matches!(self, Self::FullStop | Self::End)
    }

    /// True when a name may go on over it.
    pub fn joins(self) -> bool {
        matches!(
            self,
            Self::Han | Self::Space | Self::Hyphen | Self::Apostrophe | Self::Genitive | Self::Slash
        )
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// A mark that ends sentences, with white space, a quotation mark or a bracket behind it.
fn closes_sentence(between: &str) -> bool {
    if between.contains(['。', '！', '？']) {
        return true;
    }
    let mut chars = between.chars().skip_while(|c| !matches!(c, '.' | '!' | '?' | '…')).skip(1);
    chars.next().is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '»' | ')'))
}

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::Gap::{self, *};

    fn gaps(text: &str) -> Vec<Gap> {
        Words::new(text).parts().iter().map(|part| part.gap).collect()
    }

    #[test]
    fn tells_the_gaps_apart() {
        assert_eq!(
            gaps("Mehl- und Öl. Neu\n\nda (und) so"),
            [End, Hanging, Space, FullStop, End, Mark, Mark]
        );
        assert_eq!(gaps("100–125mm; Putin-Kim / Xi"), [End, Dash, None, Mark, Hyphen, Slash]);
        assert_eq!(
            gaps("Miller's U.S. trip,\nthe men's, 5.45"),
            [End, Apostrophe, Space, Point, FullStop, Mark, Space, Apostrophe, Comma, Point]
        );
        assert_eq!(gaps("soldiers' arms\nwent! “Why?” he"), [End, Genitive, Line, End, End]);
    }
}
