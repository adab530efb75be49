//! Shows how two names compare: `explain KIND NAME NAME` (KIND is a FollowTheMoney schema).

use lagebild_names::{Name, NameKind, Options, compare};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [schema, query, candidate] = args.as_slice() else { return };
    let kind = NameKind::of_schema(schema);
    let (query, candidate) = (Name::parse(query, kind), Name::parse(candidate, kind));
    let comparison = compare(&query, &candidate, Options::default());
    println!("{:.3}", comparison.score);
    comparison.explain(&query, &candidate).iter().for_each(|line| println!("{line}"));
}
