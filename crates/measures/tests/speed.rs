//! How many flows are checked in a second: `cargo test --profile fast --test speed -- --ignored --nocapture`.

#![expect(clippy::print_stdout, reason = "a measurement")]

use lagebild_goods::Goods;
use lagebild_measures::{Flow, Measures};
use std::time::{Duration, Instant};

#[test]
#[ignore = "a measurement"]
fn checks_in_a_second() {
    let between = [("KP", "RU"), ("RU", "KP"), ("IR", "RU"), ("DE", "UA"), ("DE", "SA"), ("CN", "LY")];
    let flow = |class: &str, (from, to): (&str, &str)| Flow {
        from: Some(from.into()),
        to: Some(to.into()),
        class: Some(class.into()),
        ..Flow::default()
    };
    let classes = Goods::shipped().classes().iter();
    let flows: Vec<Flow> = classes.flat_map(|class| between.map(|sides| flow(&class.id, sides))).collect();
    let day = jiff::civil::date(2023, 9, 13);
    let measures = Measures::shipped();
    let (mut best, mut findings) = (Duration::MAX, 0);
    for _ in 0..30 {
        let start = Instant::now();
        findings = flows.iter().map(|flow| measures.check(flow, day).len()).sum();
        best = best.min(start.elapsed());
    }
    let records = measures.all().len();
    let rate = flows.len() as f64 / best.as_secs_f64();
    println!("{rate:.0} checks a second, {records} records, {findings} findings of {} flows", flows.len());
}
