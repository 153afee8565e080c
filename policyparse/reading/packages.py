"""ZIP files from outside (.docx, .ofd, .zip), opened with distrust: what they promise about sizes is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib

from policyparse.errors import ReadError
from policyparse.reading.limits import Limits

_ENTRY = b"PK\x01\x02"
_NESTED = 50
"""A stored .docx inside a .zip brings the entries of its own directory."""
_CHUNK = 1 << 20


class Package:
    """The parts of a ZIP file, unpacked in memory, one at a time, within limits for all of them together."""

    def __init__(self, data: bytes, name: str, limits: Limits, *, what: str = "ZIP file") -> None:
        """Read the directory. ``name`` and ``what`` are for messages. Raises ``ReadError``."""
        self._name, self._what, self._limits = name, what, limits
        self._packed, self._unpacked = len(data), 0
        if data.count(_ENTRY) > limits.entries * _NESTED:
            raise self._too_many()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise self._damaged(str(error)) from error
        self.entries = [info for info in self._archive.infolist() if not info.is_dir()]
        if len(self.entries) > limits.entries:
            raise self._too_many()
        self._by_name = {info.filename: info for info in self.entries}

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the directory."""
        return list(self._by_name)

    def __contains__(self, part: str) -> bool:
        return part in self._by_name

    def read(self, part: str | zipfile.ZipInfo) -> bytes:
        """Return the bytes of a part. Raises ``ReadError`` where it is damaged, encrypted or beyond a limit."""
        info = part if isinstance(part, zipfile.ZipInfo) else self._by_name[part]
        if info.flag_bits & 0x1:
            raise ReadError(f"{self._name}: {info.filename} is encrypted; save the document without a password")
        chunks = []
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._count(len(chunk))
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise self._damaged(f"{info.filename}: {error}") from error
        return b"".join(chunks)

    def _count(self, more: int) -> None:
        self._unpacked += more
        limits = self._limits
        if self._unpacked > limits.unpacked_bytes:
            raise ReadError(
                f"{self._name}: unpacks to more than {limits.unpacked_bytes:,} bytes (limit unpacked_bytes); "
                "if the file is to be trusted, raise the limit"
            )
        if self._unpacked > limits.ratio_from and self._unpacked > self._packed * limits.ratio:
            raise ReadError(
                f"{self._name}: unpacks to more than {limits.ratio} times its size (limit ratio), as a file made to "
                "exhaust a reader does; if it is to be trusted, raise the limit"
            )

    def _too_many(self) -> ReadError:
        return ReadError(
            f"{self._name}: holds more than {self._limits.entries:,} parts (limit entries); "
            "if the file is to be trusted, raise the limit"
        )

    def _damaged(self, reason: str) -> ReadError:
        return ReadError(f"{self._name}: this {self._what} is damaged ({reason}); get the document again or repair it")
