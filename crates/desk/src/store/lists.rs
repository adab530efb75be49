//! Versions of lists that documents were read with: a reading can be made again years later.

use super::Store;
use crate::error::{DeskError, Result};
use crate::hash::{pack, sha256, unpack};
use lagebild_watchlist::{Party, Stamp, Watchlist};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

/// A version of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListVersion {
    /// SHA-256 over the parties.
    pub(crate) hash: String,
    /// Short name.
    pub(crate) name: String,
    /// Its day.
    pub(crate) date: String,
    /// The parties, a line of JSON each.
    pub(crate) parties: String,
}

/// Lists that were asked together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Watchlists {
    /// SHA-256 over the parties of all.
    pub(crate) hash: String,
    /// Their names together.
    pub(crate) name: String,
    /// The youngest one's day.
    pub(crate) date: String,
    /// Hash of each list; none where it is one list by itself.
    pub(crate) members: Vec<String>,
}

fn lines(parties: &[Party]) -> Result<String> {
    let lines: Vec<String> =
        parties.iter().map(serde_json::to_string).collect::<std::result::Result<_, _>>()?;
    Ok(lines.join("\n"))
}

/// The hash that a list set has by its stamp: over the lines without what parts them.
pub(crate) fn hash_of(lines: &str) -> String {
    sha256(lines.replace('\n', "").as_bytes())
}

/// The lists of a watchlist, each by itself; the whole as one where it does not fall into its lists.
pub(crate) fn split(watchlist: &Watchlist) -> Result<(Watchlists, Vec<ListVersion>)> {
    let stamp = watchlist.stamp();
    let mut versions = Vec::new();
    for list in &stamp.lists {
        let own: Vec<Party> = watchlist.parties().filter(|party| party.list() == list.name).collect();
        versions.push(version(list, lines(&own)?));
    }
    let together: Vec<&str> =
        versions.iter().map(|it| it.parties.as_str()).filter(|it| !it.is_empty()).collect();
    let falls =
        versions.iter().zip(&stamp.lists).all(|(version, list)| hash_of(&version.parties) == list.hash)
            && hash_of(&together.join("\n")) == stamp.hash;
    let members = if falls { versions.iter().map(|it| it.hash.clone()).collect() } else { Vec::new() };
    if !falls || versions.is_empty() {
        let all: Vec<Party> = watchlist.parties().collect();
        versions = vec![version(stamp, lines(&all)?)];
    }
    let set =
        Watchlists { hash: stamp.hash.clone(), name: stamp.name.clone(), date: stamp.date.clone(), members };
    Ok((set, versions))
}

fn version(stamp: &Stamp, parties: String) -> ListVersion {
    ListVersion { hash: stamp.hash.clone(), name: stamp.name.clone(), date: stamp.date.clone(), parties }
}

/// The watchlist from its lists; none where a list is missing or is not what its hash says.
pub(crate) fn join(set: &Watchlists, versions: &[ListVersion]) -> Option<Watchlist> {
    let find = |hash: &String| versions.iter().find(|version| version.hash == *hash);
    let members: Vec<&ListVersion> = if set.members.is_empty() {
        vec![find(&set.hash)?]
    } else {
        set.members.iter().map(find).collect::<Option<_>>()?
    };
    let mut parties = Vec::new();
    for line in members.iter().flat_map(|version| version.parties.lines()) {
        parties.push(serde_json::from_str::<Party>(line).ok()?);
    }
    let stamp = |version: &&ListVersion| Stamp {
        name: version.name.clone(),
        date: version.date.clone(),
        hash: version.hash.clone(),
        lists: Vec::new(),
    };
    let lists = if set.members.is_empty() { Vec::new() } else { members.iter().map(stamp).collect() };
    let watchlist = Watchlist::new(&set.name, &set.date, &parties).of_lists(lists);
    (watchlist.stamp().hash == set.hash).then_some(watchlist)
}

/// Keeps the lists of a watchlist, each version once. The built-in one is in the program.
pub(super) fn keep_watchlist(change: &Transaction, watchlist: &Watchlist) -> Result<()> {
    let hash = &watchlist.stamp().hash;
    let known = change.prepare_cached("SELECT 1 FROM watchlists WHERE hash = $1")?.exists([hash])?;
    if known || *hash == Watchlist::starter().stamp().hash {
        return Ok(());
    }
    let (set, versions) = split(watchlist)?;
    keep(change, &set, &versions)
}

/// Keeps lists.
pub(super) fn keep(change: &Transaction, set: &Watchlists, versions: &[ListVersion]) -> Result<()> {
    for version in versions {
        let known = change.prepare_cached("SELECT 1 FROM lists WHERE hash = $1")?.exists([&version.hash])?;
        if !known {
            change.execute(
                "INSERT INTO lists (hash, name, date, parties) VALUES ($1, $2, $3, $4)",
                params![version.hash, version.name, version.date, pack(version.parties.as_bytes())?],
            )?;
        }
    }
    change.execute(
        "INSERT INTO watchlists (hash, name, date, members) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        params![set.hash, set.name, set.date, set.members.join(" ")],
    )?;
    Ok(())
}

/// A set of lists; none where it is not kept (the built-in one).
pub(super) fn load(db: &Connection, hash: &str) -> Result<Option<(Watchlists, Vec<ListVersion>)>> {
    let sql = "SELECT name, date, members FROM watchlists WHERE hash = $1";
    let row: Option<(String, String, String)> =
        db.query_row(sql, [hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let Some((name, date, members)) = row else { return Ok(None) };
    let members: Vec<String> = members.split_whitespace().map(str::to_owned).collect();
    let set = Watchlists { hash: hash.into(), name, date, members };
    let own = [hash.to_owned()];
    let wanted = if set.members.is_empty() { own.as_slice() } else { &set.members };
    let versions = wanted.iter().map(|hash| list(db, hash)).collect::<Result<_>>()?;
    Ok(Some((set, versions)))
}

/// A version of a list.
fn list(db: &Connection, hash: &str) -> Result<ListVersion> {
    let sql = "SELECT name, date, parties FROM lists WHERE hash = $1";
    let row: Option<(String, String, Vec<u8>)> =
        db.query_row(sql, [hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let (name, date, parties) =
        row.ok_or_else(|| DeskError::Damaged(format!("the list {hash} is missing")))?;
    let parties = String::from_utf8(unpack(&parties)?)
        .map_err(|_| DeskError::Damaged(format!("the list {name} of {date}")))?;
    Ok(ListVersion { hash: hash.into(), name, date, parties })
}

impl Store {
    /// The parties of a version of a list, where it is kept.
    pub(crate) fn list_parties(&self, hash: &str) -> Result<Option<Vec<Party>>> {
        if !self.db.prepare_cached("SELECT 1 FROM lists WHERE hash = $1")?.exists([hash])? {
            return Ok(None);
        }
        let version = list(&self.db, hash)?;
        let parties =
            version.parties.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
        Ok(Some(parties))
    }
}
