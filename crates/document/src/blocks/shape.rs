//! What the bare shape of a piece of text shows: how it ends, how long it is, how its words begin.

/// How a piece of text ends, closing quotation marks and brackets left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a letter, a digit or another sign that ends no sentence.
    Open,
    /// With a full stop, in any script.
    Stop,
    /// With a question mark.
    Question,
    /// With an exclamation mark.
    Exclamation,
    /// With a colon: something follows.
    Colon,
    /// With a semicolon or comma, as items of a list do.
    Separator,
}

/// How the text ends.
pub(super) fn ending(text: &str) -> Ending {
    let closers = |c: char| c.is_whitespace() || "”“\"»›’'«)]」』".contains(c);
    match text.trim_end_matches(closers).chars().next_back() {
        Some('.' | '。' | '…' | '۔' | '।' | '։') => Ending::Stop,
        Some('?' | '？' | '؟') => Ending::Question,
        Some('!' | '！') => Ending::Exclamation,
        Some(':' | '：') => Ending::Colon,
        Some(';' | ',' | '；' | '،') => Ending::Separator,
        _ => Ending::Open,
    }
}

/// True when the text has more than `most` characters. Looks no further than it must.
pub(super) fn longer_than(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

/// Number of words, counted up to `most`.
pub(super) fn words_up_to(text: &str, most: usize) -> usize {
    text.split_whitespace().take(most).count()
}

/// Number of sentences by their closing signs, counted up to `most`: enough to tell a line from running text.
pub(super) fn sentences_up_to(text: &str, most: usize) -> usize {
    let mut words = text.split_whitespace().peekable();
    let mut count = 0;
    while let Some(word) = words.next() {
        let closes = matches!(ending(word), Ending::Stop | Ending::Question | Ending::Exclamation);
        let goes_on = words.peek().is_some_and(|next| starts_lower(next));
        let is_number = word.trim_end_matches('.').chars().all(|c| c.is_ascii_digit());
        if closes && !goes_on && !is_number {
            count += 1;
            if count >= most {
                break;
            }
        }
    }
    count
}

/// True when the first letter is small.
pub(super) fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// True when the first character could begin a sentence: a capital, a digit, a quotation mark, a letter of a script
/// without case.
pub(super) fn could_begin_sentence(text: &str) -> bool {
    text.trim_start().chars().next().is_some_and(|c| {
        opens_quote(c) || c.is_ascii_digit() || c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase())
    })
}

/// True for a sign that opens a quotation in some language.
pub(super) fn opens_quote(c: char) -> bool {
    "„“\"«»‚‘'『「‹›".contains(c)
}

/// True when the text begins with a quotation mark.
pub(super) fn starts_with_quote(text: &str) -> bool {
    text.chars().next().is_some_and(opens_quote)
}

/// The mark of a list item and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A sign that is used for nothing else: •, ▪, *.
    Bullet,
    /// A dash, which also opens direct speech in French and Russian.
    Dash,
    /// A number: 1., 2), (3).
    Number(u32),
    /// A small letter: a).
    Letter,
}

/// The list mark that a line begins with, and what follows it.
pub(super) fn marker(line: &str) -> Option<(Marker, &str)> {
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..)?;
    let spaced = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    match first {
        '•' | '▪' | '●' | '◦' | '‣' | '·' | '■' | '►' | '▸' | '➤' if !rest.trim().is_empty() => {
            Some((Marker::Bullet, rest.trim_start()))
        }
        '*' | '+' if spaced => Some((Marker::Bullet, rest.trim_start())),
        '-' | '–' | '—' if spaced => Some((Marker::Dash, rest.trim_start())),
        _ => numbered(line),
    }
}

fn numbered(line: &str) -> Option<(Marker, &str)> {
    let bracketed = line.starts_with('(');
    let line = line.strip_prefix('(').unwrap_or(line);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (mark, rest) = match digits {
        1..=2 => (Marker::Number(line.get(..digits)?.parse().ok()?), line.get(digits..)?),
        0 if line.starts_with(|c: char| c.is_ascii_lowercase()) => (Marker::Letter, line.get(1..)?),
        _ => return None,
    };
    let rest = match mark {
        Marker::Number(_) if !bracketed => rest.strip_prefix(['.', ')'])?,
        _ => rest.strip_prefix(')')?,
    };
    (rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()).then(|| (mark, rest.trim_start()))
}

/// Where the label of a definition ends: in "Technische Hilfen : Russland hilft …" and "Arbeitskräfte senden: …" after
/// the colon. A label has at most five words, and something follows it.
pub(super) fn label_end(text: &str) -> Option<usize> {
    let head_end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    let colon = text.get(..head_end)?.find(':')?;
    let label = text.get(..colon)?;
    let after = text.get(colon + 1..)?;
    let is_label = (1..=5).contains(&words_up_to(label, 6))
        && !label.contains(['.', '?', '!', ',', '„', '“', '"', '«'])
        && after.starts_with(char::is_whitespace)
        && could_begin_sentence(label)
        && !starts_with_quote(after.trim_start());
    (is_label && !after.trim().is_empty()).then_some(colon + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_look_behind_closing_signs() {
        assert_eq!(ending("„sehr ernsthafte Verhandlungen.“"), Ending::Stop);
        assert_eq!(ending("Was will Russland?"), Ending::Question);
        assert_eq!(ending("Panzer (100 bis 150 mm)"), Ending::Open);
        assert_eq!(ending("러시아에 도착했다.”"), Ending::Stop);
        assert_eq!(ending(""), Ending::Open);
    }

    #[test]
    fn sentences_are_counted_roughly() {
        assert_eq!(sentences_up_to("Am 12. September kam er. Dann ging er.", 9), 2);
        assert_eq!(sentences_up_to("Kim in Russland", 9), 0);
    }

    #[test]
    fn list_marks_need_something_behind_them() {
        assert_eq!(marker("• Panzer"), Some((Marker::Bullet, "Panzer")));
        assert_eq!(marker("12. September war der Tag"), Some((Marker::Number(12), "September war der Tag")));
        assert_eq!(marker("(2) shells"), Some((Marker::Number(2), "shells")));
        assert_eq!(marker("a) shells"), Some((Marker::Letter, "shells")));
        assert_eq!(marker("- "), None);
        assert_eq!(marker("-5 Grad"), None);
        assert_eq!(marker("2023 war"), None);
    }

    #[test]
    fn labels_end_with_a_colon() {
        assert_eq!(label_end("Technische Hilfen : Russland hilft"), Some(19));
        assert_eq!(label_end("Putin sagte: „Nein“"), None);
        assert_eq!(label_end("Es ist 12:30 Uhr"), None);
    }
}
