//! `lagebild eval yente`: recorded calls of yente, put to our server.

use crate::exit::Exit;
use crate::print::print_line;
use anyhow::{Context, Result};
use lagebild_server::data::Snapshot;
use lagebild_server::{App, Settings, replay, router};
use lagebild_watchlist::store::Store;
use std::path::Path;
use std::sync::Arc;

/// Plays all recordings of a folder and prints what differs.
pub(super) fn run(folder: &Path) -> Result<Exit> {
    let recordings = replay::recordings(folder)?;
    let config = replay::config(folder, &recordings);
    let snapshot = Snapshot::load(config, &Store::new(folder), false)?;
    let router = router(App::with(Settings::default(), Arc::clone(&snapshot)));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no threads to work with")?;
    let mut same = 0;
    for (name, recording) in &recordings {
        let outcome = runtime.block_on(replay::play(&router, &snapshot.entities, name, recording));
        same += usize::from(outcome.differences.is_empty());
        for difference in &outcome.differences {
            print_line(&format!("{name}: {difference}"))?;
        }
    }
    print_line(&format!("{same} of {} calls answered alike", recordings.len()))?;
    Ok(Exit::Done)
}
