"""Only questions: a query that does anything but read the tables of its store is refused before it runs.

DuckDB's own settings keep a query from other files, the network and extensions, but they let it write the very files
that it may read: ``COPY`` inside ``WITH`` would, even as part of a ``SELECT``. So the query is parsed by DuckDB itself,
and its tree may hold nothing but reading nodes and table functions that touch no file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policyparse.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_READING = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_FUNCTIONS = frozenset(
    {"unnest", "range", "generate_series", "repeat", "json_each", "json_tree", "summary", "duckdb_tables"}
    | {"duckdb_views", "duckdb_columns", "duckdb_functions", "pragma_table_info", "pragma_show", "pragma_version"}
)


def refuse_all_but_reading(connection: DuckDBPyConnection, sql: str) -> None:
    """Raise ``UsageError`` where ``sql`` is not one query that only reads.

    >>> from policyparse.corpus.parts import connect
    >>> refuse_all_but_reading(connect(), "WITH x AS (COPY t TO 'x') SELECT 1")
    Traceback (most recent call last):
        ...
    policyparse.errors.UsageError: the query would write (COPY); a store is only read: give one SELECT
    """
    answer = json.loads(connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchall()[0][0])
    if answer.get("error"):
        if answer.get("error_type") == "not implemented":
            raise UsageError("the query does more than read; a store is only read: give one SELECT")
        raise UsageError(f"the query cannot be understood: {_first_line(str(answer.get('error_message')))}")
    trees = answer["statements"]
    if len(trees) != 1:
        raise UsageError(f"one query at a time, not {len(trees)}: give one SELECT")
    pending: list[Any] = [trees]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, dict):
            _check(item)
            pending.extend(item.values())


def _check(item: dict[str, Any]) -> None:
    kind = item.get("type")
    if isinstance(kind, str) and kind.endswith("_NODE") and kind not in _READING:
        what = kind.removesuffix("_NODE").removesuffix("_QUERY")
        raise UsageError(f"the query would write ({what}); a store is only read: give one SELECT")
    if kind == "TABLE_FUNCTION":
        function = item.get("function")
        name = function.get("function_name") if isinstance(function, dict) else None
        if str(name).lower() not in _FUNCTIONS:
            raise UsageError(f"the query uses {name}(), which a store does not allow; ask its tables and views")


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0] if message.strip() else "unknown reason"
