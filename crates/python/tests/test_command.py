"""Python answers what the command prints."""

import json
import os
import subprocess
from pathlib import Path

import pytest

import lagebild

COMMAND = os.environ.get("LAGEBILD_COMMAND", "")
pytestmark = pytest.mark.skipif(not Path(COMMAND).is_file(), reason="the command is not built (LAGEBILD_COMMAND)")


def printed(*arguments):
    run = [COMMAND, *arguments]
    return json.loads(subprocess.run(run, check=True, capture_output=True, text=True, encoding="utf-8").stdout)


@pytest.mark.parametrize("quick", [False, True])
def test_reading(lists, text, tmp_path, quick):
    file = tmp_path / "article.txt"
    file.write_text(text, encoding="utf-8")
    flags = ["--quick"] if quick else []
    asked = ["read", str(file), "--lists", "starter", "--published", "2023-09-13", "--format", "json", *flags]
    mine = lagebild.read(text, source=str(file), published="2023-09-13", watchlist=lists, quick=quick)
    assert mine == printed(*asked)


def test_screening(lists):
    asked = ["screen", "Dmitri Peskow", "--schema", "person", "--birth-date", "1967-10-17"]
    command = printed(*asked, "--lists", "starter", "--format", "json")
    mine = lagebild.screen("Dmitri Peskow", schema="Person", properties={"birthDate": "1967-10-17"}, watchlist=lists)
    assert mine == command


def test_check():
    asked = ["check", "--from", "KP", "--to", "RU", "--goods", "artillery_ammunition", "--on", "2023-09-13"]
    mine = lagebild.check(giver="KP", receiver="RU", goods="artillery_ammunition", on="2023-09-13")
    assert mine == printed(*asked, "--format", "json")


def test_stored_lists(own_list, tmp_path):
    folder = str(tmp_path / "lists")
    subprocess.run([COMMAND, "lists", "add", "kept", str(own_list), "--lists-folder", folder], check=True)
    lists = lagebild.Watchlist.stored(folder)
    assert len(lists) == 1
    command = printed("screen", "Anna Muster", "--lists-folder", folder, "--format", "json")
    assert lagebild.screen("Anna Muster", watchlist=lists) == command
