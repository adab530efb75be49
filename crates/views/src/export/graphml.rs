//! `GraphML` (<http://graphml.graphdrawing.org>): the graph of a case for yEd, Cytoscape and programs.

use super::graph::{links, nodes, of_node};
use super::xml;
use crate::lists::Lists;
use lagebild_case::Case;
use std::fmt::Write;

/// Fields: what they belong to, name, type.
const KEYS: [(&str, &str, &str); 12] = [
    ("node", "name", "string"),
    ("node", "kind", "string"),
    ("node", "country", "string"),
    ("node", "listed", "string"),
    ("node", "lists", "string"),
    ("edge", "relation", "string"),
    ("edge", "what", "string"),
    ("edge", "standing", "string"),
    ("edge", "date", "string"),
    ("edge", "origins", "int"),
    ("edge", "denials", "int"),
    ("edge", "sources", "string"),
];

/// The case as a `GraphML` file.
pub fn text(case: &Case) -> String {
    let (links, lists) = (links(case), Lists::of(case));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (of, name, kind) in KEYS {
        let _ = writeln!(out, "<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("<graph id=\"case\" edgedefault=\"directed\">\n");
    for node in nodes(case, &links) {
        let name = ("name", node.name.clone());
        let values: Vec<_> = std::iter::once(name).chain(of_node(node, &lists)).collect();
        let _ = writeln!(out, "<node id=\"{}\">{}</node>", node.id, data(&values));
    }
    for (at, link) in links.iter().enumerate() {
        let relation = ("relation", link.kind.clone());
        let values: Vec<_> = std::iter::once(relation).chain(link.values()).collect();
        let ends = format!("source=\"{}\" target=\"{}\"", link.from, link.to);
        let _ = writeln!(out, "<edge id=\"l{at}\" {ends}>{}</edge>", data(&values));
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

fn data(values: &[(&str, String)]) -> String {
    let some = values.iter().filter(|(_, value)| !value.is_empty());
    let data: Vec<String> =
        some.map(|(key, value)| format!("<data key=\"{key}\">{}</data>", xml(value))).collect();
    data.concat()
}
