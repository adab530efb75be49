//! The `lagebild` command: it parses arguments, calls the crates, prints, and sets the exit code.
//! Nothing is worked out here.

#![warn(clippy::print_stdout)]

mod commands;
mod exit;
mod print;

use clap::Parser;
use std::process::ExitCode;

/// Makes case files of reporting: who says what about whom, and which embargo provisions it touches.
#[derive(Parser)]
#[command(name = "lagebild", version, after_help = exit::HELP)]
struct Cli {
    #[command(subcommand)]
    command: commands::Command,
}

/// The server loads lists anew while it runs, from many threads; the system's allocator keeps most of what the old ones
/// took.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(Cli::parse().command) {
        Ok(exit) => exit.into(),
        Err(error) if exit::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lagebild: {error:#}");
            exit::of_error(&error).into()
        }
    }
}
