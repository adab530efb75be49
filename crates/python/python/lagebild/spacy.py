"""A component for spaCy pipelines that puts listed parties and statements on a ``Doc``.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("lagebild", config={"published": "2023-09-13"})
>>> doc = nlp("Kim Jong Un will visit Russia, a spokesman for the Kremlin said.")
>>> [(span.text, span.kb_id_) for span in doc.spans["lagebild"]]
[('Kim Jong Un', 'ofac-sdn:20157')]
>>> [span._.lagebild_statement["certainty"] for span in doc.spans["lagebild_statements"]]
['PR+']

What it sets:

* ``doc.spans["lagebild"]``: words that name somebody who may be listed; ``kb_id_`` is the likeliest party, ``span._.lagebild_parties`` all;
* ``doc.spans["lagebild_statements"]``: what is said; ``span._.lagebild_statement`` says by whom and how sure;
* ``doc._.lagebild``: the whole reading (``lagebild.read``): transfers, findings and all else, with offsets in bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

from spacy.language import Language
from spacy.tokens import Doc, Span

from . import Characters, Watchlist, read

__all__ = ["Lagebild", "make"]


class Lagebild:
    """Reads each document of a pipeline."""

    def __init__(self, watchlist: Watchlist, **options: Any) -> None:
        self.watchlist = watchlist
        self.options = options

    def __call__(self, doc: Doc) -> Doc:
        if not doc.text.strip():
            return doc
        reading = read(doc.text, watchlist=self.watchlist, **self.options)
        at = Characters(doc.text)
        doc._.lagebild = reading
        doc.spans["lagebild"] = list(_listed(doc, reading, at))
        doc.spans["lagebild_statements"] = list(_said(doc, reading, at))
        return doc


def _listed(doc: Doc, reading: dict[str, Any], at: Characters) -> Iterator[Span]:
    entities = {entity["id"]: entity for entity in reading["entities"]}
    for mention in reading["mentions"]:
        entity = entities[mention["entity"]]
        if entity["matches"]:
            span = _span(doc, at, mention, entity["kind"], entity["matches"][0]["party"])
            span._.lagebild_parties = entity["matches"]
            yield span


def _said(doc: Doc, reading: dict[str, Any], at: Characters) -> Iterator[Span]:
    for statement in reading["statements"]:
        span = _span(doc, at, statement["content"], statement["act"])
        span._.lagebild_statement = statement
        yield span


def _span(doc: Doc, at: Characters, words: dict[str, int], label: str, party: str = "") -> Span:
    """The tokens that hold the words: a listed name may be a part of one ("Putin-Besuch")."""
    start, end = at.span(words)
    span = doc.char_span(start, end, label=label, kb_id=party, alignment_mode="expand")
    if span is None:
        raise ValueError(f"characters {start} to {end} are not of this doc")
    return span


Doc.set_extension("lagebild", default=None, force=True)
Span.set_extension("lagebild_parties", default=None, force=True)
Span.set_extension("lagebild_statement", default=None, force=True)


@Language.factory(
    "lagebild",
    assigns=["doc._.lagebild", "span._.lagebild_parties", "span._.lagebild_statement"],
    default_config={"folder": None, "lists": [], "published": None, "as_of": None, "quick": False, "min_confidence": 0.0},
)
def make(
    nlp: Language,
    name: str,
    folder: Optional[str],
    lists: list[str],
    published: Optional[str],
    as_of: Optional[str],
    quick: bool,
    min_confidence: float,
) -> Lagebild:
    """A component: ``folder`` holds stored lists (``lists`` names some of them); without it the starter list is asked."""
    watchlist = Watchlist.starter() if folder is None else Watchlist.stored(folder, lists=lists, as_of=as_of)
    return Lagebild(watchlist, published=published, as_of=as_of, quick=quick, min_confidence=min_confidence)
