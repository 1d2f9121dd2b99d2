"""Imports of a data set, and what was measured of each one's columns."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from core.lens import LensSpec
from core.readmodels import RunId, RunStatus, SnapshotId
from core.snapshot_facts import (
    Associations,
    ColumnSource,
    FeatureProfile,
    Measure,
    SnapshotFacts,
    SnapshotSummary,
)
from db.rows import read_rows
from db.tables.profiles import AssociationsRow, ColumnSourceRow, FeatureProfileRow, SnapshotTiming
from db.tables.runs import Publication, PublicationEntry, Run
from db.tables.snapshots import Dataset, LensRow, Snapshot


def snapshots(connection: Connection, dataset: str, limit: int = 50) -> tuple[SnapshotSummary, ...]:
    """The latest imports of a data set, the newest first."""
    statement = (
        select(
            Snapshot.id,
            Snapshot.as_of,
            Snapshot.fingerprint,
            Snapshot.customers,
            Snapshot.created_at,
        )
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset)
        .order_by(Snapshot.id.desc())
        .limit(limit)
    )
    return tuple(
        SnapshotSummary(
            SnapshotId(row.id), row.as_of, row.fingerprint, row.customers, row.created_at
        )
        for row in connection.execute(statement)
    )


def run_of_snapshot(connection: Connection, snapshot_id: SnapshotId) -> RunId | None:
    """The run to explain a snapshot by: the live one, else its newest that succeeded."""
    statement = (
        select(Run.id)
        .outerjoin(PublicationEntry, PublicationEntry.run_id == Run.id)
        .outerjoin(Publication, Publication.entry_id == PublicationEntry.id)
        .where(Run.snapshot_id == snapshot_id, Run.status == RunStatus.DRAFT.value)
        .order_by(Publication.dataset_id.is_(None), Run.id.desc())
        .limit(1)
    )
    found = connection.execute(statement).scalar()
    return None if found is None else RunId(found)


def lenses_of_snapshot(connection: Connection, snapshot_id: SnapshotId) -> tuple[LensSpec, ...]:
    """The lenses as the source specification stated them when the snapshot was taken."""
    specs = connection.execute(
        select(LensRow.spec).where(LensRow.snapshot_id == snapshot_id).order_by(LensRow.position)
    ).scalars()
    return tuple(LensSpec.model_validate(spec) for spec in specs)


def snapshot_facts(connection: Connection, snapshot_id: SnapshotId) -> SnapshotFacts:
    """What was measured when the snapshot was made; nothing for one of an older version."""
    timings = connection.execute(
        select(SnapshotTiming.step, SnapshotTiming.seconds)
        .where(SnapshotTiming.snapshot_id == snapshot_id)
        .order_by(SnapshotTiming.position)
    )
    return SnapshotFacts(
        profiles=read_rows(
            connection,
            FeatureProfileRow,
            FeatureProfile,
            FeatureProfileRow.snapshot_id == snapshot_id,
        ),
        associations=_associations(connection, snapshot_id),
        column_sources=read_rows(
            connection, ColumnSourceRow, ColumnSource, ColumnSourceRow.snapshot_id == snapshot_id
        ),
        timings=tuple((row.step, row.seconds) for row in timings),
    )


def _associations(connection: Connection, snapshot_id: SnapshotId) -> tuple[Associations, ...]:
    rows = connection.execute(
        select(
            AssociationsRow.measure,
            AssociationsRow.features,
            AssociationsRow.matrix,
            AssociationsRow.customers,
            AssociationsRow.sampled_from,
        )
        .where(AssociationsRow.snapshot_id == snapshot_id)
        .order_by(AssociationsRow.measure.desc())  # numbers first
    )
    return tuple(
        Associations(
            measure=Measure(row.measure),
            features=tuple(row.features),
            matrix=np.frombuffer(row.matrix, dtype="<f4").reshape(-1, len(row.features)),
            customers=row.customers,
            sampled_from=row.sampled_from,
        )
        for row in rows
    )
