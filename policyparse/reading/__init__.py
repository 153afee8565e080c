"""From bytes to a source: files, encodings, and one module a format."""

from policyparse.reading.files import read, source_of

__all__ = ["read", "source_of"]
