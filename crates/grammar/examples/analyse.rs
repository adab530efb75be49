//! Prints the grammar of a text: `cargo run --example analyse -- de < text.txt`. One line for each word: number, form,
//! lemma, part of speech, head, relation, features; then the names. Words per second go to standard error.

use lagebild_grammar::{Encoder, analyse};
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let language = std::env::args().nth(1).unwrap_or_else(|| "de".into());
    let text = std::io::read_to_string(std::io::stdin())?;
    let encoder = Encoder::shipped().ok();
    let start = Instant::now();
    let analysis = analyse(&text, &[], Some(&lagebild_language::of(&language)), encoder);
    let seconds = start.elapsed().as_secs_f64();
    let mut words = 0;
    for sentence in &analysis.sentences {
        words += sentence.tokens.len();
        for (index, token) in sentence.tokens.iter().enumerate() {
            let form = token.span.of(&text);
            let (lemma, tag, relation, feats) =
                (&token.lemma, token.upos.name(), &token.deprel, &token.feats);
            println!("{index}\t{form}\t{lemma}\t{tag}\t{}\t{relation}\t{feats}", token.head);
        }
        println!();
    }
    for name in &analysis.names {
        println!("{:?}\t{}", name.class, name.span.of(&text));
    }
    eprintln!("{words} words, {:.0} words/s", words as f64 / seconds);
    Ok(())
}
