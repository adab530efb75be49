use super::*;
use std::path::Path;

fn line(id: &str, name: &str) -> String {
    format!("{{\"id\":\"{id}\",\"schema\":\"Person\",\"caption\":\"{name}\"}}\n")
}

fn un(date: &str, names: &[&str]) -> String {
    let one = |name: &&str| {
        format!("<ENTITY><REFERENCE_NUMBER>{name}</REFERENCE_NUMBER><FIRST_NAME>{name}</FIRST_NAME></ENTITY>")
    };
    let all: String = names.iter().map(one).collect();
    format!("<CONSOLIDATED_LIST dateGenerated='{date}T00:00:00Z'>{all}</CONSOLIDATED_LIST>")
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lagebild-store-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn store(&self) -> Store {
        Store::new(self.0.join("lists"))
    }

    fn add(&self, name: &str, text: &str, care: Care) -> Result<Added, StoreError> {
        let file = self.0.join("file");
        std::fs::write(&file, text).unwrap();
        let today = jiff::civil::date(2026, 1, 1);
        self.store().add(&Addition { name, files: &[file], source: "", today, care })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn names(parties: &[Party]) -> Vec<&str> {
    parties.iter().map(|party| party.caption.as_str()).collect()
}

#[test]
fn a_list_is_added_replaced_compared_and_removed() {
    let folder = Folder::new("whole");
    let add = |text: String, care| folder.add("os", &text, care);
    assert!(matches!(add("nothing".into(), Care::File), Err(StoreError::Source(_))));
    let three = line("a", "Anna Muster") + &line("b", "Bert Muster") + &line("c", "Carl Muster");
    let added = add(three.clone(), Care::File).unwrap();
    assert_eq!((added.entry.parties, added.entry.names, added.unchanged), (3, 3, false));
    assert_eq!(added.entry.schemata["Person"], 3);
    let old = folder.store().parties("os").unwrap();
    assert!(add(three, Care::File).unwrap().unchanged);
    let shrunk = add(line("a", "Anna"), Care::File);
    assert!(matches!(shrunk, Err(StoreError::Shrunk { new: 1, old: 3, .. })));
    add(line("a", "Anna Beispiel") + &line("d", "Dora Muster"), Care::Force).unwrap();
    let changes = difference(&old, &folder.store().parties("os").unwrap());
    assert_eq!(changes.added[0].id, "os:d");
    assert_eq!(changes.changed[0].fields[0].added, ["Anna Beispiel (Primary)"]);
    assert_eq!(changes.removed.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["os:b", "os:c"]);
    let list = folder.store().watchlist(&[], None).unwrap();
    assert_eq!(list.spot("Dora Muster kam.", None)[0].candidates[0].party, "os:d");
    assert_eq!((list.stamp().lists.len(), list.stamp().lists[0].name.as_str()), (1, "os"));
    folder.store().remove("os").unwrap();
    assert!(folder.store().entries().unwrap().is_empty());
    assert!(matches!(folder.add("../os", "", Care::File), Err(StoreError::Name(_))));
}

#[test]
fn the_version_in_force_on_a_day_is_given() {
    let folder = Folder::new("days");
    folder.add("un", &un("2024-05-01", &["A", "B"]), Care::File).unwrap();
    folder.add("un", &un("2024-01-01", &["A"]), Care::File).unwrap();
    let store = folder.store();
    let on = |day: &str| store.load(&store.version("un", day.parse().ok()).unwrap()).unwrap();
    assert_eq!(names(&on("2024-04-30")), ["A"]);
    assert_eq!(names(&on("2024-05-01")), ["A", "B"]);
    assert_eq!(names(&store.parties("un").unwrap()), ["A", "B"]);
    let hashes = [None, "2024-02-01".parse().ok()].map(|day| combined_hash(&store.select(&[], day).unwrap()));
    assert_ne!(hashes[0], hashes[1]);
    assert!(matches!(store.select(&["eu".into()], None), Err(StoreError::NoList(_))));
}

#[test]
fn a_download_is_refused_where_a_file_is_taken() {
    let folder = Folder::new("care");
    folder.add("un", &un("2024-05-01", &["A", "B"]), Care::Download).unwrap();
    let older = folder.add("un", &un("2024-01-01", &["A", "B"]), Care::Download);
    assert!(matches!(older, Err(StoreError::Older { .. })), "{older:?}");
    let whole = un("2024-06-01", &["A", "B", "C"]);
    let torn = whole.strip_suffix("</CONSOLIDATED_LIST>").unwrap();
    let refused = folder.add("un", torn, Care::Download);
    assert!(matches!(refused, Err(StoreError::Torn { .. })), "{refused:?}");
    assert_eq!(folder.store().parties("un").unwrap().len(), 2);
    assert_eq!(folder.add("un", torn, Care::File).unwrap().entry.parties, 3);
}

#[test]
fn a_damaged_file_is_named() {
    let folder = Folder::new("damage");
    folder.add("os", &line("a", "Anna"), Care::File).unwrap();
    std::fs::write(folder.0.join("lists/os/versions.json"), "{").unwrap();
    for broken in ["{", "", "[]", "[{}]"] {
        std::fs::write(folder.0.join("lists/os/versions.json"), broken).unwrap();
        let error = folder.store().entries().unwrap_err();
        let is_named = matches!(&error, StoreError::Versions { name, file, .. }
            if name == "os" && file.ends_with(Path::new("os/versions.json")));
        assert!(is_named && error.to_string().contains("lagebild lists add os FILE"), "{error}");
        // The command that the message names mends it.
        folder.add("os", &line("a", "Anna"), Care::File).unwrap();
        assert_eq!(names(&folder.store().parties("os").unwrap()), ["Anna"]);
    }
    std::fs::write(folder.0.join("lists/os/versions.json"), "").unwrap();
    folder.store().remove("os").unwrap();
    assert!(folder.store().entries().unwrap().is_empty());
}

#[test]
fn a_full_disk_leaves_no_half_file() {
    let folder = Folder::new("full");
    let file = folder.0.join("file.jsonl");
    std::fs::write(&file, "whole").unwrap();
    let full = write(&file, |out| {
        out.write_all(b"hal")?;
        Err(std::io::ErrorKind::StorageFull.into())
    });
    assert!(matches!(full, Err(StoreError::File(..))));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "whole");
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1, "nothing beside it");
}

#[test]
fn a_file_that_changed_on_the_disk_is_refused_until_the_list_is_added_anew() {
    let folder = Folder::new("changed");
    let text = line("a", "Anna Muster");
    folder.add("os", &text, Care::File).unwrap();
    let store = folder.store();
    let file = store.file_of(&store.version("os", None).unwrap()).unwrap();
    let good = std::fs::read_to_string(&file).unwrap();
    // Still a party, of another name: nobody would notice.
    std::fs::write(&file, good.replace("Anna Muster", "Anna Master")).unwrap();
    assert!(matches!(store.parties("os"), Err(StoreError::Changed(_))));
    assert!(!folder.add("os", &text, Care::File).unwrap().unchanged);
    assert_eq!(names(&store.parties("os").unwrap()), ["Anna Muster"]);
}

/// The one file of lists compiled for running text that there is.
fn compiled(store: &Store) -> PathBuf {
    std::fs::read_dir(store.index_folder()).unwrap().next().unwrap().unwrap().path()
}

fn finds(store: &Store) -> bool {
    let watchlist = store.watchlist(&[], None).unwrap();
    let found = watchlist.spot("Gestern kam Anna Muster an.", Some("de"));
    found.iter().flat_map(|one| &one.candidates).any(|one| one.party == "os:a")
}

#[test]
fn compiled_lists_answer_as_the_lists_do() {
    let folder = Folder::new("compiled");
    folder.add("os", &(line("a", "Anna Muster") + &line("b", "Bert Muster")), Care::File).unwrap();
    let store = folder.store();
    let entries = store.entries().unwrap();
    let made = store.watchlist(&[], None).unwrap();
    let kept = store.watchlist(&[], None).unwrap();
    let in_memory = store.kept_in_memory(&entries).unwrap();
    let plain = Store::compile(&entries, &store.parties("os").unwrap());
    for one in [&made, &kept, &in_memory, &plain] {
        assert_eq!(one.stamp(), plain.stamp());
        assert!(one.parties().eq(store.parties("os").unwrap()));
        assert_eq!(one.party("os:b").unwrap().caption, "Bert Muster");
        assert!(one.party("os:c").is_none());
    }
    assert!(finds(&store));
}

#[test]
fn a_damaged_file_of_compiled_lists_is_made_anew() {
    let folder = Folder::new("flipped");
    folder.add("os", &line("a", "Anna Muster"), Care::File).unwrap();
    let store = folder.store();
    assert!(finds(&store));
    let file = compiled(&store);
    let good = std::fs::read(&file).unwrap();
    for at in (0..good.len()).step_by(41) {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        std::fs::write(&file, &bad).unwrap();
        assert!(finds(&store), "byte {at}");
        assert_eq!(std::fs::read(&file).unwrap(), good, "byte {at}");
    }
    std::fs::write(&file, &good[..good.len() / 2]).unwrap();
    assert!(finds(&store));
}

#[test]
fn compiled_lists_of_other_versions_are_not_taken() {
    let folder = Folder::new("versions");
    folder.add("os", &line("a", "Anna Muster"), Care::File).unwrap();
    let store = folder.store();
    assert!(finds(&store));
    let old = compiled(&store);
    folder.add("os", &line("b", "Bert Muster"), Care::Force).unwrap();
    assert!(!finds(&store));
    // The old one under the new one's name: a copy that went wrong.
    let entries = store.entries().unwrap();
    std::fs::copy(&old, store.compiled_file(&entries)).unwrap();
    assert!(!finds(&store));
}

#[cfg(unix)]
#[test]
fn lists_in_a_folder_that_cannot_be_written_to_are_compiled_for_the_run() {
    let folder = Folder::new("closed");
    folder.add("os", &line("a", "Anna Muster"), Care::File).unwrap();
    let store = folder.store();
    // A file where the folder should be: even the superuser cannot write into it.
    std::fs::write(store.index_folder(), "").unwrap();
    assert!(finds(&store));
}
