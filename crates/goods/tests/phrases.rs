//! `phrases/<language>.txt`: goods and services as customs, courts, ministries and papers write them, a sentence a
//! line: the words that name the goods in square brackets, then the classes that are right, `-` for words that name
//! nothing of arms. The lists were written without a look at the lexicon. A line that ends in `?` is known to come
//! out wrong: mostly figures of speech, which no list of words tells from the thing.

#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_goods::{Goods, GoodsMention};
use std::fmt::Write;

/// Groups of classes that an everyday word must not lead to.
const OF_ARMS: [&str; 3] = ["arms", "military_services", "wmd_dual_use"];

struct Phrase<'l> {
    text: String,
    /// Where the bracketed words begin and end.
    span: (u32, u32),
    classes: Vec<&'l str>,
    known_wrong: bool,
}

fn phrase(line: &str) -> Phrase<'_> {
    let known_wrong = line.ends_with(" ?");
    let (sentence, classes) = line.trim_end_matches(" ?").rsplit_once(" = ").unwrap();
    let (before, rest) = sentence.split_once('[').unwrap();
    let (named, after) = rest.split_once(']').unwrap();
    Phrase {
        text: format!("{before}{named}{after}"),
        span: (before.len() as u32, (before.len() + named.len()) as u32),
        classes: classes.split('/').collect(),
        known_wrong,
    }
}

/// Every mention over the words has one of the classes, and there is one.
fn is_right(phrase: &Phrase<'_>, found: &[&GoodsMention]) -> bool {
    let goods = Goods::shipped();
    if phrase.classes.contains(&"-") {
        let of_arms = |class: &str| goods.class(class).is_some_and(|c| OF_ARMS.contains(&c.group.as_str()));
        let accepted = |class: &str| phrase.classes.contains(&class) || !of_arms(class);
        return found.iter().all(|mention| accepted(&mention.class));
    }
    !found.is_empty() && found.iter().all(|mention| phrase.classes.contains(&mention.class.as_str()))
}

#[test]
fn phrases_of_every_language_have_their_class() {
    let goods = Goods::shipped();
    let mut report = String::new();
    let mut wrong = 0;
    for language in goods.languages() {
        let Ok(table) = std::fs::read_to_string(format!("tests/phrases/{language}.txt")) else { continue };
        let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (mut right, mut all) = (0, 0);
        for line in lines {
            let phrase = phrase(line);
            for class in phrase.classes.iter().filter(|class| **class != "-") {
                assert!(goods.class(class).is_some(), "{line}");
            }
            let found = goods.find_in(&phrase.text, Some(language));
            let over = |m: &&GoodsMention| m.span.start() < phrase.span.1 && phrase.span.0 < m.span.end();
            let found: Vec<&GoodsMention> = found.iter().filter(over).collect();
            all += 1;
            if is_right(&phrase, &found) {
                right += 1;
                continue;
            }
            let named = found.iter().map(|m| format!("{}: {}", m.span.of(&phrase.text), m.class));
            if !phrase.known_wrong {
                wrong += 1;
                writeln!(report, "{language}: {line}\n      {}", named.collect::<Vec<_>>().join(" | "))
                    .unwrap();
            }
        }
        println!("{language}: {right} of {all}");
    }
    assert!(wrong == 0, "{wrong} wrong:\n{report}");
}
