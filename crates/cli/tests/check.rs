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
