"""Times Python over Arrow against the command on the same generated data, one thread each.

Both start from a Parquet file and write one, or JSON Lines in the command's case, as that is what it has. The time of loading the lists is
taken off by running each on few rows first. Every pair of runs is made several times and the best of each counts.
"""

import argparse
import json
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

import pyarrow
import pyarrow.parquet

import lagebild

FEW = 8
TURNS = 3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--command", required=True)
    parser.add_argument("--lists-folder")
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--names", type=int, default=20000)
    args = parser.parse_args()
    lists = lagebild.Watchlist.stored(args.lists_folder) if args.lists_folder else lagebild.Watchlist.starter()
    chosen = ["--lists-folder", args.lists_folder] if args.lists_folder else ["--lists", "starter"]
    print(f"{len(lists)} parties, one thread each; rows a second:")
    with tempfile.TemporaryDirectory() as folder:
        for what, rows, command, python in (
            ("quick reading", texts(args.texts), quick, lambda table: lagebild.scan(table, watchlist=lists, quick=True, threads=1)),
            ("screening", names(args.names), screen, lambda table: lagebild.screen_table(table, watchlist=lists, threads=1)),
        ):
            report(what, rows, Path(folder), [args.command, chosen], command, python)


def report(what, rows, folder, program, command, python):
    ours = rate(rows, lambda rows, name: over_arrow(rows, folder / name, python), "python")
    its = rate(rows, lambda rows, name: command(rows, folder / name, *program), "command")
    print(f"{what}: Python {ours:,.0f}, the command {its:,.0f}, ratio {ours / its:.2f}")


def rate(rows, work, name):
    """Rows a second, without what few rows cost."""
    least = min(work(rows[:FEW], f"{name}-few-{turn}") for turn in range(TURNS))
    all_rows = min(work(rows, f"{name}-all-{turn}") for turn in range(TURNS))
    return (len(rows) - FEW) / (all_rows - least)


def over_arrow(rows, file, python):
    """A Parquet file in, one out."""
    source = file.with_suffix(".parquet")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), source)
    start = time.perf_counter()
    made = pyarrow.table(python(pyarrow.parquet.read_table(source)))
    pyarrow.parquet.write_table(made, file.with_suffix(".out.parquet"))
    taken = time.perf_counter() - start
    assert made.num_rows == len(rows)
    return taken


def quick(rows, file, program, chosen):
    source = file.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    asked = ["read", str(source), "--quick", "--format", "json", "--threads", "1", "--out", str(file.with_suffix(".json")), *chosen]
    return timed([program, *asked])


def screen(rows, file, program, chosen):
    source = file.with_suffix(".parquet")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), source)
    asked = ["screen", "--table", str(source), "--threads", "1", "--out", str(file.with_suffix(".jsonl")), "--yes", "--format", "json"]
    return timed([program, *asked, *chosen])


def timed(run):
    start = time.perf_counter()
    done = subprocess.run(run, capture_output=True, text=True, env=os.environ)
    taken = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    return taken


GIVEN = "Anna Boris Carla Dmitri Elena Farid Georg Hana Igor Jana Karim Lena Mahmoud Nadia Oleg Petra Qasim Rosa Sergei Tariq".split()
FAMILY = "Abramov Bauer Castro Dolgov Eriksen Fuchs Ghorbani Haddad Ivanov Jansen Kim Lebedev Moreau Nasser Orlov Park Romero Sokolov".split()
LISTED = ["Kim Jong Un", "Dmitri Peskow", "Wladimir Putin", "Vladimir Putin", "Sergei Lavrov"]
WORDS = """the a government company ministry council report week month city region harbour airline bank market budget school
team court weather station bridge price member agency official spokesman visit talks plan vote law paper study winter summer
said found opened closed raised cut agreed refused told met left reached planned began ended with for from after before over""".split()


def texts(number):
    """Articles of some 400 words; one in five names somebody who is listed."""
    draw = random.Random(1)
    return [{"id": str(at), "text": article(draw, at % 5 == 0), "published": "2024-05-01", "language": "en"} for at in range(number)]


def article(draw, listed):
    sentences = []
    for _ in range(30):
        words = draw.choices(WORDS, k=12)
        if draw.random() < 0.3:
            words[0] = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"
        sentences.append(" ".join(words).capitalize() + ".")
    if listed:
        sentences.insert(5, f"{draw.choice(LISTED)} {' '.join(draw.choices(WORDS, k=8))}.")
    return "A headline about nothing\n\n" + " ".join(sentences)


def names(number):
    draw = random.Random(2)
    plain = lambda: f"{draw.choice(GIVEN)} {draw.choice(GIVEN)} {draw.choice(FAMILY)}"
    return [{"id": str(at), "name": draw.choice(LISTED) if at % 50 == 0 else plain(), "schema": "Person"} for at in range(number)]


if __name__ == "__main__":
    main()
