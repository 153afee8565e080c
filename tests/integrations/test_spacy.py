"""The spaCy component: spans without loss, settings, and what survives a round trip."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

from policyparse import Document, parse, read  # noqa: E402
from policyparse.errors import UsageError  # noqa: E402
from policyparse.integrations.spacy import sentence_picture  # noqa: E402

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
        found += [(i.start, i.end, "INDICATOR", f"{s.id}.{n}") for n, i in enumerate(s.indicators, 1)]
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


def test_works_without_importing_anything_of_ours(corpora: Path) -> None:
    program = (
        "import sys, spacy\n"
        "config = {'nlp': {'tokenizer': {'@tokenizers': 'policyparse.zh'}}}\n"
        "nlp = spacy.blank('zh', config=config)\n"
        "nlp.add_pipe('policyparse')\n"
        "doc = nlp('全年新增城镇就业5万人以上。')\n"
        "print([s.text for s in doc.spans['policyparse'] if s.label_ == 'TARGET'], doc._.policyparse['schema_version'])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=120)
    assert (answer.returncode, answer.stdout) == (0, "['5万人'] 1.0\n"), answer.stderr


@pytest.mark.parametrize("language", ["zh", "xx", "en"])
def test_exact_offsets_whatever_the_tokenizer(language: str, corpora: Path) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("policyparse")
    for path in sorted(corpora.glob("*.txt"))[:4]:
        text = read(path).text
        doc = nlp(text)
        assert len(doc.spans["policyparse"]) == len(expected(text))
        for span in doc.spans["policyparse"]:
            exact = span._.policyparse
            words = text[exact["start"] : exact["end"]]
            assert words == exact.get("text", words)
            assert words.strip() in span.text


def test_an_indicator_tells_its_key(nlp: Language) -> None:
    doc = nlp("一、目标\n2026年地区生产总值增长6%，新建口袋公园3个。")
    keys = {span.text: span.kb_id_ for span in doc.spans["policyparse"] if span.label_ == "INDICATOR"}
    assert keys["地区生产总值"] == "gdp"


def test_spans_of_others_have_nothing_of_ours(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc[0:2]._.policyparse is None
    assert spacy.blank("zh")("无")[0:1]._.policyparse is None


def test_batches(nlp: Language, corpora: Path) -> None:
    texts = [read(path).text for path in sorted(corpora.glob("*.txt"))] * 2
    docs = list(nlp.pipe(texts, batch_size=5))
    assert [doc.text for doc in docs] == texts
    assert [extents(doc) for doc in docs[:3]] == [extents(nlp(text)) for text in texts[:3]]
    tuples = list(nlp.pipe([(TEXT, {"id": 7})], as_tuples=True))
    assert tuples[0][1] == {"id": 7}


def test_several_processes() -> None:
    program = (
        "import spacy\n"
        "if __name__ == '__main__':\n"
        "    nlp = spacy.blank('zh', config={'nlp': {'tokenizer': {'@tokenizers': 'policyparse.zh'}}})\n"
        "    nlp.add_pipe('policyparse')\n"
        "    docs = list(nlp.pipe(['全年新增城镇就业5万人以上。'] * 8, n_process=2, batch_size=2))\n"
        "    print({doc._.policyparse['targets'][0]['quantity']['text'] for doc in docs}, len(docs[0].spans['policyparse']))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=180)
    assert (answer.returncode, answer.stdout) == (0, "{'5万人'} 2\n"), answer.stderr


def test_beside_other_components(tmp_path: Path) -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "policyparse.zh"}}})
    nlp.add_pipe("sentencizer", config={"punct_chars": ["。", "\n"]})
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "市教育局"}])
    nlp.add_pipe("policyparse")
    spans = nlp.add_pipe("span_ruler", config={"spans_key": "mine"})
    spans.add_patterns([{"label": "WORD", "pattern": "城镇"}])
    doc = nlp(TEXT)
    assert len(list(doc.sents)) > 2
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("市教育局", "ORG")]
    assert [span.text for span in doc.spans["mine"]] == ["城镇"]
    before = extents(doc)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc.ents[0])
    assert extents(doc) == before
    nlp.to_disk(tmp_path / "all")
    assert extents(spacy.load(tmp_path / "all")(TEXT)) == before


def test_the_config_is_enough(nlp: Language) -> None:
    config = nlp.config.from_str(nlp.config.to_str())
    again = spacy.util.load_model_from_config(config, auto_fill=True)
    assert extents(again(TEXT)) == extents(nlp(TEXT))


def test_user_data_survives_with_what_others_keep(nlp: Language) -> None:
    if not Doc.has_extension("policyparse_test_note"):
        Doc.set_extension("policyparse_test_note", default="")
    doc = nlp(TEXT)
    doc._.policyparse_test_note = "seen"
    doc.user_data["own"] = [1, 2]
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert (again._.policyparse_test_note, list(again.user_data["own"])) == ("seen", [1, 2])
    assert again._.policyparse == doc._.policyparse
    assert [span._.policyparse for span in again.spans["policyparse"]] == [
        span._.policyparse for span in doc.spans["policyparse"]
    ]
    bare = next(DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab))
    assert bare._.policyparse is None, "a DocBin keeps it where it stores user data"
    assert extents(bare) == extents(doc)


def test_a_file_of_docs(nlp: Language, tmp_path: Path) -> None:
    DocBin(docs=[nlp(TEXT)], store_user_data=True).to_disk(tmp_path / "plans.spacy")
    (again,) = DocBin().from_disk(tmp_path / "plans.spacy").get_docs(nlp.vocab)
    assert extents(again) == extents(nlp(TEXT))
    again.to_disk(tmp_path / "doc")
    assert extents(Doc(nlp.vocab).from_disk(tmp_path / "doc")) == extents(nlp(TEXT))


def test_emoji_and_windows_line_ends(nlp: Language) -> None:
    text = TEXT.replace("\n", "\r\n").replace("全年", "🎉𠮷全年")
    doc = nlp(text)
    (target,) = [span for span in doc.spans["policyparse"] if span.id_ == "t1"]
    assert doc.text == text
    assert text[target._.policyparse["start"] : target._.policyparse["end"]] == "5万人"


def test_the_picture_of_a_sentence(nlp: Language) -> None:
    doc = nlp("一、扩大就业\n全年新增<b>城镇就业</b>5万人以上。\n二、其他<script>alert(1)</script>\n改造老旧小区12个。")
    at = doc.text.index("5万人")
    picture = sentence_picture(doc, at)
    assert "TARGET" in picture
    assert "INDICATOR" in picture
    assert "NODE" not in picture
    assert "12" not in picture
    assert "<b>" not in picture
    assert "script>" not in sentence_picture(doc, doc.text.index("alert"))
    assert sentence_picture(nlp(""), 0)
    assert sentence_picture(doc, at, page=True).startswith("<!DOCTYPE html>")
