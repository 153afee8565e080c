"""A piece of a run: some documents that one worker parses and commits together as one part.

Everything here can be written as JSON, since it crosses to other processes and machines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from policyparse.corpus.inputs import Input
from policyparse.corpus.sidecar import Given

_SMALLEST, _LARGEST = 4, 24
"""Documents of a chunk: about a second of work, which is what a kill costs."""
_SHARE = 4
"""A chunk is at most so small a part of what is left for each worker."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document to parse, and what the user's table says about it."""

    input: Input
    given: Given


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents for one part, and the part's name."""

    name: str
    tasks: tuple[Task, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the chunk as JSON holds it."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Chunk:
        """Return the chunk that ``to_json`` gave."""
        tasks = tuple(Task(Input(**task["input"]), Given(**task["given"])) for task in data["tasks"])
        return Chunk(data["name"], tasks)

    def without(self, index: int) -> Chunk:
        """Return the chunk without its ``index``-th document."""
        return Chunk(self.name, self.tasks[:index] + self.tasks[index + 1 :])


@dataclass(frozen=True, slots=True)
class Job:
    """What all chunks of a run have in common."""

    store: str
    run: int
    parser: str
    lexicon: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    timeout: float | None = None
    limits: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the job as JSON holds it."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Job:
        """Return the job that ``to_json`` gave."""
        return Job(**{**data, "lexicon": tuple(data["lexicon"]), "without": tuple(data["without"])})


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be processed, why, and what to do about it."""

    file: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a chunk: how much was committed, and what failed."""

    documents: int = 0
    chars: int = 0
    failures: tuple[Failure, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as JSON holds it."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> Outcome:
        """Return the outcome that ``to_json`` gave."""
        return Outcome(data["documents"], data["chars"], tuple(Failure(**f) for f in data["failures"]))


def chunked(tasks: Iterable[Task], expected: int, workers: int, run: int) -> Iterator[Chunk]:
    """Cut ``tasks``, about ``expected`` of them, into chunks, named by the run and their number in it.

    Large ones first, since each costs a little, and small ones at the end, so that all workers end together.
    """
    stream = iter(tasks)
    number = taken = 0
    while True:
        size = max(_SMALLEST, min(_LARGEST, (expected - taken) // (workers * _SHARE)))
        chunk = tuple(islice(stream, size))
        if not chunk:
            return
        yield Chunk(f"{run:06d}-{number:07d}", chunk)
        number, taken = number + 1, taken + len(chunk)
