use lagebild_names::eval;
fn main() {
    let show: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    let b = "/work/shared/bench";
    let r = eval::run(&eval::read_bench(&std::fs::read_to_string(format!("{b}/name_bench.csv")).unwrap()));
    println!("BENCH\n{}", r.text(show));
    for (s, c) in &r.errors { if c.quality == "STRONG" { println!("STRONG {s:.3} {} | {} {}", c.query, c.candidate, c.same); } }
    let yml = std::fs::read_to_string(format!("{b}/entity_checks.yml")).unwrap();
    let r = eval::run(&eval::read_checks("x", &yml).unwrap());
    println!("CHECKS {}/{}\n{}", r.all.hits + r.all.refusals, r.all.hits + r.all.refusals + r.all.misses + r.all.alarms, if show > 0 { r.text(show) } else { String::new() });
}
