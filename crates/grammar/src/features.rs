//! Features that the ending of a verb rules out, whatever the encoder thinks: `features` in `data/lexicon/<language>/grammar.yaml`.

use crate::Upos;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Verbs with these features that end so, and not so, have other ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Correction {
    /// Features, as in `Mood=Cnd|Tense=Fut`.
    has: String,
    /// Endings; none: any.
    ends: Vec<String>,
    unless_ends: Vec<String>,
    /// What stands in their place; the other features stay.
    set: String,
}

impl Correction {
    fn fits(&self, form: &str, features: &BTreeMap<&str, &str>) -> bool {
        let ends = |list: &[String]| list.iter().any(|end| form.ends_with(end.as_str()));
        pairs(&self.has).all(|(name, value)| features.get(name) == Some(&value))
            && (self.ends.is_empty() || ends(&self.ends))
            && !ends(&self.unless_ends)
    }
}

/// The features of a word by the first correction that fits; none where nothing is to be corrected.
pub(crate) fn corrected(all: &[Correction], form: &str, upos: Upos, features: &str) -> Option<String> {
    if all.is_empty() || upos != Upos::Verb {
        return None;
    }
    let form = form.to_lowercase();
    let mut found: BTreeMap<&str, &str> = pairs(features).collect();
    let correction = all.iter().find(|one| one.fits(&form, &found))?;
    found.extend(pairs(&correction.set));
    Some(found.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("|"))
}

fn pairs(features: &str) -> impl Iterator<Item = (&str, &str)> {
    features.split('|').filter_map(|pair| pair.split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_rules_features_out() {
        let infinitive = Correction {
            has: "Aspect=Perf|VerbForm=Inf".into(),
            unless_ends: vec!["ти".into(), "тися".into()],
            set: "Mood=Ind|Tense=Fut|VerbForm=Fin".into(),
            ..Correction::default()
        };
        let all = [infinitive];
        let found = corrected(&all, "Поставить", Upos::Verb, "Aspect=Perf|VerbForm=Inf");
        assert_eq!(found.as_deref(), Some("Aspect=Perf|Mood=Ind|Tense=Fut|VerbForm=Fin"));
        assert_eq!(corrected(&all, "поставити", Upos::Verb, "Aspect=Perf|VerbForm=Inf"), None);
        assert_eq!(corrected(&all, "поставить", Upos::Noun, "Aspect=Perf|VerbForm=Inf"), None);
    }
}
