"""The spaCy component."""

import pytest

spacy = pytest.importorskip("spacy")


@pytest.fixture
def nlp():
    nlp = spacy.blank("de")
    nlp.add_pipe("lagebild", config={"published": "2023-09-13"})
    return nlp


def test_parties_and_statements_stand_on_the_doc(nlp):
    doc = nlp("Über Öl sprach niemand. „Nordkorea liefert Granaten an Russland“, sagte Kremlsprecher Dmitri Peskow.")
    listed = {span.text: span for span in doc.spans["lagebild"]}
    peskov = listed["Dmitri Peskow"]
    assert peskov.label_ == "person"
    assert peskov.kb_id_ in {match["party"] for match in peskov._.lagebild_parties}
    said = doc.spans["lagebild_statements"]
    assert any("Granaten" in span.text and span._.lagebild_statement["speaker"] for span in said)
    assert doc._.lagebild["schema"] == "lagebild.reading/1"


def test_a_name_in_a_compound_takes_its_token(nlp):
    doc = nlp("Der Putin-Besuch dauerte. Wladimir Putin reiste ab.")
    assert any("Putin" in span.text for span in doc.spans["lagebild"])


def test_empty_texts_pass(nlp):
    docs = list(nlp.pipe(["", "  ", "Nichts."]))
    assert docs[0]._.lagebild is None
    assert list(docs[2].spans["lagebild"]) == []


def test_stored_lists_are_taken(own_list, tmp_path):
    import lagebild

    nlp = spacy.blank("de")
    with pytest.raises(lagebild.LagebildError, match="no lists in"):
        nlp.add_pipe("lagebild", config={"folder": str(tmp_path / "none")})
