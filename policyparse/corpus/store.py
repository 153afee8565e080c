"""A store to ask questions of: SQL, or rows table by table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyparse.corpus import views
from policyparse.corpus.guard import refuse_all_but_reading
from policyparse.corpus.manifest import live_documents, read_parts, read_settings, superseded
from policyparse.corpus.parts import PARTS, connect, damage
from policyparse.corpus.tables import TABLES, Row
from policyparse.errors import StoreError, UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of a query and its rows, one after the other."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Store:
    """The store as it is when it is opened; what a later run adds is seen by opening it again.

    Close it, or use it as a context.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        """Open the store. Raises ``StoreError`` where there is none, or one of another format."""
        self.path = Path(path).absolute()
        if read_settings(self.path) is None:
            raise StoreError(f"{path}: there is no store here; policyparse batch INPUT… --out {path} makes one")
        self._parts = read_parts(self.path)
        live = live_documents(self._parts)
        self._stale = superseded(self._parts, live)
        self._size = len(live)
        self._guarded: DuckDBPyConnection | None = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """Return the number of documents."""
        return self._size

    def close(self) -> None:
        """Give back what is open."""
        if self._guarded is not None:
            self._guarded.close()
            self._guarded = None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Answer:
        """Return the answer to one ``SELECT`` over the tables and views of the store.

        The query can neither write anything, nor read other files, nor reach the network. Raises ``UsageError`` where
        it tries to or is no SQL, and ``StoreError`` where a part of the store is damaged.
        """
        import duckdb

        if self._guarded is None:
            self._guarded = self._locked()
        cursor = self._guarded.cursor()
        try:
            refuse_all_but_reading(cursor, sql)
            cursor.execute(sql, list(parameters))
            columns = tuple(str(column[0]) for column in cursor.description or ())
            # The first rows are fetched here, so that most faults show where the question was asked.
            first = cursor.fetchmany(_AT_A_TIME)
        except duckdb.Error as error:
            raise self._explained(error) from error
        return Answer(columns, self._all(cursor, first))

    def rows(self, table: str, *, documents: Sequence[str] | None = None) -> Iterator[Row]:
        """Yield the rows of ``table`` (one of ``TABLES``) as dictionaries, in the order of path and position.

        ``documents``: only those with these keys.
        """
        if table not in TABLES:
            raise UsageError(f"no table {table!r}; the tables of a store: {', '.join(TABLES)}")
        if table == "documents":
            sql, order = "SELECT t.* FROM documents t", "t.path"
        else:
            sql, order = f"SELECT t.* FROM {table} t JOIN documents d USING (document)", "d.path, t.position"  # noqa: S608
        where = "" if documents is None else " WHERE t.document IN (SELECT unnest(?))"
        answer = self.query(f"{sql}{where} ORDER BY {order}", [] if documents is None else [list(documents)])
        for row in answer.rows:
            yield dict(zip(answer.columns, row, strict=True))

    def documents(self) -> list[Row]:
        """Return the rows of ``documents``."""
        return list(self.rows("documents"))

    def connect(self) -> DuckDBPyConnection:
        """Return a DuckDB connection of one's own, in memory, with the tables and views, and without any restriction."""
        import duckdb

        connection = connect()
        try:
            for statement in views.statements(self.path, self._parts, self._stale):
                connection.execute(statement)
        except duckdb.Error as error:
            connection.close()
            raise self._explained(error) from error
        return connection

    def _locked(self) -> DuckDBPyConnection:
        connection = self.connect()
        folder = str(self.path / PARTS) + "/"
        connection.execute("SET allowed_directories = [" + "'" + folder.replace("'", "''") + "']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection

    def _all(self, cursor: DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        import duckdb

        try:
            while rows:
                yield from rows
                rows = cursor.fetchmany(_AT_A_TIME)
        except duckdb.Error as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError | UsageError:
        """Return what ``error`` means: a damaged part, a store that was changed meanwhile, or a fault of the query."""
        for part in self._parts:
            folder = self.path / PARTS / part.name
            if not folder.is_dir():
                return StoreError(f"{self.path}: a run has changed this store meanwhile; ask again")
            if wrong := damage(folder, part):
                return StoreError(
                    f"{folder}: damaged part with {len(part.documents)} documents: {wrong}; run policyparse batch with "
                    f"the same inputs and --out {self.path}: it puts the part aside and parses its documents again"
                )
        return UsageError(f"the query failed: {' '.join(str(error).split())}")


def open_store(path: str | PathLike[str]) -> Store:
    """Return the store at ``path``. Raises ``StoreError`` where there is none.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> from policyparse import batch, open_store
    >>> with TemporaryDirectory() as folder:
    ...     plan = Path(folder, "plan.txt")
    ...     _ = plan.write_text("一、扩大就业\\n全年新增城镇就业5万人以上。", encoding="utf-8")
    ...     _ = batch(plan, Path(folder, "store"))
    ...     with open_store(Path(folder, "store")) as store:
    ...         list(store.query("SELECT indicator, bound, low, unit FROM targets").rows)
    [('城镇就业', 'ge', Decimal('50000.00000000'), '人')]
    """
    return Store(path)
