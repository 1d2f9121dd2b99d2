"""An in-process DuckDB with deterministic settings, and an Ibis backend over it."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import duckdb
import ibis

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",  # nothing is fetched from elsewhere
    "autoload_known_extensions": "false",
    "checkpoint_threshold": "1TB",  # in memory, tidying up behind a load only costs time
    "preserve_insertion_order": "true",
    "default_order": "ascending",
    "default_null_order": "nulls_last",
}


class DuckDBEngine:
    """One in-memory database; close it, or use it as a context manager.

    Attributes
    ----------
    connection
        The DuckDB connection.
    backend
        The Ibis backend over the same connection: tables made on one are seen by the other.

    Examples
    --------
    >>> with DuckDBEngine() as engine:
    ...     engine.connection.execute("CREATE TABLE t AS SELECT 1 AS a")
    ...     engine.backend.table("t").a.sum().execute()
    <...>
    1
    """

    def __init__(self, *, threads: int | None = None) -> None:
        settings = _SETTINGS if threads is None else {**_SETTINGS, "threads": str(threads)}
        self.connection: duckdb.DuckDBPyConnection = duckdb.connect(":memory:", config=settings)
        self.backend: Any = ibis.duckdb.from_connection(self.connection)

    def forbid_files(self) -> None:
        """Deny queries any access to files and the network from now on; it cannot be undone."""
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Close the database; tables over it can no longer be read."""
        self.backend.disconnect()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
