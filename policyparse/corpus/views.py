"""The views of a store: the five tables without superseded rows, and tables put together for people who ask questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from policyparse.corpus.parts import PARTS, Part, quoted
from policyparse.corpus.tables import TABLES

_BODIES = """
SELECT document, {key},
    string_agg(name, '、' ORDER BY position) FILTER (leads) AS lead,
    string_agg(name, '、' ORDER BY position) FILTER (NOT leads) AS others
FROM (
    SELECT h.document, h.{key}, r.name, r.role = 'lead' AS leads, min(r.position) AS position
    FROM ({holders}) h JOIN responsibilities r ON {joined}
    GROUP BY ALL
)
GROUP BY document, {key}
"""
_OF_STATEMENT = _BODIES.format(
    key="statement",
    holders="SELECT document, statement, unnest(responsible) AS responsibility FROM statements",
    joined="r.document = h.document AND r.responsibility = h.responsibility",
)
# A body answers for the item that names it and for what is below that item, as in the output contract.
_OF_ITEM = _BODIES.format(
    key="node",
    holders="""SELECT document, node, unnest(list_transform(
        range(1, len(string_split(node, '.')) + 1),
        lambda i: array_to_string(string_split(node, '.')[1:i], '.')
    )) AS holder FROM nodes""",
    joined="r.document = h.document AND r.node = h.holder",
)

_STATED = f"""
SELECT d.path, d.issuer, d.region, d.year, s.document, s.statement,
    coalesce(nullif(n.heading, ''), p.heading) AS section,
    s.indicator, s.indicator_key, s.change, s.bound, s.low, s.high, s.unit, s.quantity, s.approximate, s.modality,
    s.baseline, s.deadline, s.due, s.period, s.period_from, s.period_to, b.lead, b.others, s.confidence,
    s.sentence, s.start_char, s.end_char
FROM statements s
JOIN documents d USING (document)
LEFT JOIN nodes n ON n.document = s.document AND n.node = s.node
LEFT JOIN nodes p ON p.document = n.document AND p.node = n.parent
LEFT JOIN ({_OF_STATEMENT}) b ON b.document = s.document AND b.statement = s.statement
"""  # noqa: S608 (no value of the user in it)

VIEWS: dict[str, str] = {
    "targets": f"{_STATED} WHERE s.role = 'target'",
    "results": f"{_STATED} WHERE s.role = 'actual'",
    "duties": """
SELECT d.path, d.issuer, d.region, d.year, r.document, r.responsibility,
    coalesce(nullif(n.heading, ''), p.heading) AS section, n.node,
    r.name AS body, r.role, r.entity, r.cue, r.start_char, r.end_char
FROM responsibilities r
JOIN documents d USING (document)
LEFT JOIN nodes n ON n.document = r.document AND n.node = r.node
LEFT JOIN nodes p ON p.document = n.document AND p.node = n.parent
""",
    "items": f"""
SELECT d.path, d.issuer, d.region, d.year, n.document, n.node, n.position, p.heading AS section, n.label, n.heading,
    n.text, b.lead, b.others, coalesce(g.targets, 0) AS targets, n.start_char, n.end_char
FROM nodes n
JOIN documents d USING (document)
ANTI JOIN (SELECT document, parent FROM nodes) c ON c.document = n.document AND c.parent = n.node
LEFT JOIN nodes p ON p.document = n.document AND p.node = n.parent
LEFT JOIN ({_OF_ITEM}) b ON b.document = n.document AND b.node = n.node
LEFT JOIN (
    SELECT document, node, count(*) AS targets FROM statements WHERE role = 'target' GROUP BY document, node
) g ON g.document = n.document AND g.node = n.node
""",  # noqa: S608 (no value of the user in it)
    "doubles": """
SELECT issuer, year, count(*) AS documents, list(path ORDER BY path) AS paths
FROM documents WHERE issuer IS NOT NULL AND year IS NOT NULL
GROUP BY issuer, year HAVING count(*) > 1
""",
}
"""Name to query. ``results`` and ``targets`` have the same columns."""


def statements(store: Path, parts: Iterable[Part], stale: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the statements that make the views over ``parts``; ``stale`` lists by part the documents to leave out."""
    parts = list(parts)
    for table, columns in TABLES.items():
        whole = [part.name for part in parts if part.name not in stale]
        sources = [f"SELECT * FROM {_read(store, table, whole)}"] if whole else []  # noqa: S608
        for part in parts:
            if part.name in stale:
                gone = ", ".join(f"'{document}'" for document in stale[part.name])
                rest = f"SELECT * FROM {_read(store, table, [part.name])} WHERE document NOT IN ({gone})"  # noqa: S608
                sources.append(rest)
        yield f"CREATE VIEW {table} AS {' UNION ALL '.join(sources) or _empty(columns)}"
    for name, query in VIEWS.items():
        yield f"CREATE VIEW {name} AS {query}"


def _read(store: Path, table: str, names: Iterable[str]) -> str:
    return f"read_parquet([{', '.join(quoted(store / PARTS / name / f'{table}.parquet') for name in names)}])"


def _empty(columns: Mapping[str, Any]) -> str:
    typed = ", ".join(f'CAST(NULL AS {_type(kind)}) AS "{column}"' for column, kind in columns.items())
    return f"SELECT {typed} WHERE false"


def _type(kind: Any) -> str:
    if isinstance(kind, list):
        return f"{_type(kind[0])}[]"
    if isinstance(kind, dict):
        return "STRUCT(" + ", ".join(f'"{name}" {_type(inner)}' for name, inner in kind.items()) + ")"
    return str(kind)
