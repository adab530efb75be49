#!/usr/bin/env python3
"""Runs phrase matchers from PyPI over a text with the names that `lagebild eval spotting … --names-out FILE` wrote.

Only for measuring: install the peers in a throw-away virtual environment (pip install spacy flashtext pyahocorasick),
never as a dependency. They find names letter by letter: no inflection, no other script, no spelling of its own.

    compare-spotting.py NAMES TEXT
"""
import sys
import time


def names_of(path):
    with open(path, encoding="utf-8") as lines:
        return sorted({line.strip() for line in lines if len(line.strip()) > 3})


def spacy_matcher(names):
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("de")
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("name", list(nlp.tokenizer.pipe(names)))
    return lambda text: len(matcher(nlp.make_doc(text)))


def flashtext_matcher(names):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_list(names)
    return lambda text: len(processor.extract_keywords(text))


def ahocorasick_matcher(names):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return lambda text: sum(1 for _ in automaton.iter(text))


def main(names_path, text_path):
    names = names_of(names_path)
    with open(text_path, encoding="utf-8") as file:
        text = file.read()
    size = len(text.encode()) / 1e6
    for make in (spacy_matcher, flashtext_matcher, ahocorasick_matcher):
        began = time.perf_counter()
        match = make(names)
        built = time.perf_counter()
        found = match(text)
        seconds = time.perf_counter() - built
        print(f"{make.__name__}: {len(names)} names, built in {built - began:.1f} s; {size:.1f} MB, "
              f"{found} found, {seconds:.3f} s, {size / seconds:.2f} MB/s")


main(*sys.argv[1:])
