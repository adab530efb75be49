//! One file per command: its arguments and what it calls.

mod check;
mod demo;
#[cfg(feature = "desk")]
mod desk;
mod doctor;
#[cfg(feature = "eval")]
mod eval;
mod fetch;
mod goods;
mod licences;
mod lists;
mod manual;
mod measures;
mod read;
mod screen;
#[cfg(feature = "serve")]
mod serve;
mod train;
mod triage;
#[cfg(feature = "desk")]
mod watch;

use crate::exit::Exit;
use clap::Subcommand;

/// What the user asks for. Add a command: a file here, a variant, an arm.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read articles and print their case file
    Read(read::Args),
    /// Download pages, feeds and files, and read them
    Fetch(fetch::Args),
    /// Read new files of folders and new items of feeds as they come
    #[cfg(feature = "desk")]
    Watch(watch::Args),
    /// One ranked line for each document or group of copies: what to open first, and why
    Triage(triage::Args),
    /// Read three built-in articles against built-in data: a first look, not for compliance
    Demo(demo::Args),
    /// Which listed parties may a name, a record or each row of a table be?
    Screen(screen::Args),
    /// Sanctions lists on this machine: add, status, show, diff, remove
    Lists(lists::Args),
    /// Keep cases, decide what was found, prove it later, watch lists
    #[cfg(feature = "desk")]
    Desk(desk::Args),
    /// Which provisions a flow touches on a day, without an article
    Check(check::Args),
    /// The provisions in the data: list, show, diff, coverage
    #[command(subcommand)]
    Measures(measures::Action),
    /// Which class of goods a word, a system or a code stands for
    Goods(goods::Args),
    /// Whose data is in the program, under which licence
    Licences(licences::Args),
    /// Serve the API of yente, reading over HTTP, and pages to work with
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Whether lists, models, space, desk, configuration and address are as they should be
    Doctor(doctor::Args),
    /// What a shell needs to complete commands and flags
    Completions(manual::CompletionsArgs),
    /// The manual pages: print the first, or write all to a folder
    Man(manual::ManArgs),
    /// Train the tables by which names are compared
    #[command(subcommand)]
    Train(train::Train),
    /// Measure the product against data given by path
    #[cfg(feature = "eval")]
    #[command(subcommand)]
    Eval(eval::Eval),
    /// What this program was built without
    #[cfg(not(all(feature = "eval", feature = "desk", feature = "serve")))]
    #[command(external_subcommand)]
    Other(Vec<String>),
}

/// Runs a command.
pub(crate) fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Read(args) => read::run(&args),
        Command::Fetch(args) => fetch::run(&args),
        #[cfg(feature = "desk")]
        Command::Watch(args) => watch::run(&args),
        Command::Triage(args) => triage::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Screen(args) => screen::run(&args),
        Command::Lists(args) => lists::run(&args),
        #[cfg(feature = "desk")]
        Command::Desk(args) => desk::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Measures(action) => measures::run(&action),
        Command::Goods(args) => goods::run(&args),
        Command::Licences(args) => licences::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::man(&args),
        Command::Train(args) => train::run(&args),
        #[cfg(feature = "eval")]
        Command::Eval(eval) => eval::run(&eval),
        #[cfg(not(all(feature = "eval", feature = "desk", feature = "serve")))]
        Command::Other(words) => Err(left_out(&words).into()),
    }
}

/// A command that is not there, or was left out while building.
#[cfg(not(all(feature = "eval", feature = "desk", feature = "serve")))]
fn left_out(words: &[String]) -> crate::exit::UsageError {
    let asked = words.first().map_or("", String::as_str);
    crate::exit::UsageError(format!(
        "`{asked}` is no command of this program. It was built without `desk`, `watch`, `serve` and `eval`: `cargo build --release` \
         builds all; `lagebild --help` lists what is there."
    ))
}
