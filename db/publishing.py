"""Publishing a run, and taking a publication back: one pointer per data set."""

from __future__ import annotations

from sqlalchemy import Connection, Row, insert, select, update

from core.errors import UsageError
from core.readmodels import RunId, VerdictLevel
from db.audit import record
from db.clock import database_now
from db.published_view import replace_published_view
from db.tables.runs import Publication, PublicationEntry, PublicationLens, Run, Segmentation
from db.tables.snapshots import Dataset, LensRow, Snapshot


def publish(connection: Connection, run_id: RunId, *, force: bool, user: str) -> None:
    """Make a run the one that is live; lenses it does not have are carried over.

    `UsageError` for a run that has not ended well, and without ``force`` for one that has a lens
    judged *Do not use*. Publishing what is already live changes nothing.
    """
    run = _run(connection, run_id)
    _take_turns(connection, run.dataset_id)
    current = _current(connection, run.dataset_id)
    if current is not None and current.run_id == run_id:
        return
    own = _own_lenses(connection, run_id)
    _refuse_what_cannot_go_live(run, own, force=force)
    carried = {}
    if current is not None and current.snapshot_id == run.snapshot_id:
        carried = _entry_lenses(connection, current.id)
    entry_id = connection.execute(
        insert(PublicationEntry).returning(PublicationEntry.id),
        {
            "dataset_id": run.dataset_id,
            "snapshot_id": run.snapshot_id,
            "run_id": run_id,
            "previous_id": None if current is None else current.id,
            "published_at": database_now(connection),
        },
    ).scalar_one()
    lenses = carried | {lens: row.id for lens, row in own.items()}
    rank = _lens_order(connection, run.snapshot_id)
    ordered = sorted(lenses, key=lambda lens: (rank.get(lens, len(rank)), lens))
    connection.execute(
        insert(PublicationLens),
        [
            {
                "entry_id": entry_id,
                "lens": lens,
                "position": position,
                "segmentation_id": lenses[lens],
            }
            for position, lens in enumerate(ordered)
        ],
    )
    _point_to(connection, run.dataset_id, entry_id)
    replace_published_view(connection, run.dataset, run.snapshot_id, entry_id)
    record(connection, user, "publish", f"run {run_id}", forced=force)


def rollback(connection: Connection, dataset: str, *, user: str) -> RunId:
    """Make the publication before the present one live again; return its run."""
    dataset_id = connection.execute(select(Dataset.id).where(Dataset.name == dataset)).scalar()
    if dataset_id is not None:
        _take_turns(connection, dataset_id)
    current = None if dataset_id is None else _current(connection, dataset_id)
    if current is None or dataset_id is None:
        raise UsageError(f"The data set {dataset!r} has nothing published to take back.")
    if current.previous_id is None:
        raise UsageError(
            f"Run {current.run_id} is the first publication of {dataset!r}; "
            "there is none before it."
        )
    before = connection.execute(
        select(PublicationEntry.run_id, PublicationEntry.snapshot_id).where(
            PublicationEntry.id == current.previous_id
        )
    ).one()
    _point_to(connection, dataset_id, current.previous_id)
    replace_published_view(connection, dataset, before.snapshot_id, current.previous_id)
    record(connection, user, "roll back", f"run {before.run_id}", from_run=current.run_id)
    return RunId(before.run_id)


def _take_turns(connection: Connection, dataset_id: int) -> None:
    """Let two who publish at once do so one after the other (in SQLite writers always do)."""
    connection.execute(select(Dataset.id).where(Dataset.id == dataset_id).with_for_update()).one()


def _run(connection: Connection, run_id: RunId) -> Row[str, int, int, str]:
    found = connection.execute(
        select(Run.status, Run.snapshot_id, Snapshot.dataset_id, Dataset.name.label("dataset"))
        .join(Snapshot, Snapshot.id == Run.snapshot_id)
        .join(Dataset, Dataset.id == Snapshot.dataset_id)
        .where(Run.id == run_id)
    ).one_or_none()
    if found is None:
        raise UsageError(f"There is no run {run_id}.")
    if found.status != "draft":
        state = "has failed" if found.status == "failed" else "has not ended yet"
        raise UsageError(f"Run {run_id} {state}; only a run that ended well can be published.")
    return found


def _current(connection: Connection, dataset_id: int) -> Row[int, int, int, int | None] | None:
    return connection.execute(
        select(
            PublicationEntry.id,
            PublicationEntry.run_id,
            PublicationEntry.snapshot_id,
            PublicationEntry.previous_id,
        )
        .join(Publication, Publication.entry_id == PublicationEntry.id)
        .where(Publication.dataset_id == dataset_id)
    ).one_or_none()


def _own_lenses(connection: Connection, run_id: RunId) -> dict[str, Row[int, str, str, str]]:
    rows = connection.execute(
        select(
            Segmentation.id,
            Segmentation.lens,
            Segmentation.verdict_level,
            Segmentation.verdict_reason,
        ).where(Segmentation.run_id == run_id)
    ).all()
    return {row.lens: row for row in rows}


def _refuse_what_cannot_go_live(
    run: Row[str, int, int, str],
    own: dict[str, Row[int, str, str, str]],
    *,
    force: bool,
) -> None:
    if not own:
        raise UsageError(f"The run of {run.dataset!r} has no segments to publish.")
    refused = [lens for lens, row in own.items() if row.verdict_level == VerdictLevel.REFUSE]
    if refused and not force:
        raise UsageError(
            f"The lens {refused[0]!r} is judged {VerdictLevel.REFUSE.value!r}: "
            f"{own[refused[0]].verdict_reason} Nothing was published; --force publishes it anyway."
        )


def _entry_lenses(connection: Connection, entry_id: int) -> dict[str, int]:
    rows = connection.execute(
        select(PublicationLens.lens, PublicationLens.segmentation_id).where(
            PublicationLens.entry_id == entry_id
        )
    ).all()
    return {row.lens: row.segmentation_id for row in rows}


def _lens_order(connection: Connection, snapshot_id: int) -> dict[str, int]:
    rows = connection.execute(
        select(LensRow.name, LensRow.position).where(LensRow.snapshot_id == snapshot_id)
    ).all()
    return {row.name: row.position for row in rows}


def _point_to(connection: Connection, dataset_id: int, entry_id: int) -> None:
    moved = connection.execute(
        update(Publication).where(Publication.dataset_id == dataset_id).values(entry_id=entry_id)
    )
    if not moved.rowcount:
        connection.execute(insert(Publication), {"dataset_id": dataset_id, "entry_id": entry_id})
