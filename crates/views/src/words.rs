//! What the views share: labels, names of entities, words made safe to show.

use lagebild_case::{Case, CaseEntity, CaseEntityId, Claim, ListedRelation, Stance, Voice};
use lagebild_entities::EntityId;
use lagebild_goods::Goods;
use lagebild_measures::Verdict;
use lagebild_reading::{Reading, TransferFinding};
use lagebild_relations::Relation;
use lagebild_span::Span;
use lagebild_statements::{Act, Certainty};
use lagebild_transfers::{DateRange, Standing, Status, Transfer};

/// In how many documents of a case something is named.
pub(crate) fn documents(entity: &CaseEntity) -> usize {
    entity.appearances.iter().map(|at| at.document).collect::<std::collections::BTreeSet<_>>().len()
}

/// The name of an entity; a dash where there is none.
pub(crate) fn name(reading: &Reading, id: Option<EntityId>) -> &str {
    id.and_then(|id| reading.entities.iter().find(|entity| entity.id == id))
        .map_or("—", |entity| &entity.name)
}

/// Who gives, in words: a name, or in quotation marks the words for somebody who is not named.
pub(crate) fn giver(reading: &Reading, transfer: &Transfer) -> String {
    side(reading, transfer.giver, transfer.giver_words, "giver not named")
}

/// Who receives, in words.
pub(crate) fn receiver(reading: &Reading, transfer: &Transfer) -> String {
    side(reading, transfer.receiver, transfer.receiver_words, "receiver not named")
}

fn side(reading: &Reading, id: Option<EntityId>, words: Option<Span>, nobody: &str) -> String {
    match (id, words) {
        (Some(_), _) => name(reading, id).to_owned(),
        (None, Some(words)) => format!("“{}”", clean(words.of(&reading.text))),
        (None, None) => nobody.to_owned(),
    }
}

/// Who says so and who denies it: a name, or the words for somebody who is not named.
pub(crate) fn source(reading: &Reading, transfer: &Transfer) -> String {
    let said = match (transfer.source, transfer.source_words) {
        (Some(id), _) => format!("says {}", clean(name(reading, Some(id)))),
        (None, Some(span)) => format!("says “{}”", words(reading, span)),
        (None, None) => "source not named".to_owned(),
    };
    let denials = reading.statements.iter().filter(|one| transfer.disputed_by.contains(&one.id));
    let mut who: Vec<String> = Vec::new();
    for denial in denials {
        let one = match (denial.speaker, denial.speaker_words) {
            (Some(id), _) => clean(name(reading, Some(id))),
            (None, Some(span)) => format!("“{}”", words(reading, span)),
            (None, None) => "somebody who is not named".to_owned(),
        };
        if !who.contains(&one) {
            who.push(one);
        }
    }
    if who.is_empty() { said } else { format!("{said}, denied by {}", who.join(", ")) }
}

/// The id in the case of what an entity of a document denotes.
pub(crate) fn case_id(case: &Case, document: usize, id: EntityId) -> Option<CaseEntityId> {
    case.entity(document, id).map(|entity| entity.id)
}

/// "Holding X owns or controls Bank Y, 51 percent, no longer".
pub(crate) fn relation(reading: &Reading, relation: &Relation) -> String {
    let side = |id| clean(name(reading, Some(id)));
    between(&side(relation.from), &relation.kind, &side(relation.to), relation.share, relation.ended)
}

/// The same, with who says so.
pub(crate) fn relation_and_source(reading: &Reading, relation: &Relation) -> String {
    let line = self::relation(reading, relation);
    match relation.source {
        Some(id) => format!("{line} · says {}", clean(name(reading, Some(id)))),
        None => line,
    }
}

/// Two names with what a kind of relation says between them.
pub(crate) fn between(from: &str, kind: &str, to: &str, share: Option<f64>, ended: bool) -> String {
    let label = lagebild_relations::kind(kind).map_or(kind, |kind| kind.label.en.as_str());
    let share = share.map_or_else(String::new, |share| format!(", {share} percent"));
    let ended = if ended { ", no longer" } else { "" };
    format!("{from} {label} {to}{share}{ended}")
}

/// The name of an entity of the case; a dash where there is none.
pub(crate) fn case_name(case: &Case, id: Option<CaseEntityId>) -> String {
    id.and_then(|id| case.get(id)).map_or_else(|| "—".into(), |entity| clean(&entity.name))
}

/// Where a document comes from.
pub(crate) fn document(case: &Case, document: usize) -> String {
    case.readings.get(document).map_or_else(String::new, |reading| clean(&reading.document.source))
}

/// What a claim is about: a route with its goods, else the words of the first telling.
pub(crate) fn claim(case: &Case, claim: &Claim) -> String {
    if claim.told.is_empty() {
        let telling = claim.voices.first().and_then(|voice| voice.tellings.first());
        let told =
            telling.and_then(|telling| Some(words(case.readings.get(telling.document)?, telling.words)));
        return told.map_or_else(String::new, |words| format!("“{words}”"));
    }
    let side = |id: Option<CaseEntityId>, none: &str| match id {
        Some(_) => case_name(case, id),
        None => none.to_owned(),
    };
    let (giver, receiver) =
        (side(claim.giver, "giver not named"), side(claim.receiver, "receiver not named"));
    format!("{giver} → {receiver}: {}", goods(claim.class.as_deref()))
}

/// Who speaks: a name, or the words for somebody who is not named.
pub(crate) fn speaker(case: &Case, voice: &Voice) -> String {
    let unnamed = || {
        let telling = voice.tellings.iter().find(|telling| telling.speaker_words.is_some())?;
        Some(format!("“{}”", words(case.readings.get(telling.document)?, telling.speaker_words?)))
    };
    match voice.speaker {
        Some(_) => case_name(case, voice.speaker),
        None => unnamed().unwrap_or_else(|| "source not named".to_owned()),
    }
}

/// A voice on a line: "2024-03-04 John Marsh says so (certain), through Reuters, in 3 documents; said it first".
pub(crate) fn voice(case: &Case, claim: &Claim, voice: &Voice) -> String {
    let day = voice.first.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let does = match voice.stance {
        Stance::Says => "says so",
        Stance::Doubts => "doubts it",
        Stance::Denies => "denies it",
    };
    let through: Vec<String> = voice.channels.iter().map(|id| case_name(case, Some(*id))).collect();
    let through =
        if through.is_empty() { String::new() } else { format!(", through {}", through.join(", ")) };
    let documents = match voice.documents.as_slice() {
        [only] => format!("in {}", document(case, *only)),
        many => format!("in {} documents", many.len()),
    };
    let is_first = claim.voices.first().is_some_and(|first| std::ptr::eq(first, voice));
    let first = if is_first && claim.voices.len() > 1 { "; said it first" } else { "" };
    let unknown = if voice.known { "" } else { "; origin not known" };
    let who = speaker(case, voice);
    format!("{day} {who} {does} ({}){through}, {documents}{first}{unknown}", standing(voice.standing))
}

/// "2 independent origins and perhaps 1 more, denied in 1".
pub(crate) fn origins(claim: &Claim) -> String {
    let count = |known: usize, unknown: usize| {
        let more = if unknown > 0 { format!(" and perhaps {unknown} more") } else { String::new() };
        match known {
            1 => format!("1 origin{more}"),
            _ => format!("{known} independent origins{more}"),
        }
    };
    match (claim.origins, claim.denials) {
        (_, 0) => count(claim.origins, claim.origins_unknown),
        (0, _) => format!("only denied, in {}", count(claim.denials, claim.denials_unknown)),
        (_, denied) => format!("{}, denied in {denied}", count(claim.origins, claim.origins_unknown)),
    }
}

/// How a claim changed: "2024-04-02 certain, 2024-04-04 denied"; nothing where it did not.
pub(crate) fn history(claim: &Claim) -> String {
    if claim.history.len() < 2 {
        return String::new();
    }
    let turn = |turn: &lagebild_case::Turn| {
        let day = turn.on.map_or_else(|| "no date".to_owned(), |day| day.to_string());
        format!("{day} {}", standing(turn.standing))
    };
    claim.history.iter().map(turn).collect::<Vec<_>>().join(", ")
}

/// What a class of goods is called.
pub(crate) fn goods(class: Option<&str>) -> &str {
    let label = |id| Goods::shipped().class(id).map_or(id, |class| class.label("en"));
    class.map_or("goods not specified", label)
}

/// The words of a span on one line, without control and direction-changing characters.
pub(crate) fn words(reading: &Reading, span: Span) -> String {
    clean(span.of(&reading.text))
}

/// "p. 14 · " where the page, slide or sheet of a span is known.
pub(crate) fn place(reading: &Reading, span: Span) -> String {
    reading.document.cited(span).map_or_else(String::new, |place| format!("{} · ", clean(&place)))
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

/// How well founded a transfer is: the word for it.
pub(crate) fn standing(value: Standing) -> &'static str {
    match value {
        Standing::Certain => "certain",
        Standing::Probable => "probable",
        Standing::Planned => "planned",
        Standing::Possible => "possible",
        Standing::Wished => "wished for",
        Standing::Open => "left open",
        Standing::Cancelled => "cancelled",
        Standing::Doubted => "doubted",
        Standing::Denied => "denied",
    }
}

/// The sign for it, which tells it apart where there is no colour.
pub(crate) fn sign(value: Standing) -> &'static str {
    match value {
        Standing::Certain => "●",
        Standing::Probable => "◐",
        Standing::Planned => "▷",
        Standing::Possible => "○",
        Standing::Wished => "☆",
        Standing::Open => "?",
        Standing::Cancelled => "⊘",
        Standing::Doubted => "≠?",
        Standing::Denied => "✗",
    }
}

/// The arrow between giver and receiver.
pub(crate) fn arrow(value: Standing) -> &'static str {
    match value {
        Standing::Certain | Standing::Probable => "─▶",
        Standing::Planned | Standing::Possible | Standing::Wished | Standing::Open => "┄▶",
        Standing::Cancelled | Standing::Doubted | Standing::Denied => "─✗▶",
    }
}

/// What a finding comes to: the evidence state of the provision, and what it depends on ("touched, if true: denied by
/// Moscow").
pub(crate) fn verdict(reading: &Reading, finding: &TransferFinding) -> String {
    let verdict = finding.finding.verdict.code().replace('_', " ");
    if matches!(finding.finding.verdict, Verdict::NoMeasureFound | Verdict::NoData) {
        return verdict;
    }
    let by: Vec<String> = finding.denied_by.iter().map(|id| clean(name(reading, Some(*id)))).collect();
    let by = by.join(", ");
    let depends = match finding.standing {
        Standing::Certain => "",
        Standing::Probable => ", if true: only probable",
        Standing::Planned => ", if it happens: planned",
        Standing::Possible => ", if true: only possible",
        Standing::Wished => ", if it happens: wished for",
        Standing::Open => ", if true: left open",
        Standing::Cancelled => ", had it gone ahead: cancelled",
        Standing::Doubted => ", if true: doubted",
        Standing::Denied => ", if true: denied",
    };
    match (finding.standing, by.as_str()) {
        (_, "") => format!("{verdict}{depends}"),
        (Standing::Certain, by) => format!("{verdict}, if true: denied by {by}"),
        (Standing::Denied | Standing::Doubted, by) => format!("{verdict}{depends} by {by}"),
        (_, by) => format!("{verdict}{depends}, denied by {by}"),
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
        Status::Refused => "refused",
        Status::Banned => "banned",
        Status::Seized => "seized",
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

/// A relation that a list states: "Muster Werke (x:1) owned by Muster Holding (x:2), share 51 %; by the list x, version …".
pub(crate) fn listed(case: &Case, one: &ListedRelation) -> String {
    let side = |id, party: Option<&str>| {
        format!("{} ({})", case_name(case, Some(id)), clean(party.unwrap_or_default()))
    };
    let (from, to) = (side(one.from, one.link.from.party()), side(one.to, one.link.to.party()));
    let details = clean(&crate::links::link_details(&one.link));
    let version = one.version.as_ref().map(|day| format!(", version {day}")).unwrap_or_default();
    format!("{to} {} {from}{details}; by the list {}{version}", one.said, clean(&one.list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_do_not_reach_the_screen() {
        assert_eq!(clean("a\u{1b}[31mb\n\tc \u{202e}d\0"), "a\u{fffd}[31mb c \u{fffd}d\u{fffd}");
    }
}
