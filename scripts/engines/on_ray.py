#!/usr/bin/env python3
"""Reads a folder of Parquet files with articles on Ray Data: names alone, Parquet out (docs/engines.md).

    on_ray.py SOURCE TARGET [--workers 2]
"""

import argparse
import os
from pathlib import Path

import pyarrow
import ray

import lagebild
from output import once

# Ray makes one block of many small files, and one block is one worker's.
BLOCKS = 16


class Reader:
    """What each worker does with its batches; the lists are loaded once a worker."""

    def __init__(self):
        self.lists = lagebild.Watchlist.starter()

    def __call__(self, batch):
        return pyarrow.table(lagebild.scan(batch, watchlist=self.lists, quick=True, threads=1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

    def work(folder):
        # Two more, for the tasks that read and write files.
        ray.init(num_cpus=args.workers + 2, include_dashboard=False, object_store_memory=256 << 20)
        articles = ray.data.read_parquet(str(args.source.resolve())).repartition(BLOCKS)
        read = articles.map_batches(Reader, batch_format="pyarrow", batch_size=None, compute=ray.data.ActorPoolStrategy(size=args.workers))
        read.write_parquet(str(folder))
        ray.shutdown()

    once(args.source, args.target, work)


if __name__ == "__main__":
    main()
