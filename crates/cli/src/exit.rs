//! Exit codes, the same for every command.

use std::process::ExitCode;

/// Shown under `--help`.
pub(crate) const HELP: &str = "Exit codes: 0 done; 1 something that --fail-on names was found; \
2 wrong usage; 3 some inputs could not be read (the others were); 4 a data file, list or model is wrong.";

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was done.
    Done,
    /// Something that `--fail-on` names was found.
    Found,
    /// Wrong usage.
    Usage,
    /// Some inputs could not be read; the others were.
    SomeInputsFailed,
    /// A data file, list or model is wrong.
    DataProblem,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Found => 1,
            Exit::Usage => 2,
            Exit::SomeInputsFailed => 3,
            Exit::DataProblem => 4,
        })
    }
}

/// An error of usage: what was asked for cannot be done as asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub(crate) String);

/// The exit code of an error that stopped a command.
pub(crate) fn of_error(error: &anyhow::Error) -> Exit {
    if error.is::<UsageError>() {
        Exit::Usage
    } else if error.is::<std::io::Error>() {
        Exit::SomeInputsFailed
    } else {
        Exit::DataProblem
    }
}

/// True when the reader of our output has gone away (`lagebild … | head`): not an error.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
