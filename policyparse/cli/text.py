"""``policyparse text``: the text of a document as it was read, which is what all offsets count in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyparse.cli.options import LimitOption
from policyparse.cli.output import Output


def text_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - is standard input.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write there instead of standard output, in one step."),
    ] = None,
    limit: LimitOption = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print one JSON object: the text, its headings and tables, and where in the file each stretch stands.",
        ),
    ] = False,
) -> int:
    """Print the text of a document as it was read: what "start" and "end" in the output of policyparse FILE count in."""
    from policyparse import read
    from policyparse.reading import Limits

    source = read(file, limits=Limits.from_words(limit or ()))
    with Output(output) as out:
        out.write(source.model_dump_json(indent=2) + "\n" if as_json else source.text)
    return 0
