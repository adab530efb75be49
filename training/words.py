"""Words to pieces of the vocabulary, as the product does it (the same as reference.py beside the model files)."""

import lzma
import re
from functools import lru_cache
from pathlib import Path

BEGIN, PADDING, END, UNKNOWN = 0, 1, 2, 3
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
UNITS = re.compile(f"{HAN}|(?:(?!{HAN}).)+")


class Words:
    """Normalises each character, then takes the segmentation with the best sum of log probabilities."""

    def __init__(self, folder: Path):
        rows = [line.rstrip("\n").split("\t") for line in lzma.open(folder / "vocabulary.tsv.xz", "rt", encoding="utf8")]
        self.score = [float(score) for _, score in rows]
        self.number = {piece: row for row, (piece, _) in enumerate(rows) if row > UNKNOWN}
        self.begins = {piece[:end] for piece in self.number for end in range(1, len(piece) + 1)}
        self.unknown = min(self.score) - 10
        self.normal = {}
        for line in lzma.open(folder / "normalise.tsv.xz", "rt"):
            code, become = line.rstrip("\n").split("\t")
            self.normal[int(code, 16)] = "".join(chr(int(c, 16)) for c in become.split())
        self.pieces = lru_cache(None)(self._pieces)

    def _pieces(self, form: str, space_before: bool) -> tuple[int, ...]:
        text = re.sub(" +", " ", "".join(self.normal.get(ord(c), c) for c in form)).replace(" ", "▁")
        text = ("▁" if space_before else "") + text
        best, back = [0.0] + [-1e30] * len(text), [None] * (len(text) + 1)
        for i in range(len(text)):
            for end in range(i + 1, len(text) + 1):
                part = text[i:end]
                if part not in self.begins:
                    break
                piece = self.number.get(part)
                if piece is not None and best[i] + self.score[piece] > best[end]:
                    best[end], back[end] = best[i] + self.score[piece], (piece, i)
            if best[i] + self.unknown > best[i + 1]:
                best[i + 1], back[i + 1] = best[i] + self.unknown, (UNKNOWN, i)
        found, at = [], len(text)
        while at:
            piece, at = back[at]
            found.append(piece)
        return tuple(found[::-1]) or (UNKNOWN,)

    def units(self, form: str) -> list[tuple[int, ...]]:
        """A Chinese word's pieces, one tuple a character (what is not Han stays together), never with a blank before."""
        return [self.pieces(unit, False) for unit in UNITS.findall(form)] or [(UNKNOWN,)]
