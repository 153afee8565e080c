"""What can go wrong, as one family of exceptions.

Extraction never raises on odd text: it answers with diagnostics. An exception means that the input could not be read at
all, or that the caller asked for something that does not exist. Each message says what was given and what is allowed.
"""

from __future__ import annotations


class PolicyParseError(Exception):
    """Root of every error that this library raises on purpose."""


class ReadError(PolicyParseError):
    """A document could not be read; the message names it, the reason and the remedy."""


class DecodeError(ReadError):
    """The bytes are no text in any encoding that was tried; the message names the file, the offset and the encodings."""


class LexiconError(PolicyParseError):
    """A lexicon file is malformed; the message names the file, the table and what is allowed there."""


class UsageError(PolicyParseError, ValueError):
    """A call asked for something that does not exist, such as an unknown stage."""


class NumeralError(PolicyParseError, ValueError):
    """A text is no numeral."""


class EvaluationError(PolicyParseError):
    """A gold file is missing, malformed, or belongs to another text."""


class StoreError(PolicyParseError):
    """A store cannot be used; the message says why and what to do. What was committed to it before is safe."""
