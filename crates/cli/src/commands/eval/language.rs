//! `lagebild eval language`: is the language of short texts found?

use crate::exit::Exit;
use crate::print::print;
use anyhow::{Context, Result, ensure};
use lagebild_document::{Options, read};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Words of the fragments of a treebank's sentences; the whole sentence beside them.
const WORDS: [usize; 4] = [3, 5, 8, 12];

/// Arguments of `lagebild eval language`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Tables (code, tab, text), or treebanks in CoNLL-U whose file name begins with the language's code (`uk_iu-dev.conllu`)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print the texts that were wrong
    #[arg(long)]
    show: bool,
}

/// A text with its language; `words` as in [`WORDS`], none for a whole line.
struct Sample {
    code: String,
    words: Option<usize>,
    text: String,
}

/// Right answers, texts.
type Count = (usize, usize);

/// Measures.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let mut counts: BTreeMap<Option<usize>, BTreeMap<String, Count>> = BTreeMap::new();
    let mut out = String::new();
    for file in &args.files {
        for sample in samples(file)? {
            let document = read("text.txt", sample.text.as_bytes(), &Options::default()).into_iter().next();
            let found = document.and_then(Result::ok).and_then(|document| document.language);
            let right = found.as_deref() == Some(&sample.code);
            if args.show && !right {
                let _ =
                    writeln!(out, "{}\t{}\t{}", sample.code, found.as_deref().unwrap_or("-"), sample.text);
            }
            let count = counts.entry(sample.words).or_default().entry(sample.code).or_default();
            *count = (count.0 + usize::from(right), count.1 + 1);
        }
    }
    // Fragments first, the shortest before the others; whole lines last.
    let (whole, fragments): (Vec<_>, Vec<_>) = counts.iter().partition(|(words, _)| words.is_none());
    for (words, languages) in fragments.into_iter().chain(whole) {
        let name = words.map_or_else(|| "whole lines".into(), |words| format!("{words} words"));
        let all = languages.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        let _ = write!(out, "{name:<12} {}", share(all));
        for (code, count) in languages {
            let _ = write!(out, "  {code} {}", share(*count));
        }
        out.push('\n');
    }
    print(&out)
}

fn share((right, of): Count) -> String {
    format!("{right}/{of} ({:.1} %)", 100.0 * right as f64 / of.max(1) as f64)
}

fn samples(file: &Path) -> Result<Vec<Sample>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let found = match name.split_once('_').filter(|_| name.ends_with(".conllu")) {
        Some((code, _)) => text.lines().filter_map(|line| line.strip_prefix("# text = ")).fold(
            Vec::new(),
            |mut all, sentence| {
                all.extend(fragments(code, sentence.trim()));
                all
            },
        ),
        None => text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect(),
    };
    ensure!(!found.is_empty(), "{}: no texts (code, tab, text on each line)", file.display());
    Ok(found)
}

fn line(line: &str) -> Option<Sample> {
    let (code, text) = line.split_once('\t')?;
    Some(Sample { code: code.into(), words: None, text: text.into() })
}

/// The beginnings of a sentence, and the sentence. Where no spaces are written, two characters count as a word.
fn fragments(code: &str, sentence: &str) -> Vec<Sample> {
    let sample = |words, text: String| Sample { code: code.into(), words, text };
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let mut all = Vec::new();
    for count in WORDS {
        let beginning = if matches!(code, "zh" | "ja") {
            let letters: String = sentence.chars().take(count * 2).collect();
            (letters.chars().count() == count * 2).then_some(letters)
        } else {
            words.get(..count).map(|words| words.join(" "))
        };
        all.extend(beginning.map(|text| sample(Some(count), text)));
    }
    all.push(sample(None, sentence.into()));
    all
}
