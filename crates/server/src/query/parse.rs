//! The full language (<https://lucene.apache.org/core/9_0_0/queryparser/>, "classic" syntax). Conditions that stand
//! side by side must all hold.

use super::scan::Scan;
use super::{Fuzzy, Node, Occur, QueryError};

/// Groups within groups that are followed; deeper ones are refused.
const DEPTH: usize = 32;

/// Reads a query. `fuzzy` gives `word~` without a number its meaning; otherwise the word is taken exactly.
pub fn parse(text: &str, fuzzy: bool) -> Result<Node, QueryError> {
    let mut scan = Scan::new(text);
    let node = Parser { scan: &mut scan, fuzzy }.group(None, 0)?;
    match scan.peek() {
        None => Ok(node),
        Some(_) => Err(scan.error("a closing bracket that nothing opened")),
    }
}

struct Parser<'a> {
    scan: &'a mut Scan,
    fuzzy: bool,
}

impl Parser<'_> {
    /// Conditions up to a closing bracket or the end.
    fn group(&mut self, field: Option<&str>, depth: usize) -> Result<Node, QueryError> {
        if depth > DEPTH {
            return Err(self.scan.error("too many brackets in brackets"));
        }
        let mut clauses: Vec<(Occur, Node)> = Vec::new();
        loop {
            self.scan.space();
            if self.scan.peek().is_none_or(|letter| letter == ')') {
                break;
            }
            let or = self.operator(!clauses.is_empty())?;
            let occur = self.modifier();
            let node = self.clause(field, depth)?;
            if or && let Some((last, _)) = clauses.last_mut().filter(|(last, _)| *last == Occur::Must) {
                *last = Occur::Should;
            }
            let default = if or { Occur::Should } else { Occur::Must };
            clauses.push((occur.unwrap_or(default), node));
        }
        Ok(match clauses.as_slice() {
            [] => Node::All,
            [(Occur::Must | Occur::Should, only)] => only.clone(),
            _ => Node::Group(clauses),
        })
    }

    /// Takes `AND` or `OR` between two conditions; whether it was `OR`.
    fn operator(&mut self, between: bool) -> Result<bool, QueryError> {
        let or = self.scan.take_word("OR") || self.scan.take_all("||");
        let and = !or && (self.scan.take_word("AND") || self.scan.take_all("&&"));
        if !or && !and {
            return Ok(false);
        }
        self.scan.space();
        if !between || self.scan.peek().is_none_or(|letter| letter == ')') {
            return Err(self.scan.error("an operator needs a condition on both sides"));
        }
        Ok(or)
    }

    fn modifier(&mut self) -> Option<Occur> {
        let not = self.scan.take_word("NOT") || self.scan.take('!');
        if not {
            self.scan.space();
        }
        if not || self.scan.take('-') {
            Some(Occur::MustNot)
        } else {
            self.scan.take('+').then_some(Occur::Must)
        }
    }

    fn clause(&mut self, field: Option<&str>, depth: usize) -> Result<Node, QueryError> {
        let node = match self.scan.peek() {
            Some('(') => {
                self.scan.next();
                let inner = self.group(field, depth + 1)?;
                if !self.scan.take(')') {
                    return Err(self.scan.error("a bracket that nothing closes"));
                }
                inner
            }
            Some('"') => {
                self.scan.next();
                let text =
                    self.scan.until('"').ok_or_else(|| self.scan.error("a quotation that nothing closes"))?;
                let slop = if self.scan.take('~') { self.scan.count().unwrap_or(0) } else { 0 };
                Node::Phrase { field: field.map(Into::into), text, slop: slop.min(50) }
            }
            Some('/') => {
                self.scan.next();
                let pattern =
                    self.scan.until('/').ok_or_else(|| self.scan.error("a pattern that nothing closes"))?;
                Node::Pattern { field: field.map(Into::into), pattern }
            }
            Some('[' | '{') => self.range(field)?,
            _ => self.word(field, depth)?,
        };
        if self.scan.take('^') {
            let by = self.scan.number().ok_or_else(|| self.scan.error("a number must follow ^"))?;
            return Ok(Node::Boost(Box::new(node), by));
        }
        Ok(node)
    }

    fn word(&mut self, field: Option<&str>, depth: usize) -> Result<Node, QueryError> {
        let (text, wild) = self.scan.word();
        if text.is_empty() {
            return Err(self.scan.error("a word is missing"));
        }
        if field.is_none() && self.scan.take(':') {
            self.scan.space();
            if text == "*" && self.scan.take('*') {
                return Ok(Node::All);
            }
            return match (text.as_str(), self.clause(Some(&text), depth)?) {
                ("_exists_", Node::Word { text, .. }) => Ok(Node::Exists(text)),
                (_, Node::Word { field: Some(field), text, .. }) if text == "*" => Ok(Node::Exists(field)),
                (_, node) => Ok(node),
            };
        }
        if text == "*" && field.is_none() {
            return Ok(Node::All);
        }
        let fuzzy = self.scan.take('~').then(|| match self.scan.count() {
            Some(letters) => Some(Fuzzy::Letters(letters.min(2) as u8)),
            None => self.fuzzy.then_some(Fuzzy::Auto),
        });
        Ok(Node::Word { field: field.map(Into::into), text, fuzzy: fuzzy.flatten(), wild })
    }

    /// `[1960 TO 1970]`, `{1960 TO *}`.
    fn range(&mut self, field: Option<&str>) -> Result<Node, QueryError> {
        let from_included = self.scan.next() == Some('[');
        let field = field.ok_or_else(|| self.scan.error("a range needs a field before it"))?.to_owned();
        let from = self.bound()?;
        self.scan.space();
        if !self.scan.take_word("TO") {
            return Err(self.scan.error("TO is missing in a range"));
        }
        let to = self.bound()?;
        self.scan.space();
        let to_included = match self.scan.next() {
            Some(']') => true,
            Some('}') => false,
            _ => return Err(self.scan.error("a range that nothing closes")),
        };
        let from = from.map(|value| (value, from_included));
        Ok(Node::Range { field, from, to: to.map(|value| (value, to_included)) })
    }

    fn bound(&mut self) -> Result<Option<String>, QueryError> {
        self.scan.space();
        let value = if self.scan.take('"') {
            self.scan.until('"').ok_or_else(|| self.scan.error("a quotation that nothing closes"))?
        } else {
            self.scan.word().0
        };
        match value.as_str() {
            "" => Err(self.scan.error("a value is missing in a range")),
            "*" => Ok(None),
            _ => Ok(Some(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::query::{Fuzzy, Node, Occur};

    fn word(text: &str) -> Node {
        Node::Word { field: None, text: text.into(), fuzzy: None, wild: false }
    }

    #[test]
    fn words_side_by_side_must_all_hold() {
        let both = Node::Group(vec![(Occur::Must, word("anna")), (Occur::Must, word("muster"))]);
        assert_eq!(parse("anna muster", false), Ok(both.clone()));
        assert_eq!(parse("anna AND muster", false), Ok(both));
        let either = Node::Group(vec![(Occur::Should, word("anna")), (Occur::Should, word("muster"))]);
        assert_eq!(parse("anna OR muster", false), Ok(either));
        let not = Node::Group(vec![(Occur::Must, word("anna")), (Occur::MustNot, word("muster"))]);
        assert_eq!(parse("anna -muster", false), Ok(not.clone()));
        assert_eq!(parse("anna NOT muster", false), Ok(not));
    }

    #[test]
    fn fields_ranges_and_likeness() {
        let field = Some("countries".to_owned());
        assert_eq!(
            parse("countries:ru", false),
            Ok(Node::Word { field, text: "ru".into(), fuzzy: None, wild: false })
        );
        let (from, to) = (Some(("1960".to_owned(), true)), None);
        assert_eq!(
            parse("birthDate:[1960 TO *]", false),
            Ok(Node::Range { field: "birthDate".into(), from, to })
        );
        let like = |fuzzy| Node::Word { field: None, text: "mustr".into(), fuzzy, wild: false };
        assert_eq!(parse("mustr~", true), Ok(like(Some(Fuzzy::Auto))));
        assert_eq!(parse("mustr~", false), Ok(like(None)));
        assert_eq!(parse("mustr~1", false), Ok(like(Some(Fuzzy::Letters(1)))));
        assert_eq!(parse("_exists_:topics", false), Ok(Node::Exists("topics".into())));
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for wrong in [
            "invalid/query",
            "\"open",
            "(open",
            "close)",
            "AND x",
            "x OR",
            "[1 TO 2]",
            "a:[1 2]",
            "a^b",
            ":x",
        ] {
            assert!(parse(wrong, false).is_err(), "{wrong}");
        }
        assert!(parse(&"(".repeat(100_000), false).is_err());
    }
}
