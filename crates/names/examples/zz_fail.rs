use lagebild_names::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string("/tmp/pairs1.jsonl").unwrap();
    let mut out = vec![];
    for l in text.lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        if v["schema"] != a[1].as_str() { continue; }
        let same = v["same"].as_bool().unwrap();
        let (q, c) = (v["query"][0].as_str().unwrap(), v["candidate"][0].as_str().unwrap());
        let k = NameKind::of_schema(&a[1]);
        let s = score(&Name::parse(q, k), &Name::parse(c, k), Options::default());
        if same && s < 0.7 && a[2] == "missed" || !same && s >= 0.7 && a[2] == "wrong" { out.push(format!("{s:.3} {q} | {c}")); }
    }
    for o in out { println!("{o}"); }
}
