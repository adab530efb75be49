#!/usr/bin/env python3
"""Checks that the untrained nets are those of reference.py: the fixture's vectors and labels. Run it before any training.

usage: check.py --models ../shared/models [--encoder FILE.safetensors [--write FILE.json]]
With another encoder only the labels are compared and shown. `--write` makes of what that encoder says the fixture that the
product's port is tested against (crates/grammar/src/encoder/fixture.json): do so after each training.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch

import tensors
from model import Encoder, FeatureGroups, load
from tree import best_tree


def one_sentence(pieces: list[list[int]]) -> tuple[list[int], dict]:
    """Piece numbers and the batch of a single window of one sentence."""
    n, count = len(pieces), [len(p) for p in pieces]
    ids = [0, *[k for p in pieces for k in p], 2]
    word_of = torch.tensor([n, *np.repeat(np.arange(n), count), n])
    at = torch.arange(n)
    batch = dict(mask=torch.ones(1, len(ids), dtype=torch.bool), word_of=word_of, pieces=torch.tensor(count).float(), longest=n,
                 row_of=torch.zeros(n, dtype=torch.long), lengths=torch.tensor([n]), cell=at, head_cell=at + 1)
    return ids, batch


@torch.no_grad()
def read(net: Encoder, label: dict, rows: np.ndarray, case: dict) -> dict:
    """Vectors and labels of one case of the fixture."""
    ids, batch = one_sentence(case["pieces"])
    block = rows[ids].reshape(-1, 18)
    low, high = (block[:, 2:] & 15).astype(np.int8) - 8, (block[:, 2:] >> 4).astype(np.int8) - 8
    vectors = torch.from_numpy((np.concatenate([low, high], 1) * block[:, :2].copy().view("<f2").astype(np.float32)).reshape(1, -1, 384))
    means, _ = net.encode(batch, vectors, torch.tensor([label["TBI"][case["treebank"]]]))
    arcs, head_rel, own = net.arcs(batch, means[1])
    heads = best_tree(arcs[0].numpy())
    feats = FeatureGroups(label, "cpu")(net.feat(means[0])).argmax(-1).tolist()
    values = [[label["VAL"][a][k] for a, k in zip(label["ATTRS"], row)] for row in feats]
    tell = lambda scores, key: [label[key][k] for k in scores.argmax(-1).tolist()]  # noqa: E731
    return dict(
        vectors=[m[0][:8].tolist() for m in means[:3]], heads=heads.tolist(), upos=tell(net.upos(means[0]), "UPOS"),
        feats=["|".join(f"{a}={v}" for a, v in zip(label["ATTRS"], row) if v != "_") or "_" for row in values],
        relation=tell(net.relations(head_rel, own, torch.from_numpy(heads)), "RELS"),
        germeval=tell(net.nG(means[2]), "GER"), names=tell(net.nU(means[2]), "UNE"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--models", type=Path, required=True)
    options.add_argument("--encoder", type=Path)
    options.add_argument("--write", type=Path)
    given = options.parse_args()
    file = given.encoder or given.models / "student-6.safetensors"
    label = json.loads((file.parent / "labels.json").read_text())
    net = Encoder(6, {"LANGUAGE": {}, **label}, one_pass=True).eval()
    load(net, tensors.read(file), label, {})
    rows = np.memmap(given.models / "words.q4", np.uint8, "r").reshape(-1, 216)
    wrong, written = 0, []
    for case in json.loads((given.models / "fixture.json").read_text()):
        found = read(net, label, rows, case)
        short = [[round(x, 4) for x in vector] for vector in found["vectors"]]
        written.append({**case, **found, "vectors": short})
        if not given.encoder:
            far = np.abs(np.array(found["vectors"]) - np.array(case["vectors"])).max()
            print(f"{case['treebank']}: vectors differ by {far:.5f} at most")
            wrong += far > 2e-3
        for key in ("upos", "feats", "heads", "relation", "germeval", "names"):
            differ = [(w, a, b) for w, a, b in zip(case["words"], found[key], case[key]) if a != b]
            if differ:
                print(f"{case['treebank']} {key}: {differ}")
                wrong += 1
    if given.write:
        given.write.write_text(json.dumps(written, ensure_ascii=False, indent=1))
    print("all as in the fixture" if not wrong else f"{wrong} differences")
    sys.exit(bool(wrong) and not given.encoder)


if __name__ == "__main__":
    main()
