//! `lagebild completions` and `lagebild man`: made from the very definitions that parse the command line.

use crate::exit::Exit;
use crate::print::print;
use anyhow::{Context, Result};
use clap::{Command, CommandFactory};
use std::path::{Path, PathBuf};

/// Arguments of `lagebild completions`.
#[derive(clap::Args)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Arguments of `lagebild man`.
#[derive(clap::Args)]
pub(crate) struct ManArgs {
    /// Folder to write a page for each command to; without it the first page is printed
    folder: Option<PathBuf>,
}

/// Prints what a shell needs to complete commands and flags.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut whole(), "lagebild", &mut script);
    print(&String::from_utf8(script).context("the script is no text")?)
}

/// Prints or writes the manual.
pub(crate) fn man(args: &ManArgs) -> Result<Exit> {
    let mut command = whole();
    let Some(folder) = &args.folder else { return print(&page(&command)?) };
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    command.build();
    write(&command, folder)
}

fn whole() -> Command {
    crate::Cli::command()
}

fn page(command: &Command) -> Result<String> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    String::from_utf8(text).context("the page is no text")
}

/// Writes the page of a command and of all below it: `lagebild-desk-add.1`.
fn write(command: &Command, folder: &Path) -> Result<Exit> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let path = folder.join(format!("{name}.1"));
    std::fs::write(&path, page(command)?).with_context(|| path.display().to_string())?;
    for below in command.get_subcommands().filter(|it| it.get_name() != "help") {
        write(below, folder)?;
    }
    Ok(Exit::Done)
}
