"""Reads news reporting into sanctions case files; screens names against sanctions lists.

>>> import lagebild
>>> lists = lagebild.Watchlist.starter()
>>> [hit["party"] for hit in lagebild.screen("Kim Jong-un", watchlist=lists)["hits"]][:1]
['ofac-sdn:20157']

Everything answers with plain dicts and lists, the same that the command ``lagebild … --format json`` prints; tables (``scan``,
``screen_table``) go in and come out by the Arrow PyCapsule interface, so that pyarrow, pandas, polars and others take part without
a conversion. The interpreter's lock is released while anything is worked out. What cannot be done raises ``LagebildError``.

All offsets are bytes of the text as UTF-8; ``characters`` turns them into places in a Python string.
"""

from __future__ import annotations

import datetime as _datetime
import json as _json
import warnings as _warnings
from collections.abc import Mapping, Sequence
from typing import Any, Optional, Union

from . import _lagebild
from ._lagebild import LagebildError, Table, Watchlist, __version__
from ._offsets import Characters, characters

__all__ = [
    "Characters",
    "LagebildError",
    "StarterListWarning",
    "Table",
    "Watchlist",
    "__version__",
    "characters",
    "check",
    "read",
    "scan",
    "screen",
    "screen_table",
    "spot",
]

Day = Union[str, _datetime.date]


class StarterListWarning(UserWarning):
    """No watchlist was given, so that the built-in list of some dozens of parties is asked: for a first look only."""


_starter: Optional[Watchlist] = None


def _lists(watchlist: Optional[Watchlist]) -> Watchlist:
    global _starter
    if watchlist is not None:
        return watchlist
    if _starter is None:
        _starter = Watchlist.starter()
    _warnings.warn(
        "no watchlist given: only the built-in starter list is asked, which is for a first look (see lagebild.Watchlist)",
        StarterListWarning,
        stacklevel=3,
    )
    return _starter


def _day(day: Optional[Day]) -> Optional[str]:
    """A day as ISO 8601; of a moment its day."""
    if isinstance(day, _datetime.datetime):
        day = day.date()
    return None if day is None else str(day)


def read(
    text: str,
    *,
    watchlist: Optional[Watchlist] = None,
    language: Optional[str] = None,
    published: Optional[Day] = None,
    title: Optional[str] = None,
    url: Optional[str] = None,
    source: str = "text",
    format: str = "text",
    as_of: Optional[Day] = None,
    quick: bool = False,
    min_confidence: float = 0.0,
) -> dict[str, Any]:
    """Reads an article: who is named, who says what and how sure, what goes from whom to whom, which measures that touches.

    :param language: its language (``de``); else it is found.
    :param published: its day of publication; else it is read from the text.
    :param source: what the reading calls it.
    :param format: ``text``, ``markdown`` or ``html``.
    :param as_of: the day whose measures count; else that of publication, else today.
    :param quick: look for names alone.
    :param min_confidence: leave out transfers and statements that are less probably right than this, 0 to 1.
    :return: the reading, ``lagebild.reading/1`` (``docs/reading.md``).

    >>> text = "Officials in Seoul said that North Korea had delivered artillery shells to Russia."
    >>> reading = read(text, published="2023-09-13", watchlist=Watchlist.starter())
    >>> [(transfer["class"], transfer["certainty"]) for transfer in reading["transfers"]]
    [('artillery_ammunition', 'CT+')]
    >>> sorted({finding["regime"] for finding in reading["findings"] if finding["verdict"] == "touched"})[:1]
    ['UN-1718-DPRK']
    """
    asked = {
        "source": source,
        "format": format,
        "language": language,
        "published": _day(published),
        "title": title,
        "url": url,
        "as_of": _day(as_of),
        "quick": quick,
        "min_confidence": min_confidence,
    }
    reading: dict[str, Any] = _json.loads(_lagebild.read(_lists(watchlist), text, asked))
    return reading


def spot(
    text: str, *, watchlist: Optional[Watchlist] = None, language: Optional[str] = None
) -> list[dict[str, Any]]:
    """Listed names in a text, in text order, without grammar: each with its bytes and the parties that it may be, best first.

    >>> spotted = spot("Kim Jong Un reiste nach Russland.", watchlist=Watchlist.starter(), language="de")
    >>> [(one["text"], one["candidates"][0]["party"]) for one in spotted]
    [('Kim Jong Un', 'ofac-sdn:20157')]
    """
    spotted: list[dict[str, Any]] = _json.loads(_lagebild.spot(_lists(watchlist), text, language))
    return spotted


def screen(
    name: Union[str, Sequence[str]] = (),
    *,
    watchlist: Optional[Watchlist] = None,
    schema: Optional[str] = None,
    properties: Optional[Mapping[str, Union[str, Sequence[str]]]] = None,
    threshold: Optional[float] = None,
    cutoff: Optional[float] = None,
    limit: int = 10,
) -> dict[str, Any]:
    """Which listed parties may a name, or a record, be?

    :param name: the name, or several spellings of it.
    :param schema: what kind of party (FollowTheMoney): ``Person``, ``Organization``, ``Vessel``, …
    :param properties: what else is known (FollowTheMoney): ``birthDate``, ``country``, ``gender``, ``imoNumber``, …
    :param threshold: from this score on a hit is a match (else the built-in one).
    :param cutoff: hits below this score are left out (else the threshold).
    :param limit: most hits; more come where more bear the very name.
    :return: ``query``, ``hits`` with their reasons, and the ``lists`` that were asked.

    >>> answer = screen("Kim Chong-un", schema="Person", watchlist=Watchlist.starter())
    >>> [(hit["caption"], hit["matched"]) for hit in answer["hits"]]
    [('Kim Jong Un', True)]
    """
    names = [name] if isinstance(name, str) else list(name)
    said = {key: [value] if isinstance(value, str) else list(value) for key, value in (properties or {}).items()}
    query = _json.dumps({"schema": schema, "names": names, "properties": said})
    wanted = {"threshold": threshold, "cutoff": cutoff, "limit": limit}
    answer: dict[str, Any] = _json.loads(_lagebild.screen(_lists(watchlist), query, wanted))
    return answer


def check(
    *,
    giver: Optional[str] = None,
    receiver: Optional[str] = None,
    goods: Optional[str] = None,
    quantity: Optional[tuple[float, str]] = None,
    listed: Sequence[str] = (),
    on: Optional[Day] = None,
) -> list[dict[str, Any]]:
    """Which provisions does a flow touch on a day? Names provisions and says what is missing; decides nothing.

    :param giver: country that gives (``KP`` or its English name).
    :param receiver: country that gets.
    :param goods: class of goods (``lagebild goods TERM`` finds it).
    :param quantity: how much, with the unit of a cap: ``(500000, "barrel")``.
    :param listed: listed parties that take part, by id.
    :param on: the day (else today).

    >>> findings = check(giver="KP", receiver="RU", goods="artillery_ammunition", on="2023-09-13")
    >>> (findings[0]["regime"], findings[0]["verdict"])
    ('UN-1718-DPRK', 'touched')
    """
    asked = {
        "giver": giver,
        "receiver": receiver,
        "goods": goods,
        "quantity": quantity,
        "listed": list(listed),
        "on": _day(on),
    }
    findings: list[dict[str, Any]] = _json.loads(_lagebild.check(asked))
    return findings


def scan(
    table: Any,
    *,
    watchlist: Optional[Watchlist] = None,
    as_of: Optional[Day] = None,
    quick: bool = False,
    min_confidence: float = 0.0,
    threads: int = 0,
) -> Table:
    """Reads a table of articles: one row out for each row in, in the same order.

    Columns in: ``text`` and, where there are any, ``id``, ``language``, ``published``, ``title``, ``url``. Columns out: ``id``, ``sha256``,
    ``language``, ``title``, ``published``, ``as_of``, the nested ``hits``, ``statements``, ``transfers``, ``findings``, then ``warnings`` and
    ``error``: why a row could not be read, which stops no other.

    :param table: any table of pyarrow, pandas, polars, or whatever has ``__arrow_c_stream__``.
    :param threads: 0 for all cores.
    :return: a table that each of these takes: ``pyarrow.table(…)``, ``polars.DataFrame(…)``.

    >>> import pyarrow
    >>> articles = pyarrow.table({"id": [7, 8], "text": ["Kim Jong Un met Vladimir Putin.", None]})
    >>> read = pyarrow.table(scan(articles, quick=True, watchlist=Watchlist.starter()))
    >>> [[hit["name"] for hit in row] if row else row for row in read["hits"].to_pylist()]
    [['Kim Jong Un', 'Vladimir Putin'], None]
    >>> read["error"].to_pylist()
    [None, 'there is no text']
    """
    asked = {"as_of": _day(as_of), "quick": quick, "min_confidence": min_confidence, "threads": threads}
    return _lagebild.scan(_lists(watchlist), table, asked)


def screen_table(
    table: Any,
    *,
    watchlist: Optional[Watchlist] = None,
    threshold: Optional[float] = None,
    cutoff: Optional[float] = None,
    limit: int = 10,
    threads: int = 0,
) -> Table:
    """Screens a table of names: one row out for each row in, in the same order.

    Columns in: ``name`` and, where there are any, ``id``, ``schema``, ``birth_date``, ``country``, ``gender``. Columns out: ``id``, the nested
    ``hits`` (``party``, ``schema``, ``caption``, ``score``, ``matched``, ``listed``, ``reasons``), ``error``.

    >>> import pyarrow
    >>> names = pyarrow.table({"name": ["Kim Chong-un", "Erika Mustermann"]})
    >>> hits = pyarrow.table(screen_table(names, watchlist=Watchlist.starter()))
    >>> [[hit["party"] for hit in row] for row in hits["hits"].to_pylist()]
    [['ofac-sdn:20157'], []]
    """
    wanted = {"threshold": threshold, "cutoff": cutoff, "limit": limit}
    return _lagebild.screen_table(_lists(watchlist), table, wanted, threads)
