//! Prints the tree of a text and what is read from it:
//! `cargo run -p lagebild-predicates --example tree -- de "Iran lieferte Drohnen."` (without a text: standard input).

use lagebild_grammar::{Encoder, analyse};
use lagebild_predicates::{Clauses, holds, of, predicates};

fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let code = words.next().unwrap_or_else(|| "de".into());
    let text = match words.next() {
        Some(text) => text,
        None => std::io::read_to_string(std::io::stdin())?,
    };
    let lexicon = of(&code);
    let analysis = analyse(&text, &[], Some(&lagebild_language::of(&code)), Encoder::shipped().ok());
    for sentence in &analysis.sentences {
        let form = |at: usize| sentence.tokens.get(at).map_or("", |token| token.span.of(&text));
        for (at, token) in sentence.tokens.iter().enumerate() {
            let (tag, head) = (token.upos.name(), form(token.head as usize));
            println!(
                "{at:3} {:18} {:18} {tag:6} {:9} {head:14} {}",
                form(at),
                token.lemma,
                token.deprel,
                token.feats
            );
        }
        let clauses = predicates(sentence, &text, lexicon);
        for index in 0..clauses.predicates.len() {
            print(&clauses, index, lexicon, &form);
        }
        println!();
    }
    Ok(())
}

fn print<'t>(
    clauses: &Clauses,
    index: usize,
    lexicon: &lagebild_predicates::Lexicon,
    form: &impl Fn(usize) -> &'t str,
) {
    let Some(predicate) = clauses.predicates.get(index) else { return };
    let list = |tokens: &[usize]| tokens.iter().map(|at| form(*at)).collect::<Vec<_>>().join(" ");
    let held = holds(clauses, index, lexicon);
    println!(
        "• {} ({:?} {:?} {:?}) {} {} by [{}]{}",
        predicate.lemma,
        predicate.kind,
        predicate.voice,
        predicate.form,
        held.certainty.name(),
        held.status.map_or("", lagebild_predicates::Status::name),
        list(&held.by),
        held.source.map_or(String::new(), |source| format!(" source {}", list(&source.tokens))),
    );
    if let Some(governor) = &predicate.governor {
        let over = clauses.predicates.get(governor.predicate).map_or("", |over| over.lemma.as_str());
        println!("    under {over}: {:?}", governor.link);
    }
    for argument in &predicate.arguments {
        let through = argument.through.map_or(String::new(), |at| format!(" through {}", form(at)));
        let alias = argument.alias.map_or(String::new(), |at| format!(" = {}", form(at)));
        let flags = format!(
            "{}{}",
            if argument.shared { " shared" } else { "" },
            if argument.negated { " negated" } else { "" }
        );
        println!("    {:?}: {}{alias}{through}{flags}", argument.role, list(&argument.tokens));
    }
    for doubt in &predicate.doubts {
        println!("    ? {doubt}");
    }
}
