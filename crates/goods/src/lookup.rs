//! What a word or an id stands for: `lagebild goods TERM`.

use crate::catalogue::Goods;
use crate::records::{Class, System};
use lagebild_page::words::{Words, fold};
use serde::Serialize;

/// A class that a term leads to, and how.
#[derive(Clone, Debug, Serialize)]
pub struct Lookup<'g> {
    /// The class.
    pub class: &'g Class,
    /// The named system, where the term is one.
    pub system: Option<&'g System>,
    /// How the term led there.
    pub why: String,
}

impl Goods {
    /// The classes that a term stands for: as id, as words of any language, as the name of a system, or as an HS
    /// code. The most certain first.
    pub fn lookup(&self, term: &str) -> Vec<Lookup<'_>> {
        let mut found: Vec<Lookup<'_>> = Vec::new();
        if let Some(class) = self.class(term) {
            found.push(Lookup { class, system: None, why: "id of the class".into() });
        }
        let words = Words::new(term);
        for code in self.languages() {
            for mention in self.find(&words, Some(code)) {
                let Some(class) = self.class(&mention.class) else { continue };
                let system = mention.system.as_deref().and_then(|id| self.system(id));
                found.push(Lookup { class, system, why: format!("{code}: {}", mention.why) });
            }
        }
        let folded = fold(term);
        let labels = self.classes().iter().filter(|class| {
            folded.chars().count() > 3 && class.label.values().any(|label| fold(label).contains(&folded))
        });
        found.extend(labels.map(|class| Lookup { class, system: None, why: "words of the label".into() }));
        let coded = self.classes().iter().filter(|class| class.codes.hs.iter().any(|code| code == term));
        found.extend(coded.map(|class| Lookup { class, system: None, why: format!("HS {term}") }));
        let mut seen = Vec::new();
        found.retain(|lookup| {
            let key = (lookup.class.id.as_str(), lookup.system.map(|system| system.id.as_str()));
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        found
    }

    /// Up to five class ids that look most like a mistyped one.
    pub fn nearest(&self, id: &str) -> Vec<&str> {
        let wanted = pairs(id);
        let score = |class: &Class| {
            let own = pairs(&class.id);
            let shared = own.iter().filter(|pair| wanted.contains(pair)).count();
            (2 * shared * 1000) / (own.len() + wanted.len()).max(1)
        };
        let mut ranked: Vec<(usize, &str)> = self
            .classes()
            .iter()
            .map(|class| (score(class), class.id.as_str()))
            .filter(|(s, _)| *s > 400)
            .collect();
        ranked.sort_by_key(|&(score, id)| (std::cmp::Reverse(score), id));
        ranked.into_iter().take(5).map(|(_, id)| id).collect()
    }
}

/// Neighbouring letters, two by two (Dice's measure).
fn pairs(word: &str) -> Vec<(char, char)> {
    let folded = fold(word);
    folded.chars().zip(folded.chars().skip(1)).collect()
}
