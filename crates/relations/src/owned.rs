//! Participles with a name before them: "the Nordex-owned yard X", "die Nordex-kontrollierte Werft X".

use crate::fill::{Candidate, in_passing};
use crate::roles::beside;
use crate::scene::{Scene, Side};

/// The relations that a word tells which a hyphen joins to a name before it.
pub(crate) fn of_participle(scene: &Scene, at: usize) -> Vec<Candidate> {
    let Some((by, word)) = joined(scene, at) else { return Vec::new() };
    let kinds = scene.words.joined(&word);
    if kinds.is_empty() {
        return Vec::new();
    }
    let Some(of) = described(scene, at).filter(|of| of.entity != by.entity && !of.span.overlaps(by.span))
    else {
        return Vec::new();
    };
    let told = in_passing(scene, at);
    let candidate = |kind: &String| Candidate {
        kind: kind.clone(),
        from: by,
        to: of,
        trigger: at,
        rule: "participle",
        told: told.clone(),
        ended: scene.children(at).any(|child| scene.is_one_of(child, &scene.words.ended)),
        share: None,
    };
    kinds.iter().map(candidate).collect()
}

/// The name before the hyphen and the word behind it, written as one token or as several.
fn joined(scene: &Scene, at: usize) -> Option<(Side, String)> {
    let token = scene.token(at)?;
    if let Some(side) = scene.named_first(at) {
        let word = scene.written(at).rsplit_once('-').map(|(_, word)| word.to_owned())?;
        return Some((side, word));
    }
    let hyphen = scene.token(at.checked_sub(1)?)?;
    let close = hyphen.span.of(scene.text) == "-" && hyphen.span.end() == token.span.start();
    let name = at.checked_sub(2).filter(|_| close).and_then(|before| scene.named(before))?;
    (name.span.end() == hyphen.span.start()).then(|| (name, scene.written(at)))
}

/// What the participle says it of: the name that it hangs on, or the one beside the noun that it hangs on.
fn described(scene: &Scene, at: usize) -> Option<Side> {
    let token = scene.token(at)?;
    let noun = token.head as usize;
    let behind =
        noun > at && ["amod", "acl", "compound", "nmod"].iter().any(|one| token.deprel.starts_with(one));
    // "the X-owned refinery" alone names nobody.
    if !behind {
        return None;
    }
    scene.named(noun).or_else(|| beside(scene, noun)).filter(|side| side.span.start() > token.span.end())
}
