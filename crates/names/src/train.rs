//! Learning the confusion tables from groups of spellings of the same name (`lagebild train spellings`).
//!
//! Words of a group in different scripts, and different Latin spellings, are aligned sound by sound with the table so
//! far; what stands opposite each other is counted; the counts make the next table (Viterbi training of a stochastic
//! edit distance, Ristad & Yianilos 1998). Pairs that do not align at all (translations, other names) drop out.

use crate::{
    confusion::{Confusion, SOUNDS, SYSTEMS, System, TableFile, slot},
    readings,
    script::Script,
    sound::{Sounds, letters, starting_cost},
};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rounds of counting.
const ROUNDS: usize = 5;
/// Pairs taken from one group for one system; more would let large groups speak louder.
const PAIRS_OF_GROUP: usize = 6;
/// Most pairs for one system.
const MOST_PAIRS: usize = 120_000;
/// Share of typing errors among letters that the tables allow for.
const TYPING_ERRORS: f64 = 0.008;
/// Pairs that reach a smaller share of their best evidence say nothing.
const LEAST_SHARE: f64 = 0.25;
/// The same for Han characters: the groups hold readings of several languages, and most are of another one.
const LEAST_SHARE_HAN: f64 = 0.6;

/// A native word, in all its readings, and a Latin spelling of the same name.
struct Pair {
    native: Vec<Sounds>,
    latin: Sounds,
}

/// Counts of one round.
struct Counts {
    pairs: Vec<[f64; SOUNDS]>,
    native: [f64; SOUNDS],
    latin: [f64; SOUNDS],
}

/// Learns the tables from lines of spellings, separated by commas; what follows `=>` is left out. Answers the content of
/// `data/names/confusions.yaml`. The same lines give the same text.
pub fn train(lines: &str, mut progress: impl FnMut(&str)) -> String {
    let mut tables: BTreeMap<System, TableFile> = BTreeMap::new();
    let groups: Vec<Vec<(Script, String)>> = lines.lines().filter_map(group).collect();
    for system in SYSTEMS {
        let pairs = pairs(&groups, system);
        progress(&format!("{system:?}: {} pairs", pairs.len()));
        tables.insert(system, learn(&pairs, system));
    }
    yaml(&tables)
}

/// The single words of a line with their scripts.
fn group(line: &str) -> Option<Vec<(Script, String)>> {
    let spellings = line.split("=>").next()?;
    let words = spellings.split(',').map(|word| crate::fold::fold(word.trim()));
    let mut group: Vec<(Script, String)> = words
        .filter(|word| !word.is_empty() && !word.contains(char::is_whitespace))
        .filter_map(|word| Some((word.chars().find_map(Script::of)?, word)))
        .collect();
    group.dedup();
    (group.len() > 1).then_some(group)
}

fn pairs(groups: &[Vec<(Script, String)>], system: System) -> Vec<Pair> {
    let mut all = Vec::new();
    for group in groups {
        let latin: Vec<&str> = group
            .iter()
            .filter(|(script, _)| *script == Script::Latin)
            .map(|(_, word)| word.as_str())
            .collect();
        let mut taken = 0;
        for (script, word) in group {
            let native = read(word, *script, system);
            if native.is_empty() {
                continue;
            }
            let others = latin.iter().filter(|other| system != System::Latin || **other > word.as_str());
            for other in others {
                let latin = Sounds::of_spelling(other, false);
                if taken < PAIRS_OF_GROUP && latin.codes().len() > 1 {
                    all.push(Pair { native: native.clone(), latin });
                    taken += 1;
                }
            }
        }
        if all.len() >= MOST_PAIRS {
            break;
        }
    }
    all
}

/// The readings of a word in a system; none when it is written otherwise.
fn read(word: &str, script: Script, system: System) -> Vec<Sounds> {
    let word = readings::unified(word.to_string(), script);
    let mut found = readings::readings(&word, script, true);
    found.retain(|reading| System::of(script, reading.route()) == system && reading.codes().len() > 1);
    if script == Script::Digit || script == Script::Other { Vec::new() } else { found }
}

fn learn(pairs: &[Pair], system: System) -> TableFile {
    let least = if system >= System::Mandarin { LEAST_SHARE_HAN } else { LEAST_SHARE };
    let mut table = starting();
    let mut kept = 0;
    for _ in 0..ROUNDS {
        let mut counts =
            Counts { pairs: vec![[0.0; SOUNDS]; SOUNDS], native: [0.0; SOUNDS], latin: [0.0; SOUNDS] };
        kept = 0;
        for pair in pairs {
            let judged = pair.native.iter().map(|native| (table.evidence(native, &pair.latin), native));
            let Some((evidence, native)) = judged.max_by_key(|(evidence, _)| evidence.bits) else { continue };
            if f64::from(evidence.bits) < least * f64::from(evidence.best) {
                continue;
            }
            kept += 1;
            count(&table, native, &pair.latin, &mut counts);
        }
        if system == System::Latin {
            counts.mirror();
        }
        table = counts.table();
    }
    file(&table, kept)
}

/// The first table, from the hand-made costs: what costs nothing speaks for, what costs a typing error speaks against.
fn starting() -> Confusion {
    let mut pairs = Box::new([[-500i16; SOUNDS]; SOUNDS]);
    let mut alone = [-300i16; SOUNDS];
    for a in letters() {
        for b in letters() {
            let cost = starting_cost(a, b).min(100);
            pairs[slot(a)][slot(b)] = 350 - 8 * cost.cast_signed();
        }
        if b"aeiouAIUyjwh".contains(&a) {
            alone[slot(a)] = -100;
        }
    }
    Confusion::with(pairs, alone, alone)
}

/// Counts what stands opposite each other in the best alignment.
fn count(table: &Confusion, native: &Sounds, latin: &Sounds, counts: &mut Counts) {
    let (natives, latins) = (native.codes(), latin.codes());
    let mut best = vec![[0i32; Sounds::MOST + 1]; natives.len() + 1];
    for (j, &q) in latins.iter().enumerate() {
        best[0][j + 1] = best[0][j] + i32::from(table.latin_alone[slot(q)]);
    }
    for (i, &p) in natives.iter().enumerate() {
        best[i + 1][0] = best[i][0] + i32::from(table.native_alone[slot(p)]);
        for (j, &q) in latins.iter().enumerate() {
            best[i + 1][j + 1] = (best[i][j] + i32::from(table.pairs[slot(p)][slot(q)]))
                .max(best[i][j + 1] + i32::from(table.native_alone[slot(p)]))
                .max(best[i + 1][j] + i32::from(table.latin_alone[slot(q)]));
        }
    }
    let (mut i, mut j) = (natives.len(), latins.len());
    while i > 0 || j > 0 {
        if i > 0 && j > 0 {
            let (p, q) = (slot(natives[i - 1]), slot(latins[j - 1]));
            if best[i][j] == best[i - 1][j - 1] + i32::from(table.pairs[p][q]) {
                counts.pairs[p][q] += 1.0;
                (i, j) = (i - 1, j - 1);
                continue;
            }
        }
        if i > 0 && best[i][j] == best[i - 1][j] + i32::from(table.native_alone[slot(natives[i - 1])]) {
            counts.native[slot(natives[i - 1])] += 1.0;
            i -= 1;
        } else {
            counts.latin[slot(latins[j - 1])] += 1.0;
            j -= 1;
        }
    }
}

impl Counts {
    /// Counts every pair in both directions.
    fn mirror(&mut self) {
        let pairs = self.pairs.clone();
        for (i, row) in pairs.iter().enumerate() {
            for (j, n) in row.iter().enumerate() {
                self.pairs[j][i] += n;
            }
        }
        let sum: [f64; SOUNDS] = std::array::from_fn(|i| self.native[i] + self.latin[i]);
        (self.native, self.latin) = (sum, sum);
    }

    /// Log-odds against sounds that stand together by chance, with room for typing errors.
    fn table(&self) -> Confusion {
        let sum = |row: &[f64]| row.iter().sum::<f64>();
        let (alone_n, alone_l) = (sum(&self.native), sum(&self.latin));
        let together: f64 = self.pairs.iter().map(|row| sum(row)).sum();
        let all = (together + alone_n + alone_l).max(1.0);
        let share = |n: f64, of: f64| (n + 0.5) / (of + 0.5 * SOUNDS as f64);
        let native: [f64; SOUNDS] =
            std::array::from_fn(|i| share(sum(&self.pairs[i]) + self.native[i], together + alone_n));
        let latin: [f64; SOUNDS] = std::array::from_fn(|j| {
            share(self.pairs.iter().map(|row| row[j]).sum::<f64>() + self.latin[j], together + alone_l)
        });
        let bits = |probability: f64, chance: f64| {
            let mixed = (1.0 - TYPING_ERRORS) * probability / chance + TYPING_ERRORS * 0.5;
            (mixed.log2() * 100.0).round().clamp(-1000.0, 1000.0) as i16
        };
        let mut pairs = Box::new([[0i16; SOUNDS]; SOUNDS]);
        for (i, row) in pairs.iter_mut().enumerate() {
            for (j, entry) in row.iter_mut().enumerate() {
                *entry = bits(self.pairs[i][j] / all, native[i] * latin[j]);
            }
        }
        let alone = |counts: &[f64; SOUNDS], chance: &[f64; SOUNDS]| {
            std::array::from_fn(|i| bits(counts[i] / all, chance[i]))
        };
        Confusion::with(pairs, alone(&self.native, &native), alone(&self.latin, &latin))
    }
}

/// The table without the entries that are as rare as a typing error.
fn file(table: &Confusion, learnt_from: usize) -> TableFile {
    let other = ((TYPING_ERRORS * 0.5).log2() * 100.0).round() as i16;
    let said = |bits: i16| bits > other + 10;
    let row = |bits: &dyn Fn(u8) -> i16| -> BTreeMap<char, i16> {
        letters().map(|code| (char::from(code), bits(code))).filter(|(_, bits)| said(*bits)).collect()
    };
    let pairs = letters().map(|a| (char::from(a), row(&|b| table.pairs[slot(a)][slot(b)])));
    TableFile {
        learnt_from,
        other,
        native_alone: row(&|code| table.native_alone[slot(code)]),
        latin_alone: row(&|code| table.latin_alone[slot(code)]),
        pairs: pairs.filter(|(_, row)| !row.is_empty()).collect(),
    }
}

/// YAML with one line for each sound.
fn yaml(tables: &BTreeMap<System, TableFile>) -> String {
    let row = |row: &BTreeMap<char, i16>| -> String {
        let entries: Vec<String> =
            row.iter().map(|(sound, bits)| format!("{}: {bits}", key(*sound))).collect();
        format!("{{{}}}", entries.join(", "))
    };
    let mut text = String::from(HEAD);
    for (system, table) in tables {
        let name = format!("{system:?}").to_lowercase();
        let _ = write!(text, "{name}:\n  learnt_from: {}\n  other: {}\n", table.learnt_from, table.other);
        let _ = write!(
            text,
            "  native_alone: {}\n  latin_alone: {}\n",
            row(&table.native_alone),
            row(&table.latin_alone)
        );
        text += if table.pairs.is_empty() { "  pairs: {}\n" } else { "  pairs:\n" };
        for (sound, entries) in &table.pairs {
            let _ = writeln!(text, "    {}: {}", key(*sound), row(entries));
        }
    }
    text
}

/// `y`, `n` and the like mean true and false in YAML.
fn key(sound: char) -> String {
    format!("\"{sound}\"")
}

const HEAD: &str = "\
# How strongly two sounds speak for being spellings of the same, in hundredths of a bit: learnt, not written by hand
# (`lagebild train spellings`; see crates/names/src/train.rs). The sounds are those of sounds.yaml. For each writing system:
# native_alone, latin_alone: a sound that only this side writes; pairs: native sound, then Latin sound; other: everything else.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_opposite_often_is_learnt_and_the_same_lines_give_the_same_text() {
        let names = ["путин", "петров", "павлов", "попов", "тополев", "питонов"];
        let line = |name: &&str| [*name, &readings::spelling(name, Script::Cyrillic)].join(", ");
        let lines = names.iter().map(line).collect::<Vec<_>>().join("\n");
        let text = train(&lines, |_| {});
        assert_eq!(text, train(&lines, |_| {}));
        let tables: BTreeMap<System, TableFile> = lagebild_data::parse("confusions.yaml", &text).unwrap();
        let cyrillic = &tables[&System::Cyrillic];
        assert_eq!(cyrillic.learnt_from, names.len());
        assert!(cyrillic.pairs[&'p'][&'p'] > 100, "{text}");
        assert!(!cyrillic.pairs[&'p'].contains_key(&'t'));
    }

    #[test]
    fn the_data_file_is_well_formed_and_a_wrong_entry_is_named() {
        let yaml = include_str!("../../../data/names/confusions.yaml");
        let tables = lagebild_data::parse::<BTreeMap<System, TableFile>>("confusions.yaml", yaml).unwrap();
        assert_eq!(tables.len(), SYSTEMS.len());
        let wrong = "latin:\n  learnt_from: many\n";
        let error =
            lagebild_data::parse::<BTreeMap<System, TableFile>>("confusions.yaml", wrong).unwrap_err();
        assert_eq!(error.line, 2);
    }
}
