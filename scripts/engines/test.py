#!/usr/bin/env python3
"""Spark and Ray against one process: the same rows, also when a worker is lost; nothing new when run again. scripts/test-engines starts it."""

import argparse
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import pyarrow
import pyarrow.parquet

import lagebild
from documents import documents
from output import once, parquet

FILES = 16
# What a worker's process is called while it works. Executors of Spark are Java processes; an actor of Ray has what it does in its name.
ENGINES = {"spark": r"CoarseGrainedExecutorBackend", "ray": r"^ray::MapWorker.*MapBatches\(Reader\)\)\.submit"}
LONGEST = 600


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=8000)
    parser.add_argument("--engine", choices=ENGINES, action="append", help="default: all")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="of Spark")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    more = {"spark": ["--master", args.master], "ray": ["--workers", "2"]}
    with tempfile.TemporaryDirectory(prefix="engines-") as folder:
        folder = Path(folder)
        source = folder / "source"
        write(source, args.documents)
        print(f"{args.documents} generated articles, {FILES} files, names alone, starter list; seconds with the start of the engine")
        print(f"{'engine':12} {'workers':36} {'seconds':>8} {'rows':>8} {'hits':>8} {'errors':>7}  rows' hash  equal")
        rows = [show(one_process(source, folder / "alone"))]
        for engine in args.engine or ENGINES:
            for lost in (False, True):
                rows.append(show(on_engine(engine, more[engine], source, folder / f"{engine}-{lost}", lost, rows[0])))
    sys.exit(not all(row["equal"] for row in rows))


def write(folder, number):
    """The articles, one in a thousand without a text: what cannot be read must come out as well."""
    folder.mkdir()
    rows = [{**row, "text": None} if at % 1000 == 999 else row for at, row in enumerate(documents(number))]
    for at in range(FILES):
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows[at::FILES]), folder / f"articles-{at:02}.parquet")


def one_process(source, target):
    start = time.perf_counter()

    def work(folder):
        folder.mkdir()
        lists = lagebild.Watchlist.starter()
        for file in parquet(source):
            made = lagebild.scan(pyarrow.parquet.read_table(file), watchlist=lists, quick=True, threads=1)
            pyarrow.parquet.write_table(pyarrow.table(made), folder / file.name)

    place = once(source, target, work)
    return {"engine": "one process", "workers": "1", **came_out(place, time.perf_counter() - start), "equal": True}


def on_engine(engine, more, source, target, lost, alone):
    """Runs the engine's program; ends a worker in the middle if `lost`, else runs it a second time."""
    command = [sys.executable, str(HERE / f"on_{engine}.py"), str(source), str(target), *more]
    start = time.perf_counter()
    log = target.with_suffix(".log")
    with log.open("w") as out:
        run = subprocess.Popen(command, stdout=out, stderr=out, cwd=target.parent, start_new_session=True)
        try:
            note = end_a_worker(run, ENGINES[engine], target) if lost else ""
            code = run.wait(LONGEST)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
    taken = time.perf_counter() - start
    if code != 0:
        raise SystemExit(f"{engine} ended with {code}:\n{log.read_text()[-4000:]}")
    (place,) = target.iterdir()
    row = {"engine": engine, "workers": f"2{note}", **came_out(place, taken)}
    row["equal"] = all(row[field] == alone[field] for field in ("rows", "hits", "errors", "hash"))
    if not lost:
        before = state(target)
        again = subprocess.run(command, capture_output=True, text=True, cwd=target.parent, timeout=LONGEST)
        row["equal"] &= state(target) == before and "nothing to do" in again.stdout
    return row


def end_a_worker(run, name, target):
    """Kills one worker of our own engine when an eighth of the files is written; what was done till then."""
    while run.poll() is None:
        written = len(list(target.glob("*.part/rows/**/*.parquet")))
        if written >= FILES // 8:
            worker = next((pid for pid in below(run.pid) if re.search(name, command_of(pid))), None)
            if worker is not None and written < FILES:
                os.kill(worker, signal.SIGKILL)
                return f", one killed after {written} of {FILES} files"
        time.sleep(0.02)
    raise SystemExit("the run was over before a worker could be killed: take more --documents")


def below(parent):
    """All processes that a process started, and those that they started."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            above = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(above, []).append(int(stat.parent.name))
    found, open_ = [], [parent]
    while open_:
        inner = children.get(open_.pop(), [])
        found += inner
        open_ += inner
    return found


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def came_out(place, seconds):
    """The totals of the rows and one hash over the sorted hashes of each."""
    hashes, hits, errors = [], 0, 0
    for file in parquet(place / "rows"):
        for row in pyarrow.parquet.read_table(file).to_pylist():
            hits += len(row["hits"] or [])
            errors += row["error"] is not None
            hashes.append(hashlib.sha256(json.dumps(row, sort_keys=True, default=str).encode()).hexdigest())
    manifest = json.loads((place / "manifest.json").read_text())
    assert manifest["rows"] == len(hashes), place
    whole = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    return {"seconds": seconds, "rows": len(hashes), "hits": hits, "errors": errors, "hash": whole}


def state(folder):
    """Every file with its time and bytes."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return [(str(file), file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]


def show(row):
    counts = f"{row['seconds']:8.1f} {row['rows']:8} {row['hits']:8} {row['errors']:7}"
    print(f"{row['engine']:12} {row['workers']:36} {counts}  {row['hash'][:10]}  {'yes' if row['equal'] else 'NO'}", flush=True)
    return row


if __name__ == "__main__":
    main()
