"""Asking a store: views, the guard, and the example queries of the documentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyparse import open_store
from policyparse.corpus.store import Store
from policyparse.corpus.tables import TABLES
from policyparse.corpus.views import VIEWS
from policyparse.errors import StoreError, UsageError

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def manual(root: Path) -> str:
    return (root / "docs" / "store.md").read_text(encoding="utf-8")


def test_the_example_queries_of_the_documentation(samples: Path, manual: str) -> None:
    examples = re.findall(r"```sql\n(.*?)```", manual, re.DOTALL)
    assert len(examples) == 5
    with open_store(samples) as store:
        for example in examples:
            answer = store.query(example)
            assert list(answer.rows), example
            assert "ORDER BY" in example


def test_one_issuer_s_series(samples: Path, manual: str, ask: Ask) -> None:
    first = re.findall(r"```sql\n(.*?)```", manual, re.DOTALL)[0]
    years = [row[0] for row in ask(samples, first)]
    assert years == sorted(years)
    assert set(years) == {2023, 2024, 2025}


def test_every_table_view_and_column_is_documented(samples: Path, manual: str) -> None:
    with open_store(samples) as store:
        for name in (*TABLES, *VIEWS):
            assert f"`{name}`" in manual, name
        for name, columns in TABLES.items():
            section = manual.partition(f"### `{name}`")[2].partition("\n##")[0]
            assert section, name
            assert [column for column in columns if f"`{column}`" not in section] == [], name
            assert store.query(f"SELECT * FROM {name}").columns == tuple(columns)


def test_columns_have_types(samples: Path, ask: Ask) -> None:
    types = dict(row[:2] for row in ask(samples, "DESCRIBE statements"))
    assert types["low"] == types["high"] == "DECIMAL(38,8)"
    assert types["due"] == types["period_from"] == "DATE"
    assert types["responsible"] == "VARCHAR[]"
    assert dict(row[:2] for row in ask(samples, "DESCRIBE documents"))["issued_on"] == "DATE"


def test_views_agree_with_the_tables(samples: Path, ask: Ask) -> None:
    for view, role in (("targets", "target"), ("results", "actual")):
        assert ask(samples, f"SELECT count(*) FROM {view}") == ask(
            samples, f"SELECT count(*) FROM statements WHERE role = '{role}'"
        )
    assert ask(samples, "SELECT count(*) FROM duties") == ask(samples, "SELECT count(*) FROM responsibilities")
    leaves = "SELECT count(*) FROM nodes n WHERE NOT EXISTS (FROM nodes c WHERE c.document = n.document AND c.parent = n.node)"
    assert ask(samples, "SELECT count(*) FROM items") == ask(samples, leaves)
    named = ask(samples, "SELECT DISTINCT document, statement, lead FROM targets WHERE lead IS NOT NULL")
    assert named
    for document, statement, lead in named:
        bodies = (
            "SELECT name FROM responsibilities JOIN (SELECT document, unnest(responsible) AS responsibility "
            f"FROM statements WHERE document = '{document}' AND statement = '{statement}') "
            "USING (document, responsibility) WHERE role = 'lead'"
        )
        assert set(lead.split("、")) == {name for (name,) in ask(samples, bodies)}


def test_a_body_answers_for_what_is_below_its_item(samples: Path, ask: Ask) -> None:
    held = ask(samples, "SELECT document, node, lead, others FROM items")
    with open_store(samples) as store:
        duties = list(store.rows("responsibilities"))
    for document, node, lead, others in held:
        above = {".".join(node.split(".")[:size]) for size in range(1, node.count(".") + 2)}
        bodies = {d["name"] for d in duties if d["document"] == document and d["node"] in above}
        assert {name for part in (lead, others) if part for name in part.split("、")} == {
            name for body in bodies for name in body.split("、")
        }


WRITING = [
    "COPY targets TO '{out}'",
    "WITH x AS (COPY targets TO '{out}') SELECT 1",
    "SELECT * FROM (WITH x AS (COPY targets TO '{out}') SELECT 1)",
    "WITH x AS (COPY (SELECT 1) TO '{part}' (USE_TMP_FILE false)) SELECT 1",
    "COPY (SELECT 1) TO '{part}' (USE_TMP_FILE false)",
    "FROM query('WITH x AS (COPY targets TO ''{out}'') SELECT 1')",
    "EXPLAIN ANALYZE COPY targets TO '{out}'",
    "EXPORT DATABASE '{out}'",
    "ATTACH '{out}'",
    "CREATE TABLE t AS SELECT 1",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SELECT 1; SELECT 2",
    "",
    "PRAGMA version",
]
READING = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "SELECT (SELECT count(*) FROM read_blob('/etc/passwd'))",
]


@pytest.mark.parametrize("sql", [*WRITING, *READING])
def test_a_query_only_reads_its_store(samples: Path, tmp_path: Path, sql: str) -> None:
    part = next((samples / "parts").iterdir()) / "diagnostics.parquet"
    before = part.read_bytes()
    out = tmp_path / "out"
    with open_store(samples) as store, pytest.raises(UsageError, match=r"SELECT|allow|Permission"):
        list(store.query(sql.format(out=out, part=part)).rows)
    assert not out.exists()
    assert part.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "FROM targets",
        "DESCRIBE targets",
        "SHOW TABLES",
        "SUMMARIZE documents",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n",
        "SELECT year FROM documents UNION SELECT 1 ORDER BY 1",
        "SELECT name, unnest(range(2)) FROM responsibilities",
        "SELECT * FROM (PIVOT (SELECT year, role FROM statements JOIN documents USING (document)) "
        "ON year IN (2023, 2024) USING count(*)) ORDER BY role",
        "SELECT * FROM targets WHERE regexp_matches(sentence, '就业') AND due > DATE '2020-01-01'",
    ],
)
def test_questions_are_answered(samples: Path, sql: str) -> None:
    with open_store(samples) as store:
        assert list(store.query(sql).rows)


def test_faults_of_a_query_are_told(samples: Path) -> None:
    with open_store(samples) as store:
        for sql, said in (
            ("SELEC 1", "syntax error"),
            ("SELECT nothing FROM targets", "nothing"),
            ("SELECT 1/'a'", "a"),
        ):
            with pytest.raises(UsageError, match=said):
                list(store.query(sql).rows)
        assert list(store.query("SELECT ? + 1", [1]).rows) == [(2,)], "and the store is still open"
        with pytest.raises(UsageError, match="no table 'targets'"):
            list(store.rows("targets"))


def test_two_answers_at_once(samples: Path) -> None:
    with open_store(samples) as store:
        first, second = store.query("FROM range(5000)"), store.query("FROM range(5000)")
        assert [a for (a,) in first.rows] == [b for (b,) in second.rows]


def test_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here; policyparse batch"):
        Store(tmp_path / "none")
