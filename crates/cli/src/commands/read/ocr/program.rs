//! One run of tesseract for one page, in bounded time and memory.

use lagebild_formats::Picture;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A page that takes longer is given up.
const LONGEST: Duration = Duration::from_mins(2);
/// Between two looks whether a page is done.
const PAUSE: Duration = Duration::from_millis(10);
/// Most bytes of an answer: a page of small print has a tenth of it.
const MOST_BYTES: u64 = 16 << 20;

/// The program as it is installed.
#[derive(Debug)]
pub(super) struct Tesseract {
    path: PathBuf,
    /// Name and version.
    pub(super) version: String,
    /// Names of the languages that are recognised.
    pub(super) languages: Vec<String>,
    /// It can tell how a page is turned.
    turns: bool,
}

impl Tesseract {
    /// The program at a path.
    pub(super) fn new(path: PathBuf, languages: Vec<String>, turns: bool) -> Result<Self, String> {
        let told = ask(&path, "--version")?;
        let version = told.lines().next().unwrap_or_default().trim().chars().take(60).collect();
        Ok(Self { path, version, languages, turns })
    }

    /// Names of the languages that are installed.
    pub(super) fn installed(path: &Path) -> Result<Vec<String>, String> {
        let told = ask(path, "--list-langs")?;
        Ok(told.lines().skip(1).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
    }

    /// The words on a page as tesseract's table.
    pub(super) fn read(&self, picture: &Picture) -> Result<String, String> {
        let layout = if self.turns { "1" } else { "3" };
        let mut command = Command::new(&self.path);
        command.args(["stdin", "stdout", "-l", &self.languages.join("+"), "--psm", layout, "--dpi"]);
        command.arg(picture.dpi.to_string()).arg("tsv");
        // Pages are read side by side, so one thread each.
        command.env("OMP_THREAD_LIMIT", "1");
        let mut page = format!("P5\n{} {}\n255\n", picture.width, picture.height).into_bytes();
        page.extend_from_slice(&picture.grey);
        let (out, told) = run(command, &page, LONGEST)?;
        out.ok_or_else(|| {
            format!("tesseract failed: {}", told.lines().last().unwrap_or("it says nothing").trim())
        })
    }
}

/// What the program answers about itself; older ones do so on standard error.
fn ask(path: &Path, what: &str) -> Result<String, String> {
    let mut command = Command::new(path);
    command.arg(what);
    let (out, told) = run(command, &[], Duration::from_secs(20))?;
    let out = out.ok_or_else(|| format!("{} {what} fails", path.display()))?;
    Ok(if out.trim().is_empty() { told } else { out })
}

/// Runs a program to its end or to the end of the time: its output (none where it failed) and what it says of it.
fn run(mut command: Command, input: &[u8], longest: Duration) -> Result<(Option<String>, String), String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.spawn().map_err(|error| format!("{name} cannot be run: {error}"))?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // It may end without having read all.
            let _ = stdin.map(|mut pipe| pipe.write_all(input));
        });
        let out = scope.spawn(move || all(stdout));
        let told = scope.spawn(move || all(stderr));
        let ended = wait(&mut child, longest);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let out = text(out.join().unwrap_or_default());
        let told = text(told.join().unwrap_or_default());
        match ended {
            Ok(true) => Ok((Some(out), told)),
            Ok(false) => Ok((None, told)),
            Err(reason) => Err(format!("{name} {reason}")),
        }
    })
}

/// What a program writes, up to a limit. What comes after it is read too, so that the program can end.
fn all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.by_ref().take(MOST_BYTES).read_to_end(&mut bytes);
        let _ = std::io::copy(&mut pipe, &mut std::io::sink());
    }
    bytes
}

/// Waits for the end; true when all went well. What takes too long is ended.
fn wait(child: &mut Child, longest: Duration) -> Result<bool, String> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if begun.elapsed() < longest => std::thread::sleep(PAUSE),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("took longer than {} seconds: given up", longest.as_secs()));
            }
            Err(error) => return Err(format!("cannot be waited for: {error}")),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_does_not_end_is_ended_and_a_failure_is_told() {
        let shell = |words: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", words]);
            command
        };
        let error = run(shell("exec sleep 60"), &vec![0; 1 << 20], Duration::from_millis(50)).unwrap_err();
        assert!(error.contains("given up"), "{error}");
        let failed = run(shell("echo why >&2; exit 3"), &[], LONGEST).unwrap();
        assert_eq!(failed, (None, "why\n".to_owned()));
        let echoed = run(shell("cat"), "Кит".as_bytes(), LONGEST).unwrap();
        assert_eq!(echoed.0.as_deref(), Some("Кит"));
    }
}
