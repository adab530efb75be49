//! The short notation for word forms in data files: `liefer{n,t}` is liefern and liefert.

/// All words that a row of short notations stands for.
pub(crate) fn expand(words: &str) -> Vec<String> {
    words.split_whitespace().flat_map(expand_word).collect()
}

fn expand_word(word: &str) -> Vec<String> {
    let parts = word.split_once('{').and_then(|(stem, rest)| {
        let (endings, rest) = rest.split_once('}')?;
        Some((stem, endings, rest))
    });
    let Some((stem, endings, rest)) = parts else { return vec![word.to_string()] };
    let tails = expand_word(rest);
    endings
        .split(',')
        .flat_map(|ending| tails.iter().map(move |tail| format!("{stem}{ending}{tail}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_gives_a_word() {
        assert_eq!(
            expand("{,ver}schick{en,t} sandte"),
            ["schicken", "schickt", "verschicken", "verschickt", "sandte"]
        );
        assert_eq!(expand("offen{"), ["offen{"]);
    }
}
