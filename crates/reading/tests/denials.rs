//! A denial reaches every transfer that it is about, also one that was told sentences before.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot read")]

use lagebild_document::Options;
use lagebild_reading::{Knowledge, Reading};

fn read(text: &str) -> Reading {
    let published = "2024-06-01".parse().unwrap();
    let options = Options { language: Some("en".into()), published: Some(published), ..Options::default() };
    let document = lagebild_document::read("passage.txt", text.as_bytes(), &options).remove(0).unwrap();
    lagebild_reading::read(document, Knowledge::built_in(), published)
}

#[test]
fn a_denial_reaches_back_over_the_same_flow() {
    let reading = read(
        "Iran has delivered combat drones to Sudan, the ministry in Kyiv said. \
         Iran sent the drones to Sudan in two cargo planes in May. Tehran denied the claim.",
    );
    assert!(!reading.transfers.is_empty());
    for transfer in &reading.transfers {
        assert!(!transfer.disputed_by.is_empty(), "{transfer:?}");
    }
}

#[test]
fn it_does_not_reach_another_flow() {
    let reading = read(
        "Turkey delivered drones to Ethiopia in May. Iran sent rifles to Sudan. Tehran denied that it sent rifles to Sudan.",
    );
    let disputed = |item: &str| {
        let transfers = reading.transfers.iter().filter(|one| one.item.of(&reading.text).contains(item));
        transfers.map(|one| !one.disputed_by.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(disputed("drones"), [false]);
}
