"""Trains the reader: layers and heads behind the encoder that find what goes from whom to whom, and who says what.

    VENV/bin/python arcs.py --lessons LESSONS.jsonl --models ../data/models/encoder --out OUT [--fold 0 | --ship]

The encoder stays as it is: the reader reads the same pieces with layers of its own, which begin as those of `--start`, a mixture of
their states, and heads on the words' vectors. In the last third of the steps its layers are rounded to 8 bits as in the product. Without `--ship` a fold is held out: it is read by the reader that was trained on the
others, which is written too, with the ids of the passages held out (`held.txt`). On processors with AMX or AVX512-BF16 it works in bfloat16.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import lessons
import tensors
from lessons import ALL_ROLES, CERTAINTY, KINDS, ROLES, STATUS, Batch, Case, Golds, Paths, batches
from reader import Pieces, Reader, write

# Pieces a step. It takes some 9 GiB of memory with twelve layers.
STEP = 5000
# Heads begin untrained: they learn so much faster than the layers.
QUICK = 8
# Series of passages that confidences are fitted on: nothing is learned from them.
FIT = {"y", "z"}
# From this share of the steps on layers are rounded.
EIGHT_BITS = 2 / 3


def bfloat16():
    """bfloat16 where the processor multiplies it."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def loss_of(reader: Reader, pieces: Pieces, cases: "list[Case]") -> Tensor:
    batch = Batch(cases)
    golds = Golds(cases, batch.words)
    with bfloat16():
        found, _, arcs, certainty, status = reader(pieces.vectors(batch), batch, lambda found: (golds.row, golds.anchor))
    target = torch.zeros_like(found)
    target[golds.row, golds.anchor, golds.kind] = 1
    total = F.binary_cross_entropy_with_logits(found[batch.inside], target[batch.inside], reduction="sum")
    if len(golds.row):
        right = torch.logsumexp(torch.log_softmax(arcs, -1).masked_fill(~golds.fillers, -1e4), -1)
        total = total - right[golds.asked].sum()
        logits = certainty.view(-1, len(KINDS), len(CERTAINTY))[torch.arange(len(golds.row)), golds.kind]
        total = total + 0.5 * F.cross_entropy(logits, golds.certainty, reduction="sum")
        goes = golds.kind == KINDS.index("transfer")
        total = total + 0.5 * F.cross_entropy(status[goes], golds.status[goes], reduction="sum")
    return total / len(cases)


@torch.no_grad()
def read(reader: Reader, pieces: Pieces, cases: "list[Case]"):
    """For each case the anchors found: (kind, word, probability, {role: probabilities}, certainty, status)."""
    reader.eval()
    found = {id(case): [] for case in cases}
    least = lambda found: tuple((torch.sigmoid(found).amax(-1) >= 0.1).nonzero().T)  # noqa: E731
    for group in batches(cases, 2000):
        batch = Batch(group)
        with bfloat16():
            found_at, (rows, words), scores, certainty, status = reader(pieces.vectors(batch), batch, least)
        chance, arcs = torch.sigmoid(found_at), torch.softmax(scores, -1)
        for n, (row, at) in enumerate(zip(rows.tolist(), words.tolist())):
            case = group[row]
            for k, kind in enumerate(KINDS):
                p = float(chance[row, at, k])
                if p >= 0.1 and at < len(case.spans):
                    roles = {role: arcs[n, ALL_ROLES.index(f"{kind}.{role}")].numpy() for role in ROLES[kind]}
                    sure = CERTAINTY[int(certainty[n].view(len(KINDS), -1)[k].argmax())]
                    found[id(case)].append((kind, at, p, roles, sure, STATUS[int(status[n].argmax())]))
    return found


def figures(cases, found, threshold=0.5):
    """Sums like those of `eval corpus`, on the windows."""
    sums = {kind: dict.fromkeys(["gold", "shown", "item", "right", "full", "wrong", "over", "uncertain"] + ROLES[kind], 0) for kind in KINDS}
    for case in cases:
        for kind in KINDS:
            total = sums[kind]
            free = [one for one in found[id(case)] if one[0] == kind and one[2] >= threshold]
            total["gold"] += len(case.golds[kind])
            total["shown"] += len(free)
            for gold in case.golds[kind]:
                uncertain = gold["certainty"] != "CT+" or kind == "transfer" and gold["status"] not in ("done", "ongoing")
                total["uncertain"] += uncertain
                match = [one for one in free if one[1] in gold["words"]]
                if not match:
                    continue
                one = max(match, key=lambda one: (one[1] == gold["anchor"], one[2]))
                free.remove(one)
                total["item"] += 1
                right, wrong = True, False
                for role in ROLES[kind]:
                    at = int(one[3][role].argmax())
                    words = case.mentions.get(gold[role], []) if gold[role] else []
                    good = (at == 0 and not words) or (at > 0 and at - 1 in words)
                    total[role] += good
                    if role != "source":
                        right &= good
                        wrong |= at > 0 and not good
                total["right"] += right
                total["wrong"] += wrong
                same = right and one[4] == gold["certainty"]
                if kind == "transfer":
                    same &= one[5] == gold["status"]
                    total["over"] += uncertain and one[4] == "CT+" and one[5] in ("done", "ongoing")
                total["full"] += same
            if kind == "transfer":
                total["wrong"] += sum(any(one[3][r].argmax() > 0 for r in ("giver", "receiver")) for one in free)
    return sums


def told(sums) -> str:
    lines = []
    for kind, t in sums.items():
        f = lambda n: 2 * n / max(1, t["gold"] + t["shown"])  # noqa: E731
        roles = " ".join(f"{r} {t[r] / max(1, t['item']):.3f}" for r in ROLES[kind])
        lines.append(f"  {kind:9} anchors F1 {f(t['item']):.3f}  sides F1 {f(t['right']):.3f} (P {t['right'] / max(1, t['shown']):.3f} R {t['right'] / max(1, t['gold']):.3f})"
                     f"  full {f(t['full']):.3f}  {roles}  wrong {t['wrong'] / max(1, t['shown']):.3f}  over {t['over'] / max(1, t['uncertain']):.3f}")
    return "\n".join(lines)


def train(reader: Reader, pieces: Pieces, cases: "list[Case]", epochs: int, rate: float, seed: int, report=None) -> None:
    jitter = random.Random(seed)
    torch.manual_seed(seed)
    given = ("layers.", "pos", "typ", "inp", "ln.")
    slow = [p for n, p in reader.named_parameters() if n.startswith(given)]
    heads = [p for n, p in reader.named_parameters() if not n.startswith(given)]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": rate}, {"params": heads, "lr": rate * QUICK}], weight_decay=0.01)
    bases = [group["lr"] for group in optimiser.param_groups]
    per, begin, step = len(batches(cases, STEP, jitter)), time.time(), 0
    for epoch in range(epochs):
        reader.train()
        total = 0.0
        for group in batches(cases, STEP, jitter):
            share = step / (per * epochs)
            reader.eight_bits(share >= EIGHT_BITS)
            for part, base in zip(optimiser.param_groups, bases):
                part["lr"] = base * max(0.0, min(1, share * 15) * (1 - share))
            loss = loss_of(reader, pieces, group)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
            optimiser.step()
            step += 1
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total / per:.3f}, {time.time() - begin:.0f} s", flush=True)
        if report and ((epoch + 1) % 4 == 0 or epoch + 1 == epochs):
            report()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lessons", type=Path, required=True)
    arguments.add_argument("--models", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--start", type=Path, required=True, help="an encoder whose layers it begins with")
    arguments.add_argument("--resume", type=Path, help="a reader that was trained before, to go on with")
    arguments.add_argument("--epochs", type=int, default=16)
    arguments.add_argument("--rate", type=float, default=1e-4)
    arguments.add_argument("--fold", type=int, default=0)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--ship", action="store_true", help="train on all folds")
    asked = arguments.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    cases = lessons.read(asked.lessons)
    paths = Paths(cases)
    if asked.resume:
        # Ways keep the numbers that the reader has learned.
        paths.keep(json.loads((asked.resume.parent / "labels.json").read_text())["ways"])
    for case in cases:
        case.numbers = case.ways(paths)
    pieces = Pieces(asked.models)
    reader = Reader(asked.start, len(paths.number) + 1)
    if asked.resume:
        reader.load_state_dict(tensors.read(asked.resume))
    fold = lambda case: sum(map(ord, case.id)) * 7919 % asked.folds  # noqa: E731
    held = lambda case: case.id.split("-")[1] in FIT or fold(case) == asked.fold and not asked.ship  # noqa: E731
    test, kept = [case for case in cases if held(case)], [case for case in cases if not held(case)]
    print(f"{len(kept)} windows, {len(test)} held out", flush=True)

    def report() -> None:
        found = read(reader, pieces, test)
        for threshold in (0.3, 0.5, 0.7):
            print(f" threshold {threshold}\n{told(figures(test, found, threshold))}", flush=True)
        write(asked.out, reader, paths)

    if test and asked.resume:
        report()
    train(reader, pieces, kept, asked.epochs, asked.rate, 1, report if test else None)
    write(asked.out, reader, paths)
    if test:
        (asked.out / "held.txt").write_text("\n".join(sorted({case.id for case in test})))


if __name__ == "__main__":
    main()
