"""Writing what changed since the publication before, and reading where everybody was then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select

from core.pipeline.results import Assignments, LensChange, Places
from core.readmodels import SegmentationId
from db.bulk import read_array
from db.rows import insert_ordered
from db.tables.change import MigrationFlowRow, MigrationRow
from db.tables.runs import Run, Segmentation
from db.tables.segments import Assignment, Segment, SegmentIdentity
from db.tables.snapshots import Customer


def insert_changes(
    connection: Connection, segmentation_id: int, lens: str, changes: Sequence[LensChange]
) -> None:
    """Write the movement of a lens, if there is one, within the caller's transaction."""
    for change in changes:
        if change.lens != lens:
            continue
        moved = change.movement
        row = {
            "segmentation_id": segmentation_id,
            "before_id": change.before_id,
            "before_as_of": change.before_as_of,
            "is_refitted": change.is_refitted,
            "known": moved.known,
            "by_customer": moved.by_customer,
            "by_model": moved.by_model,
            "moved": moved.moved,
            "joined": moved.joined,
            "left": moved.left,
            "measured_between": change.unlike.measured,
            "unlike_between": change.unlike.unlike,
        }
        connection.execute(insert(MigrationRow), row)
        owner = {"segmentation_id": segmentation_id}
        insert_ordered(connection, MigrationFlowRow, owner, moved.flows)


def when_and_whence(assigned: Assignments, rows: NDArray[np.int64]) -> dict[str, object]:
    """Return the columns that say since when customers are in their segment, and whence."""
    if assigned.since is None or assigned.previous is None:
        return {}
    return {"since": assigned.since[rows], "previous": assigned.previous[rows]}


def places(connection: Connection, segmentation_id: SegmentationId) -> Places:
    """Where each customer of its snapshot was under a segmentation, in order of their ids."""
    statement = (
        select(Customer.customer_id, SegmentIdentity.key, Assignment.since, Assignment.previous)
        .select_from(Segmentation)
        .join(Run, Run.id == Segmentation.run_id)
        .join(Customer, Customer.snapshot_id == Run.snapshot_id)
        .outerjoin(
            Assignment,
            (Assignment.segmentation_id == Segmentation.id)
            & (Assignment.customer_id == Customer.customer_id),
        )
        .outerjoin(
            Segment,
            (Segment.segmentation_id == Assignment.segmentation_id)
            & (Segment.number == Assignment.segment),
        )
        .outerjoin(SegmentIdentity, SegmentIdentity.id == Segment.identity_id)
        .where(Segmentation.id == segmentation_id)
        .order_by(Customer.customer_id)
    )
    row = np.dtype([("id", "O"), ("key", "O"), ("since", "O"), ("previous", "O")])
    rows = read_array(connection, statement, row)
    return Places(
        customer_ids=rows["id"].tolist(),
        key=rows["key"],
        since=np.array(rows["since"].tolist(), dtype="datetime64[D]"),
        previous=rows["previous"],
    )
