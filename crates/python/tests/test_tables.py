"""Tables of each library in and out."""

import datetime

import pandas
import polars
import pyarrow
import pytest

import lagebild

ROWS = {
    "id": [1, 2, 3],
    "text": ["Kim Jong Un met Vladimir Putin.", None, "Nothing happened."],
    "published": [datetime.date(2023, 9, 12), None, None],
}


@pytest.mark.parametrize(
    "make",
    [
        pyarrow.table,
        lambda rows: pyarrow.record_batch(rows),
        lambda rows: pyarrow.table(rows).to_reader(),
        pandas.DataFrame,
        polars.DataFrame,
    ],
    ids=["pyarrow", "batch", "reader", "pandas", "polars"],
)
def test_any_library_gives_and_takes(make, lists):
    made = lagebild.scan(make(ROWS), watchlist=lists, quick=True)
    assert len(made) == 3
    for rows in (
        pyarrow.table(made).to_pylist(),
        polars.DataFrame(made).to_dicts(),
        pyarrow.table(made).to_pandas().to_dict("records"),
    ):
        assert [row["id"] for row in rows] == [1, 2, 3]
        assert [hit["name"] for hit in rows[0]["hits"]] == ["Kim Jong Un", "Vladimir Putin"]
        assert rows[1]["error"] == "there is no text"
        assert len(rows[2]["hits"]) == 0
        assert rows[0]["published"] == datetime.date(2023, 9, 12)


def test_a_row_is_what_its_text_alone_gives(lists, text):
    table = pyarrow.table({"text": [text], "published": ["2023-09-13"]})
    row = pyarrow.table(lagebild.scan(table, watchlist=lists)).to_pylist()[0]
    reading = lagebild.read(text, published="2023-09-13", watchlist=lists)
    assert [one["content"] for one in row["statements"]] == [one["content"] for one in reading["statements"]]
    assert [one["class"] for one in row["transfers"]] == [one["class"] for one in reading["transfers"]]
    assert [one["why"] for one in row["findings"]] == [one["why"] for one in reading["findings"]]
    assert row["sha256"] == reading["document"]["sha256"]


def test_threads_and_pieces_change_nothing(lists, text):
    texts = [f"{text} It was said {number} times." for number in range(40)]
    table = pyarrow.table({"text": texts})
    one = pyarrow.table(lagebild.scan(table, watchlist=lists, threads=1, quick=True))
    two = pyarrow.table(lagebild.scan(table, watchlist=lists, threads=2, quick=True))
    cut = pyarrow.Table.from_batches(table.to_batches(max_chunksize=7))
    pieces = pyarrow.table(lagebild.scan(cut, watchlist=lists, threads=2, quick=True))
    assert one.to_pylist() == two.to_pylist() == pieces.to_pylist()


def test_names_are_screened(lists):
    names = polars.DataFrame(
        {"id": ["a", "b", "c"], "name": ["Dmitri Peskow", "", "Erika Mustermann"], "birth_date": ["1967-10-17", None, None]}
    )
    rows = polars.DataFrame(lagebild.screen_table(names, watchlist=lists)).to_dicts()
    alone = lagebild.screen("Dmitri Peskow", properties={"birthDate": "1967-10-17"}, watchlist=lists)["hits"]
    fields = ("party", "schema", "caption", "score", "matched", "reasons")
    assert [{field: hit[field] for field in fields} for hit in rows[0]["hits"]] == [
        {field: hit[field] for field in fields} for hit in alone
    ]
    assert (rows[1]["error"], rows[2]["hits"]) == ("there is no name", [])


def test_no_rows_give_the_same_columns(lists):
    empty = pyarrow.table({"text": pyarrow.array([], pyarrow.string())})
    some = pyarrow.table({"text": ["Kim Jong Un spoke."]})
    schema = pyarrow.schema(lagebild.scan(empty, watchlist=lists))
    assert schema == pyarrow.table(lagebild.scan(some, watchlist=lists, quick=True)).schema


def test_wrong_tables_are_refused(lists):
    with pytest.raises(lagebild.LagebildError, match="no column `text`; the columns are body"):
        lagebild.scan(pyarrow.table({"body": ["x"]}), watchlist=lists)
    with pytest.raises(lagebild.LagebildError, match="cannot be read as text"):
        lagebild.scan(pyarrow.table({"text": [{"a": 1}]}), watchlist=lists)
    with pytest.raises(TypeError, match="list is no table"):
        lagebild.scan([1, 2], watchlist=lists)


def test_an_error_of_the_source_comes_through(lists):
    def broken():
        yield pyarrow.record_batch({"text": ["x"]})
        raise ValueError("the source is gone")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"text": pyarrow.string()}), broken())
    with pytest.raises(lagebild.LagebildError, match="the source is gone"):
        lagebild.scan(reader, watchlist=lists)


def test_a_table_may_be_taken_many_times_and_outlives_its_source(lists):
    made = lagebild.scan(pyarrow.table(ROWS), watchlist=lists, quick=True)
    assert pyarrow.table(made) == pyarrow.table(made)
    assert made.column_names[:2] == ["id", "sha256"]
    assert "3 rows" in repr(made)
