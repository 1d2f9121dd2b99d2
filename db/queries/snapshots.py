"""Imports of a data set, and what was measured of each one's columns."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select, union_all

from core.lens import LensSpec
from core.readmodels import RunId, RunStatus, SnapshotId
from core.snapshot_facts import (
    Associations,
    ColumnSource,
    FeatureProfile,
    Measure,
    SnapshotFacts,
    SnapshotSummary,
    SwitchSetting,
)
from db.rows import read_rows
from db.tables.profiles import AssociationsRow, ColumnSourceRow, FeatureProfileRow, SnapshotTiming
from db.tables.runs import Publication, PublicationEntry, Run
from db.tables.snapshots import Dataset, LensRow, Snapshot, SnapshotSwitch


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
        switches=switches_of_snapshot(connection, snapshot_id),
    )


def switches_of_snapshot(
    connection: Connection, snapshot_id: SnapshotId
) -> tuple[SwitchSetting, ...]:
    """How the source's switches were set when the files were read; none where it has none."""
    return read_rows(
        connection, SnapshotSwitch, SwitchSetting, SnapshotSwitch.snapshot_id == snapshot_id
    )


def switches_as_read_last(connection: Connection, dataset: str) -> tuple[SwitchSetting, ...]:
    """How they were set when the data set was read last.

    That is the newest snapshot, or the one of the newest run: files that hold what an older
    snapshot holds make no new one.
    """
    of_dataset = Dataset.name == dataset
    read = select(Snapshot.id, Snapshot.created_at.label("at")).join(Dataset).where(of_dataset)
    run = (
        select(Snapshot.id, Run.started_at.label("at"))
        .select_from(Run)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .join(Dataset)
        .where(of_dataset)
    )
    both = union_all(read, run).subquery()
    last = connection.execute(
        select(both.c.id).order_by(both.c.at.desc(), both.c.id.desc()).limit(1)
    )
    found = last.scalar()
    return () if found is None else switches_of_snapshot(connection, SnapshotId(found))


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
