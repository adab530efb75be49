//! Relations that lists state, in words: what is stated and what is not, never a verdict.

use lagebild_screen::{Owner, Owners, Related};
use lagebild_watchlist::{Hold, Link};

/// "owned by the listed party Muster Holding (x:2), share 51 %".
pub fn related(one: &Related) -> String {
    let share = told(one.link.kind == "Ownership", one.link.share);
    let mut line = format!("{} {}", one.said, who(one.listed, &one.name, one.party.as_deref()));
    line += &details(&one.link.role, share, (one.link.start.as_deref(), one.link.end.as_deref()));
    line + marks(one.link.ended, one.link.turned, false)
}

/// A link of the chain of owners; from the second step on it says of whom.
pub fn owner(one: &Owner) -> String {
    let owns = !matches!(one.hold, Hold::ActsFor | Hold::Controlled);
    let share = told(owns, one.share);
    let of = if one.step > 1 { format!("{}: ", one.below_name) } else { String::new() };
    let mut line = format!("{of}{} {}", one.said, who(one.listed, &one.name, one.party.as_deref()));
    line += &details(&one.role, share, (one.start.as_deref(), one.end.as_deref()));
    line + marks(one.ended, one.turned, one.met_before)
}

/// What is known of the direct shares, and where the chain was cut.
pub fn what_is_known(owners: &Owners) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(direct) = owners.direct.as_ref().filter(|direct| direct.owners > 1) {
        let known = match direct.sum {
            Some(sum) => format!("{} % together, as stated", number(sum)),
            None => format!("stated for {} of them", direct.stated),
        };
        lines.push(format!("direct shares of {} listed owners: {known}", direct.owners));
    }
    lines.extend(
        owners.cut_after.map(|steps| format!("more may stand above: followed for {steps} steps only")),
    );
    lines
}

/// Whether the relation is one that the chain of owners of the party shows.
pub fn is_upward(one: &Related, party: &str) -> bool {
    one.link.hold().is_some_and(|(_, _, lower)| lower.party() == Some(party))
}

/// "51.5", "51".
pub fn number(share: f64) -> String {
    let rounded = format!("{share:.2}");
    rounded.trim_end_matches('0').trim_end_matches('.').into()
}

/// The same of a link between two of a case: "“Owned or Controlled By”, share not stated".
pub(crate) fn link_details(link: &Link) -> String {
    let share = told(link.kind == "Ownership", link.share);
    let details = details(&link.role, share, (link.start.as_deref(), link.end.as_deref()));
    details + marks(link.ended, link.turned, false)
}

fn who(listed: bool, name: &str, party: Option<&str>) -> String {
    match (listed, party) {
        (true, Some(id)) => format!("the listed party {name} ({id})"),
        (false, Some(id)) => format!("{name} ({id}, not listed)"),
        (_, None) => format!("“{name}” (a name, no party of the list by it alone)"),
    }
}

/// The share in words, of a link that is a share.
fn told(owns: bool, share: Option<f64>) -> Option<String> {
    let words = share.map_or("share not stated".into(), |share| format!("share {} %", number(share)));
    owns.then_some(words)
}

fn details(role: &str, share: Option<String>, (start, end): (Option<&str>, Option<&str>)) -> String {
    let mut words = vec![String::new()];
    words.extend(Some(format!("“{role}”")).filter(|_| !role.is_empty()));
    words.extend(share);
    words.extend(start.map(|day| format!("since {day}")));
    words.extend(end.map(|day| format!("until {day}")));
    words.join(", ")
}

fn marks(ended: bool, turned: bool, met_before: bool) -> &'static str {
    match (ended, turned, met_before) {
        (true, ..) => " (called a former one)",
        (_, true, true) => " (the list writes it the other way round; met before)",
        (_, true, false) => " (the list writes it the other way round)",
        (_, false, true) => " (met before)",
        _ => "",
    }
}
