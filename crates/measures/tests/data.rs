//! The shipped records are whole; a wrong entry is named with file, line and field; no answer judges.

#![expect(clippy::unwrap_used, reason = "tests")]

use jiff::civil::date;
use lagebild_data::DataError;
use lagebild_goods::Goods;
use lagebild_measures::{Flow, Measures};

const FOLDER: &str = "../../data/measures";

/// The files of the regimes, one of them changed.
fn with(name: &str, from: &str, to: &str) -> Result<Measures, Vec<DataError>> {
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let regime = file
            .strip_suffix(".yaml")
            .filter(|stem| !["scenarios", "scenarios-blind", "jurisdictions", "covered"].contains(stem));
        if regime.is_some() {
            let text = std::fs::read_to_string(format!("{FOLDER}/{file}")).unwrap();
            let text = if file == name { text.replacen(from, to, 1) } else { text };
            files.push((format!("data/measures/{file}"), text));
        }
    }
    files.sort();
    let regimes: Vec<(&str, &str)> =
        files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let jurisdictions = std::fs::read_to_string(format!("{FOLDER}/jurisdictions.yaml")).unwrap();
    let covered = std::fs::read_to_string(format!("{FOLDER}/covered.yaml")).unwrap();
    let jurisdictions = ("data/measures/jurisdictions.yaml", jurisdictions.as_str());
    Measures::parse(&regimes, jurisdictions, ("data/measures/covered.yaml", &covered))
}

fn errors(name: &str, from: &str, to: &str) -> Vec<String> {
    with(name, from, to).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_records_are_whole() {
    let errors = errors("", "", "");
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(Measures::embedded().is_ok(), "{:?}", Measures::embedded().err());
    assert!(Measures::shipped().all().len() >= 246);
}

#[test]
fn a_wrong_entry_is_named_with_file_line_and_field() {
    let un = "un-1718-dprk.yaml";
    let named = |from: &str, to: &str, words: &[&str]| {
        let errors = errors(un, from, to).join("\n");
        assert!(errors.starts_with("data/measures/un-1718-dprk.yaml:"), "{from}: {errors}");
        assert!(!errors.contains(":0:"), "{errors}");
        for word in words {
            assert!(errors.contains(word), "{word}: {errors}");
        }
    };
    named("kind: prohibition", "kind: prohibiton", &["measures[0].kind"]);
    named("goods: [luxury_goods]", "goods: [luxury_god]", &["luxury_god", ".goods", "luxury_goods"]);
    named("superseded_by: [un-2371-8]", "superseded_by: [un-2371-9a]", &["un-2371-9a", "superseded_by"]);
    named("in_force_to: 2017-08-05", "in_force_to: 2016-01-05", &["in_force_to", "ends before"]);
    named("    paragraph: '5'", "    paragraf: '5'", &["paragraf"]);
}

#[test]
fn two_limits_at_one_time_are_a_conflict() {
    let from = "    status: superseded\n    in_force_from: 2017-09-11\n    in_force_to: 2017-12-22\n    superseded_by: [un-2397-5]\n";
    let to = "    status: in_force\n    in_force_from: 2017-09-11\n";
    let errors = errors("un-1718-dprk.yaml", from, to).join("\n");
    assert!(errors.contains("in conflict with un-2397-5"), "{errors}");
}

#[test]
fn no_answer_judges() {
    let measures = Measures::shipped();
    let forbidden = [
        "legal", "illegal", "unlawful", "lawful", "violat", "breach", "guilt", "crimin", "illicit",
        "infring", "offence",
    ];
    let ends = [("KP", "RU"), ("RU", "KP"), ("IR", "RU"), ("DE", "RU"), ("RU", "DE"), ("KP", "GB")];
    let mut answers = 0;
    for class in Goods::shipped().classes() {
        for (from, to) in ends {
            let flow = Flow {
                from: Some(from.into()),
                to: Some(to.into()),
                class: Some(class.id.clone()),
                listed_parties: vec!["un-sc:KPe.001".into(), "ofac-sdn:1".into(), "eu-fsf:EU.1".into()],
                ..Flow::default()
            };
            for mut finding in measures.check(&flow, date(2024, 6, 1)) {
                finding.source = None;
                let words = serde_json::to_string(&finding).unwrap().to_lowercase();
                let found = forbidden.iter().find(|word| words.contains(*word));
                assert!(found.is_none(), "{found:?} in {words}");
                answers += 1;
            }
        }
    }
    assert!(answers > 500, "{answers}");
}

#[test]
fn the_difference_of_two_days_names_what_began_and_ended() {
    let diff = Measures::shipped().diff(date(2017, 12, 21), date(2017, 12, 22));
    let began: Vec<&str> = diff.began.iter().map(|m| m.id.as_str()).collect();
    assert!(began.contains(&"un-2397-4") && began.iter().all(|id| id.starts_with("un-2397")), "{began:?}");
    let ended: Vec<&str> = diff.ended.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ended, ["un-2375-14", "un-2375-15"]);
    let passed = Measures::shipped().diff(date(2017, 9, 1), date(2018, 1, 1)).began_and_ended;
    assert!(passed.iter().any(|m| m.id == "un-2375-14"));
}

#[test]
fn a_bit_is_there_for_every_class() {
    assert!(Goods::shipped().classes().len() <= 128, "the check holds a set of classes in 128 bits");
}
