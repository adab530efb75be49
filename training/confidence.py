"""Fits the weights of `data/models/reader/{confidence,statements}.yaml`: how probable it is that a transfer is told with its
right sides, a statement with its right speaker.

    VENV/bin/python confidence.py SUPPORTS.jsonl

`SUPPORTS.jsonl` is what `cargo run -p lagebild-eval --example supports` writes for passages that the reader was not trained on.
Prints the weights of both and how far they are right on the half that they were not fitted on.
"""

import json
import sys

import numpy as np

STARTS = ["alone", "both", "unseen"]
TRANSFER, STATEMENT = ["item", "giver", "receiver"], ["reader"]
# How a side was found; an open one weighs nothing.
WAYS = ["syntax", "reader", "before", "later"]


def odds(chance: "float | None") -> float:
    if chance is None:
        return 0.0
    chance = min(0.98, max(0.02, chance))
    return float(np.log(chance / (1 - chance)))


def features(support: dict, names: "list[str]") -> "list[float]":
    by_rule = support["frame" if names is TRANSFER else "rule"]
    start = "alone" if not by_rule else "unseen" if support[names[0]] is None else "both"
    sides = [side for side in ("giver_by", "receiver_by") if side in support]
    ways = [float(support[side] == way) for side in sides for way in WAYS]
    return [float(name == start) for name in STARTS] + [odds(support[name]) for name in names] + ways


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Newton's method, with a small ridge."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(x.shape[1])
        weights += np.linalg.solve(hessian, x.T @ (y - p) - 0.5 * weights)
    return weights


def report(rows: "list[dict]", names: "list[str]") -> None:
    x = np.array([features(row["support"], names) for row in rows])
    y = np.array([float(row["right"]) for row in rows])
    half = np.arange(len(y)) % 2 == 0
    p = 1 / (1 + np.exp(-x[~half] @ fit(x[half], y[half])))
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(f"# {low:.1f}: {inside.sum():4} {y[~half][inside].mean():.2f}")
    ways = [f"{side}.{way}" for side in ("giver_by", "receiver_by") for way in WAYS] if names is TRANSFER else []
    for name, weight in zip(STARTS + names + ways, fit(x, y)):
        print(f"{name}: {weight:.2f}")


def main() -> None:
    rows = [json.loads(line) for line in open(sys.argv[1])]
    for names in (TRANSFER, STATEMENT):
        report([row for row in rows if names[0] in row["support"]], names)


if __name__ == "__main__":
    main()
