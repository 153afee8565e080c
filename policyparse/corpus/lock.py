"""One run at a time on a store."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from policyparse.errors import StoreError

if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[str]) -> None:
        # A byte far behind the text: what is locked cannot be read by others there.
        stream.seek(1 << 20)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        stream.seek(0)
else:
    import fcntl

    def _take(stream: IO[str]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class StoreLock:
    """Held while a run writes, as a context; the system gives it back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[str] | None = None

    def __enter__(self) -> StoreLock:
        """Take the lock. Raises ``StoreError`` that names who holds it."""
        try:
            stream = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise StoreError(f"{self._path.parent}: cannot be written: {reason}; name another place") from error
        try:
            _take(stream)
        except OSError as error:
            stream.seek(0)
            holder = stream.read(200).strip() or "another process"
            stream.close()
            raise StoreError(
                f"{self._path.parent}: another run is writing to this store ({holder}); wait until it is done, or "
                "give another --out"
            ) from error
        stream.seek(0)
        stream.truncate()
        stream.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        stream.flush()
        self._stream = stream
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
