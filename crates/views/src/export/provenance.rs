//! PROV-O (<https://www.w3.org/TR/prov-o/>) in Turtle: which claim comes from which words of which document, by whom, and with
//! which program and data it was read.

use super::uuid;
use crate::words;
use lagebild_case::{Case, Claim};
use lagebild_reading::Reading;
use std::fmt::Write;

const HEAD: &str = "@prefix prov: <http://www.w3.org/ns/prov#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n\
    @prefix oa: <http://www.w3.org/ns/oa#> .\n\n";

/// The provenance of the case's claims.
pub fn text(case: &Case) -> String {
    let mut out = String::from(HEAD);
    for reading in &case.readings {
        document(&mut out, reading);
    }
    let speakers: std::collections::BTreeSet<_> =
        case.claims.iter().flat_map(|claim| claim.voices.iter().filter_map(|voice| voice.speaker)).collect();
    for entity in case.entities.iter().filter(|entity| speakers.contains(&entity.id)) {
        let _ = writeln!(
            out,
            "<{}> a prov:Agent ; rdfs:label {} .",
            agent(case, entity.id),
            literal(&entity.name)
        );
    }
    for claim in &case.claims {
        told(&mut out, case, claim);
    }
    out
}

fn document(out: &mut String, reading: &Reading) {
    let (about, stamp) = (&reading.document, &reading.stamp);
    let (iri, run) = (iri(reading), format!("{}-reading", iri(reading)));
    let _ = write!(
        out,
        "<{iri}> a prov:Entity ; dcterms:source {} ; dcterms:identifier {}",
        literal(&about.source),
        literal(&format!("sha256:{}", about.sha256))
    );
    if let Some(title) = &about.title {
        let _ = write!(out, " ; dcterms:title {}", literal(title));
    }
    if let Some(day) = about.published {
        let _ = write!(out, " ; dcterms:issued \"{day}\"^^xsd:date");
    }
    let data = format!(
        "watchlist {}, measures {}, goods {}",
        stamp.watchlist.hash, stamp.measures.hash, stamp.goods.hash
    );
    let _ = writeln!(
        out,
        " .\n<{run}> a prov:Activity ; prov:used <{iri}> ; prov:wasAssociatedWith <{}> ; rdfs:comment {} .",
        program(reading),
        literal(&data)
    );
    let _ = writeln!(
        out,
        "<{}> a prov:SoftwareAgent ; rdfs:label {} .",
        program(reading),
        literal(&format!("Lagebild {}", stamp.lagebild))
    );
}

fn told(out: &mut String, case: &Case, claim: &Claim) {
    let documents = claim.voices.iter().flat_map(|voice| &voice.documents);
    let hashes: Vec<&str> = documents
        .filter_map(|at| case.readings.get(*at))
        .map(|reading| reading.document.sha256.as_str())
        .collect();
    let label = words::claim(case, claim);
    let id = format!("urn:uuid:{}", uuid(&[&label, &hashes.join(" "), &claim.id.to_string()]));
    let _ = writeln!(out, "<{id}> a prov:Entity ; rdfs:label {} .", literal(&label));
    for (number, voice) in claim.voices.iter().enumerate() {
        for (at, telling) in voice.tellings.iter().enumerate() {
            let Some(reading) = case.readings.get(telling.document) else { continue };
            let part = format!("{id}-{number}-{at}");
            let _ = write!(
                out,
                "<{id}> prov:wasDerivedFrom <{part}> .\n<{part}> a prov:Entity ; prov:wasQuotedFrom <{document}> ; \
                 prov:wasGeneratedBy <{document}-reading> ; prov:value {} ; oa:start {} ; oa:end {} ; rdfs:comment {}",
                literal(&words::words(reading, telling.words)),
                telling.words.start(),
                telling.words.end(),
                literal(&format!("{}, {}", words::standing(telling.standing), telling.certainty)),
                document = iri(reading),
            );
            if let Some(speaker) = voice.speaker {
                let _ = write!(out, " ; prov:wasAttributedTo <{}>", agent(case, speaker));
            }
            out.push_str(" .\n");
        }
    }
}

fn iri(reading: &Reading) -> String {
    format!("urn:uuid:{}", uuid(&["document", &reading.document.sha256, &reading.document.source]))
}

fn program(reading: &Reading) -> String {
    format!("urn:uuid:{}", uuid(&["program", reading.stamp.lagebild, reading.stamp.program]))
}

fn agent(case: &Case, id: lagebild_case::CaseEntityId) -> String {
    format!("urn:uuid:{}", crate::ftm::key(case, id).unwrap_or_default())
}

fn literal(text: &str) -> String {
    format!("\"{}\"", words::clean(text).replace('\\', "\\\\").replace('"', "\\\""))
}
