//! Many forms with what each stands for, found by how a word begins, or ends in a compound.

use crate::form::{Endings, Form};
use crate::words::Word;
use std::collections::HashMap;

/// Forms with what they stand for.
pub(crate) struct FormIndex<T> {
    entries: Vec<(Form, T)>,
    /// Forms by the first two letters of what they match.
    by_start: HashMap<[char; 2], Vec<usize>>,
    /// Forms of a compound's last part by all that they may end in: stem and ending.
    by_end: HashMap<String, Vec<usize>>,
    /// The longest of these ends, in bytes.
    longest_end: usize,
    endings: Endings,
}

impl<T> FormIndex<T> {
    /// An index of forms of a language with these endings.
    pub(crate) fn new(endings: Endings) -> Self {
        Self {
            entries: Vec::new(),
            by_start: HashMap::new(),
            by_end: HashMap::new(),
            longest_end: 0,
            endings,
        }
    }

    /// An index of these forms as data files write them.
    pub(crate) fn of<F: AsRef<str>>(endings: &Endings, forms: impl IntoIterator<Item = (F, T)>) -> Self {
        let mut index = Self::new(endings.clone());
        for (written, value) in forms {
            index.add(written.as_ref(), value);
        }
        index
    }

    pub(crate) fn add(&mut self, written: &str, value: T) {
        let form = Form::new(written);
        let at = self.entries.len();
        if let Some(start) = form.start() {
            self.by_start.entry(start).or_default().push(at);
        }
        for end in form.compound_ends(&self.endings) {
            self.longest_end = self.longest_end.max(end.len());
            self.by_end.entry(end).or_default().push(at);
        }
        self.entries.push((form, value));
    }

    /// The forms that stand at word `at`: how many words each covers and what it stands for, as they were added.
    pub(crate) fn at<'i>(
        &'i self,
        words: &'i [Word<'_>],
        at: usize,
    ) -> impl Iterator<Item = (usize, &'i Form, &'i T)> {
        let folded = words.get(at).map(|word| word.bare).unwrap_or_default();
        let starting = start_of(folded).and_then(|start| self.by_start.get(&start));
        let shortest = folded.len().saturating_sub(self.longest_end);
        let ends = folded.char_indices().map(|(from, _)| from).filter(move |from| *from >= shortest);
        let ending = ends.filter_map(move |from| self.by_end.get(folded.get(from..)?)).flatten();
        starting.into_iter().flatten().chain(ending).filter_map(move |&entry| {
            let (form, value) = self.entries.get(entry)?;
            Some((form.matches(words, at, &self.endings)?, form, value))
        })
    }

    /// How many words from `at` on the longest form covers that stands there.
    pub(crate) fn longest(&self, words: &[Word<'_>], at: usize) -> Option<usize> {
        self.at(words, at).map(|(count, _, _)| count).max()
    }
}

/// The first two letters of a folded word; a blank stands for a missing second.
pub(crate) fn start_of(folded: &str) -> Option<[char; 2]> {
    let mut letters = folded.chars();
    Some([letters.next()?, letters.next().unwrap_or(' ')])
}

#[cfg(test)]
mod tests {
    use super::FormIndex;
    use crate::form::Endings;
    use crate::words::Words;
    use lagebild_grammar::Analysis;

    #[test]
    fn finds_beginnings_and_compounds() {
        let endings = Endings { name: vec!["s".into()], stem: vec!["s".into(), "in".into()] };
        let forms = [("Sprecher|", 1), ("~sprecher|", 2), ("Vizepräsident|", 3), ("Prime Minister", 4)];
        let index = FormIndex::of(&endings, forms);
        let found = |text: &str| -> Vec<(usize, i32)> {
            let cut = lagebild_page::Words::new(text);
            let words = Words::new(&cut, &Analysis::default());
            index.at(&words.list, 0).map(|(count, _, value)| (count, *value)).collect()
        };
        assert_eq!(found("Sprechers"), [(1, 1), (1, 2)]);
        assert_eq!(found("Kremlsprecherin"), [(1, 2)]);
        assert_eq!(found("Prime Minister Lee"), [(2, 4)]);
        assert_eq!(found("Versprechen"), []);
    }
}
