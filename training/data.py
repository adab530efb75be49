"""The prepared corpora as flat arrays; windows over running text drawn from them; batches as tensors."""

import io
import json
import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

WINDOW = 200  # pieces of a window of several sentences, as in the product
SINGLE = 0.5  # share of windows that are one sentence
MOST = 5  # sentences of a window
BROKEN = 0.12  # share of windows that break off within a sentence
BARE = 0.12  # share of sentences whose closing mark is dropped: headlines, list items
ANY = 0.1  # share of windows that follow the treebank `any`


@dataclass
class Windows:
    """Windows: first sentence, one after the last, and the words kept (-1: all)."""

    begin: np.ndarray
    end: np.ndarray
    words: np.ndarray

    def __getitem__(self, which: np.ndarray) -> "Windows":
        return Windows(self.begin[which], self.end[which], self.words[which])


class Store:
    """All corpora. Sentences, words and pieces are counted through; a corpus is a range of sentences."""

    def __init__(self, folder: Path) -> None:
        col = np.load(io.BytesIO(lzma.open(folder / "corpora.npz.xz").read()))
        listed = json.loads((folder / "corpora.json").read_text())
        self.corpora, self.col = listed["corpora"], {k: col[k] for k in col.files}
        self.label = self.labels(json.loads((folder / "labels.json").read_text()), listed["language"])
        size, count = self.col["sentence"].astype(np.int64), self.col["count"].astype(np.int64)
        self.word_at = np.concatenate([[0], np.cumsum(size)])
        self.piece_at = np.concatenate([[0], np.cumsum(count)])
        self.piece_before = self.piece_at[self.word_at]  # at each sentence's begin
        self.sentence_of = np.repeat(np.arange(len(size)), size)
        self.holdout = self.col["holdout"]
        number = lambda key, empty: np.array([self.label["TBI"].get(c.get(key, ""), empty) for c in self.corpora])  # noqa: E731
        self.treebank, self.names = number("treebank", -1), number("names", -1)
        self.german = np.array([c.get("names") == "germeval-dev" for c in self.corpora])
        self.turned = np.array([bool(c.get("turned")) for c in self.corpora])
        self.ends = np.array([c["name"] != "en_btc" for c in self.corpora])  # a tweet is more than a sentence
        self.corpus_of = np.repeat(np.arange(len(self.corpora)), [c["sentences"] for c in self.corpora])
        self.unit_label = self.unit_labels(count)

    def labels(self, label: dict, language: dict[str, str]) -> dict:
        """labels.json with the new treebanks appended, and the product's treebank of each language."""
        for corpus in self.corpora:
            for name in (corpus.get("treebank", ""), corpus.get("names", "")):
                if name and name not in label["TBI"]:
                    label["TBI"][name] = len(label["TB"])
                    label["TB"].append(name)
        if "any" not in label["TBI"]:
            label["TBI"]["any"] = len(label["TB"])
            label["TB"].append("any")
        return {**label, "LANGUAGE": language}

    def unit_labels(self, count: np.ndarray) -> np.ndarray:
        """At the first piece of each Chinese character whether a word ends after it (1, 0), else -1."""
        chinese = np.array([c["language"] == "zh" for c in self.corpora])[self.corpus_of[self.sentence_of]]
        word = np.repeat(np.arange(len(count)), count)
        at = np.nonzero(self.col["unit"].astype(bool) & chinese[word])[0]
        label = np.full(len(word), -1, np.int8)
        label[at] = np.append(word[at[1:]] != word[at[:-1]], True)
        return label

    def likes(self) -> dict[str, str]:
        """The row that each new treebank begins from."""
        found = {c["treebank"]: c["like"] for c in self.corpora if "like" in c}
        return {**found, "tr_wikiner": "uner-en_pud", "ru_wikiner": "uner-ru_pud", "en_btc": "uner-en_ewt-dev"}

    def draw(self, generator: np.random.Generator, number: int, everything: bool, gold_only: bool) -> Windows:
        """`number` windows, corpora by share and size; held-out sentences only if `everything`, bare text unless `gold_only`."""
        free = np.ones(len(self.holdout), bool) if everything else ~self.holdout
        weight = np.array([c["share"] * (not gold_only or c["format"] != "plain") for c in self.corpora])[self.corpus_of] * free
        total = np.cumsum(weight)
        begin = np.searchsorted(total, generator.random(number) * total[-1], "right")
        many = np.where(generator.random(number) < SINGLE, 1, generator.integers(2, MOST + 1, number))
        stop = self.run_end(free)[begin]
        fits = np.searchsorted(self.piece_before, self.piece_before[begin] + WINDOW, "right") - 1
        end = np.maximum(np.minimum(np.minimum(begin + many, fits), stop), begin + 1)
        size = self.word_at[end] - self.word_at[begin]
        broken = (generator.random(number) < BROKEN) & (size > 4)
        words = np.where(broken, 2 + (generator.random(number) * (size - 3)).astype(np.int64), -1)
        last = np.searchsorted(self.word_at, self.word_at[begin] + words, "left")  # sentences that the words reach into
        end = np.where(broken, np.maximum(last, begin + 1), end)
        words = np.where(broken & (words == self.word_at[end] - self.word_at[begin]), -1, words)
        return Windows(begin, end, words)

    def run_end(self, free: np.ndarray) -> np.ndarray:
        """For each sentence, where its corpus or the next sentence that is not free begins."""
        barrier = np.append(~free, True)
        barrier[np.cumsum([c["sentences"] for c in self.corpora])] = True
        where = np.nonzero(barrier)[0]
        return where[np.searchsorted(where, np.arange(len(free)), "right")]

    def in_order(self, sentences: np.ndarray, most: int) -> Windows:
        """Windows of up to `most` consecutive sentences that cover the given ones, for measuring."""
        begin, end, at = [], [], 0
        while at < len(sentences):
            stop = at + 1
            while (stop < len(sentences) and stop - at < most and sentences[stop] == sentences[stop - 1] + 1
                   and self.piece_before[sentences[stop] + 1] - self.piece_before[sentences[at]] <= WINDOW):
                stop += 1
            begin.append(sentences[at])
            end.append(sentences[stop - 1] + 1)
            at = stop
        return Windows(np.array(begin), np.array(end), np.full(len(begin), -1))

    def pieces_of(self, windows: Windows) -> np.ndarray:
        upto = np.where(windows.words < 0, self.word_at[windows.end], self.word_at[windows.begin] + windows.words)
        return self.piece_at[upto] - self.piece_before[windows.begin] + 2

    def batches(self, windows: Windows, cap: int, generator: np.random.Generator | None) -> list[np.ndarray]:
        """Numbers of windows of like size, `cap` pieces with padding; in random order, or by size without a generator."""
        size = self.pieces_of(windows)
        noise = generator.random(len(size)) * 4 if generator else 0
        found, now, widest = [], [], 0
        for at in np.argsort(size + noise, kind="stable"):
            if now and max(widest, size[at]) * (len(now) + 1) > cap:
                found.append(np.array(now))
                now, widest = [], 0
            now.append(at)
            widest = max(widest, size[at])
        if now:
            found.append(np.array(now))
        return [found[k] for k in generator.permutation(len(found))] if generator else found

    def build(self, windows: Windows, generator: np.random.Generator | None) -> dict[str, torch.Tensor | int]:
        """One batch. Without a generator nothing is changed at random. See README.md for what the entries are."""
        col, rows = self.col, len(windows.begin)
        first = self.word_at[windows.begin]
        size = np.where(windows.words < 0, self.word_at[windows.end] - first, windows.words)
        word, row = ranges(first, size)
        sentence = self.sentence_of[word]
        if generator is not None:
            closing = (word + 1 == self.word_at[sentence + 1]) & (col["stop"][sentence] > 0)
            kept = ~(closing & (generator.random(len(word)) < BARE))
            word, row, sentence = word[kept], row[kept], sentence[kept]
        new = np.append(True, (sentence[1:] != sentence[:-1]) | (row[1:] != row[:-1]))
        local, begins = np.cumsum(new) - 1, np.nonzero(new)[0]
        lengths = np.diff(np.append(begins, len(word)))
        within, longest = np.arange(len(word)) - begins[local], int(lengths.max())
        whole = (windows.words[row] < 0) | (sentence + 1 < windows.end[row])
        last = np.append(new[1:], True)
        piece, of = ranges(self.piece_at[word], col["count"][word].astype(np.int64))
        in_row = np.bincount(row[of], minlength=rows)
        width, place = int(in_row.max()) + 2, np.arange(len(piece)) - (np.cumsum(in_row) - in_row)[row[of]] + 1
        ids, mask = np.ones((rows, width), np.int64), np.arange(width) < in_row[:, None] + 2
        word_of = np.full((rows, width), len(word), np.int64)
        ids[:, 0], ids[np.arange(rows), in_row + 1] = 0, 2
        ids[row[of], place], word_of[row[of], place] = col["piece"][piece], of
        corpus = self.corpus_of[windows.begin]
        unit = self.unit_label[piece]
        head, rel = col["head"][word].astype(np.int64), col["rel"][word].astype(np.int64)
        known = whole & (head >= 0) & (head <= lengths[local])
        treebank, wc = self.treebank[corpus], corpus[row]
        habits = np.where(treebank < 0, self.label["TBI"]["any"], treebank)
        if generator is not None:
            habits = np.where(generator.random(rows) < ANY, self.label["TBI"]["any"], habits)
        base = local * (longest + 1)
        known_tb, names = treebank[row] >= 0, self.names[wc] >= 0
        out = dict(
            ids=ids, mask=mask, word_of=word_of.ravel(), pieces=col["count"][word].astype(np.float32), row_of=row, lengths=lengths,
            cell=local * longest + within, head_cell=base + within + 1, base=base, habits=habits,
            treebank=np.maximum(treebank, 0), names=np.maximum(self.names[corpus], 0),
            upos=ignore(col["upos"][word]), feat=ignore(col["feats"][col["feat"][word]]),
            head=np.where(known, head, -100), rel=np.where(known & (rel >= 0), rel, -100),
            nG=col["masks"][col["nG"][word]].astype(np.int32), nU=col["masks"][col["nU"][word]].astype(np.int32),
            sent=np.where(self.ends[wc], (last & whole).astype(np.int64), -100),
            unit_at=(row[of] * width + place)[unit >= 0], unit=unit[unit >= 0].astype(np.int64),
            kd_tags=share(known_tb), kd_feats=share(known_tb & ~self.turned[wc]), kd_trees=share(known_tb & whole),
            kd_G=share(names & self.german[wc]), kd_U=share(names & ~self.german[wc]),
        )
        return {**{k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in out.items()}, "longest": longest, "word": word}


def ranges(first: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of all ranges one after the other, and which range each belongs to."""
    of = np.repeat(np.arange(len(size)), size)
    return np.arange(len(of)) - (np.cumsum(size) - size)[of] + first[of], of


def share(which: np.ndarray) -> np.ndarray:
    """Weights of sum 1 on the words that count."""
    return (which / max(1, which.sum())).astype(np.float32)


def ignore(labels: np.ndarray) -> np.ndarray:
    """-1 (unknown) as PyTorch's number for "not learned"."""
    return np.where(labels < 0, -100, labels).astype(np.int64)
