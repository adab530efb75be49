"""What all tests use."""

import pytest

import lagebild

TEXT = (
    "Officials in Seoul said that North Korea had delivered artillery shells to Russia. "
    "“Nothing of this is true”, said Dmitry Peskov. Kim Jong Un met Vladimir Putin on 13 September 2023."
)


@pytest.fixture(scope="session")
def lists():
    return lagebild.Watchlist.starter()


@pytest.fixture
def text():
    return TEXT


@pytest.fixture
def own_list(tmp_path):
    """A list of one party in a file."""
    file = tmp_path / "own.jsonl"
    file.write_text(
        '{"id": "1", "schema": "Person", "caption": "Anna Muster", "properties": {"name": ["Anna Muster"]}}\n'
    )
    return file
