//! What the whole-process tests share: running the command, a folder of their own.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod chromium;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The built command.
pub(crate) fn lagebild() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lagebild"));
    command.env("LAGEBILD_LISTS", Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-lists"));
    command.env_remove("NO_COLOR").env_remove("COLUMNS").stdin(Stdio::null());
    command
}

/// Runs the command with arguments.
pub(crate) fn run(args: &[&str]) -> Output {
    lagebild().args(args).output().expect("the command starts")
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A fresh folder under the target folder, named after the test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    path
}
