"""Writing what is known of how a snapshot was made, within the snapshot's transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from core.snapshot_facts import SnapshotFacts
from db.rows import insert_ordered, insert_rows
from db.tables.profiles import AssociationsRow, ColumnSourceRow, FeatureProfileRow, SnapshotTiming
from db.tables.snapshots import SnapshotSwitch


def insert_facts(connection: Connection, snapshot_id: int, facts: SnapshotFacts) -> None:
    """Write the facts of a snapshot within the caller's transaction."""
    owner = {"snapshot_id": snapshot_id}
    insert_ordered(connection, FeatureProfileRow, owner, facts.profiles)
    insert_ordered(connection, ColumnSourceRow, owner, facts.column_sources)
    insert_ordered(connection, SnapshotSwitch, owner, facts.switches)
    insert_rows(
        connection,
        SnapshotTiming,
        (
            {**owner, "position": position, "step": step, "seconds": seconds}
            for position, (step, seconds) in enumerate(facts.timings)
        ),
    )
    insert_rows(
        connection,
        AssociationsRow,
        (
            {
                **owner,
                "measure": found.measure.value,
                "features": list(found.features),
                "matrix": found.matrix.astype("<f4").tobytes(),
                "customers": found.customers,
                "sampled_from": found.sampled_from,
            }
            for found in facts.associations
        ),
    )
