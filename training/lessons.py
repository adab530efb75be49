"""What the reader learns from: windows of passages, their trees, and who takes part in what, as arrays.

`LESSONS.jsonl` is what `cargo run -p lagebild-eval --example lessons -- corpus/dev/*.md` writes.
"""

import json
from pathlib import Path

import torch
from torch import Tensor

KINDS = ["transfer", "statement"]
ROLES = {"transfer": ["giver", "receiver", "source"], "statement": ["speaker", "channel"]}
CERTAINTY = ["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "U"]
STATUS = ["done", "ongoing", "planned", "possible", "wished", "denied", "cancelled", "refused", "banned", "seized"]
ALL_ROLES = [f"{kind}.{role}" for kind in KINDS for role in ROLES[kind]]
FILLERS = {"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X", "ADV"}
# Longest way through a tree that is told apart, and how many ways are.
STEPS, PATHS = 5, 600


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
        self.keep(best)

    def keep(self, ways: "list[str]") -> None:
        """Numbers these and no others."""
        self.number = {way: n for n, way in enumerate(ways, 1)}


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


def read(path: Path) -> "list[Case]":
    """The windows of all passages that hold a word."""
    lessons = [json.loads(line) for line in path.open()]
    cases = (Case(lesson, number) for lesson in lessons for number in range(len(lesson["windows"])))
    return [case for case in cases if case.spans]


class Golds:
    """What is to be found in some windows, one row for each anchor."""

    def __init__(self, cases: "list[Case]", longest: int) -> None:
        rows = [(row, k, gold) for row, case in enumerate(cases) for k, kind in enumerate(KINDS) for gold in case.golds[kind]]
        whole = lambda of: torch.tensor([of(*row) for row in rows], dtype=torch.long)  # noqa: E731
        self.row, self.kind = whole(lambda row, k, gold: row), whole(lambda row, k, gold: k)
        self.anchor = whole(lambda row, k, gold: gold["anchor"])
        self.certainty = whole(lambda row, k, gold: CERTAINTY.index(gold["certainty"]))
        self.status = whole(lambda row, k, gold: STATUS.index(gold["status"]) if KINDS[k] == "transfer" else 0)
        # Who may fill a role: [anchor, role, 1 + word], 0 is nobody.
        self.fillers = torch.zeros(len(rows), len(ALL_ROLES), longest + 1, dtype=torch.bool)
        self.asked = torch.zeros(len(rows), len(ALL_ROLES), dtype=torch.bool)
        for n, (row, k, gold) in enumerate(rows):
            case = cases[row]
            for role in ROLES[KINDS[k]]:
                r = ALL_ROLES.index(f"{KINDS[k]}.{role}")
                heads = case.mention_heads.get(gold[role], []) if gold[role] else []
                heads = [1 + head for head in heads if case.trees[head]["tag"] in FILLERS]
                self.fillers[n, r, heads or [0]] = True
                self.asked[n, r] = True


class Batch:
    """Windows side by side: `ids`, `mask`, `word_of` [row, piece]; `no_filler`, `heads`, `marks` [row, word] (one past the last: none);
    `paths` [row, word, word]."""

    def __init__(self, cases: "list[Case]") -> None:
        self.cases = cases
        longest, words = max(len(case.pieces) for case in cases), max(len(case.spans) for case in cases)
        self.words = words
        self.ids = torch.zeros(len(cases), longest, dtype=torch.long)
        self.mask = torch.zeros(len(cases), longest, dtype=torch.bool)
        self.word_of = torch.full((len(cases), longest), words)
        self.no_filler = torch.ones(len(cases), words, dtype=torch.bool)
        self.inside = torch.zeros(len(cases), words, dtype=torch.bool)
        self.heads, self.marks = torch.full((len(cases), words), words), torch.full((len(cases), words), words)
        self.paths = torch.zeros(len(cases), words, words, dtype=torch.long)
        for row, case in enumerate(cases):
            pieces, size = len(case.pieces), len(case.spans)
            self.ids[row, :pieces], self.mask[row, :pieces] = torch.tensor(case.pieces), True
            self.word_of[row, :pieces] = torch.tensor([words if w == size else w for w in case.word_of])
            self.no_filler[row, :size] = torch.tensor([tree["tag"] not in FILLERS for tree in case.trees])
            self.inside[row, :size] = True
            self.heads[row, :size] = torch.tensor([h if 0 <= h < size else words for h in case.heads])
            self.marks[row, :size] = torch.tensor([words if h == size else h for h in case.cases])
            self.paths[row, :size, :size] = case.numbers


def batches(cases: "list[Case]", size: int, jitter=None):
    """Windows of about as many pieces together, `size` pieces a batch; with `jitter` (a `random.Random`) in an order of its own."""
    order = sorted(cases, key=lambda case: len(case.pieces) + (jitter.random() * 12 if jitter else 0))
    groups, group = [], []
    for case in order:
        group.append(case)
        if len(group) * len(case.pieces) >= size:
            groups.append(group)
            group = []
    groups += [group] if group else []
    if jitter:
        jitter.shuffle(groups)
    return groups
