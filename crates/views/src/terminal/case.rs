//! What several documents say together.

use super::page::{ALERT, Page, of_standing};
use crate::words;
use lagebild_case::{Case, What};
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
    relations(&mut page, case);
    listed(&mut page, case);
    timeline(&mut page, case);
    page.finish()
}

fn copies(page: &mut Page, case: &Case) {
    for origin in case.origins.iter().filter(|origin| origin.documents.len() > 1) {
        let names: Vec<String> = origin.documents.iter().map(|at| words::document(case, *at)).collect();
        page.text(2, &format!("Copies of one report: {}", names.join(", ")));
    }
}

fn entities(page: &mut Page, case: &Case) {
    let told =
        |entity: &&lagebild_case::CaseEntity| words::documents(entity) > 1 || !entity.decided.is_empty();
    let shared: Vec<_> = case.entities.iter().filter(told).collect();
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
        page.item(
            &words::clean(&entity.name),
            style,
            &format!("in {} documents{listed}", words::documents(entity)),
        );
        for reason in &entity.decided {
            page.note(6, &words::clean(reason));
        }
    }
}

fn claims(page: &mut Page, case: &Case) {
    if case.claims.is_empty() {
        return;
    }
    page.heading("CLAIMS, AND WHO MAKES THEM");
    for claim in &case.claims {
        let best = claim.voices.iter().map(|voice| voice.standing).min().unwrap_or(Standing::Open);
        let what = format!("{} {} {}", claim.id, words::sign(best), words::claim(case, claim));
        page.item(&what, of_standing(best), &format!("({})", words::origins(claim)));
        for voice in &claim.voices {
            page.note(6, &format!("{} {}", words::sign(voice.standing), words::voice(case, claim, voice)));
        }
        let history = words::history(claim);
        if !history.is_empty() {
            page.note(6, &format!("told as: {history}"));
        }
    }
}

fn relations(page: &mut Page, case: &Case) {
    if case.relations.is_empty() {
        return;
    }
    page.heading("RELATIONS, AND WHO TELLS OF THEM");
    for relation in &case.relations {
        let share = relation.told.iter().find_map(|one| one.share);
        let side = |id| words::case_name(case, Some(id));
        let (from, to) = (side(relation.from), side(relation.to));
        let line = words::between(&from, &relation.kind, &to, share, relation.ended);
        let style =
            if relation.is_undisputed() { anstyle::Style::new() } else { of_standing(Standing::Open) };
        page.item("·", style, &line);
        for one in &relation.told {
            let speaker =
                one.speaker.map_or_else(String::new, |id| format!("{}, ", words::case_name(case, Some(id))));
            let document = words::document(case, one.document);
            page.note(6, &format!("{}: {speaker}{document}", words::certainty(one.certainty)));
        }
    }
}

/// What the lists state, apart from what the reports say: it holds only where those who are named are the listed parties.
fn listed(page: &mut Page, case: &Case) {
    if case.listed.is_empty() {
        return;
    }
    page.heading("RELATIONS THAT THE LISTS STATE, IF THOSE NAMED ARE THE LISTED PARTIES");
    for one in &case.listed {
        page.item("·", anstyle::Style::new(), &words::listed(case, one));
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
            &format!("{what} “{}” ({})", words::words(reading, span), words::document(case, moment.document)),
        );
    }
}
