//! Groups of letters that stand for one thing: the longest that a text begins with counts.

/// Groups by their first byte, the longest first.
#[derive(Debug, Clone)]
pub(crate) struct Spellings<T>(Vec<Vec<(Box<str>, T)>>);

impl<T: Clone> Spellings<T> {
    pub(crate) fn new(groups: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first = vec![Vec::new(); 256];
        for (group, stands_for) in groups {
            if let Some(&first) = group.as_bytes().first() {
                by_first[usize::from(first)].push((group.into_boxed_str(), stands_for));
            }
        }
        for groups in &mut by_first {
            groups.sort_by_key(|(group, _)| std::cmp::Reverse(group.len()));
        }
        Self(by_first)
    }

    /// The group that the text begins with: its bytes and what it stands for.
    pub(crate) fn at(&self, text: &str) -> Option<(usize, &T)> {
        let groups = self.0.get(usize::from(*text.as_bytes().first()?))?;
        groups.iter().find(|(group, _)| text.starts_with(&**group)).map(|(group, it)| (group.len(), it))
    }
}
