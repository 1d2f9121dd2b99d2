"""What a profile shows first: the segment in focus, the axes, the features."""

from __future__ import annotations

from collections.abc import Sequence

from core.readmodels import FeatureInfo, FeatureStatistic, LensSummary, SegmentSummary
from dash_app.profiles.facts import Facts, is_numeric

_POLYGONS = 3
_CATEGORIES = 3
_HEAT_ROWS = 9
_LEVELS = 12  # a category with more levels (a town, a postcode) says nothing as bars


def focus_segment(segments: Sequence[SegmentSummary], keys: Sequence[str]) -> SegmentSummary | None:
    """Return the segment asked for, else the largest that is no rule; None without segments."""
    by_key = {segment.key: segment for segment in segments}
    asked = [by_key[key] for key in keys if key in by_key]
    ranked = sorted(segments, key=lambda s: (s.is_rule, -s.size, s.number))
    return next(iter([*asked, *ranked]), None)


def compared_segments(
    segments: Sequence[SegmentSummary], focus: SegmentSummary | None, keys: Sequence[str]
) -> tuple[SegmentSummary, ...]:
    """Return at most three segments for one drawing, in their usual order.

    What was asked for comes in first, then the focus, then the largest that are no rule.
    """
    ranked = sorted(
        segments,
        key=lambda s: (s.key not in keys, s != focus, s.is_rule, -s.size, s.number),
    )
    return tuple(sorted(ranked[:_POLYGONS], key=lambda s: s.number))


def axes(lens: LensSummary, facts: Facts) -> tuple[FeatureInfo, ...]:
    """Return the axes that the lens names, else its numeric inputs."""
    return facts.numeric(lens.radar) or facts.numeric(lens.inputs)


def numeric_inputs(lens: LensSummary, facts: Facts) -> tuple[FeatureInfo, ...]:
    """Return the numbers that the segments were made from."""
    return facts.numeric(lens.inputs)


def categorical(lens: LensSummary, facts: Facts) -> tuple[FeatureInfo, ...]:
    """Return a few categories that can be read as bars: inputs of the lens first."""
    levels: dict[str, set[str]] = {}
    for count in facts.categories:
        levels.setdefault(count.feature, set()).add(count.level)
    fitting = [
        feature
        for feature in facts.features
        if feature.side == lens.side
        and not is_numeric(feature)
        and 1 < len(levels.get(feature.name, ())) <= _LEVELS
    ]
    return tuple(sorted(fitting, key=lambda f: f.name not in lens.inputs)[:_CATEGORIES])


def heat_features(lens: LensSummary, facts: Facts) -> tuple[FeatureInfo, ...]:
    """Return the numeric inputs, then what else of the side sets segments apart most."""
    inputs = numeric_inputs(lens, facts)
    names = {feature.name for feature in inputs}
    sides = {feature.name: feature.side for feature in facts.features}
    ranked = sorted(facts.differentiators, key=lambda d: (d.rank, -abs(d.effect), d.feature))
    others = dict.fromkeys(
        d.feature
        for d in ranked
        if d.feature not in names
        and sides.get(d.feature) == lens.side
        and not (d.level or d.echoes)
    )
    return (*inputs, *facts.numeric(others))[:_HEAT_ROWS]


def distribution_features(lens: LensSummary, facts: Facts) -> tuple[FeatureInfo, ...]:
    """Return the numbers whose distribution can be looked at: axes, inputs, what stands out."""
    drawn = {histogram.feature for histogram in facts.histograms}
    offered = dict.fromkeys((*axes(lens, facts), *heat_features(lens, facts)))
    return tuple(feature for feature in offered if feature.name in drawn)


def chosen_feature(offered: Sequence[FeatureInfo], name: str | None) -> FeatureInfo | None:
    """Return the feature asked for if it is offered."""
    return next((feature for feature in offered if feature.name == name), None)


def most_telling(
    offered: Sequence[FeatureInfo],
    statistics: Sequence[FeatureStatistic],
    segments: Sequence[SegmentSummary],
) -> FeatureInfo | None:
    """Return the feature on which segments lie farthest apart; segments by rule do not count.

    Without statistics it is the first; None if nothing is offered.
    """
    fitted = {segment.number for segment in segments if not segment.is_rule}
    percentiles: dict[str, list[float]] = {}
    for row in statistics:
        if row.segment in fitted and row.percentile is not None:
            percentiles.setdefault(row.feature, []).append(row.percentile)

    def spread(feature: FeatureInfo) -> float:
        known = percentiles.get(feature.name)
        return max(known) - min(known) if known else 0.0

    return max(offered, key=spread, default=None)
