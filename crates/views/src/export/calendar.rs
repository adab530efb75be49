//! iCalendar (RFC 5545): the events of a case that have a day.

use super::graph::events;
use super::uuid;
use crate::words;
use jiff::civil::Date;
use lagebild_case::Case;
use lagebild_statements::Certainty;
use lagebild_transfers::Event;

/// Octets of a line without its end.
const LINE: usize = 75;

/// The events of the case as a calendar.
pub fn text(case: &Case) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lagebild//case//EN", "CALSCALE:GREGORIAN"] {
        put(&mut out, line);
    }
    for (document, event) in events(case) {
        entry(&mut out, case, document, event);
    }
    put(&mut out, "END:VCALENDAR");
    out
}

fn entry(out: &mut String, case: &Case, document: usize, event: &Event) {
    let Some(reading) = case.readings.get(document) else { return };
    let Some(range) = &event.date else { return };
    let Some(from) = range.from.or(range.to) else { return };
    let until = range.to.unwrap_or(from).tomorrow().unwrap_or(from);
    let day = |day: Date| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    let uid = uuid(&[&reading.document.sha256, &reading.document.source, &event.id.to_string()]);
    let status = match event.certainty {
        Certainty::CertainPlus => "CONFIRMED",
        negative if negative.is_negative() => "CANCELLED",
        _ => "TENTATIVE",
    };
    let words = words::words(reading, event.span);
    let who: Vec<&str> = event.participants.iter().map(|id| words::name(reading, Some(*id))).collect();
    let about =
        format!("{words}\n{} ({})", words::document(case, document), words::certainty(event.certainty));
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{uid}@lagebild"));
    put(out, &format!("DTSTAMP:{}T000000Z", day(reading.stamp.as_of)));
    put(out, &format!("DTSTART;VALUE=DATE:{}", day(from)));
    put(out, &format!("DTEND;VALUE=DATE:{}", day(until)));
    put(out, &format!("SUMMARY:{}", escaped(&format!("{}: {}", event.kind, who.join(", ")))));
    put(out, &format!("DESCRIPTION:{}", escaped(&about)));
    if let Some(place) = event.place {
        put(out, &format!("LOCATION:{}", escaped(words::name(reading, Some(place)))));
    }
    put(out, &format!("STATUS:{status}"));
    put(out, "END:VEVENT");
}

fn escaped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(words::clean).collect();
    let text = lines.join("\n");
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line, folded where it is too long (section 3.1), never inside a character.
fn put(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
