"""``policyparse compare STORE|FILE… --out FILE``: documents of several years or issuers beside each other."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyparse.cli.options import Lang, LexiconOption, LimitOption
from policyparse.cli.output import Output, write_file
from policyparse.errors import UsageError

if TYPE_CHECKING:
    from policyparse.comparison import Comparison

_LISTED = 10


class ComparisonFormat(StrEnum):
    """How the comparison is written."""

    html = "html"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


class ComparisonTable(StrEnum):
    """The tables of a comparison."""

    indicators = "indicators"
    series = "series"
    tasks = "tasks"
    ranks = "ranks"
    groups = "groups"
    documents = "documents"


def compare_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="STORE|FILE…",
            help="A store that policyparse batch wrote, or files, folders, patterns in quotes.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write there; default: standard output (not xlsx)."),
    ] = None,
    format: Annotated[  # noqa: A002 (the option's name)
        ComparisonFormat | None,
        typer.Option("--format", "-f", help="Default: what the name of FILE ends in, else json.", show_default=False),
    ] = None,
    issuer: Annotated[
        list[str] | None,
        typer.Option("--issuer", metavar="NAME", help="Part of an issuer's or region's name; may be repeated."),
    ] = None,
    years: Annotated[
        str | None, typer.Option("--years", metavar="A:B", help="First and last year (2005:2025, 2005:, 2020).")
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option("--groups", metavar="FILE", help="Table with name and group: which indicators are one."),
    ] = None,
    metadata: Annotated[
        Path | None,
        typer.Option("--metadata", "-m", metavar="FILE.csv", help="Table with file and issuer, year or region."),
    ] = None,
    table: Annotated[
        ComparisonTable, typer.Option("--table", help="Which table csv holds.")
    ] = ComparisonTable.indicators,
    tolerance: Annotated[
        float, typer.Option("--tolerance", metavar="SHARE", help="Share of a target's value that 左右 allows.")
    ] = 0.05,
    lexicon: LexiconOption = None,
    limit: LimitOption = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of labels.")] = Lang.zh,
) -> int:
    """Compare plans and reports over years and issuers.

    Indicators over time, targets beside what the next report says was reached, tasks beside those of the year before, and
    issuers of a year beside each other. docs/compare.md has the rules.
    """
    chosen = _format(format, out)
    if chosen is ComparisonFormat.xlsx and out is None:
        raise UsageError("a workbook is written to a file: give --out FILE.xlsx")
    if chosen is not ComparisonFormat.csv and table is not ComparisonTable.indicators:
        raise UsageError("--table goes with --format csv; the other formats hold all tables")
    if out is not None and any(_same(out, name) for name in inputs):
        raise UsageError(f"--out {out} is one of the inputs; name another one")
    from policyparse import load_lexicon
    from policyparse.corpus.compare.comparing import compare
    from policyparse.reading import Limits

    single = len(inputs) == 1 and (Path(inputs[0]) / "store.json").is_file()
    comparison = compare(
        inputs[0] if single else inputs,
        issuers=issuer or (),
        years=years,
        groups=groups,
        metadata=metadata,
        tolerance=str(tolerance),
        lexicon=load_lexicon(*lexicon) if lexicon else None,
        limits=Limits.from_words(limit or ()),
    )
    content = _content(comparison, chosen, table, lang)
    if out is None:
        with Output(None) as stream:
            stream.write(content if isinstance(content, str) else "")
    else:
        # A mark at its beginning tells spreadsheets that a CSV file is UTF-8.
        encoding = "utf-8-sig" if chosen is ComparisonFormat.csv else "utf-8"
        write_file(out, content.encode(encoding, "backslashreplace") if isinstance(content, str) else content)
    _report(comparison)
    return 0


def _content(
    comparison: Comparison,
    kind: ComparisonFormat,
    table: ComparisonTable,
    lang: Lang,
) -> str | bytes:
    if kind is ComparisonFormat.json:
        from policyparse.export.comparison_json import comparison_json

        return comparison_json(comparison)
    if kind is ComparisonFormat.csv:
        from policyparse.export.comparison_csv import comparison_csv

        return comparison_csv(comparison, table.value, lang.value)
    if kind is ComparisonFormat.xlsx:
        from policyparse.export.comparison_xlsx import comparison_xlsx

        return comparison_xlsx(comparison, lang.value)
    from policyparse.export.comparison_html import comparison_html

    return comparison_html(comparison, lang.value)


def _format(given: ComparisonFormat | None, out: Path | None) -> ComparisonFormat:
    if given is not None:
        return given
    if out is None:
        return ComparisonFormat.json
    ending = out.suffix.lower().removeprefix(".")
    try:
        return ComparisonFormat("html" if ending == "htm" else ending)
    except ValueError:
        raise UsageError(f"--out {out}: its name ends in none of .html, .json, .csv, .xlsx; give --format") from None


def _report(comparison: Comparison) -> None:
    for note in comparison.notes[:_LISTED]:
        _say(note)
    if len(comparison.notes) > _LISTED:
        _say(f"and {len(comparison.notes) - _LISTED} more notes; the json holds them all")
    targets = sum(one.stated for one in comparison.series)
    _say(
        f"{len(comparison.documents)} documents of {len(comparison.issuers)} issuers; {len(comparison.series)} "
        f"indicators with {targets} targets, {len(comparison.tasks)} tasks"
    )


def _same(out: Path, name: str) -> bool:
    try:
        return out.is_file() and out.samefile(name)
    except OSError:
        return False


def _say(message: str) -> None:
    sys.stderr.write(f"policyparse: {' '.join(message.split())}\n")
