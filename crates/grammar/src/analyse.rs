//! The grammar of a text: one entry function for all of it.

use crate::encoder::{Anchored, Fillers, LANGUAGES, Scheme, SentenceReading, Window, Word, WordReading};
use crate::features::corrected;
use crate::segment::{Run, lexicon, runs, sentence};
use crate::{Analysis, Anchor, Encoder, Filler, NameClass, NameSpan, Sentence, segment};
use lagebild_language::{Language, Languages};
use lagebild_span::Span;
use std::ops::Range;

/// A name by the indices of its words: the first, one past the last, and its class as in the corpus (`PER`, `LOCderiv`).
pub(crate) type Name = (usize, usize, String);

/// Pieces of a window over running text, if its sentences allow. The encoder learned on up to 200; shorter windows cost
/// less, since each piece looks at all others.
const WINDOW: usize = 128;

/// Segments a text and, with an encoder, finds its sentences, tags and parses them and finds their names.
///
/// `blocks` and `language` are as for [`segment`]. Time and memory grow with the length of the text only.
pub fn analyse(
    text: &str,
    blocks: &[Span],
    language: Option<&Language>,
    encoder: Option<&Encoder>,
) -> Analysis {
    let Some(encoder) = encoder else {
        return Analysis { sentences: segment(text, blocks, language), ..Analysis::default() };
    };
    let (mut windows, mut places) = (Vec::new(), Vec::new());
    let runs = runs(text, blocks, language);
    let language = language.map(Language::code);
    for run in runs {
        add_running(text, &run, language, encoder, &mut windows, &mut places);
    }
    let mut sentences = Vec::new();
    let (mut readings, mut anchors) = (Vec::new(), Vec::new());
    for (window, tokens) in encoder.read(&windows, language).into_iter().zip(places) {
        let mut rest = tokens.as_slice();
        let mut places = Vec::new();
        for words in window.sentences {
            let mut spans = Vec::with_capacity(words.len());
            for word in &words {
                let (parts, later) = rest.split_at(word.parts.min(rest.len()));
                spans.extend(parts.first().zip(parts.last()).map(|(first, last)| first.cover(*last)));
                rest = later;
            }
            sentences.extend(sentence(text, &spans));
            readings.push(vec![words]);
            places.extend(spans);
        }
        anchors.extend(window.anchors.into_iter().filter_map(|anchor| placed(anchor, &places)));
    }
    Analysis { anchors, ..finish(text, sentences, &readings, language, encoder) }
}

/// An anchor by spans of the text.
fn placed(anchor: Anchored, places: &[Span]) -> Option<Anchor> {
    let fillers = |fillers: Fillers| {
        let filler = |(word, chance): (Option<usize>, f32)| {
            // A word that is no place is nobody's: it is left out.
            let span = word.map(|word| places.get(word).copied());
            Some(Filler { span: span.map_or(Some(None), |span| span.map(Some))?, chance })
        };
        fillers.into_iter().filter_map(filler).collect()
    };
    Some(Anchor {
        kind: anchor.kind,
        span: places.get(anchor.word).copied()?,
        chance: anchor.chance,
        roles: anchor.roles.into_iter().map(|(role, found)| (role, fillers(found))).collect(),
        certainty: anchor.certainty,
        status: anchor.status,
    })
}

/// A stretch of text as the encoder reads it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PieceWindow {
    /// Rows of the vocabulary, with those for begin and end.
    pub pieces: Vec<u32>,
    /// Its words with the pieces of each. In Chinese a word is a single character here.
    pub words: Vec<(Span, Range<usize>)>,
}

/// The windows that [`analyse`] reads a text by: what a head has to be trained on.
pub fn windows(
    text: &str,
    blocks: &[Span],
    language: Option<&Language>,
    encoder: &Encoder,
) -> Vec<PieceWindow> {
    let (mut windows, mut places) = (Vec::new(), Vec::new());
    let code = language.map(Language::code);
    for run in runs(text, blocks, language) {
        add_running(text, &run, code, encoder, &mut windows, &mut places);
    }
    let both = windows.iter().zip(places);
    both.map(|(window, spans)| {
        let (pieces, ranges) = window.pieces();
        PieceWindow { pieces: pieces.to_vec(), words: spans.into_iter().zip(ranges.to_vec()).collect() }
    })
    .collect()
}

/// The same for sentences and tokens that are given.
pub fn analyse_sentences(
    text: &str,
    sentences: Vec<Sentence>,
    language: Option<&Language>,
    encoder: Option<&Encoder>,
) -> Analysis {
    let Some(encoder) = encoder else { return Analysis { sentences, ..Analysis::default() } };
    let language = language.map(Language::code);
    let readings = read_given(text, &sentences, language, encoder);
    finish(text, sentences, &readings, language, encoder)
}

/// Writes what was read into the sentences, and takes the names from it.
fn finish(
    text: &str,
    mut sentences: Vec<Sentence>,
    readings: &[Vec<SentenceReading>],
    language: Option<&str>,
    encoder: &Encoder,
) -> Analysis {
    let scheme = if language == Some("de") { Scheme::GermEval } else { Scheme::Uner };
    let mut names = Vec::new();
    for (sentence, parts) in sentences.iter_mut().zip(readings) {
        if let Some(language) = language.filter(|language| LANGUAGES.contains(language)) {
            fill(text, sentence, parts, language, encoder);
        }
        for (first, end, label) in self::names(parts, scheme, encoder) {
            let words = sentence.tokens.get(first..end).unwrap_or_default();
            if let (Some(first), Some(last), Some(class)) = (words.first(), words.last(), name_class(&label))
            {
                names.push(NameSpan { span: first.span.cover(last.span), class });
            }
        }
    }
    let tagged = language.is_some_and(|language| LANGUAGES.contains(&language));
    Analysis { sentences, names, tagged, anchors: Vec::new() }
}

/// The names of a sentence.
pub(crate) fn names(parts: &[SentenceReading], scheme: Scheme, encoder: &Encoder) -> Vec<Name> {
    let labels: Vec<&str> = parts.iter().flatten().map(|word| encoder.label(word, scheme)).collect();
    crate::conllu::spans(&labels)
}

/// Reads sentences that are given: each as one window, or as several where it is too long for one.
pub(crate) fn read_given(
    text: &str,
    sentences: &[Sentence],
    language: Option<&str>,
    encoder: &Encoder,
) -> Vec<Vec<SentenceReading>> {
    let (mut windows, mut counts) = (Vec::new(), Vec::new());
    for sentence in sentences {
        let before = windows.len();
        let words = words(text, sentence.tokens.iter().map(|token| token.span));
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let window = encoder.window(rest, true, language);
            rest = rest.get(window.len()..).unwrap_or_default();
            windows.push(window);
        }
        counts.push(windows.len() - before);
    }
    let mut readings = encoder.read(&windows, language).into_iter().flat_map(|window| window.sentences);
    counts.iter().map(|count| readings.by_ref().take(*count).collect()).collect()
}

/// Adds the windows of a run of text, and the tokens of each. A window holds as many of the sentences that punctuation
/// suggests as it can; the encoder says where they end.
fn add_running(
    text: &str,
    run: &Run,
    language: Option<&str>,
    encoder: &Encoder,
    windows: &mut Vec<Window>,
    places: &mut Vec<Vec<Span>>,
) {
    let words = words(text, run.tokens.iter().copied());
    let (mut first, mut end, mut pieces) = (0, 0, 0);
    for next in &run.ends {
        let more = encoder.count_pieces(words.get(end..*next).unwrap_or_default(), language);
        if end > first && pieces + more > WINDOW {
            add_window(&words, &run.tokens, first..end, language, encoder, windows, places);
            (first, pieces) = (end, 0);
        }
        (end, pieces) = (*next, pieces + more);
    }
    add_window(&words, &run.tokens, first..words.len(), language, encoder, windows, places);
}

/// Adds a window, or several where the words are too many for one.
fn add_window(
    words: &[Word],
    tokens: &[Span],
    mut range: Range<usize>,
    language: Option<&str>,
    encoder: &Encoder,
    windows: &mut Vec<Window>,
    places: &mut Vec<Vec<Span>>,
) {
    while let Some(rest) = words.get(range.clone()).filter(|rest| !rest.is_empty()) {
        let window = encoder.window(rest, false, language);
        let end = range.start + window.len();
        places.push(tokens.get(range.start..end).unwrap_or_default().to_vec());
        windows.push(window);
        range.start = end;
    }
}

fn words(text: &str, spans: impl Iterator<Item = Span>) -> Vec<Word<'_>> {
    spans.map(|span| Word { form: span.of(text), space_before: space_before(text, span) }).collect()
}

fn space_before(text: &str, span: Span) -> bool {
    let before = text.get(..span.start() as usize).unwrap_or_default();
    before.chars().next_back().is_none_or(char::is_whitespace)
}

/// Writes what was read into the tokens. Where a sentence was read in parts, the later ones hang on the first as a
/// parataxis.
fn fill(text: &str, sentence: &mut Sentence, parts: &[SentenceReading], language: &str, encoder: &Encoder) {
    let is_root = |(at, word): &(usize, &WordReading)| word.head as usize == *at;
    let root = parts.first().and_then(|words| words.iter().enumerate().find(is_root)).map_or(0, |(at, _)| at);
    let corrections = &lexicon::of(Languages::shipped().get(language)).features;
    let mut tokens = sentence.tokens.iter_mut();
    let mut first = 0;
    for words in parts {
        for (inside, (word, token)) in words.iter().zip(tokens.by_ref()).enumerate() {
            let later_root = first > 0 && word.head as usize == inside;
            let form = token.span.of(text);
            token.upos = word.upos;
            let lemma = |features: &str| crate::lemmas::lemma(language, form, word.upos, features);
            let features = corrected(corrections, form, word.upos, &word.feats, || lemma(&word.feats));
            token.feats = features.unwrap_or_else(|| word.feats.clone());
            token.lemma = lemma(&token.feats);
            token.head = if later_root { root as u32 } else { word.head + first };
            let relation = if later_root { "parataxis" } else { encoder.relation(word) };
            relation.clone_into(&mut token.deprel);
        }
        first += words.len() as u32;
    }
}

fn name_class(label: &str) -> Option<NameClass> {
    match label {
        "PER" => Some(NameClass::Person),
        "ORG" => Some(NameClass::Organisation),
        "LOC" | "GPE" => Some(NameClass::Location),
        "OTH" | "MISC" => Some(NameClass::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_language::of;

    #[test]
    fn a_sentence_of_several_windows_is_one_tree() {
        let text = "Der Hafen schließt, ".repeat(200);
        let tokens =
            segment(&text, &[], Some(&of("de"))).into_iter().flat_map(|sentence| sentence.tokens).collect();
        let given = vec![Sentence { span: Span::new(0, text.len()), tokens }];
        let analysis = analyse_sentences(&text, given, Some(&of("de")), Encoder::shipped().ok());
        let tokens = &analysis.sentences[0].tokens;
        assert!(tokens.len() > 512);
        let roots: Vec<usize> = (0..tokens.len()).filter(|at| tokens[*at].head as usize == *at).collect();
        assert_eq!(roots.len(), 1);
        for mut at in 0..tokens.len() {
            (0..tokens.len()).for_each(|_| at = tokens[at].head as usize);
            assert_eq!([at], roots[..]);
        }
    }

    #[test]
    fn a_language_without_trees_has_names_only() {
        let text = "Predseda vlády Robert Fico odcestoval do Bratislavy.";
        let analysis = analyse(text, &[], Some(&of("sk")), Encoder::shipped().ok());
        assert!(!analysis.tagged);
        assert!(analysis.sentences[0].tokens.iter().all(|token| token.deprel.is_empty()));
        let person = analysis.names.iter().find(|name| name.class == NameClass::Person).unwrap();
        assert_eq!(person.span.of(text), "Robert Fico");
    }
}
