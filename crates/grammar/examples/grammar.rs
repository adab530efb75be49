//! Trains and measures models. Usage:
//! `grammar train LANGUAGE OUT CLUSTERS TREEBANK... [-- NAMES...]`, `grammar eval MODEL TREEBANK...`,
//! `grammar names MODEL CORPUS...`, `grammar show LANGUAGE < TEXT`, `grammar speed MODEL TREEBANK`.

use lagebild_grammar::{Clusters, Gold, Model, analyse, eval, read_conllu, read_germeval, train};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["train", language, out, clusters, ref rest @ ..] => {
            let text = if clusters == "-" { String::new() } else { std::fs::read_to_string(clusters)? };
            let pairs = text
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .filter_map(|(w, c)| Some((w, c.parse().ok()?)));
            let mut model = Model::new(language, Clusters::new(pairs));
            let mut parts = rest.split(|arg| *arg == "--");
            let treebanks = read(parts.next().unwrap_or_default(), read_conllu)?;
            let rounds = std::env::var("ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(10);
            let settings = train::Settings { rounds, ..Default::default() };
            let start = Instant::now();
            let mut progress = |what: &str| eprintln!("{:6.1} s  {what}", start.elapsed().as_secs_f64());
            train::treebanks(&mut model, &treebanks, settings, &mut progress);
            if let Some(corpora) = parts.next() {
                train::names(&mut model, &read(corpora, read_germeval)?, settings, &mut progress);
            }
            progress("done");
            std::fs::write(out, model.to_bytes())?;
        }
        ["eval", model, ref files @ ..] => {
            let model = Model::load(&std::fs::read(model)?)?;
            for (file, gold) in files.iter().zip(read(files, read_conllu)?) {
                for (kind, s) in
                    [("gold", eval::gold_tokens(&model, &gold)), ("raw", eval::raw_text(&model, &gold))]
                {
                    let p = |c: eval::Count| c.f1() * 100.0;
                    println!(
                        "{file} {kind}: sent {:.2} words {:.2} UPOS {:.2} UAS {:.2} LAS {:.2} MLAS {:.2} lemma {:.2} nsubj {:.2} Sub {:.2} ({}/{}/{}) case {:.2}",
                        p(s.sentences),
                        p(s.words),
                        p(s.upos),
                        p(s.uas),
                        p(s.las),
                        p(s.mlas),
                        p(s.lemmas),
                        p(s.subjects),
                        p(s.subjunctive),
                        s.subjunctive.right,
                        s.subjunctive.found,
                        s.subjunctive.gold,
                        p(s.case)
                    );
                }
            }
        }
        ["names", model, ref files @ ..] => {
            let model = Model::load(&std::fs::read(model)?)?;
            for gold in read(files, read_germeval)? {
                for (class, count) in eval::names(&model, &gold) {
                    println!(
                        "{class}: P {:.1} R {:.1} F {:.1} n={}",
                        count.precision() * 100.0,
                        count.recall() * 100.0,
                        count.f1() * 100.0,
                        count.gold
                    );
                }
            }
        }
        ["speed", model, file] => {
            let bytes = std::fs::read(model)?;
            let start = Instant::now();
            let model = Model::load(&bytes)?;
            println!("load {:.1} ms, {} bytes", start.elapsed().as_secs_f64() * 1e3, bytes.len());
            let text: String =
                read_conllu(&std::fs::read_to_string(file)?)?.iter().map(|gold| gold.text() + " ").collect();
            for _ in 0..3 {
                let start = Instant::now();
                let analysis = analyse(&text, &[], Some(model.language()), Some(&model));
                let words: usize = analysis.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
                println!("{words} words, {:.0} words/s", words as f64 / start.elapsed().as_secs_f64());
            }
        }
        ["segment", language] => {
            let text = std::io::read_to_string(std::io::stdin())?;
            for sentence in lagebild_grammar::segment(&text, &[], Some(language)) {
                let words: Vec<&str> = sentence.tokens.iter().map(|token| token.span.of(&text)).collect();
                println!("{}", words.join(" "));
            }
        }
        ["show", model] => {
            let model = Model::load(&std::fs::read(model)?)?;
            let text = std::io::read_to_string(std::io::stdin())?;
            let analysis = analyse(&text, &[], Some(model.language()), Some(&model));
            for sentence in &analysis.sentences {
                for (index, token) in sentence.tokens.iter().enumerate() {
                    println!(
                        "{index}\t{}\t{}\t{}\t{}\t{}\t{}",
                        token.span.of(&text),
                        token.lemma,
                        token.upos.name(),
                        token.head,
                        token.deprel,
                        token.feats
                    );
                }
                println!();
            }
            for name in &analysis.names {
                println!("{:?} {}", name.class, name.span.of(&text));
            }
        }
        _ => return Err("see the head of the file for usage".into()),
    }
    Ok(())
}

type ReadError = lagebild_grammar::CorpusError;

fn read(
    files: &[&str],
    reader: fn(&str) -> Result<Vec<Gold>, ReadError>,
) -> Result<Vec<Vec<Gold>>, Box<dyn Error>> {
    files.iter().map(|file| Ok(reader(&std::fs::read_to_string(file)?)?)).collect()
}
