//! `lagebild check`, `measures` and `goods` as whole processes: what they print and how they end.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

/// Standard output, standard error, exit code.
fn lagebild(args: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_lagebild")).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

#[test]
fn a_flow_is_answered_with_the_provision() {
    let args =
        ["check", "--from", "kp", "--to", "ru", "--goods", "artillery_ammunition", "--on", "2023-09-13"];
    let (text, _, code) = lagebild(&args);
    assert_eq!(code, 0);
    assert!(text.starts_with("UN-1718-DPRK: touched · S/RES/1874 (2009) para 9"), "{text}");
    let (json, _, _) = lagebild(&[&args[..], &["--format", "json"]].concat());
    let findings: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(findings[0]["measure"], "un-1874-9");
    assert_eq!(findings[0]["verdict"], "touched");
}

#[test]
fn wrong_usage_ends_with_two_and_says_what_may_be_meant() {
    let (_, error, code) =
        lagebild(&["check", "--from", "KP", "--goods", "artilery_amunition", "--on", "2023-09-13"]);
    assert_eq!(code, 2);
    assert!(error.contains("did you mean artillery_ammunition"), "{error}");
    let (_, error, code) = lagebild(&["check", "--from", "Korea", "--goods", "coal", "--on", "2023-09-13"]);
    assert!(code == 2 && error.contains("is no country"), "{error}");
    assert_eq!(lagebild(&["measures", "show", "un-1"]).2, 2);
    assert_eq!(lagebild(&["measures", "diff", "2018-01-01", "2017-01-01"]).2, 2);
    assert_eq!(lagebild(&["goods", "qqqq"]).2, 2);
}

#[test]
fn measures_and_goods_are_shown() {
    let (text, _, code) = lagebild(&["measures", "diff", "2017-12-21", "2017-12-22"]);
    assert!(code == 0 && text.contains("un-2397-4") && text.contains("Ended: 2"), "{text}");
    let (text, _, code) = lagebild(&["measures", "show", "un-1874-9"]);
    assert!(code == 0 && text.contains("in_force_from: 2009-06-12"), "{text}");
    let (text, _, code) = lagebild(&["goods", "Artilleriegeschosse"]);
    assert!(code == 0 && text.starts_with("artillery_ammunition"), "{text}");
    let (text, _, code) = lagebild(&["measures", "list", "--on", "2010-01-01", "--regime", "UN-1718-DPRK"]);
    assert!(code == 0 && !text.contains("un-2397"), "{text}");
}

#[test]
fn what_the_data_do_not_know_is_said_and_never_read_as_no_measure() {
    let (text, _, code) =
        lagebild(&["check", "--from", "CL", "--to", "TR", "--goods", "coal", "--on", "2023-01-15"]);
    assert_eq!(code, 0);
    assert!(text.starts_with("NO-DATA: no data") && text.contains("European Union on CL, TR"), "{text}");
    assert!(!text.contains("no measure found") && !text.contains("United Nations"), "{text}");
    let (text, _, _) = lagebild(&[
        "check",
        "--from",
        "CN",
        "--to",
        "RU",
        "--goods",
        "artillery_ammunition",
        "--on",
        "2023-01-15",
    ]);
    assert!(text.contains("UN-NONE-RUSSIA: no measure found"), "{text}");
}

#[test]
fn coverage_names_jurisdictions_regimes_and_what_they_rest_on() {
    let (text, _, code) = lagebild(&["measures", "coverage"]);
    assert_eq!(code, 0);
    assert!(text.contains("United Nations\n") && text.contains("UN-1970-LIBYA"), "{text}");
    assert!(text.contains("from memory"), "{text}");
    let (json, _, _) = lagebild(&["measures", "coverage", "--format", "json"]);
    let coverage: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(coverage["jurisdictions"][0]["regimes"], "UN");
    assert!(coverage["regimes"].as_array().unwrap().len() > 40);
    assert!(coverage["verification"]["memory"].as_u64().unwrap() > 0);
}
