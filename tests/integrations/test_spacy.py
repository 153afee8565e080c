"""The spaCy component: spans without loss, settings, and what survives a round trip."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

from policyparse import Document, parse, read  # noqa: E402
from policyparse.errors import UsageError  # noqa: E402

TEXT = "一、扩大就业\n全年新增城镇就业5万人以上。（牵头单位：市教育局；配合单位：市财政局）\n二、改善民生\n改造老旧小区12个。\n"
LABELS = {
    *("TARGET", "ACTUAL", "STANDARD", "OTHER", "INDICATOR", "NODE"),
    *("LEAD", "SUPPORT", "RESPONSIBLE", "SUPERVISE", "DIRECTED"),
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("policyparse")
    return nlp


def extents(doc: Doc) -> list[tuple[int, int, str, str]]:
    return sorted((s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["policyparse"])


def expected(text: str) -> list[tuple[int, int, str, str]]:
    document = parse(text)
    found = [(n.start, n.end, "NODE", n.id) for n in document.nodes()]
    for s in document.statements():
        found.append((s.quantity.start, s.quantity.end, s.role.upper(), s.id))
        found += [(i.start, i.end, "INDICATOR", s.id) for i in s.indicators]
    found += [(d.entity.start, d.entity.end, d.role.upper(), d.id) for d in document.responsibilities]
    return sorted(found)


def test_every_finding_becomes_a_span(nlp: Language, corpora: Path) -> None:
    for path in sorted(corpora.glob("*.txt")):
        text = read(path).text
        doc = nlp(text)
        found = extents(doc)
        assert len(found) == len(expected(text)) > 10
        assert {label for *_, label, _ in found} <= LABELS
        wider = [(want, got) for want, got in zip(expected(text), found, strict=True) if want != got]
        # Runs of white space are one token, which a division may begin or end in.
        for (start, end, *names), (wide_start, wide_end, *wide_names) in wider:
            assert names == wide_names
            assert text[wide_start:wide_end].strip() == text[start:end].strip()


def test_spans_that_cut_a_token_are_widened() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("policyparse")
    doc = nlp("全年新增城镇就业5万人以上。")  # one token, for a tokenizer that knows no Chinese
    assert len(doc) < 5
    (target,) = [span for span in doc.spans["policyparse"] if span.label_ == "TARGET"]
    assert "5万人" in target.text
    assert doc._.policyparse["targets"][0]["quantity"]["text"] == "5万人"


def test_the_document_is_what_the_command_line_prints(nlp: Language) -> None:
    doc = nlp(TEXT)
    shown = json.loads(parse(TEXT, name="doc").model_dump_json())
    assert doc._.policyparse == shown
    assert json.loads(json.dumps(doc._.policyparse)) == shown


def test_round_trip_through_bytes(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert extents(again) == extents(doc)
    assert again._.policyparse == doc._.policyparse


def test_round_trip_through_a_doc_bin(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "", "无数字。"]))
    data = DocBin(docs=docs, store_user_data=True).to_bytes()
    again = list(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab))
    assert [extents(doc) for doc in again] == [extents(doc) for doc in docs]
    # A DocBin gives lists back as tuples, which are the same in JSON.
    assert [json.dumps(doc._.policyparse) for doc in again] == [json.dumps(doc._.policyparse) for doc in docs]


def test_a_pipeline_can_be_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert extents(again(TEXT)) == extents(nlp(TEXT))


def test_settings() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("policyparse", config={"spans_key": "plan", "without": ["quantities"]})
    doc = nlp(TEXT)
    assert list(doc.spans) == ["plan"]
    assert doc._.policyparse["targets"] == []
    with pytest.raises(UsageError, match="no stage nonsense"):
        nlp.add_pipe("policyparse", name="other", config={"without": ["nonsense"]})


def test_the_component_travels_to_other_processes(nlp: Language) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("policyparse")))
    assert extents(component(nlp.make_doc(TEXT))) == extents(nlp(TEXT))


def test_markdown_in_a_doc(nlp: Language) -> None:
    doc = nlp("## 一、扩大就业\n全年新增就业**5万人**以上。\n")
    assert "5万人" in [span.text for span in doc.spans["policyparse"] if span.label_ == "TARGET"]


def test_the_dictionary_becomes_a_document_again(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = next(DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab))
    assert Document.model_validate(again._.policyparse) == parse(TEXT, name="doc")
