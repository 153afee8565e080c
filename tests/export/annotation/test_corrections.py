"""What annotators do in a tool becomes gold: regions moved, drawn, relabelled; values changed; relations drawn."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from policyparse import annotation_record, parse
from policyparse.errors import EvaluationError
from policyparse.export.annotation.brat import brat_configuration, from_brat, to_brat
from policyparse.export.annotation.doccano import from_doccano, to_doccano
from policyparse.export.annotation.label_studio import from_label_studio, label_studio_configuration, to_label_studio
from policyparse.export.annotation.record import LAYERS, Record, Region, Relation
from policyparse.export.annotation.records import gold_of_record
from policyparse.model import Source

TEXT = "一、扩大就业🎉\n全年新增城镇就业5万人以上。群众满意率达到95%。\n由市教育局牵头。\n"


def record() -> Record:
    source = Source(name="plan", text=TEXT)
    return annotation_record(parse(source), source, name="plan")


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def quantity(gold: dict[str, Any], words: str) -> dict[str, Any]:
    (found,) = [one for one in gold["quantities"] if one["text"] == words]
    return dict(found)


def test_what_is_sent() -> None:
    gold = gold_of_record(record())
    assert [one["text"] for one in gold["quantities"]] == ["5万人", "95%"]
    assert gold["responsibilities"][0]["entity"] == "市教育局"


# brat


def lines_of(annotations: str) -> dict[str, str]:
    return dict(line.split("\t", 1) for line in annotations.splitlines())


def test_brat_relabelled_and_revalued() -> None:
    text, annotations = to_brat(record())
    annotations = annotations.replace("\ttarget ", "\tactual ", 1).replace("bound T", "bound T", 1)
    annotations = re.sub(r"(bound T\d+) ge", r"\1 gt", annotations).replace('"low": "50000"', '"low": "60000"')
    found = quantity(gold_of_record(from_brat(text, annotations, "plan")), "5万人")
    assert (found["role"], found["bound"], found["low"], found["high"]) == ("actual", "gt", "60000", "60000")


def test_brat_moved() -> None:
    text, annotations = to_brat(record())
    start, end = at("95%")
    annotations = annotations.replace(f" {start} {end}\t95%", f" {start} {end - 1}\t95")
    found = quantity(gold_of_record(from_brat(text, annotations, "plan")), "95")
    assert (found["low"], found["unit"]) == ("95", ""), "the values are those of the new text"


def test_brat_drawn_with_a_blank_too_many() -> None:
    text = "新增 5万人 以上"
    made = from_brat(text, "T1\ttarget 2 7\t 5万人 \n", "plan")
    found = gold_of_record(made)["quantities"][0]
    assert (found["text"], found["low"], found["unit"], found["kind"], found["bound"]) == (
        "5万人",
        "50000",
        "人",
        "count",
        "ge",
    )
    gold = gold_of_record(made)
    assert gold["chars"] == len(text)
    assert gold["doc"] == "plan.txt"


def test_brat_drawn_node_and_relation_from_the_other_end() -> None:
    text = "一、扩大就业\n（一）新增岗位5万个。\n（二）保障\n岗位。"
    marks = "T3\tnode 19 24\t（二）保障\nT1\tnode 0 6\t一、扩大就业\nA1\tlevel T1 1\nT2\tnode 7 12\t（一）新增\n"
    marks += "T4\ttarget 14 17\t5万个\nT5\tindicator 12 14\t岗位\nR1\tmeasures Arg1:T5 Arg2:T4\n"
    marks += "#1\tAnnotatorNotes T4\t为什么？\n*\tEquiv T4 T5\nE1\tSomething:T4\n"
    gold = gold_of_record(from_brat(text, marks, "plan"))
    assert [(node["label"], node["heading"], node["level"]) for node in gold["outline"]] == [
        ("一、", "扩大就业", 1),
        ("（一）", "新增", 2),
        ("（二）", "保障", 2),
    ]
    assert gold["quantities"][0]["indicator"] == ["岗位"]


def test_brat_deleted() -> None:
    text, annotations = to_brat(record())
    (key,) = [name for name, rest in lines_of(annotations).items() if rest.endswith("\t市教育局")]
    kept = [line for line in annotations.splitlines() if f"{key}\t" not in line and not line.endswith(key)]
    assert gold_of_record(from_brat(text, "\n".join(kept), "plan"))["responsibilities"] == []


def test_brat_files_are_well_formed() -> None:
    text, annotations = to_brat(record())
    spans = [line for line in annotations.splitlines() if line.startswith("T")]
    for line in spans:
        _, head, words = line.split("\t")
        label, *places = re.split("[ ;]", head)
        assert label in {*LAYERS, "document"}
        assert " ".join(text[int(a) : int(b)] for a, b in zip(places[::2], places[1::2], strict=True)) == words
        assert "\n" not in words
    for line in annotations.splitlines():
        assert re.match(
            r"(T\d+\t\S+ \d+ \d+(;\d+ \d+)*\t.+|[AR]\d+\t\S+ \S+( \S+)*|#\d+\tAnnotatorNotes T\d+\t.+)\Z", line
        )
    types = brat_configuration()["annotation.conf"]
    assert all(f"\n{label}\n" in types for label in LAYERS)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\ttarget x y\tz", "line 1: no brat annotation"),
        ("T1\tplace 0 1\t一", "no type place"),
        ("T1\ttarget 0 99\t一", "ends at 99"),
        ("T1\ttarget 0 2\t一、", "no value can be read"),
        ('T1\ttarget 8 10\t全年\nA1\tkind T1 size\n#1\tAnnotatorNotes T1\t{"low": "1"}', "kind 'size'"),
        ('T1\ttarget 8 10\t全年\n#1\tAnnotatorNotes T1\t{"low', "line 2: no brat annotation"),
        ('T1\tdocument 0 1\t一\n#1\tAnnotatorNotes T1\t{"odd": {"0d": [999]}}', "was damaged"),
    ],
)
def test_brat_malformed(line: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        gold_of_record(from_brat(TEXT, line, "plan"))


# Label Studio


def result(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = tasks[0]["annotations"][0]["result"]
    assert isinstance(found, list)
    return found


def test_label_studio_counts_code_points() -> None:
    tasks = json.loads(to_label_studio([record()]))
    for one in result(tasks):
        if one["type"] == "labels":
            value = one["value"]
            assert tasks[0]["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_label_studio_of_a_version_that_counted_utf16() -> None:
    tasks = json.loads(to_label_studio([record()]))
    text = tasks[0]["data"]["text"]
    for one in result(tasks):
        if "start" in one.get("value", {}):
            for key in ("start", "end"):
                one["value"][key] = len(text[: one["value"][key]].encode("utf-16-le")) // 2
    (back,) = from_label_studio(json.dumps(tasks))
    assert gold_of_record(back) == gold_of_record(record())


def test_label_studio_corrected() -> None:
    tasks = json.loads(to_label_studio([record()], predictions=True))
    corrected = [dict(one) for one in tasks[0]["predictions"][0]["result"]]
    start, _ = at("95%")
    (mine,) = [one["id"] for one in corrected if one["type"] == "labels" and one["value"]["start"] == start]
    for one in corrected:
        if one.get("id") == mine and one["type"] == "labels":
            one["value"]["labels"] = ["standard"]
        if one.get("id") == mine and one.get("from_name") == "bound":
            one["value"]["choices"] = ["ge"]
        if one.get("from_name") == "title":
            one["value"]["text"] = ["新题"]
    corrected.append(drawn("new", *at("全年"), "deadline"))
    corrected.append({"from_id": mine, "to_id": "new", "type": "relation", "direction": "right", "labels": ["due"]})
    corrected.append(drawn("body", *at("城镇"), "support"))
    issued = {
        "from_name": "issued_on",
        "to_name": "text",
        "type": "textarea",
        "id": "f",
        "value": {"text": ["2024-01-02"]},
    }
    corrected.append(issued)
    old = {"id": 1, "result": [], "created_at": "2024-01-01"}
    cancelled = {"id": 3, "result": [], "was_cancelled": True}
    tasks[0]["annotations"] = [old, {"id": 2, "result": corrected}, cancelled]
    (back,) = from_label_studio("\ufeff" + json.dumps(tasks))
    gold = gold_of_record(back)
    found = quantity(gold, "95%")
    assert (found["role"], found["bound"], found["deadline"], found["deadline_inherited"]) == (
        "standard",
        "ge",
        "全年",
        False,
    )
    assert {"start": at("城镇")[0], "end": at("城镇")[1], "entity": "城镇", "role": "support"} in gold[
        "responsibilities"
    ]
    assert gold["metadata"]["issued_on"] == "2024-01-02"


def drawn(key: str, start: int, end: int, label: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": [label]}
    return {"id": key, "from_name": "region", "to_name": "text", "type": "labels", "value": value}


def test_label_studio_drawn_from_nothing() -> None:
    task = {"id": 5, "data": {"text": TEXT}, "annotations": [{"result": [drawn("a", *at("5万人"), "target")]}]}
    (back,) = from_label_studio(json.dumps(task))
    gold = gold_of_record(back)
    assert gold["doc"] == "task-5.txt"
    assert (gold["quantities"][0]["low"], gold["quantities"][0]["bound"]) == ("50000", "ge")


def test_the_configuration_names_every_field_once() -> None:
    from lxml import etree

    tree = etree.fromstring(label_studio_configuration())
    names = [one.get("name") for one in tree.iter() if one.get("name")]
    assert len(names) == len(set(names))
    used = {one["from_name"] for one in result(json.loads(to_label_studio([record()]))) if "from_name" in one}
    assert used <= set(names)
    assert {one.get("value") for one in tree.iter("Label")} == set(LAYERS)


@pytest.mark.parametrize("data", ["", "{", "[1]", '{"data": {}}', '[{"data": {"text": 5}}]', '{"text": "json-min"}'])
def test_label_studio_malformed(data: str) -> None:
    with pytest.raises(EvaluationError, match="no Label Studio tasks"):
        from_label_studio(data)


@pytest.mark.parametrize(("start", "end", "label"), [(0, 999, "target"), (0, 1, "place")])
def test_label_studio_impossible(start: int, end: int, label: str) -> None:
    task = {"data": {"text": TEXT}, "annotations": [{"result": [drawn("a", start, end, label)]}]}
    with pytest.raises(EvaluationError):
        from_label_studio(json.dumps(task))


# doccano


def line() -> dict[str, Any]:
    found = json.loads(to_doccano([record()]))
    assert isinstance(found, dict)
    return found


def entity(doc: dict[str, Any], words: str) -> dict[str, Any]:
    start = len(TEXT[: at(words)[0]].encode("utf-16-le")) // 2
    (found,) = [one for one in doc["entities"] if one["start_offset"] == start and one["label"] != "indicator"]
    assert isinstance(found, dict)
    return found


def test_doccano_counts_utf16_units() -> None:
    doc = line()
    units = doc["text"].encode("utf-16-le")
    found = entity(doc, "95%")
    assert units[2 * found["start_offset"] : 2 * found["end_offset"]].decode("utf-16-le") == "95%"


def test_doccano_renumbers_reorders_relabels_and_moves() -> None:
    doc = line()
    entity(doc, "5万人")["label"] = "actual"
    moved = entity(doc, "95%")
    moved["end_offset"] -= 1
    for one in doc["entities"]:
        one["id"] += 1000
    for one in doc["relations"]:
        one["from_id"] += 1000
        one["to_id"] += 1000
    doc["entities"].reverse()
    doc["id"], doc["Comments"] = 77, []
    (back,) = from_doccano(json.dumps(doc, ensure_ascii=False) + "\n\n")
    gold = gold_of_record(back)
    sent = quantity(gold_of_record(record()), "5万人")
    assert quantity(gold, "5万人") == {**sent, "role": "actual"}
    assert quantity(gold, "95")["indicator"] == ["群众满意率"]
    assert quantity(gold, "95")["unit"] == ""


def test_doccano_of_older_versions() -> None:
    start = len(TEXT[: at("5万人")[0]].encode("utf-16-le")) // 2
    data = json.dumps({"id": 3, "text": TEXT, "label": [[start, start + 3, "target"]]})
    (back,) = from_doccano(data)
    assert gold_of_record(back)["quantities"][0]["low"] == "50000"
    assert back.name == "document-3"


@pytest.mark.parametrize(
    "data",
    [
        *("{", "[]", "{}"),
        '{"text": "a", "entities": [{"id": 1}]}',
        '{"text": "a", "label": [[0, 9, "target"]]}',
        '{"text": "a", "label": [[0, 1, "x"]]}',
        '{"text": "a", "policyparse": {"count": "bytes"}}',
    ],
)
def test_doccano_malformed(data: str) -> None:
    with pytest.raises(EvaluationError):
        from_doccano(data)


# The record


def test_indicators_that_stand_nowhere_keep_their_order() -> None:
    made = Record(
        "plan",
        TEXT,
        [Region(*at("5万人"), "target", {"indicator": ["新增岗位", "*"]}), Region(*at("城镇就业"), "indicator")],
        [Relation("measures", 0, 1)],
    )
    assert gold_of_record(made)["quantities"][0]["indicator"] == ["新增岗位", "城镇就业"]
    made.relations.clear()
    assert gold_of_record(made)["quantities"][0]["indicator"] == ["新增岗位"]
