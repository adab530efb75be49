//! Runs fuzz targets on stable, without coverage: `stir SECONDS [TARGET…]`. Known inputs are mutated at random; one that makes
//! a target panic, overflow its stack or take more than ten seconds is kept in `artifacts/<target>`.

use lagebild_fuzz::{TARGETS, Target};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longer inputs only take longer.
const LONGEST: usize = 20_000;
const SLOW: Duration = Duration::from_secs(10);

/// Pieces that parsers look at.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&#x110000;",
    "&amp;",
    "&",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\ud800",
    ":",
    ": ",
    "- ",
    "-",
    "\n",
    "\r",
    "\t",
    "\0",
    ",",
    ";",
    "|",
    "*",
    "&a",
    "*a",
    "!!",
    "---",
    "...",
    "#",
    "```",
    "    ",
    "%%",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    "18446744073709551615",
    "9999-99-99",
    "0000-00-00",
    "null",
    "true",
    "\u{202e}",
    "\u{feff}",
    "\u{0301}",
    "ß",
    "İ",
    "ﬃ",
    "한",
    "字",
    "א",
    "🏴‍☠️",
    "\u{fffd}",
    "„",
    "“",
    "’",
    "_",
    "\n%%\n",
    "\n\n",
];

/// xorshift64*: the same run again with the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() >> 11) as usize % end }
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 16 };
        start..length.min(start + self.below(most + 1))
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len() + 1);
        match self.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = self.next() as u8,
            2 => drop(bytes.drain(self.range(bytes.len()))),
            3 => {
                let again = bytes[self.range(bytes.len())].repeat(1 + self.below(4));
                drop(bytes.splice(at..at, again));
            }
            4 => drop(bytes.splice(at..at, other[self.range(other.len())].iter().copied())),
            5 => {
                let piece = PIECES[self.below(PIECES.len())];
                let times = if self.below(20) == 0 { self.below(3000) } else { 1 };
                drop(bytes.splice(at..at, piece.repeat(times).into_bytes()));
            }
            6 if self.below(10) == 0 => bytes.truncate(at),
            _ => {
                let piece = PIECES[self.below(PIECES.len())];
                let range = self.range(bytes.len());
                drop(bytes.splice(range, piece.bytes()));
            }
        }
        bytes.truncate(LONGEST);
    }
}

fn seeds(folders: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| {
            std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten().map(|entry| entry.path())
        })
        .collect();
    files.sort();
    let mut seeds: Vec<Vec<u8>> = files.iter().filter_map(|file| std::fs::read(file).ok()).collect();
    seeds.iter_mut().for_each(|seed| seed.truncate(LONGEST));
    seeds.push(Vec::new());
    seeds
}

/// Runs one target; false when an input makes it fail.
fn run((name, target, folders): &Target, time: Duration) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("artifacts").join(name);
    std::fs::create_dir_all(&folder).expect("a folder for what fails");
    let last = folder.join("last");
    let (seeds, mut random) = (seeds(folders), Random(0x9E37_79B9_7F4A_7C15));
    let (start, mut runs, mut slowest) = (Instant::now(), 0_u64, Duration::ZERO);
    while start.elapsed() < time {
        let mut bytes = seeds[random.below(seeds.len())].clone();
        for _ in 0..random.below(8) {
            let other = random.below(seeds.len());
            random.mutate(&mut bytes, &seeds[other]);
        }
        // Kept before it runs: a stack that overflows leaves no time for it.
        std::fs::write(&last, &bytes).expect("a file for the input");
        let began = Instant::now();
        let failed = catch_unwind(|| target(&bytes)).is_err();
        let took = began.elapsed();
        if failed || took > SLOW {
            let kept = folder.join(format!("{}-{runs}", if failed { "panic" } else { "slow" }));
            std::fs::write(&kept, &bytes).expect("a file for the input");
            eprintln!("{name}: {} after {runs} runs", kept.display());
            return false;
        }
        (runs, slowest) = (runs + 1, slowest.max(took));
    }
    let _ = std::fs::remove_file(last);
    println!("{name}: {runs} runs, the slowest {slowest:.0?}");
    true
}

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds = args.next().and_then(|word| word.parse().ok()).expect("stir SECONDS [TARGET…]");
    let only: Vec<String> = args.collect();
    let chosen = TARGETS.iter().filter(|(name, ..)| only.is_empty() || only.iter().any(|it| it == name));
    let failed = chosen.filter(|target| !run(target, Duration::from_secs(seconds))).count();
    std::process::exit(i32::from(failed > 0));
}
