"""Where a run's output lies: a folder named after what went in, with a manifest that is written last.

    TARGET/KEY/rows/*.parquet
    TARGET/KEY/manifest.json

The key is a hash of the input's bytes, the program and the lists. A folder without a manifest is left over from a run that was cut off, and is made anew.
"""

import hashlib
import json
import os
import shutil

import pyarrow.parquet

import lagebild


def once(source, target, work):
    """Lets `work` write Parquet files into a folder, unless the same input was read with the same program before."""
    going_in = {"input": [sealed(file) for file in parquet(source)], "version": version()}
    key = hashlib.sha256(json.dumps(going_in, sort_keys=True).encode()).hexdigest()[:32]
    place = target / key
    if (place / "manifest.json").exists():
        print(f"nothing to do: {place} holds it")
        return place
    part = target / f"{key}.part"
    for left_over in (part, place):
        shutil.rmtree(left_over, ignore_errors=True)
    part.mkdir(parents=True)
    work(part / "rows")
    files = [{**sealed(file), "rows": pyarrow.parquet.read_metadata(file).num_rows} for file in parquet(part / "rows")]
    manifest = {**going_in, "files": files, "rows": sum(file["rows"] for file in files)}
    (part / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    os.rename(part, place)
    print(f"{manifest['rows']} rows in {place}")
    return place


def version():
    """What the answers depend on beside the input: the program with its data, the lists, how it was asked."""
    stamp = lagebild.read("-", watchlist=lagebild.Watchlist.starter(), quick=True, as_of="2024-01-01")["stamp"]
    return {
        "wheel": lagebild.__version__,
        "program": stamp["program"],
        "watchlist": stamp["watchlist"]["hash"],
        "quick": True,
    }


def parquet(folder):
    return sorted(folder.glob("*.parquet"))


def sealed(file):
    return {"name": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
