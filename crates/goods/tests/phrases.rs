//! `phrases/<language>.md`: goods and services as customs, courts, ministries and papers write them, with the words that name the
//! goods and the classes that are right, `-` for words that name nothing of arms. They were written without a look at the lexicon.
//! Known failures are mostly figures of speech, which no list of words tells from the thing.

#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_goods::{Goods, GoodsMention};
use lagebild_passages::{Marked, Outcome, Passage, Suite, spans};
use serde::Deserialize;

/// Groups of classes that an everyday word must not lead to.
const OF_ARMS: [&str; 3] = ["arms", "military_services", "wmd_dual_use"];

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finds: Vec<Marked>,
}

/// Every mention over the words has one of the classes, and there is one.
fn is_right(classes: &[&str], found: &[&GoodsMention]) -> bool {
    let goods = Goods::shipped();
    if classes.contains(&"-") {
        let of_arms = |class: &str| goods.class(class).is_some_and(|c| OF_ARMS.contains(&c.group.as_str()));
        let accepted = |class: &str| classes.contains(&class) || !of_arms(class);
        return found.iter().all(|mention| accepted(&mention.class));
    }
    !found.is_empty() && found.iter().all(|mention| classes.contains(&mention.class.as_str()))
}

fn outcomes(passage: &Passage<Expected>) -> Vec<Outcome> {
    let (goods, text) = (Goods::shipped(), &passage.text);
    let found = goods.find_in(text, Some(passage.language()));
    let marked = &passage.expected.finds;
    let outcome = |(one, place): (&Marked, lagebild_span::Span)| {
        let classes: Vec<&str> = one.what.split('/').collect();
        for class in classes.iter().filter(|class| **class != "-") {
            assert!(goods.class(class).is_some(), "{}: {one}", passage.id);
        }
        let over: Vec<&GoodsMention> = found.iter().filter(|mention| mention.span.overlaps(place)).collect();
        let named = over.iter().map(|m| format!("{} = {}", m.span.of(text), m.class)).collect::<Vec<_>>();
        Outcome::new(one.to_string(), is_right(&classes, &over), named.join("; "))
    };
    marked.iter().zip(spans(text, marked).unwrap()).map(outcome).collect()
}

#[test]
fn phrases_of_every_language_have_their_class() {
    let mut suite = Suite::default();
    for language in Goods::shipped().languages() {
        let file = format!("tests/phrases/{language}.md");
        if std::path::Path::new(&file).exists() {
            suite.check(&file, outcomes);
        }
    }
    suite.finish();
}
