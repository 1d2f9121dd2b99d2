"""What was measured of a snapshot's columns, on both databases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import Engine, delete, func, select

from core.readmodels import RunId, SnapshotId
from core.snapshot_facts import SnapshotFacts
from db.queries.features import feature_catalogue
from db.queries.snapshots import lenses_of_snapshot, run_of_snapshot, snapshot_facts
from db.queries.snapshots import snapshots as imports
from db.store import SqlRunStore, SqlSnapshotStore
from db.tables.profiles import AssociationsRow, ColumnSourceRow, FeatureProfileRow, SnapshotTiming
from db.tables.snapshots import Snapshot, SnapshotSwitch
from tests.builders import lens_spec, run_result, snapshot_data
from tests.facts import facts


@pytest.fixture
def measured(snapshots: SqlSnapshotStore) -> SnapshotId:
    return snapshots.save_snapshot(replace(snapshot_data(), facts=facts()))


def a_run(runs: SqlRunStore, snapshot_id: SnapshotId) -> RunId:
    run_id = runs.start_run(snapshot_id, {}, 1, {})
    runs.finish_run(run_id, run_result("demographic"))
    return run_id


def test_facts_come_back_as_they_were_measured(engine: Engine, measured: SnapshotId) -> None:
    with engine.connect() as connection:
        found = snapshot_facts(connection, measured)
    given = facts()
    assert found.profiles == given.profiles
    assert found.column_sources == given.column_sources
    assert found.timings == given.timings
    assert found.switches == given.switches
    for one, other in zip(found.associations, given.associations, strict=True):
        assert (one.measure, one.features) == (other.measure, other.features)
        assert (one.customers, one.sampled_from) == (other.customers, other.sampled_from)
        np.testing.assert_array_equal(one.matrix, other.matrix)


def test_a_snapshot_of_an_older_version_has_no_facts(
    engine: Engine, snapshots: SqlSnapshotStore
) -> None:
    old = snapshots.save_snapshot(snapshot_data())
    with engine.connect() as connection:
        assert snapshot_facts(connection, old) == SnapshotFacts()


def test_the_switches_of_what_was_read_last_are_known(
    snapshots: SqlSnapshotStore, run_store: SqlRunStore, measured: SnapshotId
) -> None:
    """Files that hold what an older snapshot holds make a run, and no new snapshot."""
    assert snapshots.last_switches("bank") == facts().switches
    plain = snapshot_data(fingerprint="a" * 64)
    snapshots.save_snapshot(plain)
    assert snapshots.last_switches("bank") == ()
    snapshots.save_snapshot(snapshot_data(dataset="other"))
    run_store.start_run(measured, {}, 1, {})
    assert snapshots.last_switches("bank") == facts().switches
    assert snapshots.last_switches("other") == snapshots.last_switches("nobody") == ()


def test_facts_go_with_their_snapshot(engine: Engine, measured: SnapshotId) -> None:
    with engine.begin() as connection:
        connection.execute(delete(Snapshot).where(Snapshot.id == measured))
        for table in (
            FeatureProfileRow,
            AssociationsRow,
            ColumnSourceRow,
            SnapshotTiming,
            SnapshotSwitch,
        ):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_imports_come_newest_first_and_of_one_data_set(
    engine: Engine, snapshots: SqlSnapshotStore, measured: SnapshotId
) -> None:
    newer = snapshots.save_snapshot(snapshot_data(fingerprint="a" * 64))
    snapshots.save_snapshot(snapshot_data(dataset="other"))
    with engine.connect() as connection:
        found = imports(connection, "bank")
        assert [one.snapshot_id for one in found] == [newer, measured]
        assert (found[1].fingerprint, found[1].customers) == ("f" * 64, 6)
        assert imports(connection, "nobody") == ()


def test_a_snapshot_is_explained_by_the_live_run_else_the_newest(
    engine: Engine, run_store: SqlRunStore, measured: SnapshotId
) -> None:
    with engine.connect() as connection:
        assert run_of_snapshot(connection, measured) is None
    first, second = a_run(run_store, measured), a_run(run_store, measured)
    failed = run_store.start_run(measured, {}, 1, {})
    run_store.fail_run(failed, "No.")
    with engine.connect() as connection:
        assert run_of_snapshot(connection, measured) == second
    run_store.publish(first)
    with engine.connect() as connection:
        assert run_of_snapshot(connection, measured) == first


def test_lenses_and_source_columns_are_those_of_the_specification(
    engine: Engine, measured: SnapshotId
) -> None:
    with engine.connect() as connection:
        lenses = lenses_of_snapshot(connection, measured)
        catalogue = {f.name: f.source_columns for f in feature_catalogue(connection, measured)}
    assert lenses == (lens_spec("demographic"), lens_spec("behavioural"))
    assert catalogue["balance_total"] == ("checking.balance", "savings.balance")
