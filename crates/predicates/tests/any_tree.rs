//! No tree, however wrong, makes the reading panic or run without end.

use lagebild_grammar::{Sentence, Token, Upos};
use lagebild_predicates::{holds, of, predicates};
use lagebild_span::Span;
use proptest::prelude::*;

const WORDS: [&str; 30] = [
    "liefern",
    "lieferte",
    "wurden",
    "nicht",
    "kein",
    "von",
    "an",
    "ob",
    "wenn",
    "die",
    "Drohnen",
    "Iran",
    "sagte",
    "ohne",
    "sich",
    "aus",
    "denied",
    "by",
    "the",
    "not",
    "to",
    "'s",
    "-",
    "?",
    "которые",
    "не",
    "Ираном",
    "qui",
    "ne",
    "se",
];
const RELATIONS: [&str; 22] = [
    "root",
    "nsubj",
    "obj",
    "iobj",
    "obl",
    "nmod",
    "amod",
    "acl",
    "advcl",
    "ccomp",
    "xcomp",
    "csubj",
    "conj",
    "cc",
    "case",
    "mark",
    "aux",
    "cop",
    "compound",
    "appos",
    "parataxis",
    "",
];
const FEATS: [&str; 8] = [
    "",
    "Case=Nom|Number=Sing",
    "Case=Dat",
    "VerbForm=Part|Tense=Past",
    "Mood=Ind|VerbForm=Fin|Number=Plur",
    "VerbForm=Inf",
    "Voice=Pass|VerbForm=Part",
    "PronType=Rel|Case=Acc",
];

proptest! {
    #[test]
    fn any_heads_are_read(
        words in prop::collection::vec((0..30usize, 0..22usize, 0..17usize, 0..8usize, 0..16u32), 0..14),
        code in prop::sample::select(vec!["de", "en", "fr", "ru", "uk", "es", "it", "pl", "tr", "ar", "ko", "zh", "xx"]),
    ) {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for (word, relation, tag, feats, head) in &words {
            let start = text.len();
            text.push_str(WORDS[*word]);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                upos: Upos::ALL[*tag],
                lemma: WORDS[*word].into(),
                feats: FEATS[*feats].into(),
                head: *head,
                deprel: RELATIONS[*relation].into(),
            });
            text.push(' ');
        }
        let sentence = Sentence { span: Span::new(0, text.len()), tokens };
        let clauses = predicates(&sentence, &text, of(code));
        for at in 0..clauses.predicates.len() {
            let held = holds(&clauses, at, of(code));
            prop_assert!(held.by.iter().all(|token| *token < words.len()));
            let arguments = clauses.predicates[at].arguments.iter();
            prop_assert!(arguments.flat_map(|argument| &argument.tokens).all(|token| *token < words.len()));
        }
    }
}
