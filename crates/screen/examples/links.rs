//! Which relations files of lists state, and who stands above parties of them:
//! `cargo run --profile fast -p lagebild-screen --example links -- NAME FILE… [-- PARTY…]` reads one list, counts, compiles it.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use lagebild_screen::{Index, List, ListStamp, compile};
use lagebild_watchlist::readers::read_files;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let files: Vec<PathBuf> = args.by_ref().take_while(|arg| arg != "--").map(PathBuf::from).collect();
    let reading = match read_files(&files, &name) {
        Ok((reading, _)) => reading,
        Err(error) => return println!("{error}"),
    };
    let (read, lost) = (reading.links, reading.unresolved);
    println!(
        "{name}: {} parties, {read} relations, {lost} lead to nobody, {} problems",
        reading.parties.len(),
        reading.problems.len()
    );
    let mut kinds: BTreeMap<(&str, &str, bool), usize> = BTreeMap::new();
    for link in reading.parties.iter().flat_map(|party| &party.links) {
        *kinds.entry((&link.kind, &link.role, link.turned)).or_default() += 1;
    }
    for ((kind, role, turned), count) in &kinds {
        println!("  {count:>6} {kind} “{role}”{}", if *turned { " (turned)" } else { "" });
    }
    let asked: Vec<String> = args.collect();
    let begun = Instant::now();
    let bytes = compile(&[List { stamp: ListStamp::default(), parties: reading.parties }]);
    println!("  index: {} bytes, {:.2} s", bytes.len(), begun.elapsed().as_secs_f64());
    let Some(index) = Index::from_bytes(bytes) else { return };
    let numbers = 0..index.parties();
    for number in numbers.filter(|number| index.party(*number).is_some_and(|party| asked.contains(&party.id)))
    {
        let owners = index.owners(number);
        for one in &owners.above {
            let again = if one.met_before { " (met before)" } else { "" };
            println!("  {} {} {} {} ({:?}){again}", one.step, one.below_name, one.said, one.name, one.hold);
        }
        println!(
            "  cut after {:?}, {:?}; {} links in all",
            owners.cut_after,
            owners.direct,
            index.links(number).len()
        );
    }
}
