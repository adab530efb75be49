//! What all pages share.

use super::words::Tongue;
use crate::data::Snapshot;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// The pages, with their keys and the words that name them.
const PAGES: [(&str, &str); 5] =
    [("/", "1"), ("/screen", "2"), ("/find", "3"), ("/lists", "4"), ("/measures", "5")];

/// A page.
pub(super) struct Page<'a> {
    pub(super) tongue: Tongue,
    /// Its address, to mark it in the navigation and to come back to in the other language.
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    pub(super) body: Markup,
    pub(super) snapshot: &'a Snapshot,
}

impl Page<'_> {
    /// The page as an answer.
    pub(super) fn answer(&self, status: StatusCode) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang=(self.tongue.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " – Lagebild" }
                    link rel="stylesheet" href="/assets/server.css";
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    script src="/assets/server.js" defer {}
                }
                body {
                    a.skip href="#main" { (self.tongue.say("skip")) }
                    (top(self.tongue, self.path))
                    main #main tabindex="-1" {
                        h1 { (self.title) }
                        (self.body)
                    }
                    footer {
                        p { (self.tongue.say("foot")) }
                        p.stamp { "Lagebild " (env!("CARGO_PKG_VERSION")) " · " (self.snapshot.hash().get(..12).unwrap_or_default()) }
                    }
                }
            }
        };
        (status, Html(crate::shown::overrides(page.into_string()))).into_response()
    }
}

/// The bar at the top.
pub(super) fn top(tongue: Tongue, path: &str) -> Markup {
    let names = [
        tongue.say("read"),
        tongue.say("screen"),
        tongue.say("search"),
        tongue.say("lists"),
        tongue.say("measures"),
    ];
    let at_desk = path.starts_with("/desk");
    html! {
        header.bar {
            p.brand { a href={"/?lang=" (tongue.code())} { strong { "Lagebild" } } " " span { (tongue.say("tagline")) } }
            nav aria-label="Lagebild" {
                ul {
                    @for ((address, key), name) in PAGES.into_iter().zip(names) {
                        li {
                            a href={(address) "?lang=" (tongue.code())} data-key=(key)
                                aria-current=[(address == path).then_some("page")] { (name) }
                        }
                    }
                    @if at_desk {
                        li { a href={"/desk?lang=" (tongue.code())} data-key="6" aria-current="true" { (tongue.say("desk")) } }
                    }
                }
            }
            div.controls {
                a lang=(tongue.other().code()) href={(path) "?lang=" (tongue.other().code())} { (tongue.say("language")) }
                button type="button" data-act="theme" { (tongue.say("theme")) }
                button type="button" data-act="help" aria-expanded="false" aria-controls="help" { (tongue.say("keys")) }
            }
            dl #help hidden {
                dt { kbd { "1" } "–" kbd { "5" } } dd { (tongue.say("key_numbers")) }
                dt { kbd { "/" } } dd { (tongue.say("key_slash")) }
                dt { kbd { "j" } " " kbd { "k" } } dd { (tongue.say("key_jk")) }
                dt { kbd { "Enter" } } dd { (tongue.say("key_enter")) }
                dt { kbd { "d" } } dd { (tongue.say("key_d")) }
                @if at_desk {
                    dt { kbd { "s" } " " kbd { "a" } " " kbd { "u" } " " kbd { "r" } " " kbd { "n" } } dd { (tongue.say("key_desk")) }
                }
                dt { button type="button" data-act="keys" { (tongue.say("keys_off")) } } dd {}
            }
        }
    }
}

/// A page that says what went wrong.
pub(super) fn problem(
    snapshot: &Snapshot,
    tongue: Tongue,
    path: &str,
    status: StatusCode,
    why: &str,
) -> Response {
    let body = html! {
        p.problem role="alert" { (why) }
        p { a href={(path) "?lang=" (tongue.code())} { (tongue.say("back")) } }
    };
    Page { tongue, path, title: tongue.say("problem"), body, snapshot }.answer(status)
}

/// A field with its label.
pub(super) fn field(label: &str, name: &str, kind: &str, value: &str) -> Markup {
    html! {
        p.field {
            label for={"f-" (name)} { (label) }
            input id={"f-" (name)} name=(name) type=(kind) value=(value) dir="auto" autocomplete="off" spellcheck="false";
        }
    }
}
