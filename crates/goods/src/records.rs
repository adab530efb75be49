//! The data files of `data/goods` as typed records.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A class of goods or services.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Stable id, such as `artillery_ammunition`.
    pub id: String,
    /// Group, such as `arms` or `energy`.
    pub group: String,
    /// The class above it: what is said of the parent holds for this class too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What it is when it goes from one to another; goods where nothing is said.
    #[serde(default)]
    pub flow: FlowKind,
    /// The class of what this weapon fires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ammunition: Option<String>,
    /// The class of its parts, below the class that they have by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<String>,
    /// A thing made for another (a part, a technology) that stays in this class whatever it is made for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub part_of: bool,
    /// Names by language code.
    pub label: BTreeMap<String, String>,
    /// Codes of public classifications.
    #[serde(default)]
    pub codes: Codes,
    /// What to mind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What goes from one to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// Things.
    #[default]
    Goods,
    /// Services, training, technical help, troops.
    Assistance,
    /// Scientific and technical cooperation.
    Science,
    /// Teaching.
    Education,
    /// People who work.
    Workers,
    /// Payments and financial services.
    Money,
    /// Capital and joint undertakings.
    Investment,
    /// Ships, ports, cargo.
    Transport,
}

impl Class {
    /// The name in a language, else in English, else the id.
    pub fn label(&self, language: &str) -> &str {
        self.label.get(language).or_else(|| self.label.get("en")).map_or(&self.id, |label| label)
    }
}

/// Codes of public classifications; all are strings, because leading zeros count.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Codes {
    /// Categories of the UN Register of Conventional Arms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unroca: Vec<String>,
    /// Categories of the EU Common Military List.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub eu_cml: Vec<String>,
    /// Categories of the US Munitions List.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usml: Vec<String>,
    /// Chapters and headings of the Harmonized System 2022, without dots; ranges with a hyphen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hs: Vec<String>,
    /// Item list that a UN resolution refers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub un_list: Vec<String>,
}

/// A named weapon system.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Stable id, such as `kn-23`.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Id of its class.
    pub class: String,
    /// ISO 3166-1 codes of where it comes from.
    pub origin: Vec<String>,
    /// Names in print, in any script.
    pub names: Vec<String>,
    /// Calibre in millimetres, where it has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calibre_mm: Vec<u16>,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub similar_to: Vec<Similar>,
    /// Whether name and class were read in a stored public page or rest on memory.
    pub verified: Verified,
    /// What to mind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A system that another is compared with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Similar {
    /// Its name.
    pub name: String,
    /// How they are related.
    pub relation: String,
}

/// What an entry rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    /// Read in a stored public page.
    StoredText,
    /// Not read again.
    Memory,
}

/// What a calibre says about ammunition.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalibreHint {
    pub(crate) mm: f64,
    pub(crate) classes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassFile {
    pub(crate) classes: Vec<Class>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SystemFile {
    pub(crate) systems: Vec<System>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalibreFile {
    pub(crate) calibres: Vec<CalibreHint>,
}

/// `terms/<language>.yaml`: the words that name the classes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermFile {
    pub(crate) language: String,
    /// Nouns have a capital everywhere, so that a listed one does not count in small letters.
    #[serde(default)]
    pub(crate) capital_nouns: bool,
    /// How words change, the first rule that fits counts.
    #[serde(default)]
    pub(crate) inflection: Vec<Ending>,
    #[serde(default)]
    pub(crate) compounds: Compounds,
    #[serde(default)]
    pub(crate) neighbours: Neighbours,
    /// Class id and its words.
    pub(crate) terms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) careful: Vec<Careful>,
}

/// One rule of inflection: a word that ends so takes these endings instead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ending {
    /// Endings of the word as listed; an empty one fits every word.
    pub(crate) ends: Vec<String>,
    /// The rule is for words with a capital (true) or small (false) first letter only.
    #[serde(default)]
    pub(crate) capital: Option<bool>,
    /// What may stand in place of the ending.
    pub(crate) endings: Vec<String>,
}

/// Words written as one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Compounds {
    /// What may stand between the parts: `Waffe-n-lieferung`.
    pub(crate) joints: Vec<String>,
    /// Terms that keep their class as the last part of a longer word.
    pub(crate) heads: Vec<String>,
    /// Last parts that leave the class to the part before them: `-lieferung`.
    pub(crate) tails: Vec<String>,
}

/// Words beside a term that say what it is about.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Neighbours {
    /// A term right before one of these is not what is meant: "missile *test*".
    pub(crate) not_before: Vec<String>,
    /// A term right after one of these is not what is meant: "*anti*-tank".
    pub(crate) not_after: Vec<String>,
    /// Words between a thing and what it is made for: "shells *for* tanks".
    pub(crate) made_for: Vec<String>,
    /// Words between a thing and the name of its type: "missiles *of the type* KN-23".
    pub(crate) type_words: Vec<String>,
    /// Words that join things of one list.
    pub(crate) conjunctions: Vec<String>,
    /// Words that make what follows a comparison: "*resemble* the Iskander".
    pub(crate) comparison: Vec<String>,
    /// Words that may stand between two parts of one naming: articles.
    pub(crate) articles: Vec<String>,
}

/// When a term counts, and when it is something else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Careful {
    /// The term, as under `terms` or as the name of a system.
    pub(crate) term: String,
    /// Says little alone: low confidence.
    #[serde(default)]
    pub(crate) weak: bool,
    /// Only as printed: not with a capital first letter inside a sentence.
    #[serde(default)]
    pub(crate) lower_case: bool,
    /// Does not count with one of these near it; `*` stands for any ending.
    #[serde(default)]
    pub(crate) not_when: Vec<String>,
    /// Counts only with one of these near it.
    #[serde(default)]
    pub(crate) only_when: Vec<String>,
    /// Is of another class with one of these near it.
    #[serde(default)]
    pub(crate) senses: Vec<Sense>,
    /// As the head of a compound it does not count after these first parts.
    #[serde(default)]
    pub(crate) not_front: Vec<String>,
    /// As the head of a compound it counts only after a part that is a term itself.
    #[serde(default)]
    pub(crate) front_needed: bool,
}

/// Another meaning of a term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sense {
    pub(crate) near: Vec<String>,
    pub(crate) class: String,
}
