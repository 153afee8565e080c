"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """Language of the labels."""

    zh = "zh"
    en = "en"


LexiconOption = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", "-l", metavar="FILE.toml", help="Add your own lexicon entries; may be repeated."),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="What reading a document may cost, such as pages=8000 (docs/formats.md lists the names); may be repeated.",
    ),
]
