#!/usr/bin/env python3
"""Writes `de.lexicon`, which `lagebild train … --clusters` learns German from: what is known of 150,000 words.

Only for making a model: in a throw-away virtual environment, `pip install HanTa numpy german-nouns spacy-lookups-data`.
Each line: word, cluster (spacy-lookups-data, MIT), class of the parts of speech it may be (HanTa, and the kinds of noun of
german-nouns: place, given name, surname …), class of its genders, numbers and cases (german-nouns: Wiktionary, CC BY-SA).

Usage: german-lexicon.py CLUSTERS NOUNS_CSV > de.lexicon   (CLUSTERS: word, tab, cluster, most frequent first)
"""
import csv
import sys
from collections import Counter, defaultdict

from HanTa.HanoverTagger import HanoverTagger

KINDS = {"Toponym": "T", "Straßenname": "T", "Vorname": "V", "Nachname": "F", "Eigenname": "E", "Abkürzung": "A"}
CASES = {"nominativ": "N", "genitiv": "G", "dativ": "D", "akkusativ": "A"}
LONGEST = 8  # Longer nouns are found by what their compound ends in.
UNSURE = -28  # Log probability under which HanTa guesses.


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


def main(clusters_path, nouns_path):
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
    speech_classes, form_classes = numbered(speech, 250), numbered(filter(None, forms), 254)
    for word, (top, others, kind), form in zip(words, speech, forms):
        candidates = [(top, others, kind), (top, "", kind), (top, "", "")]
        speech_class = next((speech_classes[key] for key in candidates if key in speech_classes), 0)
        print(word, clusters.get(word, 0), speech_class, form_classes.get(form, 0), sep="\t")


main(*sys.argv[1:])
