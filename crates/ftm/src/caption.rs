//! The name to show for an entity that brings none.

use crate::{Entity, Kind};
use std::collections::HashMap;

/// The first value of the schema's caption properties; of several names the one whose words are most usual among them,
/// one in the Latin script and in natural order before others.
pub(crate) fn caption(entity: &Entity) -> String {
    for property in &entity.schema.caption {
        let values = entity.values(property);
        let is_name = entity.schema.properties.get(property).is_some_and(|it| it.kind == Kind::Name);
        match values {
            [] => {}
            [only] => return only.clone(),
            [first, ..] if !is_name => return first.clone(),
            many => return usual(many),
        }
    }
    entity.schema.label.clone()
}

fn usual(names: &[String]) -> String {
    let words = |name: &String| -> Vec<String> {
        name.split_whitespace().map(|word| word.trim_matches(',').to_lowercase()).collect()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    names.iter().flat_map(words).for_each(|word| *counts.entry(word).or_default() += 1);
    let worth = |name: &String| {
        let words = words(name);
        let sum: usize = words.iter().filter_map(|word| counts.get(word)).sum();
        let latin = name.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{250}');
        (latin, !name.contains(','), sum * 100 / words.len().max(1))
    };
    // Of equals the first: `max_by_key` would take the last.
    names.iter().rev().max_by_key(|name| worth(name)).cloned().unwrap_or_default()
}
