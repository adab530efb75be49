//! The chain of a case: entries, each of which holds the hash of the one before.
//!
//! An entry is its head (who, when, what kind of act, the hash of its body), its body (the act itself) and, where its author has a
//! key, a signature. The hash of an entry is that of its head's bytes. A body can be taken away later (a person's data
//! must go) and the chain still holds.
//!
//! What a chain shows: bytes that turned, entries that were removed, put in, reordered or changed. What it cannot show alone: that
//! somebody wrote the whole chain anew, or cut off its end. Against that stand signatures, and the hash of the last entry
//! kept elsewhere.

use crate::act::Act;
use crate::hash::sha256;
use crate::sign::{Signer, is_signed};
use serde::{Deserialize, Serialize};

/// The head of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The case.
    pub case: String,
    /// Its place in the chain, from 1.
    pub entry: u64,
    /// Hash of the entry before; empty for the first.
    pub before: String,
    /// When, RFC 3339 in UTC.
    pub at: jiff::Timestamp,
    /// Who.
    pub by: String,
    /// SHA-256 of the body.
    pub body: String,
    /// The public key of who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// An entry, as exact text: what is hashed is what is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The [`Head`] as JSON.
    pub head: String,
    /// The [`Act`] as JSON; none where it was taken away.
    pub body: Option<String>,
    /// Signature over [`signed_line`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// Something wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the chain as it lies there, from 1; 0 for the chain as a whole.
    pub entry: u64,
    /// What is wrong.
    pub what: String,
}

impl Entry {
    /// The entry's hash.
    pub fn hash(&self) -> String {
        sha256(self.head.as_bytes())
    }

    /// The head's fields.
    pub fn parsed(&self) -> Result<Head, serde_json::Error> {
        serde_json::from_str(&self.head)
    }

    /// The act, unless it was taken away.
    pub fn act(&self) -> Result<Option<Act>, serde_json::Error> {
        self.body.as_deref().map(serde_json::from_str).transpose()
    }
}

/// What a signature of an entry is over.
pub(crate) fn signed_line(hash: &str) -> String {
    format!("lagebild entry {hash}")
}

/// Makes the entry after those before.
pub(crate) fn next(mut head: Head, act: &Act, signer: Option<&Signer>) -> crate::error::Result<Entry> {
    let body = serde_json::to_string(act)?;
    head.body = sha256(body.as_bytes());
    head.key = signer.map(Signer::public);
    let mut entry = Entry { head: serde_json::to_string(&head)?, body: Some(body), signature: None };
    entry.signature = signer.map(|signer| signer.sign(&signed_line(&entry.hash()))).transpose()?;
    Ok(entry)
}

/// Everything wrong with a chain. `keys` are the public keys that are trusted; where there are any, every entry of a person must
/// be signed with one of them.
pub fn problems(case: &str, entries: &[Entry], keys: &[String]) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut before = String::new();
    let mut last = None;
    for (entry, place) in entries.iter().zip(1..) {
        let mut say = |what: String| found.push(Problem { entry: place, what });
        match entry.parsed() {
            Err(error) => say(format!("its head cannot be read: {error}")),
            Ok(head) => {
                one(case, place, &before, entry, &head, &mut say);
                signature(entry, &head, keys, &mut say);
                if last.is_some_and(|last| head.at < last) {
                    say("it is older than the entry before".into());
                }
                last = Some(head.at);
            }
        }
        before = entry.hash();
    }
    if entries.is_empty() {
        found.push(Problem { entry: 0, what: "there is no entry".into() });
    }
    found
}

fn one(case: &str, place: u64, before: &str, entry: &Entry, head: &Head, say: &mut impl FnMut(String)) {
    if serde_json::to_string(head).ok().as_ref() != Some(&entry.head) {
        say("its head is not written as this program writes it".into());
    }
    if head.case != case {
        say(format!("it belongs to the case `{}`", head.case));
    }
    if head.entry != place {
        say(format!("it is number {} and lies at place {place}: removed, put in or reordered", head.entry));
    }
    if head.before != before {
        say("it does not follow from the entry before: changed, removed, put in or reordered".into());
    }
    let Some(body) = &entry.body else { return };
    if sha256(body.as_bytes()) != head.body {
        say("its content was changed".into());
    } else if let Err(error) = entry.act() {
        say(format!("its content cannot be read: {error}"));
    }
}

fn signature(entry: &Entry, head: &Head, keys: &[String], say: &mut impl FnMut(String)) {
    match (&head.key, &entry.signature) {
        (None, None) if keys.is_empty() => {}
        (None, None) => say(format!("it bears the name of {} and is not signed", head.by)),
        (Some(_), None) => say("its signature was taken away".into()),
        (None, Some(_)) => say("a signature was put in".into()),
        (Some(key), Some(signature)) => {
            if !is_signed(key, &signed_line(&entry.hash()), signature) {
                say("its signature is wrong".into());
            } else if !keys.is_empty() && !keys.contains(key) {
                say(format!("it is signed with a key that is not among those given: {key}"));
            }
        }
    }
}
