//! What the numbers of the heads stand for: `data/models/encoder/labels.json`.

use super::tensors::ModelError;
use crate::Upos;
use serde::Deserialize;
use std::collections::HashMap;

/// The file as it is written by `training/`.
#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Written {
    upos: Vec<String>,
    rels: Vec<String>,
    attrs: Vec<String>,
    val: HashMap<String, Vec<String>>,
    ger: Vec<String>,
    une: Vec<String>,
    tbi: HashMap<String, usize>,
    language: HashMap<String, String>,
}

/// The labels of one head of features: an attribute and its values, the first of them for "not marked".
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) values: Vec<String>,
    /// Its place among all values.
    pub(super) start: usize,
}

/// All labels.
pub(super) struct Labels {
    pub(super) upos: Vec<Upos>,
    pub(super) relations: Vec<String>,
    /// In alphabetical order, as Universal Dependencies writes features.
    pub(super) attributes: Vec<Attribute>,
    /// Sum of the attributes' values.
    pub(super) values: usize,
    /// Classes of GermEval 2014, outer level.
    pub(super) germeval: Vec<String>,
    /// Classes of Universal NER.
    pub(super) uner: Vec<String>,
    /// The row of each treebank's vector.
    pub(super) rows: HashMap<String, usize>,
    /// Which treebank's habits to follow in a language.
    treebanks: HashMap<String, String>,
}

impl Labels {
    pub(super) fn read(json: &[u8]) -> Result<Self, ModelError> {
        let written: Written = serde_json::from_slice(json)?;
        let upos: Option<Vec<Upos>> = written.upos.iter().map(|name| Upos::from_name(name)).collect();
        let mut attributes = Vec::new();
        let mut values = 0;
        for name in written.attrs {
            let of = written.val.get(&name).cloned().unwrap_or_default();
            let start = values;
            values += of.len();
            attributes.push(Attribute { name, values: of, start });
        }
        attributes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            upos: upos.ok_or(ModelError::Table("a part of speech is unknown"))?,
            relations: written.rels,
            attributes,
            values,
            germeval: written.ger,
            uner: written.une,
            rows: written.tbi,
            treebanks: written.language,
        })
    }

    /// The treebank whose habits to follow in a language; that of English where none is known.
    pub(super) fn treebank(&self, language: Option<&str>) -> usize {
        let of = |language: &str| self.rows.get(self.treebanks.get(language)?).copied();
        language.and_then(of).or_else(|| of("en")).unwrap_or_default()
    }

    /// The best value of each attribute, spelled as in Universal Dependencies.
    pub(super) fn spell(&self, scores: &[f32]) -> String {
        let mut spelled = String::new();
        for attribute in &self.attributes {
            let scores =
                scores.get(attribute.start..attribute.start + attribute.values.len()).unwrap_or_default();
            let best = super::float::first_largest(scores);
            if best > 0
                && let Some(value) = attribute.values.get(best)
            {
                let bar = if spelled.is_empty() { "" } else { "|" };
                spelled.extend([bar, &attribute.name, "=", value]);
            }
        }
        spelled
    }
}
