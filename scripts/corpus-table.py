#!/usr/bin/env python3
"""The tables of docs/reading.md ("How well it reads") from what `lagebild eval corpus corpus/test.md.xz` prints:

    lagebild eval corpus corpus/test.md.xz | scripts/corpus-table.py
"""

import re
import sys

NAMES = {"de": "German", "en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "uk": "Ukrainian",
         "ar": "Arabic", "zh": "Chinese", "ko": "Korean", "it": "Italian", "pl": "Polish", "tr": "Turkish"}
SUMS = re.compile(
    r"(?P<code>\w\w): (?P<passages>\d+) passages\n"
    r"\s+statements\s+F1 (?P<s>\S+) \(.*?\)\s+all right (?P<sa>\S+) .*\n"
    r"\s+speaker (?P<speaker>\S+)\s+certainty (?P<certainty>\S+) of .*\n"
    r"\s+transfers\s+F1 (?P<t>\S+) \(P (?P<p>\S+) .*?\)\s+all right (?P<ta>\S+) .*\n"
    r"\s+wrong party (?P<wrong>\S+) of (?P<sure>\d+) sure\s+overstated (?P<over>\S+) of")


def short(figure: str) -> str:
    return figure.lstrip("0") if figure.startswith("0.") else figure


def main() -> None:
    sums = {found["code"]: found for found in SUMS.finditer(sys.stdin.read())}
    print("| | passages | statements F1 | all right | speaker | certainty | transfers F1 | precision | all right | wrong party | overstated |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for code, name in NAMES.items():
        if found := sums.get(code):
            figures = [short(found[part]) for part in ("s", "sa", "speaker", "certainty", "t", "p", "ta")]
            print(f"| {name} | {found['passages']} | " + " | ".join(figures)
                  + f" | {short(found['wrong'])} of {found['sure']} | {short(found['over'])} |")


if __name__ == "__main__":
    main()
