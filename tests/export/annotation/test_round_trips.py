"""What goes out to a tool and comes back unchanged is the same gold file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import annotation_record, evaluate, load_annotations, parse, read, save_annotations
from policyparse.corpus.annotations import AnnotationFormat, gold_files
from policyparse.export.annotation.brat import from_brat, to_brat
from policyparse.export.annotation.doccano import from_doccano, to_doccano
from policyparse.export.annotation.label_studio import from_label_studio, to_label_studio
from policyparse.export.annotation.pre_annotation import gold_of_document
from policyparse.export.annotation.record import Record
from policyparse.export.annotation.records import gold_of_record, record_of_gold
from policyparse.export.annotation.texts import COUNTS, Count, Counting, plain, restored

TOOLS: list[AnnotationFormat] = ["brat", "label-studio", "doccano"]
TRIPS: dict[str, Callable[[Record], Record]] = {
    "brat": lambda record: from_brat(*to_brat(record), record.name),
    "label-studio": lambda record: from_label_studio(to_label_studio([record]))[0],
    "predictions": lambda record: from_label_studio(to_label_studio([record], predictions=True))[0],
    **{f"doccano {count}": lambda record, c=count: from_doccano(to_doccano([record], count=c))[0] for count in COUNTS},
}
ODD = st.text(st.characters(exclude_categories=["Cs"]))
PIECES = [
    *(
        "一、扩大就业\n",
        "（一）稳岗。",
        "1.培训\r\n",
        "全年新增城镇就业5万人以上。",
        "到2025年",
        "增长6%左右",
        "2-3处",
        "85%",
        "\t",
    ),
    *(
        "（牵头单位：市教育局；配合单位：市财政局）",
        "改造城中村2448户、棚户区3062户。",
        "🎉",
        "𠮷",
        "👨‍👩‍👧",
        "é",
        "\r",
        "\r\n",
        "\n\n",
    ),
    *(
        " ",
        "\u3000",
        "\u2028",
        "\x00",
        "\x85",
        "\ufeff",
        "第三章 附则\n",
        "——稳步提升。",
        "今年目标：",
        "满意率95%；\n",
    ),
]
GENRE = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
TEXTS = st.one_of(GENRE, st.tuples(GENRE, ODD, GENRE).map("".join))


@pytest.mark.parametrize("tool", TOOLS)
def test_the_samples_come_back_byte_for_byte(tool: AnnotationFormat, corpora: Path, tmp_path: Path) -> None:
    save_annotations(load_annotations(corpora, "gold"), tool, tmp_path / tool)
    back = load_annotations(tmp_path / tool, tool)
    save_annotations(back, "gold", tmp_path / "gold")
    files = sorted(tmp_path.joinpath("gold").iterdir())
    assert [path.name for path in files] == sorted(
        path.name for path in corpora.iterdir() if path.suffix in (".txt", ".json")
    )
    for path in files:
        assert path.read_bytes() == corpora.joinpath(path.name).read_bytes(), path.name


@pytest.mark.parametrize("trip", TRIPS)
@given(text=TEXTS)
def test_any_parsed_text_comes_back(trip: str, text: str) -> None:
    document = parse(text, name="plan")
    record = annotation_record(document, source(text), name="plan")
    gold = gold_of_document(document, text, name="plan")
    assert same(gold_of_record(record), gold)
    back = TRIPS[trip](record)
    assert back.text == text
    assert same(gold_of_record(back), gold)


@given(data=st.data())
@pytest.mark.parametrize("trip", TRIPS)
def test_any_gold_comes_back(trip: str, data: st.DataObject) -> None:
    text = data.draw(ODD.filter(bool) | GENRE.filter(bool))
    gold = data.draw(golds(text))
    back = TRIPS[trip](record_of_gold(gold, text, "plan"))
    assert back.text == text
    assert same(gold_of_record(back), gold)


@given(ODD)
def test_plain_texts_have_the_same_length_and_come_back(text: str) -> None:
    tidy, odd = plain(text)
    assert len(tidy) == len(text)
    assert len(tidy.splitlines()) <= tidy.count("\n") + 1
    assert "\r" not in tidy
    assert restored(tidy, json.loads(json.dumps(odd))) == text


@given(ODD, st.sampled_from(COUNTS))
def test_offsets_come_back(text: str, count: Count) -> None:
    counting = Counting(text, count)
    for offset in range(len(text) + 1):
        out = counting.out(offset)
        if count == "utf-16":
            assert out == len(text[:offset].encode("utf-16-le")) // 2
        if count != "graphemes":
            assert counting.back(out) == offset
    assert counting.back(counting.out(len(text))) == len(text)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("tool", TOOLS)
def test_windows_files_in_any_encoding_come_back(tool: AnnotationFormat, encoding: str, tmp_path: Path) -> None:
    text = "一、扩大就业\r\n全年新增城镇就业5万人以上🎉。\r\n由市教育局牵头，改造校舍12所。\r\n"
    (tmp_path / "plan.txt").write_bytes(text.encode(encoding))
    plan = read(tmp_path / "plan.txt")
    gold = gold_of_document(parse(plan), plan.text, name="plan")
    gold["sha256"] = ""
    (tmp_path / "plan.gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    (record,) = load_annotations(tmp_path / "plan.gold.json", "gold")
    record.about["sha256"] = __import__("hashlib").sha256((tmp_path / "plan.txt").read_bytes()).hexdigest()
    save_annotations([record], tool, tmp_path / tool)
    save_annotations(load_annotations(tmp_path / tool, tool), "gold", tmp_path / "gold")
    assert (tmp_path / "gold" / "plan.txt").read_bytes() == (tmp_path / "plan.txt").read_bytes()
    assert evaluate(tmp_path / "gold").layers["quantity span"].f1 == 1


def test_what_the_parser_found_scores_full_marks(corpora: Path, tmp_path: Path) -> None:
    records = []
    for path in sorted(corpora.glob("*.txt"))[:3]:
        plan = read(path)
        records.append(annotation_record(parse(plan), plan, name=path.stem))
    save_annotations(records, "label-studio", tmp_path / "tool", predictions=True)
    save_annotations(load_annotations(tmp_path / "tool", "label-studio"), "gold", tmp_path / "gold")
    evaluation = evaluate(tmp_path / "gold")
    assert {layer.f1 for layer in evaluation.layers.values()} == {1.0}
    assert {accuracy.share for accuracy in evaluation.accuracy.values()} == {1.0}


def test_windows_and_unknown_fields_come_back() -> None:
    text = "一、扩大就业\n全年新增城镇就业5万人以上。"
    gold: dict[str, Any] = gold_of_document(parse(text), text, name="plan")
    gold["windows"] = [[0, 7], [9, 12]]
    gold["annotator"] = "甲"
    gold["metadata"]["note"] = "from the web"
    gold["quantities"][0]["sure"] = False
    gold["outline"][0]["sure"] = True
    for trip in TRIPS.values():
        assert gold_of_record(trip(record_of_gold(gold, text, "plan"))) == gold


@pytest.mark.parametrize("trip", TRIPS)
def test_what_a_tool_cannot_show_comes_back(trip: str) -> None:
    text = "就业👨\u200d👩\n\n"
    place = {
        "kind": "count",
        "low": "1",
        "high": "1",
        "unit": "",
        "bound": "eq",
        "role": "other",
        "change": "",
        "deadline": "",
    }
    gold: dict[str, Any] = gold_of_document(parse(text), text, name="plan")
    gold["quantities"] = [
        {"start": 3, "end": 4, "text": "\u200d", **place, "indicator": ["就业", "👨"]},
        {"start": 5, "end": 7, "text": "\n\n", **place, "indicator": ["就业"]},
    ]
    gold["metadata"]["boilerplate"] = [{"start": 5, "end": 6}]
    assert same(gold_of_record(TRIPS[trip](record_of_gold(gold, text, "plan"))), gold)


def test_a_changed_text_gets_its_own_checksum() -> None:
    content, gold = gold_files(Record("plan", "新增5万人", about={"sha256": "0" * 64}))
    assert content == "新增5万人".encode()
    assert json.loads(gold)["sha256"] == __import__("hashlib").sha256(content).hexdigest()


def source(text: str) -> Any:
    from policyparse import Source

    return Source(name="plan", text=text)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    assert json.dumps(one, ensure_ascii=False, sort_keys=True) == json.dumps(other, ensure_ascii=False, sort_keys=True)
    return True


def golds(text: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return gold annotations of ``text`` with regions anywhere in it."""
    places = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, min(len(text), start + 9)))
    )
    words = st.sampled_from(["城镇就业", "就业", "*其他", "年内", "一", "🎉", "改造棚户区"]) | st.text(
        st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4
    ).filter(lambda one: one != "*")
    quantity = st.fixed_dictionaries(
        {
            "place": places,
            "kind": st.sampled_from(["money", "count", "ratio"]),
            "low": st.sampled_from(["1", "0.5", "-3", "100000000"]),
            "high": st.sampled_from(["1", "7"]),
            "unit": st.sampled_from(["", "人", "%", "元/人·月"]),
            "bound": st.sampled_from(["eq", "ge", "range"]),
            "role": st.sampled_from(["target", "actual", "other"]),
            "indicator": st.lists(words, max_size=3, unique=True),
            "change": st.sampled_from(["", "increase"]),
            "deadline": st.just("") | words,
            "deadline_inherited": st.booleans(),
        }
    )
    node = st.fixed_dictionaries(
        {
            "start": st.integers(0, len(text) - 1),
            "label": st.sampled_from(["", "一、", "1."]),
            "level": st.integers(1, 9),
        }
    )
    duty = st.tuples(places, st.sampled_from(["lead", "support"]))

    def put(drawn: tuple[Any, ...]) -> dict[str, Any]:
        quantities, nodes, duties, boilerplate, windows = drawn
        return {
            "doc": "plan.txt",
            "sha256": "ab",
            "chars": len(text),
            "windows": windows,
            "metadata": {
                "title": text[:5].strip(),
                "issued_on": "2024-01-02",
                "period": "",
                "boilerplate": [{"start": start, "end": end} for start, end in sorted(boilerplate)],
            },
            "outline": [
                {**one, "heading": text[one["start"] :][:4].strip() if at % 2 else "别的"}
                for at, one in enumerate(sorted(nodes, key=lambda one: one["start"]))
            ],
            "quantities": [
                {
                    "start": one["place"][0],
                    "end": one["place"][1],
                    "text": text[slice(*one["place"])],
                    **{key: value for key, value in one.items() if key not in ("place", "deadline_inherited")},
                    **({"deadline_inherited": one["deadline_inherited"]} if one["deadline"] else {}),
                }
                for one in sorted(quantities, key=lambda one: one["place"])
            ],
            "responsibilities": [
                {"start": start, "end": end, "entity": text[start:end], "role": role}
                for (start, end), role in sorted(duties)
            ],
        }

    return st.tuples(
        st.lists(quantity, max_size=3, unique_by=lambda one: one["place"]),
        st.lists(node, max_size=3, unique_by=lambda one: one["start"]),
        st.lists(duty, max_size=3, unique_by=lambda one: one[0]),
        st.lists(places, max_size=2, unique=True),
        st.just([[0, len(text)]]) | st.just([[0, 1]]),
    ).map(put)
