"""Which files are taken, what they are called, and where issuer, region and year come from."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from policyparse import load_lexicon, parse
from policyparse.corpus.inputs import common_root, list_files, named
from policyparse.corpus.origin import OriginFinder
from policyparse.corpus.sidecar import Given
from policyparse.errors import UsageError

FINDER = OriginFinder(load_lexicon())


def names(root: Path, *inputs: str | Path) -> list[str]:
    return [given.name for given in named(list_files(inputs), str(root))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/2.txt", "b/1.md", "a/3.TXT", "a/.hidden.txt", ".git/x.txt", "a/table.csv", "a/a[1].txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("一、发展", encoding="utf-8")
    return tmp_path


def test_folders_patterns_and_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = ["a/3.TXT", "a/a[1].txt", "b/1.md", "b/2.txt"]
    assert names(folder, folder) == everything
    assert names(folder, folder / "b", folder / "b" / "2.txt", folder) == everything, "each once"
    assert names(folder, f"{folder}/**/*.txt") == ["a/a[1].txt", "b/2.txt"]
    assert names(folder, folder / "a" / "a[1].txt") == ["a/a[1].txt"], "a name that looks like a pattern"
    assert names(folder, folder / "a" / "table.csv") == ["a/table.csv"], "what is named is taken"
    assert names(folder / "a", folder) == ["3.TXT", "a[1].txt", "../b/1.md", "../b/2.txt"]
    for separator in ("\n", "\r\n", "\0"):
        listed = f"{folder}/b/2.txt{separator}{folder}/a/3.TXT{separator}".encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(listed)))
        assert names(folder, "-") == ["a/3.TXT", "b/2.txt"]


def test_what_stands_for_nothing_is_told(folder: Path) -> None:
    (folder / "none").mkdir()
    notes: list[str] = []
    list_files([folder / "a", folder / "none", f"{folder}/*.doc"], notes)
    assert [note.partition(":")[0] for note in notes] == [str(folder / "none"), f"{folder}/*.doc"]
    with pytest.raises(UsageError, match=r"none: no documents there; folders are searched for \.txt"):
        list_files(folder / "none")
    with pytest.raises(UsageError, match="no inputs"):
        list_files([])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_closed_folder_is_told(folder: Path) -> None:
    (folder / "b").chmod(0)
    notes: list[str] = []
    list_files(folder, notes)
    (folder / "b").chmod(0o755)
    assert "permission denied" in notes[0]


def test_the_root_of_names(folder: Path) -> None:
    assert common_root(list_files(folder / "a")) == str(folder), "the folder's own name stays in the names"
    assert common_root(list_files(folder / "b" / "2.txt")) == str(folder)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("浙江省人民政府", "浙江省"),
        ("浙江政府工作报告", "浙江省"),
        ("中共浙江省委", "浙江省"),
        ("杭州市西湖区人民政府办公室", "杭州市西湖区"),
        ("广西壮族自治区人民政府", "广西壮族自治区"),
        ("澜江市教育局", "澜江市"),
        ("云坪县商务局", "云坪县"),
        ("国务院办公厅", "全国"),
        ("中华人民共和国国务院", "全国"),
        ("国家市场监督管理总局", "全国"),
        ("教育局", None),
        ("城市管理局", None),
        ("政府工作报告", None),
        ("", None),
    ],
)
def test_region_of_a_name(name: str, region: str | None) -> None:
    assert FINDER.region_of(name) == region


BARE = "二、工作安排\n推进改革。\n"
SIGNED = "岚屏市2021年工作要点\n一、工作安排\n推进改革。\n岚屏市人民政府\n2021年3月1日\n"


@pytest.mark.parametrize(
    ("text", "path", "given", "expected"),
    [
        (BARE, "reports/zhejiang/1998.txt", Given(), ("浙江省人民政府", "path", "浙江省", "path", 1998, "path")),
        (BARE, "reports/national/1998.txt", Given(), ("国务院", "path", "全国", "path", 1998, "path")),
        (BARE, "china/hubei/wuhan/2001-report.md", Given(), ("武汉市人民政府", "path", "武汉市", "path", 2001, "path")),
        (BARE, "杭州市/2020年政府工作报告.txt", Given(), ("杭州市人民政府", "path", "杭州市", "path", 2020, "path")),
        (BARE, "2003/qingdao/plan.txt", Given(), (None, None, "青岛市", "path", 2003, "path")),
        (BARE, "notes/plan7.txt", Given(), (None, None, None, None, None, None)),
        (BARE, "notes/20211231.txt", Given(), (None, None, None, None, None, None)),
        (SIGNED, "zhejiang/1998.txt", Given(), ("岚屏市人民政府", "text", "岚屏市", "text", 2021, "text")),
        (
            SIGNED,
            "zhejiang/1998.txt",
            Given(issuer="某某市计划委员会", year=2022, region="浙江"),
            ("某某市计划委员会", "metadata", "浙江省", "metadata", 2022, "metadata"),
        ),
    ],
)
def test_origin(text: str, path: str, given: Given, expected: tuple[object, ...]) -> None:
    found = FINDER.find(parse(text), path, given)
    assert (
        found.issuer,
        found.issuer_from,
        found.region,
        found.region_from,
        found.year,
        found.year_from,
    ) == expected


def test_regions_are_whole() -> None:
    regions = load_lexicon().pairs("regions")
    assert len({full for full in regions.values() if full.endswith(("省", "自治区", "特别行政区"))}) == 23 + 5 + 2
    assert all(word.isascii() == word.islower() for word in regions)
