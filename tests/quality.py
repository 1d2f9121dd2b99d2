"""What a run of six customers leaves behind to judge it by, for tests."""

from __future__ import annotations

from dataclasses import replace

from core.insight.typical import ExemplarRow
from core.quality import (
    Clustergram,
    ClustergramFlow,
    ClustergramGroup,
    Dendrogram,
    ExemplarKind,
    FeatureInfluence,
    Join,
    Leaf,
    Quality,
    SegmentQuality,
)

QUALITY = Quality(
    silhouette=0.41,
    null_silhouettes=(0.2, 0.22),
    segments=(
        SegmentQuality(0, 4, 0.5, 0.0, (0.6, 0.4), (0.9, 1.0), (0.3, 0.35)),
        SegmentQuality(1, 2, 0.1, 0.5, (0.3, -0.1), (0.7, 0.8)),
    ),
    influences=(FeatureInfluence("age_years", 0.7, 0.4), FeatureInfluence("loyalty", 0.1, 0.0)),
    clustergram=Clustergram(
        0.6,
        (ClustergramGroup(2, 0, 0.5, -1.0, 1), ClustergramGroup(3, 0, 0.5, -1.0, None)),
        (ClustergramFlow(2, 0, 0, 0.5),),
    ),
    dendrogram=Dendrogram(
        (Leaf(0, 0.5), Leaf(0, 0.2), Leaf(1, 0.3)),
        (Join(0, 1, 1.5), Join(2, 3, 4.0)),
        (2, 0, 1),
        0.93,
    ),
)
BY_RULE = replace(QUALITY, silhouette=None, null_silhouettes=(), clustergram=None, dendrogram=None)
EXAMPLES = (
    ExemplarRow(2, 0, ExemplarKind.MEDOID, (("age_years", 47.0), ("loyalty", "gold"))),
    ExemplarRow(5, 1, ExemplarKind.BORDERLINE, (("age_years", None), ("loyalty", "bronze"))),
)
