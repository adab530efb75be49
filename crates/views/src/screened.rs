//! Hits as FollowTheMoney entities: the listed parties, their listings, and the relations that the lists state of them.

use lagebild_ftm::Entity;
use lagebild_screen::{Hit, Index, entities};
use std::collections::BTreeSet;

/// The parties of the hits with their listings, the parties around them (owners upwards, and one step in all directions), and
/// the links between these. Each entity once, in the order of the lists.
pub fn ftm(index: &Index, hits: &[Hit]) -> Vec<Entity> {
    let mut parties: BTreeSet<u32> = hits.iter().map(|hit| hit.number).collect();
    for hit in hits {
        parties.extend(index.links(hit.number).iter().filter_map(|one| one.number));
        parties.extend(index.owners(hit.number).above.iter().filter_map(|one| one.number));
    }
    let all: Vec<Entity> =
        parties.iter().filter_map(|number| index.party(*number)).flat_map(|party| entities(&party)).collect();
    let ids: BTreeSet<String> = all.iter().map(|entity| entity.id.clone()).collect();
    let is_whole = |entity: &Entity| {
        let Some(edge) = &entity.schema.edge else { return true };
        let mut ends = entity.values(&edge.source).iter().chain(entity.values(&edge.target));
        ends.all(|end| ids.contains(end))
    };
    all.into_iter().filter(is_whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_screen::{List, ListStamp, Options, Query};
    use lagebild_watchlist::readers::{Format, read_list};

    #[test]
    fn a_hit_comes_with_its_owners_and_the_links_between_them() {
        let lines = r#"{"id":"1","schema":"Company","caption":"Muster Werke","properties":{}}
{"id":"2","schema":"Company","caption":"Holding Zwei","properties":{}}
{"id":"3","schema":"Person","caption":"Anna Beispiel","properties":{}}
{"id":"5","schema":"Person","caption":"Otto Fern","properties":{}}
{"id":"o","schema":"Ownership","properties":{"owner":["2"],"asset":["1"],"percentage":["51"],"startDate":["2020"]}}
{"id":"p","schema":"Ownership","properties":{"owner":["3"],"asset":["2"]}}
{"id":"q","schema":"Family","properties":{"person":["3"],"relative":["5"],"relationship":["sister"]}}"#;
        let parties = read_list(lines.as_bytes(), Format::FollowTheMoney, "os").parties;
        let index = Index::of_lists(&[List { stamp: ListStamp::default(), parties }]).unwrap();
        let hits = index.screen(&Query::name("Muster Werke", None), &Options::default());
        let all = ftm(&index, &hits);
        let of = |schema: &str| all.iter().filter(|entity| entity.schema.name == schema).count();
        assert_eq!(
            (of("Company"), of("Person"), of("Sanction"), of("Ownership"), of("Family")),
            (2, 1, 3, 2, 0)
        );
        let link = all.iter().find(|entity| entity.values("percentage") == ["51"]).unwrap();
        assert_eq!(
            (link.values("owner"), link.values("asset")),
            (&["os:2".into()][..], &["os:1".into()][..])
        );
        assert_eq!(
            (link.values("startDate"), link.values("publisher")),
            (&["2020".into()][..], &["os".into()][..])
        );
    }
}
