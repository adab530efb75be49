#!/usr/bin/env python3
"""Runs nomenklatura's logic-v2 over pairs that `lagebild eval names … --pairs-out FILE` wrote.

Only for measuring: install the peer in a throw-away virtual environment (pip install nomenklatura), never as a dependency.
Prints recall and false positives at 0.7 and pairs a second, for each schema.
"""
import json
import sys
import time
from collections import defaultdict

from followthemoney import model
from nomenklatura.matching import LogicV2


def main(path: str) -> None:
    config = LogicV2.default_config()
    groups = defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            pair = json.loads(line)
            # Every entity has an id of its own: the matcher keeps what it has prepared by id.
            sides = [
                model.get_proxy({"id": f"{side}{number}", "schema": pair["schema"], "properties": {"name": pair[side]}})
                for side in ("query", "candidate")
            ]
            groups[pair["schema"]].append((pair["same"], *sides))
    for schema, pairs in sorted(groups.items()):
        began = time.perf_counter()
        scores = [(same, LogicV2.compare(a, b, config).score) for same, a, b in pairs]
        seconds = time.perf_counter() - began
        same = [score for is_same, score in scores if is_same]
        others = [score for is_same, score in scores if not is_same]
        share = lambda values: sum(value >= 0.7 for value in values) / max(len(values), 1)
        print(f"{schema}: recall {share(same):.3f} of {len(same)}, wrong {share(others):.4f} of {len(others)}, "
              f"{len(pairs) / seconds:.0f} pairs a second")


main(sys.argv[1])
