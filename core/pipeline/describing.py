"""From a model to what a run stores of a lens: every customer's segment, and what segments are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature
from core.insight.differentiators import differentiators
from core.insight.headlines import headlines
from core.insight.identity import Match, assign_identities, match
from core.insight.maps import map_axes, map_points
from core.insight.naming import draft_names
from core.insight.profiles import categories, histograms, statistics
from core.insight.rules import find_rules
from core.insight.summaries import summarise
from core.insight.tiers import tier_drafts, tier_keys, tier_matches, tier_sentences
from core.lens import TIERS, LensSpec
from core.pipeline.quality import exemplars
from core.pipeline.results import (
    Assignments,
    PublishedLens,
    SegmentationResult,
    StoredSnapshot,
)
from core.quality import Quality
from core.readmodels import KMeansTrace, KScore, RecipeScore, Verdict
from core.scoring import NO_SEGMENT, Scorer, scorer
from core.segmentation.grouping_rules import group_names
from core.segmentation.model import SegmentationModel


def described(
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
    quality: Quality | None = None,
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
        if lens.grouping == TIERS and model.groups is not None:
            told = tier_sentences(inputs[0].label, model.groups.cuts[0], snapshot.dataset.currency)
            drafts = tuple(replace(d, sentence=s) for d, s in zip(drafts, told, strict=True))
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
        numbers, identities, rules, jaccards, customer_values(frame, lens), rule_number=rule_number
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
        quality=quality,
        exemplars=exemplars(
            frame[list(lens.feature_names)], compiled.place(matrix), assignments, seed
        ),
    )


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


def customer_values(frame: pd.DataFrame, lens: LensSpec) -> NDArray[np.float64] | None:
    """Return what each customer is worth to the lens; None where it values by nothing."""
    return None if lens.value is None else frame[lens.value].to_numpy(dtype=np.float64)


def _inputs(features: Sequence[Feature], lens: LensSpec) -> list[Feature]:
    by_name = {feature.name: feature for feature in features}
    return [by_name[name] for name in lens.feature_names]
