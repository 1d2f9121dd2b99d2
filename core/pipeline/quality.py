"""What a fit leaves behind for people to judge it by, in segment numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from core.insight.clustergram import clustergram
from core.insight.dendrogram import dendrogram
from core.insight.influence import influences
from core.insight.typical import ExemplarRow, exemplar_rows
from core.pipeline.results import Assignments
from core.quality import Clustergram, Dendrogram, FeatureInfluence, Quality, SegmentQuality
from core.rule_groups import groups_of
from core.sampling import stratified_rows
from core.segmentation.distances import nearest
from core.segmentation.fit import LensFit
from core.segmentation.null_reference import feature_blocks
from core.segmentation.pieces import pieces_of
from core.segmentation.principal_axes import principal_axes
from core.segmentation.selection import TINY_SEGMENT, restrict
from core.segmentation.silhouettes import cluster_silhouettes
from core.segmentation.trust import TrustReport

ROWS = 10_000  # that influence, clustergram and dendrogram are measured on


def quality_of(fit: LensFit, numbers: Sequence[int], frame: pd.DataFrame) -> Quality:
    """Return what can be seen of a fit's quality; the same for the same fit.

    Parameters
    ----------
    fit : what the lens found in the frame
    numbers : the segment number of each cluster
    frame : one row per customer, as it was fitted
    """
    with threadpool_limits(limits=1):
        is_judged = isinstance(fit.trust, TrustReport)
        copula = fit.trust.evidence.nulls.copula if isinstance(fit.trust, TrustReport) else None
        rows = stratified_rows(fit.clustering.labels, ROWS, fit.seed, TINY_SEGMENT)
        return Quality(
            silhouette=None if copula is None else copula.silhouette,
            null_silhouettes=() if copula is None else copula.null_silhouettes,
            segments=_segments(fit, numbers, () if copula is None else copula.null_ranked),
            influences=_influences(fit, rows, frame[fit.active]),
            clustergram=_clustergram(fit, rows, numbers),
            dendrogram=_dendrogram(fit, rows, numbers) if is_judged else None,
        )


def exemplars(
    inputs: pd.DataFrame,
    places: NDArray[np.floating],
    assignments: Assignments,
    seed: int,
) -> tuple[ExemplarRow, ...]:
    """Return whom to look at in each segment, with their inputs in raw units.

    Parameters
    ----------
    inputs : a column per input of the lens, one row per customer
    places : (n, m), the customers as distances are measured
    assignments : of the same customers
    seed : of the sample that medoids of large segments are chosen from
    """
    found = exemplar_rows(places, assignments.segment, assignments.margin, seed=seed)
    shown = inputs.iloc[[one.row for one in found]].astype(object)
    rows = shown.where(shown.notna(), None).to_dict("records")
    return tuple(
        replace(one, features=tuple(_plain(row).items()))
        for one, row in zip(found, rows, strict=True)
    )


def _plain(row: Mapping[Hashable, object]) -> dict[str, float | str | None]:
    return {
        str(name): value if value is None or isinstance(value, str) else float(str(value))
        for name, value in row.items()
    }


def _segments(
    fit: LensFit, numbers: Sequence[int], null_ranked: Sequence[tuple[float, ...]]
) -> tuple[SegmentQuality, ...]:
    found = cluster_silhouettes(fit.matrix, fit.clustering, seed=fit.seed)
    best_first = sorted(range(len(found)), key=lambda cluster: -found[cluster].mean)
    nulls = dict(zip(best_first, null_ranked, strict=False))  # none of groups by rule
    measured = (
        SegmentQuality(
            segment=int(number),
            sampled=one.sampled,
            silhouette=one.mean,
            nearer_elsewhere=one.below_zero,
            widths=one.widths,
            jaccards=tuple(round(value, 4) for value in draws),
            null_silhouettes=tuple(round(value, 4) for value in nulls.get(cluster, ())),
        )
        for cluster, (number, one, draws) in enumerate(
            zip(numbers, found, fit.trust.draws, strict=True)
        )
    )
    return tuple(sorted(measured, key=lambda one: one.segment))


def _influences(
    fit: LensFit, rows: NDArray[np.int64], frame: pd.DataFrame
) -> tuple[FeatureInfluence, ...]:
    names = fit.preparation.column_features
    blocks = feature_blocks(names)
    inputs = [names[block.start] for block in blocks]
    matrix, clustering, groups = fit.matrix[rows], fit.clustering, fit.groups
    raw = {} if groups is None else {f: frame[f].to_numpy()[rows] for f in groups.features}

    def relabel(i: int, order: NDArray[np.int64]) -> NDArray[np.int64]:
        if groups is not None:
            return groups_of(groups, {**raw, inputs[i]: raw[inputs[i]][order]})
        dealt = matrix.copy()
        dealt[:, blocks[i]] = matrix[order, blocks[i]]
        return nearest(clustering.place(dealt), clustering.places)

    labels = clustering.labels[rows]
    return influences(inputs, blocks, matrix, labels, relabel, seed=fit.seed)


def _clustergram(
    fit: LensFit, rows: NDArray[np.int64], numbers: Sequence[int]
) -> Clustergram | None:
    """Return how groups divide from k to k; the segments are those of the final fit."""
    if len(fit.sweep.labelings) < 2:
        return None
    axes = principal_axes(fit.matrix)
    k = fit.clustering.k
    tried = [
        fit.clustering.labels if score.k == k else labels
        for score, labels in zip(fit.sweep.scores, fit.sweep.labelings, strict=True)
    ]
    return clustergram(
        (fit.matrix[rows] - axes.mean) @ axes.components[0],
        [labels[rows] for labels in tried],
        chosen=k,
        numbers=numbers,
        explained=float(axes.explained_variance[0]),
    )


def _dendrogram(fit: LensFit, rows: NDArray[np.int64], numbers: Sequence[int]) -> Dendrogram:
    pieces = pieces_of(fit.matrix[rows], restrict(fit.clustering, rows, fit.matrix), seed=fit.seed)
    return dendrogram(pieces.centroids, pieces.sizes, [numbers[c] for c in pieces.cluster])
