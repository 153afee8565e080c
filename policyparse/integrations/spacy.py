"""A spaCy component: the parser's findings as spans of a ``Doc`` and as one JSON-able dictionary.

The package's entry point makes the component known, so that ``nlp.add_pipe("policyparse")`` works without importing
this module. It needs text only: any tokenizer will do, and no trained pipeline.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from policyparse.lexicon import load_lexicon
from policyparse.model import Document
from policyparse.parsing.pipeline import Parser
from policyparse.reading import source_of

NAME = "policyparse"
NODE, INDICATOR = "NODE", "INDICATOR"
_STATEMENTS = ("TARGET", "ACTUAL", "STANDARD", "OTHER")
COLOURS = {
    "TARGET": "#ffb3a7",
    "ACTUAL": "#b7dfb0",
    "STANDARD": "#ffe08a",
    "OTHER": "#d9d9d9",
    "INDICATOR": "#a5e3d8",
    "LEAD": "#d7b8f3",
    "SUPPORT": "#b9c2f7",
    "RESPONSIBLE": "#e3c6f0",
    "SUPERVISE": "#c0b0dd",
    "DIRECTED": "#a9d6e5",
    "NODE": "#c9d7e8",
}
"""Colours of the labels for displaCy."""


class PolicyParseComponent:
    """Parses the text of each ``Doc``.

    ``doc.spans["policyparse"]`` (the key is a setting) holds spans in document order, labelled ``TARGET``, ``ACTUAL``,
    ``STANDARD`` or ``OTHER`` for quantities by role, ``INDICATOR``, ``LEAD``, ``SUPPORT``, ``RESPONSIBLE``,
    ``SUPERVISE`` or ``DIRECTED`` for bodies by role, and ``NODE`` for divisions of the outline. A span that cuts a
    token is widened to whole tokens, so that none is lost; the exact offsets are those of ``span._.policyparse``.
    ``span.id_`` is the id of the statement, responsibility or node in ``doc._.policyparse``, for indicators with their
    number (``t9.1``); ``span.kb_id_`` is the key of a canonical indicator.

    ``doc._.policyparse`` holds the document as ``python -m policyparse`` prints it; its offsets count characters of
    ``doc.text``. ``span._.policyparse`` is the part of it that the span shows: the quantity, indicator, entity or node
    with its ``start``, ``end`` and, but for nodes, ``text``.

    All of it is part of ``doc.to_bytes()``, and of a ``DocBin`` with ``store_user_data=True`` (which gives lists back as
    tuples; ``Document.model_validate`` takes either).
    """

    def __init__(self, spans_key: str = NAME, lexicon: Sequence[str] = (), without: Sequence[str] = ()) -> None:
        """Build the parser from the built-in lexicon, the files ``lexicon``, and all stages but those ``without``."""
        self._settings = (spans_key, tuple(lexicon), tuple(without))
        self.spans_key = spans_key
        self.parser = Parser(load_lexicon(*lexicon), without=without)

    def __call__(self, doc: Doc) -> Doc:
        """Parse ``doc``, which is changed and returned."""
        document = self.parser.parse(source_of(doc.text, name="doc"))
        starts = [token.idx for token in doc]
        spans = [_aligned(doc, starts, found) for found in _labelled(document)]
        doc.spans[self.spans_key] = sorted(spans, key=lambda span: (span.start, -span.end))
        doc._.policyparse = json.loads(document.model_dump_json())
        return doc

    def __reduce__(self) -> tuple[type[PolicyParseComponent], tuple[str, tuple[str, ...], tuple[str, ...]]]:
        # For nlp.pipe(n_process=...): each process builds its own parser.
        return PolicyParseComponent, self._settings


@Language.factory(
    NAME,
    assigns=["doc.spans", f"doc._.{NAME}"],
    default_config={"spans_key": NAME, "lexicon": [], "without": []},
)
def make_component(
    nlp: Language, name: str, spans_key: str, lexicon: list[str], without: list[str]
) -> PolicyParseComponent:
    """Return the component. ``lexicon``: your own lexicon files; ``without``: stages to switch off.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("policyparse")
    >>> doc = nlp("一、扩大就业\\n全年新增城镇就业5万人以上。")
    >>> [(span.text, span.label_) for span in doc.spans["policyparse"] if span.label_ == "TARGET"]
    [('5万人', 'TARGET')]
    """
    return PolicyParseComponent(spans_key, lexicon, without)


def sentence_picture(doc: Doc, at: int, *, spans_key: str = NAME, page: bool = False) -> str:
    """Return displaCy's picture (HTML) of the sentence around the character ``at``, with all spans in it but divisions.

    The sentence is that of the statement whose sentence holds ``at``, else the line.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("policyparse")
    >>> "TARGET" in sentence_picture(nlp("全年新增城镇就业5万人以上。"), 8)
    True
    """
    start, end = _sentence(doc, at)
    starts = [token.idx for token in doc]
    first = max(bisect_right(starts, start) - 1, 0)
    last = bisect_left(starts, end)
    while first < last and doc[first].is_space:
        first += 1
    while first < last and doc[last - 1].is_space:
        last -= 1
    shown = {
        "text": doc[first:last].text,
        "tokens": [token.text for token in doc[first:last]],
        "spans": [
            {
                "start_token": max(span.start, first) - first,
                "end_token": min(span.end, last) - first,
                "label": span.label_,
            }
            for span in doc.spans.get(spans_key, ())
            if span.label_ != NODE and span.start < last and span.end > first
        ],
    }
    options = {"colors": COLOURS, "spans_key": spans_key}
    picture: str = displacy.render(shown, style="span", manual=True, page=page, options=options, jupyter=False)
    return picture


@dataclass(slots=True)
class _Found:
    """Something that becomes a span."""

    start: int
    end: int
    label: str
    key: str
    kb_id: str = ""


def _labelled(document: Document) -> Iterator[_Found]:
    for node in document.nodes():
        yield _Found(node.start, node.end, NODE, node.id)
    for statement in document.statements():
        quantity = statement.quantity
        yield _Found(quantity.start, quantity.end, statement.role.upper(), statement.id)
        for number, one in enumerate(statement.indicators, 1):
            yield _Found(one.start, one.end, INDICATOR, f"{statement.id}.{number}", one.key or "")
    for duty in document.responsibilities:
        yield _Found(duty.entity.start, duty.entity.end, duty.role.upper(), duty.id)


def _aligned(doc: Doc, starts: list[int], found: _Found) -> Span:
    """Return the smallest span of whole tokens that holds what was found.

    White space behind a token belongs to it and is no reason to take it in.
    """
    first = max(bisect_right(starts, found.start) - 1, 0)
    last = max(bisect_left(starts, found.end), first + 1)
    if first + 1 < last and found.start >= starts[first] + len(doc[first]):
        first += 1
    return Span(doc, first, last, label=found.label, kb_id=found.kb_id, span_id=found.key)


def _sentence(doc: Doc, at: int) -> tuple[int, int]:
    data: dict[str, Any] = doc._.policyparse or {}
    for statement in (*data.get("targets", ()), *data.get("facts", ())):
        sentence = statement["sentence"]
        if sentence["start"] <= at < sentence["end"]:
            return sentence["start"], sentence["end"]
    text = doc.text
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _shown(span: Span) -> dict[str, Any] | None:
    """Return the part of ``doc._.policyparse`` that ``span`` shows, ``None`` for a span of something else."""
    data: dict[str, Any] = span.doc._.policyparse or {}
    key, _, number = span.id_.partition(".")
    found: dict[str, Any] | None = None
    if span.label_ == NODE:
        nodes = data.get("outline", ())
        for length in range(1, len(span.id_.split(".")) + 1):
            wanted = ".".join(span.id_.split(".")[:length])
            found = next((node for node in nodes if node["id"] == wanted), None)
            nodes = found["children"] if found else ()
    elif span.label_ in (*_STATEMENTS, INDICATOR):
        statements = data.get("targets" if key.startswith("t") else "facts", ())
        statement = next((one for one in statements if one["id"] == key), None)
        if statement and span.label_ != INDICATOR:
            found = statement["quantity"]
        elif statement and number.isdecimal() and int(number) <= len(statement["indicators"]):
            found = statement["indicators"][int(number) - 1]
    else:
        duty = next((one for one in data.get("responsibilities", ()) if one["id"] == span.id_), None)
        found = duty["entity"] if duty else None
    return found


if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)
if not Span.has_extension(NAME):
    Span.set_extension(NAME, getter=_shown)
