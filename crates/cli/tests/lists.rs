//! `lagebild lists` and `lagebild read --lists` as whole processes, with small lists written for these tests.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Output;
use support::{folder, lagebild, stderr, stdout};

/// A UN file of a day with these entities.
fn un(date: &str, names: &[&str]) -> String {
    let one = |name: &&str| {
        format!(
            "<ENTITY><REFERENCE_NUMBER>{name}</REFERENCE_NUMBER><FIRST_NAME>{name} Trading</FIRST_NAME></ENTITY>"
        )
    };
    let all: String = names.iter().map(one).collect();
    format!("<CONSOLIDATED_LIST dateGenerated='{date}T00:00:00Z'>{all}</CONSOLIDATED_LIST>")
}

/// A folder with its store.
struct Lists(PathBuf);

impl Lists {
    fn new(name: &str) -> Self {
        Self(folder(name))
    }

    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn run(&self, args: &[&str]) -> Output {
        lagebild().env("LAGEBILD_LISTS", self.0.join("store")).args(args).output().unwrap()
    }

    fn add(&self, name: &str, files: &[&Path]) -> Output {
        let mut args = vec!["lists", "add", name];
        args.extend(files.iter().map(|file| file.to_str().unwrap()));
        self.run(&args)
    }
}

#[test]
fn a_list_is_added_shown_compared_and_removed() {
    let lists = Lists::new("lists-whole");
    assert_eq!(stdout(&lists.run(&["lists", "status"])), "no lists; see `lagebild lists add --help`\n");
    let (old, new) = (un("2024-01-01", &["Alder", "Birke"]), un("2024-02-01", &["Alder", "Cedar"]));
    let added = lists.add("un-sc", &[&lists.file("old.xml", &old)]);
    assert!(added.status.success(), "{}", stderr(&added));
    assert!(
        stdout(&added)
            .starts_with("un-sc  2024-01-01  2 parties (2 Organization)  2 names  0 problems  un-xml")
    );
    lists.add("un-sc", &[&lists.file("new.xml", &new)]);
    let status = stdout(&lists.run(&["lists", "status"]));
    assert!(status.starts_with("un-sc  2024-02-01") && status.contains("STALE"), "{status}");
    assert_eq!(stdout(&lists.run(&["lists", "status", "--all"])).lines().count(), 2);
    let diff = stdout(&lists.run(&["lists", "diff", "un-sc"]));
    assert!(diff.contains(
        "+ un-sc:Cedar  Cedar Trading\n- un-sc:Birke  Birke Trading\n1 added, 0 changed, 1 removed"
    ));
    let between = lists.run(&["lists", "diff", "un-sc@2024-02-01", "un-sc@2024-01-15", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&between)).unwrap();
    assert_eq!(json["difference"]["added"][0]["id"], "un-sc:Birke");
    let show = lists.run(&["lists", "show", "un-sc@2024-01-01:Birke"]);
    assert!(stdout(&show).contains("primary   Birke Trading"), "{}", stdout(&show));
    let gone = lists.run(&["lists", "show", "un-sc:Birke"]);
    assert!(gone.status.code() == Some(2) && stderr(&gone).contains("no party un-sc:Birke"));
    assert!(lists.run(&["lists", "remove", "un-sc"]).status.success());
    assert_eq!(lists.run(&["lists", "remove", "un-sc"]).status.code(), Some(2));
}

#[test]
fn an_update_of_an_unknown_list_names_those_that_there_are() {
    let unknown = Lists::new("lists-update").run(&["lists", "update", "nowhere"]);
    assert!(unknown.status.code() == Some(2) && stderr(&unknown).contains("un-sc"), "{}", stderr(&unknown));
}

#[test]
fn several_tables_are_one_list() {
    let lists = Lists::new("lists-tables");
    let nulls = "-0- ,".repeat(7);
    let parties = lists.file("sdn.csv", &format!("7,\"ALDER TRADING\",-0- ,\"XX\",{nulls}-0- \n"));
    let aliases = lists.file("alt.csv", "7,1,\"aka\",\"ALDER EXPORT\",-0- \n");
    let added = lists.add("ofac-sdn", &[&aliases, &parties]);
    assert!(stdout(&added).contains("1 parties (1 Organization)  2 names"), "{}", stderr(&added));
    let alone = lists.add("ofac-sdn", &[&aliases]);
    assert_eq!(alone.status.code(), Some(3));
    assert!(stderr(&alone).contains("sdn.csv"), "{}", stderr(&alone));
}

#[test]
fn what_is_no_list_is_refused_with_its_reason() {
    let lists = Lists::new("lists-wrong");
    let page = lists.add("un-sc", &[&lists.file("page.html", "<html>Access denied</html>")]);
    assert_eq!(page.status.code(), Some(3));
    assert!(stderr(&page).contains("page.html: no known list format"), "{}", stderr(&page));
    assert_eq!(lists.add("un-sc", &[Path::new("/nowhere.xml")]).status.code(), Some(3));
    assert_eq!(lists.add("../x", &[&lists.file("a.xml", "")]).status.code(), Some(2));
}

#[test]
fn reading_uses_the_stored_lists_of_the_day_and_says_which() {
    let lists = Lists::new("lists-read");
    let article = lists
        .file("a.txt", "LONDON, 3 March 2024. Cedar Trading sold the ship to Alder Trading, officials said.");
    let article = article.to_str().unwrap();
    let read = |more: &[&str]| {
        let args = [&["read", article, "--language", "en", "--format", "json"], more].concat();
        let output = lists.run(&args);
        assert!(output.status.success(), "{}", stderr(&output));
        let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        (json, stderr(&output))
    };
    let (starter, note) = read(&[]);
    assert_eq!(starter["stamp"]["watchlist"]["name"], "starter");
    assert!(note.contains("built-in starter list"), "{note}");
    lists.add("un-sc", &[&lists.file("old.xml", &un("2024-01-01", &["Alder"]))]);
    lists.add("un-sc", &[&lists.file("new.xml", &un("2024-02-01", &["Alder", "Cedar"]))]);
    let (present, note) = read(&[]);
    assert_eq!(present["stamp"]["watchlist"]["lists"][0]["date"], "2024-02-01");
    assert_eq!(present["stamp"]["watchlist"]["lists"][0]["hash"].as_str().unwrap().len(), 64);
    assert!(present.to_string().contains("un-sc:Cedar") && !note.contains("starter"));
    let (past, _) = read(&["--as-of", "2024-01-15", "--lists", "un-sc"]);
    assert_eq!(past["stamp"]["watchlist"]["lists"][0]["date"], "2024-01-01");
    assert!(!past.to_string().contains("un-sc:Cedar"));
    assert_eq!(read(&["--lists", "starter"]).0["stamp"]["watchlist"]["name"], "starter");
    let unknown = lists.run(&["read", article, "--lists", "eu-fsf"]);
    assert!(unknown.status.code() == Some(2) && stderr(&unknown).contains("no list eu-fsf"));
}

#[test]
fn a_table_of_ones_own_is_a_list_with_a_mapping_and_what_is_left_out_is_said() {
    let lists = Lists::new("own-table");
    let table = lists.file("house.csv", "Nr;Wer;Geb;Akte\n7;Anna Muster;1961;x\n8;;;y\n");
    let refused = lists.add("house", &[&table]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(stderr(&refused).contains("--mapping"), "{}", stderr(&refused));
    let mapping = lists.file("house.yaml", "id: Nr\nschema: Person\ncolumns: {name: Wer, birthDate: Geb}\n");
    let (table, mapping) = (table.to_str().unwrap(), mapping.to_str().unwrap());
    let added = lists.run(&["lists", "add", "house", table, "--mapping", mapping]);
    assert_eq!(added.status.code(), Some(0), "{}", stderr(&added));
    assert!(stderr(&added).contains("left out: column Akte"), "{}", stderr(&added));
    assert!(stderr(&added).contains("line 3"), "{}", stderr(&added));
    let shown = stdout(&lists.run(&["lists", "show", "house:7"]));
    assert!(shown.contains("Anna Muster") && shown.contains("birthDate: 1961"), "{shown}");
}
