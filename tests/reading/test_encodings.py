"""Which encoding bytes are in, and what is said where they are in none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyparse import read
from policyparse.errors import DecodeError, ReadError
from policyparse.reading.encodings import decode

SIMPLIFIED = "全面落实城乡居民增收行动，力争新增就业岗位3200个，居民人均可支配收入增长5%左右。"
TRADITIONAL = "全面落實城鄉居民增收行動，力爭新增就業崗位3200個，居民人均可支配收入增長5%左右。"


@pytest.mark.parametrize(
    ("text", "written", "named"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED + "𠀀", "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "cp950", "big5hkscs"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
        ("增加3个百分点", "gbk", "gb18030"),
        ("增加3個百分點", "big5", "big5hkscs"),
        ("一、2024年\r\n二、85%\r\n", "utf-16-le", "utf-16-le"),
        ("plan 2024: 85%\n", "utf-8", "utf-8"),
        ("plan 2024: 85%\n", "utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_are_told_apart(text: str, written: str, named: str) -> None:
    data = text.encode(written)
    assert decode(data, "plan.txt") == (text, named)
    assert data.decode(named) == text


CLAUSES = [
    SIMPLIFIED,
    "各地区、各部门要认真组织实施。",
    "一、总体要求\n",
    "到2025年，",
    "85%以上",
    "（责任单位：教育局）",
]


@given(st.lists(st.sampled_from(CLAUSES), min_size=1).map("".join), st.sampled_from(["gbk", "utf-16-le", "utf-16-be"]))
def test_chinese_text_survives_any_of_its_encodings(text: str, encoding: str) -> None:
    found, named = decode(text.encode(encoding), "plan.txt")
    assert found == text
    assert text.encode(encoding).decode(named) == text


@given(st.binary())
def test_any_bytes_are_text_or_a_clear_error(data: bytes) -> None:
    try:
        text, encoding = decode(data, "plan.txt")
    except ReadError as error:
        message = str(error)
        assert message.startswith("plan.txt: ")
        assert "\n" not in message
    else:
        assert data.decode(encoding) == text


def test_a_broken_byte_is_named_with_its_offset() -> None:
    data = (SIMPLIFIED * 3).encode()
    at = len(SIMPLIFIED.encode()) + 6
    with pytest.raises(
        DecodeError, match=rf"plan\.txt: byte 0xFF at offset {at} is not valid UTF-8; tried UTF-8, GB18030"
    ):
        decode(data[:at] + b"\xff" + data[at:], "plan.txt")


def test_a_broken_byte_in_gbk_is_named_with_its_offset() -> None:
    data = (SIMPLIFIED * 3).encode("gbk")
    at = len(SIMPLIFIED.encode("gbk"))
    with pytest.raises(DecodeError, match=rf"byte 0xFF at offset {at} is not valid GB18030"):
        decode(data[:at] + b"\xff\xff" + data[at:], "plan.txt")


def test_a_text_cut_off_inside_a_character_is_refused() -> None:
    with pytest.raises(DecodeError, match="is not valid UTF-8"):
        decode((SIMPLIFIED * 3).encode()[:-1], "plan.txt")


def test_a_byte_order_mark_that_does_not_hold_is_refused() -> None:
    with pytest.raises(DecodeError, match="which its byte order mark announces"):
        decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gbk"), "plan.txt")


def test_other_encodings_are_recognised_by_their_statistics() -> None:
    text = "Le plan d’action prévoit la création de 1200 emplois à l’été, dès l’année prochaine. " * 20
    assert decode(text.encode("cp1252"), "plan.txt")[0] == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00" * 5000, b"\x7fELF\x02\x01\x01" + b"\x00\x03" * 500])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"plan\.txt: .*(binary data|is not valid|no text)"):
        decode(data, "plan.txt")


def test_a_stray_control_character_does_no_harm() -> None:
    text = SIMPLIFIED * 3 + "\x00" + SIMPLIFIED * 3
    assert decode(text.encode(), "plan.txt")[0] == text


@pytest.mark.shared
def test_real_documents_in_gbk(shared: Path) -> None:
    paths = sorted((shared / "real" / "encodings").glob("*.gbk.txt"))
    assert paths
    for path in paths:
        source = read(path)
        assert source.encoding == "gb18030"
        assert source.text.count("政府") + source.text.count("政 府") > 5
        assert "各位代表" in source.text
        assert path.read_bytes().decode("gb18030") == source.text


@pytest.mark.shared
def test_real_documents_survive_every_encoding(shared: Path) -> None:
    paths = sorted((shared / "real" / "measures").glob("*.txt"))[:20]
    assert paths
    for path in paths:
        text = read(path).text
        for encoding in ("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
            assert decode(text.encode(encoding), path.name)[0] == text
