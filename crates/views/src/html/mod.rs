//! One self-contained HTML file: each article with its highlights, and beside it what was found.
//!
//! Nothing is loaded from elsewhere; the content security policy in the file allows only its own script, by hash.
//! Without scripting every link still leads from a claim to its words and back.

mod article;
mod marks;
mod overview;
mod panel;
mod provisions;

use base64::Engine as _;
use lagebild_case::Case;
use lagebild_reading::Reading;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("../../assets/case.css");
const SCRIPT: &str = include_str!("../../assets/case.js");

/// The case as an HTML file.
pub fn case(case: &Case) -> String {
    case_below(case, &html! {})
}

/// The case as an HTML page below something else, such as a way back. What stands above must bear the page's
/// [`policy`]: no style or script of its own.
pub fn case_below(case: &Case, above: &Markup) -> String {
    let title = match case.readings.as_slice() {
        [only] => only.document.title.clone().unwrap_or_else(|| only.document.source.clone()),
        many => format!("Case file of {} documents", many.len()),
    };
    let language = case.readings.first().and_then(|reading| reading.document.language.as_deref());
    let page = html! {
        (DOCTYPE)
        html lang="en" data-language=[language] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="generator" content={"Lagebild " (env!("CARGO_PKG_VERSION"))};
                title { (title) " – Lagebild" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#d0" { "Skip to the article" }
                (above)
                (top(case))
                @if case.readings.len() > 1 { (overview::section(case)) }
                @for (at, reading) in case.readings.iter().enumerate() { (document(at, reading)) }
                (foot(case))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string()
}

/// The content security policy of the page: its own style, its own script by hash, nothing else.
pub fn policy() -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(SCRIPT));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    )
}

fn top(case: &Case) -> Markup {
    html! {
        header.top {
            strong { "Lagebild" } " case file"
            @if case.readings.len() > 1 {
                nav aria-label="Documents" {
                    @for (at, reading) in case.readings.iter().enumerate() {
                        a href={"#d" (at)} { (reading.document.title.as_deref().unwrap_or(&reading.document.source)) }
                    }
                }
            }
            div.legend aria-label="Legend" {
                span.m { "name" } span.m.listed { "listed name" } span.s { "statement" }
                span.t { "item of a transfer" } span.v { "event" }
            }
            div.controls {
                button type="button" data-act="theme" { "Light / dark" }
                button type="button" data-act="help" aria-expanded="false" aria-controls="help" { "Keys" }
            }
            dl #help hidden {
                dt { kbd { "j" } " " kbd { "k" } } dd { "next, previous finding" }
                dt { kbd { "Enter" } } dd { "go to its words, and back" }
                dt { kbd { "1" } "–" kbd { "7" } } dd { "listed names, transfers, provisions, statements, other names, timeline, relations" }
                dt { kbd { "d" } } dd { "light or dark" }
                dt { kbd { "Esc" } } dd { "clear the highlight" }
            }
        }
    }
}

fn document(at: usize, reading: &Reading) -> Markup {
    html! {
        main.document id={"d" (at)} tabindex="-1" {
            (article::article(at, reading))
            (panel::panel(at, reading))
        }
    }
}

fn foot(case: &Case) -> Markup {
    html! {
        footer {
            p { "Evidence states, not legal judgements: “touched” means that the words describe something that a provision "
                "names. Official texts govern. Highlights rest on the exact words of the source." }
            @if let Some(stamp) = case.readings.first().map(|reading| &reading.stamp) {
                p.stamp {
                    "Lagebild " (stamp.lagebild)
                    " · watchlist " (stamp.watchlist.lists_in_words()) " " (stamp.watchlist.hash.get(..12).unwrap_or_default())
                    " · measures " (stamp.measures.hash.get(..12).unwrap_or_default())
                    " · goods " (stamp.goods.hash.get(..12).unwrap_or_default())
                    @for (language, hash) in &stamp.models { " · model " (language) " " (hash.get(..12).unwrap_or_default()) }
                }
            }
        }
    }
}
