//! What several documents say together, above the documents.

use super::panel::standing;
use crate::words;
use lagebild_case::{Case, Claim};
use maud::{Markup, html};

/// The overview of a case with more than one document.
pub(crate) fn section(case: &Case) -> Markup {
    html! {
        section.overview aria-label="The case" {
            h1 { (case.readings.len()) " documents, " (case.origins.len()) " independent origins" }
            (origins(case))
            @if !case.claims.is_empty() {
                table {
                    caption { "Claimed transfers" }
                    thead { tr { th scope="col" { "From" } th scope="col" { "To" } th scope="col" { "What" }
                        th scope="col" { "Independent origins" } th scope="col" { "Denied in" } th scope="col" { "Told in" } } }
                    tbody { @for claim in &case.claims { (row(case, claim)) } }
                }
            }
        }
    }
}

fn origins(case: &Case) -> Markup {
    html! {
        @for origin in case.origins.iter().filter(|origin| origin.documents.len() > 1) {
            p { "Copies of one report: "
                @for (n, at) in origin.documents.iter().enumerate() { @if n > 0 { ", " } a href={"#d" (at)} { (source(case, *at)) } }
            }
        }
    }
}

fn source(case: &Case, at: usize) -> String {
    case.readings.get(at).map_or_else(String::new, |reading| words::clean(&reading.document.source))
}

fn row(case: &Case, claim: &Claim) -> Markup {
    let name = |id, none| {
        case.entities.iter().find(|entity| Some(entity.id) == id).map_or(none, |entity| entity.name.as_str())
    };
    html! {
        tr {
            td { bdi { (name(claim.giver, "giver not named")) } }
            td { bdi { (name(claim.receiver, "receiver not named")) } }
            td { (words::goods(claim.class.as_deref())) }
            td { (claim.origins) }
            td { (claim.denials) }
            td {
                @for told in &claim.told {
                    a.told href={"#d" (told.document) "-" (told.transfer)} {
                        (told.document + 1) "/" (told.transfer.to_string()) " " (standing(told.standing))
                    } " "
                }
            }
        }
    }
}
