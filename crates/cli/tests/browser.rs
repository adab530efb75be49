//! The HTML case file in a real browser. Ignored by default because it needs Chromium; `scripts/test` runs it.

mod support;

use serde_json::json;
use support::chromium::Browser;
use support::{folder, run};

#[test]
#[ignore = "needs Chromium; scripts/test runs it"]
fn the_html_case_file_works_in_a_browser() {
    let folder = folder("browser");
    let page = folder.join("case.html");
    let output = run(&["demo", "--format", "html", "--out", page.to_str().unwrap()]);
    assert!(output.status.success(), "{}", support::stderr(&output));

    let mut browser = Browser::start(&folder.join("profile"));
    browser.open(&format!("file://{}", page.display()), 1400, 900);
    browser.screenshot(&folder.join("light.png"));

    assert_eq!(browser.evaluate("document.querySelectorAll('main.document').length"), json!(3));
    assert_eq!(
        browser.evaluate("performance.getEntriesByType('resource').length"),
        json!(0),
        "the file loads nothing from elsewhere"
    );
    // Every link of the panel leads to words in the article, and every label in the article to the panel.
    let dangling = "[...document.querySelectorAll('a[href^=\"#\"]')]\
        .filter(a => !document.getElementById(a.getAttribute('href').slice(1))).map(a => a.outerHTML)";
    assert_eq!(browser.evaluate(dangling), json!([]));

    assert_eq!(browser.evaluate("document.querySelectorAll('.on').length"), json!(0));
    browser.press("j");
    assert_eq!(browser.evaluate("document.querySelectorAll('.entry.now').length"), json!(1));
    let first = browser.evaluate("document.querySelector('.entry.now').id");
    browser.press("j");
    assert_ne!(browser.evaluate("document.querySelector('.entry.now').id"), first);
    browser.press("k");
    assert_eq!(browser.evaluate("document.querySelector('.entry.now').id"), first);
    assert!(browser.evaluate("document.querySelectorAll('.on').length").as_u64() > Some(0));
    browser.screenshot(&folder.join("claim.png"));
    browser.press("Escape");
    assert_eq!(browser.evaluate("document.querySelectorAll('.on').length"), json!(0));

    let paper = "getComputedStyle(document.body).backgroundColor";
    let light = browser.evaluate(paper);
    browser.press("d");
    assert_ne!(browser.evaluate(paper), light, "d changes to dark");
    browser.prefer("dark");
    browser.open(&format!("file://{}", page.display()), 1400, 900);
    assert_ne!(browser.evaluate(paper), light, "a system in the dark gets a dark page");
    browser.screenshot(&folder.join("dark.png"));
    browser.prefer("light");

    // The words of the article are exact: what is shown is what was read.
    assert!(
        browser
            .evaluate("document.querySelector('article').innerText")
            .as_str()
            .unwrap()
            .contains("Wostotschny –")
    );
    let narrow = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
    browser.open(&format!("file://{}", page.display()), 420, 900);
    browser.screenshot(&folder.join("narrow.png"));
    assert_eq!(browser.evaluate(narrow), json!(true), "no sideways scrolling on a narrow screen");
}
