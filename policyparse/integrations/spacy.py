"""A spaCy component: the parser's findings as spans of a ``Doc`` and as one JSON-able dictionary.

The package's entry point makes the component known, so that ``nlp.add_pipe("policyparse")`` works without importing
this module. It needs text only: any tokenizer will do, and no trained pipeline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from policyparse.lexicon import load_lexicon
from policyparse.model import Document
from policyparse.parsing.pipeline import Parser
from policyparse.reading import source_of

NAME = "policyparse"

if not Doc.has_extension(NAME):
    Doc.set_extension(NAME, default=None)


class PolicyParseComponent:
    """Parses the text of each ``Doc``.

    ``doc.spans["policyparse"]`` (the key is a setting) holds spans in document order, labelled ``TARGET``, ``ACTUAL``,
    ``STANDARD`` or ``OTHER`` for quantities by role, ``INDICATOR``, ``LEAD``, ``SUPPORT``, ``RESPONSIBLE``,
    ``SUPERVISE`` or ``DIRECTED`` for bodies by role, and ``NODE`` for divisions of the outline. A span that cuts a
    token is widened to whole tokens, so that none is lost. ``span.id_`` is the id of the statement, responsibility or
    node in ``doc._.policyparse``, which holds the document as ``python -m policyparse`` prints it; its offsets count
    characters of ``doc.text``.

    Both are part of ``doc.to_bytes()``, and of a ``DocBin`` with ``store_user_data=True`` (which gives lists back as
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
        found = (
            doc.char_span(start, end, label=label, span_id=key, alignment_mode="expand")
            for start, end, label, key in _labelled(document)
        )
        spans = (span for span in found if span is not None)
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


def _labelled(document: Document) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, label and id of everything that becomes a span."""
    for node in document.nodes():
        yield node.start, node.end, "NODE", node.id
    for statement in document.statements():
        quantity = statement.quantity
        yield quantity.start, quantity.end, statement.role.upper(), statement.id
        for indicator in statement.indicators:
            yield indicator.start, indicator.end, "INDICATOR", statement.id
    for duty in document.responsibilities:
        yield duty.entity.start, duty.entity.end, duty.role.upper(), duty.id
