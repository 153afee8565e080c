"""The store as a whole: its format, its runs, its parts, and which document's rows are the valid ones.

``store.json`` holds the format and a count of runs; the parts say themselves what they hold. A document that was parsed
again stands in two parts until the older one is rewritten: the part of the later run is the valid one, at any moment.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policyparse.corpus.parts import PARTS, TEMPORARY, Part, damage, read_part, retire, write_atomically
from policyparse.errors import StoreError

FORMAT = 1
"""Version of the layout and of the tables; another one is refused."""
ERRORS = "errors.jsonl"
LOCK = "lock"
_NOTE = "store.json"
_DAMAGED = "damaged"
_OWN = {_NOTE, ERRORS, LOCK, PARTS, TEMPORARY, _DAMAGED}


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``store.json`` says: the folder that names begin below, and how many runs there were."""

    root: str
    runs: int


@dataclass(frozen=True, slots=True)
class Live:
    """Where the valid rows of a document are."""

    part: Part
    content: str
    given: str
    name: str


def read_settings(store: Path) -> Settings | None:
    """Return the settings of the store at ``store``; ``None`` where there is none yet.

    Raises ``StoreError`` where something else is there, or a store of another format.
    """
    try:
        text = (store / _NOTE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        _refuse_strangers(store)
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{store / _NOTE}: cannot be read: {error}; {_ANEW}") from error
    try:
        note = json.loads(text)
        found, root, runs = note["format"], str(note["root"]), int(note["runs"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{store / _NOTE}: damaged ({error}); {_ANEW}") from error
    if found != FORMAT:
        raise StoreError(
            f"{store}: a store of format {found}, and this policyparse reads format {FORMAT}; use the policyparse that "
            f"wrote it ({note.get('policyparse', 'unknown version')}), or {_ANEW}"
        )
    return Settings(root, runs)


_ANEW = "build a new store from the documents with policyparse batch INPUT… --out NEW_FOLDER"


def write_settings(store: Path, settings: Settings, version: str) -> None:
    """Write ``store.json`` in one step."""
    note = {"format": FORMAT, "policyparse": version, "root": settings.root, "runs": settings.runs}
    write_atomically(store / _NOTE, json.dumps(note, indent=1) + "\n")


def read_parts(store: Path) -> list[Part]:
    """Return all parts, older runs first. Raises ``StoreError`` where one's note is damaged."""
    return sorted(map(read_part, _folders(store)), key=_age)


def sound_parts(store: Path, say: list[str]) -> list[Part]:
    """Return the parts whose files are as they were written; put the others aside and append a message about each."""
    sound = []
    for folder in _folders(store):
        part = None
        try:
            part = read_part(folder)
            wrong = damage(folder, part)
        except StoreError as error:
            wrong = str(error)
        if part is None or wrong:
            retire(store, folder.name, _DAMAGED)
            names = ", ".join(entry.name for entry in part.documents[:3]) if part else ""
            size = f" with {len(part.documents)} documents ({names}, …)" if part else ""
            say.append(
                f"{folder}: damaged part{size}: {wrong}; moved to {store / _DAMAGED}, and its documents are parsed "
                "again where they are among the inputs of a run"
            )
        else:
            sound.append(part)
    return sorted(sound, key=_age)


def live_documents(parts: Iterable[Part]) -> dict[str, Live]:
    """Return the valid part of each document; ``parts`` are in the order of their runs."""
    live: dict[str, Live] = {}
    for part in parts:
        for entry in part.documents:
            live[entry.document] = Live(part, entry.content, entry.given, entry.name)
    return live


def superseded(parts: Iterable[Part], live: Mapping[str, Live]) -> dict[str, list[str]]:
    """Return for each part that is not wholly valid the documents in it that no longer count."""
    stale = {
        part.name: [entry.document for entry in part.documents if live[entry.document].part.name != part.name]
        for part in parts
    }
    return {name: documents for name, documents in stale.items() if documents}


def clear_temporary(store: Path) -> None:
    """Delete what a run that was killed left half-written."""
    shutil.rmtree(store / TEMPORARY, ignore_errors=True)
    for path in store.glob("*.part"):
        path.unlink(missing_ok=True)


def _folders(store: Path) -> list[Path]:
    try:
        return [folder for folder in (store / PARTS).iterdir() if folder.is_dir()]
    except FileNotFoundError:
        return []


def _age(part: Part) -> tuple[int, str]:
    return part.run, part.name


def _refuse_strangers(store: Path) -> None:
    if store.exists() and not store.is_dir():
        raise StoreError(f"{store}: is a file, and a store is a folder; name another place")
    if store.is_dir():
        strange = sorted(
            entry.name for entry in store.iterdir() if entry.name.partition(".json.")[0] + ".json" != _NOTE
        )
        strange = [name for name in strange if name not in _OWN]
        if strange:
            shown = ", ".join(strange[:3])
            raise StoreError(f"{store}: is no store but holds other files ({shown}); name a new or empty folder")
