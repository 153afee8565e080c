"""Self-contained HTML pages: templates with escaping, styles and scripts inside, and a policy that allows nothing else.

A page names no address and loads nothing. Its content security policy lists the digest of each of its own scripts, so
that text of a document can never run as one, even if it reached the page unescaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def render_page(template: str, values: Mapping[str, Any], scripts: Sequence[str] = ()) -> str:
    """Return the page of ``template`` (a file in ``templates/`` that extends ``base.html``) with ``values``.

    ``scripts`` are put at its end, after the one that sorts and filters tables (``tables.js``); they find their data in
    ``<script type="application/json">`` elements, never in their own text.
    """
    from markupsafe import Markup

    own = [page_text("tables.js"), *scripts]
    for script in own:
        if "</script" in script.lower() or "<!--" in script:
            raise ValueError("a script in a page must not hold the characters that end one")
    # The texts that are marked as safe here are the package's own.
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            policy=_policy(own),
            style=Markup(page_text("style.css")),  # noqa: S704
            scripts=[Markup(script) for script in own],  # noqa: S704
        )
    )


def _policy(scripts: Sequence[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("policyparse.export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=8)
def page_text(name: str) -> str:
    """Return a style or script that belongs to the templates."""
    from importlib.resources import files

    text: str = (files("policyparse.export") / "templates" / name).read_text(encoding="utf-8")
    return text
