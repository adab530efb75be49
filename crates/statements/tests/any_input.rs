//! Whatever the text, nothing panics and every span fits it.

use lagebild_document::Options;
use lagebild_entities::Entities;
use lagebild_language::Languages;
use lagebild_page::Page;
use lagebild_predicates::predicates;
use proptest::prelude::*;

/// Words that the rules look for, among arbitrary characters.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("sagte"),
        Just("„"),
        Just("“"),
        Just("\""),
        Just("»"),
        Just("«"),
        Just(","),
        Just(":"),
        Just("."),
        Just("laut"),
        Just("zufolge"),
        Just("so"),
        Just("dass"),
        Just("Demnach"),
        Just("wird"),
        Just("said"),
        Just("that"),
        Just("according to"),
        Just("told"),
        Just("Vermutung"),
        Just("zu"),
        Just("nicht"),
        Just("May"),
        Just("сказал"),
        Just("что"),
        Just("das berichtet"),
        Just("\n\n"),
        Just("İ"),
        Just("ẞ"),
    ];
    let piece = prop_oneof![3 => word.prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn spans_fit_any_text(
        text in texts(),
        language in prop_oneof![Just("de"), Just("en"), Just("ru"), Just("fr"), Just("es")],
        trees in any::<bool>(),
    ) {
        let options = Options { language: Some(language.into()), ..Options::default() };
        for document in lagebild_document::read("any.txt", text.as_bytes(), &options).into_iter().flatten() {
            let encoder = lagebild_grammar::Encoder::shipped().ok().filter(|_| trees);
            let page = Page::new(&document, Languages::shipped(), encoder);
            let lexicon = lagebild_predicates::of(language);
            let sentences = page.sentences().iter();
            let clauses: Vec<_> = sentences.map(|sentence| predicates(sentence, page.text(), lexicon)).collect();
            for found in lagebild_statements::attribute(&page, &clauses, &Entities::default()) {
                prop_assert!(found.content.fits(&document.text) && !found.content.is_empty());
                prop_assert!(found.cue.is_none_or(|cue| cue.fits(&document.text)));
                prop_assert!(found.speaker_words.is_none_or(|words| words.fits(&document.text)));
            }
        }
    }
}
