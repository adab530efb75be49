//! No item that is public within a crate or beyond it is left that nothing names: the compiler is silent on those of libraries.

use super::all;
use std::collections::BTreeMap;

/// What may stand before `fn`, `struct`, ….
const MARKS: [&str; 3] = ["const", "async", "unsafe"];
const KINDS: [&str; 7] = ["fn", "struct", "enum", "trait", "type", "const", "static"];

/// The name that a line makes public.
fn defined(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub")?;
    let rest = if rest.starts_with('(') { rest.split_once(')')?.1 } else { rest };
    let mut words = rest.split_whitespace().peekable();
    // `pub const fn`, but `pub const NAME`.
    while let Some(word) = words.next() {
        let marks =
            MARKS.contains(&word) && words.peek().is_some_and(|next| *next == "fn" || MARKS.contains(next));
        if !marks {
            let name = words.next().filter(|_| KINDS.contains(&word))?;
            return name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
        }
    }
    None
}

#[test]
fn every_public_item_is_named_somewhere() {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut items: Vec<(String, String)> = Vec::new();
    for path in all(&[".rs"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().map(|line| line.split("//").next().unwrap_or_default()) {
            for word in
                line.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
            {
                *names.entry(word.to_owned()).or_default() += 1;
            }
            items.extend(defined(line).map(|name| (name.to_owned(), path.display().to_string())));
        }
    }
    assert!(items.len() > 1000, "{} items: is the search right?", items.len());
    let dead: Vec<_> = items.iter().filter(|(name, _)| names.get(name) == Some(&1)).collect();
    assert!(dead.is_empty(), "nothing names these: use or remove them: {dead:#?}");
}

#[test]
fn the_name_of_an_item_is_read_from_its_line() {
    assert_eq!(defined("    pub(crate) const fn of(x: u8) {"), Some("of"));
    assert_eq!(defined("pub const MAGIC: &str = 1;"), Some("MAGIC"));
    assert_eq!(defined("pub struct Span<'a> {"), Some("Span"));
    assert_eq!(defined("    pub text: String,"), None);
    assert_eq!(defined("pub use file::Mapped;"), None);
}
