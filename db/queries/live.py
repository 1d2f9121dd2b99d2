"""What is live in a data set, in one small question: asked afresh by everyone who scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, case, select

from core.readmodels import SegmentationId
from db.tables.runs import Publication, PublicationLens
from db.tables.segments import Segment, SegmentIdentity
from db.tables.snapshots import Dataset


@dataclass(frozen=True, slots=True)
class SegmentName:
    """What a segment is called now, and what stays when it is called otherwise."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Live:
    """A publication, and what people call its segments now: by segmentation, by number."""

    entry_id: int
    names: Mapping[SegmentationId, Mapping[int, SegmentName]]


def live(connection: Connection, dataset: str) -> Live | None:
    """What is published of a data set; None where there is none, or no such data set.

    A publication never changes: whatever else there is to know of it may be kept by ``entry_id``.
    """
    rows = connection.execute(_LIVE, {"dataset": dataset}).all()
    if not rows:
        return None
    names: dict[SegmentationId, dict[int, SegmentName]] = {}
    for _, segmentation_id, number, key, name in rows:
        names.setdefault(SegmentationId(segmentation_id), {})[number] = SegmentName(key, name)
    return Live(rows[0][0], names)


def _question() -> Select[int, int, int, str, str]:
    name = case((SegmentIdentity.is_named, SegmentIdentity.name), else_=Segment.name)
    return (
        select(
            PublicationLens.entry_id,
            PublicationLens.segmentation_id,
            Segment.number,
            SegmentIdentity.key,
            name,
        )
        .join(Publication, Publication.entry_id == PublicationLens.entry_id)
        .join(Dataset, Dataset.id == Publication.dataset_id)
        .join(Segment, Segment.segmentation_id == PublicationLens.segmentation_id)
        .join(SegmentIdentity, SegmentIdentity.id == Segment.identity_id)
        .where(Dataset.name == bindparam("dataset"))
    )


_LIVE = _question()
