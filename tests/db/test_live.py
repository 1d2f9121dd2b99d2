from __future__ import annotations

from sqlalchemy import Engine, text

from core.readmodels import RunId, SegmentationId, SnapshotId
from db.queries.live import SegmentName, live
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data


def test_what_is_live_is_told_with_the_names_of_now(
    engine: Engine, snapshots: SqlSnapshotStore, run_store: SqlRunStore
) -> None:
    snapshots.save_snapshot(snapshot_data())
    run_store.start_run(SnapshotId(1), {}, 1, {})
    run_store.finish_run(RunId(1), run_result())
    with engine.connect() as connection:
        assert live(connection, "bank") is None
    run_store.publish(RunId(1))
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE segment_identities SET name = 'Elders', is_named = TRUE WHERE key = :key"),
            {"key": "behavioural-older"},
        )
    with engine.connect() as connection:
        found = live(connection, "bank")
        assert live(connection, "nobody's") is None
    assert found is not None
    assert (found.entry_id, set(found.names)) == (1, {SegmentationId(1), SegmentationId(2)})
    assert found.names[SegmentationId(2)] == {
        0: SegmentName("behavioural-older", "Elders"),
        1: SegmentName("behavioural-young", "Starters"),
        2: SegmentName("behavioural-inactive", "Not yet active"),
    }
