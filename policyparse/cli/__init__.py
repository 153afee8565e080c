"""The command line: ``policyparse FILE…`` and a word a command: ``batch``, ``ledger``, ``report``, ``query`` and others.

Thin: it reads arguments, calls the library and prints. What is heavy is imported where it is used, so that ``--help``
answers at once. Results go to standard output or to a file, messages to standard error, one line each.

Exit codes: 0 done; 1 at least one document could not be read (the others are still printed); 2 wrong usage; 3 a store
cannot be used; 130 stopped from the keyboard; 141 whoever read the output stopped reading.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policyparse.cli.options import Lang, LexiconOption, LimitOption
from policyparse.cli.output import Output, OutputError, ReaderGoneError
from policyparse.errors import LexiconError, PolicyParseError, ReadError, StoreError, UsageError

if TYPE_CHECKING:
    from policyparse.cli.table import Part
    from policyparse.model import Document

DONE, UNREADABLE, WRONG_USAGE, NO_STORE, STOPPED, READER_GONE = 0, 1, 2, 3, 130, 141


class Format(StrEnum):
    """How documents are printed."""

    json = "json"
    jsonl = "jsonl"
    table = "table"


class Only(StrEnum):
    """One part of a document."""

    targets = "targets"
    outline = "outline"
    responsibilities = "responsibilities"


OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there instead of standard output, in one step."),
]


def parse_command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Documents to parse; - is standard input.", show_default=False)
    ],
    format: Annotated[  # noqa: A002 (the option's name)
        Format, typer.Option("--format", "-f", help="Several files in json give JSON Lines; table is for people.")
    ] = Format.json,
    only: Annotated[Only | None, typer.Option("--only", help="Print only this part of each document.")] = None,
    output: OutputOption = None,
    lexicon: LexiconOption = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="STAGE",
            help="Switch a stage off: outline, setting, metadata, quantities or responsibilities; may be repeated.",
        ),
    ] = None,
    limit: LimitOption = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the labels in tables.")] = Lang.zh,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=lambda on: _show_version(on))] = False,
) -> int:
    """Extract outline, targets, responsibilities and metadata from Chinese policy documents.

    Further commands: policyparse ledger FILE… --out FILE.xlsx, policyparse report FILE --out FILE.html,
    policyparse compare STORE|FILE… --out FILE.html, policyparse batch INPUT… --out STORE, policyparse query STORE SQL,
    policyparse convert INPUT… --to FORMAT, policyparse text FILE, policyparse explain FILE --at OFFSET, policyparse schema,
    policyparse evaluate GOLD_DIR (each has its own --help). A file that is named like a command is given as ./schema.
    """
    from policyparse import Parser, read
    from policyparse.lexicon import load_lexicon
    from policyparse.reading import Limits

    limits = Limits.from_words(limit or ())
    if output is not None and any(_same_file(output, name) for name in files):
        raise UsageError(f"--output {output} is one of the files to read; name another one")
    parser = Parser(load_lexicon(*lexicon or ()), without=without or ())
    compact = format is Format.jsonl or len(files) > 1
    failed = False
    with Output(output) as out:
        for name in files:
            try:
                document = parser.parse(read(name, limits=limits))
            except ReadError as error:
                failed = True
                _say(str(error))
            except Exception as error:  # noqa: BLE001 (a fault in one document must not cost the others)
                failed = True
                _say(f"{name}: {_internal(error)}")
            else:
                if format is Format.table:
                    out.write(_table(document, only, lang, terminal=out.is_terminal))
                else:
                    out.write(_json(document, only, compact=compact))
    return UNREADABLE if failed else DONE


def schema_command(output: OutputOption = None) -> int:
    """Print the JSON Schema of the documents that policyparse prints."""
    from policyparse.export.schema import document_schema

    with Output(output) as out:
        out.write(json.dumps(document_schema(), ensure_ascii=False, indent=2) + "\n")
    return DONE


def evaluate_command(
    gold_dir: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder with NAME.txt and NAME.gold.json.")],
    errors: Annotated[int, typer.Option("--errors", min=0, metavar="N", help="Show up to N errors a layer.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> int:
    """Score the parser against annotated documents."""
    from policyparse import evaluate

    evaluation = evaluate(gold_dir)
    with Output(None) as out:
        out.write(evaluation.to_json() if as_json else evaluation.to_text(errors=errors))
    return DONE


def explain_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - is standard input.")],
    at: Annotated[int, typer.Option("--at", metavar="OFFSET", help="Where: characters from the start of the text.")],
    lexicon: LexiconOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the explanation as one JSON object.")] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the text.")] = Lang.zh,
) -> int:
    """Say why the quantity or the responsible body at a place was read as it was.

    OFFSET counts characters of the text as in the output of policyparse FILE ("start"); a place beside them takes the only
    one in its sentence.
    """
    from policyparse import explain, read
    from policyparse.lexicon import load_lexicon

    explanation = explain(read(file), at, lexicon=load_lexicon(*lexicon) if lexicon else None)
    with Output(None) as out:
        if as_json:
            out.write(explanation.model_dump_json(indent=2) + "\n")
        else:
            from policyparse.cli.explain import render

            out.write(render(explanation, lang.value, terminal=out.is_terminal))
    return DONE


_COMMANDS: dict[str, Callable[..., int] | str] = {
    "explain": explain_command,
    "schema": schema_command,
    "evaluate": evaluate_command,
    # In modules of their own, which are loaded when they are called.
    "batch": "policyparse.cli.batch:batch_command",
    "query": "policyparse.cli.query:query_command",
    "text": "policyparse.cli.text:text_command",
    "compare": "policyparse.cli.compare:compare_command",
    "ledger": "policyparse.cli.ledger:ledger_command",
    "report": "policyparse.cli.report:report_command",
    "convert": "policyparse.cli.convert:convert_command",
}


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line with ``words`` (default: the program's arguments) and exit with its code."""
    sys.exit(run(sys.argv[1:] if words is None else words))


def run(words: Sequence[str]) -> int:
    """Run the command line with ``words`` and return its exit code."""
    name = words[0] if words and words[0] in _COMMANDS else ""
    # One small application a command: the first word needs no subcommand then, and only a known one is taken as such.
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command()(_command(name))
    try:
        code = app(
            args=list(words[1:] if name else words), prog_name=f"policyparse {name}".strip(), standalone_mode=False
        )
    except (typer.Abort, KeyboardInterrupt):
        _say("stopped")
        return STOPPED
    except ReaderGoneError:
        # Nothing can be flushed any more: without this the interpreter would complain on its way out.
        sys.stdout = None
        return READER_GONE
    except (UsageError, LexiconError, OutputError) as error:
        _say(str(error))
        return WRONG_USAGE
    except StoreError as error:
        _say(str(error))
        return NO_STORE
    except PolicyParseError as error:
        _say(str(error))
        return UNREADABLE
    except _WRONG_WORDS as error:
        _say(f"{error.format_message()} (policyparse --help lists what there is)")
        return WRONG_USAGE
    except Exception as error:  # noqa: BLE001 (whoever runs a program is told what happened, not where in it)
        _say(_internal(error))
        return UNREADABLE
    return int(code or DONE)


def _command(name: str) -> Callable[..., int]:
    command = _COMMANDS.get(name, parse_command)
    if not isinstance(command, str):
        return command
    module, _, function = command.partition(":")
    found: Callable[..., int] = getattr(import_module(module), function)
    return found


# Typer re-exports this one class of its family and keeps the family itself in different places by version.
_WRONG_WORDS: Any = typer.BadParameter.__mro__[2]


def _json(document: Document, only: Only | None, *, compact: bool) -> str:
    kept = {"schema_version", "source", only.value} if only else None
    return document.model_dump_json(include=kept, indent=None if compact else 2) + "\n"


def _table(document: Document, only: Only | None, lang: Lang, *, terminal: bool) -> str:
    from policyparse.cli.table import render

    parts: list[Part] = [only.value] if only else []
    return render(document, parts, lang.value, terminal=terminal)


def _same_file(output: Path, name: str) -> bool:
    try:
        return name != "-" and output.is_file() and output.samefile(name)
    except OSError:
        return False


def _show_version(on: bool) -> None:
    if on:
        from policyparse import __version__

        sys.stdout.write(f"policyparse {__version__}\n")
        raise typer.Exit


def _internal(error: Exception) -> str:
    return f"internal error, please report it: {type(error).__name__}: {error}"


def _say(message: str) -> None:
    sys.stderr.write(f"policyparse: {' '.join(message.split())}\n")
