"""From bytes of a text, as all offsets count, to characters of a Python string."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate


class Characters:
    """Places in a Python string by bytes of its UTF-8, for many places in one text.

    >>> text = "Ein Gespräch über Öl"
    >>> at = Characters(text)
    >>> text[at[14] : at[19]]
    'über'
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # Ends of characters in bytes; nothing to look up where each character is one byte.
        widths = () if text.isascii() else (1 + (c > "\x7f") + (c > "\u07ff") + (c > "\uffff") for c in text)
        self._at = {byte: number for number, byte in enumerate(accumulate(widths, initial=0))} if widths else None

    def __getitem__(self, byte: int) -> int:
        """The character that begins at this byte. ``KeyError`` where none does."""
        return byte if self._at is None else self._at[byte]

    def span(self, span: Mapping[str, int]) -> tuple[int, int]:
        """The characters of what has a ``start`` and an ``end``."""
        return self[span["start"]], self[span["end"]]


def characters(text: str, span: Mapping[str, int]) -> str:
    """The words of a span: of whatever has a ``start`` and an ``end`` in bytes.

    >>> characters("Ein Gespräch über Öl", {"start": 14, "end": 19})
    'über'
    """
    return text.encode()[span["start"] : span["end"]].decode()
