//! A case with its expectations in one file (`corpus/case`): reports, with marks around the words for a thing and around what
//! tells a claim.

use jiff::civil::Date;
use lagebild_span::Span;

/// A case file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{document}: {what}")]
pub struct CaseError {
    /// Heading of the document, or the part of it that is known.
    pub document: String,
    /// What is wrong.
    pub what: &'static str,
}

/// A report with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its name in the file.
    pub id: String,
    /// BCP 47 code.
    pub language: String,
    /// Day of publication.
    pub published: Date,
    /// The text without marks.
    pub text: String,
    /// Words for things.
    pub names: Vec<Named>,
    /// Words that tell claims.
    pub tells: Vec<Telling>,
}

/// Words for a thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The words.
    pub span: Span,
    /// Key of the thing in the file.
    pub thing: String,
}

/// Words that tell a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The words.
    pub span: Span,
    /// Key of the claim in the file.
    pub claim: String,
    /// True where it is denied or doubted.
    pub denies: bool,
    /// From whom the knowledge comes; none where a reader cannot tell.
    pub origin: Option<String>,
    /// Key of who is said to say so.
    pub speaker: Option<String>,
}

/// The reports of a file, in its order.
///
/// # Errors
/// The first report that is not written as it should be.
pub fn reports(markdown: &str) -> Result<Vec<Report>, CaseError> {
    let parts = markdown.split("\n## ").skip(1);
    parts.map(report).collect()
}

fn report(part: &str) -> Result<Report, CaseError> {
    let (heading, body) = part.split_once('\n').unwrap_or((part, ""));
    let error = |what| CaseError { document: heading.to_owned(), what };
    let fields: Vec<&str> = heading.split('·').map(str::trim).collect();
    let [id, language, published] = fields.as_slice() else {
        return Err(error("the heading is `## id · language · day`"));
    };
    let published = published.parse().map_err(|_| error("the day is not YYYY-MM-DD"))?;
    let mut marks = Marks::default();
    marks.read(body.trim()).map_err(error)?;
    let text = marks.text + "\n";
    Ok(Report {
        id: (*id).to_owned(),
        language: (*language).to_owned(),
        published,
        text,
        names: marks.names,
        tells: marks.tells,
    })
}

/// The text so far, and the marks in it.
#[derive(Default)]
struct Marks {
    text: String,
    names: Vec<Named>,
    tells: Vec<Telling>,
    /// Where the marks begin that are not closed yet.
    open: Vec<u32>,
}

impl Marks {
    fn read(&mut self, mut rest: &str) -> Result<(), &'static str> {
        while let Some(at) = rest.find(['[', '{', ']', '}']) {
            self.text += &rest[..at];
            let mark = &rest[at..=at];
            rest = &rest[at + 1..];
            if matches!(mark, "[" | "{") {
                self.open.push(self.text.len() as u32);
                continue;
            }
            let start = self.open.pop().ok_or("a mark is closed that was not opened")?;
            let span = Span::between(start, self.text.len() as u32);
            let inside = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
            let (label, after) = inside.ok_or("a mark ends with (what it is)")?;
            rest = after;
            match mark {
                "]" => self.names.push(Named { span, thing: label.to_owned() }),
                _ => self.tells.push(telling(span, label)?),
            }
        }
        self.text += rest;
        if self.open.is_empty() { Ok(()) } else { Err("a mark is not closed") }
    }
}

fn telling(span: Span, label: &str) -> Result<Telling, &'static str> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let [claim, stance, origin, speaker] = words.as_slice() else {
        return Err("a telling is (claim stance origin speaker)");
    };
    let denies = match *stance {
        "says" => false,
        "denies" | "doubts" => true,
        _ => return Err("a stance is says, doubts or denies"),
    };
    let known = |word: &str| Some(word.to_owned()).filter(|word| !matches!(word.as_str(), "?" | "-"));
    Ok(Telling { span, claim: (*claim).to_owned(), denies, origin: known(origin), speaker: known(speaker) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_their_words_kept() {
        let file = "# Head\n\n## x1 · de · 2024-05-01\nDas [Amt](amt) sagt, {[Rom](it) liefere Öl}(oil says amt amt).\n";
        let reports = reports(file).unwrap();
        let report = &reports[0];
        assert_eq!(report.text, "Das Amt sagt, Rom liefere Öl.\n");
        let words: Vec<&str> = report.names.iter().map(|named| named.span.of(&report.text)).collect();
        assert_eq!(words, ["Amt", "Rom"]);
        assert_eq!(report.tells[0].span.of(&report.text), "Rom liefere Öl");
        assert!(super::reports("\n## x · de · 2024-05-01\n{a}(b says)").is_err());
    }
}
