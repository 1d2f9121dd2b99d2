"""Runs: what was tried, what is live, how segments' shares went."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, case, select

from core.readmodels import RunId, RunStatus, RunSummary, SegmentShare
from db.queries.published import own_lenses, published_entry, run_status
from db.tables.runs import PublicationEntry, PublicationLens, Run, Segmentation
from db.tables.segments import Segment, SegmentIdentity
from db.tables.snapshots import Dataset, Snapshot


def runs(connection: Connection, dataset: str, limit: int | None = 50) -> tuple[RunSummary, ...]:
    """The latest runs of a data set, the newest first; without a limit all of them."""
    dataset_id = connection.execute(select(Dataset.id).where(Dataset.name == dataset)).scalar()
    if dataset_id is None:
        return ()
    entries = connection.execute(
        select(PublicationEntry.id, PublicationEntry.run_id).where(
            PublicationEntry.dataset_id == dataset_id
        )
    ).all()
    live_entry = published_entry(connection, dataset_id)
    live = next((entry.run_id for entry in entries if entry.id == live_entry), None)
    published = {entry.run_id for entry in entries}
    statement = (
        _rows().where(Snapshot.dataset_id == dataset_id).order_by(Run.id.desc()).limit(limit)
    )
    return tuple(
        _summary(
            connection,
            row,
            run_status(row.status, is_live=row.id == live, was_published=row.id in published),
        )
        for row in connection.execute(statement).all()
    )


def run_summary(connection: Connection, run_id: RunId, status: RunStatus) -> RunSummary:
    """One run as a line of the history, with the status that `run_context` tells."""
    return _summary(connection, connection.execute(_rows().where(Run.id == run_id)).one(), status)


def _rows() -> Select[Any, Any, Any, Any, Any, Any, Any, Any]:
    return select(
        Run.id,
        Run.status,
        Snapshot.as_of,
        Run.started_at,
        Run.finished_at,
        Run.seed,
        Run.config,
        Run.message,
    ).join(Snapshot, Snapshot.id == Run.snapshot_id)


def _summary(
    connection: Connection,
    row: Row[Any, Any, Any, Any, Any, Any, Any, Any],
    status: RunStatus,
) -> RunSummary:
    return RunSummary(
        run_id=RunId(row.id),
        status=status,
        as_of=row.as_of,
        started_at=row.started_at,
        finished_at=row.finished_at,
        seed=row.seed,
        config=tuple((name, _in_words(value)) for name, value in row.config.items()),
        lenses=own_lenses(connection, RunId(row.id)),
        message=row.message,
    )


def share_history(
    connection: Connection, dataset: str, lens: str, last: int = 4
) -> tuple[SegmentShare, ...]:
    """Shares of a lens's segments in its last published runs in order of time, the live one last.

    Publications that were taken back do not count.
    """
    segmentation_ids = _published_segmentations(connection, dataset, lens, last)
    name = case((SegmentIdentity.is_named, SegmentIdentity.name), else_=Segment.name)
    rows = connection.execute(
        select(
            Segment.segmentation_id,
            Segmentation.run_id,
            Snapshot.as_of,
            SegmentIdentity.key,
            name.label("name"),
            Segment.share,
            Segment.size,
        )
        .join(SegmentIdentity, SegmentIdentity.id == Segment.identity_id)
        .join(Segmentation, Segmentation.id == Segment.segmentation_id)
        .join(Run, Run.id == Segmentation.run_id)
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .where(Segment.segmentation_id.in_(segmentation_ids))
        .order_by(Segment.number)
    ).all()
    return tuple(
        SegmentShare(RunId(row.run_id), row.as_of, row.key, row.name, row.share, row.size)
        for segmentation_id in segmentation_ids
        for row in rows
        if row.segmentation_id == segmentation_id
    )


def _published_segmentations(
    connection: Connection, dataset: str, lens: str, last: int
) -> list[int]:
    """Walk back from the live publication; return the lens's last segmentations, oldest first."""
    entries = {
        row.id: row
        for row in connection.execute(
            select(
                PublicationEntry.id, PublicationEntry.previous_id, PublicationLens.segmentation_id
            )
            .join(Dataset, Dataset.id == PublicationEntry.dataset_id)
            .outerjoin(
                PublicationLens,
                (PublicationLens.entry_id == PublicationEntry.id) & (PublicationLens.lens == lens),
            )
            .where(Dataset.name == dataset)
        )
    }
    dataset_id = connection.execute(select(Dataset.id).where(Dataset.name == dataset)).scalar()
    entry_id = None if dataset_id is None else published_entry(connection, dataset_id)
    found: list[int] = []
    while entry_id is not None and len(found) < last:
        entry = entries[entry_id]
        if entry.segmentation_id is not None and entry.segmentation_id not in found:
            found.append(entry.segmentation_id)
        entry_id = entry.previous_id
    return found[::-1]


def _in_words(value: object) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_in_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_in_words(item)}" for name, item in value.items())
    return str(value)
