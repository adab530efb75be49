//! Dictionary forms: known words from a table, others by the edit that their ending and part of speech suggest.

use crate::Upos;
use crate::features::{Features, Word};
use crate::hash::{Random, mix};
use crate::model::format::{FormatError, Reader, Writer};
use crate::perceptron::{Effort, MAX_CLASSES, Trainer, Weights, best};
use std::collections::BTreeMap;

const SEED: u64 = 0x1e33a;
/// No edit fits: the word stands for itself.
const SAME: usize = 0;
/// Edits seen less often are not learned for unknown words.
const RARE: usize = 3;

/// How a form becomes its lemma: "angekommen" loses "ge" and turns its last "men" to "en".
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit {
    /// First letter: `=` as in the form, `a` lower case, `A` upper case.
    case: char,
    /// Two letters that are taken out where they first occur; empty for none.
    infix: String,
    /// Letters taken from the end.
    strip: usize,
    /// Letters put there.
    append: String,
}

impl Edit {
    /// The shortest edit that leads from form to lemma.
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let case = letter_case(form, lemma);
        let cased = recase(form, case);
        let plain = Self::suffix(&cased, lemma, case, "");
        let letters: Vec<char> = cased.chars().collect();
        let infixes = letters.windows(2).take(6).map(|pair| pair.iter().collect::<String>());
        let shorter = infixes
            .filter_map(|infix| {
                let without = cased.replacen(&infix, "", 1);
                let edit = Self::suffix(&without, lemma, case, &infix);
                (edit.strip + 2 <= plain.strip && edit.append.len() < plain.append.len()).then_some(edit)
            })
            .min_by_key(|edit| edit.strip);
        shorter.unwrap_or(plain)
    }

    fn suffix(form: &str, lemma: &str, case: char, infix: &str) -> Self {
        let shared = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        Self {
            case,
            infix: infix.into(),
            strip: form.chars().count() - shared,
            append: lemma.chars().skip(shared).collect(),
        }
    }

    /// The lemma; none when the form is too short for the edit.
    pub(crate) fn apply(&self, form: &str) -> Option<String> {
        let mut word = recase(form, self.case);
        if !self.infix.is_empty() {
            let at = word.find(&self.infix)?;
            word.replace_range(at..at + self.infix.len(), "");
        }
        let length = word.chars().count().checked_sub(self.strip)?;
        let mut lemma: String = word.chars().take(length).collect();
        lemma.push_str(&self.append);
        (!lemma.is_empty()).then_some(lemma)
    }

    fn write(&self, out: &mut Writer) {
        out.text(&format!("{}{}:{}:{}", self.case, self.infix, self.strip, self.append));
    }

    fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let written = from.text()?;
        let parse = || {
            let case = written.chars().next()?;
            let mut parts = written.get(case.len_utf8()..)?.splitn(3, ':');
            let (infix, strip, append) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Self { case, infix: infix.into(), strip: strip.parse().ok()?, append: append.into() })
        };
        parse().ok_or(FormatError::Inconsistent("edits"))
    }
}

fn letter_case(form: &str, lemma: &str) -> char {
    let upper = |word: &str| word.starts_with(char::is_uppercase);
    match (upper(form), upper(lemma)) {
        (true, false) => 'a',
        (false, true) => 'A',
        _ => '=',
    }
}

fn recase(form: &str, case: char) -> String {
    let mut letters = form.chars();
    match (case, letters.next()) {
        ('a', Some(_)) => form.to_lowercase(),
        ('A', Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => form.into(),
    }
}

/// A trained lemmatiser.
#[derive(Debug)]
pub(crate) struct Lemmatiser {
    edits: Vec<Edit>,
    /// Hash of a known word and its part of speech, and the index of its edit; sorted.
    known: Vec<(u64, u16)>,
    weights: Weights,
}

fn key(form: &str, tag: Upos) -> u64 {
    mix(crate::hash::text(form), tag.index() as u64)
}

impl Lemmatiser {
    /// The lemma of a form with the part of speech and the features given.
    pub(crate) fn lemma(
        &self,
        form: &str,
        word: &Word,
        tag: Upos,
        feats: &str,
        scratch: &mut Features,
    ) -> String {
        let same = || form.to_owned();
        if matches!(tag, Upos::Punct | Upos::Sym) {
            return same();
        }
        let key = key(form, tag);
        if let Ok(at) = self.known.binary_search_by_key(&key, |known| known.0) {
            let edit = self.known.get(at).and_then(|(_, edit)| self.edits.get(usize::from(*edit)));
            return edit.and_then(|edit| edit.apply(form)).unwrap_or_else(same);
        }
        let mut scores = [0; MAX_CLASSES];
        collect(word, tag, feats, scratch);
        self.weights.score(scratch.all(), &mut scores);
        let scores = scores.get(..self.weights.classes()).unwrap_or_default();
        let edit = best(scores, |_| true).and_then(|class| self.edits.get(class));
        edit.and_then(|edit| edit.apply(form)).unwrap_or_else(same)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32(self.edits.len() as u32);
        self.edits.iter().for_each(|edit| edit.write(out));
        out.u32(self.known.len() as u32);
        for (key, edit) in &self.known {
            out.u64(*key);
            out.u16(*edit);
        }
        self.weights.write(out);
    }

    pub(crate) fn read(from: &mut Reader) -> Result<Self, FormatError> {
        let count = from.u32()?;
        let edits = (0..count).map(|_| Edit::read(from)).collect::<Result<_, _>>()?;
        let count = from.u32()?;
        let known: Vec<(u64, u16)> =
            (0..count).map(|_| Ok((from.u64()?, from.u16()?))).collect::<Result<_, FormatError>>()?;
        if !known.is_sorted() {
            return Err(FormatError::Inconsistent("lemmas"));
        }
        Ok(Self { edits, known, weights: Weights::read(from)? })
    }
}

fn collect(word: &Word, tag: Upos, feats: &str, features: &mut Features) {
    let tag = tag.index() as u64;
    let feats = crate::hash::text(feats);
    features.clear(SEED.wrapping_mul(tag + 1));
    features.add(1);
    features.add(word.shape);
    features.add(feats);
    for value in word.suffixes.iter().chain(&word.prefixes) {
        features.add(*value);
        features.add(mix(*value, feats));
    }
    for suffix in word.suffixes {
        features.add(mix(suffix, word.prefixes[1]));
        features.add(mix(suffix, word.prefixes[2]));
    }
    features.add(mix(word.cluster[3], word.suffixes[1]));
    features.add(word.lower);
}

/// A word with its lemma, to learn from.
pub(crate) struct Example<'a> {
    pub(crate) form: &'a str,
    pub(crate) word: &'a Word,
    pub(crate) tag: Upos,
    pub(crate) feats: &'a str,
    pub(crate) lemma: &'a str,
}

/// Learns from shuffled words, in one run. A known word keeps its most frequent lemma.
pub(crate) fn train(examples: &[Example], effort: Effort) -> Lemmatiser {
    let edits: Vec<Edit> =
        examples.iter().map(|example| Edit::between(example.form, example.lemma)).collect();
    let ranked = ranked(&edits);
    let classes = ranked.iter().take(MAX_CLASSES).take_while(|(_, count)| *count >= RARE).count().max(1);
    let index: BTreeMap<&Edit, usize> =
        ranked.iter().enumerate().map(|(index, (edit, _))| (*edit, index)).collect();
    let class = |edit: &Edit| index.get(edit).copied().unwrap_or(SAME);
    let mut trainer = Trainer::new(effort.bits, classes);
    let (mut random, mut features, mut scores) = (Random::new(), Features::new(), Vec::new());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..effort.rounds {
        random.shuffle(&mut order);
        for (example, edit) in order.iter().filter_map(|at| examples.get(*at).zip(edits.get(*at))) {
            let right = class(edit);
            if right >= classes {
                continue;
            }
            collect(example.word, example.tag, example.feats, &mut features);
            trainer.score(features.all(), &mut scores);
            let predicted = best(&scores, |_| true).unwrap_or_default();
            if predicted != right {
                trainer.update(features.all(), right, predicted);
            }
            trainer.advance();
        }
    }
    let known = known(examples, &edits, class);
    Lemmatiser {
        edits: ranked.into_iter().map(|(edit, _)| edit.clone()).collect(),
        known,
        weights: trainer.finish(),
    }
}

/// All edits, the most frequent first.
fn ranked(edits: &[Edit]) -> Vec<(&Edit, usize)> {
    let mut counts: BTreeMap<&Edit, usize> = BTreeMap::new();
    for edit in edits {
        *counts.entry(edit).or_default() += 1;
    }
    let mut ranked: Vec<(&Edit, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked.truncate(usize::from(u16::MAX));
    ranked
}

/// The edit of each word and part of speech in the examples, where one is in a clear majority.
fn known(examples: &[Example], edits: &[Edit], class: impl Fn(&Edit) -> usize) -> Vec<(u64, u16)> {
    let mut counts: BTreeMap<u64, BTreeMap<usize, usize>> = BTreeMap::new();
    for (example, edit) in examples.iter().zip(edits) {
        *counts.entry(key(example.form, example.tag)).or_default().entry(class(edit)).or_default() += 1;
    }
    let clear = |counts: &BTreeMap<usize, usize>| {
        let total: usize = counts.values().sum();
        let (edit, count) = counts.iter().max_by_key(|(edit, count)| (**count, std::cmp::Reverse(**edit)))?;
        (count * 4 >= total * 3).then_some(*edit as u16)
    };
    counts.iter().filter_map(|(key, counts)| Some((*key, clear(counts)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_lead_from_form_to_lemma() {
        for (form, lemma) in [
            ("geliefert", "liefern"),
            ("Häuser", "Haus"),
            ("Die", "der"),
            ("angekommen", "ankommen"),
            ("UN", "UN"),
            ("x", ""),
        ] {
            let edit = Edit::between(form, lemma);
            let expected = (!lemma.is_empty()).then(|| lemma.to_owned());
            assert_eq!(edit.apply(form), expected, "{edit:?}");
        }
        assert_eq!(Edit::between("geliefert", "liefern"), Edit::between("geliefert", "liefern"));
        assert_eq!(Edit::between("abgelehnt", "ablehnen").infix, "ge");
    }

    #[test]
    fn an_edit_that_does_not_fit_gives_nothing() {
        assert_eq!(Edit { case: '=', infix: String::new(), strip: 9, append: "x".into() }.apply("ab"), None);
    }
}
