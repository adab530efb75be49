//! Pages nested so deep that no browser would build them: their tags are dropped before the parser sees them, because
//! its work on an element grows with the depth. Tags with so many attributes that no browser's page has them: the parser
//! compares each with all others.

use std::borrow::Cow;

/// The deepest element that is kept; browsers stop at 512.
pub(crate) const DEEPEST: usize = 400;

/// A tag with more stretches of white space than this loses its attributes: what it tells stands in the first few.
const MOST_ATTRIBUTES: usize = 2_000;

/// Elements that the parser closes by itself, or that hold nothing.
const UNCOUNTED: [&str; 26] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "colgroup", "br", "hr",
    "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "param", "track",
];
/// Elements whose content is no HTML.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The page without the tags of elements below [`DEEPEST`] and without what is too much in a tag, and whether there were
/// such elements.
pub(crate) fn flatten(html: &str) -> (Cow<'_, str>, bool) {
    let mut kept = String::new();
    let (mut copied, mut depth, mut deepest) = (0, 0_usize, 0_usize);
    let mut at = 0;
    let mut crowded = false;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        let level = if tag.closes { depth } else { depth + 1 };
        if level <= DEEPEST && is_crowded(html.get(tag.start..tag.end).unwrap_or_default()) {
            crowded = true;
            kept.push_str(html.get(copied..tag.start).unwrap_or_default());
            kept.push_str(if tag.closes { "</" } else { "<" });
            kept.push_str(&tag.name);
            kept.push('>');
            copied = tag.end;
        }
        if RAW.contains(&tag.name.as_str()) && !tag.closes {
            at = end_of_raw(html, tag.end, &tag.name);
        }
        if UNCOUNTED.contains(&tag.name.as_str()) && depth < DEEPEST {
            continue;
        }
        if level > DEEPEST {
            kept.push_str(html.get(copied..tag.start).unwrap_or_default());
            kept.push(' ');
            copied = tag.end;
        }
        if !UNCOUNTED.contains(&tag.name.as_str()) {
            depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
            deepest = deepest.max(depth);
        }
    }
    if deepest <= DEEPEST && !crowded {
        return (Cow::Borrowed(html), false);
    }
    kept.push_str(html.get(copied..).unwrap_or_default());
    (Cow::Owned(kept), deepest > DEEPEST)
}

struct Tag {
    start: usize,
    end: usize,
    name: String,
    closes: bool,
}

/// The first tag that begins at `from` or after it; comments are stepped over.
fn next_tag(html: &str, mut from: usize) -> Option<Tag> {
    loop {
        let start = from + html.get(from..)?.find('<')?;
        let rest = html.get(start + 1..)?;
        if rest.starts_with("!--") {
            from = rest.find("-->").map_or(html.len(), |end| start + 1 + end + 3);
            continue;
        }
        let closes = rest.starts_with('/');
        let name = rest.get(usize::from(closes)..)?;
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        if length == 0 {
            from = start + 1;
            continue;
        }
        let end = end_of_tag(html, start + 1 + usize::from(closes) + length);
        return Some(Tag { start, end, name: name.get(..length)?.to_ascii_lowercase(), closes });
    }
}

/// Where a tag ends: behind the first ">" that stands in no quoted value.
fn end_of_tag(html: &str, from: usize) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return at,
            b'=' => {
                let rest = bytes.get(at..).unwrap_or_default();
                let spaces = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let quote = rest.get(spaces).copied().filter(|byte| matches!(byte, b'"' | b'\''));
                if let Some(quote) = quote {
                    let value = rest.get(spaces + 1..).unwrap_or_default();
                    let length = value.iter().position(|byte| *byte == quote);
                    at += length.map_or(rest.len(), |length| spaces + 1 + length + 1);
                }
            }
            _ => {}
        }
    }
    html.len()
}

fn is_crowded(tag: &str) -> bool {
    tag.len() > MOST_ATTRIBUTES && tag.split_ascii_whitespace().nth(MOST_ATTRIBUTES).is_some()
}

/// Where the closing tag of a raw element begins.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find("</")).map(|found| at + found) {
        let closing = html.as_bytes().get(start + 2..start + 2 + name.len());
        if closing.is_some_and(|closing| closing.eq_ignore_ascii_case(name.as_bytes())) {
            return start;
        }
        at = start + 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_stay_as_they_are() {
        let page = "<div><p>a<p>b<br><script>if (a<b) '<div><div>'</script></div>".repeat(500);
        assert!(!flatten(&page).1);
        assert!(matches!(flatten("a < b and <"), (Cow::Borrowed(_), false)));
    }

    #[test]
    fn a_tag_with_too_many_attributes_loses_them() {
        let many: Vec<String> = (0..100_000).map(|at| format!("a{at}=\"b > c\"")).collect();
        let page = format!("<p class='x'>Kim<p {}>Lee</p>", many.join(" "));
        assert_eq!(flatten(&page).0, "<p class='x'>Kim<p>Lee</p>");
    }

    #[test]
    fn deep_pages_lose_tags_but_no_words() {
        let page = format!("{}Kim{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let (flat, flattened) = flatten(&page);
        assert!(flattened && flat.contains("Kim"));
        assert_eq!((flat.matches("<div>").count(), flat.matches("</div>").count()), (DEEPEST, DEEPEST));
    }
}
