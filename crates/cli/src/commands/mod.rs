//! One file per command: its arguments and what it calls.

mod read;

use crate::exit::Exit;
use clap::Subcommand;

/// What the user asks for. Add a command: a file here, a variant, an arm.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read articles and print their case file
    Read(read::Args),
}

/// Runs a command.
pub(crate) fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Read(args) => read::run(&args),
    }
}
