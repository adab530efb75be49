//! Relations as a file states them become links between its parties, once all of these are known.

use super::ListReading;
use crate::link::{End, Field, Link, Side, words};
use crate::party::Party;
use std::collections::HashMap;

/// Longest text of a field that is taken for names of other parties, in bytes: what is longer is prose.
const LONGEST: usize = 400;

/// A relation as a reader finds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    /// Id of the party whose entry states it.
    pub(super) by: String,
    /// The other party.
    pub(super) other: Other,
    /// The party that states it is the second end; where the words are known they say it.
    pub(super) by_is_to: bool,
    /// `kind`, `role`, `share` and so on; the ends are filled in here. Without a kind the words tell it.
    pub(super) link: Link,
}

/// How a file names the other party.
#[derive(Clone, Debug)]
pub(super) enum Other {
    /// By its reference, as an id.
    Id(String),
    /// By its reference, or else by a name.
    IdOrName(String, String),
    /// By a name.
    Name(String),
}

impl Default for Other {
    fn default() -> Self {
        Self::Name(String::new())
    }
}

impl Stated {
    /// A relation told by the publisher's words.
    pub(super) fn told(by: &str, role: &str, other: Other) -> Self {
        let link = Link { role: role.into(), ..Link::default() };
        Self { by: by.into(), other, by_is_to: false, link }
    }
}

/// What stands behind each "Linked To:" in OFAC's remarks.
pub(super) fn linked_to(remarks: &str) -> impl Iterator<Item = &str> {
    let whole = remarks.trim().trim_end_matches(['"', '.']);
    let whole = whole.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(whole);
    let named = whole.split(';').filter_map(|remark| {
        let remark = remark.trim();
        remark.strip_prefix("Linked To: ").or_else(|| remark.strip_prefix("(Linked To: "))
    });
    named.map(|name| name.trim_end_matches(['"', '.', ' ']))
}

impl ListReading {
    /// States what OFAC's remarks say of a party: to whom it is linked, not how.
    pub(super) fn state_remarks(&mut self, party: &str, remarks: &str) {
        for name in linked_to(remarks) {
            self.stated.push(Stated::told(party, "Linked To", Other::Name(name.into())));
        }
    }

    /// Gives each relation that was stated to the party that states it. What leads to no party of the file is counted; a
    /// name is kept.
    pub(super) fn settle(mut self) -> Self {
        let by_id: HashMap<String, usize> =
            self.parties.iter().enumerate().map(|(at, party)| (party.id.clone(), at)).collect();
        let mut stated = std::mem::take(&mut self.stated);
        self.parties.iter().for_each(|party| of_properties(party, &mut stated));
        if stated.is_empty() {
            return self;
        }
        let names = Names::of(&self.parties);
        let mut lost = 0;
        for one in stated {
            let Some(&by) = by_id.get(&one.by) else {
                lost += 1;
                continue;
            };
            let other = match &one.other {
                Other::Id(id) => by_id.get(id).copied(),
                Other::IdOrName(id, name) => by_id.get(id).copied().or_else(|| names.find(name, by)),
                Other::Name(name) => names.find(name, by),
            };
            let name = match &one.other {
                Other::Id(_) if other.is_none() => {
                    lost += 1;
                    continue;
                }
                Other::Id(_) => "",
                Other::IdOrName(_, name) | Other::Name(name) => name,
            };
            self.unresolved += usize::from(other.is_none());
            self.put(&one, (by, other), name);
        }
        self.unresolved += lost;
        if lost > 0 {
            self.left_out.push(format!("{lost} relations to parties that are not in the file"));
        }
        self
    }

    /// Puts the link together and gives it to its party.
    fn put(&mut self, one: &Stated, (by, other): (usize, Option<usize>), name: &str) {
        let Some(own) = self.parties.get(by) else { return };
        let met = other.and_then(|at| self.parties.get(at));
        let own_end = End::Party(own.id.clone());
        let other_end = met.map_or_else(|| End::Name(name.into()), |met| End::Party(met.id.clone()));
        if own_end == other_end {
            return;
        }
        let link = turned(one, (&own_end, &own.schema), (&other_end, met.map(|met| met.schema.as_str())));
        if let Some(party) = self.parties.get_mut(by)
            && !party.links.contains(&link)
        {
            party.links.push(link);
            self.links += 1;
        }
    }
}

/// The link with its ends in the order in which they can stand. A kind that the file itself gives is taken as it is.
fn turned(one: &Stated, own: (&End, &str), other: (&End, Option<&str>)) -> Link {
    let stated = |kind: &str, by_is_to: bool, turned: bool| {
        let (from, to) =
            if by_is_to { (other.0.clone(), own.0.clone()) } else { (own.0.clone(), other.0.clone()) };
        Link { kind: kind.into(), from, to, turned, ..one.link.clone() }
    };
    if !one.link.kind.is_empty() {
        return stated(&one.link.kind, one.by_is_to, false);
    }
    let known = words();
    let Some(word) = known.word(&one.link.role) else { return stated("UnknownLink", one.by_is_to, false) };
    let by_is_to = word.stated_by == Side::To;
    let fits = |by_is_to: bool| {
        let (from, to) = if by_is_to { (other.1, Some(own.1)) } else { (Some(own.1), other.1) };
        known.kind(&word.kind).is_some_and(|kind| kind.fits(from, to))
    };
    match (fits(by_is_to), fits(!by_is_to)) {
        (true, _) => stated(&word.kind, by_is_to, false),
        (false, true) => stated(&word.kind, !by_is_to, true),
        (false, false) => stated("UnknownLink", by_is_to, false),
    }
}

/// Fields of a party that name another one.
fn of_properties(party: &Party, stated: &mut Vec<Stated>) {
    for field in &words().properties {
        for value in party.properties.get(&field.property).into_iter().flatten() {
            stated.extend(listed(value).map(|name| of_property(party, field, name)));
        }
    }
}

fn of_property(party: &Party, field: &Field, name: &str) -> Stated {
    let link =
        Link { kind: field.kind.clone(), role: field.said.clone(), ended: field.ended, ..Link::default() };
    let id = format!("{}:{name}", party.list());
    let by_is_to = field.stated_by == Side::To;
    Stated { by: party.id.clone(), other: Other::IdOrName(id, name.into()), by_is_to, link }
}

/// The names in a field: `(1) Muster AG (2) Beispiel GmbH`, or set apart by semicolons.
fn listed(value: &str) -> impl Iterator<Item = &str> {
    let short = Some(value).filter(|value| value.len() <= LONGEST);
    let pieces = short.into_iter().flat_map(|value| value.split(';')).flat_map(numbered);
    pieces.map(str::trim).filter(|name| name.chars().any(char::is_alphabetic))
}

/// What stands between numbers in brackets.
fn numbered(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('(') {
        let inside = text.get(at + 1..).and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
        let Some(number) = inside.filter(|inside| inside.len() < 3 && inside.parse::<u8>().is_ok()) else {
            continue;
        };
        pieces.extend(text.get(from..at));
        from = at + number.len() + 2;
    }
    pieces.extend(text.get(from..));
    pieces
}

/// Parties by their names, words in any order and without marks.
struct Names(HashMap<String, Bearer>);

#[derive(Clone, Copy)]
struct Bearer {
    party: usize,
    /// By its primary name, which goes before another's alias.
    primary: bool,
    /// Others bear it as well.
    shared: bool,
}

impl Names {
    fn of(parties: &[Party]) -> Self {
        let mut names: HashMap<String, Bearer> = HashMap::new();
        for (party, one) in parties.iter().enumerate() {
            let primary = std::iter::once((one.caption.as_str(), true));
            let others = one.names.iter().map(|name| (name.full.as_str(), false));
            for (name, primary) in primary.chain(others) {
                let new = Bearer { party, primary, shared: false };
                let known = names.entry(folded(name)).or_insert(new);
                if known.party == party || known.primary && !primary {
                    continue;
                }
                if primary && !known.primary {
                    *known = new;
                } else {
                    known.shared = true;
                }
            }
        }
        Self(names)
    }

    /// The one other party that bears the name.
    fn find(&self, name: &str, except: usize) -> Option<usize> {
        let found = self.0.get(&folded(name)).filter(|found| !found.shared && found.party != except);
        found.map(|found| found.party)
    }
}

fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::PartyName;

    fn party(id: &str, schema: &str, name: &str) -> Party {
        let mut party = Party { id: id.into(), schema: schema.into(), ..Party::default() };
        party.add_name(PartyName { full: name.into(), ..PartyName::default() });
        party
    }

    fn settled(stated: Vec<Stated>, edit: impl FnOnce(&mut Vec<Party>)) -> ListReading {
        let mut parties = vec![
            party("x:1", "Person", "MUSTER, Anna"),
            party("x:2", "Organization", "Muster Handel"),
            party("x:3", "Vessel", "Blaue Moewe"),
        ];
        edit(&mut parties);
        ListReading { parties, stated, ..ListReading::default() }.settle()
    }

    #[test]
    fn a_person_who_is_said_to_be_owned_is_the_owner() {
        let owned =
            |by: &str, other: &str| Stated::told(by, "Owned or Controlled By", Other::Id(other.into()));
        let reading = settled(vec![owned("x:1", "x:2"), owned("x:3", "x:2"), owned("x:3", "x:9")], |_| {});
        let [anna] = reading.parties[0].links.as_slice() else { unreachable!("one link") };
        assert_eq!((anna.from.party(), anna.to.party(), anna.turned), (Some("x:1"), Some("x:2"), true));
        let [ship] = reading.parties[2].links.as_slice() else { unreachable!("one link") };
        assert_eq!((ship.from.party(), ship.to.party(), ship.turned), (Some("x:2"), Some("x:3"), false));
        assert_eq!((reading.links, reading.unresolved), (2, 1));
        assert_eq!(reading.left_out, ["1 relations to parties that are not in the file"]);
    }

    #[test]
    fn names_lead_to_the_one_who_bears_them_and_else_stay_names() {
        let named = |name: &str| Stated::told("x:3", "Linked To", Other::Name(name.into()));
        let asked =
            vec![named("Anna Muster"), named("Niemand"), named("Muster-Handel"), named("blaue moewe")];
        let reading = settled(asked, |parties| parties.push(party("x:4", "Company", "Muster Handel")));
        let ends: Vec<&End> = reading.parties[2].links.iter().map(|link| &link.to).collect();
        let name = |name: &str| End::Name(name.into());
        let own = name("blaue moewe");
        assert_eq!(ends, [&End::Party("x:1".into()), &name("Niemand"), &name("Muster-Handel"), &own]);
        assert_eq!((reading.unresolved, reading.parties[2].links[0].kind.as_str()), (3, "UnknownLink"));
    }

    #[test]
    fn fields_that_name_owners_and_subsidiaries_are_links() {
        let reading = settled(Vec::new(), |parties| {
            parties[2].add("owner", "Muster Handel");
            parties[1].add("subsidiaries", "(1) Tochter Eins (2) Tochter Zwei (Bern)");
            parties[1].add("formerOwnerOperator", "Anna Muster; unter 3");
        });
        let ship = &reading.parties[2].links[0];
        assert_eq!((ship.from.party(), ship.role.as_str()), (Some("x:2"), "Vessel Owner"));
        let firm = &reading.parties[1].links;
        let names: Vec<&End> = firm.iter().map(|link| &link.to).take(2).collect();
        assert_eq!(names, [&End::Name("Tochter Eins".into()), &End::Name("Tochter Zwei (Bern)".into())]);
        assert!(firm[2].ended && firm[2].from.party() == Some("x:1"), "{firm:?}");
    }

    #[test]
    fn remarks_name_those_a_party_is_linked_to() {
        let names: Vec<&str> =
            linked_to("(DOB 1950; Linked To: MUSTER AG; Linked To: HANDEL (BERN) CO., LTD.)").collect();
        assert_eq!(names, ["MUSTER AG", "HANDEL (BERN) CO., LTD"]);
        assert_eq!(linked_to("Linked To: HAUS.\"").collect::<Vec<_>>(), ["HAUS"]);
    }
}
