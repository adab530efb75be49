//! `lagebild fetch` and `lagebild watch` as whole processes, with a server on this machine.

#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../../fetch/tests/server/mod.rs"]
mod server;
mod support;

use serde_json::Value;
use server::{Site, answer, serve};
use std::path::{Path, PathBuf};
use std::process::Output;
use support::{folder, lagebild, stderr, stdout};

const PAGE: &str = "<html><head><title>A ship came</title></head><body><article><h1>A ship came</h1>\
    <p>LONDON, 3 March 2024. The ship brought grain to the harbour, the minister said.</p></article></body></html>";

/// Settings with short pauses.
fn settings(folder: &Path) -> PathBuf {
    let shipped = include_str!("../../../data/fetch.yaml");
    let quick = shipped
        .replace("\ndelay_s: 2", "\ndelay_s: 0")
        .replace("settle_ms: 1000", "settle_ms: 50")
        .replace("\nattempts: 2", "\nattempts: 1")
        .replace("items: 100", "items: 2")
        .replace("tries: 3", "tries: 2");
    let path = folder.join("fetch.yaml");
    std::fs::write(&path, quick).unwrap();
    path
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let settings = settings(folder);
    let more = ["--allow-private", "--settings", settings.to_str().unwrap()];
    lagebild().current_dir(folder).env("LAGEBILD_USER", "cleo").args(args).args(more).output().unwrap()
}

fn readings(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_page_is_fetched_and_read_with_the_record_of_its_copy() {
    let folder = folder("fetch-page");
    let site = serve(|path, _| match path {
        "/a" => answer("200 OK", "Content-Type: text/html\r\nETag: \"1\"", PAGE),
        _ => answer("404 No", "", ""),
    });
    let (url, lost) = (site.at("/a"), site.at("/lost"));
    let output = run(&folder, &["fetch", &url, &lost, "--quick", "--format", "json", "--copies", "copies"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("/lost: the server answered 404"), "{}", stderr(&output));
    let reading: Value = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    let download = &reading["document"]["origin"]["download"];
    assert_eq!((download["url"].as_str(), download["etag"].as_str()), (Some(url.as_str()), Some("\"1\"")));
    assert_eq!(
        (&reading["document"]["url"], &reading["document"]["source"]),
        (&Value::from(url.clone()), &Value::from(url))
    );
    let copy = folder.join(format!("copies/{}.html", download["sha256"].as_str().unwrap()));
    assert_eq!(std::fs::read_to_string(copy).unwrap(), PAGE);
    assert_eq!(readings(&folder.join("copies/copies.jsonl"))[0], *download);
}

#[test]
fn an_address_of_this_machine_is_refused_without_the_option() {
    let site = serve(|_, _| answer("200 OK", "Content-Type: text/html", PAGE));
    let output = lagebild().args(["fetch", &site.at("/a")]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("127.0.0.1 is no public address"), "{}", stderr(&output));
    assert!(site.heard().is_empty());
}

#[test]
fn new_files_of_a_folder_are_read_once() {
    let folder = folder("watch-folder");
    std::fs::create_dir_all(folder.join("in/deeper")).unwrap();
    let write = |name: &str, words: &str| std::fs::write(folder.join("in").join(name), words).unwrap();
    write("a.txt", "The ship came on Monday, the minister said.");
    write("b.part", "half a");
    write("c.png", "x");
    let watch = || run(&folder, &["watch", "in", "--once", "--quick", "--out", "out.jsonl"]);
    let first = watch();
    assert_eq!(first.status.code(), Some(3), "{}", stderr(&first));
    assert!(stdout(&first).contains("1 read: 1 from folders, 0 from feeds, 1 failed"), "{}", stdout(&first));
    let out = folder.join("out.jsonl");
    assert!(stdout(&watch()).contains("0 read") && readings(&out).len() == 1);
    write("deeper/d.txt", "The ship left on Tuesday.");
    write("a.txt", "The ship came on Monday, the minister and the captain said.");
    assert!(stdout(&watch()).contains("2 read"));
    assert_eq!(readings(&out).len(), 3);
    let log = readings(&folder.join("out.jsonl.watch.log"));
    assert!(log.len() == 1 && log[0]["input"].as_str().unwrap().ends_with("c.png"), "{log:?}");
}

#[test]
fn a_kill_between_output_and_state_loses_and_doubles_nothing() {
    let folder = folder("watch-kill");
    std::fs::create_dir_all(folder.join("in")).unwrap();
    let write =
        |name: &str| std::fs::write(folder.join("in").join(name), format!("The ship {name} came.")).unwrap();
    let (out, state) = (folder.join("out.jsonl"), folder.join("out.jsonl.watch.state"));
    let watch = || run(&folder, &["watch", "in", "--once", "--quick", "--out", "out.jsonl"]);
    write("a.txt");
    watch();
    let before = std::fs::read(&state).unwrap();
    write("b.txt");
    write("c.txt");
    watch();
    // As if killed within the third line, before the state was written.
    let lines = std::fs::read(&out).unwrap();
    std::fs::write(&out, &lines[..lines.len() - 40]).unwrap();
    std::fs::write(&state, before).unwrap();
    watch();
    let mut sources: Vec<String> =
        readings(&out).iter().map(|it| it["document"]["source"].to_string()).collect();
    sources.sort();
    assert_eq!(sources, ["\"in/a.txt\"", "\"in/b.txt\"", "\"in/c.txt\""]);
}

/// A site with a feed, a news sitemap, and pages of which some fail.
fn paper() -> Site {
    serve(|path, asked| match path {
        "/feed" if asked.contains("if-none-match: \"1\"") => answer("304 Not Modified", "", ""),
        "/feed" => {
            let host = asked.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
            let item = |name: &str| {
                format!(
                    "<item><title>About {name}</title><link>http://{host}/{name}</link><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate>\
                         <description>A few words about {name}.</description></item>"
                )
            };
            let items: String = ["one", "two", "busy"].iter().map(|name| item(name)).collect();
            let rss = format!("<rss><channel><title>The Paper</title>{items}</channel></rss>");
            answer("200 OK", "Content-Type: application/rss+xml\r\nETag: \"1\"", &rss)
        }
        "/news.xml" => {
            let host = asked.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
            let map = format!(
                "<urlset xmlns:news='n'><url><loc>http://{host}/three</loc><news:news><news:title>Three</news:title>\
                               </news:news></url></urlset>"
            );
            answer("200 OK", "Content-Type: application/xml", &map)
        }
        "/one" | "/three" => answer("200 OK", "Content-Type: text/html", PAGE),
        "/busy" => answer("503 Busy", "", ""),
        "/broken" => answer("200 OK", "Content-Type: text/html", "<html>no feed"),
        _ => answer("404 No", "", ""),
    })
}

#[test]
fn new_items_of_feeds_are_followed_round_by_round() {
    let (folder, site) = (folder("watch-feeds"), paper());
    let feeds = ["/broken", "/feed", "/news.xml"].map(|path| format!("- url: {}\n", site.at(path))).concat();
    std::fs::write(folder.join("feeds.yaml"), format!("feeds:\n{feeds}")).unwrap();
    let watch = || run(&folder, &["watch", "feeds.yaml", "--once", "--quick", "--out", "out.jsonl"]);
    let out = folder.join("out.jsonl");
    // Two items a round: a page, and the words of the feed for a page that is gone; one waits. The sitemap goes on.
    let first = watch();
    assert_eq!(first.status.code(), Some(3), "{}", stderr(&first));
    assert!(
        stdout(&first).contains("3 read: 0 from folders, 3 from feeds, 2 failed, 1 wait"),
        "{}{}",
        stdout(&first),
        stderr(&first)
    );
    // The page that is busy is asked for again, then its words are taken.
    assert!(stdout(&watch()).contains("0 read: 0 from folders, 0 from feeds, 1 failed, 1 wait"));
    assert!(stdout(&watch()).contains("1 read"));
    let last = watch();
    assert!(stdout(&last).contains("0 read"), "{}", stdout(&last));
    assert!(site.heard().iter().any(|it| it.starts_with("get /feed") && it.contains("if-none-match")));
    let read = readings(&out);
    let titles: Vec<&str> = read.iter().map(|it| it["document"]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["A ship came", "About two", "A ship came", "About busy"]);
    assert_eq!(read[0]["document"]["origin"]["feed"], "The Paper");
    assert_eq!(read[0]["document"]["origin"]["download"]["sha256"].as_str().unwrap().len(), 64);
    assert!(read[1]["warnings"].to_string().contains("404"), "{}", read[1]["warnings"]);
}

#[test]
fn a_case_of_the_desk_takes_in_what_comes() {
    let folder = folder("watch-desk");
    std::fs::create_dir_all(folder.join("in")).unwrap();
    std::fs::write(folder.join("in/a.txt"), "The ship came on Monday, the minister said.").unwrap();
    let watch = || run(&folder, &["watch", "in", "--once", "--desk", "desk.db", "--case", "ships"]);
    let first = watch();
    assert!(stdout(&first).contains("1 read"), "{}{}", stdout(&first), stderr(&first));
    assert!(stdout(&watch()).contains("0 read"));
    let cases =
        lagebild().current_dir(&folder).args(["desk", "cases", "--store", "desk.db"]).output().unwrap();
    assert!(stdout(&cases).contains("ships"), "{}", stdout(&cases));
}

#[test]
fn wrong_usage_is_told() {
    let folder = folder("watch-usage");
    std::fs::write(folder.join("feeds.yaml"), "feeds:\n- adress: x\n").unwrap();
    let watch = |args: &[&str]| run(&folder, &[&["watch", "--once"], args].concat());
    assert_eq!(watch(&[".", "--quick"]).status.code(), Some(2));
    let wrong = watch(&["feeds.yaml", "--out", "out.jsonl"]);
    assert!(wrong.status.code() == Some(2) && stderr(&wrong).contains("adress"), "{}", stderr(&wrong));
}
