//! One file per command: its arguments and what it calls.

mod demo;
mod eval;
mod lists;
mod read;

use crate::exit::Exit;
use clap::Subcommand;

/// What the user asks for. Add a command: a file here, a variant, an arm.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read articles and print their case file
    Read(read::Args),
    /// Read three built-in articles against built-in data: a first look, not for compliance
    Demo(demo::Args),
    /// Sanctions lists on this machine: add, status, show, diff, remove
    Lists(lists::Args),
    /// Measure the product against data given by path
    #[command(subcommand)]
    Eval(eval::Eval),
}

/// Runs a command.
pub(crate) fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Read(args) => read::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Lists(args) => lists::run(&args),
        Command::Eval(eval) => eval::run(&eval),
    }
}
