use std::fs::File;
use std::io::Write;
fn main() {
    let f = |n: &str| File::open(format!("/tmp/lists/uk-usl_2026-05_{n}.csv")).unwrap();
    let t = lagebild_watchlist::readers::UkTables { subjects: f("subjects"), names: f("subject_names"), births: f("subject_dobs"), identifiers: f("subject_identifiers"), countries: f("subject_countries") };
    let r = lagebild_watchlist::readers::read_uk_tables(t, "UK");
    std::fs::create_dir_all("/tmp/store/UK").unwrap();
    let mut o = std::io::BufWriter::new(File::create("/tmp/store/UK/parties.jsonl").unwrap());
    for p in &r.parties { writeln!(o, "{}", serde_json::to_string(p).unwrap()).unwrap(); }
    std::fs::write("/tmp/store/UK/list.json", format!("{{\"name\":\"UK\",\"date\":\"2026-05-01\",\"parties\":{},\"problems\":0,\"hash\":\"ukx\"}}", r.parties.len())).unwrap();
}
