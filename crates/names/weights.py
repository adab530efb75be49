#!/usr/bin/env python3
"""What each number of src/weights.rs does: makes it a fifth smaller and a fifth larger, all others left, and prints the change of F1 in
thousandths over labelled pairs of names: of each file, then of both. Works on a copy of the crate that reads the numbers when it runs.

    crates/names/weights.py ../shared/bench/name_bench.csv ../shared/bench/entity_checks.yml
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"pub\(crate\) const ([A-Z_]+): f32 = ([0-9.]+);")
RULES = re.compile(r"const (PERSON|VESSEL|ORGANISATION): Rules = Rules \{(.*?)\};", re.S)
LAZY = "static {0}: std::sync::LazyLock<{1}> = std::sync::LazyLock::new(|| {2});"
EXAMPLE = """fn main() {
    use lagebild_names::eval::{read_bench, read_checks, run};
    let [bench, checks] = [1, 2].map(|n| std::env::args().nth(n).unwrap());
    let text = |path: &str| std::fs::read_to_string(path).unwrap();
    let (one, two) = (run(&read_bench(&text(&bench))).all, run(&read_checks(&checks, &text(&checks)).unwrap()).all);
    let mut both = one;
    (both.hits, both.misses, both.alarms) = (one.hits + two.hits, one.misses + two.misses, one.alarms + two.alarms);
    println!("{} {} {}", one.f1(), two.f1(), both.f1());
}"""


def copy(folder: Path) -> dict[str, str]:
    """Copies what is needed; the numbers become variables of the environment. Answers their values."""
    for part in ("crates/names", "crates/data", "data/names"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "Cargo.lock", folder)
    manifest = re.sub(r"lagebild-(?!names|data)[a-z]+ = .*\n", "", (ROOT / "Cargo.toml").read_text())
    (folder / "Cargo.toml").write_text(manifest.replace('default-members = ["crates/cli"]\n', ""))
    source = folder / "crates/names/src"
    text = (source / "weights.rs").read_text()
    values = dict(NUMBER.findall(text))

    def rules(found: re.Match) -> str:
        kind, body = found.groups()
        values.update({f"{kind}.{name}": value for name, value in re.findall(r"(\w+): ([0-9.]+)", body)})
        body = re.sub(r"(\w+): ([0-9.]+)", rf'\1: var("{kind}.\1", \2)', body)
        return LAZY.format(kind, "Rules", f"Rules {{{body}}}")

    text = NUMBER.sub(lambda it: "pub(crate) " + LAZY.format(it[1], "f32", f'var("{it[1]}", {it[2]})'), text)
    text = RULES.sub(rules, text).replace("const fn of(", "fn of(")
    text += "fn var(name: &str, value: f32) -> f32 { std::env::var(name).map_or(value, |by| value * by.parse::<f32>().unwrap()) }"
    (source / "weights.rs").write_text(text)
    head, body = (source / "judge.rs").read_text().split("/// The weights behind a score.", 1)
    for name in (name for name in values if "." not in name):
        body = re.sub(rf"(?<![:A-Z_]){name}(?![A-Z_])", f"(*{name})", body)
    (source / "judge.rs").write_text(head + "/// The weights behind a score." + body)
    (folder / "crates/names/examples").mkdir(exist_ok=True)
    (folder / "crates/names/examples/weights.rs").write_text(EXAMPLE)
    return values


def main() -> None:
    files = [str(Path(file).resolve()) for file in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        values = copy(folder)
        build = ["cargo", "build", "--release", "--quiet", "-p", "lagebild-names", "--example", "weights"]
        subprocess.run(build, cwd=folder, check=True)

        def figures(*variable: str) -> list[float]:
            command = ["env", *variable, folder / "target/release/examples/weights", *files]
            return [float(it) for it in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]

        now = figures()
        print("F1", *(f"{it:.4f}" for it in now))
        for name, value in values.items():
            changes = [[1000 * (a - b) for a, b in zip(figures(f"{name}={by}"), now)] for by in ("0.8", "1.2")]
            print(f"{name:24} {value:>6}", *("  ".join(f"{it:+6.1f}" for it in change) for change in changes), sep="   ")


if __name__ == "__main__":
    main()
