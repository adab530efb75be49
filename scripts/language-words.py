"""Writes data/language/<code>.txt: the most frequent words of each language, from wordfreq (pip install wordfreq==3.1.1).

    python3 scripts/language-words.py data/language
"""
import collections
import re
import sys
from pathlib import Path

from wordfreq import get_frequency_dict, zipf_frequency

# Words of a language that much reporting is in, and of one that is rare there (data/language/languages.yaml).
MOST, MOST_RARE = 12_000, 5_000
MAIN = "de en es fr it nl pl pt cs sv da tr ru uk ar fa".split()
# Near kin of a main language: with a shorter list than its kin, what both write alike would count for the kin.
KIN = "nb sk hr sl ca bg mk sr ur".split()
# The code here, the code there, the letters that a word may have.
LATIN, CYRILLIC, ARABIC = "a-zß-öø-ɏ\u1ea0-\u1eff'", "\u0400-\u052f'", "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff"
LANGUAGES = {
    **{code: (code, LATIN) for code in
       "de en fr es it pt pl tr nl cs sv da nb fi hu ro sk sl lt lv ca id vi is".split()},
    "hr": ("sh", LATIN),
    **{code: (code, CYRILLIC) for code in "ru uk bg mk".split()},
    "sr": ("sh", CYRILLIC),
    **{code: (code, ARABIC) for code in "ar fa ur".split()},
}
# wordfreq keeps Serbian in Latin letters; two letters of it may be one of Cyrillic.
PAIRS = {"lj": "љ", "nj": "њ", "dž": "џ"}
SINGLE = dict(zip("abcčćdđefghijklmnoprsštuvzž", "абцчћдђефгхијклмнопрсштувзж"))


def cyrillic(word):
    for pair, letter in PAIRS.items():
        word = word.replace(pair, letter)
    return "".join(SINGLE.get(letter, letter) for letter in word)


def main():
    for code, (there, letters) in LANGUAGES.items():
        fits = re.compile(f"[{letters}]+").fullmatch
        lines, count = collections.defaultdict(list), 0
        source = get_frequency_dict(there, wordlist="best")
        for word, frequency in sorted(source.items(), key=lambda pair: (-pair[1], pair[0])):
            written = cyrillic(word) if code == "sr" else word
            if fits(written) and any(letter.isalpha() for letter in written):
                lines[f"{zipf_frequency(word, there):.1f}"].append(written)
                count += 1
                if count == (MOST if code in MAIN + KIN else MOST_RARE):
                    break
        text = "".join(f"{value} {' '.join(words)}\n" for value, words in lines.items())
        Path(sys.argv[1], f"{code}.txt").write_text(text, encoding="utf-8")


main()
