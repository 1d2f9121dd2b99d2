"""Writing what a segmentation can be judged by, and whom to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from sqlalchemy import Connection

from core.pipeline.results import SegmentationResult
from core.quality import Quality
from db.rows import insert_ordered, insert_rows, plain
from db.tables.quality import ExemplarRow, FeatureInfluenceRow, QualityRow, SegmentQualityRow


def insert_quality(connection: Connection, segmentation_id: int, quality: Quality) -> None:
    """Write the quality of a fit within the caller's transaction."""
    owner = {"segmentation_id": segmentation_id}
    whole = {
        "silhouette": quality.silhouette,
        "null_silhouettes": list(quality.null_silhouettes),
        "clustergram": quality.clustergram and plain(astuple(quality.clustergram)),
        "dendrogram": quality.dendrogram and plain(astuple(quality.dendrogram)),
    }
    insert_rows(connection, QualityRow, [owner | whole])
    insert_ordered(connection, SegmentQualityRow, owner, quality.segments)
    insert_ordered(connection, FeatureInfluenceRow, owner, quality.influences)


def insert_exemplars(
    connection: Connection,
    segmentation_id: int,
    result: SegmentationResult,
    pseudonyms: Sequence[str],
) -> None:
    """Write the customers to look at; ``pseudonyms`` are in the order of the frame."""
    assigned = result.assignments
    insert_rows(
        connection,
        ExemplarRow,
        (
            {
                "segmentation_id": segmentation_id,
                "position": position,
                "pseudonym": pseudonyms[one.row],
                "segment": one.segment,
                "kind": one.kind.value,
                "runner_up": runner_up
                if (runner_up := int(assigned.runner_up[one.row])) >= 0
                else None,
                "margin": plain(assigned.margin[one.row]),
                "features": plain(one.features),
            }
            for position, one in enumerate(result.exemplars)
        ),
    )


def _segment_or_none(number: int) -> int | None:
    return number if number >= 0 else None
