//! More German sentences in the subjunctive than treebanks hold: gold sentences with their finite verbs turned.

use crate::Upos;
use crate::conllu::Gold;
use lagebild_data::{DataError, embedded};
use serde::Deserialize;
use std::sync::LazyLock;

/// `data/lexicon/de/grammar-subjunctive.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    forms: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    indicative: String,
    subjunctive: String,
}

static TABLE: LazyLock<Result<Table, DataError>> = LazyLock::new(|| {
    embedded("de/grammar-subjunctive", include_str!(concat!(env!("OUT_DIR"), "/de-grammar-subjunctive.json")))
});

/// The sentence with its finite verbs in the subjunctive; none when no verb can be turned.
pub(super) fn turned(gold: &Gold, language: &str) -> Option<Gold> {
    let table = TABLE.as_ref().ok().filter(|_| language == "de")?;
    let mut turned = gold.clone();
    let mut changed = false;
    for (form, token) in turned.forms.iter_mut().zip(&mut turned.tokens) {
        if !matches!(token.upos, Upos::Verb | Upos::Aux) || token.feat("Mood") != Some("Ind") {
            continue;
        }
        let present = token.feat("Tense") == Some("Pres") && token.feat("Number") == Some("Sing");
        let third = token.feat("Person") == Some("3");
        let regular = || (present && third).then(|| regular(form, &token.lemma)).flatten();
        if let Some(other) = irregular(form, table).or_else(regular) {
            *form = other;
            token.feats = token.feats.replace("Mood=Ind", "Mood=Sub");
            changed = true;
        }
    }
    changed.then_some(turned)
}

/// A listed form, with its capital.
fn irregular(form: &str, table: &Table) -> Option<String> {
    let lower = form.to_lowercase();
    let pair = table.forms.iter().find(|pair| pair.indicative == lower)?;
    Some(as_capital(form, &pair.subjunctive))
}

/// "liefert" of "liefern" is "liefere": the infinitive without its "n", ending in "e".
fn regular(form: &str, lemma: &str) -> Option<String> {
    let stem = lemma.strip_suffix('n')?;
    let begins = lemma.chars().zip(form.to_lowercase().chars()).take(2).all(|(a, b)| a == b);
    let ending = if stem.ends_with('e') { "" } else { "e" };
    (begins && form.ends_with('t')).then(|| as_capital(form, &format!("{stem}{ending}")))
}

fn as_capital(model: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if model.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => word.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_a_wrong_entry_is_named() {
        assert!(TABLE.is_ok());
        let yaml = "forms:\n  - {indicative: ist}\n";
        let error = lagebild_data::parse::<Table>("grammar-subjunctive.yaml", yaml).unwrap_err();
        assert_eq!(error.line, 2, "{error}");
    }

    #[test]
    fn finite_verbs_turn() {
        let treebank = "1\tEr\ter\tPRON\t_\tPerson=3\t2\tnsubj\t_\t_\n\
            2\tliefert\tliefern\tVERB\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres\t0\troot\t_\t_\n\
            3\tund\tund\tCCONJ\t_\t_\t4\tcc\t_\t_\n\
            4\tist\tsein\tAUX\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres\t2\tconj\t_\t_\n";
        let gold = crate::read_conllu(treebank).unwrap();
        let turned = turned(&gold[0], "de").unwrap();
        assert_eq!(turned.forms, ["Er", "liefere", "und", "sei"]);
        assert_eq!(turned.tokens[1].feat("Mood"), Some("Sub"));
        assert!(super::turned(&gold[0], "en").is_none());
    }
}
