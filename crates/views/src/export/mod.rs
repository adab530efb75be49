//! A case for other programs, a module for each form, each with one entry `text`.
//!
//! | module | form | who reads it |
//! |---|---|---|
//! | [`annotations`] | W3C Web Annotation (JSON-LD) | Hypothesis, Recogito |
//! | [`gexf`] | GEXF 1.3 | Gephi |
//! | [`graphml`] | `GraphML` | yEd, `NetworkX`, Cytoscape |
//! | [`geojson`] | `GeoJSON` (RFC 7946) | QGIS, Leaflet |
//! | [`calendar`] | iCalendar (RFC 5545) | calendars |
//! | [`provenance`] | PROV-O in Turtle | triple stores |
//! | [`stix`] | STIX 2.1 | `OpenCTI`, MISP |
//! | [`links`] | a table of links | i2 Analyst's Notebook, Maltego |
//!
//! No clock and no chance: ids are hashes of what they stand for, times are those of the documents.

pub mod annotations;
pub mod calendar;
pub mod geojson;
pub mod gexf;
mod graph;
pub mod graphml;
pub mod links;
pub mod provenance;
pub mod stix;

pub(crate) use graph::kind;

use sha2::{Digest, Sha256};

/// A UUID made of what it stands for. It says to be of version 5 (by name), though it is of SHA-256: readers of STIX do not know
/// version 8, which would be right (RFC 9562).
fn uuid(of: &[&str]) -> String {
    let mut bytes: [u8; 32] = Sha256::digest(of.join("\n")).into();
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().take(16).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Text as XML holds it, between tags and in attributes.
fn xml(text: &str) -> String {
    let text = crate::words::clean(text);
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            // Not characters of XML 1.0.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(c),
        }
    }
    safe
}
