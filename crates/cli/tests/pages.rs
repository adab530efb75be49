//! The pages of `lagebild serve` in a real browser. Ignored by default because it needs Chromium; `scripts/test` runs
//! it.

mod support;

use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use support::chromium::Browser;
use support::folder;

/// The service, which ends with the test.
struct Service {
    process: Child,
    address: String,
}

impl Service {
    fn start() -> Self {
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/tests/data");
        let mut process = Command::new(env!("CARGO_BIN_EXE_lagebild"))
            .args(["serve", "--listen", "127.0.0.1:0", "--quiet", "--lists", "no-lists", "--config"])
            .arg(format!("{data}/config.yaml"))
            .stderr(Stdio::piped())
            .spawn()
            .expect("the service starts");
        let stderr = process.stderr.take().expect("stderr is piped");
        let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("Listening on ")?.1.split(' ').next()?.to_owned()))
            .expect("the service says where it listens");
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Elements whose text has less contrast to its ground than 4.5 to 1 (WCAG 2.2, 1.4.3).
const PALE: &str = r#"(() => {
  const channels = (color) => { const c = document.createElement("canvas").getContext("2d"); c.fillStyle = color; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } return [255, 255, 255, 255]; };
  const texts = [...document.querySelectorAll("body *")].filter((e) => e.offsetParent && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  return texts.filter((e) => { const a = light(channels(getComputedStyle(e).color)), b = light(ground(e)); return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5; }).map((e) => e.outerHTML.slice(0, 120));
})()"#;

/// Fields without a label, and pages without a language, one heading of the first rank, or a main part.
const NAMELESS: &str = r#"[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((e) => !e.labels.length).map((e) => e.outerHTML)
  .concat(document.documentElement.lang && document.querySelectorAll("h1").length === 1 && document.querySelector("main") ? [] : ["page"])"#;

const FOREIGN: &str =
    "performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).length";

const SCROLLS: &str = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

/// Submits the form that holds a field, and waits for the page that comes.
fn submit(browser: &mut Browser, field: &str) {
    browser.evaluate(&format!("window.old = true; document.querySelector('{field}').form.requestSubmit()"));
    let came = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        browser.evaluate("!window.old && document.readyState === 'complete'") == json!(true)
    });
    assert!(came, "no page came");
}

#[test]
#[ignore = "needs Chromium; scripts/test runs it"]
fn the_pages_work_by_keyboard_and_are_readable() {
    let folder = folder("pages");
    let service = Service::start();
    let mut browser = Browser::start(&folder.join("profile"));
    for (path, name) in [
        ("/", "read"),
        ("/screen", "screen"),
        ("/find?q=mustermann", "find"),
        ("/party/hb-anna", "party"),
        ("/party/lb-3", "script"),
        ("/lists?lang=de", "lists"),
        ("/measures?on=2023-09-13", "measures"),
        ("/measures/un-1874-9", "measure"),
        ("/party/banana", "nothing"),
    ] {
        for scheme in ["light", "dark"] {
            browser.prefer(scheme);
            browser.open(&format!("{}{path}", service.address), 1300, 850);
            assert_eq!(browser.evaluate(PALE), json!([]), "{path} {scheme}");
            assert_eq!(browser.evaluate(NAMELESS), json!([]), "{path}");
            assert_eq!(browser.evaluate(FOREIGN), json!(0), "{path}");
            browser.screenshot(&folder.join(format!("{name}-{scheme}.png")));
        }
        browser.prefer("light");
        browser.open(&format!("{}{path}", service.address), 400, 800);
        assert_eq!(browser.evaluate(SCROLLS), json!(false), "{path} on a narrow screen");
        browser.screenshot(&folder.join(format!("{name}-narrow.png")));
    }

    // Screening by keyboard: a result, its explanation, the theme.
    browser.open(&format!("{}/screen", service.address), 1300, 850);
    browser.press("/");
    assert_eq!(browser.evaluate("document.activeElement.name"), json!("name"));
    browser.evaluate("document.querySelector('#f-name').value = 'Anna Mustermann'");
    submit(&mut browser, "#f-name");
    assert_eq!(
        browser.evaluate("location.pathname + new URLSearchParams(location.search).get('name')"),
        json!("/screenAnna Mustermann"),
        "the question stands in the address, so that back works"
    );
    browser.press("j");
    assert_eq!(browser.evaluate("document.querySelectorAll('.hit.now').length"), json!(1));
    browser.press("Enter");
    assert_eq!(browser.evaluate("document.querySelector('.hit.now details').open"), json!(true));
    assert_eq!(browser.evaluate(PALE), json!([]));
    browser.screenshot(&folder.join("hit.png"));
    let paper = "getComputedStyle(document.body).backgroundColor";
    let light = browser.evaluate(paper);
    browser.press("d");
    assert_ne!(browser.evaluate(paper), light);

    // A table.
    browser.evaluate("document.querySelector('#f-table').value = 'name,birth date\\nBoris Exempelow,1960\\nNobody Whatever,'");
    submit(&mut browser, "#f-table");
    assert_eq!(browser.evaluate("document.querySelectorAll('.hits tbody tr').length >= 2"), json!(true));
    browser.screenshot(&folder.join("table.png"));

    // Reading.
    browser.open(&format!("{}/?lang=de", service.address), 1300, 850);
    assert_eq!(browser.evaluate("document.documentElement.lang"), json!("de"));
    let article = "Nordkorea könnte Russland Artilleriegranaten liefern, sagte das Weiße Haus. <script>document.title = 1</script>";
    browser.evaluate(&format!("document.querySelector('#f-text').value = {}", json!(article)));
    submit(&mut browser, "#f-text");
    assert!(
        browser
            .evaluate("document.querySelector('article').innerText")
            .as_str()
            .unwrap()
            .contains("<script>")
    );
    assert_ne!(browser.evaluate("document.title"), json!("1"));
    browser.screenshot(&folder.join("reading.png"));

    // What is written in the data is shown, never run.
    browser.open(&format!("{}/party/lb-3", service.address), 1300, 850);
    assert_eq!(browser.evaluate("document.querySelectorAll('main script, main img').length"), json!(0));
}
