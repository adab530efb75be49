//! What expectations are made of: words of a text with what they are (`Nordkorea = kp`), one value or several.

use lagebild_span::Span;
use serde::Deserialize;
use std::fmt;

/// Words of a text with what they are, written `words = what`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Marked {
    /// The words as they stand in the text.
    pub words: String,
    /// What they are.
    pub what: String,
}

impl TryFrom<String> for Marked {
    type Error = String;

    fn try_from(line: String) -> Result<Self, String> {
        let (words, what) =
            line.rsplit_once(" = ").ok_or_else(|| format!("`words = what` is wanted: {line}"))?;
        Ok(Self { words: words.to_owned(), what: what.to_owned() })
    }
}

impl fmt::Display for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.words, self.what)
    }
}

/// One value, several, or none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Option<OneOrMany>")]
pub struct Many(pub Vec<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<Option<String>>),
}

impl From<Option<OneOrMany>> for Many {
    fn from(value: Option<OneOrMany>) -> Self {
        match value {
            None => Self(Vec::new()),
            Some(OneOrMany::One(one)) => Self(vec![one]),
            Some(OneOrMany::Many(many)) => Self(many.into_iter().flatten().collect()),
        }
    }
}

/// Where the words stand: in the order of the text, each behind those before.
///
/// # Errors
/// The words that are not there.
pub fn spans(text: &str, marked: &[Marked]) -> Result<Vec<Span>, String> {
    let mut from = 0;
    let place = |one: &Marked| {
        let at = text[from..].find(&one.words).ok_or_else(|| format!("not there: {one}"))? + from;
        from = at + one.words.len();
        Ok(Span::new(at, from))
    };
    marked.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_behind_those_before() {
        let marked = |line: &str| Marked::try_from(line.to_owned()).unwrap();
        let text = "Kims Zug, Kim, Kim.";
        let both = [marked("Kim = a"), marked("Kim = b")];
        assert_eq!(spans(text, &both).unwrap(), [Span::new(0, 3), Span::new(10, 13)]);
        assert_eq!(spans(text, &[marked("Zug = c"), marked("Kims = d")]).unwrap_err(), "not there: Kims = d");
        assert!(Marked::try_from("Kim".to_owned()).is_err());
    }
}
