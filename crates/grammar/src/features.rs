//! What the learners see of a word: hashes of its form, ends, shape and cluster.

use crate::hash::{Random, mix, step, text};
use crate::model::clusters::Clusters;

/// Value of what lies outside the sentence.
pub(crate) const OUTSIDE: u64 = 5;

/// One word's attributes, all hashed.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) form: u64,
    pub(crate) lower: u64,
    pub(crate) shape: u64,
    /// The first one, two and three letters, in lower case.
    pub(crate) prefixes: [u64; 3],
    /// The last one to five letters, in lower case.
    pub(crate) suffixes: [u64; 5],
    /// Brown-like cluster: the first 4, 6 and 10 bits of its path, and all of it.
    pub(crate) cluster: [u64; 4],
    /// Classes of the parts of speech and of the inflections that dictionaries know of it or of its compound's head.
    pub(crate) kind: u64,
    pub(crate) inflection: u64,
    /// Class of the kinds of name that lists give it for.
    pub(crate) name: u64,
    /// What follows the last hyphen ("-Chef").
    pub(crate) after_hyphen: u64,
    pub(crate) capital: bool,
}

impl Word {
    pub(crate) fn new(form: &str, clusters: &Clusters) -> Self {
        let lower = form.to_lowercase();
        let own = clusters.get(form, &lower);
        let known = own.or_else(|| clusters.head(form, &lower)).unwrap_or_default();
        let compound = u64::from(own.is_none()) << 20;
        Self {
            form: text(form),
            lower: text(&lower),
            shape: shape(form),
            prefixes: prefixes(&lower),
            suffixes: suffixes(&lower),
            cluster: cluster_prefixes(known.cluster),
            kind: u64::from(known.kind) | compound,
            inflection: u64::from(known.inflection),
            name: u64::from(clusters.name(form)),
            after_hyphen: lower.rfind('-').map_or(3, |at| text(lower.get(at..).unwrap_or_default())),
            capital: form.starts_with(char::is_uppercase),
        }
    }
}

/// The bits of a cluster's path run from the lowest up, as spaCy stores them.
fn cluster_prefixes(path: u16) -> [u64; 4] {
    if path == 0 {
        return [7; 4];
    }
    let bits = u64::from(path);
    [bits & 0xf | 0x1_0000, bits & 0x3f | 0x2_0000, bits & 0x3ff | 0x3_0000, bits | 0x4_0000]
}

/// Upper case, lower case, digits and marks; longer runs of one kind count as two.
fn shape(form: &str) -> u64 {
    let (mut hash, mut last, mut run) = (OUTSIDE, '\0', 0);
    for c in form.chars() {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        run = if kind == last { run + 1 } else { 0 };
        last = kind;
        if run < 2 {
            hash = mix(hash, u64::from(kind));
        }
    }
    hash
}

fn prefixes(lower: &str) -> [u64; 3] {
    let mut found = [1; 3];
    let mut hash = text("");
    let mut buffer = [0; 4];
    for (slot, c) in found.iter_mut().zip(lower.chars()) {
        hash = c.encode_utf8(&mut buffer).bytes().fold(hash, step);
        *slot = hash;
    }
    found
}

fn suffixes(lower: &str) -> [u64; 5] {
    let mut found = [1; 5];
    for (slot, (at, _)) in found.iter_mut().zip(lower.char_indices().rev()) {
        *slot = text(lower.get(at..).unwrap_or_default());
    }
    found
}

/// Collects features: each template (the place in the code that adds it) hashes its values apart from all others.
pub(crate) struct Features {
    list: Vec<u64>,
    template: u64,
    seed: u64,
}

impl Features {
    pub(crate) fn new() -> Self {
        Self { list: Vec::with_capacity(256), template: 0, seed: 0 }
    }

    /// Starts a new example. Learners with different seeds share no features.
    pub(crate) fn clear(&mut self, seed: u64) {
        self.list.clear();
        self.template = 0;
        self.seed = seed;
    }

    /// Adds the value of the next template.
    #[inline]
    pub(crate) fn add(&mut self, value: u64) {
        self.template += 1;
        self.list.push(mix(self.template.wrapping_mul(0x0123_4567).wrapping_add(self.seed), value));
    }

    /// Passes over templates that do not apply here.
    pub(crate) fn skip(&mut self, templates: u64) {
        self.template += templates;
    }

    /// Leaves out each feature with a chance of `percent` in a hundred, so that a learner relies on none alone.
    pub(crate) fn thin(&mut self, percent: usize, random: &mut Random) {
        self.list.retain(|_| random.below(100) >= percent);
    }

    pub(crate) fn all(&self) -> &[u64] {
        &self.list
    }
}
