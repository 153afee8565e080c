"""Files of annotation tools and gold files: read into records, written from records.

What goes out to a tool and comes back unchanged gives the same gold file, byte for byte where that was written as those in
``corpora/`` are; what comes back corrected is gold for ``evaluate``.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from pydantic import ValidationError

from policyparse.corpus.gold import Gold, load_sample
from policyparse.errors import EvaluationError, UsageError
from policyparse.export.annotation.brat import brat_configuration, from_brat, to_brat
from policyparse.export.annotation.doccano import doccano_configuration, from_doccano, to_doccano
from policyparse.export.annotation.label_studio import (
    from_label_studio,
    label_studio_configuration,
    to_label_studio,
)
from policyparse.export.annotation.record import Record
from policyparse.export.annotation.records import gold_of_record, record_of_gold
from policyparse.export.annotation.texts import Count

AnnotationFormat: TypeAlias = Literal["gold", "brat", "label-studio", "doccano"]
FORMATS: tuple[AnnotationFormat, ...] = get_args(AnnotationFormat)

_GOLD = ".gold.json"
_SUFFIXES: dict[AnnotationFormat, str] = {"gold": _GOLD, "brat": ".ann", "label-studio": ".json", "doccano": ".jsonl"}
_TASKS = {"label-studio": "tasks.json", "doccano": "documents.jsonl"}
_MOST_BYTES = 512_000_000
_LONGEST_NAME = 180  # bytes; file systems take 255, endings included


def load_annotations(
    path: str | PathLike[str],
    format: AnnotationFormat,  # noqa: A002
    *,
    count: Count | None = None,
) -> list[Record]:
    """Return the annotations of a file, or of all files of the format in a folder.

    ``format`` is ``gold`` (``NAME.gold.json`` beside ``NAME.txt``), ``brat`` (``NAME.ann`` beside ``NAME.txt``),
    ``label-studio`` (an export in the format JSON) or ``doccano`` (JSONL); ``count`` tells how a doccano project counts
    characters where its lines do not say. Raises ``EvaluationError`` where there are none or one is malformed.

    >>> from policyparse import load_annotations
    >>> len(load_annotations("corpora", "gold"))
    13
    """
    if format not in FORMATS:
        raise UsageError(f"no annotation format {format}; there are {', '.join(FORMATS)}")
    path = Path(path)
    suffix = _SUFFIXES[format]
    if path.is_dir():
        paths = sorted(one for one in path.glob(f"*{suffix}") if format == "gold" or not one.name.endswith(_GOLD))
        if not paths:
            raise EvaluationError(f"{path}: no *{suffix} in it; give a folder or a file of the format {format}")
    elif path.is_file():
        paths = [path]
    else:
        raise EvaluationError(f"{path}: no such file or folder")
    read: dict[AnnotationFormat, Callable[[Path], list[Record]]] = {
        "gold": _read_gold,
        "brat": _read_brat,
        "label-studio": lambda one: _named(one, lambda: from_label_studio(_text(one))),
        "doccano": lambda one: _named(one, lambda: from_doccano(_text(one), count=count)),
    }
    return [record for one in paths for record in read[format](one)]


def annotation_files(
    records: Iterable[Record],
    format: AnnotationFormat,  # noqa: A002
    *,
    count: Count = "utf-16",
    predictions: bool = False,
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files that hold ``records`` in ``format``, with the configuration the tool wants.

    ``count`` is how a doccano project counts, ``predictions`` says for Label Studio that a machine proposes. Names hold no
    folders; two records with one name get numbers.
    """
    if format not in FORMATS:
        raise UsageError(f"no annotation format {format}; there are {', '.join(FORMATS)}")
    if format == "label-studio":
        yield _TASKS[format], _encoded(to_label_studio(records, predictions=predictions))
        yield "labels.xml", _encoded(label_studio_configuration())
        return
    if format == "doccano":
        yield _TASKS[format], _encoded(to_doccano(records, count=count))
        yield from ((name, _encoded(text)) for name, text in doccano_configuration().items())
        return
    names: set[str] = set()
    for record in records:
        name = file_name(record.name, names)
        if format == "brat":
            text, annotations = to_brat(record)
            yield f"{name}.txt", _encoded(text)
            yield f"{name}.ann", _encoded(annotations)
        else:
            content, gold = gold_files(record)
            yield f"{name}.txt", content
            yield f"{name}{_GOLD}", _encoded(gold)
    if format == "brat":
        yield from ((name, _encoded(text)) for name, text in brat_configuration().items())


def save_annotations(
    records: Iterable[Record],
    format: AnnotationFormat,  # noqa: A002
    out: str | PathLike[str],
    *,
    count: Count = "utf-16",
    predictions: bool = False,
) -> list[Path]:
    """Write ``records`` in ``format`` into the folder ``out``, which is made if need be, and return the files' paths.

    Raises ``OSError`` where that cannot be written.
    """
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in annotation_files(records, format, count=count, predictions=predictions):
        path = folder / name
        _write(path, content)
        written.append(path)
    return written


def gold_files(record: Record) -> tuple[bytes, str]:
    """Return the text file and the gold file (JSON) of ``record``.

    The text is stored as it was where the gold file's SHA-256 tells that it is the same, else in UTF-8 with its own SHA-256.
    Raises ``EvaluationError`` where the annotation is not complete or was damaged.
    """
    gold = gold_of_record(record)
    content, digest = _stored(record, gold.get("sha256", ""))
    head = {"doc": gold.pop("doc"), "sha256": digest, "chars": len(record.text)}
    gold.pop("sha256", None)
    gold.pop("chars", None)
    windows = gold.pop("windows", None) or [[0, len(record.text)]]
    whole = {**head, "windows": windows, **gold}
    try:
        Gold.model_validate(whole)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise EvaluationError(f"{record.name}: the annotation was damaged: {where}: {first['msg']}") from error
    return content, json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def file_name(name: str, taken: set[str]) -> str:
    """Return ``name`` as a file name without folders that is not in ``taken``, which it joins."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign if sign.isprintable() and sign not in ':*?"<>|' else "_" for sign in name).strip(" .")
    name = name.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore").strip() or "document"
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found.casefold())
    return found


def _stored(record: Record, digest: str) -> tuple[bytes, str]:
    text = record.text
    for encoding in dict.fromkeys((str(record.about.get("encoding", "utf-8")), "utf-8", "utf-8-sig")):
        with suppress(UnicodeError, LookupError):
            content = text.encode(encoding)
            if hashlib.sha256(content).hexdigest() == digest:
                return content, digest
    # A text that begins with U+FEFF needs a mark before it: readers take the first one away.
    content = text.encode("utf-8-sig" if text[:1] == "\ufeff" else "utf-8", "replace")
    return content, hashlib.sha256(content).hexdigest()


def _read_gold(path: Path) -> list[Record]:
    sample = load_sample(path)
    gold = json.loads(path.read_bytes())
    return [record_of_gold(gold, sample.source.text, sample.name, encoding=sample.source.encoding)]


def _read_brat(path: Path) -> list[Record]:
    text = path.with_suffix(".txt")
    if not text.is_file():
        raise EvaluationError(f"{path}: there is no {text.name} beside it; brat keeps the text there")
    return [from_brat(_text(text), _text(path), path.stem)]


def _named(path: Path, read: Callable[[], list[Record]]) -> list[Record]:
    try:
        return read()
    except EvaluationError as error:
        raise EvaluationError(f"{path}: {error}") from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise EvaluationError(f"{path}: has more than {_MOST_BYTES:,} bytes; split it")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: is not in UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read: {error.strerror}") from error


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _write(path: Path, content: bytes) -> None:
    """Write ``content``; the file appears under its name once it is complete."""
    handle, partial = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(partial).unlink()
        raise
