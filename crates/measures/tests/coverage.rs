//! What the data do not know is said, and never reads as "no measure".

use jiff::civil::{Date, date};
use lagebild_measures::{Finding, Flow, Measures, Verdict};

fn check(from: &str, to: &str, class: &str, on: Date) -> Vec<Finding> {
    let flow =
        Flow { from: Some(from.into()), to: Some(to.into()), class: Some(class.into()), ..Flow::default() };
    Measures::shipped().check(&flow, on)
}

fn no_data(findings: &[Finding]) -> Vec<&str> {
    findings.iter().filter(|f| f.verdict == Verdict::NoData).map(|f| f.why.as_str()).collect()
}

#[test]
fn a_place_a_class_or_a_day_outside_the_data_is_no_data() {
    let day = date(2023, 1, 15);
    // A class: coal for Libya, of which the data know the arms only.
    let findings = check("UA", "LY", "coal", day);
    assert!(no_data(&findings)[0].contains("United Nations on LY"), "{findings:?}");
    assert!(findings.iter().all(|f| f.verdict != Verdict::NoMeasureFound), "{findings:?}");
    // A place: rifles for Turkey, of which the data know the United Nations and the Union.
    let findings = check("CN", "TR", "small_arms", day);
    let why = no_data(&findings)[0];
    assert!(why.contains("United States on TR") && !why.contains("United Nations"), "{why}");
    assert!(!why.contains("European Union"), "{why}");
    // A day: before the first and after the last that were followed.
    for day in [date(1995, 1, 1), date(2030, 1, 1)] {
        let findings = check("CN", "TR", "small_arms", day);
        assert!(no_data(&findings)[0].contains("United Nations on CN, TR"), "{findings:?}");
    }
}

#[test]
fn a_place_inside_the_data_is_answered() {
    let findings = check("CN", "RU", "artillery_ammunition", date(2023, 1, 15));
    assert_eq!(findings[0].verdict, Verdict::NoMeasureFound);
    // What a regime answered needs no word about missing data of the same jurisdiction.
    let findings = check("DE", "LY", "military_uav", date(2012, 1, 1));
    let eu = |f: &&Finding| f.regime == "EU-LIBYA" && f.verdict == Verdict::Touched;
    assert_eq!(findings.iter().filter(eu).count(), 1, "{findings:?}");
    assert!(no_data(&findings).iter().all(|why| !why.contains("European Union")), "{findings:?}");
    // Nobody says what goes: nothing can be said of a class.
    let flow = Flow { to: Some("TR".into()), ..Flow::default() };
    assert!(Measures::shipped().check(&flow, date(2023, 1, 15)).is_empty());
}

#[test]
fn a_provision_that_was_not_read_to_be_prolonged_is_only_possible() {
    let verdict = |on| {
        let findings = check("UA", "SS", "small_arms", on);
        findings.into_iter().find(|f| f.measure.as_deref() == Some("un-2428-4")).unwrap()
    };
    assert_eq!(verdict(date(2026, 5, 31)).verdict, Verdict::Touched);
    let later = verdict(date(2026, 6, 1));
    assert_eq!(later.verdict, Verdict::Possible);
    assert!(later.missing.iter().any(|m| m.contains("2026-05-31")), "{later:?}");
}

#[test]
fn every_regime_is_counted() {
    let coverage = Measures::shipped().coverage();
    let records: usize = coverage.regimes.iter().map(|regime| regime.records).sum();
    assert_eq!(records, Measures::shipped().all().len());
    let libya = coverage.regimes.iter().find(|regime| regime.regime == "UN-1970-LIBYA").unwrap();
    assert_eq!((libya.from, libya.to), (Some(date(2011, 2, 26)), None));
    let angola = coverage.regimes.iter().find(|regime| regime.regime == "UN-864-ANGOLA").unwrap();
    assert_eq!(angola.to, Some(date(2002, 12, 9)));
    assert!(coverage.verification.words().ends_with("from memory"));
}
