"""The pure steps of a run: lenses fitted or scored, described and compared; actions found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.actions import top_actions
from core.insight.comparison import compare
from core.insight.differentiators import differentiators
from core.insight.headlines import headlines
from core.insight.identity import Match, assign_identities, match
from core.insight.iterations import kmeans_iterations
from core.insight.maps import map_axes, map_points
from core.insight.naming import draft_names
from core.insight.profiles import categories, histograms, statistics
from core.insight.rules import find_rules
from core.insight.summaries import order_segments, summarise
from core.insight.tiers import tier_drafts, tier_keys, tier_matches
from core.lens import LensSpec
from core.pipeline.challengers import challengers
from core.pipeline.eligibility import eligible_part, over_everyone
from core.pipeline.options import Overrule
from core.pipeline.ports import Progress, silent
from core.pipeline.results import (
    ActionRow,
    Assignments,
    PublishedLens,
    SegmentationResult,
    StoredSnapshot,
)
from core.readmodels import Comparison, KMeansTrace, KScore, RecipeScore, Verdict
from core.scoring import NO_SEGMENT, Scorer, scorer
from core.segmentation.build import build_model
from core.segmentation.fit import LensFit, segment_lens
from core.segmentation.groupings import group_lens, group_names
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
        value = _values(snapshot.frame, lens)
        numbers = order_segments(fit.cluster, value, per_customer=bool(lens.tiers))
    rule_number = int(numbers[-1]) if fit.has_rule_segment else None
    of_cluster = [int(number) for number in numbers[: fit.clustering.k]]
    model = build_model(fit, of_cluster, rule_number, as_of=snapshot.as_of)
    jaccards: list[float | None] = [None] * len(numbers)
    for cluster, number in enumerate(of_cluster):
        jaccards[number] = fit.trust.jaccard[cluster]
    progress(1.0, "Describing the segments")
    described = _described(
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
    )
    return over_everyone(described, eligible)


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
    described = _described(
        snapshot,
        before.lens,
        before.model,
        before,
        jaccards,
        reason=before.reason,
        verdict=before.verdict,
        k_scores=before.k_scores,
        seed=seed,
    )
    return over_everyone(described, eligible)


def compare_lenses(
    snapshot: StoredSnapshot, found: Sequence[SegmentationResult], *, seed: int
) -> tuple[Comparison, ...]:
    """Compare every two lenses of a run, on the customers whom both look at."""
    return tuple(
        compare(
            a.lens,
            b.lens,
            a.assignments.segment[both],
            b.assignments.segment[both],
            snapshot.frame[both],
            snapshot.features,
            outcomes=list(dict.fromkeys((*a.lens.outcomes, *b.lens.outcomes))) or None,
            seed=seed,
        )
        for position, a in enumerate(found)
        for b in found[position + 1 :]
        if (both := a.assignments.is_assigned & b.assignments.is_assigned).any()
    )


def find_actions(
    snapshot: StoredSnapshot, found: Sequence[SegmentationResult]
) -> tuple[ActionRow, ...]:
    """Find, per lens, the customers of high value with whom something is the matter."""
    return tuple(
        replace(action, row=int(rows[action.row]))
        for one in found
        for rows in [np.flatnonzero(one.assignments.is_assigned)]
        for action in top_actions(
            one.lens.name,
            snapshot.frame.iloc[rows],
            snapshot.features,
            one.assignments.segment[rows],
            one.assignments.margin[rows],
            one.assignments.typicality[rows],
            one.lens.value,
            currency=snapshot.dataset.currency,
            runner_up=one.assignments.runner_up[rows],
            names={segment.number: segment.name for segment in one.segments},
            inputs=one.lens.feature_names,
        )
    )


def _described(
    snapshot: StoredSnapshot,
    lens: LensSpec,
    model: SegmentationModel,
    before: PublishedLens | None,
    jaccards: Sequence[float | None],
    *,
    reason: str,
    verdict: Verdict,
    k_scores: tuple[KScore, ...],
    seed: int,
    trace: KMeansTrace | None = None,
    recipes: tuple[RecipeScore, ...] = (),
) -> SegmentationResult:
    """Give every customer their segment by the model, and say what the segments are."""
    frame, features = snapshot.frame, snapshot.features
    compiled = scorer(model)
    assignments = _assigned(compiled, frame)
    numbers = assignments.segment
    rule_number = model.rule.number if model.rule else None
    count = len(jaccards)
    stats = statistics(frame, features, numbers, count=count)
    differences = differentiators(frame, features, numbers, preferred=lens.feature_names)
    inputs = _inputs(features, lens)
    rules = find_rules(
        frame,
        inputs,
        numbers,
        currency=snapshot.dataset.currency,
        inactive=lens.inactive if rule_number is not None else None,
        inactive_number=rule_number,
        count=count,
        seed=seed,
    )
    matches = _matched(frame, numbers, before, count, rule_number)
    drafts = draft_names(
        differences,
        stats,
        inputs,
        count,
        inactive=lens.inactive if rule_number is not None else None,
        inactive_number=rule_number,
    )
    fixed = lens.tiers or group_names(lens)
    if fixed:
        drafts = tier_drafts(fixed, drafts)
        matches = tier_matches(fixed, before.segments if before else (), matches)
    identities = assign_identities(
        lens.name,
        frame.index,
        numbers,
        drafts,
        matches,
        rule_number=rule_number,
        keys=tier_keys(fixed),
    )
    segments = summarise(
        numbers, identities, rules, jaccards, _values(frame, lens), rule_number=rule_number
    )
    columns = _columns(compiled, frame)
    matrix = compiled.encode(columns).matrix
    coordinates = compiled.project(matrix)
    fitted = numbers != (-1 if rule_number is None else rule_number)
    return SegmentationResult(
        lens=lens,
        model=model,
        k=len(segments),
        reason=reason,
        verdict=verdict,
        k_scores=k_scores,
        segments=segments,
        assignments=assignments,
        statistics=stats,
        histograms=histograms(frame, features, numbers, count=count),
        categories=categories(frame, features, numbers, count=count),
        differentiators=differences,
        map_points=map_points(numbers, coordinates, seed=seed),
        map_axes=map_axes(model, matrix[fitted], coordinates[fitted]),
        headlines=headlines(
            segments,
            stats,
            differences,
            features,
            snapshot.dataset.currency,
            inputs=lens.feature_names,
            value_feature=lens.value,
        ),
        rule_fidelity=rules.fidelity,
        trace=trace,
        recipes=recipes,
    )


def _iterations(fit: LensFit, model: SegmentationModel) -> KMeansTrace | None:
    if fit.lens.algorithm != KMeans().name or fit.groups is not None:
        return None
    return kmeans_iterations(fit.matrix, fit.clustering, model, seed=fit.seed)


def _assigned(compiled: Scorer, frame: pd.DataFrame) -> Assignments:
    scores = compiled.score(_columns(compiled, frame))
    return Assignments(
        scores.segment, scores.runner_up, scores.distance, scores.margin, scores.typicality
    )


def _matched(
    frame: pd.DataFrame,
    numbers: NDArray[np.int16],
    before: PublishedLens | None,
    count: int,
    rule_number: int | None,
) -> tuple[Match | None, ...]:
    """Match the segments to those before, as the model before sees the customers of today."""
    if before is None:
        return (None,) * count
    compiled = scorer(before.model)
    if not set(compiled.inputs) <= set(frame.columns):  # the source no longer has its features
        return (None,) * count
    old = _assigned(compiled, frame).segment
    then = old != NO_SEGMENT  # the model before may not have looked at all of them
    return match(old[then], numbers[then], before.segments, count, rule_number=rule_number)


def _columns(compiled: Scorer, frame: pd.DataFrame) -> dict[str, NDArray[np.generic]]:
    return {name: frame[name].to_numpy() for name in compiled.inputs}


def _values(frame: pd.DataFrame, lens: LensSpec) -> NDArray[np.float64] | None:
    """Return what each customer is worth to the lens; None where it values by nothing."""
    return None if lens.value is None else frame[lens.value].to_numpy(dtype=np.float64)


def _inputs(features: Sequence[Feature], lens: LensSpec) -> list[Feature]:
    by_name = {feature.name: feature for feature in features}
    return [by_name[name] for name in lens.feature_names]
