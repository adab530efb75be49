//! One reading, section by section.

use super::page::{ALERT, DENIED, MAYBE, PLAIN, Page, of_standing};
use crate::{told, words};
use anstyle::Style;
use lagebild_entities::Entity;
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::{Certainty, Statement};
use lagebild_transfers::Transfer;

/// Prints a reading: listed names, what goes from whom to whom, the provisions that it may concern, then who says what,
/// what happened when, and who else is named. With `explain` all that is folded is open, and each line says what it rests on.
pub fn reading(reading: &Reading, width: usize, explain: bool) -> String {
    let mut page = Page::new(width);
    head(&mut page, reading);
    listed(&mut page, reading, explain);
    transfers(&mut page, reading, explain);
    relations(&mut page, reading, explain);
    super::findings::findings(&mut page, reading, explain);
    said(&mut page, reading, explain);
    timeline(&mut page, reading);
    named(&mut page, reading);
    warnings(&mut page, reading);
    page.finish()
}

fn head(page: &mut Page, reading: &Reading) {
    let about = &reading.document;
    page.title(&words::clean(about.title.as_deref().unwrap_or(&about.source)));
    let published = about.published.map_or_else(|| "date unknown".into(), |day| format!("published {day}"));
    page.note(
        0,
        &format!(
            "{} · {} · {published} · measures as of {} · sha256 {}",
            words::clean(&about.source),
            about.language.as_deref().unwrap_or("language unknown"),
            reading.stamp.as_of,
            about.sha256.get(..12).unwrap_or_default(),
        ),
    );
    page.note(0, &format!("lists: {}", words::clean(&reading.stamp.watchlist.lists_in_words())));
}

/// Who may be on a list: one line each, which `explain` opens entry by entry.
fn listed(page: &mut Page, reading: &Reading, explain: bool) {
    let listed = told::listed(reading);
    if listed.is_empty() {
        return;
    }
    page.heading("NAMES THAT MAY BE LISTED");
    for entity in listed {
        page.item(&words::clean(&entity.name), ALERT, &listed_line(reading, entity));
        for hit in entity.matches.iter().filter(|_| explain) {
            let facts = told::facts(reading, &hit.party);
            let facts = if facts.is_empty() { facts } else { format!(" · {facts}") };
            let line =
                format!("! {} “{}”, score {:.2}{facts}", hit.party, words::clean(&hit.name), hit.score);
            page.wrapped(&line, "      ", "        ", ALERT);
            hit.explanation.iter().for_each(|line| page.note(8, &words::clean(line)));
        }
    }
    if !explain {
        page.note(2, "--explain opens each entry: name, birth, programme, day of listing, score");
    }
}

/// "person, kp · “Machthaber” · named 4× · 2 entries on eu-fsf, un-sc · best score 1.00".
pub(super) fn listed_line(reading: &Reading, entity: &Entity) -> String {
    let best = entity.matches.iter().map(|hit| hit.score).fold(0.0, f64::max);
    format!("{} · {} · best score {best:.2}", described(reading, entity), told::entries(entity))
}

fn described(reading: &Reading, entity: &Entity) -> String {
    let kind = format!("{:?}", entity.kind).to_lowercase();
    let mut line = entity.country.as_deref().map_or(kind.clone(), |country| format!("{kind}, {country}"));
    if let Some(role) = entity.role {
        line = format!("{line} · “{}”", words::words(reading, role));
    }
    format!("{line} · named {}×", told::mentions(reading, entity))
}

fn named(page: &mut Page, reading: &Reading) {
    let others: Vec<&Entity> = reading.entities.iter().filter(|entity| entity.matches.is_empty()).collect();
    if others.is_empty() {
        return;
    }
    page.heading("WHO AND WHAT ELSE IS NAMED");
    for entity in others {
        page.item(&words::clean(&entity.name), BOLD_NAME, &described(reading, entity));
    }
}

const BOLD_NAME: Style = super::page::BOLD;

fn said(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.statements.is_empty() {
        return;
    }
    page.heading("WHO SAYS WHAT, HOW SURE");
    let (sure, unsure): (Vec<_>, Vec<_>) = reading.statements.iter().partition(|one| one.is_sure());
    for statement in sure {
        let line = says(reading, statement);
        page.item(&format!("{} {}", statement.id, statement.certainty), style(statement.certainty), &line);
        quote(page, reading, statement.content);
        if explain {
            let confidence = format!("confidence {:.2}", statement.confidence);
            let lines = statement.explanation.iter().map(String::as_str).chain([confidence.as_str()]);
            lines.for_each(|line| page.note(8, &words::clean(line)));
        }
    }
    for statement in unsure {
        let line = says(reading, statement);
        let said = words::words(reading, statement.content);
        page.note(2, &format!("{} less sure ({:.2}): {line}: “{said}”", statement.id, statement.confidence));
    }
}

/// "John Kirby says, via AP · certain".
fn says(reading: &Reading, statement: &Statement) -> String {
    let speaker = match (statement.speaker, statement.speaker_words) {
        (Some(id), _) => words::clean(words::name(reading, Some(id))),
        (None, Some(span)) => format!("unnamed source (“{}”)", words::words(reading, span)),
        (None, None) => "source not named".into(),
    };
    let mut line = format!("{speaker} {}", words::act(statement.act));
    if let Some(channel) = statement.channel {
        line = format!("{line}, via {}", words::clean(words::name(reading, Some(channel))));
    }
    format!("{line} · {}", words::certainty(statement.certainty))
}

fn transfers(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.transfers.is_empty() {
        return;
    }
    page.heading("WHAT IS SAID TO GO FROM WHOM TO WHOM");
    let (sure, unsure) = told::sure_and_unsure(reading);
    for transfer in sure {
        let standing = transfer.standing();
        page.item(&mark(transfer), of_standing(standing), &flow_line(reading, transfer, false));
        quote(page, reading, transfer.item);
        if let Some(date) = &transfer.time {
            page.note(6, &format!("when: {} (“{}”)", words::dates(date), words::words(reading, date.words)));
        }
        if explain {
            let confidence = format!("confidence {:.2}", transfer.confidence);
            let lines = transfer.explanation.iter().map(String::as_str).chain([confidence.as_str()]);
            lines.for_each(|line| page.note(8, &words::clean(line)));
        }
    }
    for transfer in unsure {
        let line = flow_line(reading, transfer, true);
        page.note(2, &format!("{} less sure ({:.2}): {line}", transfer.id, transfer.confidence));
    }
}

fn relations(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.relations.is_empty() {
        return;
    }
    page.heading("RELATIONS");
    for relation in &reading.relations {
        let mark = format!("{} {}", relation.id, words::certainty(relation.certainty));
        page.item(&mark, style(relation.certainty), &words::relation_and_source(reading, relation));
        for span in relation.evidence.iter().skip(1) {
            quote(page, reading, *span);
        }
        if explain {
            relation.explanation.iter().for_each(|line| page.note(8, &words::clean(line)));
        }
    }
}

/// "t1 ● certain".
pub(super) fn mark(transfer: &Transfer) -> String {
    let standing = transfer.standing();
    format!("{} {} {}", transfer.id, words::sign(standing), words::standing(standing))
}

/// "North Korea ─▶ Russia: artillery ammunition · done · says White House · denied in t3".
pub(super) fn flow_line(reading: &Reading, transfer: &Transfer, brief: bool) -> String {
    let standing = words::standing(transfer.standing());
    let goods = words::goods(transfer.class.as_deref());
    let mut line = format!(
        "{} {} {}: {}",
        words::giver(reading, transfer),
        words::arrow(transfer.standing()),
        words::receiver(reading, transfer),
        // The short form leaves out what a label adds in brackets.
        if brief { goods.split(" (").next().unwrap_or(goods) } else { goods },
    );
    let status = words::status(transfer.status);
    if status != standing && !brief {
        line = format!("{line} · {status}");
    }
    line = format!("{line} · {}", words::source(reading, transfer));
    if !transfer.contradicted_by.is_empty() {
        let word = if transfer.standing().is_negative() { "against" } else { "denied in" };
        let ids: Vec<String> = transfer.contradicted_by.iter().map(ToString::to_string).collect();
        line = format!("{line} · {word} {}", ids.join(", "));
    }
    line
}

fn timeline(page: &mut Page, reading: &Reading) {
    let mut events: Vec<_> = reading.events.iter().filter(|event| event.date.is_some()).collect();
    events.sort_by_key(|event| event.date.as_ref().map(|date| (date.from, date.to)));
    if events.is_empty() {
        return;
    }
    page.heading("TIMELINE");
    for event in events {
        let date = event.date.as_ref().map(words::dates).unwrap_or_default();
        let names: Vec<String> =
            event.participants.iter().map(|id| words::clean(words::name(reading, Some(*id)))).collect();
        let place = event.place.map(|id| format!(", {}", words::clean(words::name(reading, Some(id)))));
        let line = format!(
            "{}: {}{} · {}",
            event.kind,
            names.join(", "),
            place.unwrap_or_default(),
            event.certainty
        );
        page.item(&date, BOLD_NAME, &line);
        quote(page, reading, event.span);
    }
}

fn warnings(page: &mut Page, reading: &Reading) {
    if reading.warnings.is_empty() {
        return;
    }
    page.heading("WARNINGS");
    reading.warnings.iter().for_each(|warning| page.text(2, &words::clean(warning)));
}

fn quote(page: &mut Page, reading: &Reading, span: Span) {
    page.quote(
        6,
        &words::words(reading, span),
        &format!("[{}{}–{}]", words::place(reading, span), span.start(), span.end()),
    );
}

fn style(certainty: Certainty) -> Style {
    match certainty {
        Certainty::CertainPlus => PLAIN,
        Certainty::ProbablePlus | Certainty::PossiblePlus | Certainty::Unknown => MAYBE,
        _ => DENIED,
    }
}
