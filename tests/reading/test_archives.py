"""ZIP files of documents: names, limits, and archives made to harm."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from policyparse import parse_file, read
from policyparse.corpus.batch import batch
from policyparse.corpus.engines import LocalEngine
from policyparse.corpus.inputs import list_files
from policyparse.corpus.store import open_store
from policyparse.errors import ReadError
from policyparse.reading.archives import Archive, documents_in, holder, is_archive
from policyparse.reading.limits import Limits

TEXT = "一、扩大就业\n全年新增城镇就业5万人以上。\n"


def packed(**files: str | bytes) -> bytes:
    return zipped({name.replace("__", "/").replace("_txt", ".txt"): data for name, data in files.items()})


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    path = tmp_path / "plans.zip"
    inner = zipped({"内/方案.txt": TEXT})
    path.write_bytes(
        zipped(
            {
                "2024/要点.txt": TEXT.encode("gbk"),
                "内.zip": inner,
                "__MACOSX/2024/._要点.txt": "x",
                ".DS_Store": "x",
                "图.jpg": b"\xff\xd8\xff",
            }
        )
    )
    return path


def test_a_document_is_read_by_its_path_in_the_archive(plans: Path) -> None:
    source = read(f"{plans}/2024/要点.txt")
    assert (source.text, source.encoding, source.name) == (TEXT, "gb18030", f"{plans}/2024/要点.txt")
    assert read(plans / "内.zip" / "内" / "方案.txt").text == TEXT
    assert len(parse_file(plans / "2024" / "要点.txt").targets) == 1


def test_what_is_not_in_it_is_missing(plans: Path) -> None:
    for name in ("2025.txt", "2024", "内.zip/x.txt", "图.jpg/x.txt", "__MACOSX/2024/._要点.txt"):
        with pytest.raises(ReadError, match="no such file"):
            read(plans / name)


def test_documents_are_listed_also_those_in_archives_in_it(plans: Path) -> None:
    assert list(documents_in(str(plans))) == [
        f"{plans}/2024/要点.txt",
        f"{plans}/内.zip/内/方案.txt",
        f"{plans}/图.jpg",
    ]
    assert list_files(plans) == [f"{plans}/2024/要点.txt", f"{plans}/内.zip/内/方案.txt"]
    assert list_files(plans.parent) == list_files(plans)


def test_the_archive_itself_is_no_document(plans: Path) -> None:
    with pytest.raises(
        ReadError, match=r"plans\.zip: this is a ZIP file of 3 files \(2024/要点.txt, .*\); read one of them as .*batch"
    ):
        read(plans)
    plans.write_bytes(packed())
    with pytest.raises(ReadError, match=r"plans\.zip: this is a ZIP file without documents; give"):
        read(plans)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("C:\\plans\\a.txt", "C_/plans/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("a\nb\x1b[31m.txt", "a_b_[31m.txt"),
        ("规划/方案.txt", "规划/方案.txt"),
    ],
)
def test_names_stay_below_the_archive(tmp_path: Path, name: str, shown: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({name: TEXT}))
    assert list_files(path) == [f"{path}/{shown}"]
    assert read(path / shown).text == TEXT


def test_names_in_the_encodings_of_old_systems(tmp_path: Path) -> None:
    data = zipped({"abcd.txt": TEXT})
    for written in ("规划".encode("gbk"), "规".encode() + b"1"):
        path = tmp_path / "a.zip"
        path.write_bytes(data.replace(b"abcd", written))
        assert read(path / f"{'规划' if written == '规划'.encode('gbk') else '规1'}.txt").text == TEXT


def test_names_that_are_taken_get_a_number(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": "甲", "./a.txt": "乙", "../a.txt": "丙", "x": "丁", "./x": "戊"}))
    names = [name.removeprefix(f"{path}/") for name in documents_in(str(path))]
    assert names == ["a.txt", "a (2).txt", "a (3).txt", "x", "x (2)"]
    assert [read(path / name).text for name in names] == ["甲", "乙", "丙", "丁", "戊"]


def test_an_office_file_called_zip_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"OFD.xml": "<OFD/>"}))
    assert not is_archive(path)
    assert list_files(path) == [str(path)]
    assert not is_archive(tmp_path / "missing.zip")
    (tmp_path / "text.zip").write_text(TEXT, encoding="utf-8")
    assert read(tmp_path / "text.zip").text == TEXT


def test_holder(plans: Path) -> None:
    assert holder(f"{plans}/2024/要点.txt") == str(plans)
    assert holder(f"{plans}/内.zip/内/方案.txt") == str(plans)
    assert holder(str(plans)) == str(plans)
    assert holder("a.zip/b.txt") == "a.zip/b.txt"


def test_a_changed_archive_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed(a_txt="甲"))
    assert read(path / "a.txt").text == "甲"
    path.write_bytes(packed(a_txt="乙乙"))
    assert read(path / "a.txt").text == "乙乙"


def archive(data: bytes, **limits: int) -> Archive:
    return Archive(io.BytesIO(data), len(data), "a.zip", Limits(**limits))


def test_an_archive_that_unpacks_to_far_more() -> None:
    data = packed(a_txt=b"\0" * 40_000_000)
    assert len(data) < 100_000
    with pytest.raises(
        ReadError, match=r"a\.zip: unpacks to more than 200 times its size \(limit ratio\).*; if it is to be"
    ):
        archive(data)
    with pytest.raises(ReadError, match=r"a\.zip/a\.txt: has 40,000,000 bytes, more than 1,000 \(limit file_bytes\)"):
        archive(data, ratio=10_000, file_bytes=1000).read("a.txt")
    assert len(archive(data, ratio=10_000).read("a.txt")) == 40_000_000


def test_an_archive_that_lies_about_sizes() -> None:
    data = packed(a_txt=b"\0" * 40_000_000)
    lie = data.replace(struct.pack("<L", 40_000_000), struct.pack("<L", 1000))
    found = archive(lie)
    with pytest.raises(ReadError, match=r"a\.zip/a\.txt: is damaged in the archive \(.*\); get the archive again"):
        found.read("a.txt")


def test_an_archive_of_too_many_files() -> None:
    data = zipped({f"{n}.txt": "" for n in range(30)})
    with pytest.raises(ReadError, match=r"a\.zip: holds more than 20 files \(limit entries\); unpack it"):
        archive(data, entries=20)


def test_archives_in_archives_in_archives(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT})
    for depth in range(5):
        data = zipped({f"{depth}.zip": data})
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (listed,) = list_files(path)
    assert listed == f"{path}/4.zip/3.zip"
    with pytest.raises(ReadError, match="this is a ZIP file of 1 file"):
        read(listed)


def test_encrypted_and_damaged() -> None:
    data = bytearray(packed(a_txt=TEXT))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    with pytest.raises(ReadError, match=r"a\.zip/a\.txt: is encrypted; unpack the archive with its password"):
        archive(bytes(data)).read("a.txt")
    whole = packed(a_txt=TEXT * 50)
    with pytest.raises(ReadError, match=r"a\.zip: this is a ZIP file that is damaged \(.*\); get it again"):
        archive(whole[:-30])
    broken = whole[:45] + bytes(20) + whole[65:]
    with pytest.raises(ReadError, match=r"a\.zip/a\.txt: is damaged in the archive"):
        archive(broken).read("a.txt")


def test_batch_takes_what_is_in_it_and_the_rest_is_unharmed(plans: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    plans.rename(files / "plans.zip")
    (files / "more.zip").write_bytes(
        zipped(
            {
                "好.md": "# 规划\n\n一、就业\n新增5万人。\n",
                "坏.pdf": b"%PDF-1.7 x",
                "空.txt": "",
                "假.docx": b"PK\x03\x04xx",
            }
        )
    )
    (files / "bomb.zip").write_bytes(packed(a_txt=b"\0" * 40_000_000))
    (files / "broken.zip").write_bytes(packed(a_txt=TEXT)[:-30])
    result = batch(files, tmp_path / "store", engine=LocalEngine(1))
    with open_store(tmp_path / "store") as store:
        paths = {path for (path,) in store.query("SELECT path FROM documents").rows}
    assert paths == {"files/plans.zip/2024/要点.txt", "files/plans.zip/内.zip/内/方案.txt", "files/more.zip/好.md"}
    assert result.failed == 5
    errors = result.errors.read_text(encoding="utf-8")
    for name in ("坏.pdf", "空.txt", "假.docx", "bomb.zip", "broken.zip"):
        assert name in errors
    again = batch(files, tmp_path / "store", engine=LocalEngine(1))
    assert (again.parsed, again.unchanged) in ((0, 3), (3, 0)), "unchanged, unless the parser was edited meanwhile"


def test_batch_keeps_the_limits_that_it_is_given(plans: Path, tmp_path: Path) -> None:
    result = batch(plans, tmp_path / "store", engine=LocalEngine(1), limits=Limits(characters=5))
    assert (result.parsed, result.failed) == (0, 2)
    assert "limit characters" in result.errors.read_text(encoding="utf-8")
    result = batch(plans, tmp_path / "store", engine=LocalEngine(1), limits=Limits(entries=2))
    assert (result.parsed, result.failed) == (0, 1)
    assert "limit entries" in result.errors.read_text(encoding="utf-8")
