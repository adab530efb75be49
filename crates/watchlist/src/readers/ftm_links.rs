//! Links of FollowTheMoney data: entities of their own (`Ownership`, `Directorship`, …), on their line or written into
//! the party that they belong to.

use super::ftm::{Entity, text};
use super::links::{Other, Stated};
use crate::link::{Link, words};
use serde_json::Value;
use std::collections::HashSet;

/// An end that a link gives: its id, and how it is called where it is written out.
type Given = (String, String);

/// Gathers sanctions and links.
#[derive(Default)]
pub(super) struct Around {
    pub(super) sanctions: Vec<Entity>,
    links: Vec<(Entity, Option<String>)>,
    seen: HashSet<String>,
}

impl Around {
    /// Whether entities of the schema are taken in by [`Around::take`].
    pub(super) fn takes(schema: &str) -> bool {
        schema == "Sanction" || words().kind(schema).is_some()
    }

    /// Takes a sanction or a link, and those written into it. `parent` is the id of the entity that it was written into.
    pub(super) fn take(&mut self, mut entity: Entity, parent: Option<&str>) {
        self.nested(&entity);
        if !entity.id.is_empty() && !self.seen.insert(entity.id.clone()) {
            return;
        }
        if entity.schema == "Sanction" {
            let named = parent.map(|id| Value::String(id.into()));
            entity.properties.entry("entity".into()).or_insert_with(|| named.into_iter().collect());
            self.sanctions.push(entity);
        } else {
            self.links.push((entity, parent.map(String::from)));
        }
    }

    /// Takes what is written into an entity in place of ids.
    pub(super) fn nested(&mut self, entity: &Entity) {
        let inside = entity.properties.values().flatten().filter(|value| value.is_object());
        for value in inside {
            let Ok(inner) = serde_json::from_value::<Entity>(value.clone()) else { continue };
            if Self::takes(&inner.schema) {
                self.take(inner, Some(&entity.id));
            } else {
                self.nested(&inner);
            }
        }
    }

    /// The links as relations to be settled; `known` tells which ids are parties of the list. How many have no such end.
    pub(super) fn stated(&self, list: &str, known: impl Fn(&str) -> bool) -> (Vec<Stated>, usize) {
        let mut stated = Vec::new();
        let mut endless = 0;
        for (entity, parent) in &self.links {
            let Some(kind) = words().kind(&entity.schema) else { continue };
            let link = link(entity);
            for from in &ends(entity, &kind.from, parent.as_deref()) {
                for to in &ends(entity, &kind.to, parent.as_deref()) {
                    let (own, other, by_is_to) = match (known(&from.0), known(&to.0)) {
                        (true, _) => (from, to, false),
                        (false, true) => (to, from, true),
                        (false, false) => {
                            endless += 1;
                            continue;
                        }
                    };
                    let id = |end: &Given| format!("{list}:{}", end.0);
                    let met = known(&other.0) || other.1.is_empty();
                    let far = if met { Other::Id(id(other)) } else { Other::Name(other.1.clone()) };
                    stated.push(Stated { by: id(own), other: far, by_is_to, link: link.clone() });
                }
            }
        }
        (stated, endless)
    }
}

fn ends(entity: &Entity, property: &str, parent: Option<&str>) -> Vec<Given> {
    let values = entity.properties.get(property).into_iter().flatten();
    let mut ends: Vec<Given> = values.map(|value| (text(value).to_string(), caption(value))).collect();
    if ends.is_empty() {
        ends.extend(parent.map(|id| (id.to_string(), String::new())));
    }
    ends
}

/// How an entity is called that is written out.
fn caption(value: &Value) -> String {
    let named = || value.get("properties")?.get("name")?.get(0);
    value.get("caption").or_else(named).and_then(Value::as_str).unwrap_or_default().to_string()
}

fn link(entity: &Entity) -> Link {
    let all = |property: &str| -> Vec<&str> {
        entity.properties.get(property).into_iter().flatten().map(text).filter(|it| !it.is_empty()).collect()
    };
    let first = |property: &str| all(property).first().map(ToString::to_string);
    let written = all("percentage");
    let share = written.first().filter(|_| written.len() == 1).and_then(|text| percent(text));
    let mut notes: Vec<String> = all("summary").into_iter().map(String::from).collect();
    if share.is_none() {
        notes.extend(written.iter().map(|text| format!("percentage: {text}")));
    }
    notes.extend(all("status").iter().map(|status| format!("status: {status}")));
    let former =
        |status: &&str| matches!(status.to_lowercase().as_str(), "former" | "past" | "ended" | "inactive");
    Link {
        kind: entity.schema.clone(),
        role: [all("role"), all("relationship")].concat().join("; "),
        share,
        start: first("startDate"),
        end: first("endDate"),
        ended: all("status").iter().any(former),
        note: notes.join("; "),
        ..Link::default()
    }
}

/// "51", "51 %", "33,3%": one number from 0 to 100.
fn percent(text: &str) -> Option<f64> {
    let number = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    number.parse().ok().filter(|share| (0.0..=100.0).contains(share))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, ListReading, read_list};
    use crate::link::{End, Link};

    fn read(lines: &str) -> ListReading {
        read_list(lines.as_bytes(), Format::FollowTheMoney, "os")
    }

    fn party(id: &str, schema: &str) -> String {
        format!(r#"{{"id":"{id}","schema":"{schema}","caption":"Muster {id}","properties":{{}}}}"#) + "\n"
    }

    fn edge(schema: &str, from: (&str, &str), to: (&str, &str), more: &str) -> String {
        let ((from, a), (to, b)) = (from, to);
        let id = format!("{schema}{a}{b}");
        format!(
            r#"{{"id":"{id}","schema":"{schema}","properties":{{"{from}":["{a}"],"{to}":["{b}"]{more}}}}}"#
        ) + "\n"
    }

    fn links(reading: &ListReading) -> Vec<&Link> {
        reading.parties.iter().flat_map(|party| &party.links).collect()
    }

    #[test]
    fn every_kind_of_link_is_read_with_its_ends_in_order() {
        let kinds = [
            ("Ownership", "owner", "asset"),
            ("Control", "controller", "controlled"),
            ("Directorship", "director", "organization"),
            ("Membership", "member", "organization"),
            ("Employment", "employee", "employer"),
            ("Representation", "agent", "client"),
            ("Family", "person", "relative"),
            ("Associate", "person", "associate"),
            ("Succession", "predecessor", "successor"),
            ("UnknownLink", "subject", "object"),
        ];
        for (kind, from, to) in kinds {
            let line = edge(kind, (from, "a"), (to, "b"), r#","role":["as told"]"#);
            let reading = read(&(line + &party("a", "Person") + &party("b", "Person")));
            let [told] = links(&reading)[..] else { unreachable!("{kind}: {reading:?}") };
            assert_eq!((told.from.party(), told.to.party()), (Some("os:a"), Some("os:b")), "{kind}");
            assert_eq!((told.kind.as_str(), told.role.as_str()), (kind, "as told"));
            assert_eq!((reading.links, reading.unresolved, reading.left_out.len()), (1, 0, 0));
        }
    }

    #[test]
    fn shares_and_dates_are_kept_and_a_range_is_no_share() {
        let told = r#","percentage":["51,5 %"],"startDate":["2019"],"endDate":["2021-02"]"#;
        let doubtful = r#","percentage":["25-50"],"status":["former"]"#;
        let lines = party("a", "Person") + &party("b", "Company") + &party("c", "Company");
        let lines = lines
            + &edge("Ownership", ("owner", "a"), ("asset", "b"), told)
            + &edge("Ownership", ("owner", "a"), ("asset", "c"), doubtful);
        let reading = read(&lines);
        let [sure, unsure] = links(&reading)[..] else { unreachable!("two links") };
        assert_eq!(
            (sure.share, sure.start.as_deref(), sure.end.as_deref()),
            (Some(51.5), Some("2019"), Some("2021-02"))
        );
        assert_eq!((unsure.share, unsure.ended), (None, true));
        assert!(unsure.note.contains("percentage: 25-50"), "{}", unsure.note);
    }

    #[test]
    fn a_missing_end_is_counted() {
        let lines = party("a", "Company") + &edge("Ownership", ("owner", "gone"), ("asset", "a"), "");
        let reading = read(&lines);
        assert_eq!((reading.links, reading.unresolved), (0, 1));
        assert_eq!(reading.left_out, ["1 relations to parties that are not in the file"]);
    }

    #[test]
    fn links_written_into_a_party_are_read_once_and_sanctions_with_them() {
        let nested = r#"{"id":"a","schema":"Person","caption":"Anna Muster","properties":{
            "ownershipOwner":[{"id":"o1","schema":"Ownership","properties":{"percentage":["60"],
                "asset":[{"id":"b","schema":"Company","caption":"Muster Werke","properties":{}}]}},
              {"id":"o2","schema":"Ownership","properties":{"owner":["a"],
                "asset":[{"id":"c","schema":"Company","caption":"Ungelistete Werke","properties":{}}]}}],
            "sanctions":[{"id":"s","schema":"Sanction","properties":{"program":["XX"],"listingDate":["2022-01-01"]}}]}}"#;
        let other = r#"{"id":"b","schema":"Company","caption":"Muster Werke","properties":{
            "ownershipAsset":[{"id":"o1","schema":"Ownership","properties":{"owner":["a"],"percentage":["60"]}}]}}"#;
        let reading = read(&format!("{}\n{}\n", nested.replace('\n', ""), other.replace('\n', "")));
        let all = links(&reading);
        let ends: Vec<(Option<&str>, &End)> = all.iter().map(|link| (link.from.party(), &link.to)).collect();
        let (werke, named) = (End::Party("os:b".into()), End::Name("Ungelistete Werke".into()));
        assert_eq!(ends, [(Some("os:a"), &werke), (Some("os:a"), &named)]);
        assert_eq!((all[0].share, reading.links, reading.unresolved), (Some(60.0), 2, 1));
        assert_eq!(reading.parties[0].first("program"), Some("XX"));
        assert!(!reading.parties[0].only_named && reading.parties[1].only_named);
    }
}
