"""The pure steps of a run: a lens fitted anew, or scored with what is published."""

from __future__ import annotations

import numpy as np

from core.insight.iterations import kmeans_iterations
from core.insight.summaries import order_segments
from core.lens import LensSpec
from core.pipeline.challengers import challengers
from core.pipeline.describing import customer_values, described
from core.pipeline.eligibility import eligible_part, over_everyone
from core.pipeline.options import Overrule
from core.pipeline.ports import Progress, silent
from core.pipeline.quality import quality_of
from core.pipeline.results import (
    PublishedLens,
    SegmentationResult,
    StoredSnapshot,
)
from core.readmodels import KMeansTrace
from core.segmentation.build import build_model
from core.segmentation.fit import LensFit, segment_lens
from core.segmentation.groupings import group_lens
from core.segmentation.kmeans import KMeans
from core.segmentation.model import SegmentationModel


def fit_lens(
    snapshot: StoredSnapshot,
    lens: LensSpec,
    before: PublishedLens | None,
    *,
    seed: int,
    overrule: Overrule | None = None,
    compare_recipes: bool = False,
    progress: Progress = silent,
) -> SegmentationResult:
    """Segment the snapshot's customers anew; segments keep the identity they had `before`."""
    snapshot, eligible = eligible_part(snapshot, lens)
    if lens.grouping is not None:
        fit = group_lens(snapshot.frame, snapshot.features, lens, seed=seed, progress=progress)
        numbers = np.arange(fit.clustering.k, dtype=np.int16)  # the groups have their own order
    else:
        fit = segment_lens(
            snapshot.frame,
            snapshot.features,
            lens,
            seed=seed,
            overrule=overrule,
            progress=progress,
        )
        value = customer_values(snapshot.frame, lens)
        numbers = order_segments(fit.cluster, value, per_customer=bool(lens.tiers))
    rule_number = int(numbers[-1]) if fit.has_rule_segment else None
    of_cluster = [int(number) for number in numbers[: fit.clustering.k]]
    model = build_model(fit, of_cluster, rule_number, as_of=snapshot.as_of)
    jaccards: list[float | None] = [None] * len(numbers)
    for cluster, number in enumerate(of_cluster):
        jaccards[number] = fit.trust.jaccard[cluster]
    progress(1.0, "Describing the segments")
    found = described(
        snapshot,
        lens,
        model,
        before,
        jaccards,
        reason=fit.reason,
        verdict=fit.trust.verdict,
        k_scores=fit.sweep.scores,
        seed=seed,
        trace=_iterations(fit, model),
        recipes=challengers(snapshot, fit, before, progress)
        if compare_recipes and lens.grouping is None
        else (),
        quality=quality_of(fit, of_cluster, snapshot.frame),
    )
    return over_everyone(found, eligible)


def score_lens(
    snapshot: StoredSnapshot,
    before: PublishedLens,
    *,
    seed: int,
    progress: Progress = silent,
) -> SegmentationResult:
    """Give the snapshot's customers to the segments of a published model.

    Nothing is fitted: reason, verdict and stability stay those of the fit.
    """
    if before.verdict is None or before.lens is None:
        raise ValueError("A published lens comes with its verdict and how it was run.")
    snapshot, eligible = eligible_part(snapshot, before.lens)
    progress(0.0, "Scoring with the published model")
    jaccards: list[float | None] = [None] * len(before.segments)
    for segment in before.segments:
        jaccards[segment.number] = segment.jaccard
    found = described(
        snapshot,
        before.lens,
        before.model,
        before,
        jaccards,
        reason=before.reason,
        verdict=before.verdict,
        k_scores=before.k_scores,
        seed=seed,
        quality=before.quality,
    )
    return over_everyone(found, eligible)


def _iterations(fit: LensFit, model: SegmentationModel) -> KMeansTrace | None:
    if fit.lens.algorithm != KMeans().name or fit.groups is not None:
        return None
    return kmeans_iterations(fit.matrix, fit.clustering, model, seed=fit.seed)
