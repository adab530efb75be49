//! What the views share: labels, names of entities, words made safe to show.

use lagebild_entities::EntityId;
use lagebild_reading::Reading;
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty};
use lagebild_transfers::{DateRange, Status};

/// The name of an entity; a dash where there is none.
pub(crate) fn name(reading: &Reading, id: Option<EntityId>) -> &str {
    id.and_then(|id| reading.entities.iter().find(|entity| entity.id == id))
        .map_or("—", |entity| &entity.name)
}

/// The words of a span on one line, without control and direction-changing characters.
pub(crate) fn words(reading: &Reading, span: Span) -> String {
    clean(span.of(&reading.text))
}

/// Text on one line, without characters that could drive a terminal or reorder what is shown.
pub(crate) fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        _ if c.is_whitespace() => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => '\u{FFFD}',
        _ if c.is_control() => '\u{FFFD}',
        _ => c,
    };
    let line: String = text.chars().map(shown).collect();
    line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A certainty in words.
pub(crate) fn certainty(value: Certainty) -> &'static str {
    match value {
        Certainty::CertainPlus => "certain",
        Certainty::ProbablePlus => "probable",
        Certainty::PossiblePlus => "possible",
        Certainty::CertainMinus => "certainly not",
        Certainty::ProbableMinus => "probably not",
        Certainty::PossibleMinus => "possibly not",
        Certainty::Unknown => "open",
    }
}

/// What is done by saying it, in the third person.
pub(crate) fn act(value: Act) -> &'static str {
    match value {
        Act::Assert => "says",
        Act::Confirm => "confirms",
        Act::Deny => "denies",
        Act::Announce => "announces",
        Act::Threaten => "threatens",
        Act::Demand => "demands",
        Act::Promise => "promises",
        Act::Speculate => "supposes",
        Act::Ask => "asks",
    }
}

/// Where a transfer stands, in words.
pub(crate) fn status(value: Status) -> &'static str {
    match value {
        Status::Done => "done",
        Status::Ongoing => "ongoing",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Wished => "wished for",
        Status::Denied => "denied",
        Status::Cancelled => "cancelled",
    }
}

/// A date range as `2023-09-13`, `2023-09-01 – 2023-09-30` or `2019 –`-like open ends.
pub(crate) fn dates(range: &DateRange) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "no date".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_do_not_reach_the_screen() {
        assert_eq!(clean("a\u{1b}[31mb\n\tc \u{202e}d\0"), "a\u{fffd}[31mb c \u{fffd}d\u{fffd}");
    }
}
