"""Input that nobody means well with: it ends in a result or in one clear line, and soon."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from policyparse import Document, parse, read
from policyparse.errors import ReadError

Check = Callable[[Document, str], None]
LIMIT = 15.0
"""Seconds; each takes one or two. What grows faster than the text takes minutes."""

TEXTS = {
    "a million digits": "1" * 1_000_000,
    "two million digits": "1" * 2_000_000,
    "a million Chinese digits": "一二三四五" * 200_000,
    "a million dots": "." * 1_000_000,
    "percent signs": "%" * 500_000,
    "brackets that open": "（" * 300_000,
    "brackets that close": "）" * 300_000,
    "brackets of all kinds, unpaired": "（【〔[(「" * 100_000,
    "a tower of brackets": "（" * 50_000 + "责任单位：市教育局" + "）" * 50_000,
    "quotes": "“" * 500_000,
    "book marks": "《" * 200_000 + "》" * 200_000,
    "bare line ends": "\n" * 1_000_000,
    "Windows line ends": "\r\n" * 500_000,
    "white space": " \u3000\t" * 300_000,
    "labels only": "一、" * 100_000,
    "labels on lines": "（一）\n1.\n" * 20_000,
    "deeper and deeper": "".join(f"{'1.' * min(n, 40)} 标题\n" for n in range(5_000)),
    "one sentence without an end": "进一步推动经济社会持续健康发展" * 20_000,
    "lists without an end": "鼓励企业、" * 40_000,
    "members without an end": "市教育局、" * 40_000,
    "units in brackets without an end": "（牵头单位：市教育局" * 20_000,
    "magnitudes without end": "5" + "万亿" * 100_000 + "元",
    "amounts without an end": "5万亿" * 20_000,
    "dots and commas": "1,000.5" * 20_000,
    "ranges in a row": "1-" * 50_000,
    "a series without an end": "分别增长5%、" * 20_000,
    "clauses without an end": "增长5%，" * 20_000,
    "times without an end": "到2025年" * 20_000,
    "carriage returns": "就业5万人\r" * 10_000,
    "zeros of no width": "5\u200b万\ufeff人" * 20_000,
    "characters beyond the first plane": "𠀀👪5个" * 20_000,
    "Markdown marks": "**_`#>-" * 50_000,
    "traditional characters": "責任單位：教育局，新增就業5萬人。" * 5_000,
    "half of everything": "第三百八十条第（一）项：不低于约5.5—6.5%左右" * 5_000,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_text_is_parsed_soon(check: Check, kind: str) -> None:
    text = TEXTS[kind]
    check(parse(text[:3000]), text[:3000])
    start = time.perf_counter()
    document = parse(text)
    assert time.perf_counter() - start < LIMIT
    assert document.source.chars == len(text)


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_characters_of_plans(check: Check, corpora: Path, seed: int) -> None:
    texts = [read(path).text for path in sorted(corpora.glob("*.txt"))]
    characters = list("".join(texts))
    random.Random(seed).shuffle(characters)
    text = "".join(characters[:8000])
    check(parse(text), text)


@pytest.mark.parametrize("seed", range(5))
def test_plans_cut_into_pieces(check: Check, corpora: Path, seed: int) -> None:
    texts = [read(path).text for path in sorted(corpora.glob("*.txt"))]
    pick = random.Random(seed)
    pieces = []
    for _ in range(200):
        text = pick.choice(texts)
        start = pick.randrange(len(text))
        pieces.append(text[start : start + pick.randrange(60)])
    text = "".join(pieces)
    check(parse(text), text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\x00", "。", "、", "5", "%", "（", "一、", "第", "年", "\ufeff", "\U0010ffff"]
)
def test_next_to_nothing(check: Check, text: str) -> None:
    check(parse(text), text)


def test_text_without_structure(check: Check) -> None:
    text = "这里只有一段话，没有标题，没有数字，也没有单位。"
    document = parse(text)
    check(document, text)
    assert document.outline == document.targets == document.facts == document.responsibilities == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"\r\n \t\r\n"),
        ("junk.txt", random.Random(1).randbytes(20_000)),
        ("zeros.txt", bytes(20_000)),
        ("scan.txt", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
        ("broken.txt", "力争新增就业5万人。".encode() * 50 + b"\xe4\xb8"),
    ],
)
def test_files_that_hold_no_text_are_told_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError):
        read(path)
    answer = subprocess.run([sys.executable, "-m", "policyparse", str(path)], capture_output=True, timeout=60)
    told = answer.stderr.decode()
    assert (answer.returncode, answer.stdout) == (1, b"")
    assert told.startswith(f"policyparse: {path}: ")
    assert told.count("\n") == 1


def test_halves_of_surrogate_pairs_are_read_as_unknown_characters() -> None:
    document = parse("一、目标\n新增就业5万人\ud800以上。")
    assert [d.code for d in document.diagnostics] == ["text.surrogate"]
    assert document.model_dump_json()
