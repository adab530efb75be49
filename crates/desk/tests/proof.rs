//! What a bundle proves: every byte that turned, and every entry that was removed, put in, reordered or forged, is found.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use lagebild_desk::bundle::Bundle;
use lagebild_desk::chain::Entry;
use lagebild_desk::sign::{Signer, new_keys};
use lagebild_desk::verify::{Trust, check, replay};
use lagebild_desk::{Act, Choice, Store};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use support::*;

fn body(file: &[u8]) -> Vec<u8> {
    let packed = file.splitn(4, |byte| *byte == b'\n').last().unwrap();
    let mut body = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut body).unwrap();
    body
}

/// A file whose hash fits whatever its body says: what a forger would make.
fn sealed(body: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    packed.write_all(body).unwrap();
    let packed = packed.finish().unwrap();
    let mut file =
        format!("lagebild.bundle/1\nsha256 {:x}\nunsigned\n", Sha256::digest(&packed)).into_bytes();
    file.extend(packed);
    file
}

fn is_found(file: &[u8]) -> bool {
    Bundle::parse(file).map_or(true, |bundle| !check(&bundle, &Trust::default()).is_whole())
}

fn trust(keys: &[&Signer]) -> Trust {
    Trust { keys: keys.iter().map(|key| key.public()).collect(), head: None }
}

#[test]
fn the_readings_come_out_again_from_the_bundle_alone() {
    let file = small(None).export("one").unwrap().to_bytes(None).unwrap();
    let report = replay(&Bundle::parse(&file).unwrap(), &Trust::default());
    assert_eq!(report.problems, []);
    assert_eq!((report.replayed, report.entries, report.decisions, report.documents), (1, 6, 3, 1));
    assert_eq!(report.not_replayed, Vec::<String>::new());
}

#[test]
fn every_byte_of_the_file_that_turns_is_found() {
    let mut file = small(None).export("one").unwrap().to_bytes(None).unwrap();
    assert!(!is_found(&file));
    for at in 0..file.len() {
        file[at] ^= 1;
        assert!(is_found(&file), "byte {at}");
        file[at] ^= 1;
    }
    assert!(is_found(&file[..file.len() - 1]) && is_found(&[&file[..], b"x"].concat()));
}

#[test]
fn a_byte_that_turns_inside_is_found_though_the_hash_of_the_file_was_made_to_fit() {
    let mut body = body(&small(None).export("one").unwrap().to_bytes(None).unwrap());
    assert!(!is_found(&sealed(&body)));
    for at in (0..body.len()).step_by(13) {
        for bit in [1, 32] {
            body[at] ^= bit;
            assert!(is_found(&sealed(&body)), "byte {at} bit {bit}: {:?}", around(&body, at));
            body[at] ^= bit;
        }
    }
}

fn around(body: &[u8], at: usize) -> String {
    String::from_utf8_lossy(&body[at.saturating_sub(40)..(at + 40).min(body.len())]).into_owned()
}

#[test]
fn entries_that_were_removed_put_in_or_reordered_are_found() {
    let whole = small(None).export("one").unwrap();
    let changed = |change: &dyn Fn(&mut Vec<Entry>)| {
        let mut bundle = whole.clone();
        change(&mut bundle.entries);
        bundle.header.entries = bundle.entries.len() as u64;
        bundle.header.head = bundle.entries.last().map(Entry::hash).unwrap_or_default();
        !check(&bundle, &Trust::default()).is_whole()
    };
    assert!(!changed(&|_| {}));
    for at in 0..whole.entries.len() - 1 {
        assert!(changed(&|entries| drop(entries.remove(at))), "removed {at}");
        assert!(changed(&|entries| entries.swap(at, at + 1)), "swapped {at}");
        assert!(changed(&|entries| entries.insert(at, entries[at].clone())), "doubled {at}");
    }
    assert!(changed(&Vec::clear));
    // The end of a chain can be cut off: only what was noted down elsewhere, or a signature of the bundle, shows it.
    let mut cut = whole.clone();
    let last = cut.entries.pop().unwrap().hash();
    cut.header.entries -= 1;
    cut.header.head = cut.entries.last().unwrap().hash();
    assert!(check(&cut, &Trust::default()).is_whole());
    let noted = Trust { head: Some(last), ..Trust::default() };
    assert!(!check(&cut, &noted).is_whole() && check(&whole, &noted).is_whole());
}

#[test]
fn a_forged_decision_is_found_in_the_chain_or_by_its_signature() {
    let (secret, _) = new_keys(None).unwrap();
    let anna = Signer::new(&secret, None).unwrap();
    let whole = small(Some(&anna)).export("one").unwrap();
    let file = whole.to_bytes(Some(&anna)).unwrap();
    let report = replay(&Bundle::parse(&file).unwrap(), &trust(&[&anna]));
    assert!(report.is_whole(), "{report:#?}");
    assert_eq!((report.unsigned, report.signed.values().sum::<u64>()), (0, 6));
    assert!(!is_found(&file));

    // Changed in place, and with hashes made to fit as far as one entry goes.
    let mut bundle = Bundle::parse(&file).unwrap();
    let other_body = bundle.entries[2].body.clone().unwrap().replace("\"same\"", "\"another\"");
    let mut head = bundle.entries[2].parsed().unwrap();
    bundle.entries[2].body = Some(other_body.clone());
    assert!(!check(&bundle, &Trust::default()).is_whole());
    head.body = format!("{:x}", Sha256::digest(&other_body));
    bundle.entries[2].head = serde_json::to_string(&head).unwrap();
    assert!(!check(&bundle, &Trust::default()).is_whole());

    // A forger with a key of their own, who writes the whole chain anew, is found by those who know whose key it should be.
    let (secret, _) = new_keys(None).unwrap();
    let forged_key = Signer::new(&secret, None).unwrap();
    let anew = small(Some(&forged_key)).export("one").unwrap();
    let anew = Bundle::parse(&anew.to_bytes(Some(&forged_key)).unwrap()).unwrap();
    assert!(check(&anew, &Trust::default()).is_whole());
    assert!(
        !check(&anew, &trust(&[&anna])).is_whole() && check(&anew, &trust(&[&anna, &forged_key])).is_whole()
    );
    let unsigned = small(None).export("one").unwrap();
    assert!(!check(&unsigned, &trust(&[&anna])).is_whole());
    // Signatures that are taken away are missed.
    let mut bundle = whole.clone();
    bundle.entries[3].signature = None;
    assert!(!check(&bundle, &Trust::default()).is_whole());
}

#[test]
fn who_shows_words_that_are_not_in_the_text_is_found() {
    let mut store = small(None);
    let item = hits(&store, "one").remove(0);
    store.decide(&item.item, Some(item.version), verdict(Choice::Same), &by("anna", 30)).unwrap();
    let mut bundle = store.export("one").unwrap();
    let last = bundle.entries.last_mut().unwrap();
    let Some(Act::Decide(mut decision)) = last.act().unwrap() else { panic!("no decision") };
    decision.shown.places[0].words.push_str(" and confessed");
    let body = serde_json::to_string(&Act::Decide(decision)).unwrap();
    let mut head = last.parsed().unwrap();
    head.body = format!("{:x}", Sha256::digest(&body));
    (last.head, last.body) = (serde_json::to_string(&head).unwrap(), Some(body));
    bundle.header.head = last.hash();
    let report = check(&bundle, &Trust::default());
    assert!(
        report.problems.iter().any(|it| it.what.contains("does not stand in the documents")),
        "{report:#?}"
    );
}

#[test]
fn content_that_had_to_go_leaves_the_chain_whole() {
    let mut bundle = small(None).export("one").unwrap();
    bundle.entries[5].body = None;
    let report = check(&bundle, &Trust::default());
    assert!(report.is_whole() && report.taken_away == 1);
    assert!(Store::in_memory().unwrap().import(&bundle).is_err());
}

#[test]
fn broken_input_does_not_crash() {
    for bytes in
        [&b""[..], b"lagebild.bundle/1", b"lagebild.bundle/1\nsha256 x\nunsigned\n", b"\xff\xfe\n\n\n\n"]
    {
        assert!(Bundle::parse(bytes).is_err());
    }
    for body in [
        &b"{}"[..],
        b"{}\n",
        b"\n",
        b"{\"case\":{\"case\":\"a\",\"entries\":0,\"head\":\"\",\"documents\":0}}\n",
    ] {
        assert!(is_found(&sealed(body)), "{body:?}");
    }
}
