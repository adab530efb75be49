"""One text, one name, one flow."""

import datetime
import json
import threading
import time
import warnings

import pytest

import lagebild


def test_spans_hold_their_words(lists):
    text = "Gestern sprach Südkoreas Präsident über Kims Reise: Kim Jong Un traf Wladimir Putin."
    reading = lagebild.read(text, watchlist=lists)
    at = lagebild.Characters(text)
    for mention in reading["mentions"]:
        start, end = at.span(mention)
        assert text[start:end] == lagebild.characters(text, mention)
    assert "Kim Jong Un" in {lagebild.characters(text, mention) for mention in reading["mentions"]}


def test_quick_looks_for_names_alone(lists, text):
    full = lagebild.read(text, watchlist=lists)
    quick = lagebild.read(text, watchlist=lists, quick=True)
    assert full["transfers"] and full["statements"]
    assert not quick["transfers"] and not quick["statements"]
    assert quick["mentions"]


def test_what_is_said_of_a_text_counts(lists):
    reading = lagebild.read(
        "<p>Kim Jong Un reiste ab.</p>",
        watchlist=lists,
        format="html",
        language="de",
        title="Abreise",
        url="https://example.org/1",
        published=datetime.datetime(2023, 9, 12, 8, 0),
        source="one",
    )
    document = reading["document"]
    assert reading["text"] == "Kim Jong Un reiste ab."
    assert (document["language"], document["title"], document["source"]) == ("de", "Abreise", "one")
    assert (document["url"], reading["stamp"]["as_of"]) == ("https://example.org/1", "2023-09-12")
    later = lagebild.read("Kim reiste ab.", watchlist=lists, as_of=datetime.date(2024, 1, 2))
    assert later["stamp"]["as_of"] == "2024-01-02"


def test_least_confidence_leaves_out_what_is_less_sure(lists, text):
    assert lagebild.read(text, watchlist=lists, min_confidence=1.0)["transfers"] == []


def test_spotted_names_have_candidates(lists):
    spotted = lagebild.spot("Kims Treffen mit Putin: Kim Jong Un kam an.", watchlist=lists, language="de")
    assert any(one["text"] == "Kim Jong Un" and not one["partial"] for one in spotted)
    assert lagebild.spot("Nichts.", watchlist=lists) == []


def test_a_record_is_screened(lists):
    asked = {"birthDate": "1967-10-17", "country": ["ru"]}
    answer = lagebild.screen(["Dmitri Peskow", "Дмитрий Песков"], schema="Person", properties=asked, watchlist=lists)
    assert answer["query"]["names"] == ["Dmitri Peskow", "Дмитрий Песков"]
    assert {reason["field"] for reason in answer["hits"][0]["reasons"]} >= {"name", "birth_date"}
    assert lagebild.screen("Erika Mustermann", watchlist=lists)["hits"] == []
    all_hits = lagebild.screen("Dmitri Peskow", watchlist=lists, cutoff=0.3, threshold=1.0, limit=3)["hits"]
    assert all_hits and not all_hits[0]["matched"]


def test_a_flow_is_checked_on_a_day():
    flow = {"giver": "North Korea", "receiver": "RU", "goods": "artillery_ammunition"}
    touched = lagebild.check(**flow, on=datetime.date(2023, 9, 13))
    assert touched[0]["verdict"] == "touched"
    before = lagebild.check(**flow, on="1990-01-01")
    assert all(finding["verdict"] != "touched" for finding in before)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda: lagebild.read("", watchlist=lagebild.Watchlist.starter()), "empty"),
        (lambda: lagebild.read("x", watchlist=lagebild.Watchlist.starter(), published="today"), "no day such as"),
        (lambda: lagebild.read("x", watchlist=lagebild.Watchlist.starter(), language="xx"), "no language"),
        (lambda: lagebild.read("x", watchlist=lagebild.Watchlist.starter(), format="pdf"), "none of text"),
        (lambda: lagebild.check(goods="military_uav"), "neither the country"),
        (lambda: lagebild.check(giver="Atlantis", goods="military_uav"), "no country"),
        (lambda: lagebild.check(giver="KP", goods="artilery"), "did you mean"),
        (lambda: lagebild.screen("x", watchlist=lagebild.Watchlist.starter(), cutoff=2), "between 0 and 1"),
        (lambda: lagebild.Watchlist.stored("/nowhere"), "no lists in"),
        (lambda: lagebild.Watchlist.from_files({"x": "/nowhere"}), "/nowhere"),
    ],
)
def test_what_cannot_be_done_is_an_exception(asked, words):
    with pytest.raises(lagebild.LagebildError, match=words):
        asked()


def test_the_starter_list_is_not_taken_silently():
    with pytest.warns(lagebild.StarterListWarning):
        lagebild.spot("Kim Jong Un")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lagebild.spot("Kim Jong Un", watchlist=lagebild.Watchlist.starter())


def test_lists_come_from_files(own_list):
    lists = lagebild.Watchlist.from_files({"own": own_list})
    assert (len(lists), lists.problems) == (1, [])
    assert lagebild.screen("Anna Muster", watchlist=lists)["hits"][0]["party"] == "own:1"
    assert lagebild.spot("Es sprach Anna Muster.", watchlist=lists)[0]["candidates"][0]["party"] == "own:1"


def test_the_lock_is_released(lists, text):
    """Python goes on while a text is read: this thread counts meanwhile."""
    lagebild.read(text, watchlist=lists)
    reading = threading.Thread(target=lagebild.read, args=(text * 60,), kwargs={"watchlist": lists})
    reading.start()
    turns = 0
    while reading.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 20


def test_readings_are_plain_data(lists, text):
    reading = lagebild.read(text, watchlist=lists)
    assert json.loads(json.dumps(reading)) == reading
    assert reading["schema"] == "lagebild.reading/1"
