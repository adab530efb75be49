//! `lagebild desk …`: cases that are kept, items that are decided, bundles that prove themselves, lists that are watched.
//!
//! Here, and only here, the desk learns who acts and what time it is.

mod add;
mod bundles;
mod items;
mod keeping;
mod notices;
mod people;
mod shown;
mod watch;

pub(crate) use add::Intake;

use super::lists::Choice as Lists;
use crate::exit::{Exit, UsageError};
use crate::print::Format;
use anyhow::{Context, Result};
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use lagebild_desk::sign::Signer;
use lagebild_desk::{Choice, DeskError, Doing, ItemRef, Store};
use std::path::PathBuf;
use std::str::FromStr;

/// Arguments of `lagebild desk`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// File of the store (else `$LAGEBILD_DESK`, else the standard data folder)
    #[arg(long, global = true, value_name = "FILE", default_value_os_t = standard_file())]
    store: PathBuf,
    /// Who acts (else `$LAGEBILD_USER`, else the name that the system knows you by)
    #[arg(long, global = true, value_name = "NAME")]
    user: Option<String>,
    /// File of a secret key of minisign to sign with (else `$LAGEBILD_KEY`); its password, where it has one, stands in
    /// `$LAGEBILD_KEY_PASSWORD`
    #[arg(long, global = true, value_name = "FILE")]
    key: Option<PathBuf>,
    /// How to print
    #[arg(long, global = true, value_enum, default_value_t)]
    format: Format,
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Open a case
    Open {
        /// Its short name: letters, digits, - _ and .
        case: String,
        /// What it is about
        #[arg(long, value_name = "WORDS", default_value = "")]
        title: String,
        /// A second person must confirm each decision
        #[arg(long)]
        four_eyes: bool,
    },
    /// The cases, and how much waits in each
    Cases,
    /// Read articles, store them in a case (opened where there is none), and put what is to be decided into the queue
    Add(add::Add),
    /// What waits for a decision, the most pressing first
    Queue(items::Queue),
    /// One item with all that is known of it
    Show {
        /// The item: case/number
        item: Pointer,
    },
    /// Decide an item
    Decide {
        /// The item as the queue shows it: case/number@version
        item: Pointer,
        /// What it is
        choice: Chosen,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
        /// What else is to be remembered
        #[arg(long, value_name = "WORDS")]
        note: Option<String>,
    },
    /// Confirm what somebody else proposed (cases with --four-eyes)
    Confirm {
        /// The item as the queue shows it: case/number@version
        item: Pointer,
    },
    /// Take the last decision on an item back; what was decided before it stands again
    Undo {
        /// The item: case/number
        item: Pointer,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Give items to somebody, until a day
    Assign {
        /// The items: case/number
        #[arg(required = true)]
        items: Vec<Pointer>,
        /// To whom; to nobody without it
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// Until when
        #[arg(long, value_name = "DATE")]
        due: Option<Date>,
    },
    /// Note something on a case or an item
    Note {
        /// A case, or an item: case/number
        on: String,
        /// The note
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Search the words of all documents
    Search {
        /// Words that a document must all have; the beginning of a word ends in *
        #[arg(required = true)]
        words: Vec<String>,
        /// In this case only
        #[arg(long)]
        case: Option<String>,
        /// Most documents
        #[arg(long, default_value_t = 20)]
        limit: u64,
    },
    /// Who did what in a case, when
    History {
        /// The case
        case: String,
    },
    /// Write a case with all that belongs to it into one file
    Export {
        /// The case
        case: String,
        /// The file to write
        file: PathBuf,
    },
    /// Take a case in from such a file
    Import {
        /// The file
        file: PathBuf,
    },
    /// Is a bundle what it says? Checks the chain, and reads every document again from the bundle alone
    Verify(bundles::Verify),
    /// Write the whole store as it is now into one file
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Make the store from a backup
    Restore {
        /// The backup
        file: PathBuf,
        /// In place of the store that is there
        #[arg(long)]
        replace: bool,
    },
    /// Watch names and parties: what do new versions of lists change?
    #[command(subcommand)]
    Watch(watch::Watch),
    /// Tell others what lists changed, by mail and webhook: whom `notices.yaml` beside the store names
    #[command(subcommand)]
    Notices(notices::Notices),
    /// Who looked at what of a case in the server's pages
    Access(keeping::Access),
    /// Remove a document, or all that names a person, from a case; the chain still verifies and says what was removed
    Forget(keeping::Forget),
    /// Set how long documents and notes of a case are kept
    Retain {
        /// The case
        case: String,
        /// Days, or `never` for as long as the case is
        days: keeping::Days,
    },
    /// Remove what was kept long enough: in cases with a period, and of the log of accesses. To be run every night
    Sweep,
    /// Who may sign in to the server's pages with a password (`lagebild serve --sign-in`)
    #[command(subcommand)]
    People(people::People),
    /// Make a pair of keys to sign with: NAME.key, which is secret, and NAME.pub
    Keys {
        /// Name of the files, without ending
        name: PathBuf,
    },
}

/// An item as a person writes it: `case/12`, or `case/12@3` with the version that was seen.
#[derive(Clone, Debug)]
struct Pointer {
    item: ItemRef,
    seen: Option<u64>,
}

impl FromStr for Pointer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "wants case/number or case/number@version, as the queue shows them".to_owned();
        let (case, rest) = text.rsplit_once('/').ok_or_else(wrong)?;
        let (number, seen) = rest.split_once('@').map_or((rest, None), |(number, seen)| (number, Some(seen)));
        let number = number.parse().map_err(|_| wrong())?;
        let seen = seen.map(|seen| seen.parse().map_err(|_| wrong())).transpose()?;
        Ok(Self { item: ItemRef { case: case.into(), number }, seen })
    }
}

/// What can be chosen.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Chosen {
    /// A hit: the name is the listed party's
    Same,
    /// A hit: it is somebody else's
    Another,
    /// It cannot be told yet
    Unsure,
    /// A flow or finding that matters
    Relevant,
    /// A flow or finding that does not
    Not,
}

impl From<Chosen> for Choice {
    fn from(chosen: Chosen) -> Self {
        match chosen {
            Chosen::Same => Self::Same,
            Chosen::Another => Self::Another,
            Chosen::Unsure => Self::Unsure,
            Chosen::Relevant => Self::Relevant,
            Chosen::Not => Self::Not,
        }
    }
}

/// `$LAGEBILD_DESK`, else beside the lists.
pub(super) fn standard_file() -> PathBuf {
    std::env::var_os("LAGEBILD_DESK")
        .map_or_else(|| super::lists::standard_folder().with_file_name("desk.db"), PathBuf::from)
}

/// Who sits here: `$LAGEBILD_USER`, else the name that the system knows them by.
pub(super) fn local_user() -> Option<String> {
    let name = |key: &str| std::env::var(key).ok().filter(|name| !name.is_empty());
    ["LAGEBILD_USER", "USER", "LOGNAME"].into_iter().find_map(name)
}

/// Does the job.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    job(args).map_err(told)
}

fn job(args: &Args) -> Result<Exit> {
    match &args.job {
        Job::Open { case, title, four_eyes } => items::open(args, case, title, *four_eyes),
        Job::Cases => items::cases(args),
        Job::Add(add) => add::run(args, add),
        Job::Queue(queue) => items::queue(args, queue),
        Job::Show { item } => items::show(args, item),
        Job::Decide { item, choice, reason, note } => {
            items::decide(args, item, *choice, reason, note.as_deref())
        }
        Job::Confirm { item } => items::confirm(args, item),
        Job::Undo { item, reason } => items::undo(args, item, reason),
        Job::Assign { items, to, due } => items::assign(args, items, to.as_deref(), *due),
        Job::Note { on, words } => items::note(args, on, &words.join(" ")),
        Job::Search { words, case, limit } => items::search(args, &words.join(" "), case.as_deref(), *limit),
        Job::History { case } => items::history(args, case),
        Job::Export { case, file } => bundles::export(args, case, file),
        Job::Import { file } => bundles::import(args, file),
        Job::Verify(verify) => bundles::verify(args, verify),
        Job::Backup { file } => bundles::backup(args, file),
        Job::Restore { file, replace } => bundles::restore(args, file, *replace),
        Job::Watch(watch) => watch::run(args, watch),
        Job::Notices(notices) => notices::run(args, notices),
        Job::Access(access) => keeping::access(args, access),
        Job::Forget(forget) => keeping::forget(args, forget),
        Job::Retain { case, days } => keeping::retain(args, case, *days),
        Job::Sweep => keeping::sweep(args),
        Job::People(people) => people::run(args, people),
        Job::Keys { name } => bundles::keys(name),
    }
}

/// What a person asked for that cannot be done is wrong usage; what is broken is not.
fn told(error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<DeskError>() {
        Some(DeskError::File(file)) => std::io::Error::new(file.kind(), file.to_string()).into(),
        None
        | Some(
            DeskError::Database(_) | DeskError::Damaged(_) | DeskError::Newer { .. } | DeskError::Bundle(_),
        ) => error,
        Some(_) => UsageError(format!("{error:#}")).into(),
    }
}

impl Args {
    /// The store, which must be there.
    fn store(&self) -> Result<Store> {
        if !self.store.exists() {
            return Err(UsageError(format!(
                "there is no desk in {}; `lagebild desk add CASE FILE` makes one",
                self.store.display()
            ))
            .into());
        }
        self.opened(Store::open_existing(&self.store))
    }

    /// The store, made where there is none.
    fn new_store(&self) -> Result<Store> {
        if let Some(folder) = self.store.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        self.opened(Store::open(&self.store))
    }

    fn opened(&self, store: Result<Store, DeskError>) -> Result<Store> {
        store.with_context(|| format!("cannot open {}", self.store.display()))
    }

    /// Does something as the person who sits here, now.
    fn act<T>(&self, act: impl FnOnce(&Doing) -> Result<T>) -> Result<T> {
        let by = self.user.clone().or_else(local_user);
        let by = by.ok_or_else(|| UsageError("say who acts: --user NAME, or $LAGEBILD_USER".into()))?;
        let signer = self.signer()?;
        act(&Doing { by: &by, at: jiff::Timestamp::now(), signer: signer.as_ref() })
    }

    fn signer(&self) -> Result<Option<Signer>> {
        let file = self.key.clone().or_else(|| std::env::var_os("LAGEBILD_KEY").map(PathBuf::from));
        let Some(file) = file else { return Ok(None) };
        let text =
            std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let password = std::env::var("LAGEBILD_KEY_PASSWORD").ok();
        Ok(Some(Signer::new(&text, password)?))
    }
}
