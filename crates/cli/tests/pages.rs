//! The pages of `lagebild serve` in a real browser. Ignored by default because it needs Chromium; `scripts/test` runs
//! it.

mod support;

use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
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
        Self::of(&["--lists", "no-lists", "--config", &format!("{data}/config.yaml")], Path::new("."))
    }

    fn of(args: &[&str], folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_lagebild"))
            .args(["serve", "--listen", "127.0.0.1:0", "--quiet"])
            .args(args)
            .current_dir(folder)
            .env("LAGEBILD_USER", "cleo")
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

/// The file of axe-core: `$LAGEBILD_AXE`, else what npm gives; none where there is neither.
fn axe() -> Option<String> {
    let file = std::env::var_os("LAGEBILD_AXE").map(PathBuf::from).or_else(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe-core-4.14.1");
        let file = folder.join("package/axe.min.js");
        if !file.exists() {
            std::fs::create_dir_all(&folder).ok()?;
            let fetch = "npm pack --silent axe-core@4.14.1 && tar xzf axe-core-4.14.1.tgz";
            let done = Command::new("sh").args(["-ec", fetch]).current_dir(&folder).output().ok()?;
            done.status.success().then_some(())?;
        }
        Some(file)
    })?;
    Some(std::fs::read_to_string(&file).expect("the file of axe-core"))
}

const AXE: &str = r#"axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"]})
  .then((r) => { window.found = r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")); },
        (e) => { window.found = [String(e)]; }); 0"#;

/// What axe finds against WCAG 2.2 AA on the page that is open.
fn violations(browser: &mut Browser, axe: &str) -> Vec<String> {
    browser.evaluate(&format!("{axe}; 0"));
    browser.evaluate(AXE);
    for _ in 0..600 {
        let found = browser.evaluate("window.found || null");
        if let Some(found) = found.as_array() {
            return found.iter().map(|it| it.as_str().unwrap_or_default().to_owned()).collect();
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    vec!["axe did not end".into()]
}

/// A desk with something of each kind: open, decided, proposed, removed. Names are our own.
const DESK: &str = r#"
cat > list.jsonl <<'END'
{"id":"a","schema":"Person","caption":"Anton Beispielow","properties":{"name":["Anton Beispielow","Антон Бейспилов"],"birthDate":["1961-02-03"]}}
{"id":"b","schema":"Company","caption":"Lunara Handels GmbH","properties":{"name":["Lunara Handels GmbH"]}}
END
printf 'Northland announces a meeting\n\nAnton Beispielow arrived in the capital on Monday, officials said. North Korea delivered artillery shells to Russia, the ministry said on Tuesday. Berta Musterfrau, who runs Lunara Handels GmbH, denied any part in it.\n' > article.txt
lagebild lists add own list.jsonl
lagebild desk open convoy --title "Shells by rail"
lagebild desk open second --four-eyes
lagebild desk add convoy article.txt --published 2026-11-20
lagebild desk add second article.txt --published 2026-11-20
lagebild desk decide convoy/2 unsure --reason "no register yet" --note "ask"
lagebild desk assign convoy/1 --to ben --due 2026-12-01
lagebild desk decide second/1 same --reason "the day of birth"
lagebild desk note convoy/1 "asked the registry"
printf 'nine lives of a cat\n' | lagebild desk people add ben --role reviewer
"#;

#[test]
#[ignore = "needs Chromium, and npm or $LAGEBILD_AXE; scripts/test runs it"]
fn the_desk_is_accessible() {
    let Some(axe) = axe() else {
        eprintln!("NOT RUN: axe-core (no npm, and LAGEBILD_AXE names no file)");
        return;
    };
    let folder = folder("pages-desk");
    let program = Path::new(env!("CARGO_BIN_EXE_lagebild"));
    let path = format!(
        "{}:{}",
        program.parent().expect("a folder").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let made = Command::new("sh")
        .args(["-euc", DESK])
        .current_dir(&folder)
        .envs([
            ("PATH", path.as_str()),
            ("LAGEBILD_LISTS", "lists"),
            ("LAGEBILD_DESK", "desk.db"),
            ("LAGEBILD_USER", "cleo"),
        ])
        .output()
        .expect("a shell");
    assert!(made.status.success(), "{}", support::stderr(&made));
    let service = Service::of(&["--desk", "desk.db", "--lists", "lists"], &folder);
    let guarded = Service::of(&["--desk", "desk.db", "--lists", "lists", "--sign-in"], &folder);
    let mut browser = Browser::start(&folder.join("profile"));
    let mut found = Vec::new();
    // It would find something.
    browser.open(&format!("{}/desk", service.address), 1300, 850);
    browser.evaluate(
        "const main = document.querySelector('main'); main.innerHTML += '<img><p id=pale>pale</p>'; \
         Object.assign(document.querySelector('#pale').style, {color: '#999', background: '#aaa'}); 0",
    );
    let wrong = violations(&mut browser, &axe).join(" ");
    assert!(wrong.contains("image-alt") && wrong.contains("color-contrast"), "{wrong}");
    for (service, path) in [
        (&service, "/desk?"),
        (&service, "/desk?state=decided&done=convoy/2&"),
        (&service, "/desk/items/convoy/1?"),
        (&service, "/desk/items/convoy/2?"),
        (&service, "/desk/items/convoy/3?"),
        (&service, "/desk/items/convoy/4?"),
        (&service, "/desk/items/second/1?"),
        (&service, "/desk/items/convoy/99?"),
        (&service, "/desk/cases/convoy?"),
        (&service, "/desk/cases/convoy/documents/1?"),
        (&service, "/desk/search?q=shells&"),
        (&service, "/desk/search?"),
        (&service, "/desk/access?"),
        (&guarded, "/desk?"),
    ] {
        for (scheme, width, tongue) in [
            ("light", 1300, "en"),
            ("light", 1300, "de"),
            ("light", 400, "en"),
            ("light", 400, "de"),
            ("dark", 1300, "en"),
            ("dark", 1300, "de"),
            ("dark", 400, "en"),
            ("dark", 400, "de"),
        ] {
            browser.prefer(scheme);
            browser.open(&format!("{}{path}lang={tongue}", service.address), width, 850);
            // What is folded, and the keys, are part of the page.
            browser.evaluate("document.querySelectorAll('details').forEach((it) => it.open = true); document.querySelector('[data-act=help]')?.click(); 0");
            let wrong = violations(&mut browser, &axe);
            found.extend(wrong.into_iter().map(|it| format!("{path} {scheme} {width} {tongue}: {it}")));
            if browser.evaluate(SCROLLS) == json!(true) {
                found.push(format!("{path} {scheme} {width} {tongue}: scrolls sideways"));
            }
        }
        let name: String = path.chars().filter(|c| c.is_alphanumeric()).collect();
        browser.screenshot(&folder.join(format!("{name}.png")));
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}
