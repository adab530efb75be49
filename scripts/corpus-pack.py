#!/usr/bin/env python3
"""Splits written passages into the open half and the packed half of `corpus/` (see corpus/README.md).

    scripts/corpus-pack.py FOLDER    adds the passages of FOLDER/*.md to corpus/dev/<language>.md and corpus/test.md.xz

A passage goes to the test half when the SHA-256 of its id is odd: nobody chooses. The series of OPEN were written to train on when
the test half was large enough; they are open as a whole. Passages that are there already stay as they are.
"""

import hashlib
import lzma
import pathlib
import re
import sys

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus"
TEST = CORPUS / "test.md.xz"
OPEN = {"t", "u", "v"}


def passages(text: str) -> dict[str, str]:
    parts = re.split(r"^## ", text, flags=re.M)[1:]
    return {part.split(" ", 1)[0]: "## " + part.strip() + "\n" for part in parts}


def is_test(name: str) -> bool:
    if name.split("-")[1] in OPEN:
        return False
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def main() -> None:
    written = {}
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.md")):
        written |= passages(path.read_text(encoding="utf-8"))
    test = passages(lzma.decompress(TEST.read_bytes()).decode()) if TEST.exists() else {}
    new_test = {name: text for name, text in written.items() if is_test(name)} | test
    TEST.write_bytes(lzma.compress("\n".join(new_test[name] for name in sorted(new_test)).encode(), preset=9))
    (CORPUS / "dev").mkdir(exist_ok=True)
    for language in sorted({name.split("-")[0] for name in written}):
        path = CORPUS / "dev" / f"{language}.md"
        there = passages(path.read_text(encoding="utf-8")) if path.exists() else {}
        open_half = {n: t for n, t in written.items() if n.startswith(language + "-") and not is_test(n)} | there
        body = "\n".join(open_half[name] for name in sorted(open_half))
        path.write_text(f"# Passages in the language {language}: the open half\n\n{body}", encoding="utf-8")
        print(language, "open:", len(open_half))
    print("packed:", len(new_test))


main()
