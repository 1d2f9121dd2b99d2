"""What a segmentation can be judged by, and for analysts the customers to look at."""

from __future__ import annotations

from sqlalchemy import Connection, select

from core.errors import UsageError
from core.quality import (
    Clustergram,
    ClustergramFlow,
    ClustergramGroup,
    Dendrogram,
    Exemplar,
    ExemplarKind,
    FeatureInfluence,
    Join,
    Leaf,
    Quality,
    SegmentQuality,
)
from core.readmodels import SegmentationId
from db.queries.customers import PRIVILEGED
from db.rows import read_rows, tupled
from db.tables.quality import ExemplarRow, FeatureInfluenceRow, QualityRow, SegmentQualityRow


def quality(connection: Connection, segmentation_id: SegmentationId) -> Quality | None:
    """What the fit left behind; None for runs that were made before this was kept."""
    row = connection.execute(
        select(
            QualityRow.silhouette,
            QualityRow.null_silhouettes,
            QualityRow.clustergram,
            QualityRow.dendrogram,
        ).where(QualityRow.segmentation_id == segmentation_id)
    ).one_or_none()
    if row is None:
        return None
    of_segments = SegmentQualityRow.segmentation_id == segmentation_id
    of_features = FeatureInfluenceRow.segmentation_id == segmentation_id
    return Quality(
        silhouette=row.silhouette,
        null_silhouettes=tuple(row.null_silhouettes),
        segments=read_rows(connection, SegmentQualityRow, SegmentQuality, of_segments),
        influences=read_rows(connection, FeatureInfluenceRow, FeatureInfluence, of_features),
        clustergram=_clustergram(row.clustergram),
        dendrogram=_dendrogram(row.dendrogram),
    )


def exemplars(
    connection: Connection, segmentation_id: SegmentationId, segment: int, role: str
) -> tuple[Exemplar, ...]:
    """The medoid and borderline customers of a segment, for analysts."""
    if role not in PRIVILEGED:
        raise UsageError("Only analysts and administrators see single customers.")
    rows = connection.execute(
        select(
            ExemplarRow.pseudonym,
            ExemplarRow.segment,
            ExemplarRow.kind,
            ExemplarRow.runner_up,
            ExemplarRow.margin,
            ExemplarRow.features,
        )
        .where(ExemplarRow.segmentation_id == segmentation_id, ExemplarRow.segment == segment)
        .order_by(ExemplarRow.position)
    )
    return tuple(
        Exemplar(
            row.pseudonym,
            row.segment,
            ExemplarKind(row.kind),
            row.runner_up,
            row.margin,
            tupled(row.features),
        )
        for row in rows
    )


def _clustergram(stored: list[object] | None) -> Clustergram | None:
    if stored is None:
        return None
    explained, groups, flows = tupled(stored)
    return Clustergram(
        explained,
        tuple(ClustergramGroup(*group) for group in groups),
        tuple(ClustergramFlow(*flow) for flow in flows),
    )


def _dendrogram(stored: list[object] | None) -> Dendrogram | None:
    if stored is None:
        return None
    leaves, joins, order, agreement = tupled(stored)
    return Dendrogram(
        tuple(Leaf(*leaf) for leaf in leaves),
        tuple(Join(*join) for join in joins),
        order,
        agreement,
    )
