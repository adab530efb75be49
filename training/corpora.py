"""Readers: every corpus becomes sentences of words that know their form, the blank before them and what is gold."""

import io
import lzma
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

UNKNOWN = None
NO_BLANK_BEFORE = set(",.:;!?)]}%”’»…") | {"...", "''", "،", "؟", "؛"}
NO_BLANK_AFTER = set("([{„«‚¿¡") | {"``", "#", "@"}


@dataclass
class Word:
    """One word. What a corpus does not say is `UNKNOWN` and is not learned from it."""

    form: str
    space: bool = True  # a blank stands before it in running text
    upos: str | None = UNKNOWN
    feats: dict[str, str] | None = UNKNOWN  # attributes; every attribute not named has no value
    mood: str | None = UNKNOWN  # the one attribute that is known of a turned verb
    head: int | None = UNKNOWN  # 1-based in the sentence, 0 the root
    relation: str | None = UNKNOWN
    name: str | None = UNKNOWN  # IOB label
    lemma: str = ""


@dataclass
class Part:
    """Words of a sentence that are written as one ("zum"): from, to (1-based, inclusive) and the written form."""

    begin: int
    end: int
    form: str


@dataclass
class Sentence:
    words: list[Word]
    parts: list[Part] = field(default_factory=list)


def table(path: Path) -> tuple[list[dict], dict[str, str]]:
    """The corpora and the product's treebank for each language, from corpora.toml."""
    data = tomllib.loads(path.read_text(encoding="utf8"))
    return data["corpus"], data["language"]


def read(entry: dict, folder: Path) -> list[Sentence]:
    """All sentences of one entry of the table."""
    readers = {"conllu": conllu, "iob2": iob2, "tsv": tsv, "plain": plain}
    found = []
    for file in entry["files"]:
        with lzma.open(folder / file, "rt", encoding="utf8") as text:
            found += readers[entry["format"]](text, entry["language"])
    if all(word.space for sentence in found for word in sentence.words):
        for sentence in found:  # the corpus does not tell its blanks
            guess_blanks(sentence.words)
    if "gold_names" in entry:
        with lzma.open(folder / entry["gold_names"], "rt", encoding="utf8") as text:
            add_names(found, list(iob2(text, entry["language"])), entry["name"])
    if entry.get("only") == "upos":
        for sentence in found:
            for word in sentence.words:
                word.head = word.relation = word.feats = UNKNOWN
                word.lemma = word.lemma if entry.get("turned") else ""
    return found


def blocks(text: io.TextIOBase) -> Iterator[list[str]]:
    """Lines between empty lines."""
    block = []
    for line in text:
        line = line.rstrip("\n")
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def conllu(text: io.TextIOBase, language: str) -> Iterator[Sentence]:
    """Universal Dependencies. Subtypes of relations are dropped, of a feature with several values the first counts."""
    for block in blocks(text):
        words, parts, space = [], [], True
        for cells in (line.split("\t") for line in block if not line.startswith("#")):
            if "-" in cells[0]:
                begin, end = map(int, cells[0].split("-"))
                parts.append(Part(begin, end, cells[1]))
                part_blank = "SpaceAfter=No" not in cells[9]
                continue
            if "." in cells[0]:
                continue
            number = int(cells[0])
            feats = dict(kv.split("=", 1) for kv in cells[5].split("|") if "=" in kv)
            mood = feats.get("Mood", "").split(",")[0]
            feats = {k: v.split(",")[0] for k, v in feats.items()}
            words.append(Word(cells[1], space, cells[3], feats, mood, int(cells[6]), cells[7].split(":")[0], lemma=cells[2]))
            space = "SpaceAfter=No" not in cells[9]
            if parts and parts[-1].begin <= number <= parts[-1].end:
                whole = parts[-1]
                space = True if number < whole.end else part_blank
        if words:
            if language == "ar":
                parts = clitics(words)
            for part in parts:
                # "don't" is written "do" + "n't"; the blank between "zu" and "dem" of "zum" is a fiction
                inner = words[part.begin - 1 : part.end]
                if "".join(word.form for word in inner) == part.form:
                    for word in inner[1:]:
                        word.space = False
            yield Sentence(words, parts)


def clitics(words: list[Word]) -> list[Part]:
    """Arabic words written together, which the treebank splits without saying so."""
    parts, begin = [], 1
    for number in range(2, len(words) + 2):
        joined = number <= len(words) and not words[number - 1].space and all(
            w.upos not in ("PUNCT", "SYM", "NUM") and w.form.isalpha() for w in words[number - 2 : number]
        )
        if not joined:
            if number - 1 > begin:
                parts.append(Part(begin, number - 1, "".join(w.form for w in words[begin - 1 : number - 1])))
            begin = number
    return parts


def as_written(sentence: Sentence) -> Sentence:
    """The sentence with contractions as one word, which stands where the first part with a head outside stood."""
    if not sentence.parts:
        return sentence
    starts = {part.begin: part for part in sentence.parts}
    new, place, number = [], {0: 0}, 1
    while number <= len(sentence.words):
        part = starts.get(number, Part(number, number, sentence.words[number - 1].form))
        inside = range(part.begin, part.end + 1)
        members = [sentence.words[k - 1] for k in inside]
        kept = next((w for w in members if w.head not in inside), members[0])
        label = next((w.name for w in members if w.name not in (UNKNOWN, "O")), members[0].name)
        new.append(replace(kept, form=part.form, space=members[0].space, name=label))
        for k in inside:
            place[k] = len(new)
        number = part.end + 1
    for here, word in enumerate(new, 1):
        word.head = UNKNOWN if word.head is UNKNOWN or place[word.head] == here else place[word.head]
    return Sentence(new)


def iob2(text: io.TextIOBase, language: str) -> Iterator[Sentence]:
    """Universal NER; blanks come from the text above the words."""
    for block in blocks(text):
        written = next((line[len("# text = ") :] for line in block if line.startswith("# text = ")), "")
        words, at = [], 0
        for cells in (line.split("\t") for line in block if line[0] != "#"):
            found = written.find(cells[1], at)
            space = found < 0 or found > at or at == 0
            if 0 <= found <= at + 2:
                at = found + len(cells[1])
            words.append(Word(cells[1], space, name=cells[2]))
        if words:
            yield Sentence(words)


def tsv(text: io.TextIOBase, language: str) -> Iterator[Sentence]:
    """GermEval's format, outer names; the blanks are guessed."""
    for block in blocks(text):
        rows = [cells for cells in (line.split("\t") for line in block) if cells[0].isdigit()]
        words = [Word(cells[1], name=cells[2]) for cells in rows]
        if words:
            yield Sentence(guess_blanks(words))


def plain(text: io.TextIOBase, language: str) -> Iterator[Sentence]:
    """A sentence a line. Between letters a hyphen was cut off and is joined again; a dash is written otherwise there."""
    for line in text:
        forms = re.sub(r"(?<=[^\W\d_]) - (?=[^\W\d_])", "-", line.strip()).split()
        if 3 < len(forms) < 80:
            yield Sentence(guess_blanks([Word(form) for form in forms]))


def guess_blanks(words: list[Word]) -> list[Word]:
    """Sets the blanks as a typesetter would, where a corpus tells only the words."""
    inside, glue = False, True
    for number, word in enumerate(words):
        plain_quote = word.form in ('"', "“", "'") and (word.form != "“" or any(w.form == "„" for w in words[:number]))
        closes = plain_quote and (inside or word.form == "“")
        word.space = number == 0 or not (glue or closes or word.form in NO_BLANK_BEFORE)
        glue = word.form in NO_BLANK_AFTER or (plain_quote and not closes) or (word.form == "“" and not plain_quote)
        if plain_quote and word.form != "“":
            inside = not inside
    if words:
        words[0].space = True
    return words


def add_names(sentences: list[Sentence], named: list[Sentence], corpus: str) -> None:
    """Gold names from a second file onto the same sentences."""
    by_forms = {tuple(w.form for w in sentence.words): sentence for sentence in named}
    missing = 0
    for sentence in sentences:
        other = by_forms.get(tuple(w.form for w in sentence.words))
        missing += other is None
        for word, twin in zip(sentence.words, other.words if other else ()):
            word.name = twin.name
    if missing:
        print(f"  {corpus}: {missing} sentences have no names in the other file")
