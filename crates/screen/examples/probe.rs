use lagebild_screen::*;
use lagebild_watchlist::store::Store;
use std::time::Instant;
fn main() {
    let store = Store::new("/tmp/h-screen-store");
    let began = Instant::now();
    let index = stored(&store, &store.select(&[], None).unwrap()).unwrap().unwrap();
    eprintln!("index {:?} names {}", began.elapsed(), index.stamp().names);
    let options = Options { cutoff: 0.7, ..Options::default() };
    let step: usize = std::env::args().nth(1).map_or(97, |s| s.parse().unwrap());
    for schema in [true, false] {
        let (mut times, mut pairs, mut missed, mut n) = (vec![], vec![], 0, 0);
        for number in (0..index.parties()).step_by(step) {
            let party = index.party(number).unwrap();
            let name = &party.names[0].full;
            let q = Query::name(name, schema.then_some(party.schema.as_str()));
            let t = Instant::now();
            let hits = index.screen(&q, &options);
            times.push(t.elapsed());
            let c = index.compared(&q, &options);
            pairs.push((c, name.clone()));
            n += 1;
            missed += usize::from(!hits.iter().any(|h| h.number == number));
        }
        times.sort(); pairs.sort();
        println!("schema {schema}: {n} asked, {missed} missed; time p50 {:?} mean {:?} p99 {:?}; pairs p50 {} p90 {} p99 {} max {:?}", times[n/2], times.iter().sum::<std::time::Duration>()/n as u32, times[n*99/100], pairs[n/2].0, pairs[n*9/10].0, pairs[n*99/100].0, pairs[n-1]);
    }
    // given and surname of persons
    let (mut n, mut found, mut pair) = (0, 0, 0);
    for number in (0..index.parties()).step_by(step) {
        let party = index.party(number).unwrap();
        if party.schema != "Person" { continue }
        let name = &party.names[0];
        let (Some(f), Some(l)) = (name.part("firstName").next(), name.part("lastName").next()) else { continue };
        let asked = format!("{f} {l}");
        let q = lagebild_names::Name::parse(&asked, lagebild_names::NameKind::Person);
        let best = party.names.iter().map(|x| lagebild_names::score(&q, &lagebild_names::Name::parse(&x.full, lagebild_names::NameKind::Person).with_family(x.part("lastName").next().unwrap_or_default()), Default::default())).fold(0.0, f64::max);
        let hits = index.screen(&Query::name(&asked, Some("Person")), &Options { cutoff: 0.7, limit: 1000, ..Options::default() });
        let ok = hits.iter().any(|h| h.number == number);
        n += 1; pair += usize::from(best >= 0.7); found += usize::from(ok);
        if best >= 0.7 && !ok { println!("lost {asked} | {} {best}", name.full); }
    }
    println!("given+surname: {n} pair {pair} found {found}");
}
