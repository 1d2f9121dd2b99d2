"""Data sets, the frame around a tab, and what was read of a bank's files."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from core.readmodels import (
    DatasetHeader,
    FileRead,
    IntegrityFinding,
    Reject,
    RejectCount,
    RunContext,
    RunId,
    SnapshotId,
)
from db.queries.published import lenses_of_run, run_status
from db.rows import read_rows
from db.tables.runs import Publication, PublicationEntry, Run
from db.tables.snapshots import Dataset, ImportReject, IntegrityCheck, Snapshot, SnapshotFile


def datasets(connection: Connection) -> tuple[DatasetHeader, ...]:
    """Every data set, the one that came first leading."""
    statement = (
        select(Dataset.name, Dataset.title, Dataset.currency, PublicationEntry.run_id)
        .outerjoin(Publication, Publication.dataset_id == Dataset.id)
        .outerjoin(PublicationEntry, PublicationEntry.id == Publication.entry_id)
        .order_by(Dataset.id)
    )
    return tuple(
        DatasetHeader(row.name, row.title, row.currency, row.run_id)
        for row in connection.execute(statement)
    )


def run_context(
    connection: Connection, dataset: str, run_id: RunId | None = None
) -> RunContext | None:
    """What is shown: the given run or, without one, what is published; None if there is none."""
    live = (
        select(PublicationEntry.run_id)
        .join(Publication, Publication.entry_id == PublicationEntry.id)
        .where(Publication.dataset_id == Dataset.id)
        .scalar_subquery()
    )
    was_published = select(PublicationEntry.id).where(PublicationEntry.run_id == Run.id).exists()
    statement = (
        select(
            Dataset.title,
            Dataset.currency,
            Run.id,
            Run.status,
            Run.started_at,
            Run.finished_at,
            Snapshot.id.label("snapshot_id"),
            Snapshot.as_of,
            Snapshot.customers,
            live.label("live"),
            was_published.label("was_published"),
        )
        .select_from(Run)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Dataset.name == dataset, Run.id == (live if run_id is None else run_id))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    return RunContext(
        dataset=DatasetHeader(dataset, row.title, row.currency, row.live),
        run_id=RunId(row.id),
        status=run_status(
            row.status, is_live=row.live == row.id, was_published=bool(row.was_published)
        ),
        snapshot_id=SnapshotId(row.snapshot_id),
        as_of=row.as_of,
        computed_at=row.finished_at or row.started_at,
        customers=row.customers,
        lenses=lenses_of_run(connection, RunId(row.id)),
    )


def files_read(connection: Connection, snapshot_id: SnapshotId) -> tuple[FileRead, ...]:
    """The input files of a snapshot, in the order they were read."""
    return read_rows(connection, SnapshotFile, FileRead, SnapshotFile.snapshot_id == snapshot_id)


def integrity_findings(
    connection: Connection, snapshot_id: SnapshotId
) -> tuple[IntegrityFinding, ...]:
    """The checks across rows and tables of a snapshot."""
    return read_rows(
        connection, IntegrityCheck, IntegrityFinding, IntegrityCheck.snapshot_id == snapshot_id
    )


def reject_counts(connection: Connection, snapshot_id: SnapshotId) -> tuple[RejectCount, ...]:
    """How many rows were not accepted, by file, column and reason; the most frequent first."""
    count = func.count().label("count")
    groups = (ImportReject.file, ImportReject.column, ImportReject.reason)
    statement = (
        select(*groups, count)
        .where(ImportReject.snapshot_id == snapshot_id)
        .group_by(*groups)
        .order_by(count.desc(), *groups)
    )
    return tuple(RejectCount(*row) for row in connection.execute(statement))


def rejects(
    connection: Connection, snapshot_id: SnapshotId, offset: int = 0, limit: int = 1000
) -> tuple[Reject, ...]:
    """A page of the rows that were not accepted, in the order they were read."""
    statement = (
        select(ImportReject.file, ImportReject.line, ImportReject.column, ImportReject.reason)
        .where(ImportReject.snapshot_id == snapshot_id, ImportReject.position >= offset)
        .order_by(ImportReject.position)
        .limit(limit)
    )
    return tuple(Reject(*row) for row in connection.execute(statement))
