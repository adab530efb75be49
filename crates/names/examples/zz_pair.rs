use lagebild_names::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let kind = NameKind::of_schema(&a[1]);
    for pair in a[2..].chunks(2) {
        let (q, c) = (Name::parse(&pair[0], kind), Name::parse(&pair[1], kind));
        let r = compare(&q, &c, Options::default());
        let shared = q.part_keys().iter().filter(|p| c.part_keys().iter().any(|x| x.keys.iter().any(|k| p.keys.contains(k)))).count();
        println!("{:.3} {} | {}   keys shared {shared} of {}", r.score, pair[0], pair[1], q.part_keys().len());
        for l in r.explain(&q, &c) { println!("     {l}"); }
        for p in q.parts() { print!("  {}:{:?}:{:?} w{}", p.folded, p.kind, p.readings.iter().map(|r| String::from_utf8_lossy(r.codes()).into_owned()).collect::<Vec<_>>(), p.weight); }
        println!();
        for p in c.parts() { print!("  {}:{:?}:{:?} w{}", p.folded, p.kind, p.readings.iter().map(|r| String::from_utf8_lossy(r.codes()).into_owned()).collect::<Vec<_>>(), p.weight); }
        println!();
    }
}
