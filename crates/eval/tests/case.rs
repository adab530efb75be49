//! Both halves of the case, read and merged whole: sums that may only get better.

#![expect(clippy::unwrap_used, reason = "tests")]

use lagebild_eval::case::{CaseScores, read, reports, score};
use lagebild_reading::Knowledge;

fn scores(half: &str) -> CaseScores {
    let file = format!("{}/../../corpus/case/{half}.md", env!("CARGO_MANIFEST_DIR"));
    let reports = reports(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (first, second) = reports.split_at(reports.len() / 2);
    let readings: Vec<_> = std::thread::scope(|scope| {
        let part = |part| {
            let all = move || {
                <[_]>::iter(part).filter_map(|one| read(one, Knowledge::built_in())).collect::<Vec<_>>()
            };
            scope.spawn(all)
        };
        [part(first), part(second)].into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(readings.len(), reports.len());
    let scores = score(&reports, &lagebild_case::merge(readings));
    println!("{half}\n{scores}");
    // The other halves are looked at by sums only.
    if half.ends_with("dev") {
        scores.notes.iter().for_each(|note| println!("{note}"));
    }
    scores
}

/// Of what the readings found, and of all that is told, in the order of the table that `lagebild eval case` prints.
fn figures(scores: &CaseScores) -> [f64; 8] {
    [
        scores.claims.f1(),
        scores.claims_all.f1(),
        scores.origins.share(),
        scores.origins_all.share(),
        scores.first.share(),
        scores.first_all.share(),
        scores.entities(),
        scores.entities_all(),
    ]
}

#[test]
fn cases_are_merged_as_well_as_they_were() {
    for (half, floors) in [
        ("dev", [0.97, 0.95, 0.66, 0.55, 0.88, 0.77, 0.98, 0.97]),
        ("test", [0.95, 0.88, 0.71, 0.62, 0.85, 0.75, 0.97, 0.97]),
    ] {
        let figures = figures(&scores(half));
        let reached = figures.iter().zip(floors).all(|(figure, floor)| *figure >= floor);
        assert!(reached, "{half}: {figures:.3?} where {floors:.3?} are wanted");
    }
}

#[test]
fn people_and_bodies_are_one_across_languages_as_well_as_they_were() {
    for (half, floors) in [("names-dev", [0.95, 0.9]), ("names-test", [0.96, 0.94])] {
        let scores = scores(half);
        let figures = [scores.entities(), scores.entities_all()];
        let reached = figures.iter().zip(floors).all(|(figure, floor)| *figure >= floor);
        assert!(reached, "{half}: {figures:.3?} where {floors:.3?} are wanted");
    }
}
