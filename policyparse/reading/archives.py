"""ZIP files of documents: a document in one has the path of the file, a slash, and its name inside (``plans.zip/a.docx``).

Nothing is unpacked to disk, so that no name inside can lead anywhere; what a name says is made harmless all the same.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Container, Iterator
from functools import lru_cache
from os import PathLike
from pathlib import Path

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.limits import Limits

SUFFIX = ".zip"

_CHUNK = 1 << 20
_UTF_8 = 0x800
_ENCRYPTED = 0x1
_HIDDEN = (".", "__MACOSX")
"""How folders and files begin that no one put into the archive."""
_PACKAGES = ({"OFD.xml"}, {"[Content_Types].xml"}, {"mimetype", "content.xml"})
"""Parts by which a ZIP file is one document."""
_SHOWN = 3
_FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError, RuntimeError)


class Archive:
    """A ZIP file whose documents are read one at a time, within limits."""

    def __init__(self, stream: str | io.BytesIO, packed: int, name: str, limits: Limits) -> None:
        """Read the directory. ``packed`` is the file's size, ``name`` is for messages. Raises ``ReadError``."""
        self._name, self._limits = name, limits
        try:
            self._file = zipfile.ZipFile(stream)
        except _FAULTS as error:
            raise ReadError(
                f"{name}: this is a ZIP file that is damaged ({error}); get it again or repair it"
            ) from error
        infos = [info for info in self._file.infolist() if not info.is_dir()]
        self.is_document = any(parts <= {info.filename for info in infos} for parts in _PACKAGES)
        if len(infos) > limits.entries:
            raise ReadError(
                f"{name}: holds more than {limits.entries:,} files (limit entries); unpack it and name the folder"
            )
        if sum(info.file_size for info in infos) > max(limits.ratio_from, packed * limits.ratio):
            raise ReadError(
                f"{name}: unpacks to more than {limits.ratio} times its size (limit ratio), as a file made to exhaust a "
                "reader does; if it is to be trusted, unpack it and name the folder"
            )
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            shown = _harmless(_decoded(info))
            if shown and not any(part.startswith(_HIDDEN) for part in shown.split("/")):
                self._members[_new(shown, self._members)] = info

    @property
    def names(self) -> list[str]:
        """The names of the files inside, harmless and each once, in the order of the directory."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of the file ``name``. Raises ``ReadError``."""
        info = self._members[name]
        shown = f"{self._name}/{name}"
        if info.flag_bits & _ENCRYPTED:
            raise ReadError(f"{shown}: is encrypted; unpack the archive with its password and name the folder")
        if info.file_size > self._limits.file_bytes:
            raise ReadError(
                f"{shown}: has {info.file_size:,} bytes, more than {self._limits.file_bytes:,} (limit file_bytes); "
                "if it is one document, raise the limit"
            )
        chunks, size = [], 0
        try:
            with self._file.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > info.file_size:
                        raise zipfile.BadZipFile("larger than promised")
                    chunks.append(chunk)
        except _FAULTS as error:
            raise ReadError(f"{shown}: is damaged in the archive ({error}); get the archive again") from error
        return b"".join(chunks)


def is_archive(path: str | PathLike[str], limits: Limits | None = None) -> bool:
    """Tell whether the file at ``path`` is called .zip and is a ZIP file of documents, not a document in ZIP form."""
    name = os.fspath(path)
    if not name.lower().endswith(SUFFIX):
        return False
    try:
        return not _opened(name, limits or Limits()).is_document
    except ReadError:
        return False


def documents_in(path: str, limits: Limits | None = None) -> Iterator[str]:
    """Yield the paths of the files in the ZIP file at ``path``, also of those in ZIP files in it (but no deeper).

    Raises ``ReadError`` where it cannot be opened.
    """
    archive = _opened(path, limits or Limits())
    for name in archive.names:
        inner = None
        if name.lower().endswith(SUFFIX):
            try:
                inner = _inner(archive, f"{path}/{name}", name)
            except ReadError:
                inner = None  # it is named itself, and the error comes when it is read
        if inner is None or inner.is_document:
            yield f"{path}/{name}"
        else:
            yield from (f"{path}/{name}/{each}" for each in inner.names)


def holder(path: str) -> str:
    """Return the path of the file that holds the document at ``path``: a ZIP file, or the document itself."""
    at = -1
    lower = path.replace(os.sep, "/").lower()
    while (at := lower.find(f"{SUFFIX}/", at + 1)) >= 0:
        if Path(path[: at + len(SUFFIX)]).is_file():
            return path[: at + len(SUFFIX)]
    return path


def read_member(path: str, limits: Limits) -> bytes | None:
    """Return the bytes of the document at ``path`` in a ZIP file, ``None`` where there is none. Raises ``ReadError``."""
    file = holder(path)
    if file == path:
        return None
    return _member(_opened(file, limits), file, path[len(file) + 1 :].replace(os.sep, "/"))


def read_zip(data: bytes, name: str, limits: Limits) -> Source:
    """Refuse a ZIP file of documents where one document is asked for. Raises ``ReadError`` that says how to read it."""
    names = Archive(io.BytesIO(data), len(data), name, limits).names
    if not names:
        raise ReadError(f"{name}: this is a ZIP file without documents; give a file that holds the text of a document")
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    raise ReadError(
        f"{name}: this is a ZIP file of {len(names)} file{'s' if len(names) > 1 else ''} ({shown}); read one of them as "
        f"{name}/{names[0]}, or all with policyparse batch"
    )


def _member(archive: Archive, file: str, name: str) -> bytes | None:
    if name in archive:
        return archive.read(name)
    for at in (index for index, char in enumerate(name) if char == "/"):
        outer, inner = name[:at], name[at + 1 :]
        if outer in archive and outer.lower().endswith(SUFFIX):
            nested = _inner(archive, f"{file}/{outer}", outer)
            return nested.read(inner) if inner in nested else None
    return None


def _opened(path: str, limits: Limits) -> Archive:
    try:
        state = Path(path).stat()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {(error.strerror or '').lower()}; check its name") from error
    return _kept(path, (state.st_ino, state.st_size, state.st_mtime_ns), limits)


@lru_cache(maxsize=1)
def _kept(path: str, state: tuple[int, ...], limits: Limits) -> Archive:
    """Return the archive, whose documents are mostly asked for one after the other."""
    return Archive(path, state[1], path, limits)


@lru_cache(maxsize=1)
def _inner(archive: Archive, shown: str, name: str) -> Archive:
    data = archive.read(name)
    return Archive(io.BytesIO(data), len(data), shown, archive._limits)


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return the name in the encoding that it was written in; archives of old Chinese systems do not say which."""
    if info.flag_bits & _UTF_8:
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _harmless(name: str) -> str:
    """Return a name as a path that stays below where it begins."""
    printable = "".join(char if char.isprintable() else "_" for char in name.replace("\\", "/"))
    parts = (part.strip() for part in printable.split("/"))
    return "/".join(part.replace(":", "_") for part in parts if part.strip("."))


def _new(name: str, taken: Container[str]) -> str:
    """Return ``name``, with a number where it is taken."""
    if name not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    number = 2
    while (other := f"{stem or suffix} ({number}){dot if stem else ''}{suffix if stem else ''}") in taken:
        number += 1
    return other
