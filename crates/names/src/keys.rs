//! Blocking keys: names of the same party share at least one, whatever their script and spelling.

use crate::{
    confusion::System,
    hash::stored_hash,
    name::Name,
    outline::Outline,
    part::{Part, PartKind},
    script::Script,
    sound::{Sounds, key_letters},
    weights::ACRONYM,
};

/// Consonants of a name written as one word that make its key.
const WHOLE: usize = 10;

/// What a part of a name can be looked up by.
#[derive(Debug, Clone, PartialEq)]
pub struct PartKeys {
    /// A key for each of its readings, sorted and without repetition; none for an initial or a particle.
    pub keys: Vec<u64>,
    /// What can be told of it without reading it again.
    pub outline: Outline,
    /// All readings of what has several: its outline holds the first.
    pub(crate) readings: Vec<(System, Sounds)>,
}

impl Name {
    /// The keys of each part that says who it is: of the name, then of its other cut. Asides too: what stands in
    /// brackets may be what is asked for. Particles have no keys, but an outline: they may be written together with a part.
    pub fn part_keys(&self) -> Vec<PartKeys> {
        let kept =
            |part: &&Part| part.kind.counts() || matches!(part.kind, PartKind::Aside | PartKind::Particle);
        let all = self.parts.iter().chain(self.other.iter().flatten()).filter(kept);
        let two_cuts = self.other.is_some();
        let keys = |part: &Part| PartKeys {
            keys: keys_of(part),
            outline: Outline::of(part, two_cuts),
            readings: several_readings(part),
        };
        all.map(keys).collect()
    }

    /// The keys of the whole name: written as one word, and as an acronym or what may be behind one. `listed` says that it
    /// is to be found, not asked for: the acronym of one side is looked for among the first words of the other.
    pub fn whole_keys(&self, listed: bool) -> Vec<u64> {
        let [word, letters] = acronym_sides(&self.parts);
        let (word_side, letters_side) = if listed { ("short", "long") } else { ("long", "short") };
        let mut keys: Vec<u64> =
            word.map(|word| stored_hash(word_side, &[word.as_bytes()])).into_iter().collect();
        keys.extend(letters.map(|letters| stored_hash(letters_side, &[letters.as_bytes()])));
        let whole: Vec<&Sounds> =
            self.parts.iter().filter(|p| keyed(p)).filter_map(|p| p.readings.first()).collect();
        let joined: String = whole.iter().map(|r| skeleton(r, 8)).collect();
        if !joined.is_empty() {
            let whole: String = joined.chars().take(WHOLE).collect();
            keys.push(stored_hash("whole", &[whole.as_bytes()]));
        }
        keys.extend(self.spelt.iter().flat_map(|spelt| &spelt.keys));
        keys
    }
}

/// The readings of a part that may have several.
fn several_readings(part: &Part) -> Vec<(System, Sounds)> {
    let readings = part.readings.iter().filter(|_| part.script.writes_syllables());
    readings.map(|reading| (System::of(part.script, reading.route()), *reading)).collect()
}

/// The keys of a part. What has no sound (a number) is looked up as it is written.
fn keys_of(part: &Part) -> Vec<u64> {
    if matches!(part.kind, PartKind::Initial | PartKind::Particle) {
        return Vec::new();
    }
    let group = (part.group != 0).then(|| stored_hash("group", &[&part.group.to_le_bytes()]));
    let readings =
        part.readings.iter().flat_map(|r| skeletons(r, 4)).filter(|s| !s.is_empty()).map(|s| key(&s));
    let mut keys: Vec<u64> = group.into_iter().chain(readings).collect();
    if keys.is_empty() {
        keys.push(stored_hash("written", &[part.folded.as_bytes()]));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The first word of a name, which may be an acronym, and the first letters of its words, which may be one.
fn acronym_sides(parts: &[Part]) -> [Option<String>; 2] {
    let first = parts.iter().find(|p| matches!(p.kind, PartKind::Word | PartKind::Term));
    let word = first.filter(|p| p.script == Script::Latin).map(|p| p.folded.to_string());
    let letters = parts.iter().filter(|p| p.kind.counts()).filter_map(|p| p.folded.chars().next()).collect();
    [word, Some(letters)].map(|side| side.filter(|letters| ACRONYM.contains(&letters.len())))
}

fn keyed(part: &Part) -> bool {
    part.kind.counts() && part.kind != PartKind::Initial
}

fn key(skeleton: &str) -> u64 {
    stored_hash("sounds", &[skeleton.as_bytes()])
}

/// The first `most` consonants, those that are easily confused as one; a word of vowels keeps its first sound. A sound that
/// is written for two others (j, dh, th, c, kh) gives a skeleton for each.
pub(crate) fn skeletons(reading: &Sounds, most: usize) -> Vec<String> {
    const MOST_VARIANTS: usize = 6;
    let mut all = vec![String::new()];
    for &code in reading.codes() {
        let classes = key_letters(code);
        if classes.is_empty() {
            continue;
        }
        let mut next = Vec::with_capacity(all.len() * classes.len());
        for skeleton in &all {
            for class in classes.iter().take(if all.len() < MOST_VARIANTS { 2 } else { 1 }) {
                let mut longer = skeleton.clone();
                longer.extend(class.filter(|&class| !skeleton.ends_with(class) && skeleton.len() < most));
                next.push(longer);
            }
        }
        all = next;
        if all.iter().all(|skeleton| skeleton.len() >= most) {
            break;
        }
    }
    for skeleton in &mut all {
        if skeleton.is_empty() {
            skeleton.extend(reading.codes().first().map(|&c| char::from(c)));
        }
    }
    all
}

/// The likeliest skeleton.
pub(crate) fn skeleton(reading: &Sounds, most: usize) -> String {
    skeletons(reading, most).into_iter().next().unwrap_or_default()
}
