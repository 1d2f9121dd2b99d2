"""A small model of two segments and a rule, and the form that asks for its inputs."""

from __future__ import annotations

from typing import Any

from core.readmodels import CategoryCount
from core.segmentation.model import (
    CategoryColumn,
    FeatureReference,
    NumericColumn,
    RuleSegment,
    SegmentationModel,
)
from dash_app.tabs.score.fields import Field, fields_of
from tests.dash_app.profiles.builders import feature, segment, statistic

FEATURES = (
    feature("card_debt", label="Card debt"),
    feature("limit_used", "share", label="Limit used", actionable=False),
    feature("income", label="Income", actionable=False),
    feature("town", "category", label="Town", actionable=False),
    feature("accounts", "count", label="Open accounts", unit="accounts"),
    feature("has_card", "flag", label="Has a card"),
)
SEGMENTS = (
    segment(5, "Savers"),
    segment(7, "Borrowers"),
    segment(2, "Idle", is_rule=True, rule="no open account"),
)
QUANTILES = tuple(float(q) for q in range(101))


def model(**parts: Any) -> SegmentationModel:
    """Debt decides between Savers (around 10) and Borrowers (around 50)."""
    made: dict[str, Any] = {
        "lens": "behavioural",
        "columns": (
            NumericColumn("card_debt", 10.0, None, None, False, centre=10.0, factor=0.1),
            NumericColumn("limit_used", 0.2, None, None, False, centre=0.2, factor=1.0),
            NumericColumn("income", 50.0, None, None, False, centre=50.0, factor=0.01),
            CategoryColumn("town", ("Here", "Other"), ("Far", "There"), (0.5, 0.5), (1.0, 1.0)),
        ),
        "centroids": ((0.0, 0.0, 0.0, 0.5, -0.5), (4.0, 0.0, 0.0, 0.5, -0.5)),
        "numbers": (5, 7),
        "rule": RuleSegment(2, ("accounts",)),
        "pca_mean": (0.0, 0.0, 0.0, 0.0, 0.0),
        "pca_components": ((1.0, 0.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0)),
        "explained_variance": (0.8, 0.2),
        "distance_quantiles": (QUANTILES, QUANTILES),
        "references": (
            FeatureReference("card_debt", QUANTILES),
            FeatureReference("limit_used", tuple(q / 100 for q in QUANTILES)),
            FeatureReference("income", QUANTILES),
        ),
        "trained_on": 100,
        "as_of": "1995-12-31",
        "seed": 1,
        "versions": (),
    }
    return SegmentationModel(**{**made, **parts})


STATISTICS = (
    statistic(None, "card_debt", 12.0),
    statistic(None, "limit_used", 0.25),
    statistic(None, "income", 50.0),
    statistic(None, "accounts", 2.0, minimum=0.0, maximum=3.0),
)
CATEGORIES = (
    CategoryCount(None, "town", "Here", 60, 0.6),
    CategoryCount(None, "town", "There", 70, 0.7),
    CategoryCount(5, "town", "Far", 99, 0.9),
)


def fields() -> tuple[Field, ...]:
    return fields_of(model(), FEATURES, STATISTICS, CATEGORIES)


def values(**parts: Any) -> dict[str, Any]:
    typical = {"card_debt": 12.0, "limit_used": 0.25, "income": 50.0, "town": "Here"}
    return {**typical, "accounts": 2.0, **parts}
