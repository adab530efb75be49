#!/usr/bin/env python3
"""Reads a folder of Parquet files with articles on Apache Spark: names alone, Parquet out (docs/engines.md).

    on_spark.py SOURCE TARGET [--master local-cluster[2,1,1024]]
"""

import argparse
import os
import sys
from pathlib import Path

import pyarrow
import pyspark
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

import lagebild
from output import once


def read(batches):
    """What each task does with its record batches; the lists are loaded once a task."""
    lists = lagebild.Watchlist.starter()
    for batch in batches:
        made = pyarrow.table(lagebild.scan(batch, watchlist=lists, quick=True, threads=1))
        yield from made.to_batches()


def columns():
    """The columns that come out, told by reading no article."""
    none = pyarrow.table({name: pyarrow.array([], pyarrow.string()) for name in ("id", "text")})
    made = pyarrow.table(lagebild.scan(none, watchlist=lagebild.Watchlist.starter(), quick=True))
    return from_arrow_schema(made.schema)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    args = parser.parse_args()
    # Where Spark came from PyPI: executors are started from there, with this Python.
    os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)

    def work(folder):
        builder = SparkSession.builder.appName("lagebild").master(args.master).config("spark.ui.enabled", "false")
        # A task of one file each: what a lost worker had in hand is little.
        builder = builder.config("spark.sql.files.openCostInBytes", "128m")
        spark = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "256").getOrCreate()
        articles = spark.read.parquet(str(args.source.resolve()))
        articles.mapInArrow(read, columns()).write.parquet(str(folder))
        spark.stop()

    once(args.source, args.target, work)


if __name__ == "__main__":
    main()
