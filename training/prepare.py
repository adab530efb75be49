#!/usr/bin/env python3
"""Makes one folder that train.py needs: corpora as piece numbers, the models, the piece vectors that occur.

usage: prepare.py --text ../shared/text --models ../shared/models --out FOLDER [--table corpora.toml]
"""

import argparse
import io
import json
import lzma
import shutil
import time
from pathlib import Path

import numpy as np

import corpora
import turned
from words import Words

HERE = Path(__file__).parent
SUBJUNCTIVE = HERE.parent / "data" / "lexicon" / "de" / "grammar-subjunctive.yaml"
LONGEST = 300  # pieces: longer sentences are left out (512 positions are the model's limit)
ROW = 384 // 32 * 18  # bytes of a row of words.q4
STOPS = set(".!?…。！？؟۔;:")


class Packer:
    """Collects sentences as flat arrays."""

    def __init__(self, words: Words, label: dict):
        self.words, self.label = words, label
        self.col = {k: [] for k in ("sentence", "stop", "count", "piece", "unit", "upos", "feat", "head", "rel", "nG", "nU")}
        self.feats, self.masks = {(-1,) * len(label["ATTRS"]): 0}, {0: 0}

    def add(self, sentence: corpora.Sentence, language: str, scheme: str) -> None:
        """One sentence; see train data's description in README.md for the columns."""
        col, size = self.col, len(sentence.words)
        for word in sentence.words:
            units = self.words.units(word.form) if language == "zh" else [self.words.pieces(word.form, word.space)]
            pieces = [piece for unit in units for piece in unit]
            col["count"].append(len(pieces))
            col["piece"] += pieces
            col["unit"] += [int(k == 0) for unit in units for k in range(len(unit))]
            col["upos"].append(index(self.label["UPOS"], word.upos))
            col["feat"].append(self.feats.setdefault(self.feat_row(word), len(self.feats)))
            known = word.head is not None and 0 <= word.head <= size
            col["head"].append(word.head if known else -1)
            col["rel"].append(index(self.label["RELS"], word.relation))
            for head in ("nG", "nU"):
                col[head].append(self.masks.setdefault(allowed(self.label, head, scheme, word.name), len(self.masks)))
        col["sentence"].append(size)
        last = sentence.words[-1]
        col["stop"].append(int(size > 3 and last.form[-1] in STOPS and all(w.head != size for w in sentence.words)))

    def feat_row(self, word: corpora.Word) -> tuple[int, ...]:
        """A value's number for each attribute; -1 where the corpus does not say or the model has no such value."""
        row = []
        for attribute in self.label["ATTRS"]:
            values = self.label["VAL"][attribute]
            if word.feats is not None:
                row.append(index(values, word.feats.get(attribute, "_")))
            else:
                row.append(index(values, word.mood) if attribute == "Mood" and word.upos is None and word.mood else -1)
        return tuple(row)

    def pieces_of(self, sentence: corpora.Sentence, language: str) -> int:
        if language == "zh":
            return sum(len(unit) for word in sentence.words for unit in self.words.units(word.form))
        return sum(len(self.words.pieces(word.form, word.space)) for word in sentence.words)


def index(values: list[str], value: str | None) -> int:
    return values.index(value) if value in values else -1


def allowed(label: dict, head: str, scheme: str, name: str | None) -> int:
    """The labels a word may have, as bits: a corpus says nothing about classes it does not annotate. 0: unknown."""
    if name is None or not scheme:
        return 0
    labels = label["GER" if head == "nG" else "UNE"]
    bits = lambda wanted: sum(1 << k for k, l in enumerate(labels) if wanted(l))  # noqa: E731
    name = "O" if name in ("-", "_", "") else name
    plain = name[2:] in ("PER", "LOC", "ORG")
    if plain:
        return bits(lambda l: l == name)
    if head == "nG" and scheme == "germeval":
        return bits(lambda l: l == name)
    if head == "nG":  # three classes: elsewhere a name of another kind may stand, or a part or derivation of one
        return bits(lambda l: l[2:] not in ("PER", "LOC", "ORG"))
    if name.endswith("part"):  # "US-Präsident": corpora with three classes differ
        return bits(lambda l: l == "O" or l[2:] == name[2:-4])
    return bits(lambda l: l == "O")


def views(entry: dict, sentences: list[corpora.Sentence], packer: Packer, forms: dict[str, str]) -> list[tuple[str, float, list]]:
    """Name, share and sentences of each view of a corpus: as treebanks cut words, and as they are written."""
    language = entry["language"]
    sentences = [s for s in sentences if 0 < packer.pieces_of(s, language) <= LONGEST]
    if "block" in entry:
        begin, end = entry["block"]
        sentences = [s for k, s in enumerate(sentences) if begin <= k // 10 % 10 < end]
    if entry.get("turned"):
        kept = [s for s, out in zip(sentences, held_out(entry, len(sentences))) if not out]
        sentences = [t for s in kept if (t := turned.turned(s, forms, entry.get("only") == "upos"))]
    if not entry.get("surface"):
        return [(entry["name"], entry["share"], sentences)]
    written = [corpora.as_written(s) for s in sentences]
    if entry.get("turned") or entry.get("only"):
        return [(entry["name"], entry["share"], written)]
    return [(entry["name"], entry["share"] * 0.35, sentences), (entry["name"] + "+written", entry["share"] * 0.65, written)]


def told(entry: dict) -> dict:
    """What train.py is told of a corpus."""
    return {k: entry[k] for k in ("language", "format", "treebank", "like", "names", "scheme", "measure", "turned") if k in entry}


def table_only(out: Path, entries: list[dict], language: dict[str, str]) -> None:
    """Shares, treebanks and measures anew for corpora that were prepared before."""
    path, by_name = out / "corpora.json", {entry["name"]: entry for entry in entries}
    listed = json.loads(path.read_text())["corpora"]
    names = {corpus["name"] for corpus in listed}
    for corpus in listed:
        name = corpus["name"].removesuffix("+written")
        both = f"{name}+written" in names
        part = 1.0 if not both else 0.65 if corpus["name"] != name else 0.35
        corpus.update(share=by_name[name]["share"] * part, **told(by_name[name]))
    path.write_text(json.dumps({"corpora": listed, "language": language}, ensure_ascii=False, indent=1))


def held_out(entry: dict, count: int) -> np.ndarray:
    """Which sentences are kept out of the measured run."""
    kind, *numbers = entry.get("holdout", "").split(":")
    at = np.arange(count)
    if kind == "all":
        return at >= 0
    if kind == "blocks":
        return at // int(numbers[0]) % int(numbers[1]) == int(numbers[1]) - 1
    if kind in ("first", "last"):
        size = float(numbers[0])
        size = int(count * size) if size < 1 else int(size)
        return at < size if kind == "first" else at >= count - size
    return at < 0


def cut_words(path: Path, piece: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows of words.q4 that occur (and the four special ones), their numbers, and the pieces counted anew."""
    used = np.union1d(np.arange(4), piece)
    rows = np.memmap(path, np.uint8, "r").reshape(-1, ROW)[used]
    return np.asarray(rows), used.astype(np.uint32), np.searchsorted(used, piece)


def save(path: Path, **arrays: np.ndarray) -> None:
    """A .npz without compression, the whole of it through xz."""
    plain = io.BytesIO()
    np.savez(plain, **arrays)
    path.write_bytes(lzma.compress(plain.getvalue(), preset=6))
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("text", "models", "out"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--table", type=Path, default=HERE / "corpora.toml")
    options.add_argument("--table-only", action="store_true", help="prepared before: only take over shares, treebanks, measures")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    entries, language = corpora.table(given.table)
    if given.table_only:
        table_only(given.out, entries, language)
        return
    label = json.loads((given.models / "labels.json").read_text())
    packer, forms, listed, began = Packer(Words(given.models), label), turned.table(SUBJUNCTIVE), [], time.time()
    holdout = []
    for entry in entries:
        for name, share, sentences in views(entry, corpora.read(entry, given.text), packer, forms):
            first_word, first_piece = len(packer.col["count"]), len(packer.col["piece"])
            for sentence in sentences:
                packer.add(sentence, entry["language"], entry.get("scheme", ""))
            out = held_out(entry, len(sentences)) & (not entry.get("turned"))
            holdout.append(out)
            listed.append({"name": name, "share": share, "sentences": len(sentences), **told(entry)})
            print(f"{name}: {len(sentences)} sentences, {len(packer.col['count']) - first_word} words, "
                  f"{len(packer.col['piece']) - first_piece} pieces, {out.sum()} held out ({time.time() - began:.0f} s)", flush=True)
    col = packer.col
    rows, used, piece = cut_words(given.models / "words.q4", np.array(col["piece"]))
    kinds = dict(sentence="u2", stop="u1", count="u1", unit="u1", upos="i1", feat="u2", head="i2", rel="i1", nG="u1", nU="u1")
    arrays = {k: np.array(col[k], kind) for k, kind in kinds.items()}
    save(given.out / "corpora.npz.xz", piece=piece.astype(np.uint16 if len(used) < 65536 else np.uint32), holdout=np.concatenate(holdout),
         feats=np.array(list(packer.feats), np.int8), masks=np.array(list(packer.masks), np.uint32), **arrays)
    save(given.out / "words.npz.xz", rows=rows, used=used)
    for model in ("teacher-12", "student-6"):
        path = given.out / f"{model}.safetensors.xz"
        if path.exists():
            continue
        path.write_bytes(lzma.compress((given.models / f"{model}.safetensors").read_bytes(), preset=6))
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
    shutil.copy(given.models / "labels.json", given.out / "labels.json")
    (given.out / "corpora.json").write_text(json.dumps({"corpora": listed, "language": language}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
