"""``policyparse convert INPUT… --to FORMAT``: documents for other programs, and annotations to tools and back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyparse.cli.options import LexiconOption, LimitOption
from policyparse.cli.output import Output, OutputError, write_file
from policyparse.errors import ReadError, UsageError

if TYPE_CHECKING:
    from policyparse.export.annotation.record import Record
    from policyparse.model import Document, Source

DONE, UNREADABLE = 0, 1


class To(StrEnum):
    """What to write."""

    akn = "akn"
    measeval = "measeval"
    csv = "csv"
    xlsx = "xlsx"
    markdown = "markdown"
    brat = "brat"
    label_studio = "label-studio"
    doccano = "doccano"
    gold = "gold"


class From(StrEnum):
    """What the inputs are."""

    document = "document"
    gold = "gold"
    brat = "brat"
    label_studio = "label-studio"
    doccano = "doccano"


class CountBy(StrEnum):
    """How a doccano project counts characters."""

    utf_16 = "utf-16"
    code_points = "code-points"
    graphemes = "graphemes"


_TABLES = (To.csv, To.xlsx)
_ANNOTATIONS = (To.brat, To.label_studio, To.doccano, To.gold)
_SUFFIXES = {To.akn: ".akn.xml", To.measeval: ".tsv", To.markdown: ".md"}


def convert_command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Documents; with --from files or folders of it.", show_default=False),
    ],
    to: Annotated[To, typer.Option("--to", help="What to write.", show_default=False)],
    from_: Annotated[From, typer.Option("--from", help="What the inputs are.")] = From.document,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="PATH",
            help="A file, or a folder where several files come out; default: standard output.",
        ),
    ] = None,
    lexicon: LexiconOption = None,
    limit: LimitOption = None,
    count: Annotated[
        CountBy | None, typer.Option("--count", help="doccano: how the project counts characters.")
    ] = None,
) -> int:
    """Convert documents for other programs, and annotations to annotation tools and back.

    Documents: akn (Akoma Ntoso 3.0 XML), measeval (TSV), csv and xlsx (a row a statement), markdown (the outline); brat,
    label-studio, doccano and gold as proposals to correct. Annotations (--from gold, brat, label-studio, doccano): to one
    another; --to gold gives files for policyparse evaluate. docs/interchange.md says what maps to what.
    """
    if from_ is not From.document:
        if to not in _ANNOTATIONS:
            known = ", ".join(_ANNOTATIONS)
            raise UsageError(f"--from {from_} goes --to {known}; {to} is made from documents, without --from")
        return _convert_annotations(inputs, from_, to, out, count)
    reading = _Reading(inputs, lexicon, limit)
    if to in _ANNOTATIONS:
        from policyparse import annotation_record

        names: set[str] = set()
        records = [
            annotation_record(document, source, name=_stem(name, names))
            for name, source, document in reading.documents()
        ]
        _write_records(records, to, out, count, inputs, predictions=True)
    elif to in _TABLES:
        _write_table(reading, to, out, inputs)
    else:
        _write_each(reading, to, out, inputs)
    return UNREADABLE if reading.failed else DONE


class _Reading:
    """The documents, one after the other; what cannot be read is said and left out."""

    def __init__(self, inputs: list[str], lexicon: list[Path] | None, limit: list[str] | None) -> None:
        from policyparse import Parser, load_lexicon
        from policyparse.reading import Limits

        self._inputs = inputs
        self._parser = Parser(load_lexicon(*lexicon or ()))
        self._limits = Limits.from_words(limit or ())
        self.failed = False

    def documents(self) -> Iterator[tuple[str, Source, Document]]:
        from policyparse import read

        for name in self._inputs:
            try:
                source = read(name, limits=self._limits)
            except ReadError as error:
                self.failed = True
                _say(str(error))
            else:
                yield name, source, self._parser.parse(source)


def _convert_annotations(inputs: list[str], from_: From, to: To, out: Path | None, count: CountBy | None) -> int:
    from policyparse.corpus.annotations import FORMATS, load_annotations

    records = []
    for name in inputs:
        format_ = next(one for one in FORMATS if one == from_.value)
        records += load_annotations(name, format_, count=count.value if count and from_ is From.doccano else None)
    _write_records(records, to, out, count, inputs, predictions=False)
    return DONE


def _write_records(
    records: list[Record], to: To, out: Path | None, count: CountBy | None, inputs: list[str], *, predictions: bool
) -> None:
    from policyparse.corpus.annotations import FORMATS, annotation_files

    format_ = next(one for one in FORMATS if one == to.value)
    if not records:
        return
    files = annotation_files(records, format_, count=count.value if count else "utf-16", predictions=predictions)
    one_file = to in (To.label_studio, To.doccano)
    if one_file and (out is None or (out.suffix and not out.is_dir())):
        _, content = next(iter(files))
        _put(out, content, inputs)
        return
    folder = _folder(out, to, inputs)
    for name, content in files:
        write_file(folder / name, content)


def _write_table(reading: _Reading, to: To, out: Path | None, inputs: list[str]) -> None:
    from policyparse.export.flat import csv_table, statement_rows, workbook

    rows = [
        row
        for name, source, document in reading.documents()
        for row in statement_rows(document, source.text, name=name)
    ]
    if to is To.xlsx:
        if out is None:
            raise UsageError("--to xlsx needs --out FILE.xlsx")
        _put(out, workbook(rows), inputs)
    elif out is None:
        _put(out, csv_table(rows).encode("utf-8", "replace"), inputs)
    else:  # the mark tells spreadsheets that it is UTF-8
        _put(out, csv_table(rows).encode("utf-8-sig", "replace"), inputs)


def _write_each(reading: _Reading, to: To, out: Path | None, inputs: list[str]) -> None:
    from policyparse import akoma_ntoso, meas_eval, outline_markdown

    def akn(name: str, document: Document, source: Source) -> str:
        from policyparse.export.xml_text import forbidden_in_xml

        if odd := forbidden_in_xml(source.text):
            _say(f"{name}: {len(odd)} characters that XML forbids are U+FFFD in it, the first at {odd[0].start}")
        return akoma_ntoso(document, source)

    writers: dict[To, Callable[[str, Document, Source], str]] = {
        To.akn: akn,
        To.measeval: lambda name, document, _: meas_eval(document, name=_stem(name, set())),
        To.markdown: lambda _, document, __: outline_markdown(document),
    }
    into_folder = out is not None and (len(inputs) > 1 or out.is_dir())
    if out is None and len(inputs) > 1:
        raise UsageError(f"--to {to} of several documents needs --out FOLDER")
    folder = _folder(out, to, inputs) if into_folder else None
    names: set[str] = set()
    for name, source, document in reading.documents():
        content = writers[to](name, document, source).encode("utf-8", "replace")
        if folder is not None:
            write_file(folder / f"{_stem(name, names)}{_SUFFIXES[to]}", content)
        else:
            _put(out, content, inputs)


def _put(out: Path | None, content: bytes, inputs: list[str]) -> None:
    if out is None:
        with Output(None) as stream:
            stream.write(content.decode("utf-8"))
        return
    if any(name != "-" and out.is_file() and Path(name).exists() and out.samefile(name) for name in inputs):
        raise UsageError(f"--out {out} is one of the files to read; name another one")
    write_file(out, content)


def _folder(out: Path | None, to: To, inputs: list[str]) -> Path:
    """Return the folder ``out``, which is made if need be; it is none of those that the inputs stand in."""
    if out is None:
        raise UsageError(f"--to {to} writes several files: give --out FOLDER")
    if out.is_file():
        raise UsageError(f"--out {out} is a file; --to {to} writes several files into a folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in inputs:
            place = Path(name) if Path(name).is_dir() else Path(name).parent
            if name != "-" and to in _ANNOTATIONS and place.is_dir() and place.samefile(out):
                raise UsageError(f"--out {out} holds the files to read; name another folder")
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    return out


def _stem(name: str, taken: set[str]) -> str:
    from policyparse.corpus.annotations import file_name

    return file_name("standard-input" if name == "-" else Path(name).stem, taken)


def _say(message: str) -> None:
    sys.stderr.write(f"policyparse: {' '.join(message.split())}\n")
