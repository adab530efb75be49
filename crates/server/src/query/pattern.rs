//! How large a regular expression becomes when it is written out as an automaton, before anybody writes it out.

/// Steps of `.` in UTF-8.
const ANY: usize = 10;
/// Steps of a class such as `[a-z]`.
const CLASS: usize = 12;
/// Steps of a class such as `\\w`, which has letters of all scripts.
const LETTERS: usize = 300;

/// The steps of a pattern, roughly and rather too many than too few. Repeating multiplies.
pub(super) fn size(pattern: &str) -> usize {
    let letters: Vec<char> = pattern.chars().collect();
    // Of each group that is open: the steps before its last piece, and those of that piece.
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        at += 1;
        let piece = match letter {
            '(' => {
                open.push((0, 0));
                continue;
            }
            ')' => match open.pop() {
                Some((before, last)) if !open.is_empty() => before.saturating_add(last),
                _ => return usize::MAX,
            },
            '{' => {
                let end = letters.iter().skip(at).position(|&it| it == '}').unwrap_or(letters.len());
                let inside: String = letters.iter().skip(at).take(end).collect();
                at = at.saturating_add(end).saturating_add(1).min(letters.len());
                let times = inside.split(',').filter_map(|it| it.trim().parse::<usize>().ok()).max();
                if let Some((_, last)) = open.last_mut() {
                    *last = last.saturating_mul(times.unwrap_or(usize::MAX).max(1));
                }
                continue;
            }
            '\\' => {
                at += 1;
                if letters.get(at - 1).is_some_and(char::is_ascii_alphabetic) { LETTERS } else { 1 }
            }
            '[' => {
                let mut size = CLASS;
                while let Some(&inside) = letters.get(at).filter(|&&it| it != ']') {
                    at += 1;
                    size += if inside == '\\' || inside == '^' { LETTERS } else { 2 };
                }
                at += 1;
                size
            }
            '.' => ANY,
            letter => letter.len_utf8(),
        };
        if let Some((before, last)) = open.last_mut() {
            *before = before.saturating_add(*last);
            *last = piece;
        }
    }
    open.into_iter().fold(0, |sum, (before, last)| sum.saturating_add(before).saturating_add(last))
}

/// The steps of a word with `*` and `?`.
pub(super) fn size_of_wild(text: &str) -> usize {
    text.chars().map(|letter| if letter == '*' || letter == '?' { ANY } else { letter.len_utf8() }).sum()
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn repeating_multiplies() {
        assert_eq!(
            (size("abc"), size("a{3}"), size("(ab){2,5}c"), size("((a{10}){10}){10}")),
            (3, 3, 11, 1000)
        );
        for huge in
            ["(.{30}){30}", r"\w", "[^a]", "a{99999999999999999999999}", ")", "(((((.{9}){9}){9}){9}){9}"]
        {
            assert!(size(huge) > 250, "{huge}");
        }
        assert!(size("d[ai]{2}ry.*(kim|kym)") < 250);
    }
}
