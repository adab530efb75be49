//! What all commands print with. A pipe that nobody reads any more ends a command quietly, which `println!` does not.

use crate::exit::Exit;
use anyhow::Result;
use std::io::Write;

/// How answers are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For reading
    #[default]
    Text,
    /// One JSON value
    Json,
}

/// Prints a value as JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<Exit> {
    print(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// Prints to standard output.
pub(crate) fn print(text: &str) -> Result<Exit> {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

/// Prints a line to standard output.
pub(crate) fn print_line(text: &str) -> Result<Exit> {
    print(&format!("{text}\n"))
}

/// Foreign words without what could drive a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{FFFD}' } else { letter }).collect()
}

/// Words broken into lines that fit the terminal, each with the indent; 100 columns where there is none.
pub(crate) fn wrapped(indent: usize, words: &str) -> String {
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 160);
    let margin = " ".repeat(indent);
    let mut lines = String::new();
    let mut line = margin.clone();
    for word in words.split_whitespace() {
        let filled = line.chars().count();
        if filled > indent && filled + 1 + word.chars().count() > width {
            lines.push_str(&line);
            lines.push('\n');
            line = format!("{margin}  ");
        } else if filled > indent {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines + &line + "\n"
}
