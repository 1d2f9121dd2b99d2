"""No question about single customers reads all of them: each finds its rows by an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from core.readmodels import RunId, SegmentationId, SnapshotId
from db.queries.chosen import chosen_customers
from db.queries.customers import (
    customer_assignments,
    customer_features,
    find_customers,
    input_sample,
    members,
)
from db.queries.datasets import run_context
from db.queries.features import feature_catalogue
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import KEY, run_result, snapshot_data

SNAPSHOT, RUN, LENS = SnapshotId(1), RunId(1), SegmentationId(1)
_LARGE = re.compile(r"(SCAN|SEARCH) (customers|left_out_customers|assignments|snapshot_1_features)")
_ROWS = re.compile(r"\((customer_id|\w+=\? AND \w+)")  # by the customer, or by more than the owner


def _sample(connection: Connection) -> object:
    run = run_context(connection, "bank", RUN)
    assert run is not None
    inputs = feature_catalogue(connection, SNAPSHOT)[:1]
    return input_sample(connection, run, LENS, inputs, 100)


QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "find by the beginning": lambda c: find_customers(c, SNAPSHOT, "C-A", "viewer"),
    "find by number": lambda c: find_customers(c, SNAPSHOT, "c-01", "analyst"),
    "features": lambda c: customer_features(c, SNAPSHOT, "C-A"),
    "assignments": lambda c: customer_assignments(c, RUN, "C-A"),
    "members": lambda c: members(c, LENS, 0, 10, "analyst", after="C-A"),
    "members with their value": lambda c: members(
        c, LENS, 0, 10, "analyst", after="C-A", value="balance_total"
    ),
    "a sample of inputs": _sample,
    "chosen": lambda c: chosen_customers(
        c, SNAPSHOT, ["c-01", "C-A", "x"], ["age_years"], "analyst"
    ),
}


@pytest.fixture
def connection(sqlite_url: str, engine_of: Callable[..., Engine]) -> Iterator[Connection]:
    engine = engine_of(sqlite_url)
    SqlSnapshotStore(engine, pseudonym_key=KEY).save_snapshot(snapshot_data())
    runs = SqlRunStore(engine, user="tests")
    runs.start_run(SNAPSHOT, {}, 1, {})
    runs.finish_run(RUN, run_result())
    runs.publish(RUN)
    with engine.connect() as connection:
        yield connection


def plans(connection: Connection, ask: Callable[[Connection], object]) -> list[str]:
    """How SQLite answers every statement of a question, line by line."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    ask(connection)
    event.remove(connection, "before_cursor_execute", note)
    return [
        row[3]
        for statement, parameters in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_about_customers_finds_them_by_an_index(
    connection: Connection, name: str
) -> None:
    large = [line for line in plans(connection, QUESTIONS[name]) if _LARGE.match(line)]
    assert large != []
    assert [line for line in large if not _ROWS.search(line)] == []


def test_a_scan_would_be_found_out(connection: Connection) -> None:
    either = (
        "SELECT * FROM customers WHERE snapshot_id = 1 AND (customer_id = 'a' OR pseudonym = 'A')"
    )
    for statement in ("SELECT * FROM customers WHERE pseudonym > 'A'", either):
        lines = plans(connection, lambda c, asked=statement: c.execute(text(asked)))
        assert [line for line in lines if _LARGE.match(line) and not _ROWS.search(line)] != []
