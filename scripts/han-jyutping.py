#!/usr/bin/env python3
"""Writes data/names/han_jyutping.yaml: the Cantonese readings of the Chinese characters that occur in names, from ToJyutping
(BSD-2-Clause).

    python3 -m venv VENV && VENV/bin/pip install ToJyutping==3.2.0 pyyaml
    VENV/bin/python scripts/han-jyutping.py

Characters are those that data/names reads in another language. Tones are left away: no spelling in Latin letters shows them. How
Hong Kong spells a reading stands in data/names/spelt_cantonese.yaml.
"""

import collections
import pathlib

import ToJyutping
import yaml

NAMES = pathlib.Path(__file__).resolve().parent.parent / "data" / "names"
# Readings kept of a character: rarer ones are not those of names.
MOST = 2
HEAD = """# Chinese characters by their Cantonese reading (Jyutping without tones), at most two readings for a character.
# Made by scripts/han-jyutping.py from ToJyutping (BSD-2-Clause); correct the script or this file where a name is read otherwise.
readings:
"""


def load(name):
    return yaml.load((NAMES / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def characters():
    other = load("han_other.yaml")
    texts = list(load("han_pinyin.yaml")["readings"].values()) + list(other["korean"].values()) + list(other["japanese"])
    return sorted({c for text in texts for c in text if "\u3400" <= c <= "\u9fff"} | set(load("han_variants.yaml")["pairs"]) - {" "})


def main():
    found = collections.defaultdict(str)
    for character in characters():
        candidates = ToJyutping.get_jyutping_candidates(character)[0][1] or []
        readings = list(dict.fromkeys(reading.rstrip("123456") for reading in candidates))
        for reading in readings[:MOST]:
            found[reading] += character
    lines = [f'  "{reading}": "{found[reading]}"\n' for reading in sorted(found)]
    (NAMES / "han_jyutping.yaml").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
