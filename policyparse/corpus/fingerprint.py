"""Which parser read a document: its version and a digest of everything that its answer depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import policyparse
from policyparse.errors import LexiconError

_PARTS = ("model.py", "lexicon", "reading", "parsing", "corpus/tables.py", "corpus/origin.py")


def fingerprint(lexicon: Iterable[str] = (), without: Collection[str] = ()) -> str:
    """Return the parser's version, a plus sign, and twelve hexadecimal digits.

    The digits change with the rules and word lists of the package, with the user's own lexicon files ``lexicon`` (their
    content, not their names) and with the stages ``without``, so that a store knows which documents to parse again.
    """
    digest = hashlib.sha256()
    root = files(policyparse)
    for part in _PARTS:
        _add(digest, root.joinpath(part), part)
    for path in lexicon:
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            raise LexiconError(f"{path}: cannot read this lexicon file: {error.strerror}") from error
        digest.update(b"lexicon\0" + hashlib.sha256(content).digest())
    digest.update("\0".join(("without", *sorted(set(without)))).encode())
    return f"{policyparse.__version__}+{digest.hexdigest()[:12]}"


def _add(digest: hashlib._Hash, entry: Traversable, name: str) -> None:
    if entry.is_dir():
        for child in sorted(entry.iterdir(), key=lambda e: e.name):
            if child.name.endswith((".py", ".toml", ".tsv")) or child.is_dir():
                _add(digest, child, f"{name}/{child.name}")
    else:
        digest.update(f"{name}\0".encode() + hashlib.sha256(entry.read_bytes()).digest())
