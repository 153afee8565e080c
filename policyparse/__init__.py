"""Structure from Chinese policy documents: outline, quantified targets, responsible bodies, metadata.

``read`` turns a file into a ``Source``, ``parse`` a text into a ``Document``, ``parse_file`` does both, and ``evaluate``
scores the parser against annotated samples; ``explain`` says why something was read as it was; ``parse_number`` and
``find_quantities`` read numerals and quantities alone.
``Parser`` is for a lexicon or a choice of stages of your own.

>>> import policyparse
>>> document = policyparse.parse("一、扩大就业\\n全年新增城镇就业5万人以上。")
>>> document.targets[0].quantity.low
Decimal('50000')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policyparse.comparison import Comparison
    from policyparse.corpus.annotations import load_annotations, save_annotations
    from policyparse.corpus.batch import BatchResult, batch
    from policyparse.corpus.compare.comparing import compare
    from policyparse.corpus.evaluate import Evaluation, evaluate
    from policyparse.corpus.store import Store, open_store
    from policyparse.export.akoma_ntoso import akoma_ntoso
    from policyparse.export.annotation.pre_annotation import annotation_record
    from policyparse.export.flat import statement_rows
    from policyparse.export.ledger import Ledger, ledger
    from policyparse.export.meas_eval import meas_eval
    from policyparse.export.outline_markdown import outline_markdown
    from policyparse.export.report import report
    from policyparse.lexicon import Lexicon, load_lexicon
    from policyparse.model import Document, Source
    from policyparse.parsing.api import find_quantities, parse
    from policyparse.parsing.explanation import explain
    from policyparse.parsing.files import parse_file
    from policyparse.parsing.numerals import parse_number
    from policyparse.parsing.pipeline import Parser
    from policyparse.reading import Limits, read
    from policyparse.reasons import Explanation

__version__ = "0.1.0"
__all__ = [
    "BatchResult",
    "Comparison",
    "Document",
    "Evaluation",
    "Explanation",
    "Ledger",
    "Lexicon",
    "Limits",
    "Parser",
    "Source",
    "Store",
    "__version__",
    "akoma_ntoso",
    "annotation_record",
    "batch",
    "compare",
    "evaluate",
    "explain",
    "find_quantities",
    "ledger",
    "load_annotations",
    "load_lexicon",
    "meas_eval",
    "open_store",
    "outline_markdown",
    "parse",
    "parse_file",
    "parse_number",
    "read",
    "report",
    "save_annotations",
    "statement_rows",
]

# Loaded when first asked for: the command line answers --help without building the parser.
_HOMES = {
    "BatchResult": "policyparse.corpus.batch",
    "Comparison": "policyparse.comparison",
    "Document": "policyparse.model",
    "Evaluation": "policyparse.corpus.evaluate",
    "Explanation": "policyparse.reasons",
    "Ledger": "policyparse.export.ledger",
    "Lexicon": "policyparse.lexicon",
    "Limits": "policyparse.reading",
    "Parser": "policyparse.parsing.pipeline",
    "Source": "policyparse.model",
    "Store": "policyparse.corpus.store",
    "akoma_ntoso": "policyparse.export.akoma_ntoso",
    "annotation_record": "policyparse.export.annotation.pre_annotation",
    "batch": "policyparse.corpus.batch",
    "compare": "policyparse.corpus.compare.comparing",
    "evaluate": "policyparse.corpus.evaluate",
    "explain": "policyparse.parsing.explanation",
    "find_quantities": "policyparse.parsing.api",
    "ledger": "policyparse.export.ledger",
    "load_annotations": "policyparse.corpus.annotations",
    "load_lexicon": "policyparse.lexicon",
    "meas_eval": "policyparse.export.meas_eval",
    "open_store": "policyparse.corpus.store",
    "outline_markdown": "policyparse.export.outline_markdown",
    "parse": "policyparse.parsing.api",
    "parse_file": "policyparse.parsing.files",
    "parse_number": "policyparse.parsing.numerals",
    "read": "policyparse.reading",
    "report": "policyparse.export.report",
    "save_annotations": "policyparse.corpus.annotations",
    "statement_rows": "policyparse.export.flat",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
