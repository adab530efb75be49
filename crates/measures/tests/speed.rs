//! How many checks a second: `cargo test -p lagebild-measures --profile fast --test speed -- --ignored --nocapture`.

use lagebild_measures::{Flow, Measures};
use std::time::Instant;

#[test]
#[ignore = "a measurement, to be run alone with --profile fast"]
fn checks_per_second() {
    let measures = Measures::shipped();
    let classes = lagebild_goods::Goods::shipped().classes();
    let day = jiff::civil::date(2023, 9, 13);
    let flows: Vec<Flow> = classes
        .iter()
        .flat_map(|class| {
            [("KP", "RU"), ("RU", "KP"), ("IR", "RU"), ("DE", "UA")].map(|(from, to)| Flow {
                from: Some(from.into()),
                to: Some(to.into()),
                class: Some(class.id.clone()),
                ..Flow::default()
            })
        })
        .collect();
    let start = Instant::now();
    let (mut checks, mut findings) = (0_u32, 0);
    while start.elapsed().as_secs() < 2 {
        findings += flows.iter().map(|flow| measures.check(flow, day).len()).sum::<usize>();
        checks += flows.len() as u32;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:.0} checks a second, {:.1} findings each",
        f64::from(checks) / seconds,
        findings as f64 / f64::from(checks)
    );
}
