//! Training, model files and the shipped models.
#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_grammar::train::{self, Settings};
use lagebild_grammar::{
    Analysis, Clusters, Model, ModelError, NameClass, analyse, eval, read_conllu, read_germeval,
};

const SMALL: Settings = Settings { runs: 2, rounds: 10, tagger_bits: 14, parser_bits: 14, other_bits: 14 };

/// Three sentences; "im" is written as one word.
const TREEBANK: &str = "\
1\tDer\tder\tDET\t_\tCase=Nom|Number=Sing\t2\tdet\t_\t_
2\tHafen\tHafen\tNOUN\t_\tCase=Nom|Number=Sing\t3\tnsubj\t_\t_
3\tschließt\tschließen\tVERB\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

1\tSchiffe\tSchiff\tNOUN\t_\tCase=Nom|Number=Plur\t2\tnsubj\t_\t_
2\tliegen\tliegen\tVERB\t_\tMood=Ind|Number=Plur|Person=3|Tense=Pres\t0\troot\t_\t_
3-4\tim\t_\t_\t_\t_\t_\t_\t_\t_
3\tin\tin\tADP\t_\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\t_\tCase=Dat|Number=Sing\t5\tdet\t_\t_
5\tHafen\tHafen\tNOUN\t_\tCase=Dat|Number=Sing\t2\tobl\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

1\tEr\ter\tPRON\t_\tCase=Nom|Number=Sing|Person=3\t2\tnsubj\t_\t_
2\tschließt\tschließen\tVERB\t_\tMood=Ind|Number=Sing|Person=3|Tense=Pres\t0\troot\t_\t_
3\tden\tder\tDET\t_\tCase=Acc|Number=Sing\t4\tdet\t_\t_
4\tHafen\tHafen\tNOUN\t_\tCase=Acc|Number=Sing\t2\tobj\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

";

const NAMES: &str =
    "1\tFrau\tO\tO\n2\tOdele\tB-PER\tO\n3\tKrann\tI-PER\tO\n4\tkam\tO\tO\n\n1\tSie\tO\tO\n2\tging\tO\tO\n";

fn trained() -> Model {
    let mut model = Model::new("de", Clusters::default());
    let treebank = read_conllu(TREEBANK).unwrap();
    train::treebanks(&mut model, &[treebank], SMALL, &mut |_| {});
    train::names(&mut model, &[read_germeval(NAMES).unwrap()], SMALL, &mut |_| {});
    model.set_card("three sentences");
    model
}

#[test]
fn the_same_data_give_the_same_bytes() {
    assert_eq!(trained().to_bytes(), trained().to_bytes());
}

#[test]
fn a_model_learns_its_data_and_survives_its_file() {
    let model = Model::load(&trained().to_bytes()).unwrap();
    assert_eq!((model.card(), model.language(), model.hash().len()), ("three sentences", "de", 16));
    let gold = read_conllu(TREEBANK).unwrap();
    for scores in [eval::gold_tokens(&model, &gold), eval::raw_text(&model, &gold)] {
        for count in [scores.upos, scores.las, scores.lemmas] {
            assert_eq!((count.right, count.found), (count.gold, count.gold));
        }
    }
    let names = eval::names(&model, &read_germeval(NAMES).unwrap());
    assert_eq!((names["all"].right, names["all"].gold), (1, 1));
}

#[test]
fn bytes_that_are_no_model_give_an_error() {
    let bytes = trained().to_bytes();
    assert_eq!(Model::load(b"").unwrap_err(), ModelError::Magic);
    assert!(matches!(Model::load(&bytes[..20]).unwrap_err(), ModelError::Checksum));
    let mut other = bytes.clone();
    other[8] = 77;
    assert!(matches!(Model::load(&other).unwrap_err(), ModelError::Version { found: 77, .. }));
    for at in (20..bytes.len()).step_by(bytes.len() / 50) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        assert_eq!(Model::load(&damaged).unwrap_err(), ModelError::Checksum);
    }
}

#[test]
fn wrong_lines_of_a_corpus_are_named() {
    assert_eq!(read_conllu("1\tDer\tder\n").unwrap_err().line, 1);
    assert_eq!(
        read_conllu("1\ta\ta\tWORD\t_\t_\t0\troot\t_\t_\n").unwrap_err().message,
        "part of speech WORD"
    );
    assert_eq!(
        read_conllu("1\ta\ta\tX\t_\t_\t9\troot\t_\t_\n").unwrap_err().message,
        "a head outside the sentence above"
    );
    assert_eq!(read_germeval("# x\n1\n").unwrap_err().line, 2);
}

#[test]
fn contractions_become_one_token_with_the_analysis_of_both_parts() {
    let gold = read_conllu(TREEBANK).unwrap()[1].surface(|_| false);
    assert_eq!(gold.forms, ["Schiffe", "liegen", "im", "Hafen", "."]);
    assert_eq!(gold.text().trim_end(), "Schiffe liegen im Hafen.");
    assert_eq!((gold.tokens[2].head, gold.tokens[2].feat("Case")), (3, Some("Dat")));
    assert_eq!(gold.tokens[3].head, 1);
}

/// Words of an analysis that have a feature.
fn words_with<'a>(text: &'a str, analysis: &Analysis, name: &str, value: &str) -> Vec<&'a str> {
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens);
    tokens.filter(|token| token.feat(name) == Some(value)).map(|token| token.span.of(text)).collect()
}

#[test]
fn the_german_model_reads_reported_speech() {
    let text = "Nordkorea habe Raketen geliefert, sagte der Sprecher am Montag in Berlin. Das Land verkaufe weiter Waffen.";
    let analysis = analyse(text, &[], Some("de"), Model::shipped("de"));
    assert!(analysis.tagged);
    assert_eq!(words_with(text, &analysis, "Mood", "Sub"), ["habe", "verkaufe"]);
    let first = &analysis.sentences[0].tokens;
    let speaker = first.iter().find(|token| token.span.of(text) == "Sprecher").unwrap();
    assert_eq!((speaker.deprel.as_str(), first[speaker.head as usize].lemma.as_str()), ("nsubj", "sagen"));
    let places: Vec<&str> = analysis
        .names
        .iter()
        .filter(|name| name.class == NameClass::Location)
        .map(|name| name.span.of(text))
        .collect();
    assert_eq!(places, ["Nordkorea", "Berlin"]);
}

#[test]
fn the_english_model_finds_subject_and_object() {
    let text = "The company sold engines to Iran, officials said.";
    let analysis = analyse(text, &[], Some("en"), Model::shipped("en"));
    let tokens = &analysis.sentences[0].tokens;
    let relations: Vec<(&str, &str)> =
        tokens.iter().map(|token| (token.span.of(text), token.deprel.as_str())).collect();
    assert!(
        relations.contains(&("company", "nsubj")) && relations.contains(&("engines", "obj")),
        "{relations:?}"
    );
}

#[test]
fn every_tree_is_a_tree_even_of_one_very_long_sentence() {
    let model = Model::shipped("de").unwrap();
    let words: Vec<&str> =
        ["Panzer", "und", "liefert", ",", "(", "12", "„", "é"].into_iter().cycle().take(10_000).collect();
    let tokens = model.annotate(&words).tokens;
    assert_eq!(tokens.len(), words.len());
    let roots = tokens.iter().enumerate().filter(|(at, token)| token.head as usize == *at).count();
    assert_eq!(roots, 1);
    for start in 0..tokens.len() {
        let mut at = start;
        let mut steps = 0;
        while tokens[at].head as usize != at {
            at = tokens[at].head as usize;
            steps += 1;
            assert!(steps <= tokens.len(), "a cycle at {start}");
        }
    }
}

/// Ten times the text must not take much more than ten times as long: here at most thirty times, as machines are busy.
#[test]
fn time_grows_with_the_length_of_a_paragraph_without_full_stops() {
    let model = Model::shipped("de");
    let sentence = "die Firma im Norden lieferte mehrere neue Maschinen und der Sprecher der Behörde prüfte ";
    let seconds = |times: usize| {
        let text = sentence.repeat(times);
        let start = std::time::Instant::now();
        let analysis = analyse(&text, &[], Some("de"), model);
        assert_eq!(analysis.sentences.iter().map(|one| one.tokens.len()).sum::<usize>(), 14 * times);
        start.elapsed().as_secs_f64()
    };
    let short = seconds(100);
    assert!(seconds(1_000) < 30.0 * short + 0.05);
}

#[test]
fn a_language_without_a_model_is_segmented() {
    let text = "Tá sé fuar. Níl.";
    let analysis = analyse(text, &[], Some("ga"), Model::shipped("ga"));
    assert_eq!((analysis.sentences.len(), analysis.tagged), (2, false));
}
