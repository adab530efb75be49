//! Frames: the kinds of transfer (`data/frames.yaml`), and the words of a language that open them
//! (`data/lexicon/<language>/frames.yaml`).

use crate::model::Status;
use lagebild_data::{DataError, embedded};
use lagebild_language::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What can be filled in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Slot {
    Giver,
    Receiver,
    Item,
    Carrier,
    Route,
    EndUser,
    /// What is given back.
    Return,
    /// Who intercepts it.
    Seizer,
}

/// What an item must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemKind {
    Goods,
    People,
    Money,
    Data,
    Any,
}

/// A kind of transfer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    #[expect(dead_code, reason = "for people")]
    meaning: String,
    /// In the order in which they are filled: one phrase fills one slot.
    pub(crate) slots: Vec<Slot>,
    pub(crate) item: ItemKind,
    /// What it says by itself of how far the transfer has come.
    pub(crate) status: Option<Status>,
    /// The verb itself says what goes, where nothing else does: "trained", "paid".
    #[serde(default)]
    pub(crate) by_itself: bool,
    /// What goes is what is done to the goods, not the goods: "repairs its frigates". Who owns them gets it.
    #[serde(default)]
    pub(crate) done_to: bool,
    /// It is a transfer only for somebody or in a state: what is built in a town goes to nobody.
    #[serde(default)]
    pub(crate) abroad: bool,
    /// Class of goods of what goes then.
    pub(crate) class: Option<String>,
    /// Classes of goods that are no item here: a ship that sails carries something and goes to nobody.
    #[serde(default)]
    pub(crate) movers: Vec<String>,
}

/// All kinds of transfer with their ids, in the order of the file.
pub(crate) type Inventory = Vec<(String, Frame)>;

/// The shipped inventory; empty should the embedded form not fit, which a test rules out.
pub(crate) fn inventory() -> &'static Inventory {
    static ALL: LazyLock<Inventory> = LazyLock::new(|| {
        let json = include_str!(concat!(env!("OUT_DIR"), "/frames.json"));
        let all: serde_json::Map<String, serde_json::Value> =
            embedded("data/frames.yaml", json).unwrap_or_default();
        let frame = |(id, value)| Some((id, serde_json::from_value(value).ok()?));
        all.into_iter().filter_map(frame).collect()
    });
    &ALL
}

/// The words of a frame in a language; the head of the German file explains the fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    default: Places,
    verbs: Vec<Word>,
    noun_default: Places,
    nouns: Vec<Word>,
}

/// Where each slot stands: grammatical roles and prepositions, the first that is filled counts.
type Places = BTreeMap<Slot, Vec<String>>;

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Word {
    Lemma(String),
    Own(Box<Own>),
}

#[derive(Clone, Debug, Deserialize)]
struct Own {
    lemma: String,
    class: Option<String>,
    needs: Option<String>,
    with: Option<String>,
    #[serde(default)]
    reflexive: bool,
    #[serde(flatten)]
    places: Places,
}

/// What must be there for a word to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The item is of that kind.
    Item(ItemKind),
    /// The slot is filled.
    Slot(Slot),
}

/// A word that opens a frame.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Id of the frame.
    pub(crate) id: &'static str,
    pub(crate) frame: &'static Frame,
    pub(crate) noun: bool,
    pub(crate) needs: Option<Need>,
    /// Class of goods of what goes, where the word itself says it: "arms the rebels".
    pub(crate) class: Option<String>,
    /// A word that must hang on it: "zur *Verfügung* stellen".
    pub(crate) with: Option<String>,
    pub(crate) reflexive: bool,
    places: Places,
}

impl Entry {
    /// Where a slot stands, the first place that is filled counts.
    pub(crate) fn places(&self, slot: Slot) -> &[String] {
        self.places.get(&slot).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The words of a language by their lemmas, in small letters.
#[derive(Debug, Default)]
pub(crate) struct Frames(HashMap<String, Vec<Entry>>);

impl lagebild_language::Lexicon for Frames {
    fn of(language: &Language) -> Result<Option<Self>, DataError> {
        let file: Option<BTreeMap<String, Words>> = language.read("frames")?;
        file.map(|file| Self::new(&file, language)).transpose()
    }
}

impl Frames {
    fn new(file: &BTreeMap<String, Words>, language: &Language) -> Result<Self, DataError> {
        let mut all: HashMap<String, Vec<Entry>> = HashMap::new();
        // In the order of the inventory, which is that of frames that fill equally many slots.
        for (id, frame) in inventory() {
            let Some(words) = file.get(id) else { continue };
            for (noun, list, default) in
                [(false, &words.verbs, &words.default), (true, &words.nouns, &words.noun_default)]
            {
                for word in list {
                    let (lemma, entry) = entry(word, (id, frame, noun), default, language)?;
                    all.entry(lemma).or_default().push(entry);
                }
            }
        }
        match file.keys().find(|id| !inventory().iter().any(|(known, _)| known == *id)) {
            Some(id) => Err(wrong(language, id, "no frame of data/frames.yaml has this id")),
            None => Ok(Self(all)),
        }
    }

    /// The entries of a lemma; with `compounds` those of the longest last part of a noun.
    pub(crate) fn of(&self, lemma: &str, noun: bool, compounds: bool) -> impl Iterator<Item = &Entry> {
        let known =
            |lemma: &str| self.0.get(lemma).filter(|entries| entries.iter().any(|one| one.noun == noun));
        let last_part = || {
            let ends =
                lemma.char_indices().skip(SHORTEST_PART).map(|(at, _)| lemma.get(at..).unwrap_or_default());
            ends.filter(|end| end.chars().nth(SHORTEST_PART).is_some()).find_map(known)
        };
        let found = known(lemma).or_else(|| (noun && compounds).then(last_part).flatten());
        found.into_iter().flatten().filter(move |entry| entry.noun == noun)
    }
}

/// Letters that each part of a compound has at least ("Öl-export").
const SHORTEST_PART: usize = 2;

fn entry(
    word: &Word,
    (id, frame, noun): (&'static str, &'static Frame, bool),
    default: &Places,
    language: &Language,
) -> Result<(String, Entry), DataError> {
    let plain = |lemma: &String| Own {
        lemma: lemma.clone(),
        class: None,
        needs: None,
        with: None,
        reflexive: false,
        places: Places::new(),
    };
    let own = match word {
        Word::Lemma(lemma) => plain(lemma),
        Word::Own(own) => (**own).clone(),
    };
    let mut places = default.clone();
    places.extend(own.places);
    let reflexive = own.reflexive || own.needs.as_deref() == Some("reflexive");
    let needs = own.needs.as_deref().filter(|needs| *needs != "reflexive");
    let needs =
        needs.map(|needs| need(needs).ok_or_else(|| wrong(language, needs, "nothing that can be needed")));
    let with = own.with.map(|with| with.to_lowercase());
    let lemma = own.lemma.to_lowercase();
    let entry =
        Entry { id, frame, noun, needs: needs.transpose()?, class: own.class, with, reflexive, places };
    Ok((lemma, entry))
}

fn need(word: &str) -> Option<Need> {
    let value = || serde_json::Value::from(word);
    let kind = serde_json::from_value(value()).map(Need::Item);
    kind.or_else(|_| serde_json::from_value(value()).map(Need::Slot)).ok()
}

fn wrong(language: &Language, field: &str, message: &str) -> DataError {
    DataError {
        file: format!("data/lexicon/{}/frames.yaml", language.code()),
        line: 0,
        field: field.to_owned(),
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_language::Languages;

    #[test]
    fn the_inventory_and_every_file_can_be_read() {
        let written = std::fs::read_to_string("../../data/frames.yaml").unwrap();
        let frames =
            written.lines().filter(|line| line.ends_with(':') && !line.starts_with([' ', '#'])).count();
        assert_eq!(inventory().len(), frames);
        let mut read = 0;
        for language in Languages::shipped().iter() {
            let found = <Frames as lagebild_language::Lexicon>::of(language);
            read += usize::from(found.unwrap().is_some());
        }
        assert!(read >= 12, "{read}");
    }

    #[test]
    fn a_compound_counts_by_its_last_part() {
        let german = lagebild_language::of("de");
        let frames = german.lexicon::<Frames>().unwrap();
        assert_eq!(frames.of("waffenlieferung", true, true).next().unwrap().id, "supply");
        assert!(frames.of("waffenlieferung", true, false).next().is_none());
        assert!(frames.of("waffenlieferung", false, true).next().is_none());
    }
}
