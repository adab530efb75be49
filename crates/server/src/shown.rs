//! Characters that turn the direction of what follows are shown, not obeyed: what is listed must not read as something else.

/// A page with its overrides, embeddings and isolates of direction as `�`, as in the terminal. Marks (U+200E, U+200F) stay:
/// they turn nothing but themselves.
pub(crate) fn overrides(page: String) -> String {
    let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if page.contains(turns) { page.replace(turns, "\u{fffd}") } else { page }
}
