#!/usr/bin/env python3
"""Asks the program for every country in every case of Russian, Ukrainian and Polish, and prints which forms it does not know or
takes for another country.

    python3 -m venv VENV && VENV/bin/pip install pymorphy3 pymorphy3-dicts-ru pymorphy3-dicts-uk morfeusz2 pyyaml
    VENV/bin/python scripts/country-forms.py PROGRAM

The forms come from the dictionaries of pymorphy3 (MIT; OpenCorpora, CC BY-SA, and VESUM, CC BY-NC-SA: asked, not copied) and
Morfeusz (SGJP, BSD).
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SENTENCES = {"ru": "Договор касается слова {}.", "uk": "Договір стосується слова {}.", "pl": "Umowa dotyczy słowa {}."}


def plain(name: str) -> str:
    return name.replace("|", "")


def names(language: str) -> "dict[str, list[str]]":
    if language == "ru":
        countries = yaml.safe_load((ROOT / "data/world/countries.yaml").read_text())
        return {one["code"]: [plain(name) for name in one.get("names", {}).get("ru", [])] for one in countries}
    world = yaml.safe_load((ROOT / f"data/lexicon/{language}/world.yaml").read_text())["countries"]
    return {code: [plain(name) for name in one.get("names", [])] for code, one in world.items()}


def cased(word: str, form: str) -> str:
    """The form with capitals where the word has them, also behind a hyphen or an apostrophe."""
    for mark in ("-", "’", "'"):
        if word.count(mark) == form.count(mark) > 0:
            return mark.join(cased(*pair) for pair in zip(word.split(mark), form.split(mark)))
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def slavic(language: str):
    import pymorphy3

    morph = pymorphy3.MorphAnalyzer(lang=language)
    cases = ["nomn", "gent", "datv", "accs", "ablt", "loct"]

    def parse(word: str):
        fit = [one for one in morph.parse(word) if "nomn" in one.tag and one.is_known and ("NOUN" in one.tag or "ADJF" in one.tag)]
        return fit[0] if fit else None

    def forms(name: str) -> "set[str]":
        words = name.split(" ")
        parsed = [parse(word) for word in words]
        first = next((at for at, one in enumerate(parsed) if one and "NOUN" in one.tag), None)
        if first is None or any(word.isupper() for word in words):
            return set()
        moves = [at <= first or (at >= 2 and words[at - 1] in ("и", "і", "та")) for at in range(len(words))]
        if any(move and one is None and word not in ("и", "і", "та") for move, one, word in zip(moves, parsed, words)):
            return set()
        found = set()
        for case in cases:
            row = []
            for move, one, word in zip(moves, parsed, words):
                form = one.inflect({case}) if move and one else None
                row.append(cased(word, form.word) if form else word)
            found.add(" ".join(row))
        return found

    return forms


def polish():
    import morfeusz2

    morph = morfeusz2.Morfeusz()
    cases = ["nom", "gen", "dat", "acc", "inst", "loc"]

    def tags(word: str):
        return [(form, tag) for form, _, tag, *_ in morph.generate(word)]

    def forms(name: str) -> "set[str]":
        words = name.split(" ")
        nouns = [[(form, tag) for form, tag in tags(word) if tag.startswith("subst:")] for word in words]
        first = next((at for at, one in enumerate(nouns) if any(form == words[at] and ":nom" in tag for form, tag in one)), None)
        if first is None:
            return set()
        head = next(tag for form, tag in nouns[first] if form == words[first] and ":nom" in tag).split(":")
        number, gender = head[1], head[3]
        found = set()
        for case in cases:
            row = []
            for at, word in enumerate(words):
                form = word
                if at == first:
                    fit = [f for f, tag in nouns[at] if tag.split(":")[1] == number and case in tag.split(":")[2].split(".")]
                    form = fit[0] if fit else word
                else:
                    analysed = [(lemma, tag) for _, _, (_, lemma, tag, *_) in morph.analyse(word) if tag.startswith("adj:")]
                    agrees = [lemma for lemma, tag in analysed if number in tag.split(":")[1] and "nom" in tag.split(":")[2].split(".") and gender in tag.split(":")[3].split(".")]
                    if agrees:
                        fit = [f for f, tag in tags(agrees[0].split(":")[0]) if tag.startswith("adj:") and tag.split(":")[1] == number and case in tag.split(":")[2].split(".") and gender in tag.split(":")[3].split(".") and tag.endswith("pos")]
                        form = cased(word, fit[0]) if fit else word
                row.append(form)
            found.add(" ".join(row))
        return found

    return forms


def main() -> None:
    program = sys.argv[1]
    for language in ("ru", "uk", "pl"):
        forms = polish() if language == "pl" else slavic(language)
        asked = [(code, form) for code, all_names in names(language).items() for name in all_names for form in sorted(forms(name))]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "forms.txt"
            lines = [SENTENCES[language].format(form) for _, form in asked]
            path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
            run = [program, "read", "--quick", "--lists", "starter", "--language", language, "--format", "json", str(path)]
            reading = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
        raw = ("\n\n".join(lines) + "\n").encode()
        code_of = {one["id"]: one.get("country") or one.get("code") for one in reading["entities"] if one["kind"] == "country"}
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line.encode()) + 2
        got = [set() for _ in lines]
        for mention in reading["mentions"]:
            if mention["entity"] in code_of:
                line = max(i for i, start in enumerate(starts) if start <= mention["start"])
                got[line].add((code_of[mention["entity"]], raw[mention["start"]:mention["end"]].decode()))
        wrong = 0
        for (code, form), found in zip(asked, got):
            codes = {one for one, _ in found}
            if codes != {code}:
                wrong += 1
                print(language, code, form, "->", sorted(found) or "nothing")
        print(f"{language}: {len(asked) - wrong} of {len(asked)} forms are their country")


main()
