use super::*;
use lagebild_language::of;

/// Sentences as lines, tokens parted by a space.
fn lines(language: &str, text: &str) -> Vec<String> {
    let words = |sentence: &Sentence| {
        sentence.tokens.iter().map(|token| token.span.of(text)).collect::<Vec<_>>().join(" ")
    };
    segment(text, &[], Some(&of(language))).iter().map(words).collect()
}

#[test]
fn abbreviations_and_ordinals_do_not_end_a_sentence() {
    let text = "Am 12. September kam Dr. Weber, z.B. mit ca. 30 Mio. Euro. Im 2. Quartal ging er.";
    let expected =
        ["Am 12. September kam Dr. Weber , z.B. mit ca. 30 Mio. Euro .", "Im 2. Quartal ging er ."];
    assert_eq!(lines("de", text), expected);
}

#[test]
fn a_year_or_a_number_at_the_end_ends_the_sentence() {
    assert_eq!(lines("de", "Das war 2014. Danach kam er."), ["Das war 2014 .", "Danach kam er ."]);
}

#[test]
fn quotes_close_with_their_sentence() {
    let text = "„Das stimmt.“ Er ging. „Wirklich?“, fragte sie. «Oui.» \"Ja.\" \"Nein!\" sagte er.";
    let expected = [
        "„ Das stimmt . “",
        "Er ging .",
        "„ Wirklich ? “ , fragte sie .",
        "« Oui . »",
        "\" Ja . \"",
        "\" Nein ! \" sagte er .",
    ];
    assert_eq!(lines("de", text), expected);
}

#[test]
fn headlines_and_items_without_full_stop_stand_alone() {
    let text = "Panzer für Nordland\n\nDer Minister sprach.\n- erstens\n- zweitens";
    assert_eq!(
        lines("de", text),
        ["Panzer für Nordland", "Der Minister sprach .", "- erstens", "- zweitens"]
    );
}

#[test]
fn a_sentence_never_crosses_a_block() {
    let text = "Ein Titel ohne Punkt und ein Satz";
    let found = segment(text, &[Span::new(0, 20), Span::new(21, text.len())], Some(&of("de")));
    assert_eq!(found.len(), 2);
}

#[test]
fn english_words_are_split_as_the_treebank_does() {
    let text = "They don't sell U.S. tanks, he's well-known. \"It cannot\" be Mr. Lee’s e-mail!";
    let expected =
        ["They do n't sell U.S. tanks , he 's well - known .", "\" It can not \" be Mr. Lee ’s e-mail !"];
    assert_eq!(lines("en", text), expected);
}

#[test]
fn french_elisions_part() {
    assert_eq!(
        lines("fr", "L’armée n'a qu'un char aujourd'hui."),
        ["L’ armée n' a qu' un char aujourd'hui ."]
    );
}

#[test]
fn scripts_without_spaces_part_at_their_full_stops() {
    assert_eq!(lines("zh", "他说是。我不去！"), ["他 说 是 。", "我 不 去 ！"]);
}

#[test]
fn addresses_stay_whole() {
    let text = "Siehe https://example.org/a?b=c. Mail: info@example.org, www.example.org.";
    let expected = ["Siehe https://example.org/a?b=c .", "Mail : info@example.org , www.example.org ."];
    assert_eq!(lines("de", text), expected);
}

#[test]
fn odd_input_gives_tokens_that_fit() {
    for text in
        ["", "\u{0}", "...", "’", "'s", "a.", "\u{301}", "„“", "1.", "12.34.", "🙂🙂 ok", "\n\n\n", "A&B&"]
    {
        for language in ["de", "en", "fr", "zh", "xx"] {
            for sentence in segment(text, &[], Some(&of(language))) {
                assert!(sentence.tokens.iter().all(|token| token.span.fits(text) && !token.span.is_empty()));
            }
        }
    }
    assert!(segment("kurz", &[Span::new(2, 99)], None).is_empty());
}

#[test]
fn a_run_without_an_end_is_parted() {
    let text = "die Fabrik , die Maschinen baut ".repeat(1_000);
    let sentences = segment(&text, &[], Some(&of("de")));
    assert!(sentences.iter().all(|sentence| sentence.tokens.len() <= 500));
    assert!(sentences.iter().rev().skip(1).all(|sentence| sentence.span.of(&text).ends_with(',')));
    assert_eq!(sentences.iter().map(|sentence| sentence.tokens.len()).sum::<usize>(), 6_000);
    let quotes = "„".repeat(3_000);
    assert!(segment(&quotes, &[], None).iter().all(|sentence| sentence.tokens.len() <= 500));
}
