//! Text as folded words: lower case, `ß` as `ss`, `ё` as `е`, letters with combining marks composed, and a
//! border between letters and digits, so that `KN-23`, `KN 23` and `KN23` are the same two words.

use lagebild_span::Span;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing: letters and digits side by side.
    None,
    /// White space without a blank line.
    Space,
    /// One hyphen, dash or apostrophe and nothing else.
    Tight,
    /// A hyphen and then white space: `Weizenmehl- und …`.
    Hanging,
    /// Other punctuation inside a sentence.
    Mark,
    /// The end of a sentence, or a blank line.
    Stop,
}

/// A word or number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands in the text.
    pub(crate) span: Span,
    fold: Span,
    /// Its first letter is a capital one.
    pub(crate) capital: bool,
    /// It is made of digits.
    pub(crate) number: bool,
    /// What stands before it.
    pub(crate) gap: Gap,
}

/// The words of a text and their folded forms.
pub(crate) struct Tokens<'t> {
    /// The text itself.
    pub(crate) text: &'t str,
    folded: String,
    list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Splits a text.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut tokens = Self {
            text,
            folded: String::with_capacity(text.len()),
            list: Vec::with_capacity(text.len() / 6),
        };
        let mut chars = text.char_indices().peekable();
        let mut last_end = 0;
        while let Some(&(start, first)) = chars.peek() {
            if !is_word(first) {
                chars.next();
                continue;
            }
            let number = first.is_numeric();
            let fold_start = tokens.folded.len();
            let mut end = start;
            while let Some(&(at, c)) = chars.peek() {
                if !(is_word(c) && c.is_numeric() == number || is_joined(c)) {
                    break;
                }
                fold_into(c, &mut tokens.folded);
                end = at + c.len_utf8();
                chars.next();
            }
            let gap = gap_of(text.get(last_end..start).unwrap_or_default(), last_end == 0);
            tokens.list.push(Token {
                span: Span::new(start, end),
                fold: Span::new(fold_start, tokens.folded.len()),
                capital: first.is_uppercase(),
                number,
                gap,
            });
            last_end = end;
        }
        tokens
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// The folded form of the word at a place; empty where there is none.
    pub(crate) fn folded(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| token.fold.of(&self.folded))
    }

    /// What stands before the word at a place; the end of a sentence where there is no word.
    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.list.get(at).map_or(Gap::Stop, |token| token.gap)
    }

    /// The words as printed.
    pub(crate) fn printed(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// The span from one word to another, both included.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        match (self.list.get(first), self.list.get(last)) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// Places of up to `reach` words before and after `first..=last` in the same sentence.
    pub(crate) fn around(&self, first: usize, last: usize, reach: usize) -> impl Iterator<Item = usize> + '_ {
        let before = (0..first).rev().take(reach).scan(true, move |open, at| {
            *open = *open && self.gap(at + 1) != Gap::Stop;
            open.then_some(at)
        });
        let after = (last + 1..self.len()).take(reach).take_while(|&at| self.gap(at) != Gap::Stop);
        before.chain(after)
    }
}

/// The folded form of one word.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    word.chars().for_each(|c| fold_into(c, &mut folded));
    folded
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && c != '㎜')
}

/// Combining marks and the soft hyphen belong to the word that they stand in.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

fn fold_into(c: char, folded: &mut String) {
    match c {
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'ё' | 'Ё' => folded.push('е'),
        '\u{300}'..='\u{36f}' | '\u{ad}' => compose(c, folded),
        _ => folded.extend(c.to_lowercase()),
    }
}

/// Joins a combining mark to the letter before it, for the letters that the languages of the data need.
fn compose(mark: char, folded: &mut String) {
    let composed = match (folded.chars().next_back(), mark) {
        (Some('a'), '\u{308}') => 'ä',
        (Some('o'), '\u{308}') => 'ö',
        (Some('u'), '\u{308}') => 'ü',
        (Some('e'), '\u{301}') => 'é',
        (Some('e'), '\u{300}') => 'è',
        (Some('e'), '\u{302}') => 'ê',
        (Some('и'), '\u{306}') => 'й',
        _ => return,
    };
    folded.pop();
    folded.push(composed);
}

fn gap_of(between: &str, at_start: bool) -> Gap {
    let mut chars = between.chars();
    match (chars.next(), chars.next()) {
        _ if at_start => Gap::Stop,
        (None, _) => Gap::None,
        (Some(' ' | '\u{a0}' | '\u{202f}'), None) => Gap::Space,
        (Some(c), None) if is_tight(c) => Gap::Tight,
        (Some(c), Some(next)) if is_tight(c) && next.is_whitespace() => Gap::Hanging,
        _ if is_stop(between) => Gap::Stop,
        _ if between.chars().all(char::is_whitespace) => Gap::Space,
        _ => Gap::Mark,
    }
}

fn is_tight(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '\'' | '’')
}

fn is_stop(between: &str) -> bool {
    let lines = between.bytes().filter(|&b| b == b'\n').count();
    let mut chars = between.chars().skip_while(|c| !matches!(c, '.' | '!' | '?' | '…' | '。')).skip(1);
    lines > 1 || chars.next().is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '»' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text);
        (0..tokens.len()).map(|at| tokens.folded(at).to_string()).collect()
    }

    #[test]
    fn letters_and_digits_part() {
        assert_eq!(words("KN-23 KN23 152-mm"), ["kn", "23", "kn", "23", "152", "mm"]);
    }

    #[test]
    fn folds_sharp_s_yo_and_combining_marks() {
        assert_eq!(words("Geschoß шёл Scha\u{308}den"), ["geschoss", "шел", "schäden"]);
    }

    #[test]
    fn tells_the_gaps_apart() {
        let tokens = Tokens::new("Mehl- und Öl. Neu\n\nda (und) so");
        let gaps: Vec<Gap> = (0..tokens.len()).map(|at| tokens.gap(at)).collect();
        assert_eq!(gaps, [Gap::Stop, Gap::Hanging, Gap::Space, Gap::Stop, Gap::Stop, Gap::Mark, Gap::Mark]);
    }
}
