"""Trains the reader: layers and heads behind the encoder that find what goes from whom to whom, and who says what.

    VENV/bin/python arcs.py --lessons LESSONS.jsonl --models ../data/models/encoder --out OUT [--fold 0 | --ship]

`LESSONS.jsonl` is what `cargo run -p lagebild-eval --example lessons -- corpus/dev/*.md` writes. The encoder stays as it is: the
reader branches off behind its layer `--from` with copies of the layers that follow, tuned, a mixture of their states of its
own, and heads on the words' vectors. Without `--ship` a fold is held out: it is read
by the reader that was trained on the others, which is written too, with the ids of the passages held out (`held.txt`).
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import tensors
from model import H, Encoder, Layer, load

KINDS = ["transfer", "statement"]
ROLES = {"transfer": ["giver", "receiver", "source"], "statement": ["speaker", "channel"]}
CERTAINTY = ["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "U"]
STATUS = ["done", "ongoing", "planned", "possible", "wished", "denied", "cancelled", "refused", "banned", "seized"]
ALL_ROLES = [f"{kind}.{role}" for kind in KINDS for role in ROLES[kind]]
SIZE = 128


FILLERS = {"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X", "ADV"}
STEPS, PATHS = 5, 600


class Reader(nn.Module):
    """`from_layer`: behind which layer of the encoder it begins."""

    def __init__(self, from_layer: int, layers: int, paths: int) -> None:
        super().__init__()
        self.from_layer = from_layer
        self.layers = nn.ModuleList(Layer() for _ in range(layers - from_layer))
        self.mix = nn.Parameter(torch.zeros(layers - from_layer + 1))
        self.norm = nn.LayerNorm(H, eps=1e-12)
        self.found = nn.Linear(2 * H, len(KINDS))
        self.anchor = nn.Linear(3 * H, len(ALL_ROLES) * SIZE)
        self.filler = nn.Linear(3 * H, len(ALL_ROLES) * SIZE)
        self.path = nn.Embedding(paths, SIZE)
        self.path_bias = nn.Embedding(paths, len(ALL_ROLES))
        self.none = nn.Parameter(torch.zeros(len(ALL_ROLES), SIZE))
        self.bias = nn.Linear(3 * H, len(ALL_ROLES))
        self.certainty = nn.Linear(2 * H, len(CERTAINTY) * len(KINDS))
        self.status = nn.Linear(2 * H, len(STATUS))
        nn.init.normal_(self.path.weight, std=0.3)
        nn.init.zeros_(self.path_bias.weight)
        self.drop = 0.33

    def words(self, state: Tensor, mask: Tensor, word_of: Tensor, longest: int) -> Tensor:
        """Vectors of words [row, word, H] from the encoder's states of pieces [row, piece, H]."""
        weights = torch.softmax(self.mix, 0)
        mixed = weights[0] * state
        for number, layer in enumerate(self.layers, 1):
            state = layer(state, mask[:, None, None, :])
            mixed = mixed + weights[number] * state
        rows = state.shape[0]
        total = torch.zeros(rows, longest + 1, H).scatter_add(1, word_of[..., None].expand(-1, -1, H), mixed)
        count = torch.zeros(rows, longest + 1).scatter_add(1, word_of, torch.ones_like(word_of, dtype=torch.float))
        means = total[:, :longest] / count[:, :longest, None].clamp(min=1)
        return F.dropout(self.norm(means), self.drop, self.training)

    def beside(self, words: Tensor, at: Tensor) -> Tensor:
        """The vectors of other words [row, word, H]; one past the last is nobody."""
        padded = F.pad(words, (0, 0, 0, 1))
        return padded.gather(1, at[..., None].expand(-1, -1, H))

    def forward(self, state, mask, word_of, beyond, heads, cases, paths, chosen):
        """`chosen` gives the anchors [row, word] from what was found; arcs are [anchor, role, 1 + filler], filler 0 is nobody."""
        longest = beyond.shape[1]
        words = self.words(state, mask, word_of, longest)
        up = self.beside(words, heads)
        upper = self.beside(up, heads)
        two = torch.cat([words, up], -1)
        anchors, fillers = torch.cat([two, upper], -1), torch.cat([two, self.beside(words, cases)], -1)
        found = self.found(two)
        rows, at = chosen(found)
        shape = lambda x: F.dropout(F.leaky_relu(x, 0.1), self.drop, self.training).unflatten(-1, (len(ALL_ROLES), SIZE))  # noqa: E731
        anchor, filler = shape(self.anchor(anchors[rows, at])), shape(self.filler(fillers))[rows]
        ways = paths[rows, at]
        scores = torch.einsum("nrz,nfrz->nrf", anchor, filler) + torch.einsum("nrz,nfz->nrf", anchor, self.path(ways))
        scores = scores / math.sqrt(SIZE) + self.path_bias(ways).transpose(1, 2) + self.bias(fillers)[rows].transpose(1, 2)
        scores = scores.masked_fill(beyond[rows][:, None], -1e9)
        nobody = (anchor * self.none).sum(-1, keepdim=True) / math.sqrt(SIZE)
        return found, (rows, at), torch.cat([nobody, scores], -1), self.certainty(two[rows, at]), self.status(two[rows, at])


class Paths:
    """Ways through a tree from an anchor to a filler, by number; 0 is any other."""

    def __init__(self, cases: "list[Case]") -> None:
        count = {}
        for case in cases:
            for kind in KINDS:
                for gold in case.golds[kind]:
                    for at in range(len(case.spans)):
                        if case.trees[at]["tag"] in FILLERS:
                            way = case.way(gold["anchor"], at)
                            count[way] = count.get(way, 0) + 1
        best = sorted(count, key=lambda way: (-count[way], way))[: PATHS - 1]
        self.number = {way: n for n, way in enumerate(best, 1)}


class Case:
    """A window with what is to be found in it, by indices of its words."""

    def __init__(self, lesson: dict, number: int) -> None:
        window = lesson["windows"][number]
        self.id, self.language = lesson["id"], lesson["language"]
        self.pieces = window["pieces"]
        begin = window["words"][0][0]["start"] if window["words"] else 0
        end = window["words"][-1][0]["end"] if window["words"] else 0
        inside = [at for at, word in enumerate(lesson["words"]) if begin <= word["span"]["start"] < end]
        self.trees = [lesson["words"][at] for at in inside]
        first = inside[0] if inside else 0
        self.heads = [word["head"] - first for word in self.trees]
        self.spans = [(word["span"]["start"], word["span"]["end"]) for word in self.trees]
        self.word_of = [len(self.spans)] * len(self.pieces)
        for span, pieces in window["words"]:
            at = next((at for at, (a, b) in enumerate(self.spans) if a <= span["start"] < b), len(self.spans))
            for piece in range(pieces["start"], pieces["end"]):
                self.word_of[piece] = at
        begins = {a for a, _ in self.spans}
        whole = lambda spans: [s for s in spans if s["start"] in begins or self.language in ("ar", "ko", "zh")]  # noqa: E731
        lesson = {**lesson, "referents": [(name, whole(spans)) for name, spans in lesson["referents"]]}
        self.mentions = {name: sorted({w for span in spans for w in self.inside([span])}) for name, spans in lesson["referents"]}
        self.mention_heads = {name: sorted({h for span in spans if (h := self.head([span])) is not None}) for name, spans in lesson["referents"]}
        self.golds = {"transfer": [], "statement": []}
        for kind, key in (("transfer", "transfers"), ("statement", "statements")):
            for gold in lesson[key]:
                spans = gold["content"] if kind == "statement" else [gold["item"]] if gold["item"] else []
                anchor = self.head(spans)
                if anchor is not None:
                    self.golds[kind].append({"anchor": anchor, "words": set(self.inside(spans)), **gold})

        self.cases = [next((o for o in range(len(self.spans)) if self.heads[o] == at and o != at and self.trees[o]["relation"] == "case"), len(self.spans)) for at in range(len(self.spans))]
        self.up = [[at] for at in range(len(self.spans))]
        for line in self.up:
            while 0 <= self.heads[line[-1]] < len(self.spans) and self.heads[line[-1]] != line[-1] and len(line) < 40:
                line.append(self.heads[line[-1]])

    def way(self, anchor: int, at: int) -> str:
        """How a tree leads from one word to another: the relations up, then down; across sentences how far, and the last relation."""
        side = "<" if at < anchor else ">"
        far = self.trees[at]["sentence"] - self.trees[anchor]["sentence"]
        if far:
            return f"{max(-3, min(3, far))}:{self.trees[at]['relation']}"
        up, down = self.up[anchor], self.up[at]
        meet = next((w for w in up if w in down), None)
        if meet is None:
            return "?"
        ups = [self.trees[w]["relation"] for w in up[: up.index(meet)]]
        downs = [self.trees[w]["relation"] for w in down[: down.index(meet)]][::-1]
        if len(ups) + len(downs) > STEPS:
            return f"{side}{min(len(ups), 6)}^{downs[-1] if downs else ''}"
        return side + "^".join(ups) + "|" + "v".join(downs)

    def ways(self, paths: "Paths") -> Tensor:
        count = len(self.spans)
        found = torch.zeros(count, count, dtype=torch.long)
        for anchor in range(count):
            for at in range(count):
                found[anchor, at] = paths.number.get(self.way(anchor, at), 0)
        return found

    def inside(self, spans: "list[dict]") -> "list[int]":
        return [at for at, (a, b) in enumerate(self.spans) if any(a < s["end"] and s["start"] < b for s in spans)]

    def head(self, spans: "list[dict]") -> "int | None":
        """The first word whose head lies outside; of several one with dependants inside."""
        inside = self.inside(spans)
        tops = [w for w in inside if self.heads[w] not in inside or self.heads[w] == w]
        below = lambda w: sum(1 for o in inside if self.heads[o] == w)  # noqa: E731
        return max(tops, key=lambda w: (self.trees[w]["tag"] not in ("PUNCT", "ADP", "DET"), below(w), -w)) if tops else None


def batches(cases: "list[Case]", states: "list[Tensor]", size: int, shuffle: bool):
    order = sorted(range(len(cases)), key=lambda at: (len(cases[at].pieces) + (random.random() * 12 if shuffle else 0)))
    groups, group, pieces = [], [], 0
    for at in order:
        group.append(at)
        if len(group) * len(cases[at].pieces) >= size:
            groups.append(group)
            group = []
    groups += [group] if group else []
    if shuffle:
        random.shuffle(groups)
    for group in groups:
        longest, words = max(len(cases[at].pieces) for at in group), max(len(cases[at].spans) for at in group)
        state = torch.zeros(len(group), longest, H)
        mask = torch.zeros(len(group), longest, dtype=torch.bool)
        word_of = torch.full((len(group), longest), words)
        beyond = torch.ones(len(group), words, dtype=torch.bool)
        heads, marks = torch.full((len(group), words), words), torch.full((len(group), words), words)
        paths = torch.zeros(len(group), words, words, dtype=torch.long)
        for row, at in enumerate(group):
            case = cases[at]
            count = len(case.pieces)
            state[row, :count], mask[row, :count] = states[at].float(), True
            word_of[row, :count] = torch.tensor([words if w == len(case.spans) else w for w in case.word_of])
            size = len(case.spans)
            beyond[row, :size] = torch.tensor([tree["tag"] not in FILLERS for tree in case.trees])
            heads[row, :size] = torch.tensor([h if 0 <= h < size else words for h in case.heads])
            marks[row, :size] = torch.tensor([words if h == size else h for h in case.cases])
            paths[row, :size, :size] = case.numbers
        yield [cases[at] for at in group], state, mask, word_of, beyond, heads, marks, paths


def loss_of(reader: Reader, batch) -> Tensor:
    cases, *given = batch
    golds = [(row, k, kind, gold) for row, case in enumerate(cases) for k, kind in enumerate(KINDS) for gold in case.golds[kind]]
    chosen = torch.tensor([[row, gold["anchor"]] for row, _, _, gold in golds]).view(-1, 2).T
    found, _, arcs, certainty, status = reader(*given, lambda found: tuple(chosen))
    target, keep = torch.zeros_like(found), torch.zeros_like(found, dtype=torch.bool)
    for row, case in enumerate(cases):
        keep[row, : len(case.spans)] = True
    for row, k, _, gold in golds:
        target[row, gold["anchor"], k] = 1
    total = F.binary_cross_entropy_with_logits(found[keep], target[keep], reduction="sum")
    logp = torch.log_softmax(arcs, -1)
    for n, (row, k, kind, gold) in enumerate(golds):
        case = cases[row]
        for role in ROLES[kind]:
            here = logp[n, ALL_ROLES.index(f"{kind}.{role}")]
            fillers = [f for f in case.mention_heads.get(gold[role], []) if case.trees[f]["tag"] in FILLERS] if gold[role] else []
            total = total - (torch.logsumexp(here[[f + 1 for f in fillers]], 0) if fillers else here[0])
        logits = certainty[n].view(len(KINDS), -1)[k]
        total = total + 0.5 * F.cross_entropy(logits[None], torch.tensor([CERTAINTY.index(gold["certainty"])]))
        if kind == "transfer":
            total = total + 0.5 * F.cross_entropy(status[n][None], torch.tensor([STATUS.index(gold["status"])]))
    return total / len(cases)


@torch.no_grad()
def read(reader: Reader, cases, states):
    """For each case the anchors found: (kind, word, probability, {role: [(word or None, p)]}, certainty, status)."""
    reader.eval()
    found = {}
    for batch in batches(cases, states, 3000, False):
        group, *given = batch
        least = lambda found: tuple((torch.sigmoid(found).amax(-1) >= 0.1).nonzero().T)  # noqa: E731
        found_at, (rows, words), scores, certainty, status = reader(*given, least)
        chance, arcs = torch.sigmoid(found_at), torch.softmax(scores, -1)
        for case in group:
            found[id(case)] = []
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


def states_of(models: Path, cases: "list[Case]", from_layer: int):
    """The encoder's states of pieces behind a layer, in 8 bits as in the product; and the encoder."""
    given = tensors.read(models / "encoder.safetensors")
    label = json.loads((models / "labels.json").read_text())
    layers = sum(1 for name in given if name.endswith(".qkv.weight"))
    net = Encoder(layers, label, True)
    load(net, given, label, {})
    net.eval()
    net.eight_bits(True)
    rows = np.frombuffer((models / "words.q4").read_bytes(), np.uint8).reshape(-1, 12, 18)
    scale = rows[..., :2].copy().view("<f2").astype(np.float32)
    found = [None] * len(cases)
    with torch.no_grad():
        for at, case in enumerate(cases):
            raw = rows[case.pieces]
            low, high = (raw[..., 2:] & 15).astype(np.int8) - 8, (raw[..., 2:] >> 4).astype(np.int8) - 8
            vectors = torch.from_numpy((np.concatenate([low, high], -1) * scale[case.pieces]).reshape(1, -1, H).astype(np.float32))
            x = net.ln(vectors + net.pos[: vectors.shape[1]] + net.typ) + net.inp
            mask = torch.ones(1, 1, 1, x.shape[1], dtype=torch.bool)
            for layer in net.layers[:from_layer]:
                x = layer(x, mask)
            found[at] = x[0].half()
    return found, net


def train(reader, cases, states, epochs, rate, seed, report=None):
    random.seed(seed)
    torch.manual_seed(seed)
    slow = list(reader.layers.parameters())
    quick = [p for n, p in reader.named_parameters() if not n.startswith("layers.")]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": rate}, {"params": quick, "lr": rate * 8}], weight_decay=0.01)
    per = sum(1 for _ in batches(cases, states, 1500, True))
    steps, step, begin = max(1, per * epochs), 0, time.time()
    bases = [group["lr"] for group in optimiser.param_groups]
    for epoch in range(epochs):
        reader.train()
        total = 0.0
        for batch in batches(cases, states, 1500, True):
            share = step / steps
            for group, base in zip(optimiser.param_groups, bases):
                group["lr"] = base * min(1, share * 10) * (1 - share)
            loss = loss_of(reader, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
            optimiser.step()
            step += 1
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total / per:.3f}, {time.time() - begin:.0f} s", flush=True)
        if report and ((epoch + 1) % 4 == 0 or epoch + 1 == epochs):
            report()


def write(out: Path, reader: Reader, paths: Paths) -> None:
    tensors.write(out / "reader.safetensors", reader, {"made_by": "training/arcs.py"})
    label = {"from": reader.from_layer, "kinds": KINDS, "roles": [role.split(".") for role in ALL_ROLES], "certainties": CERTAINTY,
             "statuses": STATUS, "fillers": sorted(FILLERS), "ways": sorted(paths.number, key=paths.number.get), "least": 0.15}
    (out / "labels.json").write_text(json.dumps(label, indent=0, ensure_ascii=False))


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lessons", type=Path, required=True)
    arguments.add_argument("--models", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--from-layer", type=int, default=3)
    arguments.add_argument("--epochs", type=int, default=16)
    arguments.add_argument("--rate", type=float, default=1e-4)
    arguments.add_argument("--fold", type=int, default=0)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--ship", action="store_true", help="train on all folds and write reader.safetensors and labels.json")
    asked = arguments.parse_args()
    lessons = [json.loads(line) for line in asked.lessons.open()]
    cases = [Case(lesson, number) for lesson in lessons for number in range(len(lesson["windows"]))]
    cases = [case for case in cases if case.spans]
    begin = time.time()
    asked.out.mkdir(parents=True, exist_ok=True)
    states, net = states_of(asked.models, cases, asked.from_layer)
    print(f"{len(cases)} windows, states in {time.time() - begin:.0f} s", flush=True)
    paths = Paths(cases)
    for case in cases:
        case.numbers = case.ways(paths)
    reader = Reader(asked.from_layer, len(net.layers), len(paths.number) + 1)
    for own, given in zip(reader.layers, net.layers[asked.from_layer :]):
        own.load_state_dict(given.state_dict())
    if asked.ship:
        train(reader, cases, states, asked.epochs, asked.rate, 1)
        write(asked.out, reader, paths)
        return
    fold = lambda case: sum(map(ord, case.id)) * 7919 % asked.folds  # noqa: E731
    held = [at for at, case in enumerate(cases) if fold(case) == asked.fold]
    kept = [at for at, case in enumerate(cases) if fold(case) != asked.fold]
    print(f"{len(held)} windows held out", flush=True)
    test, test_states = [cases[at] for at in held], [states[at] for at in held]

    def report() -> None:
        found = read(reader, test, test_states)
        for threshold in (0.3, 0.5, 0.7):
            print(f" threshold {threshold}\n{told(figures(test, found, threshold))}", flush=True)

    train(reader, [cases[at] for at in kept], [states[at] for at in kept], asked.epochs, asked.rate, 1, report)
    write(asked.out, reader, paths)
    (asked.out / "held.txt").write_text("\n".join(sorted({case.id for case in test})))


if __name__ == "__main__":
    main()
