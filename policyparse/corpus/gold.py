"""Gold files: what annotators marked in a text, checked when it is read (the format: ``corpora/README.md``)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policyparse.errors import EvaluationError
from policyparse.model import (
    Bound,
    Change,
    Extent,
    Kind,
    ResponsibilityRole,
    Source,
    StatementRole,
)
from policyparse.reading import read

_SUFFIX = ".gold.json"


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldNode(_Gold):
    """A division: where it starts, its label as printed, its level and its heading."""

    start: int
    label: str
    level: int
    heading: str


class GoldQuantity(_Gold):
    """A quantity with its value, its role and what it measures."""

    start: int
    end: int
    text: str
    kind: Kind
    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    role: StatementRole
    indicator: tuple[str, ...] = ()
    change: Change = ""
    deadline: str = ""
    deadline_inherited: bool = False


class GoldResponsibility(_Gold):
    """A body with something to do."""

    start: int
    end: int
    entity: str
    role: ResponsibilityRole


class GoldPeriod(_Gold):
    """The planning period as ISO dates."""

    start: str
    end: str


class GoldMetadata(_Gold):
    """The parts around the body; ``""`` where the text has none."""

    title: str = ""
    doc_number: str = ""
    issuer: str = ""
    addressee: str = ""
    issued_on: str = ""
    period: GoldPeriod | str = ""
    boilerplate: tuple[Extent, ...] = ()


class Gold(_Gold):
    """The annotation of one text. ``windows`` are the stretches that were annotated; only they count."""

    chars: int
    sha256: str = ""
    windows: tuple[tuple[int, int], ...] = ()
    metadata: GoldMetadata = Field(default_factory=GoldMetadata)
    outline: tuple[GoldNode, ...] = ()
    quantities: tuple[GoldQuantity, ...] = ()
    responsibilities: tuple[GoldResponsibility, ...] = ()

    def covers(self, offset: int) -> bool:
        """Tell whether ``offset`` lies in a stretch that was annotated."""
        return any(start <= offset < end for start, end in self.windows or ((0, self.chars),))


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and its annotation."""

    name: str
    source: Source
    gold: Gold


def load_samples(folder: str | Path) -> list[Sample]:
    """Return the samples of ``folder`` by name: each ``NAME.gold.json`` with its ``NAME.txt``.

    Raises ``EvaluationError`` where there are none, or where a gold file is malformed or belongs to another text.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise EvaluationError(f"{folder}: no such folder; give one that holds NAME.txt and NAME{_SUFFIX}")
    paths = sorted(folder.glob(f"*{_SUFFIX}"))
    if not paths:
        raise EvaluationError(f"{folder}: no *{_SUFFIX} in it; give a folder that holds NAME.txt and NAME{_SUFFIX}")
    return [load_sample(path) for path in paths]


def load_sample(path: Path) -> Sample:
    """Return the sample of the gold file ``path``; raises as ``load_samples`` does."""
    name = path.name.removesuffix(_SUFFIX)
    try:
        gold = Gold.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise EvaluationError(f"{path}: {where}: {first['msg']} (the format: corpora/README.md)") from error
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read: {error.strerror}") from error
    text_path = path.with_name(f"{name}.txt")
    source = read(text_path)
    if gold.sha256 and hashlib.sha256(text_path.read_bytes()).hexdigest() != gold.sha256:
        raise EvaluationError(f"{path}: belongs to another text: the SHA-256 of {text_path.name} is not its sha256")
    if len(source.text) != gold.chars:
        raise EvaluationError(f"{path}: belongs to another text: chars is {gold.chars}, not {len(source.text)}")
    for quantity in gold.quantities:
        if source.text[quantity.start : quantity.end] != quantity.text:
            raise EvaluationError(f"{path}: {quantity.text!r} does not stand at offset {quantity.start}")
    for duty in gold.responsibilities:
        if source.text[duty.start : duty.end] != duty.entity:
            raise EvaluationError(f"{path}: {duty.entity!r} does not stand at offset {duty.start}")
    return Sample(name, source, gold)
