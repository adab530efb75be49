//! What is measured, each as one piece of work that gives something that hangs on all of it.

#![allow(dead_code, reason = "each bench uses its part")]

use lagebild_document::Options;
use lagebild_goods::Goods;
use lagebild_grammar::Encoder;
use lagebild_measures::{Flow, Measures};
use lagebild_names::{Name, NameKind};
use lagebild_reading::Knowledge;
use lagebild_screen::{Index, List, ListStamp, Query};
use lagebild_watchlist::{Party, PartyName, Watchlist};

/// Sentences of an ordinary report, a language each.
pub(crate) const TEXTS: [(&str, &str); 3] = [
    (
        "de",
        "Der Minister sagte am Dienstag in der Hauptstadt, die Verhandlungen über Waffenlieferungen und Getreide \
            seien noch nicht abgeschlossen; die Regierung werde in der kommenden Woche weitere Gespräche führen. ",
    ),
    (
        "en",
        "The minister told reporters on Tuesday that talks on artillery shells and grain shipments had not been \
            concluded, and that the government would continue its discussions over the coming week. ",
    ),
    (
        "ru",
        "Министр заявил во вторник, что переговоры о поставках снарядов и зерна ещё не завершены и что \
            правительство продолжит обсуждение на следующей неделе. ",
    ),
];

/// Spellings of one name beside another one's.
const PAIRS: [(&str, &str); 8] = [
    ("Anna Muster", "Anna Maria Muster"),
    ("Sergej Iwanowitsch Beispiel", "Сергей Иванович Бейспиль"),
    ("Muhammad al-Mithal", "محمد المثال"),
    ("Kim Ye-sun", "김예순"),
    ("Wang Lishi", "王理事"),
    ("Beispiel Handels GmbH", "Beispiel Trading Company Limited"),
    ("Morgenrot", "MV Morgenrot 2"),
    ("Peter Meier", "Maria Schulze"),
];

/// Names made ready and compared; the sum of their scores.
pub(crate) fn pairs() -> f64 {
    let name = |text| Name::parse(text, NameKind::Other);
    let score = |(a, b)| lagebild_names::score(&name(a), &name(b), lagebild_names::Options::default());
    PAIRS.into_iter().map(score).sum()
}

/// An index of invented parties.
pub(crate) fn index(parties: usize) -> Index {
    const FIRST: [&str; 12] = [
        "Anna", "Boris", "Carla", "Dmitri", "Emil", "Fatima", "Georg", "Hana", "Ivan", "Jun", "Karim", "Lena",
    ];
    const SYLLABLES: [&str; 12] =
        ["ba", "ro", "mi", "ten", "kov", "sha", "li", "dor", "wen", "gu", "sal", "ni"];
    let party = |number: usize| {
        let syllable = |place: u32| SYLLABLES[number / 12_usize.pow(place) % 12];
        let full = format!("{} {}{}{}", FIRST[number % 12], syllable(1), syllable(2), syllable(3));
        let mut party = Party { id: format!("x:{number}"), schema: "Person".into(), ..Party::default() };
        party.add_name(PartyName { full, ..PartyName::default() });
        party
    };
    let list = List { stamp: ListStamp::default(), parties: (0..parties).map(party).collect() };
    Index::of_lists(&[list]).expect("what was just compiled is sound")
}

/// Two names screened, one listed and one not; the number of hits.
pub(crate) fn screening(index: &Index) -> usize {
    let hits = |name| index.screen(&Query::name(name, None), &lagebild_screen::Options::default()).len();
    hits("Dimitri Rokovten") + hits("Zwetana Zuckerbrot")
}

/// Listed names spotted in a text without any; the number found.
pub(crate) fn spotting((language, text): (&str, &str)) -> usize {
    Watchlist::starter().spot(text, Some(language)).len()
}

/// Goods spotted in a text.
pub(crate) fn goods((language, text): (&str, &str)) -> usize {
    Goods::shipped().find_in(text, Some(language)).len()
}

/// A sentence's tags, trees and names; the number of words.
pub(crate) fn grammar((language, text): (&str, &str)) -> usize {
    let language = lagebild_language::of(language);
    let analysis = lagebild_grammar::analyse(text, &[], Some(&language), Encoder::shipped().ok());
    analysis.sentences.iter().map(|sentence| sentence.tokens.len()).sum()
}

/// A short article read whole; the number of its entities.
pub(crate) fn reading((language, text): (&str, &str)) -> usize {
    let day = jiff::civil::date(2023, 9, 14);
    let options = Options { language: Some(language.into()), published: Some(day), ..Options::default() };
    let documents = lagebild_document::read("bench.txt", text.as_bytes(), &options);
    let read = |document| lagebild_reading::read(document, Knowledge::built_in(), day);
    documents.into_iter().flatten().map(|document| read(document).entities.len()).sum()
}

/// Flows of every class of goods between a few countries.
pub(crate) fn flows() -> Vec<Flow> {
    let between = [("KP", "RU"), ("RU", "KP"), ("IR", "RU"), ("DE", "UA")];
    let flow = |class: &str, (from, to): (&str, &str)| Flow {
        from: Some(from.into()),
        to: Some(to.into()),
        class: Some(class.into()),
        ..Flow::default()
    };
    let classes = Goods::shipped().classes().iter();
    classes.flat_map(|class| between.map(|sides| flow(&class.id, sides))).collect()
}

/// All flows checked on a day; the number of findings.
pub(crate) fn check(flows: &[Flow]) -> usize {
    let day = jiff::civil::date(2023, 9, 13);
    flows.iter().map(|flow| Measures::shipped().check(flow, day).len()).sum()
}
