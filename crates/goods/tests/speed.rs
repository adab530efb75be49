//! How fast goods are spotted: `cargo test -p lagebild-goods --profile fast --test speed -- --ignored --nocapture`.

use lagebild_goods::Goods;
use std::time::Instant;

const TEXTS: [(&str, &str); 3] = [
    (
        "de",
        "Der Minister sagte am Dienstag in der Hauptstadt, die Verhandlungen über Waffenlieferungen und Getreide \
            seien noch nicht abgeschlossen; die Regierung werde in der kommenden Woche weitere Gespräche führen. ",
    ),
    (
        "en",
        "The minister told reporters on Tuesday that talks on artillery shells and grain shipments had not been \
            concluded, and that the government would continue its discussions over the coming week. ",
    ),
    (
        "ru",
        "Министр заявил во вторник, что переговоры о поставках снарядов и зерна ещё не завершены и что \
            правительство продолжит обсуждение на следующей неделе. ",
    ),
];

#[test]
#[ignore = "a measurement, to be run alone with --profile fast"]
fn megabytes_per_second() {
    let goods = Goods::shipped();
    for (language, sentence) in TEXTS {
        let text = sentence.repeat(2_000_000 / sentence.len());
        let _ = goods.find_in(sentence, Some(language));
        let start = Instant::now();
        let found = goods.find_in(&text, Some(language)).len();
        let seconds = start.elapsed().as_secs_f64();
        println!("{language}: {:.1} MB/s, {found} mentions", text.len() as f64 / 1e6 / seconds);
    }
}
