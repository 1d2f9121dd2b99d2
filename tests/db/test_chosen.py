from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, text

from core.errors import UsageError
from core.readmodels import LeftOut, RunContext, RunId, SnapshotId
from core.scoring_ids import IdAnswer, Standing
from db.queries.chosen import MOST_IDS, answers_by_id, chosen_customers, snapshot_of_day
from db.queries.customers import customer_assignments
from db.queries.datasets import run_context
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import AS_OF, run_result, snapshot_data

GONE = LeftOut("c-99", "inactive")


@pytest.fixture
def connection(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> Iterator[Connection]:
    snapshots.save_snapshot(replace(snapshot_data(), left_out=(GONE,)))
    run_store.start_run(SnapshotId(1), {}, 1, {})
    run_store.finish_run(RunId(1), run_result())
    run_store.publish(RunId(1))
    earlier = snapshot_data(fingerprint="e" * 64, as_of=date(1995, 6, 30))
    frame = earlier.frame.drop(index="c-03")
    identities = earlier.identities.drop(index="c-03", errors="ignore")
    snapshots.save_snapshot(replace(earlier, frame=frame, identities=identities))
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def run(connection: Connection) -> RunContext:
    found = run_context(connection, "bank")
    assert found is not None
    return found


def pseudonym(connection: Connection, table: str, customer_id: str) -> str:
    query = f"SELECT pseudonym FROM {table} WHERE customer_id = :id AND snapshot_id = 1"
    return str(connection.execute(text(query), {"id": customer_id}).scalar_one())


def test_ids_and_pseudonyms_are_answered_in_the_order_asked(
    connection: Connection, run: RunContext
) -> None:
    known, left = (
        pseudonym(connection, "customers", "c-05"),
        pseudonym(connection, "left_out_customers", "c-99"),
    )
    asked = ["c-02", "nobody", left, known.lower(), "c-99", "c-02", "c-06"]
    answers = answers_by_id(connection, run, run.lenses[0], asked, "analyst")
    assert [one.asked for one in answers] == asked
    assert [one.said for one in answers] == [
        "scored", "unknown", "inactive", "scored", "inactive", "scored", "scored",
    ]  # fmt: skip
    assert answers[0] == answers[5]
    assert [one.segment for one in answers] == [1, None, None, 0, None, 1, 2]
    assert answers[-1] == IdAnswer("c-06", Standing.SCORED, segment=2)  # by rule


def test_an_answer_does_not_depend_on_who_else_is_asked(
    connection: Connection, run: RunContext
) -> None:
    lens = run.lenses[0]
    together = answers_by_id(connection, run, lens, ["c-01", "c-02", "c-03"], "admin")
    for one in together:
        assert answers_by_id(connection, run, lens, [one.asked], "admin") == (one,)


def test_another_day_answers_from_its_own_import(connection: Connection, run: RunContext) -> None:
    lens, day = run.lenses[0], date(1995, 6, 30)
    (then,) = answers_by_id(connection, run, lens, ["c-03"], "admin", day)
    assert then.standing is Standing.UNKNOWN
    (now,) = answers_by_id(connection, run, lens, ["c-03"], "admin", AS_OF)
    assert now.standing is Standing.SCORED


def test_a_day_without_an_import_is_refused_with_those_that_there_are(
    connection: Connection,
) -> None:
    with pytest.raises(UsageError, match="1995-06-30, 1995-12-31"):
        snapshot_of_day(connection, "bank", date(2001, 1, 1))


def test_viewers_score_nobody(connection: Connection, run: RunContext) -> None:
    with pytest.raises(UsageError, match="Only analysts and administrators"):
        answers_by_id(connection, run, run.lenses[0], ["c-03"], "viewer")


def test_more_ids_than_a_parameter_list_holds_are_answered(
    connection: Connection, run: RunContext
) -> None:
    asked = [f"x-{number}" for number in range(1000)] + ["c-03"]
    answers = answers_by_id(connection, run, run.lenses[0], asked, "admin")
    assert [one.asked for one in answers if one.standing is Standing.SCORED] == ["c-03"]
    with pytest.raises(UsageError, match="at most"):
        chosen_customers(connection, run.snapshot_id, ["x"] * (MOST_IDS + 1), [], "admin")


def test_features_that_a_day_lacks_are_named(connection: Connection, run: RunContext) -> None:
    with pytest.raises(UsageError, match="lacks height"):
        chosen_customers(connection, run.snapshot_id, ["c-03"], ["height"], "admin")


def test_who_is_left_out_is_in_no_segment(connection: Connection, run: RunContext) -> None:
    name = pseudonym(connection, "left_out_customers", "c-99")
    assert customer_assignments(connection, run.run_id, name) == {}
