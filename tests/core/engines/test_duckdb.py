"""The in-process database is deterministic, shut in, and closed by its owner."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from core.engines.duckdb import DuckDBEngine


def test_ibis_and_sql_see_the_same_tables() -> None:
    with DuckDBEngine() as engine:
        engine.connection.execute("CREATE TABLE t AS SELECT 2 AS a")
        assert engine.backend.table("t").a.sum().execute() == 2


def test_no_extension_is_ever_fetched() -> None:
    with DuckDBEngine() as engine:
        settings = engine.connection.execute(
            "SELECT current_setting('autoinstall_known_extensions'), "
            "current_setting('autoload_known_extensions')"
        ).fetchone()
    assert settings == (False, False)


def test_files_are_out_of_reach_once_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a\n1\n")
    with DuckDBEngine() as engine:
        engine.forbid_files()
        with pytest.raises(duckdb.PermissionException):
            engine.connection.execute(f"SELECT * FROM read_csv('{path}')")
        with pytest.raises(duckdb.InvalidInputException):
            engine.connection.execute("SET enable_external_access = true")


def test_a_closed_engine_answers_no_more() -> None:
    engine = DuckDBEngine()
    engine.close()
    with pytest.raises(duckdb.ConnectionException):
        engine.connection.execute("SELECT 1")
