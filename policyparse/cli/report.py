"""``policyparse report FILE --out FILE.html``: a document as a page to read, filter and print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyparse.cli.options import Lang, LexiconOption, LimitOption
from policyparse.cli.output import Output
from policyparse.errors import UsageError


def report_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - is standard input.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE.html", help="Write there instead of standard output.")
    ] = None,
    lexicon: LexiconOption = None,
    limit: LimitOption = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the page.")] = Lang.zh,
) -> int:
    """Write a document as one HTML page that opens offline.

    Its text with targets, results, bodies and deadlines marked, the outline, tables whose rows lead to their sentences, filters
    by role and by body, metadata and diagnostics.
    """
    from policyparse import load_lexicon, parse, read, report
    from policyparse.reading import Limits

    if out is not None and file != "-" and out.is_file() and Path(file).exists() and out.samefile(file):
        raise UsageError(f"--out {out} is the file to read; name another one")
    source = read(file, limits=Limits.from_words(limit or ()))
    document = parse(source, lexicon=load_lexicon(*lexicon) if lexicon else None)
    page = report(document, source, lang=lang.value)
    with Output(out) as stream:
        stream.write(page)
    return 0
