"""What a run found out about one segmentation, as its tab reads it: immutable, safe to keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from core.features.base import Kind
from core.readmodels import (
    CategoryCount,
    Differentiator,
    FeatureInfo,
    FeatureStatistic,
    Histogram,
    KScore,
    SegmentSummary,
    Verdict,
)
from dash_app.context import View
from dash_app.services import Services
from db.queries.features import feature_catalogue
from db.queries.segments import (
    categories,
    choice_reason,
    differentiators,
    histograms,
    k_scores,
    segments,
    statistics,
    verdict,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything but the segments themselves, whose names people may change.

    ``choice_reason`` names segments, so it is not kept with the rest.
    """

    features: tuple[FeatureInfo, ...]
    statistics: tuple[FeatureStatistic, ...]
    histograms: tuple[Histogram, ...]
    categories: tuple[CategoryCount, ...]
    differentiators: tuple[Differentiator, ...]
    k_scores: tuple[KScore, ...]
    verdict: Verdict | None
    choice_reason: str

    def named(self, names: Iterable[str]) -> tuple[FeatureInfo, ...]:
        """Return the features of those names, in that order; unknown names are passed over."""
        known = {feature.name: feature for feature in self.features}
        return tuple(known[name] for name in names if name in known)

    def numeric(self, names: Iterable[str]) -> tuple[FeatureInfo, ...]:
        """Return the features of those names that are numbers."""
        return tuple(feature for feature in self.named(names) if is_numeric(feature))


def is_numeric(feature: FeatureInfo) -> bool:
    """Whether a feature's values are numbers, not levels of a category."""
    return Kind(feature.kind) not in (Kind.CATEGORY, Kind.ORDINAL)


def segments_and_facts(services: Services, view: View) -> tuple[tuple[SegmentSummary, ...], Facts]:
    """Return the segments under their present names, and the facts, read once per segmentation."""
    with services.read() as connection:
        wanted = view.lens.segmentation_id
        facts = services.cache.get(("facts", wanted), lambda: _read(connection, view))
        reason = choice_reason(connection, wanted)
        return segments(connection, wanted), replace(facts, choice_reason=reason)


def _read(connection: Connection, view: View) -> Facts:
    wanted = view.lens.segmentation_id
    return Facts(
        features=feature_catalogue(connection, view.run.snapshot_id),
        statistics=statistics(connection, wanted),
        histograms=histograms(connection, wanted),
        categories=categories(connection, wanted),
        differentiators=differentiators(connection, wanted),
        k_scores=k_scores(connection, wanted),
        verdict=verdict(connection, wanted),
        choice_reason="",
    )
