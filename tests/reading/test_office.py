"""Old Word and WPS files through LibreOffice, and what is said where it is missing, slow or helpless."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from policyparse import parse, read
from policyparse.errors import ReadError
from policyparse.reading import office
from policyparse.reading.files import read_bytes
from policyparse.reading.limits import Limits

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORD = OLE2 + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(3000)

needs_office = pytest.mark.skipif(
    office.office_program() is None,
    reason="LibreOffice is not installed (Debian: apt-get install libreoffice-writer-nogui)",
)
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of a script that is run as LibreOffice."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(program))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return program


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(
        ReadError, match=r"plan\.wps: this is an old Word or WPS file, .* not installed; install it .*\.docx"
    ):
        read_bytes(OLD_WORD, "plan.wps")


def test_the_program_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", ())
    assert office.office_program() is None
    monkeypatch.setattr(office, "_PLACES", (str(tmp_path / "soffice"),))
    (tmp_path / "soffice").touch()
    assert office.office_program() == str(tmp_path / "soffice")


@needs_posix
def test_a_program_that_writes_nothing(stand_in: Path) -> None:
    with pytest.raises(
        ReadError, match=r"plan\.doc: LibreOffice could not convert .* damaged or protected .*; open it in Word"
    ):
        read_bytes(OLD_WORD, "plan.doc")


@needs_posix
def test_a_program_that_cannot_be_started(stand_in: Path) -> None:
    stand_in.chmod(0o644)
    with pytest.raises(ReadError, match=r"plan\.doc: LibreOffice .* cannot be started; repair its installation"):
        read_bytes(OLD_WORD, "plan.doc")


@needs_posix
def test_a_program_that_does_not_end_is_ended_with_its_children(stand_in: Path, tmp_path: Path) -> None:
    child = tmp_path / "child"
    stand_in.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {child}\nwait\n")
    begin = time.monotonic()
    with pytest.raises(
        ReadError, match=r"plan\.doc: LibreOffice took more than 1 s .*\(limit seconds\); save the file as"
    ):
        read_bytes(OLD_WORD, "plan.doc", limits=Limits(seconds=1))
    assert time.monotonic() - begin < 20
    process = int(child.read_text())
    for _ in range(100):
        if not _runs(process):
            break
        time.sleep(0.05)
    assert not _runs(process)
    assert not list(tmp_path.glob("policyparse-*")), "the temporary folder is gone"


def _runs(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    if status.parent.parent.is_dir():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@needs_posix
def test_the_program_sees_nothing_of_the_user(stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    seen = tmp_path / "seen"
    stand_in.write_text(
        f'#!/bin/sh\nenv > {seen}\necho "$@" >> {seen}\ncat "$HOME/profile/user/registrymodifications.xcu" >> {seen}\n'
    )
    with pytest.raises(ReadError):
        read_bytes(OLD_WORD, "plan; rm -rf $HOME.doc")
    said = seen.read_text()
    assert "SECRET" not in said
    assert "rm -rf" not in said
    assert "http_proxy=http://127.0.0.1:9" in said
    assert "DisableMacrosExecution" in said


@needs_posix
def test_a_result_that_is_too_large(stand_in: Path) -> None:
    stand_in.write_text('#!/bin/sh\nhead -c 20000 /dev/zero > "$HOME/out/document.docx"\n')
    with pytest.raises(ReadError, match=r"plan\.doc: becomes larger than 10,000 bytes .*\(limit file_bytes\)"):
        read_bytes(OLD_WORD, "plan.doc", limits=Limits(file_bytes=10_000))


@pytest.fixture(scope="session")
def old_files(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> dict[str, Path]:
    """Return samples of the corpora as .doc, converted from .docx in one run of LibreOffice."""
    import docx

    folder = tmp_path_factory.mktemp("old")
    files = []
    for name in ("city-education-2024", "parking-measures-2024"):
        document = docx.Document()
        for line in (corpora / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            document.add_paragraph(line)
        document.save(str(folder / f"{name}.docx"))
        files.append(str(folder / f"{name}.docx"))
    program = office.office_program()
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {Path(file).stem: Path(file).with_suffix(".doc") for file in files}


@needs_office
@pytest.mark.parametrize("name", ["city-education-2024", "parking-measures-2024"])
def test_a_word_file_says_what_its_text_says(name: str, old_files: dict[str, Path], corpora: Path) -> None:
    source = read(old_files[name])
    expected, found = parse(read(corpora / f"{name}.txt")), parse(source)
    assert source.media_type == "application/msword"
    assert [(n.label, n.level, n.heading) for n in found.nodes()] == [
        (n.label, n.level, n.heading) for n in expected.nodes()
    ]
    assert [s.quantity.text for s in found.statements()] == [s.quantity.text for s in expected.statements()]
    assert [r.entity.text for r in found.responsibilities] == [r.entity.text for r in expected.responsibilities]
    assert source.places


@needs_office
def test_automatic_numbers_in_a_file_that_libreoffice_wrote(
    tmp_path: Path, corpora: Path, numbered_docx: Callable[[str], bytes]
) -> None:
    texts = {}
    for name in ("city-education-2024", "county-commerce-agenda", "urban-renewal-scheme-2024"):
        texts[name] = (corpora / f"{name}.txt").read_text(encoding="utf-8").replace("．", ".")
        (tmp_path / f"{name}.docx").write_bytes(numbered_docx(texts[name]))
    written = tmp_path / "written"
    program = office.office_program()
    assert program is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(written)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=180)
    for name, text in texts.items():
        expected, found = parse(text), parse(read(written / f"{name}.docx"))
        assert [(n.label, n.level, n.heading) for n in found.nodes()] == [
            (n.label, n.level, n.heading) for n in expected.nodes()
        ]
        assert [s.quantity.text for s in found.statements()] == [s.quantity.text for s in expected.statements()]
        assert [r.entity.text for r in found.responsibilities] == [r.entity.text for r in expected.responsibilities]


@needs_office
def test_the_name_does_not_matter(old_files: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "要点.wps"
    shutil.copy(old_files["city-education-2024"], path)
    assert "教育" in read(path).text


@needs_office
def test_what_only_looks_like_word(old_files: dict[str, Path]) -> None:
    data = old_files["city-education-2024"].read_bytes()
    for broken in (OLD_WORD, data[:512] + bytes(len(data) - 512), data[: len(data) // 2]):
        with pytest.raises(ReadError, match=r"plan\.doc: .*(could not convert|not read).*;"):
            read_bytes(broken, "plan.doc")
