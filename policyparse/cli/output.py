"""Where results go: standard output, or a file that is replaced in one step."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TextIO


class OutputError(Exception):
    """The results cannot be written; the message names the place and the reason."""


class ReaderGoneError(Exception):
    """Whoever read standard output has stopped reading (``policyparse … | head``)."""


class Output:
    """A text stream in UTF-8, as a context: standard output where ``path`` is ``None``, else the file at ``path``.

    A regular file appears under its name only when the context is left without an exception after something was
    written; until then, and after a failure, the file that stood there before is untouched. A device or a pipe is
    written as the text comes.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stream: TextIO | None = None
        self._partial: Path | None = None
        self._used = False

    def __enter__(self) -> Output:
        """Open the place. Raises ``OutputError`` where it cannot be written."""
        if self._path is None:
            self._stream = sys.stdout
            if isinstance(self._stream, TextIOWrapper):
                self._stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
            return self
        try:
            if self._path.exists() and not self._path.is_file() and not self._path.is_dir():
                self._stream = self._path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            else:
                self._stream = self._open_beside(self._path)
        except OSError as error:
            raise self._unwritable(error) from error
        return self

    @property
    def is_terminal(self) -> bool:
        """Whether a person sits in front of it."""
        return self._path is None and sys.stdout.isatty()

    def write(self, text: str) -> None:
        """Write ``text``. Raises ``OutputError`` or ``ReaderGoneError`` where that fails."""
        assert self._stream is not None
        try:
            self._stream.write(text)
            if self._path is None:
                self._stream.flush()
        except OSError as error:
            raise self._failed(error) from error
        self._used = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place, or take away what was begun."""
        if self._path is None or self._stream is None:
            return
        try:
            self._stream.close()
            if self._partial is not None and kind is None and self._used:
                self._partial.replace(self._path.resolve())
                self._partial = None
        except OSError as reason:
            if kind is None:
                raise self._failed(reason) from reason
        finally:
            if self._partial is not None:
                with suppress(OSError):
                    self._partial.unlink()

    def _open_beside(self, path: Path) -> TextIO:
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(21, "is a directory")
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, "permission denied")
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        self._partial = Path(name)
        self._partial.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        return os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n")

    def _failed(self, error: OSError) -> Exception:
        if isinstance(error, BrokenPipeError) and self._path is None:
            return ReaderGoneError()
        return self._unwritable(error)

    def _unwritable(self, error: OSError) -> OutputError:
        place = "standard output" if self._path is None else str(self._path)
        return OutputError(f"{place}: cannot be written: {(error.strerror or str(error)).lower()}")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, which appears under its name only once it is complete.

    Raises ``OutputError`` where it cannot be written.
    """
    partial: Path | None = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)  # a device or a pipe
            return
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(21, "is a directory")
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, "permission denied")
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        partial = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        partial.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        partial.replace(target)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                partial.unlink()
        raise OutputError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error
