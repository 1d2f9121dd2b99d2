"""A bank's own SQL database, read for an import: SQLite or Postgres, and never written to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnClause, Connection, TableClause, column, inspect, select, table
from sqlalchemy.exc import DBAPIError, ProgrammingError, SQLAlchemyError
from sqlalchemy.sql import quoted_name

from core.errors import ConfigurationError, DataError, one_of
from core.pipeline.ports import TableValue
from db.engine import is_sqlite, make_engine, parse_url, sqlite_file

_BATCH = 10_000  # rows
_SYSTEM = ("information_schema", "pg_catalog", "pg_toast")


@contextmanager
def source_tables(url: str) -> Iterator[SqlTableReader]:
    """Open a bank's database for reading as of one moment; `ConfigurationError` if it is not there.

    The connection itself is read-only: neither a table nor a view's function can change anything.
    """
    target = parse_url(url)
    if is_sqlite(target) and not sqlite_file(target).is_file():
        raise ConfigurationError(
            f"There is no SQLite database at {sqlite_file(target)}; correct the URL that the "
            "specification's database names."
        )
    engine = make_engine(target, read_only=True, statement_timeout_ms=0)
    if not is_sqlite(target):
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    try:
        with engine.connect() as connection, connection.begin():
            yield SqlTableReader(connection)
    finally:
        engine.dispose()


class SqlTableReader:
    """Implements `core.pipeline.ports.TableReader` over one open connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tables(self) -> tuple[str, ...]:
        """Return the names of tables and views; ``schema.name`` outside the default schema."""
        return tuple(sorted(self._places))

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the names of a table's columns, in order."""
        schema, name = self._place(table)
        with _told(table):
            found = inspect(self._connection).get_columns(name, schema)
        return tuple(one["name"] for one in found)

    def batches(
        self, table: str, columns: Sequence[str], order: Sequence[str]
    ) -> Iterator[list[tuple[TableValue, ...]]]:
        """Yield all rows, some thousands at a time, with the values as the driver gives them."""
        query = select(*map(_named, columns)).select_from(self._from(table))
        query = query.order_by(*map(_named, order))
        with _told(table):
            result = self._connection.execution_options(stream_results=True).execute(query)
            for rows in result.partitions(_BATCH):
                yield [tuple(row) for row in rows]

    @cached_property
    def _places(self) -> dict[str, tuple[str | None, str]]:
        inspector = inspect(self._connection)
        schemas: list[str | None] = [None]
        if self._connection.dialect.name == "postgresql":
            usual = inspector.default_schema_name
            schemas += [s for s in inspector.get_schema_names() if s not in (*_SYSTEM, usual)]
        found: dict[str, tuple[str | None, str]] = {}
        for schema in schemas:
            names = inspector.get_table_names(schema) + inspector.get_view_names(schema)
            if self._connection.dialect.name == "postgresql":
                names += inspector.get_materialized_view_names(schema)
            found |= {f"{schema}.{name}" if schema else name: (schema, name) for name in names}
        return found

    def _place(self, name: str) -> tuple[str | None, str]:
        if name in self._places:
            return self._places[name]
        alike = [
            place for known, place in self._places.items() if known.casefold() == name.casefold()
        ]
        if len(alike) != 1:
            raise DataError(one_of("table of the database", name, self._places))
        return alike[0]

    def _from(self, name: str) -> TableClause:
        schema, plain = self._place(name)
        return table(
            quoted_name(plain, quote=True),
            schema=quoted_name(schema, quote=True) if schema else None,
        )


def _named(name: str) -> ColumnClause[Any]:
    return column(quoted_name(name, quote=True))


@contextmanager
def _told(table: str) -> Iterator[None]:
    """Say in words what the database answers; never with its message where that holds a value."""
    try:
        yield
    except ProgrammingError as error:
        reason = str(error.orig).splitlines()[0]
        raise DataError(f"Table {table} of the database cannot be read: {reason}.") from None
    except DBAPIError as error:
        raise DataError(
            f"Table {table} of the database cannot be read: the database ended the reading with "
            f"{type(error.orig).__name__}. A value may be no valid text, or a date that no "
            "calendar holds; let a view leave it out."
        ) from None
    except SQLAlchemyError as error:
        raise DataError(
            f"Table {table} of the database cannot be read ({type(error).__name__})."
        ) from None
