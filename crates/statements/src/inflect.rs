//! The forms of regular verbs, from the rows of `reporting.yaml`.

use crate::lexicon::{Needs, Verb};
use crate::model::{Act, Certainty};
use serde::Deserialize;

/// Regular verbs that do the same thing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    act: Act,
    certainty: Option<Certainty>,
    negated: Option<Certainty>,
    #[serde(default)]
    negates: bool,
    needs: Option<Needs>,
    after: Option<String>,
    /// Dictionary forms; a bar sets off a separated prefix ("an|merken").
    lemmas: Vec<String>,
}

/// How a regular verb is inflected.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Regular {
    /// What the participle has before it ("ge").
    #[serde(default)]
    participle: String,
    /// What an infinitive with a separated prefix has in the middle ("zu").
    #[serde(default)]
    infix: String,
    #[serde(default)]
    rows: Vec<Row>,
}

/// Endings of the verbs whose dictionary form ends in `ending`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    ending: String,
    add: Vec<String>,
}

impl Group {
    /// The verbs of the group with their forms.
    pub(crate) fn verbs<'a>(&'a self, regular: &'a Regular) -> impl Iterator<Item = Verb> + 'a {
        self.lemmas.iter().map(|lemma| {
            let (particle, base) = lemma
                .split_once('|')
                .map_or((None, lemma.as_str()), |(particle, base)| (Some(particle), base));
            let forms = regular.forms(base);
            let joined = particle.map_or_else(Vec::new, |particle| regular.joined(particle, base, &forms));
            Verb {
                lemma: lemma.replace('|', ""),
                act: self.act,
                certainty: self.certainty,
                negated: self.negated,
                negates: self.negates,
                needs: self.needs,
                particle: particle.map(str::to_owned),
                after: self.after.clone(),
                takes: None,
                forms: if particle.is_none() { regular.with_participle(forms) } else { forms },
                joined,
            }
        })
    }
}

impl Regular {
    fn forms(&self, base: &str) -> Vec<String> {
        let Some(row) = self.rows.iter().find(|row| base.ends_with(&row.ending)) else {
            return vec![base.to_owned()];
        };
        let stem = base.strip_suffix(&row.ending).unwrap_or(base);
        row.add.iter().map(|ending| format!("{stem}{ending}")).collect()
    }

    fn with_participle(&self, mut forms: Vec<String>) -> Vec<String> {
        if let Some(first) = forms.first().filter(|_| !self.participle.is_empty()) {
            forms.push(format!("{}{first}", self.participle));
        }
        forms
    }

    fn joined(&self, particle: &str, base: &str, forms: &[String]) -> Vec<String> {
        let participle = forms.first().map(|first| format!("{particle}{}{first}", self.participle));
        let infinitive = format!("{particle}{}{base}", self.infix);
        forms.iter().map(|form| format!("{particle}{form}")).chain(participle).chain([infinitive]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separated_verb_has_its_forms_apart_and_joined() {
        let yaml = "{participle: ge, infix: zu, rows: [{ending: en, add: [t, te, ten, en, e]}]}";
        let regular: Regular = lagebild_data::parse("regular", yaml).unwrap();
        let group = "{act: assert, lemmas: [an|merken]}";
        let group: Group = lagebild_data::parse("group", group).unwrap();
        let verbs: Vec<Verb> = group.verbs(&regular).collect();
        assert_eq!(verbs[0].lemma, "anmerken");
        assert!(verbs[0].forms.contains(&"merkte".to_owned()));
        assert!(
            verbs[0].joined.contains(&"angemerkt".to_owned())
                && verbs[0].joined.contains(&"anzumerken".to_owned())
        );
    }
}
