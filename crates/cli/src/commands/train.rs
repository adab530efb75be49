//! `lagebild train`: makes the tables by which names are compared, from spellings. The same data give the same bytes.
//! (The encoder of the grammar is trained by `training/`.)

use crate::exit::Exit;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// What to train.
#[derive(clap::Subcommand)]
pub(crate) enum Train {
    /// The confusion tables of names (`data/names/confusions.yaml`)
    Spellings {
        /// Groups of spellings of the same name, one group a line, separated by commas
        #[arg(long, value_name = "FILE")]
        spellings: PathBuf,
        /// File to write
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// Trains and writes.
pub(crate) fn run(train: &Train) -> Result<Exit> {
    let Train::Spellings { spellings, out } = train;
    let lines =
        std::fs::read_to_string(spellings).with_context(|| format!("cannot read {}", spellings.display()))?;
    let tables = lagebild_names::train::train(&lines, |progress| eprintln!("{progress}"));
    std::fs::write(out, tables).with_context(|| format!("cannot write {}", out.display()))?;
    Ok(Exit::Done)
}
