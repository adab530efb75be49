//! Dictionary forms: known words from a table, others by the edit that the longest known ending suggests.
//!
//! Both lie in one map (`data/models/lemmas.fst`, made by `training/lemmas.py`). Its keys are language, part of speech and
//! infix, then the letters of the word from the last to the first, so that one walk meets all endings of a word, the
//! longest last, and at its end the word itself. Its values are places in `lemmas.edits`. Nothing is parsed at start.

use crate::Upos;
use crate::segment::lexicon;
use fst::raw::{Fst, Node, Output};
use lagebild_language::Languages;
use std::borrow::Cow;
use std::sync::LazyLock;

static KEYS: &[u8] = include_bytes!("../../../data/models/lemmas.fst");
static EDITS: &[u8] = include_bytes!("../../../data/models/lemmas.edits");
/// Looks at head and end of the map only; none where the file is broken, which a test would tell.
static MAP: LazyLock<Option<Fst<&[u8]>>> = LazyLock::new(|| Fst::new(KEYS).ok());

/// Languages whose verbs hold "ge", "zu" within ("angekommen", "anzukommen"); as in `training/lemmas.py`.
const INFIXES: [(&str, [&str; 2]); 2] = [("de", ["ge", "zu"]), ("nl", ["ge", "te"])];
/// An infix begins within so many letters of the word,
const FRONT: usize = 6;
/// and so many follow it.
const REST: usize = 3;
/// Stands in a key behind the letters of a whole word.
const WORD: u8 = 0;

/// The lemma of a form with this part of speech and these features, as Universal Dependencies has it; the form itself
/// where nothing is known.
pub fn lemma(language: &str, form: &str, upos: Upos, feats: &str) -> String {
    let found = || {
        let map = MAP.as_ref()?;
        let dotless = lexicon::of(Languages::shipped().get(language)).dotless_i;
        let small = lower(dotless, form);
        let mut walk = Walk::new(map);
        walk.steps(language.as_bytes())?;
        walk.steps(&[b'A' + upos.index() as u8, group(language, form, &small, upos)])?;
        let edits = walk.endings(&small, sort(upos, feats));
        edits.into_iter().rev().find_map(|at| Edit::at(at)?.apply(dotless, form, &small))
    };
    let plain = matches!(upos, Upos::Punct | Upos::Sym);
    (!plain).then(found).flatten().unwrap_or_else(|| form.to_owned())
}

/// Small letters; `dotless`: "i" and "ı" are two letters.
fn lower(dotless: bool, word: &str) -> String {
    if dotless { word.replace('İ', "i").replace('I', "ı").to_lowercase() } else { word.to_lowercase() }
}

/// The digit of a key that says which infix the word may hold, and whether a name has capitals within ("NATO").
fn group(language: &str, form: &str, small: &str, upos: Upos) -> u8 {
    let infixes = INFIXES.iter().filter(|(of, _)| *of == language).flat_map(|(_, infixes)| infixes);
    let held = (1..).zip(infixes).find(|(_, infix)| holds(small, infix)).map_or(0, |(number, _)| number);
    let name = matches!(upos, Upos::Propn | Upos::X | Upos::Num);
    let capitals = name && form.chars().skip(1).any(|letter| letter.to_lowercase().ne([letter]));
    b'0' + held + 4 * u8::from(capitals)
}

fn holds(word: &str, infix: &str) -> bool {
    word.split_once(infix).is_some_and(|(front, rest)| {
        front.chars().nth(FRONT).is_none() && rest.chars().nth(REST - 1).is_some()
    })
}

/// What of the features decides between lemmas: the form of a verb; elsewhere the possessive, or the case.
fn sort(upos: Upos, feats: &str) -> u8 {
    let names: &[&str] = match upos {
        Upos::Verb | Upos::Aux => &["VerbForm="],
        _ => &["Poss=", "Case="],
    };
    let value = |name: &&str| feats.split('|').find_map(|feat| feat.strip_prefix(*name)?.bytes().next());
    names.iter().find_map(value).unwrap_or(b'-')
}

/// A walk through the map.
struct Walk<'a> {
    map: &'a Fst<&'static [u8]>,
    node: Node<'a>,
    output: Output,
}

impl<'a> Walk<'a> {
    fn new(map: &'a Fst<&'static [u8]>) -> Self {
        Self { map, node: map.root(), output: Output::zero() }
    }

    fn step(&mut self, byte: u8) -> Option<()> {
        let transition = self.node.transition(self.node.find_input(byte)?);
        self.output = self.output.cat(transition.out);
        self.node = self.map.node(transition.addr);
        Some(())
    }

    fn steps(&mut self, bytes: &[u8]) -> Option<()> {
        bytes.iter().try_for_each(|byte| self.step(*byte))
    }

    fn value(&self) -> Option<u64> {
        self.node.is_final().then(|| self.output.cat(self.node.final_output()).value())
    }

    /// The edits of the endings of a word, the longest last; then that of the word, and of the word with the sort.
    fn endings(mut self, word: &str, sort: u8) -> Vec<u64> {
        let mut found: Vec<u64> = self.value().into_iter().collect();
        let mut buffer = [0; 4];
        for letter in word.chars().rev() {
            if self.steps(letter.encode_utf8(&mut buffer).as_bytes()).is_none() {
                return found;
            }
            found.extend(self.value());
        }
        if self.step(WORD).is_some() {
            found.extend(self.value());
            if self.step(sort).is_some() {
                found.extend(self.value());
            }
        }
        found
    }
}

/// How a form becomes its lemma: "angekommen" loses "ge" and turns its last letters to "en".
#[derive(Debug, PartialEq, Eq)]
struct Edit<'a> {
    /// `=` as in the form, `a` small letters, `A` with a capital.
    case: u8,
    /// Taken out where it first occurs; empty for none.
    infix: &'a str,
    /// Letters taken from the end.
    strip: usize,
    /// Put there.
    append: &'a str,
}

impl Edit<'static> {
    fn at(place: u64) -> Option<Self> {
        let bytes = EDITS.get(usize::try_from(place).ok()?..)?;
        let (&[case, length], rest) = bytes.split_first_chunk::<2>()?;
        let (infix, rest) = rest.split_at_checked(usize::from(length))?;
        let (&[strip, length], rest) = rest.split_first_chunk::<2>()?;
        let append = rest.get(..usize::from(length))?;
        let text = |bytes| std::str::from_utf8(bytes).ok();
        Some(Self { case, infix: text(infix)?, strip: usize::from(strip), append: text(append)? })
    }
}

impl Edit<'_> {
    /// The lemma; none when the edit does not fit the form. `small`: the form in small letters.
    fn apply(&self, dotless: bool, form: &str, small: &str) -> Option<String> {
        let word = match self.case {
            b'a' => Cow::Borrowed(small),
            b'A' => Cow::Owned(capital(dotless, form)),
            _ => Cow::Borrowed(form),
        };
        let at = word.find(self.infix)?;
        let (front, back) = (word.get(..at)?, word.get(at + self.infix.len()..)?);
        let mut lemma = String::with_capacity(word.len() + self.append.len());
        lemma.push_str(front);
        lemma.push_str(back);
        for _ in 0..self.strip {
            lemma.pop()?;
        }
        lemma.push_str(self.append);
        (!lemma.is_empty()).then_some(lemma)
    }
}

/// With a capital first letter.
fn capital(dotless: bool, form: &str) -> String {
    let mut letters = form.chars();
    match letters.next() {
        Some('i') if dotless => ['İ'].into_iter().chain(letters).collect(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, words: &[(&str, Upos, &str, &str)]) {
        for (form, upos, feats, expected) in words {
            assert_eq!(lemma(language, form, *upos, feats), *expected, "{language} {form} {upos:?}");
        }
    }

    #[test]
    fn german_infixes_are_taken_out() {
        check(
            "de",
            &[
                ("angekommen", Upos::Verb, "VerbForm=Part", "ankommen"),
                ("geliefert", Upos::Verb, "VerbForm=Part", "liefern"),
                ("ausgeliefert", Upos::Verb, "VerbForm=Part", "ausliefern"),
                ("auszuliefern", Upos::Verb, "VerbForm=Inf", "ausliefern"),
                ("verliehen", Upos::Verb, "VerbForm=Part", "verleihen"),
                ("lieferten", Upos::Verb, "VerbForm=Fin", "liefern"),
            ],
        );
        // "ge" and "zu" that belong to the word stay.
        check(
            "de",
            &[
                ("genehmigt", Upos::Verb, "VerbForm=Part", "genehmigen"),
                ("zugeben", Upos::Verb, "", "zugeben"),
            ],
        );
    }

    #[test]
    fn german_nouns_keep_their_capital_and_others_lose_it() {
        check(
            "de",
            &[
                ("Häuser", Upos::Noun, "Number=Plur", "Haus"),
                ("Lieferungen", Upos::Noun, "", "Lieferung"),
                ("Raketenlieferungen", Upos::Noun, "", "Raketenlieferung"),
                ("Die", Upos::Det, "", "der"),
                ("Deutschlands", Upos::Propn, "", "Deutschland"),
                ("neuen", Upos::Adj, "", "neu"),
                ("NATO", Upos::Propn, "", "NATO"),
            ],
        );
    }

    #[test]
    fn other_languages() {
        check(
            "en",
            &[
                ("said", Upos::Verb, "", "say"),
                ("countries", Upos::Noun, "", "country"),
                ("overflew", Upos::Verb, "", "overfly"),
                ("Moscow", Upos::Propn, "", "Moscow"),
                ("His", Upos::Pron, "Poss=Yes", "his"),
                ("was", Upos::Aux, "", "be"),
            ],
        );
        check(
            "fr",
            &[("livraisons", Upos::Noun, "", "livraison"), ("fournissait", Upos::Verb, "", "fournir")],
        );
        check("ru", &[("сказал", Upos::Verb, "", "сказать"), ("России", Upos::Propn, "", "Россия")]);
        check("es", &[("misiles", Upos::Noun, "", "misil"), ("entregaron", Upos::Verb, "", "entregar")]);
    }

    #[test]
    fn an_i_without_dot_is_a_letter_of_its_own() {
        assert_eq!((lower(true, "Irak İran"), lower(false, "Irak")), ("ırak iran".into(), "irak".into()));
        assert_eq!((capital(true, "iran"), capital(false, "iran")), ("İran".into(), "Iran".into()));
    }

    #[test]
    fn what_is_not_known_stands_for_itself() {
        check("xx", &[("Qwertz", Upos::Noun, "", "Qwertz")]);
        check(
            "de",
            &[
                ("", Upos::Noun, "", ""),
                (",", Upos::Punct, "", ","),
                ("\0\u{1f600}", Upos::X, "", "\0\u{1f600}"),
            ],
        );
        check("zh", &[("导弹", Upos::Noun, "", "导弹")]);
    }

    #[test]
    fn every_value_is_an_edit() {
        use fst::Streamer;
        let mut stream = MAP.as_ref().unwrap().stream();
        let mut count = 0;
        while let Some((_, place)) = stream.next() {
            assert!(Edit::at(place.value()).is_some());
            count += 1;
        }
        assert!(count > 50_000, "{count}");
    }
}
