"""What changed since the publication before a run; names are those that segments have now."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from core.change import FeatureDrift, Migration, SegmentMark, UnlikeKnown
from core.fairness import TypicalityCount
from core.insight.movers import Flow
from core.readmodels import RunId, SegmentationId
from db.queries.fairness import typicality_count
from db.rows import read_rows
from db.tables.change import FeatureDriftRow, MigrationFlowRow, MigrationRow
from db.tables.runs import Run, Segmentation
from db.tables.segments import Segment, SegmentIdentity
from db.tables.snapshots import Snapshot


def migration(connection: Connection, segmentation_id: SegmentationId) -> Migration | None:
    """Who moved since what was published before; None where nothing was."""
    own = aliased(Segmentation)
    row = connection.execute(
        select(MigrationRow, Segmentation.run_id.label("before_run"), Snapshot.as_of)
        .join(own, own.id == MigrationRow.segmentation_id)
        .join(Run, Run.id == own.run_id)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .outerjoin(Segmentation, Segmentation.id == MigrationRow.before_id)
        .where(MigrationRow.segmentation_id == segmentation_id)
    ).one_or_none()
    if row is None:
        return None
    found = row._mapping
    before_run: int | None = found["before_run"]  # may be gone
    mine = MigrationFlowRow.segmentation_id == segmentation_id
    flows = read_rows(connection, MigrationFlowRow, Flow, mine)
    named = {key for flow in flows for key in (flow.before, flow.between, flow.after) if key}
    return Migration(
        before_run=None if before_run is None else RunId(before_run),
        before_as_of=found["before_as_of"],
        as_of=found["as_of"],
        is_refitted=found["is_refitted"],
        known=found["known"],
        by_customer=found["by_customer"],
        by_model=found["by_model"],
        moved=found["moved"],
        joined=found["joined"],
        left=found["left"],
        flows=flows,
        marks=_marks(connection, segmentation_id, named),
        unlike=unlike_known(connection, segmentation_id),
    )


def feature_drifts(
    connection: Connection, segmentation_id: SegmentationId
) -> tuple[FeatureDrift, ...]:
    """How far each feature moved, in the catalogue's order; empty where the data are the same."""
    run_id = select(Segmentation.run_id).where(Segmentation.id == segmentation_id)
    mine = FeatureDriftRow.run_id == run_id.scalar_subquery()
    return read_rows(connection, FeatureDriftRow, FeatureDrift, mine)


def unlike_known(connection: Connection, segmentation_id: SegmentationId) -> UnlikeKnown:
    """How many customers are unlike any that the model before, and the model now, knows."""
    after = typicality_count(connection, segmentation_id)
    row = connection.execute(
        select(
            MigrationRow.before_id, MigrationRow.measured_between, MigrationRow.unlike_between
        ).where(MigrationRow.segmentation_id == segmentation_id)
    ).one_or_none()
    if row is None:
        return UnlikeKnown(after=after)
    before_id, measured, unlike = row
    return UnlikeKnown(
        before=None
        if before_id is None
        else typicality_count(connection, SegmentationId(before_id)),
        between=None if measured is None or unlike is None else TypicalityCount(measured, unlike),
        after=after,
    )


def names_before(
    connection: Connection, previous: Mapping[SegmentationId, str | None]
) -> dict[SegmentationId, str]:
    """The names of identities, each by a segmentation of its lens."""
    return {
        segmentation_id: marks[0].name
        for segmentation_id, key in previous.items()
        if key is not None and (marks := _marks(connection, segmentation_id, {key}))
    }


def _marks(
    connection: Connection, segmentation_id: SegmentationId, keys: Collection[str]
) -> tuple[SegmentMark, ...]:
    """Return the identities of a lens: those of the segmentation in its order, then the others.

    A segmentation may have drafted a name of its own for an identity that nobody has named; one
    that it does not have goes by the name that it began with.
    """
    own = {
        row.key: SegmentMark(row.key, row.given if row.is_named else row.drafted, row.colour)
        for row in connection.execute(
            select(
                SegmentIdentity.key,
                SegmentIdentity.name.label("given"),
                SegmentIdentity.is_named,
                Segment.name.label("drafted"),
                Segment.colour,
            )
            .join(SegmentIdentity, SegmentIdentity.id == Segment.identity_id)
            .where(Segment.segmentation_id == segmentation_id)
            .order_by(Segment.number)
        )
    }
    lens = (
        select(Snapshot.dataset_id, Segmentation.lens)
        .join(Run, Run.id == Segmentation.run_id)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .where(Segmentation.id == segmentation_id)
        .subquery()
    )
    gone = connection.execute(
        select(SegmentIdentity.key, SegmentIdentity.name, SegmentIdentity.colour)
        .join(
            lens,
            (lens.c.dataset_id == SegmentIdentity.dataset_id)
            & (lens.c.lens == SegmentIdentity.lens),
        )
        .where(SegmentIdentity.key.in_(sorted(set(keys) - set(own))))
        .order_by(SegmentIdentity.id)
    )
    marks = (*own.values(), *(SegmentMark(row.key, row.name, row.colour) for row in gone))
    return tuple(mark for mark in marks if mark.key in keys)
