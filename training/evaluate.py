"""Figures on held-out sentences, read in windows as the product reads them."""

from collections import Counter

import numpy as np
import torch
from torch import Tensor

from data import MOST, Store
from model import Encoder, FeatureGroups
from tree import best_tree

PLAIN = ("PER", "LOC", "ORG")


def f1(right: float, found: float, gold: float) -> float:
    return 200 * right / max(1, found + gold)


def spans(labels: list[str], row: np.ndarray) -> set[tuple[int, int, int, str]]:
    """Names as (window, from, to, class); a class that changes without B- begins a name too."""
    found, begin = set(), None
    for at in range(len(labels) + 1):
        label = labels[at] if at < len(labels) else "O"
        cut = at == len(labels) or (at and row[at] != row[at - 1])
        if begin is not None and (cut or label[0] != "I" or label[2:] != labels[begin][2:]):
            found.add((begin, at, labels[begin][2:]))
            begin = None
        if label != "O" and at < len(labels) and begin is None:
            begin = at
    return found


class Count(Counter):
    """What is added up over the batches of a corpus."""

    def trees(self, store: Store, net: Encoder, batch: dict, means: Tensor, groups: FeatureGroups) -> None:
        label = store.label
        upos, feat = net.upos(means[0]).argmax(-1), groups(net.feat(means[0])).argmax(-1)
        arcs, head_rel, own = net.arcs(batch, means[1])
        scores, heads = arcs.cpu().numpy(), []
        for number, length in enumerate(batch["lengths"].tolist()):
            heads.append(best_tree(scores[number, :length, : length + 1]))
        head = torch.from_numpy(np.concatenate(heads)).to(upos.device)
        rel = net.relations(head_rel, own, batch["base"] + head).argmax(-1)
        gold_u, gold_h, gold_r, gold_f = (batch[k] for k in ("upos", "head", "rel", "feat"))
        known, subject = gold_h >= 0, label["RELS"].index("nsubj")
        whole = (head == gold_h) & (rel == gold_r)
        mood = label["ATTRS"].index("Mood")
        sub = label["VAL"]["Mood"].index("Sub")
        counted = dict(
            tagged=gold_u >= 0, upos=(upos == gold_u) & (gold_u >= 0), words=known, uas=known & (head == gold_h), las=known & whole,
            nsubj=known & whole & (gold_r == subject), nsubj_found=known & (rel == subject), nsubj_gold=known & (gold_r == subject),
            feats=((feat == gold_f) | (gold_f < 0)).all(-1) & (gold_f >= 0).any(-1), featured=(gold_f >= 0).any(-1),
            sub=(feat[:, mood] == sub) & (gold_f[:, mood] == sub), sub_found=(feat[:, mood] == sub) & (gold_f[:, mood] >= 0),
            sub_gold=gold_f[:, mood] == sub)
        self.update({k: int(v.sum()) for k, v in counted.items()})

    def boundaries(self, net: Encoder, batch: dict, means: Tensor, pieces: Tensor) -> None:
        """Sentence ends within windows (the last word of a window is trivial), word ends in Chinese."""
        found, gold = net.sent(means[3]).argmax(-1), batch["sent"]
        row = batch["row_of"]
        inner = torch.cat([row[1:] == row[:-1], row.new_zeros(1).bool()]) & (gold >= 0)
        self.update(end=int(((found == 1) & (gold == 1) & inner).sum()), end_found=int(((found == 1) & inner).sum()), end_gold=int(((gold == 1) & inner).sum()))
        if len(batch["unit"]):
            got, true = net.word(pieces[batch["unit_at"]]).argmax(-1), batch["unit"]
            # a word is right when its end and the end before it are found and none between
            ends = lambda x: {(a, b) for a, b in zip([-1, *x[:-1]], x)}  # noqa: E731
            a, b = (ends(torch.nonzero(x == 1).flatten().tolist()) for x in (got, true))
            self.update(cut=len(a & b), cut_found=len(a), cut_gold=len(b))

    def named(self, store: Store, batch: dict, scores: Tensor, head: str, labels: list[str], plain: bool) -> None:
        """Names of one head; `plain`: only PER, LOC, ORG count, as the corpus has no other classes."""
        tell = lambda x: ["O" if plain and labels[k][2:] not in PLAIN else labels[k] for k in x]  # noqa: E731
        masks = batch[head].cpu().numpy()
        row = batch["row_of"].cpu().numpy()
        known = masks != 0
        gold = tell([int(m).bit_length() - 1 if m and not m & (m - 1) else 0 for m in masks.astype(np.int64)])
        found = [l if k else "O" for l, k in zip(tell(scores.argmax(-1).tolist()), known)]
        a, b = spans(found, row), spans(gold, row)
        for kind in {x[2] for x in a | b}:
            self.update({f"{head} {kind} right": len({x for x in a & b if x[2] == kind}), f"{head} {kind} found": sum(x[2] == kind for x in a),
                         f"{head} {kind} gold": sum(x[2] == kind for x in b)})

    def line(self) -> str:
        """The figures in words."""
        said = []
        if self["tagged"]:
            said.append(f"UPOS {100 * self['upos'] / self['tagged']:.2f}")
        if self["words"]:
            said.append(f"UAS {100 * self['uas'] / self['words']:.2f} LAS {100 * self['las'] / self['words']:.2f} nsubj "
                        f"{f1(self['nsubj'], self['nsubj_found'], self['nsubj_gold']):.1f} feats {100 * self['feats'] / max(1, self['featured']):.1f}")
        if self["sub_gold"]:
            said.append(f"Mood=Sub {f1(self['sub'], self['sub_found'], self['sub_gold']):.1f} (of {self['sub_gold']})")
        for head in ("nG", "nU"):
            kinds = sorted({k.split()[1] for k in self if k.startswith(head)})
            if kinds:
                add = lambda what: sum(self[f"{head} {k} {what}"] for k in kinds)  # noqa: E731
                each = " ".join(f"{k} {f1(*(self[f'{head} {k} {w}'] for w in ('right', 'found', 'gold'))):.1f}" for k in kinds if self[f"{head} {k} gold"] >= 20)
                said.append(f"names {head} F {f1(add('right'), add('found'), add('gold')):.2f} (P {100 * add('right') / max(1, add('found')):.1f} "
                            f"R {100 * add('right') / max(1, add('gold')):.1f}; {each})")
        if self["end_gold"]:
            said.append(f"sentence ends F {f1(self['end'], self['end_found'], self['end_gold']):.2f}")
        if self["cut_gold"]:
            said.append(f"words F {f1(self['cut'], self['cut_found'], self['cut_gold']):.2f}")
        return " ".join(said)


@torch.no_grad()
def measure(net: Encoder, store: Store, vectors: Tensor, sentences: np.ndarray, most: int = MOST, names_row: bool = False) -> Count:
    """Counts over the given sentences of one corpus, in windows of up to `most`. `names_row`: a two-pass net reads as for names."""
    net.eval()
    count, device, groups = Count(), vectors.device, FeatureGroups(store.label, vectors.device)
    corpus = store.corpora[store.corpus_of[sentences[0]]]
    windows = store.in_order(sentences, most)
    for which in store.batches(windows, 6000, None):
        batch = {k: v.to(device) if torch.is_tensor(v) else v for k, v in store.build(windows[which], None).items()}
        row = batch["habits"] if net.one_pass else batch["names" if names_row else "treebank"]
        means, pieces = net.encode(batch, vectors[batch["ids"]], row)
        if bool((batch["upos"] >= 0).any()) and not names_row:
            count.trees(store, net, batch, means, groups)
        if len(means) > 3:
            count.boundaries(net, batch, means, pieces)
        scheme = corpus.get("scheme", "")
        if scheme and (names_row or net.one_pass):
            count.named(store, batch, net.nG(means[2]), "nG", store.label["GER"], scheme != "germeval")
            if corpus["language"] != "de" or scheme == "uner":
                count.named(store, batch, net.nU(means[2]), "nU", store.label["UNE"], True)
    return count


def report(net: Encoder, store: Store, vectors: Tensor, few: int = 0) -> list[str]:
    """A line for each corpus with a held-out part that is to be measured; `few`: so many sentences of every fourth (to try the program)."""
    lines = []
    for number, corpus in enumerate(store.corpora):
        at = np.nonzero(store.holdout & (store.corpus_of == number))[0]
        if not corpus.get("measure") or not len(at) or (few and number % 4):
            continue
        at = at[:few] if few else at
        count = measure(net, store, vectors, at, names_row=corpus["measure"] == "names")
        lines.append(f"{corpus['name']} ({len(at)} sentences): {count.line()}")
        if corpus["name"] in ("de_gsd-dev", "en_ewt-dev"):
            lines.append(f"  the same, sentence by sentence: {measure(net, store, vectors, at, 1).line()}")
    for line in lines:
        print("   " + line, flush=True)
    return lines
