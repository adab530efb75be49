//! Features that the ending of a word rules out, whatever the encoder thinks: `features` in `data/lexicon/<language>/grammar.yaml`.

use crate::Upos;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Verbs with these features that end so, and not so, have other ones.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Correction {
    /// It is about names that are inflected, not about verbs.
    names: bool,
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

/// The features of a word by the first correction that fits; none where nothing is to be corrected. `lemma` gives its dictionary form.
pub(crate) fn corrected(
    all: &[Correction],
    form: &str,
    upos: Upos,
    features: &str,
    lemma: impl Fn() -> String,
) -> Option<String> {
    let names = upos == Upos::Propn;
    if all.is_empty() || !names && upos != Upos::Verb {
        return None;
    }
    let form = form.to_lowercase();
    let mut found: BTreeMap<&str, &str> = pairs(features).collect();
    let correction = all.iter().find(|one| one.names == names && one.fits(&form, &found))?;
    if names && lemma().to_lowercase() == form {
        return None;
    }
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
        let dative = Correction {
            names: true,
            has: "Case=Acc|Gender=Masc".into(),
            ends: vec!["у".into()],
            set: "Case=Dat".into(),
            ..Correction::default()
        };
        let all = [infinitive, dative];
        let corrected =
            |form, upos, features, lemma: &str| corrected(&all, form, upos, features, || lemma.to_owned());
        let found = corrected("Поставить", Upos::Verb, "Aspect=Perf|VerbForm=Inf", "поставити");
        assert_eq!(found.as_deref(), Some("Aspect=Perf|Mood=Ind|Tense=Fut|VerbForm=Fin"));
        assert_eq!(corrected("поставити", Upos::Verb, "Aspect=Perf|VerbForm=Inf", "поставити"), None);
        assert_eq!(corrected("поставить", Upos::Noun, "Aspect=Perf|VerbForm=Inf", "поставить"), None);
        let found = corrected("Йемену", Upos::Propn, "Case=Acc|Gender=Masc", "Йемен");
        assert_eq!(found.as_deref(), Some("Case=Dat|Gender=Masc"));
        assert_eq!(corrected("Баку", Upos::Propn, "Case=Acc|Gender=Masc", "Баку"), None);
    }
}
