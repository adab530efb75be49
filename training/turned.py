"""Sentences in the subjunctive: treebanks hold little reported speech, so finite verbs of gold sentences are turned.

The same as `crates/grammar/src/train/subjunctive.rs`, over the same table of irregular forms.
"""

import re
from dataclasses import replace
from pathlib import Path

from corpora import Sentence, Word

ENTRY = re.compile(r"\{indicative: ([^,]+), subjunctive: ([^}]+)\}")


def table(path: Path) -> dict[str, str]:
    """Indicative to subjunctive."""
    return dict(ENTRY.findall(path.read_text(encoding="utf8")))


def turned(sentence: Sentence, forms: dict[str, str], only_mood: bool) -> Sentence | None:
    """The sentence with its finite verbs turned, features alone gold; none when no verb can be turned.

    `only_mood`: the other features were not checked by people, so nothing but the turned verbs' mood is kept.
    """
    changed, words = False, []
    for word in sentence.words:
        other = subjunctive(word, forms)
        changed |= other is not None
        new = replace(word, form=other or word.form, upos=None, head=None, relation=None, name=None)
        new.mood = "Sub" if other else None
        if only_mood:
            new.feats = None
        elif other:
            new.feats = {**(word.feats or {}), "Mood": "Sub"}
        words.append(new)
    return Sentence(words, sentence.parts) if changed else None


def subjunctive(word: Word, forms: dict[str, str]) -> str | None:
    """"liefert" to "liefere", "hat" to "habe"; none for what is not a finite verb of the indicative."""
    if word.upos not in ("VERB", "AUX") or word.mood != "Ind":
        return None
    feats = word.feats or {}
    form = word.form.lower()
    other = forms.get(form)
    third = feats.get("Person") == "3" and feats.get("Tense") == "Pres" and feats.get("Number") == "Sing"
    if other is None and (third or not feats) and form.endswith("t") and word.lemma.endswith("n"):
        stem = word.lemma.lower()[:-1]
        regular = form[:-1] in (stem, stem.removesuffix("e"))  # without features only the regular form is sure
        if stem[:2] == form[:2] and (third or regular):
            other = stem if stem.endswith("e") else stem + "e"
    if other and word.form[:1].isupper():
        other = other[:1].upper() + other[1:]
    return other
