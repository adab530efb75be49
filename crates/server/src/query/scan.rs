//! Reads a query letter by letter.

use super::QueryError;

/// Letters that end a word unless a backslash stands before them.
const SPECIAL: &str = " \t\r\n()[]{}\"/:^~!";

pub(super) struct Scan {
    letters: Vec<char>,
    at: usize,
    digits: String,
}

impl Scan {
    pub(super) fn new(text: &str) -> Self {
        Self { letters: text.chars().collect(), at: 0, digits: String::new() }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let letter = self.peek();
        self.at += usize::from(letter.is_some());
        letter
    }

    /// Takes the letter if it is the next one.
    pub(super) fn take(&mut self, letter: char) -> bool {
        let here = self.peek() == Some(letter);
        self.at += usize::from(here);
        here
    }

    /// Takes these letters if they come next.
    pub(super) fn take_all(&mut self, letters: &str) -> bool {
        let count = letters.chars().count();
        let here = letters.chars().eq(self.letters.iter().skip(self.at).take(count).copied());
        self.at += if here { count } else { 0 };
        here
    }

    /// Takes an operator word if it stands alone.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let end = self.at + word.chars().count();
        let here = word.chars().eq(self.letters.iter().skip(self.at).take(end - self.at).copied());
        let alone =
            self.letters.get(end).is_none_or(|letter| letter.is_whitespace() || "()".contains(*letter));
        self.at = if here && alone { end } else { self.at };
        here && alone
    }

    pub(super) fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    pub(super) fn error(&self, message: &'static str) -> QueryError {
        QueryError { at: self.at, message }
    }

    /// A word and whether it holds wildcards.
    pub(super) fn word(&mut self) -> (String, bool) {
        let (mut word, mut wild) = (String::new(), false);
        while let Some(letter) = self.peek() {
            if SPECIAL.contains(letter) {
                break;
            }
            self.at += 1;
            if letter == '\\' {
                word.extend(self.next());
                continue;
            }
            wild |= letter == '*' || letter == '?';
            word.push(letter);
        }
        (word, wild)
    }

    /// What stands up to a closing letter, which is taken too. None when it never comes.
    pub(super) fn until(&mut self, closing: char) -> Option<String> {
        let mut text = String::new();
        while let Some(letter) = self.next() {
            match letter {
                '\\' => text.extend(self.next()),
                letter if letter == closing => return Some(text),
                letter => text.push(letter),
            }
        }
        None
    }

    /// A whole number, as after `~`; a fraction counts as none.
    pub(super) fn count(&mut self) -> Option<u32> {
        self.number().map(|_| self.digits.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0))
    }

    /// Digits and a point, as after `^`.
    pub(super) fn number(&mut self) -> Option<f32> {
        let mut digits = String::new();
        while let Some(letter) = self.peek().filter(|letter| letter.is_ascii_digit() || *letter == '.') {
            digits.push(letter);
            self.at += 1;
        }
        self.digits = digits;
        self.digits.parse().ok()
    }
}
