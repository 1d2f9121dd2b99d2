"""Which segmentations belong together: those of a run, or of what is published."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from core.readmodels import LensSummary, RunId, RunStatus, SegmentationId, VerdictLevel
from db.tables.runs import Publication, PublicationEntry, PublicationLens, Segmentation


def published_entry(connection: Connection, dataset_id: int) -> int | None:
    """The publication that is live in a data set, None before the first."""
    return connection.execute(
        select(Publication.entry_id).where(Publication.dataset_id == dataset_id)
    ).scalar()


def lenses_of_run(connection: Connection, run_id: RunId) -> tuple[LensSummary, ...]:
    """The lenses that are shown with a run: its own, and those carried over when it was published.

    A run published twice shows what its latest publication shows.
    """
    entry_id = connection.execute(
        select(func.max(PublicationEntry.id)).where(PublicationEntry.run_id == run_id)
    ).scalar()
    if entry_id is None:
        return own_lenses(connection, run_id)
    statement = (
        _summaries()
        .join(PublicationLens, PublicationLens.segmentation_id == Segmentation.id)
        .where(PublicationLens.entry_id == entry_id)
        .order_by(PublicationLens.position)
    )
    return tuple(_summary(*row) for row in connection.execute(statement))


def own_lenses(connection: Connection, run_id: RunId) -> tuple[LensSummary, ...]:
    """The lenses that a run itself segmented by."""
    statement = _summaries().where(Segmentation.run_id == run_id).order_by(Segmentation.position)
    return tuple(_summary(*row) for row in connection.execute(statement))


def run_status(stored: str, *, is_live: bool, was_published: bool) -> RunStatus:
    """What a run is: published while the pointer is on it, superseded once it was."""
    if is_live:
        return RunStatus.PUBLISHED
    return RunStatus.SUPERSEDED if was_published else RunStatus(stored)


def _summaries() -> Select[int, dict[str, Any], int, str, int]:
    return select(
        Segmentation.id,
        Segmentation.lens_spec,
        Segmentation.k,
        Segmentation.verdict_level,
        Segmentation.ineligible,
    )


def _summary(
    segmentation_id: int, spec: dict[str, Any], k: int, verdict: str, ineligible: int
) -> LensSummary:
    return LensSummary(
        segmentation_id=SegmentationId(segmentation_id),
        name=spec["name"],
        label=spec["label"],
        side=spec["side"],
        question=spec["question"],
        k=k,
        verdict=VerdictLevel(verdict),
        value_feature=spec["value"],
        radar=tuple(spec["radar"]),
        inputs=tuple(feature["name"] for feature in spec["features"]),
        ineligible=ineligible,
        lacking=spec.get("lacking") or "",
        grouping=spec.get("grouping") or "",
        tiers=tuple(spec.get("tiers") or ()),
    )
