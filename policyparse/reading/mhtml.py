"""Web archives (MHTML), which browsers save and which go about as ``.mht`` and ``.doc``: the page in them."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from policyparse.errors import ReadError
from policyparse.model import Source
from policyparse.reading.html import read_html
from policyparse.reading.limits import Limits


def read_mhtml(data: bytes, name: str, limits: Limits) -> Source:
    """Return the main text of the page in a web archive. Raises ``ReadError``."""
    try:
        pages = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    except (ValueError, LookupError, RecursionError):
        pages = []
    if not pages:
        raise ReadError(
            f"{name}: there is no page in this web archive (MHTML); open it in a browser and save it as .html"
        )
    return read_html(_page(pages[0]), name, limits)


def _page(part: Message) -> bytes:
    """Return the bytes of a page, in UTF-8 where the archive names a charset that fits."""
    payload = part.get_payload(decode=True)
    page = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("")
    try:
        return page.decode(charset).encode() if charset else page
    except (UnicodeError, LookupError):
        return page
