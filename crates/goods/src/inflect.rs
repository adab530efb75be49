//! The forms of a word by the rules of its language's term file.

use crate::records::Ending;
use lagebild_page::words::fold;

/// All folded forms of one word as listed, the word itself first.
pub(crate) fn forms(word: &str, rules: &[Ending]) -> Vec<String> {
    let base = fold(word);
    let mut all = vec![base.clone()];
    if word.chars().any(char::is_numeric) {
        return all;
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let fitting = rules.iter().filter(|rule| rule.capital.is_none_or(|wanted| wanted == capital));
    let stem = |rule: &Ending| {
        rule.ends.iter().find_map(|end| base.strip_suffix(end.as_str())).map(ToString::to_string)
    };
    if let Some((rule, stem)) = fitting.into_iter().find_map(|rule| stem(rule).map(|stem| (rule, stem))) {
        all.extend(rule.endings.iter().map(|ending| format!("{stem}{ending}")));
    }
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(ends: &[&str], capital: Option<bool>, endings: &[&str]) -> Ending {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Ending { ends: owned(ends), capital, endings: owned(endings) }
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let rules = [rule(&["er", "e"], Some(false), &["e", "er", "en"]), rule(&[""], None, &["", "s"])];
        assert_eq!(forms("gepanzerter", &rules), ["gepanzerter", "gepanzerte", "gepanzerter", "gepanzerten"]);
        assert_eq!(forms("Panzer", &rules), ["panzer", "panzers"]);
        assert_eq!(forms("152", &rules), ["152"]);
    }
}
