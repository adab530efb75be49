//! Our own treebank is valid CoNLL-U: what a training run may rely on.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_grammar::{Gold, read_conllu};

const TREEBANK: &str = include_str!("../../../data/treebank/de.conllu");

fn is_root(sentence: &Gold, word: usize) -> bool {
    sentence.tokens.get(word).unwrap().head as usize == word
}

#[test]
fn each_sentence_has_one_root() {
    for sentence in read_conllu(TREEBANK).unwrap() {
        let roots: Vec<_> = (0..sentence.forms.len()).filter(|word| is_root(&sentence, *word)).collect();
        assert_eq!(roots.len(), 1, "{}", sentence.text());
        let root = *roots.first().unwrap();
        assert_eq!(sentence.tokens.get(root).unwrap().deprel, "root", "{}", sentence.text());
    }
}

#[test]
fn every_word_leads_to_the_root() {
    for sentence in read_conllu(TREEBANK).unwrap() {
        for word in 0..sentence.forms.len() {
            let mut at = word;
            for _ in 0..sentence.forms.len() {
                at = sentence.tokens.get(at).unwrap().head as usize;
            }
            assert!(is_root(&sentence, at), "cycle at word {word}: {}", sentence.text());
        }
    }
}

#[test]
fn the_text_is_its_tokens() {
    let texts: Vec<_> = TREEBANK.lines().filter_map(|line| line.strip_prefix("# text = ")).collect();
    let sentences = read_conllu(TREEBANK).unwrap();
    assert_eq!(texts.len(), sentences.len());
    for (text, sentence) in texts.iter().zip(&sentences) {
        assert_eq!(sentence.surface(|_| false).text().trim_end(), *text);
    }
}
