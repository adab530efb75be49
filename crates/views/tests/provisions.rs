//! Provisions as the views show them: three of a regime for each transfer and the rest folded; what the data do not know
//! is said, and is no "no measure found".

use jiff::civil::{Date, date};
use lagebild_measures::{Flow, Measures, Verdict};
use lagebild_reading::{About, DataStamp, Reading, Stamp, TransferFinding};
use lagebild_transfers::{Standing, TransferId};
use lagebild_views::{html, terminal};

/// A reading of one transfer with what the check answers.
fn reading(from: &str, to: &str, class: &str, on: Date) -> Reading {
    let flow =
        Flow { from: Some(from.into()), to: Some(to.into()), class: Some(class.into()), ..Flow::default() };
    let found = Measures::shipped().check(&flow, on).into_iter().map(|finding| TransferFinding {
        transfer: TransferId(1),
        standing: Standing::Certain,
        denied_by: Vec::new(),
        on,
        finding,
    });
    let findings = found.collect();
    let data = DataStamp { name: "x".into(), date: None, hash: String::new(), lists: Vec::new() };
    Reading {
        schema: lagebild_reading::SCHEMA,
        stamp: Stamp {
            lagebild: "0",
            program: "",
            models: std::collections::BTreeMap::new(),
            language: None,
            world: data.clone(),
            names: data.clone(),
            spotting: data.clone(),
            watchlist: data.clone(),
            measures: data.clone(),
            goods: data,
            as_of: on,
        },
        document: About {
            source: "a.txt".into(),
            sha256: String::new(),
            language: None,
            title: None,
            published: None,
            blocks: Vec::new(),
            url: None,
            origin: lagebild_document::Origin::default(),
            places: Vec::new(),
        },
        text: String::new(),
        entities: Vec::new(),
        mentions: Vec::new(),
        statements: Vec::new(),
        transfers: Vec::new(),
        relations: Vec::new(),
        events: Vec::new(),
        findings,
        listings: Vec::new(),
        warnings: Vec::new(),
    }
}

fn page(reading: Reading) -> String {
    html::case(&lagebild_case::merge(vec![reading]))
}

#[test]
fn three_provisions_of_a_regime_are_shown_and_the_rest_is_folded() {
    let reading = reading("DE", "SA", "small_arms", date(2019, 6, 1));
    let of_treaty = reading.findings.iter().filter(|one| one.finding.regime == "ATT");
    let cited: Vec<String> = of_treaty.map(|one| one.finding.citation()).collect();
    assert!(cited.len() > 3, "{cited:?}");
    let short = terminal::reading(&reading, 200, false);
    let shown = cited.iter().filter(|one| short.contains(one.as_str())).count();
    assert_eq!(shown, 3, "{short}");
    assert!(short.contains(&format!("and {} more (--explain names them)", cited.len() - 3)), "{short}");
    // Bans before duties.
    assert!(short.contains("Art. 6(2)") && !short.contains("Art. 7(1)"), "{short}");
    let long = terminal::reading(&reading, 2000, true);
    assert!(cited.iter().all(|one| long.contains(one.as_str())), "{long}");
    let page = page(reading);
    let (before, folded) =
        page.split_once(&format!("and {} more</summary>", cited.len() - 3)).unwrap_or_default();
    assert!(before.contains("Art. 6(2)") && !before.contains("Art. 7(1)"), "{before}");
    assert!(folded.contains("Art. 7(1)"));
}

#[test]
fn what_the_data_do_not_know_is_no_data_in_every_view() {
    let on = date(2023, 1, 15);
    let reading = reading("CL", "TR", "coal", on);
    let silent = |verdict| reading.findings.iter().any(|one| one.finding.verdict == verdict);
    assert!(silent(Verdict::NoData) && !silent(Verdict::NoMeasureFound), "{:?}", reading.findings);
    let json = serde_json::to_string(&reading).unwrap_or_default();
    let text = terminal::reading(&reading, 200, false);
    assert!(json.contains("\"no_data\"") && !json.contains("no_measure_found"), "{json}");
    let page = page(reading);
    for shown in [text, page] {
        assert!(shown.contains("no data for this regime or country: European Union on CL, TR"), "{shown}");
        assert!(!shown.contains("no measure"), "{shown}");
    }
}
