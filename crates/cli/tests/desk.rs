//! `lagebild desk` as a whole process: the commands of its page, and what goes wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::path::Path;
use std::process::{Command, Output};
use support::{folder, stderr, stdout};

/// Runs a script in a folder that has its own lists and desk.
fn sh(folder: &Path, script: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_lagebild"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    Command::new("sh")
        .args(["-euc", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("LAGEBILD_LISTS", folder.join("lists"))
        .env("LAGEBILD_DESK", folder.join("desk.db"))
        .env("LAGEBILD_USER", "cleo")
        .output()
        .unwrap()
}

/// What a script prints; it must not fail.
fn done(folder: &Path, script: &str) -> String {
    let output = sh(folder, script);
    assert!(output.status.success(), "{script}\n{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

/// What a script complains of, with its exit code.
fn refused(folder: &Path, script: &str) -> (i32, String) {
    let output = sh(folder, script);
    assert!(!output.status.success(), "{script}\n{}", stdout(&output));
    (output.status.code().unwrap(), stderr(&output))
}

/// The scripts of the page, in order.
fn page() -> Vec<String> {
    let page = include_str!("../../../docs/desk.md");
    page.split("```sh\n").skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_commands_of_the_page_work() {
    let folder = folder("desk-page");
    let [start, deciding, keys, proving, watching, keeping] = &page()[..] else { panic!("other scripts") };
    let text = done(&folder, start);
    assert!(text.contains("opened the case convoy") && text.contains("hit: Anton Beispielow"), "{text}");
    let text = done(&folder, deciding);
    assert!(text.contains("decided: same by cleo") && text.contains("another office"), "{text}");
    assert!(text.contains("· for ben · due 2026-12-01") && text.contains("asked the registry"), "{text}");
    assert!(text.contains("1 documents have these words"), "{text}");
    assert!(done(&folder, keys).contains("unsure by anna"));
    let text = done(&folder, proving);
    assert!(text.contains("chain: whole") && text.contains("read again, the same bytes: 1 of 1"), "{text}");
    let text = done(&folder, watching);
    assert!(text.contains("no longer") && text.contains("NEW: new alias: Toni B"), "{text}");
    assert!(text.contains("listed since") && text.contains("customers.csv line 2"), "{text}");
    let text = done(&folder, keeping);
    assert!(text.contains("restored 1 cases"), "{text}");
}

#[test]
fn what_cannot_be_done_is_said_and_changes_nothing() {
    let folder = folder("desk-errors");
    let (code, error) = refused(&folder, "lagebild desk queue");
    assert!(code == 2 && error.contains("lagebild desk add"), "{error}");
    done(&folder, &page()[0]);
    for (script, code, words) in [
        ("lagebild desk decide convoy/99 same --reason x", 2, "no item convoy/99"),
        ("lagebild desk decide convoy/1@7 same --reason x", 2, "has changed since you saw it"),
        ("lagebild desk decide convoy/1 same --reason ' '", 2, "say why"),
        ("lagebild desk decide convoy/1 perhaps --reason x", 2, "possible values"),
        ("lagebild desk decide convoy same --reason x", 2, "case/number"),
        ("lagebild desk confirm convoy/1@1", 2, "nothing to confirm"),
        ("lagebild desk undo convoy/1 --reason x", 2, "nothing to take back"),
        ("lagebild desk open convoy", 2, "already"),
        ("lagebild desk open 'a b'", 2, "cannot be a case's name"),
        ("lagebild desk history other", 2, "no case `other`"),
        ("lagebild desk verify article.txt", 4, "no bundle"),
        ("lagebild desk verify none.bundle", 3, "none.bundle"),
        ("lagebild desk restore article.txt --store new.db", 4, "not a database"),
        ("lagebild desk watch remove nobody", 2, "is not watched"),
        ("lagebild desk cases --store article.txt", 4, "article.txt"),
        ("lagebild desk note convoy/1 x --key article.txt", 2, "the key"),
    ] {
        let (was, error) = refused(&folder, script);
        assert!(was == code && error.contains(words), "{script}: {was} {error}");
    }
    assert_eq!(done(&folder, "lagebild desk history convoy").lines().count(), 2);
}

#[test]
fn a_signed_bundle_is_trusted_by_its_key_and_a_changed_one_is_not_taken_in() {
    let folder = folder("desk-signed");
    done(
        &folder,
        &page()[0].replace("lagebild desk", "LAGEBILD_KEY=anna.key lagebild desk").replacen(
            "lagebild lists",
            "lagebild desk keys anna; lagebild desk keys ben; lagebild lists",
            1,
        ),
    );
    done(
        &folder,
        "lagebild desk decide convoy/1 same --reason x --key anna.key; lagebild desk export convoy c.bundle --key anna.key",
    );
    let text = done(&folder, "lagebild desk verify c.bundle --trust anna.pub");
    assert!(text.contains("signed with") && !text.contains("not signed"), "{text}");
    let output = sh(&folder, "lagebild desk verify c.bundle --trust ben.pub");
    assert!(output.status.code() == Some(4) && stdout(&output).contains("NOT WHOLE"));
    let mut bytes = std::fs::read(folder.join("c.bundle")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::write(folder.join("changed.bundle"), bytes).unwrap();
    for script in
        ["lagebild desk verify changed.bundle", "lagebild desk import changed.bundle --store new.db"]
    {
        let (code, error) = refused(&folder, script);
        assert!(code == 4 && error.contains("does not have its hash"), "{error}");
    }
}

#[test]
fn people_may_sign_in_and_what_must_go_goes() {
    let folder = folder("desk-people");
    done(&folder, &page()[0]);
    let add = "printf 'nine lives of a cat\\n' | lagebild desk people add anna --role reviewer";
    assert!(done(&folder, add).contains("anna may sign in as reviewer"));
    for (script, words) in [
        (add, "already"),
        ("printf short | lagebild desk people add ben", "at least 12"),
        ("lagebild desk people disable nobody", "nobody is called"),
        ("lagebild desk retain convoy 0", "from 1 to"),
        ("lagebild desk forget convoy --reason x", "required"),
        (
            "lagebild desk forget convoy --person 'Anton Beispielow' --reason 'Anton Beispielow asked'",
            "without the name",
        ),
        ("lagebild desk forget convoy 9 --reason x", "no document 9"),
        ("lagebild desk access other", "no case `other`"),
    ] {
        let (_, error) = refused(&folder, script);
        assert!(error.contains(words), "{script}: {error}");
    }
    let text = done(&folder, "lagebild desk people disable anna; lagebild desk people list");
    assert!(text.contains("anna  reviewer, disabled  (by cleo,"), "{text}");
    let text = done(
        &folder,
        "lagebild desk access convoy --keep 30; lagebild desk retain convoy 90; lagebild desk sweep",
    );
    assert!(text.contains("kept for 30 days") && text.contains("0 cases, 0 lines"), "{text}");
    let forget = "lagebild desk forget convoy --person 'Anton Beispilov' --reason 'file 12' --dry-run";
    let text = done(&folder, forget);
    assert!(text.contains("nothing to remove") && text.contains("(--also): Anton Beispielow ("), "{text}");
    for also in ["--also", "--also='Anton Beispielow'"] {
        let text = done(&folder, &format!("{forget} {also}"));
        assert!(text.contains("documents 1;") && !text.contains("(--also)"), "{text}");
    }
    assert!(refused(&folder, &format!("{forget} --also=Nobody")).1.contains("no other spelling"));
    let forget = "lagebild desk forget convoy 1 --reason 'file 12'";
    assert!(done(&folder, &format!("{forget} --dry-run")).contains("would remove in convoy"));
    let text = done(
        &folder,
        &format!("{forget}; lagebild desk export convoy c.bundle; lagebild desk verify c.bundle"),
    );
    for words in [
        "removed in convoy: content of entries 2; documents 1;",
        "chain: whole",
        "content removed from 1 entries",
        "entry 2: by cleo, ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(done(&folder, "lagebild desk history convoy").contains("file 12"));
    let (code, error) = refused(&folder, forget);
    assert!(code == 2 && error.contains("content removed by cleo"), "{error}");
}
