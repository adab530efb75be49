//! `lagebild read FILE…`: articles in, case file out.

use crate::exit::Exit;

/// Arguments of `lagebild read`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<std::path::PathBuf>,
}

/// Reads the inputs.
#[expect(clippy::unnecessary_wraps, reason = "every command can fail")]
pub(crate) fn run(_args: &Args) -> anyhow::Result<Exit> {
    Ok(Exit::Done)
}
