//! GEXF 1.3 (<https://gexf.net>): the graph of a case for Gephi.

use super::graph::{Link, links, nodes, of_node};
use super::xml;
use crate::lists::Lists;
use lagebild_case::Case;
use std::fmt::Write;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>Lagebild</creator></meta>
<graph defaultedgetype="directed" mode="static">
<attributes class="node">
<attribute id="kind" title="kind" type="string"/>
<attribute id="country" title="country" type="string"/>
<attribute id="listed" title="listed" type="string"/>
<attribute id="lists" title="lists" type="string"/>
</attributes>
<attributes class="edge">
<attribute id="what" title="what" type="string"/>
<attribute id="standing" title="standing" type="string"/>
<attribute id="date" title="date" type="string"/>
<attribute id="origins" title="origins" type="integer"/>
<attribute id="denials" title="denials" type="integer"/>
<attribute id="sources" title="sources" type="string"/>
</attributes>
"#;

/// The case as a GEXF file.
pub fn text(case: &Case) -> String {
    let (links, lists) = (links(case), Lists::of(case));
    let mut out = String::from(HEAD);
    out.push_str("<nodes>\n");
    for node in nodes(case, &links) {
        let _ = writeln!(
            out,
            "<node id=\"{}\" label=\"{}\">{}</node>",
            node.id,
            xml(&node.name),
            attributes(&of_node(node, &lists))
        );
    }
    out.push_str("</nodes>\n<edges>\n");
    for (at, link) in links.iter().enumerate() {
        edge(&mut out, at, link);
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

fn edge(out: &mut String, at: usize, link: &Link) {
    let _ = writeln!(
        out,
        "<edge id=\"l{at}\" source=\"{}\" target=\"{}\" label=\"{}\">{}</edge>",
        link.from,
        link.to,
        xml(&link.kind),
        attributes(&link.values())
    );
}

fn attributes(values: &[(&str, String)]) -> String {
    let value =
        |(name, value): &(&str, String)| format!("<attvalue for=\"{name}\" value=\"{}\"/>", xml(value));
    let some = values.iter().filter(|(_, value)| !value.is_empty());
    format!("<attvalues>{}</attvalues>", some.map(value).collect::<Vec<_>>().concat())
}
