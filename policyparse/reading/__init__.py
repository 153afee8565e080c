"""From bytes to a source: files, encodings, and one module a format."""

from policyparse.reading.files import read, read_bytes, source_of
from policyparse.reading.limits import Limits

__all__ = ["Limits", "read", "read_bytes", "source_of"]
