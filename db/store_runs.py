"""Writing what a run found, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sqlalchemy import Connection, Row, insert, select, update

from core.errors import UsageError
from core.pipeline.results import RunResult
from core.readmodels import Comparison, RunId, SnapshotId
from db.bulk import count_anew, read_array
from db.clock import database_now
from db.rows import insert_ordered, insert_rows, plain, row_of
from db.store_segmentations import Members, insert_segmentation
from db.tables.change import FeatureDriftRow
from db.tables.runs import (
    BakeOffRow,
    ComparisonCellRow,
    ComparisonRow,
    RfmOverviewRow,
    Run,
)
from db.tables.segments import (
    Assignment,
)
from db.tables.snapshots import Customer, Snapshot


def start_run(
    connection: Connection,
    snapshot_id: SnapshotId,
    config: Mapping[str, object],
    seed: int,
    versions: Mapping[str, str],
) -> RunId:
    """Record that a run began."""
    row = {
        "snapshot_id": snapshot_id,
        "status": "running",
        "seed": seed,
        "config": {name: plain(value) for name, value in config.items()},
        "versions": dict(versions),
        "timings": [],
        "message": "",
        "started_at": database_now(connection),
        "finished_at": None,
    }
    return RunId(connection.execute(insert(Run).returning(Run.id), row).scalar_one())


def fail_run(connection: Connection, run_id: RunId, message: str) -> None:
    """Record that a run failed, and why; a run that has ended stays as it is."""
    connection.execute(
        update(Run)
        .where(Run.id == run_id, Run.status == "running")
        .values(status="failed", message=message, finished_at=database_now(connection))
    )


def members_of_run(connection: Connection, run_id: RunId) -> Members:
    """Return the customers of the run's snapshot in order of their ids."""
    statement = (
        select(Customer.customer_id, Customer.pseudonym)
        .join(Run, Run.snapshot_id == Customer.snapshot_id)
        .where(Run.id == run_id)
        .order_by(Customer.customer_id)
    )
    rows = read_array(connection, statement, np.dtype([("id", "O"), ("pseudonym", "O")]))
    return Members(rows["id"].tolist(), rows["pseudonym"].tolist())


def insert_result(
    connection: Connection, run_id: RunId, result: RunResult, members: Members
) -> None:
    """Write everything a run found within the caller's transaction; the run becomes a draft."""
    run = _running(connection, run_id)
    for position, segmentation in enumerate(result.segmentations):
        insert_segmentation(
            connection,
            run_id,
            position,
            segmentation,
            members,
            dataset_id=run.dataset_id,
            actions=[one for one in result.actions if one.lens == segmentation.lens.name],
            changes=result.changes,
        )
    insert_ordered(connection, FeatureDriftRow, {"run_id": run_id}, result.drifts)
    if result.rfm is not None:
        insert_rows(connection, RfmOverviewRow, [row_of(result.rfm, run_id=run_id)])
    count_anew(connection, Assignment)
    for position, comparison in enumerate(result.comparisons):
        _insert_comparison(connection, run_id, position, comparison)
    connection.execute(
        update(Run)
        .where(Run.id == run_id)
        .values(
            status="draft",
            timings=plain(result.timings),
            finished_at=database_now(connection),
        )
    )


def _running(connection: Connection, run_id: RunId) -> Row[str, int]:
    found = connection.execute(
        select(Run.status, Snapshot.dataset_id)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .where(Run.id == run_id)
    ).one_or_none()
    if found is None:
        raise UsageError(f"There is no run {run_id}.")
    if found.status != "running":
        raise UsageError(
            f"Run {run_id} has ended ({found.status}); its results are not written again."
        )
    return found


def _insert_comparison(
    connection: Connection, run_id: RunId, position: int, comparison: Comparison
) -> None:
    row = row_of(comparison, run_id=run_id, position=position)
    del row["cells"], row["bake_off"]
    comparison_id = connection.execute(
        insert(ComparisonRow).returning(ComparisonRow.id), row
    ).scalar_one()
    owner = {"comparison_id": comparison_id}
    insert_ordered(connection, ComparisonCellRow, owner, comparison.cells)
    insert_ordered(connection, BakeOffRow, owner, comparison.bake_off)
