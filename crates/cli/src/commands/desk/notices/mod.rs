//! `lagebild desk notices`: telling others what lists changed, by mail and webhook. Only whom `notices.yaml` names is told.

mod send;
mod settings;

use super::Args;
use crate::exit::{Exit, UsageError};
use crate::print::{Format, plain, print, print_json};
use anyhow::Result;
use jiff::Timestamp;
use lagebild_desk::{Kept, Store, Target};
use settings::Settings;
use std::fmt::Write;
use std::time::Duration;

/// What is done with notices.
#[derive(clap::Subcommand)]
pub(super) enum Notices {
    /// Notices that wait, that were sent, and that were given up (dead)
    List {
        /// Only those that were given up, with what they say
        #[arg(long)]
        dead: bool,
    },
    /// Send what is due
    Send {
        /// Until nothing waits any more
        #[arg(long)]
        wait: bool,
    },
    /// Send notices that were given up once more, and try them as often again
    Again {
        /// Number of one; without it all
        number: Option<i64>,
    },
    /// Take a notice away that is not to be sent any more
    Drop {
        /// Its number
        number: i64,
    },
}

/// What became of notices.
#[derive(Debug, Default)]
pub(super) struct Sent {
    sent: usize,
    failed: Vec<String>,
}

/// Whom `notices.yaml` names, and how they are reached; none without such a file.
pub(super) struct Post(Option<Settings>);

impl Post {
    pub(super) fn of(args: &Args) -> Result<Self> {
        Ok(Self(Settings::beside(&args.store)?))
    }

    /// Who is told.
    pub(super) fn targets(&self) -> Vec<Target> {
        self.0.as_ref().map(Settings::targets).unwrap_or_default()
    }

    /// Sends what is due, each notice once.
    pub(super) fn send(&self, store: &mut Store) -> Result<Sent> {
        let mut done = Sent::default();
        let Some(settings) = &self.0 else { return Ok(done) };
        let began = Timestamp::now();
        // Time enough for a server that answers late, several times over.
        let lease = settings.patience() * 3;
        while let Some(outgoing) = store.take_notice(began, Timestamp::now() + lease, settings.most())? {
            let Err(why) = send::send(settings, &outgoing, Timestamp::now()) else {
                store.notice_sent(outgoing.number)?;
                done.sent += 1;
                continue;
            };
            let pause = settings.pause(outgoing.tries);
            // At least a second on, so that this round comes to an end.
            let next = pause.map(|pause| Timestamp::now() + Duration::from_secs(pause.max(1)));
            store.notice_failed(outgoing.number, &why, next)?;
            let then = next.map_or("given up".into(), |next| format!("again after {next:.0}"));
            done.failed.push(format!("notice {} to {}: {why}; {then}", outgoing.number, outgoing.target));
        }
        Ok(done)
    }
}

impl Sent {
    /// Tells on standard error what did not get there.
    pub(super) fn complain(&self) {
        for line in &self.failed {
            eprintln!("lagebild: {}", plain(line));
        }
    }
}

pub(super) fn run(args: &Args, notices: &Notices) -> Result<Exit> {
    let mut store = args.store()?;
    match notices {
        Notices::List { dead } => list(args, &store, *dead),
        Notices::Send { wait } => send(&Post::of(args)?, &mut store, *wait),
        Notices::Again { number } => {
            let again = store.notices_again(*number, Timestamp::now())?;
            if let (0, Some(number)) = (again, number) {
                return Err(UsageError(format!("no notice {number} was given up")).into());
            }
            print(&format!("{again} to be sent again\n"))?;
            send(&Post::of(args)?, &mut store, false)
        }
        Notices::Drop { number } => {
            if store.drop_notice(*number)? == 0 {
                return Err(UsageError(format!("no notice {number}")).into());
            }
            print(&format!("notice {number} is taken away\n"))
        }
    }
}

fn send(post: &Post, store: &mut Store, wait: bool) -> Result<Exit> {
    if post.0.is_none() {
        return Err(UsageError("there is no notices.yaml beside the desk: nobody is told".into()).into());
    }
    let mut sent = 0;
    let failed = loop {
        let done = post.send(store)?;
        done.complain();
        sent += done.sent;
        let next = store.next_notice()?.filter(|_| wait);
        let Some(next) = next else { break done.failed.len() };
        let seconds = (next.as_second() - Timestamp::now().as_second()).clamp(1, 60);
        std::thread::sleep(Duration::from_secs(seconds.unsigned_abs()));
    };
    print(&format!("{sent} sent\n"))?;
    Ok(if failed == 0 { Exit::Done } else { Exit::SomeInputsFailed })
}

fn list(args: &Args, store: &Store, dead: bool) -> Result<Exit> {
    let mut kept = store.notices()?;
    kept.retain(|it| !dead || it.state == "dead");
    if args.format == Format::Json {
        return print_json(&kept);
    }
    let mut text = String::new();
    for it in &kept {
        let Kept { number, target, state, made, tries, .. } = it;
        let _ = write!(text, "{number}  {state}  {made}  to {}, tried {tries} times", plain(target));
        if let Some(next) = &it.next {
            let _ = write!(text, ", next {next}");
        }
        if !it.why.is_empty() {
            let _ = write!(text, ": {}", plain(&it.why));
        }
        text.push('\n');
        for told in it.notice.iter().filter(|_| dead).flat_map(|notice| &notice.news) {
            let _ = writeln!(text, "  {} {} ({}, {})", told.party, told.what.words(), told.list, told.day);
        }
    }
    print(&text)
}
