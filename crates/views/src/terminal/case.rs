//! What several documents say together.

use super::page::{ALERT, Page, of_standing};
use crate::words;
use lagebild_case::{Case, CaseEntityId, Claim, What};
use lagebild_transfers::Standing;

/// Prints what the documents of a case have in common; the readings themselves are printed on their own.
pub fn case(case: &Case, width: usize) -> String {
    let mut page = Page::new(width);
    page.heading(&format!(
        "THE CASE: {} documents, {} independent origins",
        case.readings.len(),
        case.origins.len()
    ));
    copies(&mut page, case);
    entities(&mut page, case);
    claims(&mut page, case);
    timeline(&mut page, case);
    page.finish()
}

fn copies(page: &mut Page, case: &Case) {
    for origin in case.origins.iter().filter(|origin| origin.documents.len() > 1) {
        let names: Vec<String> = origin.documents.iter().map(|at| source(case, *at)).collect();
        page.text(2, &format!("Copies of one report: {}", names.join(", ")));
    }
}

fn entities(page: &mut Page, case: &Case) {
    let shared: Vec<_> = case.entities.iter().filter(|entity| documents(entity) > 1).collect();
    if shared.is_empty() {
        return;
    }
    page.heading("NAMED IN SEVERAL DOCUMENTS");
    for entity in shared {
        let listed =
            entity.matches.iter().map(|hit| hit.list.as_str()).collect::<std::collections::BTreeSet<_>>();
        let listed = if listed.is_empty() {
            String::new()
        } else {
            format!("; listed: {}", listed.into_iter().collect::<Vec<_>>().join(", "))
        };
        let style = if entity.matches.is_empty() { anstyle::Style::new() } else { ALERT };
        page.item(&words::clean(&entity.name), style, &format!("in {} documents{listed}", documents(entity)));
    }
}

fn documents(entity: &lagebild_case::CaseEntity) -> usize {
    entity.appearances.iter().map(|at| at.document).collect::<std::collections::BTreeSet<_>>().len()
}

fn claims(page: &mut Page, case: &Case) {
    if case.claims.is_empty() {
        return;
    }
    page.heading("CLAIMED TRANSFERS");
    for claim in &case.claims {
        let class = words::goods(claim.class.as_deref());
        let side =
            |id: Option<CaseEntityId>, none: &str| id.map_or_else(|| none.to_owned(), |_| name(case, id));
        let (giver, receiver) =
            (side(claim.giver, "giver not named"), side(claim.receiver, "receiver not named"));
        let best = claim.told.iter().map(|told| told.standing).min().unwrap_or(Standing::Open);
        let route = format!("{} {giver} {} {receiver}: {class}", words::sign(best), words::arrow(best));
        page.item(&route, of_standing(best), &format!("({})", origins(claim)));
        for told in &claim.told {
            page.note(
                6,
                &format!(
                    "{} {} {}, {} in {}",
                    told.transfer,
                    words::sign(told.standing),
                    words::standing(told.standing),
                    told.source.map_or_else(
                        || "source not named".into(),
                        |id| format!("says {}", name(case, Some(id)))
                    ),
                    source(case, told.document)
                ),
            );
        }
    }
}

/// "told in 2 independent origins, denied in 1".
fn origins(claim: &Claim) -> String {
    let count = |count| match count {
        1 => "1 origin".to_owned(),
        _ => format!("{count} independent origins"),
    };
    match (claim.origins, claim.denials) {
        (told, 0) => count(told),
        (0, denied) => format!("only denied, in {}", count(denied)),
        (told, denied) => format!("{}, denied in {denied}", count(told)),
    }
}

fn timeline(page: &mut Page, case: &Case) {
    if case.timeline.is_empty() {
        return;
    }
    page.heading("TIMELINE");
    for moment in &case.timeline {
        let reading = &case.readings[moment.document];
        let (what, span) = match moment.what {
            What::Event(id) => match reading.events.iter().find(|event| event.id == id) {
                Some(event) => (event.kind.clone(), event.span),
                None => continue,
            },
            What::Transfer(id) => match reading.transfers.iter().find(|transfer| transfer.id == id) {
                Some(transfer) => ("transfer".into(), transfer.item),
                None => continue,
            },
        };
        page.item(
            &words::dates(&moment.date),
            anstyle::Style::new(),
            &format!("{what} “{}” ({})", words::words(reading, span), source(case, moment.document)),
        );
    }
}

fn source(case: &Case, document: usize) -> String {
    case.readings.get(document).map_or_else(String::new, |reading| words::clean(&reading.document.source))
}

fn name(case: &Case, id: Option<CaseEntityId>) -> String {
    id.and_then(|id| case.entities.iter().find(|entity| entity.id == id))
        .map_or_else(|| "—".into(), |entity| words::clean(&entity.name))
}
