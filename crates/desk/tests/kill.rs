//! A program that is killed at any moment loses no decision that it confirmed, and leaves a whole chain.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use lagebild_desk::verify::{Trust, check};
use lagebild_desk::{Choice, Store};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use support::*;

const STORE: &str = "LAGEBILD_TEST_STORE";

/// The child: decides until it is killed, and says each entry once it is confirmed.
#[test]
fn decide_until_killed() {
    let Ok(file) = std::env::var(STORE) else { return };
    let mut store = Store::open_existing(Path::new(&file)).unwrap();
    let item = hits(&store, "one").first().map_or_else(
        || {
            store.queue(&lagebild_desk::Filter {
                party: Some("alpha:1".into()),
                limit: 1,
                ..Default::default()
            })
        },
        |item| Ok(vec![item.clone()]),
    );
    let mut item = item.unwrap().remove(0);
    for round in 0.. {
        let choice = if round % 2 == 0 { Choice::Same } else { Choice::Another };
        item =
            store.decide(&item.item, Some(item.version), verdict(choice), &by("anna", 100 + round)).unwrap();
        println!("confirmed {}", store.case("one").unwrap().entries);
        std::io::stdout().flush().unwrap();
    }
}

fn kill_often(times: u64, wanted: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.db");
    Store::open(&file).unwrap().import(&small(None).export("one").unwrap()).unwrap();
    let mut confirmed = 0;
    for time in 0..times {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "decide_until_killed", "--nocapture"])
            .env(STORE, &file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut last = 0;
        // Some decisions, then a pause that ends somewhere within the next ones.
        for line in out.by_ref().map_while(Result::ok).filter(|line| line.contains("confirmed ")).take(10) {
            last = line.rsplit(' ').next().unwrap().parse().unwrap();
        }
        std::thread::sleep(Duration::from_micros(time * 1733 % 9000));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in out.map_while(Result::ok).filter(|line| line.contains("confirmed ")) {
            // The last line may have been cut off while it was written.
            last = line.rsplit(' ').next().unwrap().parse().map_or(last, |entry: u64| entry.max(last));
        }
        let store = Store::open_existing(&file).unwrap();
        let case = store.case("one").unwrap();
        assert!(last > 0 && case.entries >= last, "{last} was confirmed, {} are there", case.entries);
        let bundle = store.export("one").unwrap();
        let report = check(&bundle, &Trust::default());
        assert!(report.is_whole() && report.entries == case.entries, "{report:#?}");
        confirmed = last;
    }
    assert!(confirmed >= wanted, "{confirmed}");
    println!("killed {times} times, {confirmed} entries confirmed, none lost");
}

#[test]
fn killed_ten_times_nothing_confirmed_is_lost() {
    kill_often(10, 100);
}

#[test]
#[ignore = "a minute: 1,000 decisions, 100 kills"]
fn killed_a_hundred_times_nothing_confirmed_is_lost() {
    kill_often(100, 1000);
}
