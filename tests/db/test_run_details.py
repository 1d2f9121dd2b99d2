"""A run closely, and publishing from the web, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.readmodels import RunId, VerdictLevel
from db.queries.run_details import lenses_as_run, lenses_to_run, published_before, run_details
from db.store import SqlRunStore, SqlSnapshotStore
from db.writes import publish_run, roll_back
from tests.builders import lens_spec, model, run_result, snapshot_data


def a_run(
    snapshots: SqlSnapshotStore, runs: SqlRunStore, level: VerdictLevel = VerdictLevel.STRONG
) -> RunId:
    snapshot_id = snapshots.find_snapshot("bank", "f" * 64) or snapshots.save_snapshot(
        snapshot_data()
    )
    run_id = runs.start_run(snapshot_id, {}, 1, {"numpy": "2"})
    runs.finish_run(run_id, run_result("demographic", level=level))
    return run_id


def test_a_run_keeps_its_timings_versions_and_fingerprints(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    run_id = a_run(snapshots, run_store)
    with engine.connect() as connection:
        found = run_details(connection, run_id)
        assert found is not None
        assert found.timings == (("fit", 0.5),)
        assert found.versions == (("numpy", "2"),)
        assert found.models == (("demographic", model("demographic").sha256),)
        assert lenses_as_run(connection, run_id) == (lens_spec("demographic"),)
        assert run_details(connection, RunId(99)) is None


def test_a_new_run_can_look_through_the_lenses_of_the_latest_snapshot(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    snapshots.save_snapshot(snapshot_data(fingerprint="a" * 64, lenses=("behavioural",)))
    with engine.connect() as connection:
        assert lenses_to_run(connection, "bank") == (lens_spec("behavioural"),)
        assert lenses_to_run(connection, "nobody") == ()


def test_publishing_and_rolling_back_move_between_runs(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    first, second = a_run(snapshots, run_store), a_run(snapshots, run_store)
    for run_id in (first, second):
        with engine.begin() as connection:
            publish_run(connection, run_id, user="ann")
    with engine.connect() as connection:
        assert published_before(connection, "bank") == first
    with pytest.raises(UsageError, match="look again"), engine.begin() as connection:
        roll_back(connection, "bank", second, user="ann")
    with engine.begin() as connection:
        assert published_before(connection, "bank") == first
        roll_back(connection, "bank", first, user="ann")
    with engine.connect() as connection:
        assert published_before(connection, "bank") is None


def test_the_web_does_not_publish_what_must_not_be_used(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    run_id = a_run(snapshots, run_store, VerdictLevel.REFUSE)
    with pytest.raises(UsageError, match="Do not use"), engine.begin() as connection:
        publish_run(connection, run_id, user="ann")
