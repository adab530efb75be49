//! The desk's words in the language of whoever reads them. No code stands without one.

use crate::pages::words::Tongue;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagebild_desk::{Choice, DeskError, Item, ItemKind, Shown, State};
use lagebild_goods::Goods;
use std::fmt::Write;

pub(super) fn kind(tongue: Tongue, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Hit => tongue.say("desk_hit"),
        ItemKind::Flow => tongue.say("desk_flow"),
        ItemKind::Finding => tongue.say("desk_finding"),
    }
}

/// What an item is about: of a flow, its goods by the name of their class and a sign for the way that they go.
pub(super) fn name(tongue: Tongue, shown: &Shown) -> String {
    if shown.kind == ItemKind::Hit {
        return shown.name.clone();
    }
    let (sides, goods) = shown.name.rsplit_once(": ").unwrap_or((&shown.name, ""));
    let sides = sides.replace(" --> ", " → ").replace(" -x-> ", " ↛ ");
    match Goods::shipped().class(goods) {
        Some(class) => format!("{sides}: {}", class.label(tongue.code())),
        None if goods.is_empty() => sides,
        None => format!("{sides}: {goods}"),
    }
}

pub(super) fn state(tongue: Tongue, state: State) -> &'static str {
    match state {
        State::Open => tongue.say("desk_open"),
        State::Proposed => tongue.say("desk_proposed"),
        State::Decided => tongue.say("desk_decided"),
        State::Remembered => tongue.say("desk_remembered"),
    }
}

pub(super) fn choice(tongue: Tongue, choice: Choice) -> &'static str {
    match choice {
        Choice::Same => tongue.say("desk_same"),
        Choice::Another => tongue.say("desk_another"),
        Choice::Unsure => tongue.say("desk_unsure"),
        Choice::Relevant => tongue.say("desk_relevant"),
        Choice::Not => tongue.say("desk_not"),
    }
}

/// How sure the source is, of FactBank's code for it.
pub(super) fn certainty(tongue: Tongue, code: &str) -> &'static str {
    match code {
        "CT+" => tongue.say("sure_certain"),
        "CT-" => tongue.say("sure_certain_not"),
        "PR+" => tongue.say("sure_probable"),
        "PR-" => tongue.say("sure_probable_not"),
        "PS+" => tongue.say("sure_possible"),
        "PS-" => tongue.say("sure_possible_not"),
        _ => tongue.say("sure_open"),
    }
}

/// Where an item stands, with who decided what, when.
pub(super) fn standing(tongue: Tongue, item: &Item) -> String {
    let mut words = state(tongue, item.state).to_owned();
    if let (Some(chosen), Some(by)) = (item.choice, &item.by) {
        let _ = write!(words, ": {} ({by}", choice(tongue, chosen));
        if let Some(at) = item.at {
            let _ = write!(words, ", {}", moment(at));
        }
        words.push(')');
    }
    if let Some(by) = &item.confirmed_by {
        let _ = write!(words, ", {} {by}", tongue.say("desk_confirmed_by"));
    }
    words
}

/// A time to the minute; people of one team may sit in several zones.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%F %H:%M UTC").to_string()
}

/// Status and words for what the desk refuses.
pub(super) fn error(tongue: Tongue, error: &DeskError) -> (StatusCode, String) {
    let say =
        |status, words: &'static str, more: &str| (status, format!("{words} {more}").trim_end().to_owned());
    match error {
        DeskError::NoCase(_) | DeskError::NoItem(_) => {
            say(StatusCode::NOT_FOUND, tongue.say("desk_not_there"), "")
        }
        DeskError::Conflict { what, .. } => say(StatusCode::CONFLICT, tongue.say("desk_conflict"), what),
        DeskError::OwnProposal { by, .. } => say(StatusCode::CONFLICT, tongue.say("desk_own"), by),
        DeskError::Nothing(..) => say(StatusCode::CONFLICT, tongue.say("desk_nothing"), ""),
        DeskError::Removed { by, at, why, .. } => {
            let at: Option<Timestamp> = at.parse().ok();
            let more = format!("{by}, {}: {why}", at.map(moment).unwrap_or_default());
            say(StatusCode::GONE, tongue.say("removed_gone"), &more)
        }
        DeskError::NoReason => say(StatusCode::UNPROCESSABLE_ENTITY, tongue.say("desk_no_reason"), ""),
        DeskError::Choice { .. } => say(StatusCode::UNPROCESSABLE_ENTITY, tongue.say("desk_no_choice"), ""),
        DeskError::NoName => say(StatusCode::UNPROCESSABLE_ENTITY, tongue.say("desk_no_name"), ""),
        other => say(StatusCode::INTERNAL_SERVER_ERROR, tongue.say("problem"), &other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lagebild_desk::Place;

    #[test]
    fn no_code_stands_without_its_word() {
        let shown = |kind, name: &str| Shown {
            kind,
            name: name.into(),
            parties: Vec::new(),
            details: Vec::new(),
            places: Vec::<Place>::new(),
            news: None,
            remembered: None,
        };
        let flow = shown(ItemKind::Flow, "A -x-> B: artillery_ammunition");
        let words = name(Tongue::English, &flow);
        assert!(words.starts_with("A ↛ B: ") && !words.contains('_'), "{words}");
        assert_eq!(name(Tongue::German, &shown(ItemKind::Flow, "A --> B: pumps")), "A → B: pumps");
        assert_eq!(name(Tongue::German, &shown(ItemKind::Hit, "A --> B: x")), "A --> B: x");
    }
}
