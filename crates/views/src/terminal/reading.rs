//! One reading, section by section.

use super::page::{ALERT, DENIED, MAYBE, PLAIN, Page};
use crate::words;
use anstyle::Style;
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::Certainty;

/// Prints a reading. With `explain`, each statement, entity link and transfer says which rule produced it.
pub fn reading(reading: &Reading, width: usize, explain: bool) -> String {
    let mut page = Page::new(width);
    head(&mut page, reading);
    named(&mut page, reading, explain);
    said(&mut page, reading, explain);
    transfers(&mut page, reading, explain);
    super::findings::findings(&mut page, reading);
    timeline(&mut page, reading);
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

fn named(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.entities.is_empty() {
        return;
    }
    page.heading("WHO AND WHAT IS NAMED");
    for entity in &reading.entities {
        let count = reading.mentions.iter().filter(|mention| mention.entity == entity.id).count();
        let kind = format!("{:?}", entity.kind).to_lowercase();
        let mut line = entity.country.as_deref().map_or(kind.clone(), |country| format!("{kind}, {country}"));
        if let Some(role) = entity.role {
            line = format!("{line} · “{}”", words::words(reading, role));
        }
        line = format!("{line} · named {count}×");
        let style = if entity.matches.is_empty() { BOLD_NAME } else { ALERT };
        page.item(&words::clean(&entity.name), style, &line);
        for hit in &entity.matches {
            page.wrapped(
                &format!(
                    "! listed: {} {} “{}”, score {:.2}",
                    hit.list,
                    hit.party,
                    words::clean(&hit.name),
                    hit.score
                ),
                "      ",
                "        ",
                ALERT,
            );
            if explain {
                hit.explanation.iter().for_each(|line| page.note(8, &words::clean(line)));
            }
        }
    }
}

const BOLD_NAME: Style = super::page::BOLD;

fn said(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.statements.is_empty() {
        return;
    }
    page.heading("WHO SAYS WHAT, HOW SURE");
    for statement in &reading.statements {
        let speaker = match (statement.speaker, statement.speaker_words) {
            (Some(id), _) => words::clean(words::name(reading, Some(id))),
            (None, Some(span)) => format!("unnamed source (“{}”)", words::words(reading, span)),
            (None, None) => "source not named".into(),
        };
        let mut line = format!("{speaker} {}", words::act(statement.act));
        if let Some(channel) = statement.channel {
            line = format!("{line}, via {}", words::clean(words::name(reading, Some(channel))));
        }
        line = format!("{line} · {}", words::certainty(statement.certainty));
        page.item(&format!("{} {}", statement.id, statement.certainty), style(statement.certainty), &line);
        quote(page, reading, statement.content);
        if explain {
            statement.explanation.iter().for_each(|line| page.note(8, &words::clean(line)));
        }
    }
}

fn transfers(page: &mut Page, reading: &Reading, explain: bool) {
    if reading.transfers.is_empty() {
        return;
    }
    page.heading("WHAT IS SAID TO GO FROM WHOM TO WHOM");
    for transfer in &reading.transfers {
        let route = format!(
            "{} ─▶ {}: {}",
            words::clean(words::name(reading, transfer.giver)),
            words::clean(words::name(reading, transfer.receiver)),
            transfer.class.as_deref().unwrap_or("not specified"),
        );
        let source = transfer.source.map_or_else(
            || "source not named".into(),
            |id| format!("says {}", words::clean(words::name(reading, Some(id)))),
        );
        let certainty = words::certainty(transfer.certainty);
        let status = words::status(transfer.status);
        let state = if certainty == status { status.into() } else { format!("{certainty}, {status}") };
        let mark = format!("{} {}", transfer.id, transfer.certainty);
        page.item(&mark, style(transfer.certainty), &format!("{route} · {state} · {source}"));
        quote(page, reading, transfer.item);
        if let Some(date) = &transfer.time {
            page.note(6, &format!("when: {} (“{}”)", words::dates(date), words::words(reading, date.words)));
        }
        if explain {
            transfer.explanation.iter().for_each(|line| page.note(8, &words::clean(line)));
        }
    }
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
    page.quote(6, &words::words(reading, span), &format!("[{}–{}]", span.start, span.end));
}

fn style(certainty: Certainty) -> Style {
    match certainty {
        Certainty::CertainPlus => PLAIN,
        Certainty::ProbablePlus | Certainty::PossiblePlus | Certainty::Unknown => MAYBE,
        _ => DENIED,
    }
}
