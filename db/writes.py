"""What web users may write to the data."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, case, select, update

from core.errors import UsageError
from core.glossary.merging import Changes
from core.readmodels import RunId
from db.audit import record
from db.clock import database_now
from db.glossary import Mode, import_glossary
from db.publishing import publish, rollback
from db.tables.runs import Publication, PublicationLens
from db.tables.segments import Segment, SegmentIdentity
from db.tables.snapshots import Dataset

LONGEST_NAME = 60
LONGEST_NOTE = 2000


def rename_segment(
    connection: Connection, dataset: str, lens: str, key: str, *, name: str, note: str, user: str
) -> None:
    """Give a segment a name and a note, in this run and every later one."""
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= LONGEST_NAME:
        raise UsageError(f"A segment's name has 1 to {LONGEST_NAME} characters, not {len(wanted)}.")
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"A note has at most {LONGEST_NOTE} characters, not {len(note)}.")
    found = connection.execute(
        select(SegmentIdentity.id, SegmentIdentity.name)
        .join(Dataset, Dataset.id == SegmentIdentity.dataset_id)
        .where(Dataset.name == dataset, SegmentIdentity.lens == lens, SegmentIdentity.key == key)
    ).one_or_none()
    if found is None:
        raise UsageError(f"The lens {lens!r} of {dataset!r} has no segment {key!r}.")
    _refuse_a_taken_name(connection, dataset, lens, found.id, wanted)
    connection.execute(
        update(SegmentIdentity)
        .where(SegmentIdentity.id == found.id)
        .values(
            name=wanted,
            is_named=True,
            note=note.strip() or None,
            changed_by=user,
            changed_at=database_now(connection),
        )
    )
    record(
        connection,
        user,
        "rename segment",
        f"{dataset} / {lens} / {key}",
        before=found.name,
        after=wanted,
    )


def publish_run(connection: Connection, run_id: RunId, *, user: str) -> None:
    """Make a run the one that everybody sees; `UsageError` for one that must not go live."""
    publish(connection, run_id, force=False, user=user)


def roll_back(connection: Connection, dataset: str, expected: RunId, *, user: str) -> None:
    """Make what was published before live again, if that is still the run that was expected."""
    live = rollback(connection, dataset, user=user)
    if live != expected:
        raise UsageError(
            f"Run {expected} is no longer what was live before; run {live} is. "
            "Nothing was changed: look again."
        )


def import_terms(
    connection: Connection, files: Sequence[tuple[str, bytes]], mode: Mode, *, user: str
) -> Changes:
    """Take in glossary files (name, content); `GlossaryError` names every mistake of them."""
    return import_glossary(connection, files, mode, user=user)


def _refuse_a_taken_name(
    connection: Connection, dataset: str, lens: str, identity_id: int, name: str
) -> None:
    """Refuse the name of another segment that is live in the lens; capitals do not count."""
    shown = case((SegmentIdentity.is_named, SegmentIdentity.name), else_=Segment.name)
    others = connection.execute(
        select(shown)
        .join(Segment, Segment.identity_id == SegmentIdentity.id)
        .join(PublicationLens, PublicationLens.segmentation_id == Segment.segmentation_id)
        .join(Publication, Publication.entry_id == PublicationLens.entry_id)
        .join(Dataset, Dataset.id == Publication.dataset_id)
        .where(
            Dataset.name == dataset, PublicationLens.lens == lens, SegmentIdentity.id != identity_id
        )
    ).scalars()
    taken = next((other for other in others if other.casefold() == name.casefold()), None)
    if taken is not None:
        raise UsageError(f"{name!r} is taken: another segment of this lens is called {taken!r}.")
