from __future__ import annotations

import sqlite3
from collections.abc import Callable

import numpy as np
import psycopg
import pytest
from sqlalchemy import (
    Column,
    Connection,
    Double,
    Engine,
    MetaData,
    SmallInteger,
    Table,
    Text,
    event,
    select,
    text,
)
from sqlalchemy.schema import CreateTable

from core.readmodels import RunStatus
from db import bulk
from db.bulk import insert_columns, read_array
from db.queries.datasets import run_context
from db.queries.runs import runs
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import KEY, run_result, snapshot_data

TABLE = Table(
    "many",
    MetaData(),
    Column("name", Text, primary_key=True),
    Column("number", Double),
    Column("small", SmallInteger),
)
ROWS = np.dtype([("name", "O"), ("number", "f8")])


@pytest.fixture
def table(engine: Engine) -> Table:
    with engine.begin() as connection:
        connection.execute(CreateTable(TABLE))
    return TABLE


def stored(connection: Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(select(TABLE).order_by(TABLE.c.name))]


def test_rows_beyond_one_batch_all_arrive(
    engine: Engine, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    columns = {
        "small": [1, None, 3, 4, 5],
        "number": np.array([0.5, np.nan, -np.inf, np.inf, 1 / 3]),
        "name": ["a", "b", "c", "d", "e"],
    }
    with engine.begin() as connection:
        insert_columns(connection, table, columns)
        assert stored(connection) == [
            ("a", 0.5, 1),
            ("b", None, None),
            ("c", -np.inf, 3),
            ("d", np.inf, 4),
            ("e", 1 / 3, 5),
        ]


def test_no_rows_are_a_normal_case(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        insert_columns(connection, table, {"name": [], "number": np.array([])})
        assert stored(connection) == []
        assert len(read_array(connection, select(table.c.name, table.c.number), ROWS)) == 0


def test_a_row_that_is_refused_takes_all_others_with_it(
    engine: Engine, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)

    def insert_a_name_twice() -> None:
        with engine.begin() as connection:
            insert_columns(connection, table, {"name": ["a", "b", "c", "a"]})

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
        insert_a_name_twice()
    with engine.connect() as connection:
        assert stored(connection) == []


def test_missing_numbers_are_read_as_not_a_number(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        insert_columns(connection, table, {"name": ["a", "b"], "number": np.array([1 / 3, np.nan])})
        found = read_array(
            connection, select(table.c.name, table.c.number).order_by(table.c.name), ROWS
        )
    assert found["name"].tolist() == ["a", "b"]
    np.testing.assert_array_equal(found["number"], [1 / 3, np.nan])


def test_a_full_disk_loses_the_run_and_nothing_else(
    sqlite_url: str, engine_of: Callable[..., Engine]
) -> None:
    engine = engine_of(sqlite_url)
    snapshot_id = SqlSnapshotStore(engine, pseudonym_key=KEY).save_snapshot(snapshot_data())
    store = SqlRunStore(engine, user="")
    live = store.start_run(snapshot_id, {}, 1, {})
    store.finish_run(live, run_result())
    store.publish(live)
    unlucky = store.start_run(snapshot_id, {}, 1, {})

    full = engine_of(sqlite_url)

    @event.listens_for(full, "connect")
    def limit(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    large = run_result()
    with pytest.raises(Exception, match="database or disk is full"):
        SqlRunStore(full, user="").finish_run(unlucky, _with_long_headlines(large))
    with engine.connect() as connection:
        context = run_context(connection, "bank")
        assert context is not None
        assert context.run_id == live
        assert runs(connection, "bank")[0].status is RunStatus.RUNNING
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    store.finish_run(unlucky, large)
    store.publish(unlucky)


def _with_long_headlines(result):
    from dataclasses import replace

    return replace(
        result,
        segmentations=tuple(
            replace(found, headlines=("x" * 100_000,)) for found in result.segmentations
        ),
    )
